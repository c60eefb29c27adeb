//! Which rulesets use which: versions and circles.

use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{self, ItemKind};

use crate::Unit;
use crate::cycles::{components, is_circle, way};
use crate::diagnostics::{RULESET, USE_CYCLE, USE_VERSION};

/// A `use` that was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used<'a> {
    /// The position of the unit.
    pub(crate) unit: usize,
    /// The path as written.
    pub(crate) path: &'a str,
    /// Where the path stands.
    pub(crate) span: Span,
}

/// For each unit those that it uses, in the order written; reports headers, versions and circles that are wrong.
pub(crate) fn uses<'a>(units: &'a [Unit], diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Used<'a>>> {
    let headers: Vec<Option<&ast::Ruleset>> = units.iter().map(|unit| header(unit, diagnostics)).collect();
    let mut uses = Vec::with_capacity(units.len());
    for unit in units {
        let mut used = Vec::new();
        for written in items(unit).filter_map(|item| match &item.kind {
            ItemKind::Use(written) => Some(written),
            _ => None,
        }) {
            let found = unit.uses.iter().find(|(span, _)| *span == written.path.span);
            let Some((span, target)) = found.filter(|(_, target)| *target < units.len()) else { continue };
            fits(written, headers[*target], diagnostics);
            used.push(Used { unit: *target, path: &written.path.value, span: *span });
        }
        uses.push(used);
    }
    circles(&headers, &uses, diagnostics);
    uses
}

fn items(unit: &Unit) -> impl Iterator<Item = &ast::Item> {
    unit.files.iter().flat_map(|file| &file.items)
}

/// The name and version of a unit; reports a second one, and a version that is none.
fn header<'a>(unit: &'a Unit, diagnostics: &mut Vec<Diagnostic>) -> Option<&'a ast::Ruleset> {
    let mut headers = items(unit).filter_map(|item| match &item.kind {
        ItemKind::Ruleset(ruleset) => Some(ruleset),
        _ => None,
    });
    let first = headers.next()?;
    for second in headers {
        let message = Bilingual::new(
            "一つのフォルダの ⟦ruleset|規則集⟧ は一つだけである",
            "the files of a folder have one ⟦ruleset|規則集⟧",
        );
        diagnostics.push(
            Diagnostic::new(&RULESET, second.name.span, message)
                .and(first.name.span, Bilingual::new("最初の宣言", "first declared here"))
                .help(Bilingual::new("どちらかを消す", "remove one of them")),
        );
    }
    if numbers(&first.version.value).is_none_or(|numbers| numbers.len() != 3) {
        let version = &first.version.value;
        let message = bilingual!("「{version}」は版の番号ではない", "`{version}` is not a version");
        diagnostics.push(
            Diagnostic::new(&RULESET, first.version.span, message)
                .help(Bilingual::new("`\"1.0.0\"` のように書く", "write it as `\"1.0.0\"`")),
        );
    }
    Some(first)
}

/// The numbers of a version; `None` where it is none.
fn numbers(version: &str) -> Option<Vec<u64>> {
    version.split('.').map(|number| number.parse().ok()).collect()
}

/// Reports a `use` of a version that the ruleset does not have.
fn fits(written: &ast::Use, found: Option<&ast::Ruleset>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(version) = &written.version else { return };
    let wanted = &version.value;
    let Some(ruleset) = found else {
        let path = &written.path.value;
        let message = bilingual!("「{path}」には版の宣言がない", "`{path}` declares no version");
        diagnostics.push(Diagnostic::new(&USE_VERSION, version.span, message).help(Bilingual::new(
            "使う側の ⟦version|版数⟧ を消すか、使われる側に ⟦ruleset 名前 version \"1.0.0\"|規則集 名前 版数 \"1.0.0\"⟧ を書く",
            "remove ⟦version|版数⟧ here, or declare ⟦ruleset NAME version \"1.0.0\"|規則集 名前 版数 \"1.0.0\"⟧ there",
        )));
        return;
    };
    let starts = numbers(wanted)
        .zip(numbers(&ruleset.version.value))
        .is_some_and(|(wanted, found)| found.starts_with(&wanted));
    if !starts {
        let (name, found) = (&ruleset.name.text, &ruleset.version.value);
        let message = bilingual!(
            "`{name}` の版は {found} で、求める {wanted} に合わない",
            "`{name}` has version {found}, which is not the {wanted} that is wanted"
        );
        diagnostics.push(
            Diagnostic::new(&USE_VERSION, version.span, message)
                .and(ruleset.version.span, Bilingual::new("使われる側の版", "the version found"))
                .help(Bilingual::new(
                    "変更点を確かめたうえで、求める版を改める",
                    "review what changed, then ask for this version",
                )),
        );
    }
}

fn circles<'a>(
    headers: &[Option<&'a ast::Ruleset>],
    uses: &[Vec<Used<'a>>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let edges: Vec<Vec<usize>> =
        uses.iter().map(|used| used.iter().map(|used| used.unit).collect()).collect();
    for component in components(&edges) {
        if !is_circle(&edges, &component) {
            continue;
        }
        let steps = way(&edges, &component, component[0], component[0]);
        let circle: Vec<Used<'_>> =
            steps.windows(2).filter_map(|step| edge(&uses[step[0]], step[1])).collect();
        let Some((first, rest)) = circle.split_first() else { continue };
        let names: Vec<&str> =
            circle.last().into_iter().chain(&circle).map(|used| name(headers, *used)).collect();
        let path = names.join(" → ");
        let message =
            bilingual!("規則集が循環している: {path}", "rulesets use each other in a circle: {path}");
        let mut diagnostic = Diagnostic::new(&USE_CYCLE, first.span, message);
        for used in rest {
            diagnostic = diagnostic.and(used.span, Bilingual::new("循環の一部", "part of the circle"));
        }
        diagnostics.push(diagnostic.help(Bilingual::new(
            "共通の宣言を別の規則集に移し、どれかの ⟦use|取込⟧ を消す",
            "move what they share to another ruleset and remove one of the ⟦use|取込⟧s",
        )));
    }
}

/// Where a unit uses another.
fn edge<'a>(uses: &[Used<'a>], unit: usize) -> Option<Used<'a>> {
    uses.iter().find(|used| used.unit == unit).copied()
}

/// The name of a unit that is used; of one that has none, the path.
fn name<'a>(headers: &[Option<&'a ast::Ruleset>], used: Used<'a>) -> &'a str {
    headers[used.unit].map_or(used.path, |ruleset| ruleset.name.text.as_str())
}
