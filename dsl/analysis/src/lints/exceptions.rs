//! Exceptions that never apply, and those that say the same as another.

use kijun_ir::{Quantifier, Rule};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::{DEAD_EXCEPTION, SAME_EXCEPTION};
use crate::lints::{Linted, outcomes};
use crate::logic::{Claim, Logic};

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let logic = Logic::new(linted.program);
    for rule in linted.program.rules.values() {
        for (index, exception) in rule.excused.iter().enumerate() {
            let earlier = rule.excused[..index].iter().find(|other| logic.same_rows(other, exception));
            diagnostics.extend(match earlier {
                Some(other) => Some(same(rule, exception, other)),
                None => dead(logic, rule, exception),
            });
        }
    }
}

fn same(rule: &Rule, exception: &Quantifier, other: &Quantifier) -> Diagnostic {
    let name = &rule.name;
    let message =
        bilingual!("規則 `{name}` に同じ意味の例外がある", "two exceptions of rule `{name}` are the same");
    Diagnostic::new(&SAME_EXCEPTION, exception.span, message)
        .and(other.span, Bilingual::new("同じ例外", "the same exception"))
        .about(name)
        .help(Bilingual::new("どちらかを消す", "remove one of the two"))
}

/// What is to be said of an exception that no subject can need and have. A rule without subjects, or that none can violate, has been spoken of.
fn dead(logic: Logic<'_>, rule: &Rule, exception: &Quantifier) -> Option<Diagnostic> {
    let subject: Vec<Claim<'_>> = outcomes::of_subject(rule).into_iter().collect();
    let applies = Claim::is_true(exception.condition.as_ref()?);
    let fails = Claim::is_false(&rule.require);
    let never = |more: &[Claim<'_>]| logic.contradict(&[subject.as_slice(), more].concat());
    if never(&[fails]) || !never(&[fails, applies]) {
        return None;
    }
    let help = if never(&[applies]) {
        Bilingual::new("例外の条件が成り立つことがない", "its condition never holds")
    } else {
        Bilingual::new(
            "例外の条件が成り立つ対象は、要件も満たしている",
            "a subject for which its condition holds meets the requirement too",
        )
    };
    let name = &rule.name;
    let message = bilingual!(
        "規則 `{name}` のこの例外が当てはまることはない",
        "this exception of rule `{name}` never applies"
    );
    Some(Diagnostic::new(&DEAD_EXCEPTION, exception.span, message).about(name).help(help))
}
