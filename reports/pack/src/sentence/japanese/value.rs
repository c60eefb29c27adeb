//! Values as nouns.

use kijun_ir::{
    AggregateOp, ArithmeticOp, Edge, Expr, ExprKind, FactId, FieldId, Function, Kind, Quantifier, Template,
    TemplatePart, VarId,
};

use super::condition::{Aim, predicate};
use super::words::{self, called};
use crate::sentence::condition::{bound, read};
use crate::sentence::rows::rows;
use crate::sentence::scope::Scope;
use crate::sentence::tree::{Phrase, phrase};

/// A value as a noun.
pub(super) fn value<'a>(scope: &mut Scope<'a>, expr: &'a Expr) -> Phrase {
    let program = scope.names.program;
    match &expr.kind {
        ExprKind::Literal(literal) => words::literal(program, expr.ty.kind, literal).into(),
        ExprKind::NoneLiteral => "なし".into(),
        ExprKind::Today => "判定基準日".into(),
        ExprKind::Period => "対象期間".into(),
        ExprKind::Moment => "その時点".into(),
        ExprKind::Range { from, to } => phrase![value(scope, from), "から", value(scope, to), "まで"],
        ExprKind::Edge { period, edge } => phrase![value(scope, period), "の", edge_word(*edge)],
        ExprKind::Param(param) => words::param(program, &program.params[*param]).into(),
        ExprKind::Field { var, field } => self::field(scope, *var, *field).into(),
        ExprKind::Follow { base, fact, field, at } => follow(scope, base, (*fact, *field), at.as_deref()),
        ExprKind::Format(template) => format(scope, template),
        ExprKind::Arithmetic { op, left, right } => arithmetic(scope, *op, left, right),
        ExprKind::DateOf(time) => phrase![value(scope, time), "の日"],
        ExprKind::Call { function, arguments } => call(scope, *function, arguments),
        ExprKind::If { condition, then, otherwise } => {
            if let Some(bound) = bound(condition, then, otherwise) {
                let (then, otherwise) = (value(scope, then), value(scope, otherwise));
                return phrase![
                    "〔",
                    then,
                    "と",
                    otherwise,
                    "とのうち",
                    bound_word(bound, expr.ty.kind),
                    "〕"
                ];
            }
            let said = read(&scope.names, scope.current, condition, true);
            let case = predicate(scope, &said, Aim::Describe).plain();
            let (then, otherwise) = (value(scope, then), value(scope, otherwise));
            phrase!["〔", case, "場合にあっては", then, "、その他の場合にあっては", otherwise, "〕"]
        }
        ExprKind::Else { value: inner, default } => {
            let mut said = phrase![value(scope, inner), "（ないときは、"];
            let mut default = &**default;
            while let ExprKind::Else { value: next, default: last } = &default.kind {
                said.push(phrase![value(scope, next), "、それもないときは、"]);
                default = last;
            }
            phrase![said, value(scope, default), "）"]
        }
        ExprKind::Aggregate { op, value, quantifier } => aggregate(scope, *op, value.as_deref(), quantifier),
        ExprKind::Named { name, body, .. } => match scope.names.definitions.get(name) {
            Some(definition) => {
                let note = scope.note(name, body);
                let row = scope.row_of(body).filter(|row| Some(*row) != scope.current);
                let owner = row.map(|row| format!("{}の", called(scope, row))).unwrap_or_default();
                phrase![
                    owner,
                    words::quoted(&definition.label),
                    distinguished(scope, name, body),
                    Phrase::note(note)
                ]
            }
            None => value(scope, body),
        },
        _ => {
            let said = read(&scope.names, scope.current, expr, true);
            phrase![predicate(scope, &said, Aim::Describe).plain(), "か否か"]
        }
    }
}

/// The values by which a use of a definition differs from its other uses: 〔サイバーセキュリティ〕.
pub(super) fn distinguished<'a>(scope: &mut Scope<'a>, name: &'a str, body: &'a Expr) -> Phrase {
    let mut said = Phrase::default();
    for (index, each) in scope.distinction(name, body).into_iter().enumerate() {
        said.push(if index > 0 { "、" } else { "" });
        match &each.kind {
            ExprKind::Literal(literal) => {
                said.push(words::unquoted(&words::literal(scope.names.program, each.ty.kind, literal)));
            }
            _ => said.push(value(scope, each)),
        }
    }
    if said == Phrase::default() { said } else { phrase!["〔", said, "〕"] }
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
                    crate::sentence::tree::Piece::Text(text) => Some(text.as_str()),
                    crate::sentence::tree::Piece::Note(_) => None,
                });
                text.push_str(&format!("〔{}〕", words.collect::<String>()));
            }
        }
    }
    text
}

/// The words for the least or the greatest of two values of a kind.
fn bound_word(op: AggregateOp, kind: Kind) -> &'static str {
    match (op == AggregateOp::Min, kind) {
        (true, Kind::Date) => "早い日",
        (false, Kind::Date) => "遅い日",
        (true, Kind::DateTime) => "早い時刻",
        (false, Kind::DateTime) => "遅い時刻",
        (true, Kind::Duration) => "短い方",
        (false, Kind::Duration) => "長い方",
        (true, _) => "小さい方",
        (false, _) => "大きい方",
    }
}

fn edge_word(edge: Edge) -> &'static str {
    match edge {
        Edge::Start => "初日",
        Edge::End => "末日",
    }
}

/// A field of a row: by its label alone where the sentence is about the row.
pub(super) fn field(scope: &Scope<'_>, var: VarId, field: FieldId) -> String {
    let label = field_label(scope, var, field);
    if scope.current == Some(var) { label } else { format!("{}の{label}", called(scope, var)) }
}

/// The label of a field of the fact of a variable.
pub(super) fn field_label(scope: &Scope<'_>, var: VarId, field: FieldId) -> String {
    let fact = scope.names.fact_of(var).map(|fact| &scope.names.program.facts[fact]);
    fact.and_then(|fact| fact.fields.get(field)).map(|field| field.label.clone()).unwrap_or_default()
}

/// A field of the row that a reference names.
fn follow<'a>(
    scope: &mut Scope<'a>,
    base: &'a Expr,
    (fact, field): (FactId, FieldId),
    at: Option<&'a Expr>,
) -> Phrase {
    let label = scope.names.program.facts[fact].fields[field].label.as_str();
    let mut said = referred(scope, base, fact, at);
    said.push(format!("の{label}"));
    said
}

/// The row that a reference names, where something is said of that row.
pub(super) fn referred<'a>(
    scope: &mut Scope<'a>,
    base: &'a Expr,
    fact: FactId,
    at: Option<&'a Expr>,
) -> Phrase {
    let moment = at.map(|at| as_of(scope, base, at)).unwrap_or_default();
    reference(scope, base, fact, moment)
}

/// The row that a reference names: 従業者番号 that names a 従業者 is 従業者, 立会者 stays 立会者.
fn reference<'a>(scope: &mut Scope<'a>, base: &'a Expr, fact: FactId, moment: Phrase) -> Phrase {
    let program = scope.names.program;
    let target = &program.facts[fact];
    let key = target.key.map(|key| target.fields[key].label.as_str());
    let word = |label: &str| if Some(label) == key { words::fact(program, target) } else { label.to_owned() };
    match &base.kind {
        ExprKind::Field { var, field } => {
            let word = word(&field_label(scope, *var, *field));
            let owner = if scope.current == Some(*var) {
                String::new()
            } else {
                format!("{}の", called(scope, *var))
            };
            phrase![owner, moment, word]
        }
        ExprKind::Follow { base: inner, fact: owner, field, at } => {
            let before = at.as_deref().map(|at| as_of(scope, inner, at)).unwrap_or_default();
            // A chain is followed as of one moment, which is said once.
            let moment = if before == moment { Phrase::default() } else { moment };
            let owner_row = reference(scope, inner, *owner, before);
            phrase![owner_row, "の", moment, word(&program.facts[*owner].fields[*field].label)]
        }
        _ => phrase![value(scope, base), "に当たる", moment, words::fact(program, target)],
    }
}

/// As of when a reference is followed. 当時の is the time of the event that holds the reference.
fn as_of<'a>(scope: &mut Scope<'a>, base: &'a Expr, at: &'a Expr) -> Phrase {
    match (&at.kind, root(base)) {
        (ExprKind::Field { var, field }, Some(root))
            if *var == root
                && scope.names.fact_of(*var).map(|fact| scope.names.program.facts[fact].time())
                    == Some(Some(*field)) =>
        {
            "当時の".into()
        }
        (ExprKind::Moment, _) => "その時点の".into(),
        _ => phrase![value(scope, at), "の時点の"],
    }
}

/// The variable from whose row a chain of references starts.
fn root(expr: &Expr) -> Option<VarId> {
    match &expr.kind {
        ExprKind::Field { var, .. } => Some(*var),
        ExprKind::Follow { base, .. } => root(base),
        _ => None,
    }
}

fn format<'a>(scope: &mut Scope<'a>, template: &'a Template) -> Phrase {
    if let [TemplatePart::Value(only)] = template.parts.as_slice() {
        return value(scope, only);
    }
    let mut said = Phrase::default();
    for (index, part) in template.parts.iter().enumerate() {
        if index > 0 {
            said.push("と");
        }
        match part {
            TemplatePart::Text(text) => said.push(words::quoted(text)),
            TemplatePart::Value(expr) => said.push(value(scope, expr)),
        }
    }
    phrase![said, "をつなげた文字列"]
}

/// A sum, difference or product. One within another stands in brackets.
fn arithmetic<'a>(scope: &mut Scope<'a>, op: ArithmeticOp, left: &'a Expr, right: &'a Expr) -> Phrase {
    let time = |expr: &Expr| matches!(expr.ty.kind, Kind::Date | Kind::DateTime);
    let (first, second) = (operand(scope, left), operand(scope, right));
    match op {
        ArithmeticOp::Add if time(left) => moved(first, second, "後", left, right),
        ArithmeticOp::Add if time(right) => moved(second, first, "後", right, left),
        ArithmeticOp::Sub if time(left) && time(right) => phrase![second, "から", first, "までの期間"],
        ArithmeticOp::Sub if time(left) => moved(first, second, "前", left, right),
        ArithmeticOp::Add => phrase![first, "に", second, "を加えた値"],
        ArithmeticOp::Sub => phrase![first, "から", second, "を引いた値"],
        ArithmeticOp::Mul => phrase![first, "に", second, "を掛けた値"],
    }
}

/// A time so much before or after another: 判定基準日の1年前の日, 入室時刻から「許容差」（10分）後の時刻.
fn moved(start: Phrase, length: Phrase, way: &str, from: &Expr, by: &Expr) -> Phrase {
    let between = if matches!(by.kind, ExprKind::Literal(_)) { "の" } else { "から" };
    let what = if from.ty.kind == Kind::Date { "の日" } else { "の時刻" };
    phrase![start, between, length, way, what]
}

fn operand<'a>(scope: &mut Scope<'a>, expr: &'a Expr) -> Phrase {
    let said = value(scope, expr);
    if matches!(expr.kind, ExprKind::Arithmetic { .. }) { phrase!["〔", said, "〕"] } else { said }
}

fn call<'a>(scope: &mut Scope<'a>, function: Function, arguments: &'a [Expr]) -> Phrase {
    let mut said: Vec<Phrase> = arguments.iter().map(|argument| operand(scope, argument)).collect();
    let second = if said.len() > 1 { said.remove(1) } else { Phrase::default() };
    let first = said.pop().unwrap_or_default();
    match function {
        Function::MonthOf => phrase![first, "の属する月"],
        Function::QuarterOf => phrase![first, "の属する四半期"],
        Function::FiscalYearOf => phrase![first, "の属する年度"],
        Function::Overlaps => phrase![first, "が", second, "と重なるか否か"],
        Function::Within => phrase![first, "が", second, "に収まるか否か"],
        Function::DaysIn => phrase![first, "の日数"],
        Function::IsBusinessDay => phrase![first, "が開庁日であるか否か"],
        Function::RollForward => phrase![first, "（閉庁日に当たるときは、その翌開庁日）"],
        Function::PpcFinal => {
            phrase![first, "を1日目とする", second, "日目（閉庁日に当たるときは、その翌開庁日）"]
        }
        Function::MinpoEnd => phrase![first, "の翌日から起算して", second, "の期間の末日"],
        Function::PmarkWindow => phrase![first, "に有効期間が満了するプライバシーマークの更新申請期間"],
        Function::Wareki => phrase![first, "の和暦による表記"],
        Function::Length => phrase![first, "の文字数"],
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
    let kind = of.map(|of| of.ty.kind);
    let of = of.map(|of| scope.about(Some(quantifier.var), |scope| value(scope, of))).unwrap_or_default();
    match op {
        AggregateOp::Count => phrase![said, "の数"],
        AggregateOp::CountDistinct => phrase![said, "の", of, "の異なる値の数"],
        AggregateOp::Sum => phrase![said, "の", of, "の合計"],
        AggregateOp::Min | AggregateOp::Max => phrase![said, "の", of, "のうち最も", extreme(op, kind)],
        AggregateOp::First => phrase![said, "のうち最初のものの", of],
        AggregateOp::Latest => phrase![said, "のうち最後のものの", of],
    }
}

/// The least or the greatest of values of a kind.
fn extreme(op: AggregateOp, kind: Option<Kind>) -> &'static str {
    match (op == AggregateOp::Min, kind) {
        (true, Some(Kind::Date | Kind::DateTime)) => "早いもの",
        (false, Some(Kind::Date | Kind::DateTime)) => "遅いもの",
        (true, Some(Kind::Duration)) => "短いもの",
        (false, Some(Kind::Duration)) => "長いもの",
        (true, _) => "小さいもの",
        (false, _) => "大きいもの",
    }
}
