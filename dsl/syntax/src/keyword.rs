//! The words of the language in its two spellings, in one table.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::ast::Spelling;

/// Declares the keywords: for each spelling how it is written, and whether its first word may name something.
///
/// Where one spelling says with a word what the other says with the order of words, the other's is empty.
macro_rules! keywords {
    ($($name:ident $english:literal $english_use:ident $japanese:literal $japanese_use:ident,)*) => {
        /// A word of the language, or a few that always stand together.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Keyword {
            $(
                #[doc = concat!("`", $english, "` `", $japanese, "`")]
                $name,
            )*
        }

        impl Keyword {
            /// Every keyword.
            pub const ALL: &'static [Keyword] = &[$(Keyword::$name,)*];

            /// How it is written, with a space between words; empty where the spelling has no word for it.
            pub fn spelling(self, spelling: Spelling) -> &'static str {
                match spelling {
                    Spelling::English => match self { $(Keyword::$name => $english,)* },
                    Spelling::Japanese => match self { $(Keyword::$name => $japanese,)* },
                }
            }

            /// Whether nothing may be named like its first word: the words of expressions.
            pub fn is_reserved(self, spelling: Spelling) -> bool {
                match spelling {
                    Spelling::English => match self { $(Keyword::$name => reserved!($english_use),)* },
                    Spelling::Japanese => match self { $(Keyword::$name => reserved!($japanese_use),)* },
                }
            }
        }
    };
}

macro_rules! reserved {
    (free) => {
        false
    };
    (reserved) => {
        true
    };
}

keywords! {
    // Expressions. Reserved words come first: a word that is written like another one counts as the reserved one.
    And "and" reserved "かつ" reserved,
    Or "or" reserved "または" reserved,
    Not "not" reserved "否" reserved,
    NotThat "" free "でない" reserved,
    Subject "" free "が" reserved,
    In "in" reserved "にある" reserved,
    IsNotNone "is not none" reserved "空でない" reserved,
    IsNone "is none" reserved "空である" reserved,
    StartsWith "starts with" free "で始まる" reserved,
    Contains "contains" free "を含む" reserved,
    Matches "matches" free "に一致" reserved,
    To "to" reserved "から" reserved,
    Until "" free "まで" reserved,
    Else "else" reserved "なければ" reserved,
    If "if" reserved "もし" reserved,
    Then "then" reserved "ならば" reserved,
    Otherwise "else" reserved "そうでなければ" reserved,
    Some "some" reserved "ある" reserved,
    No "no" reserved "ない" reserved,
    Every "every" reserved "すべての" reserved,
    Has "has" free "について" reserved,
    Count "count" reserved "件数" reserved,
    CountDistinct "count distinct" reserved "種類数" reserved,
    Sum "sum" reserved "合計" reserved,
    Min "min" reserved "最小" reserved,
    Max "max" reserved "最大" reserved,
    First "first" reserved "最初" reserved,
    Latest "latest" reserved "最新" reserved,
    Over "over" free "" free,
    Where "where" reserved "" free,
    True "true" reserved "はい" reserved,
    False "false" reserved "いいえ" reserved,
    None "none" reserved "なし" reserved,
    Today "today" free "判定日" free,
    Period "period" free "期間" free,
    Moment "moment" free "その時点" free,
    Covered "covered" free "欠落なし" free,

    // Rows.
    At "at" free "時点" reserved,
    AtAnyTime "at any time" free "時点を問わず" reserved,
    Days "days" free "の各日" reserved,
    Months "months" free "の各月" reserved,
    Quarters "quarters" free "の各四半期" reserved,
    FiscalYears "fiscal_years" free "の各年度" reserved,
    Gaps "gaps" free "の欠落" reserved,
    OrNone "or none" reserved "なくてもよい" reserved,

    // Declarations.
    Ruleset "ruleset" free "規則集" free,
    Version "version" free "版数" free,
    Use "use" free "取込" free,
    Export "export" free "公開" free,
    Standard "standard" free "基準" free,
    Enum "enum" free "区分" free,
    State "state" free "台帳" free,
    Event "event" free "記録" free,
    Table "table" free "表" free,
    Relation "relation" free "関係" free,
    Define "define" free "定義" free,
    Param "param" free "解釈" free,
    Rule "rule" free "規則" free,
    Attest "attest" free "確認" free,
    Audit "audit" free "監査" free,
    Catalogue "catalogue" free "管理策集" free,
    Crosswalk "crosswalk" free "対応表" free,
    Test "test" free "試験" free,

    // The standard and its neighbours.
    Issuer "issuer" free "発行者" free,
    Edition "edition" free "版" free,
    Section "section" free "章" free,
    Criterion "criterion" free "項" free,
    Text "text" free "本文" free,
    Duty "duty" free "義務" free,
    ByCriteria "by criteria" reserved "各項による" reserved,
    Note "note" free "注記" free,
    Control "control" free "管理策" free,
    Unverified "unverified" free "未確認" free,

    // Facts.
    Key "key" free "識別" free,
    Personal "personal" free "個人情報" free,
    Secret "secret" free "機密" free,
    Ref "ref" free "参照" free,
    FreshWithin "fresh within" free "更新" free,
    Within "within" free "以内" free,
    KeptFor "kept for" free "保存" free,
    AfterContractEnd "after contract end" free "契約終了後" free,
    Valid "valid" free "有効" free,
    Since "from" free "から" reserved,
    Before "before" free "より前" free,
    During "in" reserved "の間" free,
    Row "row" free "行" free,
    From "from" free "抽出" free,
    Yield "yield" free "導出" reserved,
    Because "because" free "理由" free,

    // Rules.
    Covers "covers" free "根拠" free,
    Severity "severity" free "重大度" free,
    Judged "judged" free "判定時点" free,
    AtToday "at today" free "判定日" free,
    ThroughoutPeriod "throughout period" free "期間全体" free,
    ForEach "for each" free "対象" free,
    Pair "pair" free "の前後" reserved,
    By "by" free "ごと" free,
    Needs "needs" free "前提" free,
    Require "require" free "要件" free,
    ExcusedBy "excused by" free "例外" free,
    Due "due" free "期限" free,
    Message "message" free "文言" free,
    Remedy "remedy" free "是正" free,

    // What people confirm, and audits.
    Question "question" free "設問" free,
    AnsweredBy "answered by" free "回答者" free,
    Attach "attach" free "添付" free,
    HoldsFor "holds for" free "有効期間" free,
    Kind "kind" free "種別" free,
    Schedule "schedule" free "日程" free,
    InZone "in" reserved "標準時" free,
    AfterEach "after each" free "契機" free,
    After "" free "の後" free,
    OverPeriod "over" free "対象期間" free,
    Previous "previous" free "" free,
    Scope "scope" free "範囲" free,
    All "all" free "すべて" free,
    Auditor "auditor" free "監査員" free,
    Remind "remind" free "予告" free,
    BeforeIt "before" free "前" free,
    Report "report" free "報告" free,
    CloseFindings "close findings" free "是正完了" free,

    // Tests.
    For "for" free "対象" free,
    Empty "empty" free "空" free,
    Missing "missing" free "未収集" free,
    Stale "stale" free "期限切れ" free,
    Incomplete "incomplete" free "不完全" free,
    Gap "gap" free "欠落" free,
    Expect "expect" free "期待" free,
    Unknown "unknown" free "不明" free,
    Holds "true" reserved "成立" free,
    Fails "false" reserved "不成立" free,
}

/// The first words of the keywords, for each spelling.
static FIRST_WORDS: LazyLock<[FirstWords; 2]> =
    LazyLock::new(|| [Spelling::English, Spelling::Japanese].map(FirstWords::of));

struct FirstWords {
    /// The keyword that a word tells: the first of those that begin with it.
    keywords: FxHashMap<&'static str, Keyword>,
    /// For each first byte, a bit for each length of a word: nearly no word of a file has both in common with one of these.
    lengths: [u64; 256],
    /// For each keyword the one that its first word tells; none where it has no word.
    told: Vec<Option<Keyword>>,
}

impl FirstWords {
    fn of(spelling: Spelling) -> Self {
        let mut first = Self { keywords: FxHashMap::default(), lengths: [0; 256], told: Vec::new() };
        for keyword in Keyword::ALL {
            let word = keyword.words(spelling).next();
            first.told.push(word.map(|word| *first.keywords.entry(word).or_insert(*keyword)));
            if let Some((byte, length)) = word.and_then(Self::outline) {
                first.lengths[byte] |= length;
            }
        }
        first
    }

    /// The first byte of a word and the bit of its length.
    fn outline(word: &str) -> Option<(usize, u64)> {
        Some((usize::from(*word.as_bytes().first()?), 1 << word.len().min(63)))
    }

    fn keyword(&self, word: &str) -> Option<Keyword> {
        let (byte, length) = Self::outline(word)?;
        if self.lengths[byte] & length == 0 { None } else { self.keywords.get(word).copied() }
    }
}

impl Keyword {
    /// The words that it is written with.
    pub fn words(self, spelling: Spelling) -> impl Iterator<Item = &'static str> {
        self.spelling(spelling).split(' ').filter(|word| !word.is_empty())
    }

    /// The keyword that begins with that word.
    pub fn from_word(word: &str, spelling: Spelling) -> Option<Keyword> {
        FIRST_WORDS[spelling as usize].keyword(word)
    }

    /// The keyword that the first word of this one tells: this one, or another that begins with the same word. None where
    /// the spelling has no word for it.
    pub(crate) fn told_by_first_word(self, spelling: Spelling) -> Option<Keyword> {
        FIRST_WORDS[spelling as usize].told[self as usize]
    }

    /// Whether a declaration may begin with it: where reading goes on after a broken one.
    pub fn begins_declaration(self) -> bool {
        self == Keyword::Export || Self::DECLARATIONS.contains(&self)
    }

    /// The keywords of the declarations.
    pub const DECLARATIONS: &'static [Keyword] = &[
        Keyword::Ruleset,
        Keyword::Use,
        Keyword::Standard,
        Keyword::Enum,
        Keyword::State,
        Keyword::Event,
        Keyword::Table,
        Keyword::Relation,
        Keyword::Define,
        Keyword::Param,
        Keyword::Rule,
        Keyword::Attest,
        Keyword::Audit,
        Keyword::Catalogue,
        Keyword::Crosswalk,
        Keyword::Test,
    ];
}
