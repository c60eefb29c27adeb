//! Whole statements: rules, attestations, and the notes that explain the definitions they use.

use kijun_ir::{Attest, Kind, Population, Rule};

use super::condition::{Aim, predicate};
use super::rows::{each_part, noun, pairs};
use super::value::{distinguished, value};
use super::words::{self, duration, joined};
use crate::sentence::condition::{read, shown};
use crate::sentence::rows::{Rows, rows};
use crate::sentence::scope::Scope;
use crate::sentence::tree::{Phrase, Statement, phrase};

/// How long population and requirement may be to stand in one sentence.
const ONE_SENTENCE: usize = 150;

/// A rule: whom it is about and what it demands; exceptions; the due date.
pub(crate) fn rule<'a>(scope: &mut Scope<'a>, rule: &'a Rule) -> Statement {
    let mut sentences = demand(scope, rule);
    sentences.extend(needs(scope, rule));
    if rule.population.as_ref().is_some_and(|population| population.or_none) {
        sentences.push("対象となるものがないことを証拠が示すときは、対象外とする。".into());
    }
    sentences.extend(excuses(scope, rule));
    if let Some(due) = &rule.due {
        let day = value(scope, due);
        let until = match rule.needs() {
            ([], _) => "満たしていなくても期限前とする。",
            _ => "満たしていなくても、示されるべきことが欠けていても、期限前とする。",
        };
        sentences.push(phrase!["期限は、", day, "とし、その日までは、", until]);
    }
    let notes = notes(scope);
    Statement { sentences, notes }
}

/// Population and requirement: one sentence where they are short and a list can only be that of the requirement, otherwise two.
fn demand<'a>(scope: &mut Scope<'a>, rule: &'a Rule) -> Vec<Phrase> {
    let throughout = match rule.judged {
        kijun_ir::Judged::AtToday => "",
        kijun_ir::Judged::ThroughoutPeriod => "対象期間の各時点において、",
    };
    let whom = rule.population.as_ref().map(|population| population_noun(scope, population));
    let (_, required) = rule.needs();
    let required = read(&scope.names, scope.current, required, true);
    let required = predicate(scope, &required, Aim::Demand).plain();
    let Some(whom) = whom else { return vec![phrase![throughout, required, "こと。"]] };
    if whom.lists.is_empty() && whom.length() + required.length() <= ONE_SENTENCE {
        return vec![phrase![throughout, whom, each(scope, rule), "について、", required, "こと。"]];
    }
    vec![
        phrase!["対象は、", throughout, whom, "とする。"],
        phrase!["対象のそれぞれについて、", required, "こと。"],
    ]
}

/// What must be shown before anything is demanded.
fn needs<'a>(scope: &mut Scope<'a>, rule: &'a Rule) -> Option<Phrase> {
    let shown = shown(scope, rule)?;
    let shown = predicate(scope, &shown, Aim::Describe).plain();
    Some(phrase!["ただし、", shown, "ことが示されていないときは、判定不能とする。"])
}

/// のそれぞれ, but for 各月 and its like, which say so themselves.
fn each(scope: &Scope<'_>, rule: &Rule) -> &'static str {
    let parts = rule.population.as_ref().map(|population| rows(&scope.names, &population.rows));
    if parts.is_some_and(|rows| rows.parts_of.is_some() && rows.condition.is_none()) {
        ""
    } else {
        "のそれぞれ"
    }
}

fn population_noun<'a>(scope: &mut Scope<'a>, population: &'a Population) -> Phrase {
    let read = rows(&scope.names, &population.rows);
    match &population.pair {
        Some(pair) => {
            let condition = population.rows.condition.as_ref();
            let condition =
                condition.map(|condition| Box::new(self::read(&scope.names, None, condition, true)));
            pairs(scope, &Rows { condition, ..read }, pair)
        }
        None => match (read.parts_of, &read.condition) {
            (Some(period), None) => each_part(scope, &read, period),
            _ => noun(scope, &read),
        },
    }
}

fn excuses<'a>(scope: &mut Scope<'a>, rule: &'a Rule) -> Option<Phrase> {
    let said: Vec<Phrase> = rule
        .excused
        .iter()
        .map(|quantifier| {
            let read = rows(&scope.names, quantifier);
            noun(scope, &read)
        })
        .collect();
    match said.len() {
        0 => None,
        1 => said.into_iter().next().map(|said| phrase!["ただし、", said, "がある場合は、この限りでない。"]),
        _ => {
            let items = said.into_iter().map(|said| phrase![said, "がある場合"]).collect();
            Some(phrase![
                "ただし、次の",
                Phrase::list(items, "", "の"),
                "いずれかに該当する場合は、この限りでない。"
            ])
        }
    }
}

/// What each definition means as it is used, in the order of first use.
pub(super) fn notes(scope: &mut Scope<'_>) -> Vec<Phrase> {
    let mut notes = Vec::new();
    while let Some(note) = scope.note_at(notes.len()) {
        let label =
            scope.names.definitions.get(note.name).map_or(note.name, |definition| definition.label.as_str());
        let about = note.current.and_then(|var| scope.names.fact_of(var));
        let about = about.map(|fact| words::fact(scope.names.program, &scope.names.program.facts[fact]));
        let about = about.map_or_else(String::new, |about| format!("{about}について"));
        let (which, said) = scope.about(note.current, |scope| {
            let which = distinguished(scope, note.name, note.body);
            let said = if note.body.ty.kind == Kind::Bool {
                let said = read(&scope.names, scope.current, note.body, true);
                phrase![predicate(scope, &said, Aim::Describe).plain(), "こと"]
            } else {
                value(scope, note.body)
            };
            (which, said)
        });
        notes.push(phrase![about, words::quoted(label), which, "とは、", said, "をいう。"]);
    }
    notes
}

/// Who answers what, with which documents, for how long.
pub(crate) fn attest(attest: &Attest) -> Statement {
    let who = joined(&attest.answered_by, "又は");
    let mut sentences = vec![Phrase::from(format!(
        "{who}が、次の問いに答え、その答えが「はい」であること。問い「{}」",
        attest.question
    ))];
    if !attest.attach.is_empty() {
        sentences.push(format!("回答には、{}を添える。", joined(&attest.attach, "及び")).into());
    }
    sentences.push(format!("回答は、回答した日から{}の間、有効とする。", duration(attest.holds_for)).into());
    Statement { sentences, notes: Vec::new() }
}
