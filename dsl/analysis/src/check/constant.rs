//! Parameters and other values that are known before any evidence is.

use kijun_ir::{Cell, ExprKind, FactId, Index, Kind, Param, ParamId, ParamValue, Type, Value};
use kijun_source::{Bilingual, Diagnostic, SourceFile, Span, bilingual};
use kijun_syntax::ast::{self, CellValue};

use crate::check::scope::Scope;
use crate::check::{Checker, Lookup, literal};
use crate::diagnostics::{NOT_CONSTANT, UNKNOWN_NAME};
use crate::names::{Declared, Entity, suggest};
use crate::{Options, Override};

pub(super) fn params(checker: &mut Checker<'_>, options: &Options) {
    let names = checker.names;
    for Declared { unit, tree } in &names.params {
        checker.unit = *unit;
        let id = param(checker, tree, options);
        checker.params.push(id);
    }
    for given in &options.overrides {
        let name = &given.name;
        let declared = || names.params.iter().map(|param| param.tree.name.text.as_str());
        if !declared().any(|declared| declared == name) {
            let message =
                bilingual!("パラメータ `{name}` はこの規則集にない", "the ruleset has no parameter `{name}`");
            let nearest = kijun_source::nearest(name, declared());
            checker.report(suggest(Diagnostic::new(&UNKNOWN_NAME, given.name_span, message), nearest));
        }
    }
}

fn param(checker: &mut Checker<'_>, declared: &ast::Param, options: &Options) -> Option<ParamId> {
    let shape = Shape { kind: checker.element_type(&declared.ty)?.kind, list: declared.ty.list };
    let default = param_value(checker, &declared.default, shape)?;
    let given = options.overrides.iter().find(|given| given.name == declared.name.text);
    let overriding = match given {
        Some(given) => Some((overridden(checker, given, shape)?, given.value_span)),
        None => None,
    };
    let settings: Vec<(ParamValue, Span)> =
        std::iter::once((default, declared.default.span)).chain(overriding).collect();
    let id = checker.program.to_mut().params.push(Param {
        name: declared.name.text.clone(),
        label: declared.label.value.clone(),
        kind: shape.kind,
        overridden: given.is_some(),
        value: settings.last()?.0.clone(),
        rationale: declared.rationale.value.clone(),
    });
    checker.settings.extend(settings.into_iter().map(|(value, span)| (id, value, span)));
    Some(id)
}

/// What the value of a parameter is: one of a kind, or a list of them.
#[derive(Clone, Copy)]
struct Shape {
    kind: Kind,
    list: bool,
}

fn param_value(checker: &mut Checker<'_>, written: &ast::Expr, shape: Shape) -> Option<ParamValue> {
    if !shape.list {
        return value(checker, written, shape.kind).map(ParamValue::One);
    }
    let ast::ExprKind::List(elements) = &written.kind else {
        let message = Bilingual::new("ここには一覧を書く", "a list is needed here");
        let help = Bilingual::new("`[\"a\", \"b\"]` のように書く", "write it as `[\"a\", \"b\"]`");
        checker.report(Diagnostic::new(&NOT_CONSTANT, written.span, message).help(help));
        return None;
    };
    let values: Vec<Option<Value>> =
        elements.iter().map(|element| value(checker, element, shape.kind)).collect();
    values.into_iter().collect::<Option<_>>().map(ParamValue::List)
}

/// The value that the workspace gives. What is wrong with it is reported where it stands there.
fn overridden(checker: &mut Checker<'_>, given: &Override, shape: Shape) -> Option<ParamValue> {
    if shape.kind == Kind::Text && !shape.list {
        return Some(ParamValue::One(literal::text(&given.value)));
    }
    let file =
        SourceFile { id: given.value_span.file, path: String::new(), text: given.value.as_str().into() };
    let reported = checker.diagnostics.len();
    let (written, problems) = kijun_syntax::parse_expr(&file);
    checker.diagnostics.extend(problems);
    // The names in it stand in no file of the language.
    let uses = checker.uses.take();
    let value = written.and_then(|written| param_value(checker, &written, shape));
    checker.uses = uses;
    for diagnostic in &mut checker.diagnostics[reported..] {
        if let Some(primary) = &mut diagnostic.primary {
            primary.span = given.value_span;
        }
    }
    value
}

/// The parameter and the value that a test gives it; reports what is none.
pub(super) fn setting(
    checker: &mut Checker<'_>,
    name: &ast::Name,
    written: &ast::Expr,
) -> Option<(ParamId, ParamValue)> {
    let (declared, id) = param_named(checker, name)?;
    let shape = Shape { kind: checker.program.params[id].kind, list: declared.ty.list };
    param_value(checker, written, shape).map(|value| (id, value))
}

/// The parameter of a name, with its declaration; reports what is none.
pub(super) fn param_named<'a>(
    checker: &mut Checker<'a>,
    name: &ast::Name,
) -> Option<(&'a ast::Param, ParamId)> {
    match checker.lookup(&name.text, name.span) {
        Lookup::Found(entity @ Entity::Param(index)) => {
            checker.note(entity, name.span);
            Some((checker.names.params[index].tree, checker.param_id(index)?))
        }
        Lookup::Settled => None,
        Lookup::Found(_) | Lookup::Missing => {
            let text = &name.text;
            let message =
                bilingual!("パラメータ `{text}` は宣言されていない", "no parameter is named `{text}`");
            let near = checker.names.nearest(checker.unit, text, |entity| matches!(entity, Entity::Param(_)));
            checker.report(suggest(Diagnostic::new(&UNKNOWN_NAME, name.span, message), near));
            None
        }
    }
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
    // Most cells are literals, and there are many: no expression is made of them first.
    if literal::is_literal(written) {
        let (value, kind) = literal::value(checker, written, Some(ty.kind))?;
        checker.fits(ty.kind, Type::required(kind), written.span)?;
        return Some(Cell::Known(value));
    }
    let mut scope = Scope::default();
    let expr = checker.expr_of(&mut scope, written, ty.kind)?;
    match expr.kind {
        ExprKind::NoneLiteral if ty.optional => Some(Cell::None),
        ExprKind::NoneLiteral => {
            checker.mismatch(written.span, ty.kind, expr.ty);
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

/// The cells of a row of constants, one a field; `otherwise` fills those that are not written. What is wrong is reported.
pub(super) fn cells(
    checker: &mut Checker<'_>,
    fact: FactId,
    written: &[(ast::Name, CellValue)],
    otherwise: impl Fn(Type) -> Cell,
) -> Option<Vec<Cell>> {
    let fields = checker.program.facts[fact].fields.values();
    let mut cells: Vec<Cell> = fields.map(|field| otherwise(field.ty)).collect();
    let mut sound = true;
    for (name, value) in written {
        let Some(field) = checker.field_named(fact, name) else {
            sound = false;
            continue;
        };
        let cell = match value {
            CellValue::Unknown(_) => Some(Cell::Unknown),
            CellValue::Expr(written) => {
                checker.field_type(fact, field).and_then(|ty| cell(checker, written, ty))
            }
        };
        sound &= cell.is_some();
        cells[field.index()] = cell.unwrap_or(Cell::Unknown);
    }
    sound.then_some(cells)
}

impl Checker<'_> {
    /// The id of a parameter by its declaration; `None` where the declaration is wrong.
    pub(super) fn param_id(&self, index: usize) -> Option<ParamId> {
        self.params.get(index).copied().flatten()
    }
}
