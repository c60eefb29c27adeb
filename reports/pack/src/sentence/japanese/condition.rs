//! Conditions as predicates, which end a sentence, stand before a noun or go on with かつ.

use kijun_ir::{CompareOp, Expr, ExprKind, FactKind, Function, Kind, VarId};

use super::rows::noun;
use super::value::{distinguished, field_label, referred, value};
use super::words::{self, called, joined};
use crate::sentence::condition::{Claim, Condition};
use crate::sentence::rows::Rows;
use crate::sentence::scope::{Scope, reference_of};
use crate::sentence::tree::{Phrase, phrase};

/// What a condition is there for, which chooses the verb before a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// It says which rows are meant: 該当する.
    Describe,
    /// It says what is demanded: 満たす.
    Demand,
}

/// A predicate whose last word can be changed.
#[derive(Debug, Clone)]
pub(super) struct Predicate {
    /// Of what it is said, before が.
    topic: Option<Phrase>,
    /// What is said, but for the last word.
    stem: Phrase,
    /// The last word as it ends a sentence, and as it goes on.
    ending: Ending,
    /// Whether a condition stands inside, so that another beside it would leave open what belongs to what.
    compound: bool,
}

type Ending = (&'static str, &'static str);

const IS: [Ending; 2] = [("でない", "でなく"), ("である", "であり")];
const THERE_IS: [Ending; 2] = [("ない", "なく"), ("ある", "あり")];
const DOES: [Ending; 2] = [("しない", "せず"), ("する", "し")];
const FALLS_UNDER: [Ending; 2] = [("に当たらない", "に当たらず"), ("に当たる", "に当たり")];

/// How long two conditions may be to stand in one sentence.
const SHORT: usize = 76;

impl Predicate {
    fn new(topic: impl Into<Phrase>, stem: impl Into<Phrase>, ending: Ending) -> Self {
        Self { topic: Some(topic.into()), stem: stem.into(), ending, compound: false }
    }

    /// Without a topic, with a condition inside.
    fn compound(stem: Phrase, ending: Ending) -> Self {
        Self { topic: None, stem, ending, compound: true }
    }

    fn with(self, last: &str) -> Phrase {
        let mut said = Phrase::default();
        if let Some(topic) = self.topic {
            said.push(topic);
            said.push("が");
        }
        said.push(self.stem);
        said.push(last);
        said
    }

    /// As it ends a sentence, and as it stands before a noun.
    pub(super) fn plain(self) -> Phrase {
        let last = self.ending.0;
        self.with(last)
    }

    /// As it goes on.
    fn joining(self) -> Phrase {
        let last = self.ending.1;
        self.with(last)
    }

    pub(super) fn is_compound(&self) -> bool {
        self.compound
    }

    fn length(&self) -> usize {
        self.stem.length() + self.topic.as_ref().map_or(0, Phrase::length)
    }

    fn has_list(&self) -> bool {
        !self.stem.lists.is_empty() || self.topic.as_ref().is_some_and(|topic| !topic.lists.is_empty())
    }
}

/// A condition as a predicate.
pub(super) fn predicate<'a>(scope: &mut Scope<'a>, condition: &Condition<'a>, aim: Aim) -> Predicate {
    match condition {
        Condition::All(parts) => all(scope, parts, aim),
        Condition::Any(parts) => any(scope, parts, aim),
        Condition::Cases(parts) => cases(scope, parts, aim),
        Condition::Is(claim, holds) => self::claim(scope, claim, *holds),
    }
}

fn all<'a>(scope: &mut Scope<'a>, parts: &[Condition<'a>], aim: Aim) -> Predicate {
    let said: Vec<Predicate> = parts.iter().map(|part| predicate(scope, part, Aim::Describe)).collect();
    match fits(said) {
        Ok([first, second]) => {
            let shared = first.topic.is_some() && first.topic == second.topic;
            let topic = first.topic.clone();
            let second = if shared { Predicate { topic: None, ..second } } else { second };
            let between = if shared { "、" } else { "、かつ、" };
            let ending = second.ending;
            let first = Predicate { topic: None, ..first }.joining();
            let second = Predicate { ending: ("", ""), ..second }.plain();
            Predicate { topic, stem: phrase![first, between, second], ending, compound: true }
        }
        Err(said) => listed(said, ["すべてに該当", "すべてを満た"], aim),
    }
}

fn any<'a>(scope: &mut Scope<'a>, parts: &[Condition<'a>], aim: Aim) -> Predicate {
    let said: Vec<Predicate> = parts.iter().map(|part| predicate(scope, part, Aim::Describe)).collect();
    match fits(said) {
        Ok([first, second]) => {
            let shared = first.topic.is_some() && first.topic == second.topic;
            let topic = first.topic.clone();
            let second = if shared { Predicate { topic: None, ..second } } else { second };
            let ending = second.ending;
            let first = Predicate { topic: None, ..first }.plain();
            let second = Predicate { ending: ("", ""), ..second }.plain();
            Predicate { topic, stem: phrase![first, "か、又は", second], ending, compound: true }
        }
        Err(said) => listed(said, ["いずれかに該当", "いずれかを満た"], aim),
    }
}

/// The two, if they are two that fit into one sentence and leave nothing open.
fn fits(said: Vec<Predicate>) -> Result<[Predicate; 2], Vec<Predicate>> {
    let short = said.iter().map(Predicate::length).sum::<usize>() <= SHORT;
    let simple = said.iter().all(|part| !part.compound && !part.has_list());
    if short && simple { said.try_into() } else { Err(said) }
}

fn listed(said: Vec<Predicate>, words: [&str; 2], aim: Aim) -> Predicate {
    let items = said.into_iter().map(|part| phrase![part.plain(), "こと。"]).collect();
    let (word, ending) = match aim {
        Aim::Describe => (words[0], DOES[1]),
        Aim::Demand => (words[1], ("す", "し")),
    };
    Predicate::compound(phrase!["次の", Phrase::list(items, "", "の"), word], ending)
}

/// Two cases in one sentence where they are short, otherwise a list of the two.
fn cases<'a>(
    scope: &mut Scope<'a>,
    [condition, then, otherwise]: &[Condition<'a>; 3],
    aim: Aim,
) -> Predicate {
    let case = predicate(scope, condition, Aim::Describe);
    let (then, otherwise) = (predicate(scope, then, aim), predicate(scope, otherwise, aim));
    let parts = [&case, &then, &otherwise];
    let short = parts.iter().map(|part| part.length()).sum::<usize>() <= SHORT;
    if short && parts.iter().all(|part| !part.compound && !part.has_list()) {
        let ending = otherwise.ending;
        let otherwise = Predicate { ending: ("", ""), ..otherwise }.plain();
        let stem =
            phrase![case.plain(), "場合にあっては", then.joining(), "、その他の場合にあっては", otherwise];
        return Predicate::compound(stem, ending);
    }
    let items = vec![
        phrase![case.plain(), "場合にあっては、", then.plain(), "こと。"],
        phrase!["その他の場合にあっては、", otherwise.plain(), "こと。"],
    ];
    let ending = match aim {
        Aim::Describe => ("に該当する", "に該当し"),
        Aim::Demand => ("を満たす", "を満たし"),
    };
    Predicate::compound(phrase!["次の", Phrase::list(items, "", "の"), "区分に応じた条件"], ending)
}

fn claim<'a>(scope: &mut Scope<'a>, claim: &Claim<'a>, holds: bool) -> Predicate {
    let polarity = usize::from(holds);
    let mut said = match claim {
        Claim::Flag(flag) => {
            Predicate::new(value(scope, flag), if holds { "「はい」" } else { "「いいえ」" }, IS[1])
        }
        Claim::Compare(left, op, right) => compare(scope, left, *op, right),
        Claim::Same { other, pairs } => same(scope, *other, pairs),
        Claim::OneOf(item, list) => one_of(scope, item, list, holds),
        Claim::Listed(item, param) => {
            let param = words::param(scope.names.program, &scope.names.program.params[*param]);
            let last = if holds { IS[1] } else { IS[0] };
            let which = if holds { "のいずれか" } else { "のいずれでも" };
            let last = if holds { last } else { ("ない", "なく") };
            Predicate::new(value(scope, item), phrase![param, which], last)
        }
        Claim::InPeriod(time, period) => in_period(scope, time, period, holds),
        Claim::InCidr(address, network) => {
            let network = phrase!["ネットワーク", value(scope, network), "に属"];
            Predicate::new(value(scope, address), network, [("さない", "さず"), ("する", "し")][polarity])
        }
        Claim::IsNone(inner) => Predicate::new(value(scope, inner), "", THERE_IS[usize::from(!holds)]),
        Claim::StartsWith(text, prefix) => {
            let prefix = phrase![value(scope, prefix), "で始ま"];
            Predicate::new(value(scope, text), prefix, [("らない", "らず"), ("る", "り")][polarity])
        }
        Claim::Contains(text, part) => {
            let part = phrase![value(scope, part), "を含"];
            Predicate::new(value(scope, text), part, [("まない", "まず"), ("む", "み")][polarity])
        }
        Claim::Matches(text, pattern) => {
            let pattern = format!("書式「{}」に全体が一致", pattern.source());
            Predicate::new(value(scope, text), pattern, DOES[polarity])
        }
        Claim::Answers(function, arguments) => answers(scope, *function, arguments, holds),
        Claim::Covered(fact, period) => covered(scope, *fact, *period, holds),
        Claim::Exists(rows) => exists(scope, rows, holds),
        Claim::Count(rows, op, bound) => {
            let (stem, ending) = bounded(phrase![value(scope, bound), "件"], *op, Kind::Int);
            Predicate::compound(phrase![noun(scope, rows), "の数が", stem], ending)
        }
        Claim::Every(rows, has) => every(scope, rows, has),
        Claim::Defined(name, body) => defined(scope, name, body, holds),
        Claim::Constant => Predicate::compound(if holds { "常に成り立" } else { "成り立" }.into(), {
            if holds { ("つ", "ち") } else { ("つことがない", "つことがなく") }
        }),
    };
    said.compound |= values_of(claim).iter().any(|value| holds_rows(value));
    said
}

/// The values that a claim compares.
fn values_of<'a>(claim: &Claim<'a>) -> Vec<&'a Expr> {
    match claim {
        Claim::Compare(left, _, right) => vec![left, right],
        Claim::Flag(one)
        | Claim::IsNone(one)
        | Claim::Matches(one, _)
        | Claim::Listed(one, _)
        | Claim::OneOf(one, _) => {
            vec![one]
        }
        _ => Vec::new(),
    }
}

/// Whether a value speaks of rows with conditions, or of cases.
fn holds_rows(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |expr| {
        found |= matches!(expr.kind, ExprKind::Aggregate { .. } | ExprKind::If { .. } | ExprKind::Some(_));
    });
    found
}

fn compare<'a>(scope: &mut Scope<'a>, left: &'a Expr, op: CompareOp, right: &'a Expr) -> Predicate {
    if let Some(said) = key_of(scope, left, op, right) {
        return said;
    }
    let fixed = matches!(right.kind, ExprKind::Literal(_) | ExprKind::Param(_));
    let (topic, other) = (value(scope, left), value(scope, right));
    let (stem, ending) = match op {
        CompareOp::Eq if fixed => (other, IS[1]),
        CompareOp::Ne if fixed => (other, IS[0]),
        CompareOp::Eq => (phrase![other, "と同じ"], IS[1]),
        CompareOp::Ne => (phrase![other, "と同じ"], IS[0]),
        _ => bounded(other, op, left.ty.kind),
    };
    Predicate::new(topic, stem, ending)
}

/// `p.id == v.escort` of a person is 当該来訪者記録の立会者である; `r.person == e.id`, where the field is called otherwise than the key, is
/// 立会者が当該従業者である.
fn key_of<'a>(scope: &mut Scope<'a>, left: &'a Expr, op: CompareOp, right: &'a Expr) -> Option<Predicate> {
    let ending = match op {
        CompareOp::Eq => IS[1],
        CompareOp::Ne => IS[0],
        _ => return None,
    };
    let is_key = |scope: &Scope<'a>, expr: &Expr| match expr.kind {
        ExprKind::Field { var, field } => {
            let fact = scope.names.fact_of(var)?;
            (scope.names.program.facts[fact].key == Some(field)).then_some((var, fact))
        }
        _ => None,
    };
    if let Some((var, fact)) = is_key(scope, left)
        && scope.current == Some(var)
        && right.ty.kind == Kind::Ref(fact)
        && is_key(scope, right).is_none()
    {
        let stem = value(scope, right);
        return Some(Predicate { topic: None, stem, ending, compound: false });
    }
    let (var, fact) = is_key(scope, right)?;
    let named =
        scope.current != Some(var) && left.ty.kind == Kind::Ref(fact) && is_key(scope, left).is_none();
    named.then(|| Predicate::new(value(scope, left), called(scope, var), ending))
}

/// A bound: 以下, 未満, 以上, 超; of times 以前, より前, 以後, より後.
fn bounded(bound: Phrase, op: CompareOp, kind: Kind) -> (Phrase, Ending) {
    let time = matches!(kind, Kind::Date | Kind::DateTime);
    match op {
        CompareOp::Le if time => (phrase![bound, "以前"], IS[1]),
        CompareOp::Lt if time => (phrase![bound, "より前"], IS[1]),
        CompareOp::Ge if time => (phrase![bound, "以後"], IS[1]),
        CompareOp::Gt if time => (phrase![bound, "より後"], IS[1]),
        CompareOp::Le => (phrase![bound, "以下"], IS[1]),
        CompareOp::Lt => (phrase![bound, "未満"], IS[1]),
        CompareOp::Ge => (phrase![bound, "以上"], IS[1]),
        CompareOp::Gt => (phrase![bound, "を超え"], ("る", "")),
        CompareOp::Eq => (bound, IS[1]),
        CompareOp::Ne => (bound, IS[0]),
    }
}

/// Fields that the current row and another have in common.
fn same(scope: &mut Scope<'_>, other: VarId, pairs: &[(kijun_ir::FieldId, kijun_ir::FieldId)]) -> Predicate {
    let current = scope.current;
    let labels: Vec<String> = pairs
        .iter()
        .filter_map(|(own, _)| current.map(|current| field_label(scope, current, *own)))
        .collect();
    Predicate::new(joined(&labels, "及び"), phrase![called(scope, other), "と同じ"], IS[1])
}

fn one_of<'a>(scope: &mut Scope<'a>, item: &'a Expr, list: &[&'a Expr], holds: bool) -> Predicate {
    let mut said = Phrase::default();
    let last = list.len().saturating_sub(1);
    for (index, each) in list.iter().enumerate() {
        match index {
            0 => {}
            index if index == last => said.push(if holds { "又は" } else { "及び" }),
            _ => said.push("、"),
        }
        said.push(value(scope, each));
    }
    let (which, ending) = match (holds, list.len()) {
        (true, 1) => ("", IS[1]),
        (false, 1) => ("", IS[0]),
        (true, _) => ("のいずれか", IS[1]),
        (false, _) => ("のいずれでも", ("ない", "なく")),
    };
    Predicate::new(value(scope, item), phrase![said, which], ending)
}

fn in_period<'a>(scope: &mut Scope<'a>, time: &'a Expr, period: &'a Expr, holds: bool) -> Predicate {
    let topic = value(scope, time);
    let within = match &period.kind {
        ExprKind::Range { .. } | ExprKind::Literal(_) => phrase![value(scope, period), "の間"],
        _ => phrase![value(scope, period), "内"],
    };
    Predicate::new(topic, within, IS[usize::from(holds)])
}

fn answers<'a>(scope: &mut Scope<'a>, function: Function, arguments: &'a [Expr], holds: bool) -> Predicate {
    let polarity = usize::from(holds);
    let (first, second) = (arguments.first(), arguments.get(1));
    let topic = first.map(|first| value(scope, first)).unwrap_or_default();
    let other = second.map(|second| value(scope, second)).unwrap_or_default();
    match function {
        Function::Overlaps => {
            Predicate::new(topic, phrase![other, "と重な"], [("らない", "らず"), ("る", "り")][polarity])
        }
        Function::Within => {
            Predicate::new(topic, phrase![other, "に収ま"], [("らない", "らず"), ("る", "り")][polarity])
        }
        _ => Predicate::new(topic, "開庁日", IS[polarity]),
    }
}

fn covered<'a>(
    scope: &mut Scope<'a>,
    fact: kijun_ir::FactId,
    period: Option<&'a Expr>,
    holds: bool,
) -> Predicate {
    let program = scope.names.program;
    let label = words::fact(program, &program.facts[fact]);
    let period = period.map_or_else(|| "対象期間".into(), |period| value(scope, period));
    let ending = [("いない", "おらず"), ("いる", "おり")][usize::from(holds)];
    Predicate::new(label, phrase![period, "を通じて欠けることなく収集されて"], ending)
}

fn exists<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>, holds: bool) -> Predicate {
    let said = noun(scope, rows);
    Predicate {
        topic: Some(said),
        stem: Phrase::default(),
        ending: THERE_IS[usize::from(holds)],
        compound: rows.condition.is_some(),
    }
}

fn every<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>, has: &Condition<'a>) -> Predicate {
    let said = noun(scope, rows);
    let has = scope.about(Some(rows.var), |scope| predicate(scope, has, Aim::Describe));
    let ending = has.ending;
    let has = Predicate { ending: ("", ""), ..has }.plain();
    let always = match scope.names.program.facts[rows.fact].kind {
        FactKind::Calendar(_) => "のいずれにおいても、",
        _ => "は、いずれも、",
    };
    Predicate::compound(phrase![said, always, has], ending)
}

fn defined<'a>(scope: &mut Scope<'a>, name: &'a str, body: &'a Expr, holds: bool) -> Predicate {
    let label = scope.names.definitions.get(name).map_or(name, |definition| definition.label.as_str());
    let note = scope.note(name, body);
    let said = phrase![words::quoted(label), distinguished(scope, name, body), Phrase::note(note)];
    let topic = match (reference_of(body), scope.row_of(body)) {
        (Some((base, fact, at)), _) => Some(referred(scope, base, fact, at)),
        (None, Some(row)) if Some(row) != scope.current => Some(called(scope, row).into()),
        _ => None,
    };
    Predicate { topic, stem: said, ending: FALLS_UNDER[usize::from(holds)], compound: false }
}
