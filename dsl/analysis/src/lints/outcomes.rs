//! Rules of which it is certain, whatever the evidence, what they come to.

use kijun_ir::{Expr, ExprKind, Rule, Value};
use kijun_source::{Bilingual, Code, Diagnostic, Span, bilingual};

use crate::diagnostics::{NEVER_MET, NEVER_SHOWN, NEVER_VIOLATED};
use crate::lints::Linted;
use crate::logic::{Claim, Logic};

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let logic = Logic::new(linted.program);
    diagnostics.extend(linted.program.rules.values().filter_map(|rule| outcome(logic, rule)));
}

/// What is certain of the subjects of a rule: that its population's condition holds.
pub(super) fn of_subject(rule: &Rule) -> Option<Claim<'_>> {
    let condition = rule.population.as_ref()?.rows.condition.as_ref()?;
    Some(Claim::is_true(condition))
}

fn outcome(logic: Logic<'_>, rule: &Rule) -> Option<Diagnostic> {
    let subject: Vec<Claim<'_>> = of_subject(rule).into_iter().collect();
    let cannot = |claim| logic.contradict(&[subject.as_slice(), &[claim]].concat());
    if logic.contradict(&subject) {
        let name = &rule.name;
        let message = bilingual!(
            "規則 `{name}` の対象になる行はありえない",
            "no row can be a subject of rule `{name}`"
        );
        let help = Bilingual::new("対象の条件が互いに矛盾している", "its conditions contradict each other");
        let place = rule.population.as_ref().map_or(rule.span, |population| population.rows.span);
        return Some(report(&NEVER_MET, rule, place, message, help));
    }
    if let Some(line) = never_shown(logic, rule, &subject) {
        let name = &rule.name;
        let message = bilingual!(
            "規則 `{name}` の前提が示されることはない",
            "what rule `{name}` needs shown can never hold"
        );
        let help = Bilingual::new(
            "この規則はいつも判定不能になる。前提が互いに、または対象の条件と矛盾していないか確かめる",
            "the rule is always undetermined; check whether it contradicts itself, or the population’s condition",
        );
        return Some(report(&NEVER_SHOWN, rule, line.span, message, help));
    }
    if cannot(Claim::is_false(&rule.require)) {
        let name = &rule.name;
        let message = bilingual!("規則 `{name}` は不適合になりえない", "rule `{name}` can never be violated");
        let help = match rule.needs() {
            ([], _) => Bilingual::new(
                "要件が、対象の条件から必ず成り立つ。要件を確かめる",
                "its requirement holds of every subject; check what it requires",
            ),
            _ => Bilingual::new(
                "要件が、対象の条件と前提から必ず成り立つ。要件を確かめる",
                "its requirement holds wherever what it needs is shown; check what it requires",
            ),
        };
        let diagnostic = report(&NEVER_VIOLATED, rule, rule.require.span, message, help);
        let needless = || Bilingual::new("この例外が要ることもない", "so that nobody needs this exception");
        return Some(
            rule.excused.iter().fold(diagnostic, |all, exception| all.and(exception.span, needless())),
        );
    }
    if cannot(Claim::is_true(&rule.require)) && !is_forbidden_on_purpose(rule) {
        let name = &rule.name;
        let message = bilingual!("規則 `{name}` は適合になりえない", "rule `{name}` can never be met");
        let help = Bilingual::new(
            "要件が成り立つことがない。要件が互いに、または対象の条件と矛盾していないか確かめる",
            "its requirement never holds; check whether it contradicts itself, or the population’s condition",
        );
        return Some(report(&NEVER_MET, rule, rule.require.span, message, help));
    }
    None
}

/// The line of what a rule needs shown that, together with those above it, can never hold.
fn never_shown<'r>(logic: Logic<'_>, rule: &'r Rule, subject: &[Claim<'r>]) -> Option<&'r Expr> {
    let (shown, _) = rule.needs();
    let mut claims = subject.to_vec();
    shown.iter().find(|condition| {
        claims.push(Claim::is_true(condition));
        logic.contradict(&claims)
    })
}

/// Whether the subjects themselves are forbidden: there must be none, or only those that an exception excuses.
fn is_forbidden_on_purpose(rule: &Rule) -> bool {
    let may_be_absent = rule.population.as_ref().is_some_and(|population| population.or_none);
    let (_, require) = rule.needs();
    is_false(require) && (may_be_absent || !rule.excused.is_empty())
}

fn is_false(condition: &Expr) -> bool {
    condition.kind == ExprKind::Literal(Value::Bool(false))
}

fn report(code: &'static Code, rule: &Rule, span: Span, message: Bilingual, help: Bilingual) -> Diagnostic {
    Diagnostic::new(code, span, message).about(&rule.name).help(help)
}
