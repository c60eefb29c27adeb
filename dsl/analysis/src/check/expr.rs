//! Expressions: names resolved, types checked, `none` dealt with, lowered.
//!
//! Each method returns `None` where it has reported what is wrong, so that one mistake is reported once.

use kijun_ir::{
    ArithmeticOp, CompareOp, EnumId, Expr, ExprKind, FactKind, Index, Kind, Quantifier, Type, Value, VarId,
};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast::{self, BinaryOp};

use crate::check::narrowing::{path, present_if};
use crate::check::scope::{Local, Scope};
use crate::check::{Checker, constant, literal};
use crate::diagnostics::{
    ALWAYS_UNKNOWN, ARGUMENTS, BAD_COUNT, EVENT_TIME, KEY, MAY_BE_NONE, NEVER_NONE, NOT_CONDITION,
    NOT_FIELD_OWNER, SHADOWED, TYPE_MISMATCH, UNKNOWN_FIELD, UNKNOWN_FUNCTION, UNKNOWN_VALUE,
};
use crate::names::{Entity, suggest};

/// How deep definitions may use definitions.
const DEEPEST: usize = 32;

impl Checker<'_> {
    /// A condition.
    pub(super) fn condition(&mut self, scope: &mut Scope, written: &ast::Expr) -> Option<Expr> {
        let expr = self.expr(scope, written, Some(Kind::Bool))?;
        if expr.ty.kind != Kind::Bool {
            let found = self.type_label(expr.ty);
            let message = Bilingual::new(
                format!("条件が要るところに {} がある", found.ja),
                format!("expected a condition, found {}", found.en),
            );
            self.report(
                Diagnostic::new(&NOT_CONDITION, written.span, message)
                    .help(Bilingual::new("`==` などで比べる", "compare it with something, such as `==`")),
            );
            return None;
        }
        self.present(expr, written.span)
    }

    /// An expression of a kind that is known beforehand.
    pub(super) fn expr_of(&mut self, scope: &mut Scope, written: &ast::Expr, kind: Kind) -> Option<Expr> {
        let expr = self.expr(scope, written, Some(kind))?;
        let fits = expr.ty.kind == kind || matches!(expr.kind, ExprKind::NoneLiteral);
        let text_as_key = matches!((kind, expr.ty.kind), (Kind::Ref(_), Kind::Text));
        if !fits && !text_as_key {
            let diagnostic = self.mismatch(written.span, kind, expr.ty);
            self.report(diagnostic);
            return None;
        }
        Some(expr)
    }

    /// An expression. `wanted` is the kind that its surroundings want, if they do; it settles what an enum's value
    /// belongs to and makes whole numbers decimals, no more.
    pub(super) fn expr(
        &mut self,
        scope: &mut Scope,
        written: &ast::Expr,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        use ast::ExprKind as Written;
        let span = written.span;
        match &written.kind {
            Written::Group(inner) => self.expr(scope, inner, wanted),
            Written::Name(name) => self.name(scope, name, span, wanted),
            Written::Int(number) if wanted == Some(Kind::Decimal) => {
                Some(literal_expr(Value::Decimal((*number).into()), Kind::Decimal, span))
            }
            Written::Int(number) => Some(literal_expr(Value::Int(*number), Kind::Int, span)),
            Written::Decimal(digits) => match digits.parse() {
                Ok(number) => Some(literal_expr(Value::Decimal(number), Kind::Decimal, span)),
                Err(_) => {
                    literal::out_of_range(self, span);
                    None
                }
            },
            Written::Text(text) => Some(literal_expr(literal::text(text), Kind::Text, span)),
            Written::Date(text) => {
                let date = literal::date(self, text, span)?;
                Some(literal_expr(Value::Date(date), Kind::Date, span))
            }
            Written::DateTime(day, time) => {
                let instant = literal::instant(self, day, time, span)?;
                Some(literal_expr(Value::DateTime(instant), Kind::DateTime, span))
            }
            Written::Duration(amount, unit) => match literal::duration(*amount, *unit) {
                Some(length) => Some(literal_expr(Value::Duration(length), Kind::Duration, span)),
                None => {
                    literal::out_of_range(self, span);
                    None
                }
            },
            Written::Bool(value) => Some(literal_expr(Value::Bool(*value), Kind::Bool, span)),
            Written::None => Some(Expr {
                kind: ExprKind::NoneLiteral,
                ty: Type { kind: wanted.unwrap_or(Kind::Text), optional: true },
                span,
            }),
            Written::Field(base, field) => self.field(scope, base, field, span),
            Written::Call(name, arguments) => self.call(scope, name, arguments, span),
            Written::Not(inner) => {
                let inner = self.condition(scope, inner)?;
                Some(Expr::new(ExprKind::Not(Box::new(inner)), Kind::Bool, span))
            }
            Written::Negate(inner) => self.negate(scope, inner, span, wanted),
            Written::Binary(op, left, right) => self.binary(scope, *op, left, right, span, wanted),
            Written::InRange(item, from, to) => self.in_range(scope, item, from, to, span),
            Written::InList(item, list) => self.in_list(scope, item, list, span),
            Written::InPeriod(item) => {
                let item = self.value(scope, item, Some(Kind::Date))?;
                self.want_time(&item)?;
                Some(Expr::new(ExprKind::InPeriod(Box::new(item)), Kind::Bool, span))
            }
            Written::IsNone(value) => self.is_none(scope, value, span),
            Written::IsNotNone(value) => {
                let is_none = self.is_none(scope, value, span)?;
                Some(Expr::new(ExprKind::Not(Box::new(is_none)), Kind::Bool, span))
            }
            Written::StartsWith(text, prefix) => {
                let text = self.text_like(scope, text)?;
                let prefix = self.text_like(scope, prefix)?;
                let kind = ExprKind::StartsWith { text: Box::new(text), prefix: Box::new(prefix) };
                Some(Expr::new(kind, Kind::Bool, span))
            }
            Written::Else(value, default) => self.otherwise(scope, value, default, span, wanted),
            Written::If(condition, then, otherwise) => {
                self.choice(scope, condition, then, otherwise, span, wanted)
            }
            Written::Some(rows) => {
                let quantifier = self.quantifier(scope, rows, span)?;
                Some(Expr::new(ExprKind::Some(Box::new(quantifier)), Kind::Bool, span))
            }
            Written::No(rows) => {
                let quantifier = self.quantifier(scope, rows, span)?;
                let some = Expr::new(ExprKind::Some(Box::new(quantifier)), Kind::Bool, span);
                Some(Expr::new(ExprKind::Not(Box::new(some)), Kind::Bool, span))
            }
            Written::Count(_) => {
                let message =
                    Bilingual::new("`count` は比較の中でだけ使える", "`count` stands in a comparison only");
                self.report(Diagnostic::new(&BAD_COUNT, span, message).help(Bilingual::new(
                    "`(count x in F where …) >= 2` のように書く",
                    "write `(count x in F where …) >= 2`",
                )));
                None
            }
        }
    }

    /// An expression whose value is there.
    pub(super) fn value(
        &mut self,
        scope: &mut Scope,
        written: &ast::Expr,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let expr = self.expr(scope, written, wanted)?;
        self.present(expr, written.span)
    }

    /// Reports a value that may be `none` where one is needed.
    fn present(&mut self, expr: Expr, span: Span) -> Option<Expr> {
        if !expr.ty.optional || self.doubts > 0 {
            return Some(expr);
        }
        let message = Bilingual::new("この値はない（none）ことがある", "this value may be none");
        let help = Bilingual::new(
            "先に場合を分ける: `x is none or …`、`x is not none and …`、`x else 既定値`",
            "deal with that first: `x is none or …`, `x is not none and …`, `x else default`",
        );
        self.report(Diagnostic::new(&MAY_BE_NONE, span, message).help(help));
        None
    }

    fn name(&mut self, scope: &Scope, name: &str, span: Span, wanted: Option<Kind>) -> Option<Expr> {
        match scope.get(name) {
            Some(Local::Row(var, fact)) => {
                let (var, fact) = (*var, *fact);
                self.require_key_of_row(fact, name, span)?;
                let field = self.program.facts[fact].key?;
                return Some(Expr::new(ExprKind::Field { var, field }, Kind::Ref(fact), span));
            }
            Some(Local::Reference(expr, _) | Local::Value(expr)) => {
                return Some(Expr { span, ..expr.clone() });
            }
            None => {}
        }
        if let Some(Kind::Enum(id)) = wanted
            && let Some(value) = self.enum_value(id, name)
        {
            return Some(literal_expr(value, Kind::Enum(id), span));
        }
        if name == "today" {
            return Some(Expr::new(ExprKind::Today, Kind::Date, span));
        }
        if let Some(Entity::Param(index)) = self.names.get(name) {
            let param = constant::param_id(self, index)?;
            let kind = self.program.params[param].kind;
            return Some(Expr::new(ExprKind::Param(param), kind, span));
        }
        match wanted {
            Some(Kind::Enum(id)) => self.unknown_value(id, name, span),
            _ => self.unknown_name(name, span, &scope.names()),
        }
        None
    }

    fn require_key_of_row(&mut self, fact: kijun_ir::FactId, name: &str, span: Span) -> Option<()> {
        if self.program.facts[fact].key.is_some() {
            return Some(());
        }
        let message = bilingual!("`{name}` は行であって値ではない", "`{name}` is a row, not a value");
        let help = bilingual!("`{name}.項目` のように項目を書く", "name a field: `{name}.field`");
        self.report(Diagnostic::new(&KEY, span, message).help(help));
        None
    }

    fn enum_value(&self, id: EnumId, name: &str) -> Option<Value> {
        let values = &self.program.enums[id].values;
        let index = values.iter().position(|value| value.name == name)?;
        u16::try_from(index).ok().map(Value::Enum)
    }

    fn unknown_value(&mut self, id: EnumId, name: &str, span: Span) {
        let declared = &self.program.enums[id];
        if declared.values.is_empty() {
            return;
        }
        let label = &declared.name;
        let message =
            bilingual!("選択肢 `{label}` に値 `{name}` はない", "enum `{label}` has no value `{name}`");
        let near = nearest(name, declared.values.iter().map(|value| value.name.as_str()));
        let values: Vec<&str> = declared.values.iter().map(|value| value.name.as_str()).collect();
        let list = values.join(", ");
        let diagnostic = suggest(Diagnostic::new(&UNKNOWN_VALUE, span, message), near);
        self.report(diagnostic.help(bilingual!("値は {list}", "its values are {list}")));
    }

    /// `base.field`
    fn field(&mut self, scope: &mut Scope, base: &ast::Expr, field: &ast::Name, span: Span) -> Option<Expr> {
        if let ast::ExprKind::Name(name) = &base.kind {
            match scope.get(name).cloned() {
                Some(Local::Row(var, fact)) => return self.row_field(scope, var, fact, field, span),
                Some(Local::Reference(expr, fact)) => return self.follow(scope, expr, fact, field, span),
                Some(Local::Value(_)) => {}
                None if name == "period" => return self.period_end(field, span),
                None => {}
            }
        }
        let base_expr = self.value(scope, base, None)?;
        if let Kind::Ref(fact) = base_expr.ty.kind {
            return self.follow(scope, base_expr, fact, field, span);
        }
        let found = self.type_label(base_expr.ty);
        let message =
            Bilingual::new(format!("{} には項目がない", found.ja), format!("{} has no fields", found.en));
        self.report(Diagnostic::new(&NOT_FIELD_OWNER, base.span, message));
        None
    }

    fn row_field(
        &mut self,
        scope: &Scope,
        var: VarId,
        fact: kijun_ir::FactId,
        name: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        let field = self.field_named(fact, name)?;
        let ty = self.program.facts[fact].fields[field].ty;
        let mut expr = Expr { kind: ExprKind::Field { var, field }, ty, span };
        expr.ty = scope.narrowed_type(path(&expr).as_ref(), ty);
        Some(expr)
    }

    fn follow(
        &mut self,
        scope: &Scope,
        base: Expr,
        fact: kijun_ir::FactId,
        name: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        let field = self.field_named(fact, name)?;
        let ty = self.program.facts[fact].fields[field].ty;
        let mut expr = Expr { kind: ExprKind::Follow { base: Box::new(base), fact, field }, ty, span };
        expr.ty = scope.narrowed_type(path(&expr).as_ref(), ty);
        Some(expr)
    }

    fn field_named(&mut self, fact: kijun_ir::FactId, name: &ast::Name) -> Option<kijun_ir::FieldId> {
        let declared = &self.program.facts[fact];
        if let Some(field) = declared.field(&name.text) {
            return Some(field);
        }
        let text = &name.text;
        let owner = &declared.name;
        let message = bilingual!("`{owner}` に項目 `{text}` はない", "`{owner}` has no field `{text}`");
        let near = nearest(text, declared.fields.values().map(|field| field.name.as_str()));
        let diagnostic = suggest(Diagnostic::new(&UNKNOWN_FIELD, name.span, message), near)
            .and(declared.span, Bilingual::new("証拠の宣言", "the fact is declared here"));
        self.report(diagnostic);
        None
    }

    /// `period.start`, `period.end`
    fn period_end(&mut self, field: &ast::Name, span: Span) -> Option<Expr> {
        let kind = match field.text.as_str() {
            "start" => ExprKind::PeriodStart,
            "end" => ExprKind::PeriodEnd,
            other => {
                let message = bilingual!("`period` に `{other}` はない", "`period` has no `{other}`");
                let help = Bilingual::new("`period.start` か `period.end`", "`period.start` or `period.end`");
                self.report(Diagnostic::new(&UNKNOWN_FIELD, field.span, message).help(help));
                return None;
            }
        };
        Some(Expr::new(kind, Kind::Date, span))
    }

    fn negate(
        &mut self,
        scope: &mut Scope,
        inner: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let inner = self.value(scope, inner, wanted)?;
        let kind = inner.ty.kind;
        if let ExprKind::Literal(value) = &inner.kind {
            let negated = match value {
                Value::Int(number) => number.checked_neg().map(Value::Int),
                Value::Decimal(number) => Some(Value::Decimal(-*number)),
                Value::Duration(length) => length.checked_neg().map(Value::Duration),
                _ => None,
            };
            if let Some(value) = negated {
                return Some(literal_expr(value, kind, span));
            }
        }
        let zero = match kind {
            Kind::Int => Value::Int(0),
            Kind::Decimal => Value::Decimal(0.into()),
            Kind::Duration => Value::Duration(kijun_ir::Duration::default()),
            _ => {
                let diagnostic = self.mismatch(inner.span, Kind::Int, inner.ty);
                self.report(diagnostic);
                return None;
            }
        };
        let zero = literal_expr(zero, kind, span);
        let kind_of =
            ExprKind::Arithmetic { op: ArithmeticOp::Sub, left: Box::new(zero), right: Box::new(inner) };
        Some(Expr::new(kind_of, kind, span))
    }

    fn binary(
        &mut self,
        scope: &mut Scope,
        op: BinaryOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        match op {
            BinaryOp::And => self.connective(scope, true, left, right, span),
            BinaryOp::Or => self.connective(scope, false, left, right, span),
            BinaryOp::Eq => self.comparison(scope, CompareOp::Eq, left, right, span),
            BinaryOp::Ne => self.comparison(scope, CompareOp::Ne, left, right, span),
            BinaryOp::Lt => self.comparison(scope, CompareOp::Lt, left, right, span),
            BinaryOp::Le => self.comparison(scope, CompareOp::Le, left, right, span),
            BinaryOp::Gt => self.comparison(scope, CompareOp::Gt, left, right, span),
            BinaryOp::Ge => self.comparison(scope, CompareOp::Ge, left, right, span),
            BinaryOp::Add => self.arithmetic(scope, ArithmeticOp::Add, left, right, span, wanted),
            BinaryOp::Sub => self.arithmetic(scope, ArithmeticOp::Sub, left, right, span, wanted),
            BinaryOp::Mul => self.arithmetic(scope, ArithmeticOp::Mul, left, right, span, wanted),
        }
    }

    /// `and`, `or`: the right side is checked knowing what the left one came to. Both sides are checked, whatever is wrong.
    fn connective(
        &mut self,
        scope: &mut Scope,
        conjunction: bool,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let left = self.condition(scope, left);
        let mark = scope.mark();
        if let Some(left) = &left {
            scope.narrow(present_if(left, conjunction));
        }
        self.doubts += usize::from(left.is_none());
        let right = self.condition(scope, right);
        self.doubts -= usize::from(left.is_none());
        scope.back_to(mark);
        let (left, right) = (left?, right?);
        let mut parts = Vec::new();
        for side in [left, right] {
            match side.kind {
                ExprKind::And(inner) if conjunction => parts.extend(inner),
                ExprKind::Or(inner) if !conjunction => parts.extend(inner),
                kind => parts.push(Expr { kind, ..side }),
            }
        }
        let kind = if conjunction { ExprKind::And(parts) } else { ExprKind::Or(parts) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    fn comparison(
        &mut self,
        scope: &mut Scope,
        op: CompareOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        if let Some(rows) = counted(left) {
            return self.count(scope, rows, op, right, span);
        }
        if let Some(rows) = counted(right) {
            return self.count(scope, rows, op.flipped(), left, span);
        }
        let (left, right) = self.sides(scope, left, right)?;
        self.compare(op, left, right, span)
    }

    /// Two values that are to be compared: the side that may be the bare name of an enum's value is read
    /// after the other, which says of which enum.
    fn sides(&mut self, scope: &mut Scope, left: &ast::Expr, right: &ast::Expr) -> Option<(Expr, Expr)> {
        if self.may_be_enum_value(scope, left) && !self.may_be_enum_value(scope, right) {
            let right = self.value(scope, right, None)?;
            let left = self.value(scope, left, Some(right.ty.kind))?;
            return Some((left, right));
        }
        let left = self.value(scope, left, None);
        let wanted = left.as_ref().map(|left| left.ty.kind);
        let right = self.value(scope, right, wanted);
        Some((left?, right?))
    }

    fn may_be_enum_value(&self, scope: &Scope, written: &ast::Expr) -> bool {
        let ast::ExprKind::Name(name) = &written.kind else { return false };
        let declared = name == "today" || matches!(self.names.get(name), Some(Entity::Param(_)));
        scope.get(name).is_none() && !declared
    }

    fn compare(&mut self, op: CompareOp, left: Expr, right: Expr, span: Span) -> Option<Expr> {
        let (a, b) = (left.ty.kind, right.ty.kind);
        if !a.equates(b) {
            let mut diagnostic = self.mismatch(right.span, a, right.ty);
            if matches!((a, b), (Kind::Date, Kind::DateTime) | (Kind::DateTime, Kind::Date)) {
                diagnostic = diagnostic.help(Bilingual::new(
                    "`date(日時)` で日付にしてから比べる",
                    "compare dates: `date(datetime)`",
                ));
            }
            self.report(diagnostic);
            return None;
        }
        let by_order = !matches!(op, CompareOp::Eq | CompareOp::Ne);
        if by_order && (!a.is_ordered() || !b.is_ordered()) {
            let label = self.kind_label(a);
            let symbol = op.symbol();
            let message = Bilingual::new(
                format!("{} には大小がないので `{symbol}` で比べられない", label.ja),
                format!("{} has no order, so that `{symbol}` says nothing", label.en),
            );
            self.report(
                Diagnostic::new(&TYPE_MISMATCH, span, message)
                    .help(Bilingual::new("`==` か `!=` を使う", "use `==` or `!=`")),
            );
            return None;
        }
        let kind = ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    fn count(
        &mut self,
        scope: &mut Scope,
        rows: &ast::Rows,
        op: CompareOp,
        bound: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let quantifier = self.quantifier(scope, rows, span);
        let bound_expr = self.value(scope, bound, Some(Kind::Int));
        let (quantifier, bound_expr) = (quantifier?, bound_expr?);
        if bound_expr.ty.kind != Kind::Int {
            let diagnostic = self.mismatch(bound.span, Kind::Int, bound_expr.ty);
            self.report(diagnostic);
            return None;
        }
        let kind = ExprKind::Count { quantifier: Box::new(quantifier), op, bound: Box::new(bound_expr) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    fn arithmetic(
        &mut self,
        scope: &mut Scope,
        op: ArithmeticOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let numeric = wanted.filter(|kind| matches!(kind, Kind::Int | Kind::Decimal));
        let left = self.value(scope, left, numeric);
        let right = self.value(scope, right, numeric);
        let (left, right) = (left?, right?);
        let Some(kind) = result_kind(op, left.ty.kind, right.ty.kind) else {
            let (a, b) = (self.kind_label(left.ty.kind), self.kind_label(right.ty.kind));
            let sign = match op {
                ArithmeticOp::Add => "+",
                ArithmeticOp::Sub => "-",
                ArithmeticOp::Mul => "*",
            };
            let message = Bilingual::new(
                format!("{} {sign} {} は計算できない", a.ja, b.ja),
                format!("{} {sign} {} has no meaning", a.en, b.en),
            );
            let help = Bilingual::new(
                "計算できるのは、数と数、日付・日時 ± 期間、日付 - 日付、日時 - 日時、期間 * 整数",
                "what has meaning: numbers, date or datetime ± duration, date - date, datetime - datetime, duration * int",
            );
            self.report(Diagnostic::new(&TYPE_MISMATCH, span, message).help(help));
            return None;
        };
        let expr = ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) };
        Some(Expr::new(expr, kind, span))
    }

    /// `x in a to b`: both ends included.
    fn in_range(
        &mut self,
        scope: &mut Scope,
        item: &ast::Expr,
        from: &ast::Expr,
        to: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let item = self.value(scope, item, None);
        let wanted = item.as_ref().map(|item| item.ty.kind);
        let from = self.value(scope, from, wanted);
        let to = self.value(scope, to, wanted);
        let (item, from, to) = (item?, from?, to?);
        let lower = self.compare(CompareOp::Ge, item.clone(), from, span)?;
        let upper = self.compare(CompareOp::Le, item, to, span)?;
        Some(Expr::new(ExprKind::And(vec![lower, upper]), Kind::Bool, span))
    }

    fn in_list(
        &mut self,
        scope: &mut Scope,
        item: &ast::Expr,
        list: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        let item = self.value(scope, item, None)?;
        if list.is_empty() {
            let message = Bilingual::new("一覧が空である", "the list is empty");
            let help = Bilingual::new("値を一つ以上書く", "write at least one value");
            self.report(Diagnostic::new(&ALWAYS_UNKNOWN, span, message).help(help));
            return None;
        }
        let mut elements = Vec::new();
        for written in list {
            let element = self.value(scope, written, Some(item.ty.kind));
            if let Some(element) = &element
                && !item.ty.kind.equates(element.ty.kind)
            {
                let diagnostic = self.mismatch(element.span, item.ty.kind, element.ty);
                self.report(diagnostic);
            } else {
                elements.extend(element);
            }
        }
        (elements.len() == list.len())
            .then(|| Expr::new(ExprKind::OneOf { item: Box::new(item), list: elements }, Kind::Bool, span))
    }

    fn is_none(&mut self, scope: &mut Scope, value: &ast::Expr, span: Span) -> Option<Expr> {
        let value_expr = self.expr(scope, value, None)?;
        if !value_expr.ty.optional {
            let message = Bilingual::new("この値は必ずある", "this value is always there");
            let help = Bilingual::new(
                "証拠で空になりうる項目なら、型に `?` を付ける。空欄が欠落なら、判定不能として扱われる",
                "if the evidence may say that there is none, give the field a type with `?`; an empty cell of a required field is unknown, not none",
            );
            self.report(Diagnostic::new(&NEVER_NONE, value.span, message).help(help));
            return None;
        }
        Some(Expr::new(ExprKind::IsNone(Box::new(value_expr)), Kind::Bool, span))
    }

    fn otherwise(
        &mut self,
        scope: &mut Scope,
        value: &ast::Expr,
        default: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let value_expr = self.expr(scope, value, wanted)?;
        if !value_expr.ty.optional {
            let message = Bilingual::new(
                "この値は必ずあるので `else` は要らない",
                "this value is always there, so that `else` never counts",
            );
            self.report(
                Diagnostic::new(&NEVER_NONE, value.span, message)
                    .help(Bilingual::new("`else …` を消す", "remove `else …`")),
            );
            return None;
        }
        let kind = value_expr.ty.kind;
        let default_expr = self.expr(scope, default, Some(kind))?;
        if !kind.equates(default_expr.ty.kind) {
            let diagnostic = self.mismatch(default.span, kind, default_expr.ty);
            self.report(diagnostic);
            return None;
        }
        let ty = Type { kind, optional: default_expr.ty.optional };
        let kind = ExprKind::Else { value: Box::new(value_expr), default: Box::new(default_expr) };
        Some(Expr { kind, ty, span })
    }

    fn choice(
        &mut self,
        scope: &mut Scope,
        condition: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let condition = self.condition(scope, condition)?;
        let mark = scope.mark();
        scope.narrow(present_if(&condition, true));
        let then_expr = self.expr(scope, then, wanted);
        scope.back_to(mark);
        let wanted = wanted.or(then_expr.as_ref().map(|then| then.ty.kind));
        scope.narrow(present_if(&condition, false));
        let otherwise_expr = self.expr(scope, otherwise, wanted);
        scope.back_to(mark);
        let (then_expr, otherwise_expr) = (then_expr?, otherwise_expr?);
        if then_expr.ty.kind != otherwise_expr.ty.kind {
            let diagnostic = self.mismatch(otherwise.span, then_expr.ty.kind, otherwise_expr.ty);
            self.report(diagnostic);
            return None;
        }
        let ty =
            Type { kind: then_expr.ty.kind, optional: then_expr.ty.optional || otherwise_expr.ty.optional };
        let kind = ExprKind::If {
            condition: Box::new(condition),
            then: Box::new(then_expr),
            otherwise: Box::new(otherwise_expr),
        };
        Some(Expr { kind, ty, span })
    }

    fn text_like(&mut self, scope: &mut Scope, written: &ast::Expr) -> Option<Expr> {
        let expr = self.value(scope, written, Some(Kind::Text))?;
        if matches!(expr.ty.kind, Kind::Text | Kind::Ref(_)) {
            return Some(expr);
        }
        let diagnostic = self.mismatch(written.span, Kind::Text, expr.ty);
        self.report(diagnostic);
        None
    }

    fn want_time(&mut self, expr: &Expr) -> Option<()> {
        if matches!(expr.ty.kind, Kind::Date | Kind::DateTime) {
            return Some(());
        }
        let diagnostic = self.mismatch(expr.span, Kind::Date, expr.ty);
        self.report(diagnostic);
        None
    }

    /// The rows of a fact for which a condition holds, as an expression asks for them.
    fn quantifier(&mut self, scope: &mut Scope, rows: &ast::Rows, span: Span) -> Option<Quantifier> {
        let mark = scope.mark();
        let quantifier = self.rows(scope, rows, span);
        scope.back_to(mark);
        quantifier
    }

    /// The rows of a fact for which a condition holds; the variable stays bound, and what the condition says of `none` stays noted.
    pub(super) fn rows(&mut self, scope: &mut Scope, rows: &ast::Rows, span: Span) -> Option<Quantifier> {
        let fact = self.fact(&rows.fact);
        if scope.get(&rows.var.text).is_some() {
            let name = &rows.var.text;
            let message = bilingual!("`{name}` は外側で使われている", "`{name}` is in use outside");
            self.report(
                Diagnostic::new(&SHADOWED, rows.var.span, message)
                    .help(Bilingual::new("別の名前にする", "choose another name")),
            );
            return None;
        }
        let fact = fact?;
        let var = scope.bind(&rows.var.text, fact);
        let condition = match &rows.condition {
            Some(written) => Some(self.condition(scope, written)?),
            None => None,
        };
        scope.narrow(condition.iter().flat_map(|condition| present_if(condition, true)).collect());
        Some(Quantifier { var, fact, condition, span })
    }

    fn call(
        &mut self,
        scope: &mut Scope,
        name: &ast::Name,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        match name.text.as_str() {
            "date" => return self.date_of(scope, name, arguments, span),
            "covered" => return self.covered(name, arguments, span),
            _ => {}
        }
        let Some(Entity::Define(index)) = self.names.get(&name.text) else {
            if self.names.is_broken(&name.text) {
                return None;
            }
            let text = &name.text;
            let message = bilingual!("定義 `{text}` は宣言されていない", "no definition is named `{text}`");
            let near = self.names.nearest(text, |entity| matches!(entity, Entity::Define(_)));
            let near = near.or_else(|| nearest(text, ["date", "covered"]));
            self.report(suggest(Diagnostic::new(&UNKNOWN_FUNCTION, name.span, message), near));
            return None;
        };
        let define = self.names.defines[index];
        if define.parameters.len() != arguments.len() {
            self.wrong_arguments(name, define.parameters.len(), arguments.len(), Some(define.name.span));
            return None;
        }
        let mut locals = Vec::new();
        for ((parameter, ty), argument) in define.parameters.iter().zip(arguments) {
            let local = self.argument(scope, ty, argument);
            locals.extend(local.map(|local| (parameter.text.clone(), local)));
        }
        if locals.len() != arguments.len() {
            return None;
        }
        self.defines.get(index).copied().flatten()?;
        self.body(scope, define, locals, span)
    }

    /// The body of a definition with its parameters replaced.
    fn body(
        &mut self,
        scope: &mut Scope,
        define: &ast::Define,
        locals: Vec<(String, Local)>,
        span: Span,
    ) -> Option<Expr> {
        if scope.depth >= DEEPEST {
            let message = Bilingual::new("定義の入れ子が深すぎる", "definitions use definitions too deeply");
            self.report(Diagnostic::new(&ARGUMENTS, span, message));
            return None;
        }
        let hidden = scope.hide();
        for (name, local) in locals {
            scope.define(&name, local);
        }
        scope.depth += 1;
        let body = self.expr(scope, &define.body, None);
        scope.depth -= 1;
        scope.show(hidden);
        let body = body?;
        let ty = body.ty;
        Some(Expr {
            kind: ExprKind::Named { name: define.name.text.clone(), body: Box::new(body) },
            ty,
            span,
        })
    }

    /// What an argument stands for in the body of a definition.
    fn argument(&mut self, scope: &mut Scope, ty: &ast::TypeName, argument: &ast::Expr) -> Option<Local> {
        if !ty.reference
            && let Some(Entity::Fact(fact)) = self.names.get(&ty.name.text)
        {
            let fact = kijun_ir::FactId::from_index(fact);
            return self.row_argument(scope, fact, argument);
        }
        let ty = self.value_type(ty)?;
        let expr = self.expr_of(scope, argument, ty.kind)?;
        let expr = if ty.optional { expr } else { self.present(expr, argument.span)? };
        Some(Local::Value(expr))
    }

    /// A row, or a reference to one.
    fn row_argument(
        &mut self,
        scope: &mut Scope,
        fact: kijun_ir::FactId,
        argument: &ast::Expr,
    ) -> Option<Local> {
        if let ast::ExprKind::Name(name) = &argument.kind
            && let Some(local @ (Local::Row(_, given) | Local::Reference(_, given))) = scope.get(name)
            && *given == fact
        {
            return Some(local.clone());
        }
        let expr = self.value(scope, argument, None)?;
        if expr.ty.kind == Kind::Ref(fact) {
            return Some(Local::Reference(expr, fact));
        }
        let diagnostic = self.mismatch(argument.span, Kind::Ref(fact), expr.ty);
        self.report(diagnostic);
        None
    }

    /// `date(datetime)`
    fn date_of(
        &mut self,
        scope: &mut Scope,
        name: &ast::Name,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        let [argument] = arguments else {
            self.wrong_arguments(name, 1, arguments.len(), None);
            return None;
        };
        let expr = self.value(scope, argument, Some(Kind::DateTime))?;
        if expr.ty.kind != Kind::DateTime {
            let diagnostic = self.mismatch(argument.span, Kind::DateTime, expr.ty);
            self.report(diagnostic);
            return None;
        }
        Some(Expr::new(ExprKind::DateOf(Box::new(expr)), Kind::Date, span))
    }

    /// `covered(F)`
    fn covered(&mut self, name: &ast::Name, arguments: &[ast::Expr], span: Span) -> Option<Expr> {
        let [ast::Expr { kind: ast::ExprKind::Name(fact), span: fact_span }] = arguments else {
            self.wrong_arguments(name, 1, arguments.len(), None);
            return None;
        };
        let fact = self.fact(&ast::Name { text: fact.clone(), span: *fact_span })?;
        if self.program.facts[fact].kind == FactKind::State {
            let message = Bilingual::new(
                "`covered` は出来事の記録に問うもので、状態にはない",
                "`covered` asks about logs of events, not about states",
            );
            let help = Bilingual::new(
                "状態は `fresh within` で鮮度を問う",
                "a state's age is limited by `fresh within`",
            );
            self.report(Diagnostic::new(&EVENT_TIME, *fact_span, message).help(help));
            return None;
        }
        Some(Expr::new(ExprKind::Covered(fact), Kind::Bool, span))
    }

    fn wrong_arguments(&mut self, name: &ast::Name, wanted: usize, found: usize, declared: Option<Span>) {
        let text = &name.text;
        let message = bilingual!(
            "`{text}` の引数は {wanted} 個だが {found} 個ある",
            "`{text}` takes {wanted} arguments, found {found}"
        );
        let mut diagnostic = Diagnostic::new(&ARGUMENTS, name.span, message);
        if let Some(declared) = declared {
            diagnostic = diagnostic.and(declared, Bilingual::new("ここで宣言", "declared here"));
        }
        self.report(diagnostic);
    }
}

/// The rows that `count` counts, parentheses looked through.
fn counted(written: &ast::Expr) -> Option<&ast::Rows> {
    match &written.kind {
        ast::ExprKind::Count(rows) => Some(rows),
        ast::ExprKind::Group(inner) => counted(inner),
        _ => None,
    }
}

fn result_kind(op: ArithmeticOp, left: Kind, right: Kind) -> Option<Kind> {
    use ArithmeticOp::{Add, Mul, Sub};
    match (op, left, right) {
        (_, Kind::Int, Kind::Int) => Some(Kind::Int),
        (_, Kind::Int | Kind::Decimal, Kind::Int | Kind::Decimal) => Some(Kind::Decimal),
        (Add | Sub, Kind::Date | Kind::DateTime | Kind::Duration, Kind::Duration) => Some(left),
        (Sub, Kind::Date, Kind::Date) | (Sub, Kind::DateTime, Kind::DateTime) => Some(Kind::Duration),
        (Mul, Kind::Duration, Kind::Int) => Some(Kind::Duration),
        _ => None,
    }
}

fn literal_expr(value: Value, kind: Kind, span: Span) -> Expr {
    Expr::new(ExprKind::Literal(value), kind, span)
}
