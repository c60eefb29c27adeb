//! A text in the two languages of the product.

/// The language that a reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 日本語, the default: the people who use the product read it.
    #[default]
    Ja,
    /// English.
    En,
}

/// A text in Japanese and in English, made where the thing it speaks of is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bilingual {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// A text in both languages.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// A text that is the same in both languages: a name, a number, a quotation.
    pub fn same(text: impl Into<String>) -> Self {
        let ja = text.into();
        Self { en: ja.clone(), ja }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

/// Formats one [`Bilingual`] from two literals with the same captured arguments.
///
/// ```
/// let name = "succeded";
/// let text = kijun_source::bilingual!("`{name}` という項目はありません", "unknown field `{name}`");
/// assert_eq!(text.en, "unknown field `succeded`");
/// ```
#[macro_export]
macro_rules! bilingual {
    ($ja:literal, $en:literal $(,)?) => {
        $crate::Bilingual::new(format!($ja), format!($en))
    };
}
