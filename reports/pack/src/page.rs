//! The page of a diagnostic's code, in one language.

use kijun_source::{Code, Example, Lang, Level, Page};

/// The page as a terminal shows it.
pub fn render(code: &Code, lang: Lang) -> String {
    let words = Words::of(lang);
    let title = code.title();
    let mut text = format!("{} {}  {}\n", code.id, words.level(code.level), title.get(lang));
    // A page that ships can be taken apart; its title alone still says something.
    let Ok(page) = Page::parse(code) else { return text };
    text.push_str(&format!("\n{}\n", indented(page.what.get(lang), "  ")));
    for (heading, examples) in [(words.avoid, &page.avoid), (words.prefer, &page.prefer)] {
        text.push_str(&format!("\n{heading}\n"));
        text.push_str(&examples.iter().map(drawn).collect::<Vec<_>>().join("\n"));
    }
    text.push_str(&format!("\n{}\n{}\n", words.why, indented(page.why.get(lang), "  ")));
    text
}

/// The page as Markdown.
pub fn markdown(code: &Code, lang: Lang) -> String {
    let words = Words::of(lang);
    let title = code.title();
    let mut text = format!("# {} {}\n", code.id, title.get(lang));
    let Ok(page) = Page::parse(code) else { return text };
    text.push_str(&format!("\n{}\n", page.what.get(lang)));
    for (heading, examples) in [(words.avoid, &page.avoid), (words.prefer, &page.prefer)] {
        text.push_str(&format!("\n## {heading}\n"));
        for example in examples {
            text.push_str(&format!("\n```{}\n{}```\n", example.kind, example.text));
        }
    }
    text.push_str(&format!("\n## {}\n\n{}\n", words.why, page.why.get(lang)));
    text
}

/// An example, below the path of its file where that matters.
fn drawn(example: &Example) -> String {
    let path = example.path.as_ref().map_or_else(String::new, |path| format!("  {path}:\n"));
    format!("{path}{}\n", indented(example.text.trim_end(), "    "))
}

fn indented(text: &str, margin: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{margin}{line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The words of the page itself.
struct Words {
    avoid: &'static str,
    prefer: &'static str,
    why: &'static str,
    levels: [&'static str; 4],
}

impl Words {
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::Ja => Words {
                avoid: "避ける",
                prefer: "直す",
                why: "理由",
                levels: ["エラー", "注意", "参考", "既定では無効"],
            },
            Lang::En => Words {
                avoid: "Avoid",
                prefer: "Prefer",
                why: "Why",
                levels: ["error", "warning", "note", "off by default"],
            },
        }
    }

    fn level(&self, level: Level) -> &'static str {
        let index = Level::ALL.iter().position(|other| *other == level);
        index.map_or("", |index| self.levels[index])
    }
}
