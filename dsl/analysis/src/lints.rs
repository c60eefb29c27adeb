//! What a sound ruleset may still be asked about.

use kijun_ir::{Class, Clause, Duty, ExprKind, Index, Program, TemplatePart};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::{DUTY_WITHOUT_RULE, PERSONAL_SHOWN, RULE_WITHOUT_TEST, UNCOVERED_TEXT, UNREAD_FACT};
use crate::fidelity;

/// Adds a warning for each thing that deserves a look.
pub(crate) fn lint(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    duties_without_rules(program, diagnostics);
    uncovered_text(program, diagnostics);
    rules_without_tests(program, diagnostics);
    unread_facts(program, diagnostics);
    personal_messages(program, diagnostics);
}

/// One warning a clause of the standard, with all its duties that no rule decides.
fn duties_without_rules(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let unruled = program.duties.iter().filter(|(id, _)| program.rules_of(*id).next().is_none());
    let mut clauses: Vec<(Clause, Vec<&Duty>)> = Vec::new();
    for (_, duty) in unruled {
        match clauses.last_mut() {
            Some((clause, duties)) if *clause == duty.clause => duties.push(duty),
            _ => clauses.push((duty.clause, vec![duty])),
        }
    }
    for (_, duties) in clauses {
        let ids: Vec<&str> = duties.iter().map(|duty| duty.id.as_str()).collect();
        let (names, first) = (ids.join("、"), ids[0]);
        let message = bilingual!("義務 {names} を判定する規則がない", "no rule decides {names}");
        let help = bilingual!(
            "`covers \"{first}\"` を持つ規則を書く。それまでは判定不能のまま残る",
            "write a rule that `covers \"{first}\"`; until then it stays undetermined"
        );
        diagnostics.push(Diagnostic::new(&DUTY_WITHOUT_RULE, duties[0].span, message).help(help));
    }
}

fn uncovered_text(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let quotes = |clause: Clause| {
        program.duties.values().filter(move |duty| duty.clause == clause).map(|duty| duty.quote.as_str())
    };
    let criteria = program.criteria.iter().map(|(id, criterion)| {
        let notes = criterion.notes.iter().map(|note| note.quote.as_str());
        let quotes: Vec<&str> = quotes(Clause::Criterion(id)).chain(notes).collect();
        (criterion.id.as_str(), criterion.text.as_str(), criterion.span, quotes)
    });
    let sections = program.sections.iter().filter_map(|(id, section)| {
        let text = section.text.as_deref()?;
        let notes = section.notes.iter().map(|note| note.quote.as_str());
        let quotes: Vec<&str> = quotes(Clause::Section(id)).chain(notes).collect();
        Some((section.id.as_str(), text, section.span, quotes))
    });
    for (id, text, span, quotes) in sections.chain(criteria) {
        for passage in fidelity::uncovered(text, &quotes) {
            diagnostics.push(
                Diagnostic::new(
                    &UNCOVERED_TEXT,
                    span,
                    bilingual!(
                        "{id} の「{passage}」をどの義務も引用していない",
                        "no duty of {id} quotes 「{passage}」"
                    ),
                )
                .help(Bilingual::new(
                    "義務として引用する。義務でなければ `note` で引用する",
                    "quote it in a duty, or in a `note` if it is none",
                )),
            );
        }
    }
}

fn rules_without_tests(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for (id, rule) in program.rules.iter() {
        if !program.tests.iter().any(|test| test.rule == id) {
            let name = &rule.name;
            diagnostics.push(
                Diagnostic::new(
                    &RULE_WITHOUT_TEST,
                    rule.span,
                    bilingual!("規則 `{name}` に事例がない", "rule `{name}` has no test"),
                )
                .help(bilingual!(
                    "`test \"…\" for {name} {{ … }}` を書く",
                    "write `test \"…\" for {name} {{ … }}`"
                )),
            );
        }
    }
}

fn unread_facts(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let mut read = vec![false; program.facts.len()];
    for rule in program.rules.ids() {
        for fact in program.facts_of(rule) {
            read[fact.index()] = true;
        }
    }
    for (id, fact) in program.facts.iter() {
        if !read[id.index()] {
            let name = &fact.name;
            diagnostics.push(Diagnostic::new(
                &UNREAD_FACT,
                fact.span,
                bilingual!("どの規則も `{name}` を読まない", "no rule reads `{name}`"),
            ));
        }
    }
}

fn personal_messages(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for rule in program.rules.values() {
        for part in &rule.message.parts {
            let TemplatePart::Value(value) = part else { continue };
            value.walk(&mut |expr| {
                let (fact, field) = match &expr.kind {
                    ExprKind::Field { var, field } => (rule.vars[*var].fact, *field),
                    ExprKind::Follow { fact, field, .. } => (*fact, *field),
                    _ => return,
                };
                let field = &program.facts[fact].fields[field];
                if field.class == Class::Personal {
                    let name = &field.name;
                    diagnostics.push(
                        Diagnostic::new(
                            &PERSONAL_SHOWN,
                            expr.span,
                            bilingual!(
                                "個人情報の項目 `{name}` が文言に出る",
                                "the personal field `{name}` is shown in a message"
                            ),
                        )
                        .help(Bilingual::new(
                            "番号など、個人情報でない項目で示す。出力では伏せ字になる",
                            "name the subject by a field that is not personal; outputs mask this one",
                        )),
                    );
                }
            });
        }
    }
}
