//! The words of `kijun crosswalk`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct Crosswalk {
    #[command(subcommand)]
    pub(crate) action: CrosswalkAction,

    /// この管理策集に関わる対応だけを見る（名前か題。例 iso27001_2022） / only what concerns this catalogue
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) catalogue: Option<String>,

    /// 規則のフォルダかファイル（既定はワークスペースのもの） / folders or files of rules
    #[arg(long, global = true, value_name = "DIR", num_args = 1..)]
    pub(crate) rules: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CrosswalkAction {
    /// 義務からは管理策を、管理策からは義務を示す / the controls of a duty, the duties of a control
    Show {
        /// 義務・項・章の番号（例 5(3)a）か管理策の番号（例 A.8.3）。なければすべての義務 / a duty, criterion, section or control; every duty where none is named
        what: Option<String>,
    },
    /// 書かれていない義務や管理策がないかを調べる / is something passed over?
    Check,
    /// 対応表を書き出す / the crosswalks as a file
    Export {
        /// 形式 / the form of the file
        #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
        format: ExportFormat,
    },
}

/// 書き出す形式 / forms of the file
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// 表計算ソフトで開ける CSV
    Csv,
    /// プログラムが読む（reports/pack/schema/crosswalk-1.schema.json） / for programs
    Json,
    /// Markdown
    Md,
}
