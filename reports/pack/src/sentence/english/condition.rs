//! Conditions as clauses.

use kijun_ir::{CompareOp, Expr, ExprKind, Function, Kind};

use super::rows::noun;
use super::value::{distinguished, field, value};
use super::words::{self, a, called};
use crate::sentence::condition::{Claim, Condition};
use crate::sentence::rows::Rows;
use crate::sentence::scope::{Scope, reference_of};
use crate::sentence::tree::{Phrase, phrase};

/// A clause, and whether a condition stands inside, so that another beside it would leave open what belongs to what.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) said: Phrase,
    pub(super) compound: bool,
}

/// How long two conditions may be to stand in one sentence.
const SHORT: usize = 150;

/// A condition as a clause.
pub(super) fn clause<'a>(scope: &mut Scope<'a>, condition: &Condition<'a>) -> Clause {
    match condition {
        Condition::All(parts) => several(scope, parts, " and ", ["all of the following", " hold"]),
        Condition::Any(parts) => several(scope, parts, " or ", ["at least one of the following", " holds"]),
        Condition::Cases(parts) => cases(scope, parts),
        Condition::Is(claim, holds) => {
            let compound = matches!(claim, Claim::Every(..) | Claim::Count(..) | Claim::Compare(..))
                && speaks_of_rows(claim)
                || matches!(claim, Claim::Exists(rows) if rows.condition.is_some());
            Clause { said: self::claim(scope, claim, *holds), compound }
        }
    }
}

fn speaks_of_rows(claim: &Claim<'_>) -> bool {
    let inner = |expr: &Expr| {
        let mut found = false;
        expr.walk(&mut |expr| found |= matches!(expr.kind, ExprKind::Aggregate { .. } | ExprKind::If { .. }));
        found
    };
    match claim {
        Claim::Compare(left, _, right) => inner(left) || inner(right),
        _ => true,
    }
}

fn several<'a>(scope: &mut Scope<'a>, parts: &[Condition<'a>], between: &str, words: [&str; 2]) -> Clause {
    let said: Vec<Clause> = parts.iter().map(|part| clause(scope, part)).collect();
    let short = said.iter().map(|part| part.said.length()).sum::<usize>() <= SHORT;
    let simple = said.iter().all(|part| !part.compound && part.said.lists.is_empty());
    match <[Clause; 2]>::try_from(said) {
        Ok([first, second]) if short && simple => {
            Clause { said: phrase![first.said, between, second.said], compound: true }
        }
        Ok(two) => listed(two.into(), words),
        Err(said) => listed(said, words),
    }
}

fn listed(said: Vec<Clause>, [before, after]: [&str; 2]) -> Clause {
    let items = said.into_iter().map(|part| phrase![part.said, "."]).collect();
    Clause { said: phrase![before, Phrase::list(items, " ", ""), after], compound: true }
}

fn cases<'a>(scope: &mut Scope<'a>, [condition, then, otherwise]: &[Condition<'a>; 3]) -> Clause {
    let case = clause(scope, condition).said;
    let (then, otherwise) = (clause(scope, then).said, clause(scope, otherwise).said);
    let items = vec![phrase!["Where ", case, ": ", then, "."], phrase!["Otherwise: ", otherwise, "."]];
    Clause { said: phrase!["what follows holds", Phrase::list(items, " ", ""), " by case"], compound: true }
}

fn claim<'a>(scope: &mut Scope<'a>, claim: &Claim<'a>, holds: bool) -> Phrase {
    let is = if holds { " is " } else { " is not " };
    let does = |yes: &'static str, no: &'static str| if holds { yes } else { no };
    match claim {
        Claim::Flag(flag) => phrase![value(scope, flag), " is ", if holds { "yes" } else { "no" }],
        Claim::Compare(left, op, right) => compare(scope, left, *op, right),
        Claim::Same { other, pairs, .. } => same(scope, *other, pairs),
        Claim::OneOf(item, list) => {
            let mut said = phrase![value(scope, item), is, "one of "];
            for (index, each) in list.iter().enumerate() {
                said.push(if index > 0 { ", " } else { "" });
                said.push(value(scope, each));
            }
            said
        }
        Claim::Listed(item, param) => {
            let param = words::param(scope.names.program, &scope.names.program.params[*param]);
            phrase![value(scope, item), is, "one of ", param]
        }
        Claim::InPeriod(time, period) => {
            phrase![value(scope, time), does(" lies in ", " does not lie in "), value(scope, period)]
        }
        Claim::InCidr(address, network) => {
            phrase![
                value(scope, address),
                does(" belongs to ", " does not belong to "),
                value(scope, network)
            ]
        }
        Claim::IsNone(inner) => phrase![value(scope, inner), does(" is absent", " is given")],
        Claim::StartsWith(text, prefix) => {
            phrase![value(scope, text), does(" starts with ", " does not start with "), value(scope, prefix)]
        }
        Claim::Contains(text, part) => {
            phrase![value(scope, text), does(" contains ", " does not contain "), value(scope, part)]
        }
        Claim::Matches(text, pattern) => {
            let pattern = format!("the form “{}”", pattern.source());
            phrase![value(scope, text), does(" as a whole has ", " as a whole has not "), pattern]
        }
        Claim::Answers(function, arguments) => answers(scope, *function, arguments, holds),
        Claim::Covered(fact, period) => {
            let log = words::fact(scope.names.program, &scope.names.program.facts[*fact]);
            let period =
                period.map_or_else(|| "the period under audit".into(), |period| value(scope, period));
            phrase![
                format!("the {log}"),
                does(" was", " was not"),
                " collected without a gap throughout ",
                period
            ]
        }
        Claim::Exists(rows) => {
            let word = words::fact(scope.names.program, &scope.names.program.facts[rows.fact]);
            let article = if a(&word).starts_with("an ") { "an " } else { "a " };
            let said = noun(scope, rows);
            phrase!["there is ", does(article, "no "), said]
        }
        Claim::Count(rows, op, bound) => {
            let rows = noun(scope, rows);
            phrase!["the number of each ", rows, compared(*op, Kind::Int), value(scope, bound)]
        }
        Claim::Every(rows, has) => every(scope, rows, has),
        Claim::Defined(name, body) => {
            let note = scope.note(name, body);
            let about = match (reference_of(body), scope.row_of(body)) {
                (Some((base, ..)), _) => phrase![" to ", value(scope, base)],
                (None, Some(row)) if Some(row) != scope.current => phrase![" to ", called(scope, row)],
                (None, Some(_)) => " to it".into(),
                (None, None) => Phrase::default(),
            };
            let applies = does(" applies", " does not apply");
            phrase![
                format!("“{}”", words::words(name)),
                distinguished(scope, name, body),
                Phrase::note(note),
                applies,
                about
            ]
        }
        Claim::Constant => does("this always holds", "this never holds").into(),
    }
}

fn every<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>, has: &Condition<'a>) -> Phrase {
    let said = noun(scope, rows);
    let has = scope.about(Some(rows.var), |scope| clause(scope, has).said);
    phrase!["for every ", said, ", ", has]
}

fn compare<'a>(scope: &mut Scope<'a>, left: &'a Expr, op: CompareOp, right: &'a Expr) -> Phrase {
    phrase![value(scope, left), compared(op, left.ty.kind), value(scope, right)]
}

fn compared(op: CompareOp, kind: Kind) -> &'static str {
    let time = matches!(kind, Kind::Date | Kind::DateTime);
    match op {
        CompareOp::Eq => " is ",
        CompareOp::Ne => " is not ",
        CompareOp::Lt if time => " is before ",
        CompareOp::Le if time => " is at or before ",
        CompareOp::Gt if time => " is after ",
        CompareOp::Ge if time => " is at or after ",
        CompareOp::Lt => " is less than ",
        CompareOp::Le => " is at most ",
        CompareOp::Gt => " is more than ",
        CompareOp::Ge => " is at least ",
    }
}

/// Fields that the current row and another have in common; their names may differ though their labels do not.
fn same(
    scope: &mut Scope<'_>,
    other: kijun_ir::VarId,
    pairs: &[(kijun_ir::FieldId, kijun_ir::FieldId)],
) -> Phrase {
    let mut said = Phrase::default();
    for (index, (own, theirs)) in pairs.iter().enumerate() {
        let current = scope.current;
        let own = current.map(|current| field(scope, current, *own)).unwrap_or_default();
        said.push(if index > 0 { " and " } else { "" });
        said.push(format!(
            "{own} is {}’s “{}”",
            called(scope, other),
            super::value::field_word(scope, other, *theirs)
        ));
    }
    said
}

fn answers<'a>(scope: &mut Scope<'a>, function: Function, arguments: &'a [Expr], holds: bool) -> Phrase {
    let (first, second) = (arguments.first(), arguments.get(1));
    let first = first.map(|first| value(scope, first)).unwrap_or_default();
    let second = second.map(|second| value(scope, second)).unwrap_or_default();
    match function {
        Function::Overlaps => phrase![first, if holds { " overlaps " } else { " does not overlap " }, second],
        Function::Within => {
            phrase![first, if holds { " lies within " } else { " does not lie within " }, second]
        }
        _ => phrase![first, if holds { " is " } else { " is not " }, a("business day")],
    }
}
