//! `kijun test`: do the rules do what their tests say, and do the tests say enough?

mod coverage;
mod mutation;

use std::path::Path;

use kijun_audit::{TestOutcome, Workspace, run_tests};
use kijun_pack::junit;
use kijun_source::{Bilingual, Lang, Sources, Span, bilingual};

use crate::arguments::{Arguments, Test};
use crate::exit::Exit;
use crate::output;

pub(crate) fn test(arguments: &Arguments, test: &Test, lang: Lang) -> Exit {
    let Some(mut workspace) = super::rules(arguments, &test.paths, lang) else { return Exit::Broken };
    if !workspace.is_sound() {
        let errors = workspace.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        output::diagnostics(errors, &workspace.sources, lang);
        return Exit::Broken;
    }
    let outcomes = run_tests(&workspace.program);
    if outcomes.is_empty() {
        let text = Bilingual::new("事例（test）が一つもない", "there is no test at all");
        output::complain(lang, &text);
        return Exit::Broken;
    }
    if let Some(path) = &test.junit
        && !write_junit(path, &outcomes, &workspace.sources, lang)
    {
        return Exit::Broken;
    }
    for outcome in &outcomes {
        report(&workspace, outcome, lang);
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    let passed = outcomes.len() - failed;
    output::result(
        bilingual!("事例 {passed} 件成功、{failed} 件失敗\n", "{passed} tests passed, {failed} failed\n")
            .get(lang),
    );
    if failed > 0 { Exit::Bad } else { measure(&mut workspace, test, lang) }
}

/// Whether the tests, all of which pass, show enough.
fn measure(workspace: &mut Workspace, test: &Test, lang: Lang) -> Exit {
    let covered = !test.coverage || coverage::coverage(workspace, test.threshold, lang);
    let noticed = if test.mutate { mutation::mutation(workspace, test, lang) } else { Exit::Good };
    match noticed {
        Exit::Good if !covered => Exit::Bad,
        noticed => noticed,
    }
}

/// Says where a test went wrong; a test that passed says nothing.
fn report(workspace: &Workspace, outcome: &TestOutcome, lang: Lang) {
    if outcome.failures.is_empty() {
        return;
    }
    output::result(&format!("✗ {}（{}）\n", outcome.label, outcome.rule));
    for failure in &outcome.failures {
        let place = workspace.sources.locate(failure.span);
        output::result(&format!("  {place}: {}\n", failure.text.get(lang)));
    }
}

/// Writes the outcomes for build servers; says so where it cannot.
fn write_junit(path: &Path, outcomes: &[TestOutcome], sources: &Sources, lang: Lang) -> bool {
    let written = output::file(path, &junit::render(outcomes, sources, lang));
    if let Err(error) = &written {
        let shown = path.display();
        output::complain(
            lang,
            &bilingual!("`{shown}` に書けない: {error}", "cannot write `{shown}`: {error}"),
        );
    }
    written.is_ok()
}

/// How much of a whole was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share {
    reached: usize,
    all: usize,
}

impl Share {
    /// In percent with one decimal, rounded down, so that only the whole is 100.0.
    fn percent(self) -> String {
        let permille = (self.reached * 1000).checked_div(self.all).unwrap_or(1000);
        format!("{}.{}", permille / 10, permille % 10)
    }

    /// Whether it is at least `threshold` percent; says of what it is less where it is.
    fn reaches(self, threshold: Option<u8>, what: &Bilingual, lang: Lang) -> bool {
        let Some(threshold) = threshold else { return true };
        let enough = self.reached * 100 >= usize::from(threshold) * self.all;
        if !enough {
            let (percent, ja, en) = (self.percent(), &what.ja, &what.en);
            let text = bilingual!(
                "{ja}の {percent} % は {threshold} % に満たない",
                "{percent} % of {en} is less than {threshold} %"
            );
            output::complain(lang, &text);
        }
        enough
    }
}

/// What is written under a span, on one line and not too long.
fn excerpt(sources: &Sources, span: Span) -> String {
    const LONGEST: usize = 80;
    let line = sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Where in a rule a definition is used; nothing for what the rule says itself.
fn via(sources: &Sources, via: Option<Span>, lang: Lang) -> String {
    let Some(span) = via else { return String::new() };
    let (text, place) = (excerpt(sources, span), sources.locate(span));
    bilingual!("（{place} の {text} から）", " (from {text} at {place})").get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_is_a_hundred_percent() {
        assert_eq!(Share { reached: 1999, all: 2000 }.percent(), "99.9");
        assert_eq!(Share { reached: 2000, all: 2000 }.percent(), "100.0");
        assert_eq!(Share { reached: 0, all: 0 }.percent(), "100.0");
    }

    #[test]
    fn a_threshold_is_reached_exactly() {
        let what = Bilingual::new("条件", "conditions");
        assert!(Share { reached: 9, all: 10 }.reaches(Some(90), &what, Lang::En));
        assert!(!Share { reached: 8999, all: 10_000 }.reaches(Some(90), &what, Lang::En));
        assert!(Share { reached: 0, all: 10 }.reaches(None, &what, Lang::En));
    }

    #[test]
    fn an_excerpt_is_one_line() {
        let mut sources = Sources::new();
        let text = "a == b\n    and c";
        let file = sources.add("a.kijun", text);
        assert_eq!(excerpt(&sources, Span::new(file, 0, text.len())), "a == b and c");
    }
}
