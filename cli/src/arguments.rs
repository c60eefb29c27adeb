//! What may be said on the command line.

mod crosswalk;
mod evidence;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use crosswalk::{Crosswalk, CrosswalkAction, ExportFormat};
pub(crate) use evidence::{Evidence, EvidenceAction, EvidenceFormat, EvidenceWords};

/// 基準 — 個人情報の取扱いの基準を、証拠に照らして判定する (judges evidence by the rules of a standard)
#[derive(Debug, Parser)]
#[command(name = "kijun", version, propagate_version = true)]
pub(crate) struct Arguments {
    /// 表示の言語（既定は ja） / language of what is printed
    #[arg(long, global = true, env = "KIJUN_LANG", value_enum, default_value_t = Language::Ja)]
    pub(crate) lang: Language,

    /// ワークスペースのフォルダ（既定は、今のフォルダから上に kijun.toml を探す） / the folder of kijun.toml
    #[arg(long, global = true, env = "KIJUN_WORKSPACE", value_name = "DIR")]
    pub(crate) workspace: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// 言語 / languages
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// 日本語
    Ja,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 証拠を集め、すべての規則で判定する / judge the evidence by every rule
    Run(Run),
    /// 規則を調べる。証拠は読まない / are the rules right? reads no evidence
    Check(Check),
    /// 規則の事例（test）を実行する / run the tests of the rules
    Test(Test),
    /// 規則のファイルを決まった書き方に整える / give the rules their one layout
    Fmt(Fmt),
    /// 判定の理由を、証拠のファイルと行まで示す / why this verdict, down to file and line
    Explain(Explain),
    /// 証拠に問う。条件なら真偽、式なら値を答える / ask the evidence
    Eval(Eval),
    /// 対話して証拠に問う / ask the evidence, question by question
    Repl(Repl),
    /// どんな証拠が要るか。記入用のファイルも書く / what evidence is wanted; writes a file to fill in
    Schema(Schema),
    /// どんな証拠があり、どれが足りないか。規則は判定しない / what evidence there is, and what is missing; judges nothing
    Evidence(Evidence),
    /// どの証拠がどの義務を判定するかの図 / a drawing of which evidence decides which duty
    Graph(Graph),
    /// 基準と規則の対照: 規則を文にして、義務ごとに示す / the standard and its rules as sentences, side by side
    Doc(Doc),
    /// 義務と、ISMS・プライバシーマークなどの管理策との対応 / what duties map to in other standards
    Crosswalk(Crosswalk),
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// 判定する期間: 2026年度、令和8年度、2026-04..2027-03 / the period under audit
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: String,

    /// 判定の基準日（例 2026-11-23） / the date of judgement
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: String,

    /// 結果のファイル。拡張子で形式が決まる: .html .json（繰り返し可） / a file to write, by its extension
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Vec<PathBuf>,

    /// 並列の数（既定は CPU の数） / how many threads
    #[arg(long, env = "KIJUN_THREADS", value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// 不適合・判定不能でも終了コードを 0 にする / exit 0 on 1 and 3
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// 規則のフォルダかファイル（既定はワークスペースのもの） / folders or files of rules
    pub(crate) paths: Vec<String>,

    /// 結果の形式 / the form of the result
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub(crate) format: CheckFormat,

    /// 画面と github に示す重さの下限 / the least grave that human and github show
    #[arg(long, value_enum, default_value_t = LeastLevel::Note)]
    pub(crate) level: LeastLevel,

    /// 注意があれば終了コード 1 にする / exit 1 on warnings
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) deny: Vec<Deny>,

    /// 無視（`[[ignore]]`）の期限を見る日（既定は今日） / the day that decides what is still ignored
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,

    /// 疑いなく直せるものを直す / mend what can be mended without a doubt
    #[arg(long)]
    pub(crate) fix: bool,

    /// 書き込まず、直すところを差分で示す / write nothing, show what --fix would change
    #[arg(long, requires = "fix")]
    pub(crate) diff: bool,
}

/// 結果の形式 / forms of a result
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// 人が読む / for people
    Human,
    /// プログラムが読む（reports/pack/schema/check-1.schema.json） / for programs
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub Actions
    Github,
}

/// 重さの下限 / how grave at least
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LeastLevel {
    /// エラー
    Error,
    /// 注意
    Warning,
    /// 参考
    Note,
}

/// 許さないもの / what is not let pass
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// 注意
    Warnings,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("measure").args(["coverage", "mutate"]).multiple(true)))]
pub(crate) struct Test {
    /// 規則のフォルダかファイル（既定はワークスペースのもの） / folders or files of rules
    pub(crate) paths: Vec<String>,

    /// 事例で真にも偽にもならない条件と、どの事例も示さない判定を挙げる / conditions and verdicts that no test shows
    #[arg(long)]
    pub(crate) coverage: bool,

    /// 規則を少しずつ変えて、事例が気付くかを調べる / which small changes of the rules does no test notice?
    #[arg(long)]
    pub(crate) mutate: bool,

    /// 確かめた条件、気付いた変異がこの割合（%）に満たなければ終了コード 1 / exit 1 where fewer percent are covered or noticed
    #[arg(long, value_name = "N", requires = "measure", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) threshold: Option<u8>,

    /// 生き残った変異に、survivors.toml に理由のないものがあれば終了コード 1 にする / exit 1 where a survivor has no reason in survivors.toml
    #[arg(long, value_enum, value_name = "WHAT", requires = "mutate")]
    pub(crate) deny: Vec<DenyMutants>,

    /// 事例の結果を JUnit の XML で書くファイル / a file for the outcomes as JUnit's XML
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
}

/// 許さない変異 / mutants that are not let pass
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DenyMutants {
    /// 理由のない生き残り
    Unexplained,
}

#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// 規則のフォルダかファイル（既定はワークスペースのもの） / folders or files of rules
    pub(crate) paths: Vec<String>,

    /// 書き込まず、整っていないファイルを挙げて終了コード 1 にする / write nothing, list what differs and exit 1
    #[arg(long)]
    pub(crate) check: bool,

    /// 日本語表記か英語表記に書き換える（既定は、ファイルごとに今の表記のまま） / write all in one spelling of the language
    #[arg(long, value_enum, value_name = "SPELLING")]
    pub(crate) spelling: Option<Language>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// 規則の名前か、義務・基準の番号（例 access_only_by_right、"5(3)"）、または診断の番号（KJ0203） / a rule, a duty, a criterion or a code
    pub(crate) what: String,

    /// 対象のキー（例 PC-012） / the key of the subject
    #[arg(long, value_name = "KEY")]
    pub(crate) subject: Option<String>,

    #[command(flatten)]
    pub(crate) dates: Dates,

    /// 判定の理由を示す（既定） / why the verdict is what it is
    #[arg(long, conflicts_with = "missing")]
    pub(crate) why: bool,

    /// 判定を変える証拠を、揃ったものとして判定し直して示す / what evidence would change the verdict
    #[arg(long)]
    pub(crate) missing: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// 条件か値の式（例 "some e in employee where e.left_on is none"） / a condition or a value
    pub(crate) expr: String,

    #[command(flatten)]
    pub(crate) dates: Dates,

    /// 答えを JSON で書く（reports/pack/schema/answer-1.schema.json） / the answer for programs
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Repl {
    #[command(flatten)]
    pub(crate) dates: Dates,

    /// 入力の履歴を残さない / keep no history
    #[arg(long)]
    pub(crate) no_history: bool,
}

/// 日付 / dates
#[derive(Debug, Args)]
pub(crate) struct Dates {
    /// 判定する期間（既定は、基準日の年度） / the period under audit
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// 判定の基準日（既定は今日） / the date of judgement
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// 証拠の種類の名前か名称（例 employee、従業者）。なければすべてを一覧する / a fact by name or label; all where none is named
    pub(crate) fact: Option<String>,

    /// 証拠の一行の JSON Schema を書く / the JSON Schema of one row of evidence
    #[arg(long, requires = "fact")]
    pub(crate) json: bool,

    /// 記入用のファイルを標準出力に、それを読む source の表を標準エラーに書く / a file to fill in, and the table that maps it
    #[arg(long, value_enum, value_name = "FORMAT", requires = "fact", conflicts_with = "json")]
    pub(crate) template: Option<TemplateFormat>,

    /// 規則のフォルダかファイル（既定はワークスペースのもの） / folders or files of rules
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub(crate) rules: Vec<String>,
}

/// 記入用のファイルの形式 / formats of a file to fill in
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TemplateFormat {
    /// 表計算ソフトで開ける CSV
    Csv,
    /// Excel のブック。選択肢と説明が付く
    Xlsx,
}

#[derive(Debug, Args)]
pub(crate) struct Graph {
    /// 図の形式 / the form of the drawing
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid)]
    pub(crate) format: GraphFormat,

    /// 規則のフォルダかファイル（既定はワークスペースのもの） / folders or files of rules
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub(crate) rules: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Doc {
    /// 頁（HTML）を書くフォルダ。なければ標準出力に文字で書く / a folder for pages; text on the standard output where none is named
    #[arg(long, value_name = "DIR")]
    pub(crate) html: Option<PathBuf>,

    /// 義務ごとの一覧: 規則、読む証拠、判定とその事例、管理策 / a row a duty: rules, evidence, a case for each verdict, controls
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "md", conflicts_with = "html")]
    pub(crate) table: Option<TableFormat>,

    /// 規則のフォルダかファイル（既定はワークスペースのもの） / folders or files of rules
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub(crate) rules: Vec<String>,
}

/// 一覧の形式 / forms of a table
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Markdown
    Md,
    /// 表計算ソフトで開ける CSV
    Csv,
}

/// 図の形式 / forms of a drawing
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// Graphviz
    Dot,
    /// Mermaid（Markdown に貼れる）
    Mermaid,
}
