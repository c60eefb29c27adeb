//! Draws a diagnostic: excerpt, caret and help, full-width characters counted as two columns.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};

use crate::{Diagnostic, Label, Lang, Level, Sources};

/// Whether colours may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text only.
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// A diagnostic as text, ending in a line break.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, style: Style) -> String {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note | Level::Off => Title::NOTE,
    };
    let title = level.primary_title(diagnostic.message.get(lang)).id(diagnostic.code.id);
    let mut group = Group::with_title(title);
    for snippet in snippets(diagnostic, sources, lang) {
        group = group.element(snippet);
    }
    for help in &diagnostic.help {
        group = group.element(Title::HELP.message(help.get(lang)));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}

/// One snippet a file, the file at fault first.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    lang: Lang,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let Some(primary) = &diagnostic.primary else { return Vec::new() };
    let mut files = vec![primary.span.file];
    for label in &diagnostic.secondary {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
        .into_iter()
        .map(|id| {
            let file = sources.file(id);
            let context = diagnostic.secondary.iter().filter(|label| label.span.file == id);
            let mut snippet = Snippet::source(&*file.text).path(file.path.as_str());
            if primary.span.file == id {
                snippet = snippet.annotation(annotation(AnnotationKind::Primary, primary, lang));
            }
            for label in context {
                snippet = snippet.annotation(annotation(AnnotationKind::Context, label, lang));
            }
            snippet
        })
        .collect()
}

fn annotation(kind: AnnotationKind, label: &Label, lang: Lang) -> annotate_snippets::Annotation<'_> {
    kind.span(label.span.start as usize..label.span.end as usize).label(label.text.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bilingual, Code, Span};

    static CODE: Code = Code { id: "KJ9999", level: Level::Error, ja: "試験", en: "test", page: "" };

    #[test]
    fn carets_line_up_under_full_width_text() {
        let mut sources = Sources::new();
        let text = "対象 アクセスログ a\n";
        let id = sources.add("a.kijun", text);
        let start = "対象 ".len();
        let span = Span::new(id, start, start + "アクセスログ".len());
        let diagnostic = Diagnostic::new(&CODE, span, Bilingual::same("x"));
        let drawn = render(&diagnostic, &sources, Lang::Ja, Style::Plain);
        let caret = drawn.lines().find(|line| line.contains('^'));
        // `| ` and five columns for 対象 and a space; twelve for the six full-width characters.
        assert_eq!(caret.map(str::trim), Some("|      ^^^^^^^^^^^^"));
    }
}
