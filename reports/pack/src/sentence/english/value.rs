//! Values as nouns.

use kijun_ir::{
    AggregateOp, ArithmeticOp, Edge, Expr, ExprKind, FactId, FieldId, Function, Kind, Quantifier, Template,
    TemplatePart, VarId,
};

use super::condition::clause;
use super::words::{self, called};
use crate::sentence::condition::{bound, read};
use crate::sentence::rows::rows;
use crate::sentence::scope::Scope;
use crate::sentence::tree::{Phrase, Piece, phrase};

/// A value as a noun.
pub(super) fn value<'a>(scope: &mut Scope<'a>, expr: &'a Expr) -> Phrase {
    let program = scope.names.program;
    match &expr.kind {
        ExprKind::Literal(literal) => words::literal(program, expr.ty.kind, literal).into(),
        ExprKind::NoneLiteral => "nothing".into(),
        ExprKind::Today => "the date of judgement".into(),
        ExprKind::Period => "the period under audit".into(),
        ExprKind::Moment => "that moment".into(),
        ExprKind::Range { from, to } => phrase![value(scope, from), " to ", value(scope, to)],
        ExprKind::Edge { period, edge } => {
            let edge = match edge {
                Edge::Start => "the first day of ",
                Edge::End => "the last day of ",
            };
            phrase![edge, value(scope, period)]
        }
        ExprKind::Param(param) => words::param(program, &program.params[*param]).into(),
        ExprKind::Field { var, field } => self::field(scope, *var, *field).into(),
        ExprKind::Follow { base, fact, field, at } => follow(scope, base, (*fact, *field), at.as_deref()),
        ExprKind::Format(template) => format(scope, template),
        ExprKind::Arithmetic { op, left, right } => arithmetic(scope, *op, left, right),
        ExprKind::DateOf(time) => phrase!["the day of ", value(scope, time)],
        ExprKind::Call { function, arguments } => call(scope, *function, arguments),
        ExprKind::If { condition, then, otherwise } => {
            if let Some(bound) = bound(condition, then, otherwise) {
                let which = if bound == AggregateOp::Min { "the lesser of " } else { "the greater of " };
                return phrase![which, value(scope, then), " and ", value(scope, otherwise)];
            }
            let said = read(&scope.names, scope.current, condition, true);
            let case = clause(scope, &said).said;
            let (then, otherwise) = (value(scope, then), value(scope, otherwise));
            phrase!["[", then, " where ", case, ", otherwise ", otherwise, "]"]
        }
        ExprKind::Else { value: inner, default } => {
            let (inner, default) = (value(scope, inner), value(scope, default));
            phrase![inner, " (where there is none, ", default, ")"]
        }
        ExprKind::Aggregate { op, value, quantifier } => aggregate(scope, *op, value.as_deref(), quantifier),
        ExprKind::Named { name, body, .. } if scope.names.definitions.get(name).is_some() => {
            let note = scope.note(name, body);
            phrase![
                format!("the “{}”", words::words(name)),
                distinguished(scope, name, body),
                Phrase::note(note)
            ]
        }
        ExprKind::Named { body, .. } => value(scope, body),
        _ => {
            let said = read(&scope.names, scope.current, expr, true);
            phrase!["whether ", clause(scope, &said).said]
        }
    }
}

/// The values by which a use of a definition differs from its other uses.
pub(super) fn distinguished<'a>(scope: &mut Scope<'a>, name: &'a str, body: &'a Expr) -> Phrase {
    let mut said = Phrase::default();
    for (index, each) in scope.distinction(name, body).into_iter().enumerate() {
        said.push(if index > 0 { ", " } else { "" });
        said.push(value(scope, each));
    }
    if said == Phrase::default() { said } else { phrase![" [", said, "]"] }
}

/// What is said of a subject, with values by their names.
pub(crate) fn message<'a>(scope: &mut Scope<'a>, template: &'a Template) -> String {
    let mut text = String::new();
    for part in &template.parts {
        match part {
            TemplatePart::Text(words) => text.push_str(words),
            TemplatePart::Value(expr) => {
                let pieces = value(scope, expr).pieces();
                let words = pieces.iter().filter_map(|piece| match piece {
                    Piece::Text(text) => Some(text.as_str()),
                    Piece::Note(_) => None,
                });
                text.push_str(&format!("[{}]", words.collect::<String>()));
            }
        }
    }
    text
}

/// A field of a row: its … where the sentence is about the row.
pub(super) fn field(scope: &Scope<'_>, var: VarId, field: FieldId) -> String {
    let word = field_word(scope, var, field);
    if scope.current == Some(var) {
        format!("its “{word}”")
    } else {
        format!("{}’s “{word}”", called(scope, var))
    }
}

/// The word for a field of the fact of a variable.
pub(super) fn field_word(scope: &Scope<'_>, var: VarId, field: FieldId) -> String {
    let fact = scope.names.fact_of(var).map(|fact| &scope.names.program.facts[fact]);
    fact.and_then(|fact| fact.fields.get(field)).map(|field| words::words(&field.name)).unwrap_or_default()
}

fn follow<'a>(
    scope: &mut Scope<'a>,
    base: &'a Expr,
    (fact, field): (FactId, FieldId),
    at: Option<&'a Expr>,
) -> Phrase {
    let mut said = chain(scope, base, fact, field);
    if let Some(at) = at {
        said.push(" as of ");
        said.push(value(scope, at));
    }
    said
}

/// A chain of references, which is followed as of one moment.
fn chain<'a>(scope: &mut Scope<'a>, base: &'a Expr, fact: FactId, field: FieldId) -> Phrase {
    let before = match &base.kind {
        ExprKind::Follow { base, fact, field, .. } => chain(scope, base, *fact, *field),
        _ => value(scope, base),
    };
    let word = words::words(&scope.names.program.facts[fact].fields[field].name);
    phrase![before, format!("’s “{word}”")]
}

fn format<'a>(scope: &mut Scope<'a>, template: &'a Template) -> Phrase {
    if let [TemplatePart::Value(only)] = template.parts.as_slice() {
        return value(scope, only);
    }
    let mut said: Phrase = "the text of ".into();
    for (index, part) in template.parts.iter().enumerate() {
        said.push(if index > 0 { ", " } else { "" });
        match part {
            TemplatePart::Text(text) => said.push(format!("“{text}”")),
            TemplatePart::Value(expr) => said.push(value(scope, expr)),
        }
    }
    said
}

/// A sum, difference or product. One within another stands in brackets.
fn arithmetic<'a>(scope: &mut Scope<'a>, op: ArithmeticOp, left: &'a Expr, right: &'a Expr) -> Phrase {
    let time = |expr: &Expr| matches!(expr.ty.kind, Kind::Date | Kind::DateTime);
    let (first, second) = (operand(scope, left), operand(scope, right));
    match op {
        ArithmeticOp::Add if time(left) => phrase![second, " after ", first],
        ArithmeticOp::Add if time(right) => phrase![first, " after ", second],
        ArithmeticOp::Sub if time(left) && time(right) => phrase!["the time from ", second, " to ", first],
        ArithmeticOp::Sub if time(left) => phrase![second, " before ", first],
        ArithmeticOp::Add => phrase![first, " plus ", second],
        ArithmeticOp::Sub => phrase![first, " minus ", second],
        ArithmeticOp::Mul => phrase![first, " times ", second],
    }
}

fn operand<'a>(scope: &mut Scope<'a>, expr: &'a Expr) -> Phrase {
    let said = value(scope, expr);
    if matches!(expr.kind, ExprKind::Arithmetic { .. }) { phrase!["[", said, "]"] } else { said }
}

fn call<'a>(scope: &mut Scope<'a>, function: Function, arguments: &'a [Expr]) -> Phrase {
    let mut said: Vec<Phrase> = arguments.iter().map(|argument| operand(scope, argument)).collect();
    let second = if said.len() > 1 { said.remove(1) } else { Phrase::default() };
    let first = said.pop().unwrap_or_default();
    match function {
        Function::MonthOf => phrase!["the month of ", first],
        Function::QuarterOf => phrase!["the quarter of ", first],
        Function::FiscalYearOf => phrase!["the fiscal year of ", first],
        Function::Overlaps => phrase!["whether ", first, " overlaps ", second],
        Function::Within => phrase!["whether ", first, " lies within ", second],
        Function::DaysIn => phrase!["the number of days of ", first],
        Function::IsBusinessDay => phrase!["whether ", first, " is a business day"],
        Function::RollForward => phrase![first, " (the next business day where it is none)"],
        Function::PpcFinal => {
            phrase![
                "day ",
                second,
                " counted from ",
                first,
                " as day 1 (the next business day where it is none)"
            ]
        }
        Function::MinpoEnd => phrase!["the last day of ", second, " counted from the day after ", first],
        Function::PmarkWindow => {
            phrase!["the days on which the renewal of a Privacy Mark that ends on ", first, " is applied for"]
        }
        Function::Wareki => phrase![first, " by Japanese era"],
        Function::Length => phrase!["the number of characters of ", first],
    }
}

fn aggregate<'a>(
    scope: &mut Scope<'a>,
    op: AggregateOp,
    of: Option<&'a Expr>,
    quantifier: &'a Quantifier,
) -> Phrase {
    let read = rows(&scope.names, quantifier);
    let said = super::rows::noun(scope, &read);
    let of = of.map(|of| scope.about(Some(quantifier.var), |scope| value(scope, of))).unwrap_or_default();
    match op {
        AggregateOp::Count => phrase!["the number of each ", said],
        AggregateOp::CountDistinct => phrase!["the number of different values of ", of, " over each ", said],
        AggregateOp::Sum => phrase!["the sum of ", of, " over each ", said],
        AggregateOp::Min => phrase!["the least of ", of, " over each ", said],
        AggregateOp::Max => phrase!["the greatest of ", of, " over each ", said],
        AggregateOp::First => phrase![of, " in the first ", said],
        AggregateOp::Latest => phrase![of, " in the latest ", said],
    }
}
