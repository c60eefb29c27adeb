//! Rows as nouns, without an article: access right such that ….

use kijun_ir::Pair;

use super::condition::clause;
use super::value::value;
use super::words::{self, called, joined};
use crate::sentence::rows::{Moment, Rows};
use crate::sentence::scope::{Called, Scope};
use crate::sentence::tree::{Phrase, phrase};

/// The rows as a noun.
pub(super) fn noun<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>) -> Phrase {
    let program = scope.names.program;
    let word = words::fact(program, &program.facts[rows.fact]);
    let mut said: Phrase = word.into();
    scope.about(Some(rows.var), |scope| {
        said.push(moment(scope, rows.moment));
        if let Some(period) = rows.parts_of {
            said.push(phrase![" of ", value(scope, period)]);
        }
        if matches!(scope.names.called(rows.var), Called::Lettered(_)) {
            said.push(format!(" (“{}”)", called(scope, rows.var)));
        }
        if let Some(condition) = &rows.condition {
            said.push(phrase![" such that ", clause(scope, condition).said]);
        }
    });
    said
}

/// As of when rows are read, behind the noun.
pub(super) fn moment<'a>(scope: &mut Scope<'a>, moment: Moment<'a>) -> Phrase {
    match moment {
        Moment::Unsaid => Phrase::default(),
        Moment::PictureAt(at) => phrase![" as of ", value(scope, at)],
        Moment::ValidAt(at) => phrase![" in force at ", value(scope, at)],
        Moment::Whenever => " (whether or not in force)".into(),
    }
}

/// Two rows in a row, as a noun.
pub(super) fn pairs<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>, pair: &Pair) -> Phrase {
    let program = scope.names.program;
    let fact = &program.facts[rows.fact];
    let common: Vec<String> = pair.by.iter().map(|field| words::words(&fact.fields[*field].name)).collect();
    let (first, second) = (called(scope, rows.var), called(scope, pair.second));
    let mut said: Phrase = format!(
        "two consecutive rows of {} with the same {} (“{first}” and “{second}”)",
        words::fact(program, fact),
        joined(&common, "and")
    )
    .into();
    if let Some(condition) = &rows.condition {
        said.push(phrase![" such that ", clause(scope, condition).said]);
    }
    said
}
