//! The functions of the language.

use super::Spelling;

/// Declares the functions of the language with their two spellings.
macro_rules! builtins {
    ($($(#[$doc:meta])* $name:ident $english:literal $japanese:literal,)*) => {
        /// A function of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Builtin { $($(#[$doc])* $name,)* }

        impl Builtin {
            /// Every function.
            pub const ALL: &'static [Builtin] = &[$(Builtin::$name,)*];

            /// How it is written.
            pub fn spelling(self, spelling: Spelling) -> &'static str {
                match (self, spelling) {
                    $((Builtin::$name, Spelling::English) => $english,
                    (Builtin::$name, Spelling::Japanese) => $japanese,)*
                }
            }

            /// The function of that name, in either spelling.
            pub fn from_spelling(name: &str) -> Option<Builtin> {
                Self::ALL.iter().copied().find(|function| {
                    function.spelling(Spelling::English) == name
                        || function.spelling(Spelling::Japanese) == name
                })
            }
        }
    };
}

builtins! {
    /// The local day of a datetime.
    Date "date" "日付",
    /// The month, as a period, that holds a date.
    MonthOf "month_of" "属する月",
    /// The quarter of the fiscal year, as a period, that holds a date.
    QuarterOf "quarter_of" "属する四半期",
    /// The fiscal year, as a period, that holds a date.
    FiscalYearOf "fiscal_year_of" "属する年度",
    /// Whether two periods have a day in common.
    Overlaps "overlaps" "重なる",
    /// Whether the first period lies within the second.
    Within "is_within" "含まれる",
    /// How many days a period has, both ends included.
    DaysIn "days_in" "日数",
    /// Whether a date is no day on which public bodies are closed.
    IsBusinessDay "is_business_day" "営業日である",
    /// The date itself if it is a business day, otherwise the next one.
    RollForward "roll_forward" "営業日繰下げ",
    /// 確報の期限: the day of knowing is day 1, calendar days, rolled forward over closed days.
    PpcFinal "ppc_final" "確報期限",
    /// 民法140条から143条: the first day not counted, up to the day before the corresponding day.
    MinpoEnd "minpo_end" "民法期間末",
    /// プライバシーマークの更新申請期間 of a validity that ends on a date.
    PmarkWindow "pmark_window" "更新申請期間",
    /// A date as 令和8年4月1日.
    Wareki "wareki" "和暦",
    /// How many characters a text has.
    Length "length" "文字数",
}
