//! Words that are not keywords but closed lists of values, and the units, in both spellings.

use crate::ast::{Spelling, Unit};

/// A closed list of words: English, Japanese. The tree holds the English word in either spelling.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary(&'static [(&'static str, &'static str)]);

/// How grave a nonconformity is.
pub const SEVERITIES: Vocabulary =
    Vocabulary(&[("major", "重大"), ("minor", "軽微"), ("observation", "観察事項")]);

/// Verdicts.
pub const VERDICTS: Vocabulary = Vocabulary(&[
    ("met", "適合"),
    ("violated", "不適合"),
    ("undetermined", "判定不能"),
    ("pending", "期限前"),
    ("excused", "例外"),
    ("not_applicable", "対象外"),
]);

/// How far a control answers a duty.
pub const STRENGTHS: Vocabulary = Vocabulary(&[("full", "全部"), ("partial", "一部"), ("supports", "補助")]);

/// Kinds of audits.
pub const AUDIT_KINDS: Vocabulary =
    Vocabulary(&[("inspection", "点検"), ("internal", "内部監査"), ("external", "外部監査")]);

/// Who may audit.
pub const AUDITORS: Vocabulary =
    Vocabulary(&[("independent", "独立"), ("external", "外部"), ("any", "不問")]);

/// The types of the language.
pub const TYPES: Vocabulary = Vocabulary(&[
    ("text", "文字列"),
    ("int", "整数"),
    ("decimal", "小数"),
    ("bool", "真偽"),
    ("date", "日付"),
    ("datetime", "日時"),
    ("duration", "長さ"),
    ("period", "期間"),
    ("ip", "IPアドレス"),
    ("cidr", "IPアドレス範囲"),
]);

/// The current part of the calendar, as an audit names it.
pub const CURRENT_PARTS: Vocabulary =
    Vocabulary(&[("fiscal_year", "当年度"), ("quarter", "当四半期"), ("month", "当月"), ("day", "当日")]);

/// The part of the calendar before it: `previous …` in English.
pub const PREVIOUS_PARTS: Vocabulary =
    Vocabulary(&[("fiscal_year", "前年度"), ("quarter", "前四半期"), ("month", "前月"), ("day", "前日")]);

/// The fields of values that no declaration names: of a period its ends, of a gap its source.
pub const FIELDS: Vocabulary = Vocabulary(&[
    ("start", "初日"),
    ("end", "末日"),
    ("source", "系統"),
    ("from", "始まり"),
    ("to", "終わり"),
]);

impl Vocabulary {
    /// Its words in one spelling.
    pub fn words(self, spelling: Spelling) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(move |word| of(word, spelling))
    }

    /// The English word of a word that is written in `spelling`.
    pub fn english(self, word: &str, spelling: Spelling) -> Option<&'static str> {
        self.translate(word, spelling, Spelling::English)
    }

    /// A word of one spelling in another.
    pub fn translate(self, word: &str, from: Spelling, to: Spelling) -> Option<&'static str> {
        self.0.iter().find(|pair| of(pair, from) == word).map(|pair| of(pair, to))
    }
}

fn of(pair: &(&'static str, &'static str), spelling: Spelling) -> &'static str {
    match spelling {
        Spelling::English => pair.0,
        Spelling::Japanese => pair.1,
    }
}

/// A unit: how English writes one and many of it, and how Japanese may write it, best first.
struct UnitWords {
    unit: Unit,
    one: &'static str,
    many: &'static str,
    japanese: &'static [&'static str],
}

const UNITS: &[UnitWords] = &[
    UnitWords { unit: Unit::Years, one: "year", many: "years", japanese: &["年", "年間"] },
    UnitWords {
        unit: Unit::Months,
        one: "month",
        many: "months",
        japanese: &["か月", "か月間", "ヶ月", "ヶ月間", "カ月", "カ月間", "箇月", "箇月間"],
    },
    UnitWords { unit: Unit::Weeks, one: "week", many: "weeks", japanese: &["週間", "週"] },
    UnitWords { unit: Unit::Days, one: "day", many: "days", japanese: &["日", "日間"] },
    UnitWords {
        unit: Unit::BusinessDays, one: "business day", many: "business days", japanese: &["営業日"]
    },
    UnitWords { unit: Unit::Hours, one: "hour", many: "hours", japanese: &["時間"] },
    UnitWords { unit: Unit::Minutes, one: "minute", many: "minutes", japanese: &["分", "分間"] },
    UnitWords { unit: Unit::Seconds, one: "second", many: "seconds", japanese: &["秒", "秒間"] },
];

impl Unit {
    /// How so many of it are written.
    pub fn spelling(self, amount: i64, spelling: Spelling) -> &'static str {
        let words = UNITS.iter().find(|words| words.unit == self);
        words.map_or("", |words| match spelling {
            Spelling::Japanese => words.japanese[0],
            Spelling::English if amount == 1 => words.one,
            Spelling::English => words.many,
        })
    }

    /// The unit that a word names; that of `business` is told by the word after it.
    pub(crate) fn from_word(word: &str, spelling: Spelling) -> Option<Unit> {
        let names = |words: &&UnitWords| match spelling {
            Spelling::English => words.one == word || words.many == word,
            Spelling::Japanese => words.japanese.contains(&word),
        };
        UNITS.iter().find(names).map(|words| words.unit)
    }

    /// How many bytes of a text are the Japanese unit that it begins with: `31日以内` needs no spaces.
    pub(crate) fn japanese_prefix(text: &str) -> Option<usize> {
        let words = UNITS.iter().flat_map(|words| words.japanese);
        words.filter(|word| text.starts_with(**word)).map(|word| word.len()).max()
    }
}
