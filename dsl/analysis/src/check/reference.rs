//! Names and fields: what they stand for.

use std::sync::Arc;

use kijun_ir::{
    Edge, EnumId, Expr, ExprKind, FactId, FactKind, FieldId, Index, Kind, ParamValue, Type, Value, VarId,
};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::copy::copy;
use crate::check::derived::EDGES;
use crate::check::expr::literal_expr;
use crate::check::narrowing::path;
use crate::check::scope::{Local, Reading, Scope};
use crate::check::spelling::{Found, Words};
use crate::check::{Checker, Lookup, spelling};
use crate::diagnostics::{KEY, NOT_FIELD_OWNER, UNKNOWN_FIELD, UNKNOWN_VALUE};
use crate::names::{Entity, Spellings, suggest};
use crate::words::{may_be_field, may_be_name};

impl Checker<'_> {
    pub(super) fn name(
        &mut self,
        scope: &mut Scope,
        name: &str,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        match scope.get(name).cloned() {
            Some(Local::Row(var, fact)) => {
                self.require_key_of_row(fact, name, span)?;
                let field = self.program.facts[fact].key?;
                return Some(Expr::new(ExprKind::Field { var, field }, Kind::Ref(fact), span));
            }
            Some(Local::Reference(expr, _) | Local::Value(expr)) => {
                let ty = scope.narrowed_type(path(&expr).as_ref(), expr.ty);
                return Some(Expr { span, ty, ..copy(scope, &expr) });
            }
            None => {}
        }
        if let Some(Kind::Enum(id)) = wanted
            && let Some(value) = self.enum_value(scope, id, name, span)
        {
            return value.map(|value| literal_expr(value, Kind::Enum(id), span));
        }
        match self.lookup(name, span) {
            Lookup::Found(entity @ Entity::Param(index)) => {
                self.note_value(scope, entity, span);
                self.param(index, span)
            }
            Lookup::Settled => None,
            Lookup::Found(_) if self.names.is_broken(self.unit, name) => None,
            Lookup::Found(_) | Lookup::Missing => {
                match wanted {
                    Some(Kind::Enum(id)) => self.unknown_value(id, name, span),
                    _ => self.unknown_name(name, span, scope),
                }
                None
            }
        }
    }

    /// The value of a parameter; reports one that is a list.
    fn param(&mut self, index: usize, span: Span) -> Option<Expr> {
        let id = self.param_id(index)?;
        let param = &self.program.params[id];
        if matches!(param.value, ParamValue::List(_)) {
            self.lone_list(span);
            return None;
        }
        Some(Expr::new(ExprKind::Param(id), param.kind, span))
    }

    /// Notes a name that stands where a local name may stand too, unless its other spelling is one.
    fn note_value(&mut self, scope: &Scope, entity: Entity, span: Span) {
        if let Some(spellings) = self.spellings(entity) {
            self.note_unless_local(scope, &spellings, span);
        }
    }

    fn note_unless_local(&mut self, scope: &Scope, spellings: &Spellings, span: Span) {
        let (name, label) = spellings;
        if scope.get(name).is_none() && scope.get(label).is_none() {
            self.note_spellings(span, spellings);
        }
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

    /// The value of an enum by its name or its label; `None` where it has none, `Some(None)` where that was reported.
    #[expect(clippy::option_option, reason = "whether there is a value, and whether it is sound")]
    fn enum_value(&mut self, scope: &Scope, id: EnumId, word: &str, span: Span) -> Option<Option<Value>> {
        let words = self.value_words(id);
        match words.find(word) {
            Found::One(index) => {
                if let Some(spellings) = words.pair(index) {
                    self.note_unless_local(scope, spellings, span);
                }
                Some(u16::try_from(index).ok().map(Value::Enum))
            }
            Found::Shared(first, second) => {
                let values = &self.program.enums[id].values;
                let names = [first, second].map(|index| values[index].name.clone());
                self.shared(word, span, &names.each_ref().map(|name| (name.as_str(), None)));
                Some(None)
            }
            Found::Nothing => None,
        }
    }

    /// What the values of an enum are called.
    fn value_words(&mut self, id: EnumId) -> Arc<Words> {
        if let Some(words) = self.value_words.get(&id) {
            return Arc::clone(words);
        }
        let values = self.program.enums[id].values.iter();
        let spelled: Vec<(&str, &str)> =
            values.map(|value| (value.name.as_str(), value.label.as_str())).collect();
        let words = Arc::new(Words::new(&spelled, may_be_name));
        self.value_words.insert(id, Arc::clone(&words));
        words
    }

    fn unknown_value(&mut self, id: EnumId, name: &str, span: Span) {
        let declared = &self.program.enums[id];
        if declared.values.is_empty() {
            return;
        }
        let label = &declared.name;
        let message =
            bilingual!("選択肢 `{label}` に値 `{name}` はない", "enum `{label}` has no value `{name}`");
        let spelled: Vec<(&str, &str)> =
            declared.values.iter().map(|value| (value.name.as_str(), value.label.as_str())).collect();
        let near = spelling::nearest(&spelled, name, may_be_name);
        let values: Vec<&str> = declared.values.iter().map(|value| value.name.as_str()).collect();
        let list = values.join(", ");
        let diagnostic = suggest(Diagnostic::new(&UNKNOWN_VALUE, span, message), near);
        self.report(diagnostic.help(bilingual!("値は {list}", "its values are {list}")));
    }

    /// `base.field`
    pub(super) fn field(
        &mut self,
        scope: &mut Scope,
        base: &ast::Expr,
        field: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        if let ast::ExprKind::Name(name) = &base.kind {
            match scope.get(name).cloned() {
                Some(Local::Row(var, fact)) => return self.row_field(scope, var, fact, field, span),
                Some(Local::Reference(expr, fact)) => {
                    let expr = copy(scope, &expr);
                    return self.follow(scope, expr, fact, field, span);
                }
                Some(Local::Value(_)) | None => {}
            }
        }
        let base_expr = self.value(scope, base, None)?;
        match base_expr.ty.kind {
            Kind::Ref(fact) => self.follow(scope, base_expr, fact, field, span),
            Kind::Period => self.edge(base_expr, field, span),
            _ => {
                let found = self.type_label(base_expr.ty);
                let message = Bilingual::new(
                    format!("{} には項目がない", found.ja),
                    format!("{} has no fields", found.en),
                );
                self.report(Diagnostic::new(&NOT_FIELD_OWNER, base.span, message));
                None
            }
        }
    }

    fn row_field(
        &mut self,
        scope: &Scope,
        var: VarId,
        fact: FactId,
        name: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        let field = self.field_named(fact, name)?;
        let ty = self.field_type(fact, field)?;
        let mut expr = Expr { kind: ExprKind::Field { var, field }, ty, span };
        expr.ty = scope.narrowed_type(path(&expr).as_ref(), ty);
        Some(expr)
    }

    fn follow(
        &mut self,
        scope: &mut Scope,
        base: Expr,
        fact: FactId,
        name: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        let field = self.field_named(fact, name)?;
        let ty = self.field_type(fact, field)?;
        let at = self.followed_at(scope, &base, fact).map(Box::new);
        let mut expr = Expr { kind: ExprKind::Follow { base: Box::new(base), fact, field, at }, ty, span };
        expr.ty = scope.narrowed_type(path(&expr).as_ref(), ty);
        Some(expr)
    }

    /// As of when a reference to a state is followed: when the event happened whose row it is of, as of when that row was read,
    /// otherwise as states are read here. So today's roster does not judge yesterday's log.
    fn followed_at(&self, scope: &mut Scope, base: &Expr, fact: FactId) -> Option<Expr> {
        if self.program.facts[fact].kind != FactKind::State {
            return None;
        }
        if let Some(var) = root(base) {
            let row = self.program.facts.get(scope.vars[var].fact);
            if let Some((event, FactKind::Event { at })) = row.map(|row| (row, row.kind)) {
                let kind = event.fields[at].ty.kind;
                return Some(Expr::new(ExprKind::Field { var, field: at }, kind, base.span));
            }
            if let Some(at) = scope.moment_of(var).cloned() {
                return Some(copy(scope, &at));
            }
        }
        (scope.reading == Reading::Moment).then(|| Expr::new(ExprKind::Moment, Kind::DateTime, base.span))
    }

    /// The type of a field; `None` where it is wrong.
    pub(super) fn field_type(&self, fact: FactId, field: FieldId) -> Option<Type> {
        let known = !self.untyped.contains(&(fact, field));
        known.then(|| self.program.facts[fact].fields[field].ty)
    }

    /// The field of that name or label; reports where there is none.
    pub(super) fn field_named(&mut self, fact: FactId, name: &ast::Name) -> Option<FieldId> {
        let words = self.field_words(fact);
        let index = match words.find(&name.text) {
            Found::One(index) => index,
            Found::Shared(first, second) => {
                self.shared_field(fact, name, [first, second]);
                return None;
            }
            Found::Nothing => {
                self.no_field_named(fact, name);
                return None;
            }
        };
        if let Some(spellings) = words.pair(index) {
            self.note_spellings(name.span, spellings);
        }
        Some(FieldId::from_index(index))
    }

    /// What the fields of a fact are called. Those of a fact that is being declared are still to come.
    fn field_words(&mut self, fact: FactId) -> Arc<Words> {
        let fields = &self.program.facts[fact].fields;
        if let Some(words) = self.field_words.get(&fact).filter(|words| words.len() == fields.len()) {
            return Arc::clone(words);
        }
        let spelled: Vec<(&str, &str)> =
            fields.values().map(|field| (field.name.as_str(), field.label.as_str())).collect();
        let words = Arc::new(Words::new(&spelled, may_be_field));
        self.field_words.insert(fact, Arc::clone(&words));
        words
    }

    /// Reports a word that is the label of two fields.
    fn shared_field(&mut self, fact: FactId, name: &ast::Name, fields: [usize; 2]) {
        let declared = &self.program.facts[fact];
        let [first, second] = fields.map(|index| declared.fields[FieldId::from_index(index)].name.clone());
        let owner = Some(declared.span);
        self.shared(&name.text, name.span, &[(&first, owner), (&second, None)]);
    }

    /// Reports that a word is not the name of any field.
    fn no_field_named(&mut self, fact: FactId, name: &ast::Name) {
        let declared = &self.program.facts[fact];
        let spelled: Vec<(&str, &str)> =
            declared.fields.values().map(|field| (field.name.as_str(), field.label.as_str())).collect();
        let (owner, place) = (declared.name.clone(), declared.span);
        let near = spelling::nearest(&spelled, &name.text, may_be_field).map(str::to_owned);
        self.unknown_field(&owner, near.as_deref(), name, place);
    }

    /// Reports a field that something does not have.
    fn unknown_field(&mut self, owner: &str, near: Option<&str>, name: &ast::Name, declared: Span) {
        let text = &name.text;
        let message = bilingual!("`{owner}` に項目 `{text}` はない", "`{owner}` has no field `{text}`");
        let diagnostic = suggest(Diagnostic::new(&UNKNOWN_FIELD, name.span, message), near)
            .and(declared, Bilingual::new("証拠の宣言", "the fact is declared here"));
        self.report(diagnostic);
    }

    /// `period.start`, `period.end`
    fn edge(&mut self, period: Expr, field: &ast::Name, span: Span) -> Option<Expr> {
        let index = EDGES.iter().position(|(name, label)| field.text == *name || field.text == *label);
        let edge = match index {
            Some(0) => Edge::Start,
            Some(_) => Edge::End,
            None => {
                let other = &field.text;
                let message = bilingual!("期間に `{other}` はない", "a period has no `{other}`");
                let help = Bilingual::new(
                    "⟦period.start|期間.初日⟧ か ⟦period.end|期間.末日⟧",
                    "⟦period.start|期間.初日⟧ or ⟦period.end|期間.末日⟧",
                );
                self.report(Diagnostic::new(&UNKNOWN_FIELD, field.span, message).help(help));
                return None;
            }
        };
        let (name, label) = EDGES[index?];
        self.note_spellings(field.span, &(Arc::from(name), Arc::from(label)));
        Some(Expr::new(ExprKind::Edge { period: Box::new(period), edge }, Kind::Date, span))
    }
}

/// The variable of the row that a reference is, in the end, a field of.
fn root(base: &Expr) -> Option<VarId> {
    match &base.kind {
        ExprKind::Field { var, .. } => Some(*var),
        ExprKind::Follow { base: inner, .. }
        | ExprKind::Named { body: inner, .. }
        | ExprKind::Else { value: inner, .. }
        | ExprKind::If { then: inner, .. } => root(inner),
        _ => None,
    }
}
