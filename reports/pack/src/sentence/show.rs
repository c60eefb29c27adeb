//! Shows a statement as plain text and as HTML.

use kijun_source::Lang;

use super::tree::{Phrase, Piece, Statement, item_number, list_name};

impl Statement {
    /// The sentences as plain text, a line each, lists indented, notes last.
    pub fn plain(&self, lang: Lang) -> String {
        let mut lines = Vec::new();
        for sentence in &self.sentences {
            plain_lines(sentence, "", 0, lang, &mut lines);
        }
        for (index, note) in self.notes.iter().enumerate() {
            plain_lines(note, &format!("{}　", note_sign(index, lang)), 0, lang, &mut lines);
        }
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// The sentences as paragraphs and lists of HTML. Notes carry ids that begin with `prefix`, so that several statements may stand on one page.
    pub fn html(&self, prefix: &str, lang: Lang) -> String {
        let mut html = String::new();
        for sentence in &self.sentences {
            html.push_str(&format!("<p>{}</p>\n", html_text(sentence, prefix, lang)));
            html_lists(sentence, 0, prefix, lang, &mut html);
        }
        if !self.notes.is_empty() {
            html.push_str("<div class=\"notes\">\n");
            for (index, note) in self.notes.iter().enumerate() {
                let (sign, text) = (note_sign(index, lang), html_text(note, prefix, lang));
                let number = index + 1;
                let prefix_id = escape(prefix);
                html.push_str(&format!(
                    "<p id=\"{prefix_id}-note{number}\"><span class=\"no\">{sign}</span>{text}</p>\n"
                ));
                html_lists(note, 0, prefix, lang, &mut html);
            }
            html.push_str("</div>\n");
        }
        html
    }
}

impl Phrase {
    /// The text, a line each for the items of its lists.
    pub(super) fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        plain_lines(self, "", 0, lang, &mut lines);
        lines
    }
}

fn note_sign(index: usize, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("注{}", index + 1),
        Lang::En => format!("Note {}", index + 1),
    }
}

/// The line of a phrase and those of its lists.
fn plain_lines(phrase: &Phrase, before: &str, depth: usize, lang: Lang, lines: &mut Vec<String>) {
    let indent = "　".repeat(depth);
    let text: String = phrase.pieces().iter().map(|piece| plain_piece(piece, lang)).collect();
    lines.push(format!("{indent}{before}{text}"));
    for (index, list) in phrase.lists.iter().enumerate() {
        if phrase.lists.len() > 1 {
            lines.push(format!("{indent}　{}", list_name(index)));
        }
        for (position, item) in list.iter().enumerate() {
            let number = format!("{}　", item_number(depth, position, lang));
            plain_lines(item, &number, depth + 1, lang, lines);
        }
    }
}

fn plain_piece(piece: &Piece, lang: Lang) -> String {
    match (piece, lang) {
        (Piece::Text(text), _) => text.clone(),
        (Piece::Note(index), Lang::Ja) => format!("（{}）", note_sign(*index, lang)),
        (Piece::Note(index), Lang::En) => format!(" ({})", note_sign(*index, lang)),
    }
}

fn html_text(phrase: &Phrase, prefix: &str, lang: Lang) -> String {
    let pieces = phrase.pieces();
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => escape(text),
        Piece::Note(index) => {
            let (prefix, number, sign) = (escape(prefix), index + 1, note_sign(*index, lang));
            format!("<sup><a href=\"#{prefix}-note{number}\">{sign}</a></sup>")
        }
    });
    pieces.collect()
}

fn html_lists(phrase: &Phrase, depth: usize, prefix: &str, lang: Lang, html: &mut String) {
    for (index, list) in phrase.lists.iter().enumerate() {
        if phrase.lists.len() > 1 {
            html.push_str(&format!("<p class=\"list-name\">{}</p>\n", list_name(index)));
        }
        html.push_str("<ol>\n");
        for (position, item) in list.iter().enumerate() {
            let (number, text) = (item_number(depth, position, lang), html_text(item, prefix, lang));
            html.push_str(&format!("<li><span class=\"no\">{number}</span>{text}\n"));
            html_lists(item, depth + 1, prefix, lang, html);
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n");
    }
}

/// Text as it stands in HTML, without controls: a text of a ruleset must not turn the order of letters round.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(crate::mask::plain_char(c)),
        }
    }
    escaped
}
