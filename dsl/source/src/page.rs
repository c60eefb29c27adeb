//! The page of a code: what it means, what to avoid, what to write instead, and why, in Markdown of one fixed layout.

use crate::{Bilingual, Code};

/// A page taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What it means.
    pub what: Bilingual,
    /// Texts that give the diagnostic.
    pub avoid: Vec<Example>,
    /// The same texts, mended.
    pub prefer: Vec<Example>,
    /// Why it is reported.
    pub why: Bilingual,
    /// What the examples need around them, not shown to the reader.
    pub prelude: Vec<Example>,
}

/// A fenced text of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// `kijun`, `toml`, `csv` or another word for the kind of text.
    pub kind: String,
    /// The path of the file that holds it, where that matters.
    pub path: Option<String>,
    /// The text, with a line break at its end.
    pub text: String,
}

/// Why a page cannot be taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// The first line is not the code with its two titles; this is what it must be.
    Title(String),
    /// A section is absent, empty, or out of its place.
    Section(&'static str),
    /// A fence has no end.
    OpenFence,
}

impl std::fmt::Display for PageError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PageError::Title(title) => write!(out, "the first line must be `{title}`"),
            PageError::Section(heading) => write!(out, "`## {heading}` is absent, empty or out of its place"),
            PageError::OpenFence => write!(out, "a fence has no end"),
        }
    }
}

impl std::error::Error for PageError {}

/// The sections, in their order.
const HEADINGS: [&str; 6] = ["意味", "What", "避ける / Avoid", "直す / Prefer", "理由", "Why"];

impl Page {
    /// Takes the page of a code apart.
    ///
    /// ```
    /// # let page = include_str!("../pages/KJ0000.md");
    /// # let level = kijun_source::Level::Error;
    /// let code = kijun_source::Code { id: "KJ0000", level, ja: "診断の頁の書き方", en: "how a page is written", page };
    /// let page = kijun_source::Page::parse(&code)?;
    /// assert_eq!((page.avoid.len(), page.prefer.len(), page.prelude.len()), (1, 1, 1));
    /// # Ok::<(), kijun_source::PageError>(())
    /// ```
    pub fn parse(code: &Code) -> Result<Page, PageError> {
        let (id, ja, en) = (code.id, code.ja, code.en);
        let title = format!("# {id} {ja} / {en}");
        let mut lines = code.page.lines();
        if lines.next() != Some(title.as_str()) {
            return Err(PageError::Title(title));
        }
        let sections = sections(lines)?;
        let [what_ja, what_en, avoid, prefer, why_ja, why_en] = &sections;
        let (avoid, mut prelude) = examples(avoid, 2)?;
        let (prefer, more) = examples(prefer, 3)?;
        prelude.extend(more);
        let texts = [(what_ja, 0), (what_en, 1), (why_ja, 4), (why_en, 5)];
        if let Some((_, index)) = texts.iter().find(|(text, _)| text.is_empty()) {
            return Err(PageError::Section(HEADINGS[*index]));
        }
        Ok(Page {
            what: Bilingual::new(what_ja, what_en),
            avoid,
            prefer,
            why: Bilingual::new(why_ja, why_en),
            prelude,
        })
    }
}

/// The texts below the headings, which must stand in their order.
fn sections<'a>(lines: impl Iterator<Item = &'a str>) -> Result<[String; 6], PageError> {
    let mut sections: [String; 6] = Default::default();
    let mut begun = 0;
    for line in lines {
        if let Some(heading) = line.strip_prefix("## ") {
            let expected = HEADINGS.get(begun).copied();
            if expected != Some(heading) {
                return Err(PageError::Section(expected.unwrap_or(HEADINGS[5])));
            }
            begun += 1;
        } else if begun > 0 {
            sections[begun - 1].push_str(line);
            sections[begun - 1].push('\n');
        }
    }
    match HEADINGS.get(begun) {
        Some(heading) => Err(PageError::Section(heading)),
        None => Ok(sections.map(|text| text.trim().to_owned())),
    }
}

/// The fenced texts of a section: those shown, and those marked `prelude`.
fn examples(section: &str, index: usize) -> Result<(Vec<Example>, Vec<Example>), PageError> {
    let (mut shown, mut prelude) = (Vec::new(), Vec::new());
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut text = String::new();
        loop {
            match lines.next() {
                None => return Err(PageError::OpenFence),
                Some("```") => break,
                Some(line) => {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        let mut words: Vec<&str> = info.split_whitespace().collect();
        let is_prelude = words.last() == Some(&"prelude");
        words.truncate(words.len() - usize::from(is_prelude));
        let kind = words.first().copied().unwrap_or_default().to_owned();
        let example = Example { kind, path: words.get(1).map(|path| (*path).to_owned()), text };
        if is_prelude { prelude.push(example) } else { shown.push(example) }
    }
    if shown.is_empty() { Err(PageError::Section(HEADINGS[index])) } else { Ok((shown, prelude)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    const PAGE: &str = include_str!("../pages/KJ0000.md");

    fn parse(page: &str) -> Result<Page, PageError> {
        let page = Box::leak(page.to_owned().into_boxed_str());
        let (ja, en) = ("診断の頁の書き方", "how a page is written");
        Page::parse(&Code { id: "KJ0000", level: Level::Error, ja, en, page })
    }

    #[test]
    fn the_layout_is_held_to() {
        let page = parse(PAGE).unwrap();
        assert!(page.what.ja.contains("診断") && page.why.en.contains("page"));
        assert_eq!(page.avoid[0].kind, "kijun");
        let without = PAGE.replace("## 理由\n", "");
        assert_eq!(parse(&without), Err(PageError::Section("理由")));
        assert_eq!(parse(&PAGE.replace("## Why\n", "## Why\n\n## More\n")), Err(PageError::Section("Why")));
        assert!(matches!(parse(&PAGE.replace("# KJ0000", "# KJ0001")), Err(PageError::Title(_))));
    }

    #[test]
    fn a_fence_has_an_end_and_a_section_has_a_fence() {
        assert_eq!(parse(&PAGE.replace("\n```\n\n", "\n\n")), Err(PageError::OpenFence));
        assert_eq!(parse(&PAGE.replace("```", "~~~")), Err(PageError::Section("避ける / Avoid")));
    }
}
