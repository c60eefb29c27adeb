//! Rulesets of one text: a line `#### name` begins the unit of that name, which others `use` by it.

use kijun_analysis::{Analysis, Options, Override, Unit, analyze};
use kijun_ir::Calendar;
use kijun_source::{Diagnostic, Lang, Sources, Span, Style, render};
use kijun_syntax::ast::ItemKind;

/// What comes of a text, and the files that its diagnostics point into.
pub(crate) struct Checked {
    pub(crate) sources: Sources,
    pub(crate) analysis: Analysis,
}

/// Checks the units of a text, with the values that a workspace gives to parameters.
pub(crate) fn check(text: &str, overrides: &[(&str, &str)]) -> Checked {
    let mut sources = Sources::new();
    let parts = parts(text);
    let mut diagnostics = Vec::new();
    let mut units = Vec::new();
    for (name, text) in &parts {
        let path = if name.is_empty() { "rules.kijun".to_owned() } else { format!("{name}.kijun") };
        let id = sources.add(path, text.as_str());
        let (tree, problems) = kijun_syntax::parse(sources.file(id));
        diagnostics.extend(problems);
        let uses = tree.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Use(written) => {
                let target = parts.iter().position(|(name, _)| *name == written.path.value)?;
                Some((written.path.span, target))
            }
            _ => None,
        });
        units.push(Unit { uses: uses.collect(), files: vec![tree] });
    }
    let manifest = sources.add("kijun.toml", "[params]\ngrace = \"3 yaers\"\n");
    let overrides = overrides.iter().map(|(name, value)| Override {
        name: (*name).to_owned(),
        name_span: Span::new(manifest, 9, 14),
        value: (*value).to_owned(),
        value_span: Span::new(manifest, 17, 26),
    });
    let options = Options { calendar: Calendar::japan(), overrides: overrides.collect() };
    let mut analysis = analyze(&units, &options);
    diagnostics.append(&mut analysis.diagnostics);
    analysis.diagnostics = diagnostics;
    Checked { sources, analysis }
}

fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), String::new())];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("#### ") {
            Some(name) => parts.push((name.trim().to_owned(), String::new())),
            None => parts.last_mut().unwrap().1.push_str(line),
        }
    }
    parts.retain(|(name, text)| !(name.is_empty() && text.trim().is_empty()));
    parts
}

impl Checked {
    /// Every diagnostic as its reader sees it, in both languages.
    pub(crate) fn shown(&self) -> String {
        let langs = [Lang::Ja, Lang::En];
        let draw = |diagnostic: &Diagnostic, lang| render(diagnostic, &self.sources, lang, Style::Plain);
        let drawn = langs.map(|lang| {
            self.analysis.diagnostics.iter().map(|diagnostic| draw(diagnostic, lang)).collect::<String>()
        });
        drawn.join("\n")
    }

    /// The codes of its diagnostics.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.analysis.diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect()
    }
}
