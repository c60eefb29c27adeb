//! The words of `kijun evidence`.

use clap::{Args, Subcommand, ValueEnum};

use super::Dates;

#[derive(Debug, Args)]
pub(crate) struct Evidence {
    #[command(subcommand)]
    pub(crate) action: EvidenceAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceAction {
    /// ある証拠: 系統ごとのファイル、期間、行数、欠けのないことを誰が確かめたか / what there is: files, dates, rows, who vouches
    List(EvidenceWords),
    /// 足りない証拠: 種類、系統、月ごとに、どの義務が待つか、どうすればよいか / what is missing, for which duties, and what to do
    Gaps(EvidenceWords),
}

#[derive(Debug, Args)]
pub(crate) struct EvidenceWords {
    #[command(flatten)]
    pub(crate) dates: Dates,

    /// 結果の形式 / the form of the result
    #[arg(long, value_enum, default_value_t = EvidenceFormat::Text)]
    pub(crate) format: EvidenceFormat,
}

/// 結果の形式 / forms of a result
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvidenceFormat {
    /// 人が読む / for people
    Text,
    /// プログラムが読む（reports/pack/schema/evidence-list-1.schema.json、evidence-gaps-1.schema.json） / for programs
    Json,
}
