//! Duties that neither a rule nor a person decides.

use kijun_ir::{Clause, Duty, Program};
use kijun_source::{Diagnostic, bilingual};

use crate::diagnostics::DUTY_WITHOUT_RULE;
use crate::lints::Linted;

/// One warning a clause of the standard, with all its duties that nothing decides.
pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    // An audit decides nothing: rules read whether it took place.
    let undecided = program.duties.iter().filter(|(id, _)| !program.is_decided(*id));
    let mut clauses: Vec<(Clause, Vec<&Duty>)> = Vec::new();
    for (_, duty) in undecided {
        match clauses.last_mut() {
            Some((clause, duties)) if *clause == duty.clause => duties.push(duty),
            _ => clauses.push((duty.clause, vec![duty])),
        }
    }
    diagnostics.extend(clauses.iter().map(|(_, duties)| report(program, duties)));
}

/// The duties are of one clause.
fn report(program: &Program, duties: &[&Duty]) -> Diagnostic {
    let ids: Vec<&str> = duties.iter().map(|duty| duty.id.as_str()).collect();
    let (names, first) = (ids.join("、"), ids[0]);
    let clause = match duties[0].clause {
        Clause::Criterion(id) => program.criteria[id].id.as_str(),
        Clause::Section(id) => program.sections[id].id.as_str(),
    };
    // Of several duties, no one stands for the others.
    let about = if ids.len() == 1 { vec![first, clause] } else { vec![clause] };
    let message = bilingual!("義務 {names} を判定する規則がない", "no rule decides {names}");
    let help = bilingual!(
        "⟦covers \"{first}\"|根拠 \"{first}\"⟧ を持つ規則を書く。人が判断する義務なら ⟦attest|確認⟧ を書く。それまでは判定不能のまま残る",
        "write a rule that ⟦covers \"{first}\"|根拠 \"{first}\"⟧, or an ⟦attest|確認⟧ where a person must judge; until then it stays undetermined"
    );
    let diagnostic = Diagnostic::new(&DUTY_WITHOUT_RULE, duties[0].span, message).help(help);
    about.into_iter().fold(diagnostic, Diagnostic::about)
}
