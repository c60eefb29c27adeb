//! Parameters and other values that are known before any evidence is.

use kijun_ir::{Cell, ExprKind, Index, Kind, Param, ParamId, Type, Value};
use kijun_source::{Bilingual, Diagnostic, SourceFile, Span, bilingual};
use kijun_syntax::ast;

use crate::check::scope::Scope;
use crate::check::{Checker, literal};
use crate::diagnostics::{NOT_CONSTANT, UNKNOWN_NAME};
use crate::names::{Entity, suggest};
use crate::{Options, Override};

pub(super) fn params(checker: &mut Checker<'_>, options: &Options) {
    for declared in checker.names.params.clone() {
        let param = param(checker, declared, options);
        let id = param.map(|param| checker.program.params.push(param));
        checker.params.push(id);
    }
    for given in &options.overrides {
        if !matches!(checker.names.get(&given.name), Some(Entity::Param(_))) {
            let name = &given.name;
            let message =
                bilingual!("パラメータ `{name}` はこの規則集にない", "the ruleset has no parameter `{name}`");
            let nearest = checker.names.nearest(name, |entity| matches!(entity, Entity::Param(_)));
            checker.report(suggest(Diagnostic::new(&UNKNOWN_NAME, given.name_span, message), nearest));
        }
    }
}

fn param(checker: &mut Checker<'_>, declared: &ast::Param, options: &Options) -> Option<Param> {
    let kind = checker.value_type(&declared.ty)?.kind;
    let default = value(checker, &declared.default, kind)?;
    let given = options.overrides.iter().find(|given| given.name == declared.name.text);
    let overriding = match given {
        Some(given) => Some(overridden(checker, given, kind)?),
        None => None,
    };
    Some(Param {
        name: declared.name.text.clone(),
        label: declared.label.value.clone(),
        kind,
        overridden: overriding.is_some(),
        value: overriding.unwrap_or(default),
        rationale: declared.rationale.value.clone(),
    })
}

/// The value that the workspace gives. What is wrong with it is reported where it stands there.
fn overridden(checker: &mut Checker<'_>, given: &Override, kind: Kind) -> Option<Value> {
    if kind == Kind::Text {
        return Some(literal::text(&given.value));
    }
    let file =
        SourceFile { id: given.value_span.file, path: String::new(), text: given.value.as_str().into() };
    let reported = checker.diagnostics.len();
    let (written, problems) = kijun_syntax::parse_expr(&file);
    checker.diagnostics.extend(problems);
    let value = written.and_then(|written| value(checker, &written, kind));
    for diagnostic in &mut checker.diagnostics[reported..] {
        if let Some(primary) = &mut diagnostic.primary {
            primary.span = given.value_span;
        }
    }
    value
}

/// The value of a constant of that kind; reports what is none.
pub(super) fn value(checker: &mut Checker<'_>, written: &ast::Expr, kind: Kind) -> Option<Value> {
    match cell(checker, written, Type::required(kind))? {
        Cell::Known(value) => Some(value),
        Cell::None | Cell::Unknown => None,
    }
}

/// The cell that a constant of that type fills; reports what is none.
pub(super) fn cell(checker: &mut Checker<'_>, written: &ast::Expr, ty: Type) -> Option<Cell> {
    let mut scope = Scope::default();
    let expr = checker.expr_of(&mut scope, written, ty.kind)?;
    match expr.kind {
        ExprKind::NoneLiteral if ty.optional => Some(Cell::None),
        ExprKind::NoneLiteral => {
            let diagnostic = checker.mismatch(written.span, ty.kind, expr.ty);
            checker.report(diagnostic);
            None
        }
        ExprKind::Literal(value) => Some(Cell::Known(value)),
        _ => {
            not_constant(checker, written.span);
            None
        }
    }
}

fn not_constant(checker: &mut Checker<'_>, span: Span) {
    let message = Bilingual::new("ここには値そのものを書く", "a value is needed here, not a computation");
    checker.report(
        Diagnostic::new(&NOT_CONSTANT, span, message)
            .help(Bilingual::new("日付・数・文字列などを直接書く", "write a date, a number or a text")),
    );
}

/// The id of a parameter by its declaration; `None` where the declaration is wrong.
pub(super) fn param_id(checker: &Checker<'_>, index: usize) -> Option<ParamId> {
    checker.params.get(index).copied().flatten().map(|id| ParamId::from_index(id.index()))
}
