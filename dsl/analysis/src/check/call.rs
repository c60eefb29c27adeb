//! Definitions, and calls of them: their bodies put in the place of the call.

use kijun_ir::{Expr, ExprKind, FactId, FieldId, Kind, Type};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast;

use crate::check::scope::{Local, Reading, Scope};
use crate::check::{Checker, Lookup};
use crate::diagnostics::{ARGUMENTS, UNKNOWN_FUNCTION};
use crate::names::{Declared, Entity, suggest};

/// How deep definitions may use definitions.
const DEEPEST: usize = 16;

/// How many calls may come of one.
const MOST: usize = 1000;

/// The fact of no row.
const NOWHERE: FactId = FactId(u32::MAX);

/// Checks every definition on its own, in an order in which those it uses come before it.
pub(super) fn defines(checker: &mut Checker<'_>, order: &[usize]) {
    checker.defines = vec![None; checker.names.defines.len()];
    for index in order {
        let declared = checker.names.defines[*index];
        checker.unit = declared.unit;
        checker.defines[*index] = define(checker, declared.tree);
    }
}

/// The type of a definition's body with its parameters as they are declared; `None` where it is wrong.
fn define(checker: &mut Checker<'_>, declared: &ast::Define) -> Option<Type> {
    let mut scope = Scope::reading(Reading::Definition);
    let mut sound = true;
    for (name, ty) in &declared.parameters {
        match checker.parameter(ty) {
            Some(Parameter::Row(fact)) => {
                scope.bind(&name.text, fact);
            }
            Some(Parameter::Value(ty)) => {
                // Only the type of an argument matters here, and that the same argument is meant each time: a field of no fact.
                let var = scope.variable(&name.text, NOWHERE);
                let kind = ExprKind::Field { var, field: FieldId(0) };
                scope.define(&name.text, Local::Value(Expr { kind, ty, span: name.span }));
            }
            None => sound = false,
        }
    }
    let body = if sound { checker.expr(&mut scope, &declared.body, None) } else { None };
    body.map(|body| body.ty)
}

/// What comes of a call that stands in no definition.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Expansion {
    /// How many calls so far.
    calls: usize,
    /// Where it stands.
    pub(super) span: Span,
}

/// A call as it is written.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    pub(super) span: Span,
    /// With how many arguments.
    pub(super) given: usize,
}

/// What a parameter of a definition stands for.
enum Parameter {
    Row(FactId),
    Value(Type),
}

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        scope: &mut Scope,
        name: &ast::Name,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        let index = self.definition(name)?;
        let Declared { unit, tree: define } = self.names.defines[index];
        if define.parameters.len() != arguments.len() {
            let wanted: Vec<&str> = define.parameters.iter().map(|(name, _)| name.text.as_str()).collect();
            let call = Call { name: &name.text, span: name.span, given: arguments.len() };
            self.wrong_arguments(call, &wanted, Some(define.name.span));
            return None;
        }
        // What is wrong with the definition has been said where it stands.
        let declared = self.defines.get(index).copied().flatten()?;
        let mut locals = Vec::new();
        for ((parameter, ty), argument) in define.parameters.iter().zip(arguments) {
            let local = match self.inside(unit, |checker| checker.parameter(ty))? {
                Parameter::Row(fact) => self.row_argument(scope, fact, argument),
                Parameter::Value(ty) => self.value_argument(scope, ty, argument),
            };
            locals.extend(local.map(|local| (parameter.text.clone(), local)));
        }
        if locals.len() != arguments.len() {
            return None;
        }
        self.may_expand(span)?;
        self.body(scope, self.names.defines[index], declared, locals, span)
    }

    /// Reports a call that definitions which use definitions make too large; once, where the first of them is called.
    fn may_expand(&mut self, span: Span) -> Option<()> {
        if self.inlined == 0 {
            self.expansion = Expansion { calls: 0, span };
        }
        self.expansion.calls += 1;
        if self.inlined < DEEPEST && self.expansion.calls <= MOST {
            return Some(());
        }
        if self.expansion.calls < usize::MAX / 2 {
            let message = Bilingual::new(
                "定義が定義を使う入れ子が深すぎるか、多すぎる",
                "definitions use definitions too deeply, or too often",
            );
            let help =
                Bilingual::new("定義を減らすか、条件を関係にする", "use fewer of them, or make a relation");
            self.report(Diagnostic::new(&ARGUMENTS, self.expansion.span, message).help(help));
            // No more calls come of this one, and no more is said of it.
            self.expansion.calls = usize::MAX / 2;
        }
        None
    }

    /// The definition of that name; reports where there is none.
    fn definition(&mut self, name: &ast::Name) -> Option<usize> {
        match self.lookup(&name.text, name.span) {
            Lookup::Found(Entity::Define(index)) => Some(index),
            Lookup::Settled => None,
            Lookup::Found(_) if self.names.is_broken(self.unit, &name.text) => None,
            Lookup::Found(_) | Lookup::Missing => {
                let text = &name.text;
                let message =
                    bilingual!("定義 `{text}` は宣言されていない", "no definition is named `{text}`");
                let near = self.names.nearest(self.unit, text, |entity| matches!(entity, Entity::Define(_)));
                let builtins = ast::Builtin::ALL.iter().flat_map(|builtin| {
                    [ast::Spelling::English, ast::Spelling::Japanese]
                        .map(|spelling| builtin.spelling(spelling))
                });
                let near = near.or_else(|| nearest(text, builtins.chain(["covered"])));
                self.report(suggest(Diagnostic::new(&UNKNOWN_FUNCTION, name.span, message), near));
                None
            }
        }
    }

    /// Does something with the names of another unit, whose uses of names are noted there.
    fn inside<T>(&mut self, unit: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.unit, unit);
        self.inlined += 1;
        let done = work(self);
        self.inlined -= 1;
        self.unit = outside;
        done
    }

    /// The body of a definition with its parameters replaced.
    fn body(
        &mut self,
        scope: &mut Scope,
        Declared { unit, tree: define }: Declared<&ast::Define>,
        declared: Type,
        locals: Vec<(String, Local)>,
        span: Span,
    ) -> Option<Expr> {
        let hidden = scope.hide();
        for (name, local) in locals {
            scope.define(&name, local);
        }
        let body = self.inside(unit, |checker| checker.expr(scope, &define.body, None));
        scope.show(hidden);
        let body = body?;
        // What arguments are known to be beyond their types can only make it surer that there is a value.
        let ty = Type { optional: body.ty.optional && declared.optional, ..body.ty };
        Some(Expr {
            kind: ExprKind::Named { name: define.name.text.clone(), param: None, body: Box::new(body) },
            ty,
            span,
        })
    }

    /// What a parameter of that type stands for; reports a type that does not exist.
    fn parameter(&mut self, ty: &ast::TypeName) -> Option<Parameter> {
        if !ty.reference
            && !ty.list
            && let Some(entity) = self.names.get(self.unit, &ty.name.text)
            && let Some(fact) = self.names.fact_id(entity)
        {
            self.note(entity, ty.name.span);
            return Some(Parameter::Row(fact));
        }
        self.value_type(ty).map(Parameter::Value)
    }

    fn value_argument(&mut self, scope: &mut Scope, ty: Type, argument: &ast::Expr) -> Option<Local> {
        let expr = self.expr_of(scope, argument, ty.kind)?;
        // The body deals with `none` where the parameter may be, whatever is known of the argument.
        let expr = if ty.optional { Expr { ty, ..expr } } else { self.present(expr, argument.span)? };
        Some(Local::Value(expr))
    }

    /// A row, or a reference to one.
    fn row_argument(&mut self, scope: &mut Scope, fact: FactId, argument: &ast::Expr) -> Option<Local> {
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
        self.mismatch(argument.span, Kind::Ref(fact), expr.ty);
        None
    }

    /// Reports a call with too few or too many arguments; `wanted` says what each stands for.
    pub(super) fn wrong_arguments(&mut self, call: Call<'_>, wanted: &[&str], declared: Option<Span>) {
        let Call { name, span, given } = call;
        let (count, list) = (wanted.len(), wanted.join(", "));
        let noun = if count == 1 { "argument" } else { "arguments" };
        let message = bilingual!(
            "`{name}` の引数は {count} 個だが {given} 個ある",
            "`{name}` takes {count} {noun}, found {given}"
        );
        let help = bilingual!("`{name}({list})` のように書く", "write it like `{name}({list})`");
        let diagnostic = Diagnostic::new(&ARGUMENTS, span, message).help(help);
        self.report(match declared {
            Some(declared) => diagnostic.and(declared, Bilingual::new("ここで宣言", "declared here")),
            None => diagnostic,
        });
    }
}
