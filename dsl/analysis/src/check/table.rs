//! Tables: constant rows that belong to the ruleset.

use std::collections::BTreeMap;

use kijun_ir::{Cell, FactId, Value};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{self, CellValue};

use crate::check::{Checker, constant, fact};
use crate::diagnostics::TABLE_ROW;
use crate::names::{Declared, Entity};

pub(super) fn fields(checker: &mut Checker<'_>) {
    each(checker, |checker, id, table| {
        fact::key(checker, &table.fields);
        checker.program.to_mut().facts[id].fields = fact::fields(checker, id, &table.fields);
    });
}

pub(super) fn rows(checker: &mut Checker<'_>) {
    each(checker, |checker, id, table| {
        let rows: Vec<Vec<Cell>> = table.rows.iter().filter_map(|row| self::row(checker, id, row)).collect();
        if rows.len() == table.rows.len() {
            distinct(checker, id, table, &rows);
        }
        checker.program.to_mut().facts[id].rows = rows;
    });
}

fn each(checker: &mut Checker<'_>, mut work: impl FnMut(&mut Checker<'_>, FactId, &ast::Table)) {
    let names = checker.names;
    for (index, Declared { unit, tree }) in names.tables.iter().enumerate() {
        checker.unit = *unit;
        if let Some(id) = names.fact_id(Entity::Table(index)) {
            work(checker, id, tree);
        }
    }
}

fn row(checker: &mut Checker<'_>, table: FactId, written: &ast::Row) -> Option<Vec<Cell>> {
    for (_, value) in &written.cells {
        if let CellValue::Unknown(span) = value {
            let message =
                Bilingual::new("表の値は不明ではありえない", "a value of a table cannot be unknown");
            let help = Bilingual::new("値そのものを書く", "write the value");
            checker.report(Diagnostic::new(&TABLE_ROW, *span, message).help(help));
            return None;
        }
    }
    let absent = |ty: kijun_ir::Type| if ty.optional { Cell::None } else { Cell::Unknown };
    let cells = constant::cells(checker, table, &written.cells, absent)?;
    let fields = &checker.program.facts[table].fields;
    let missing = fields.values().zip(&cells).find(|(_, cell)| **cell == Cell::Unknown);
    if let Some((field, _)) = missing {
        let name = &field.name;
        let message = bilingual!("`{name}` の値がない", "the value of `{name}` is missing");
        let help = bilingual!("`{name}: 値` を書く", "write `{name}: value`");
        checker.report(Diagnostic::new(&TABLE_ROW, written.span, message).help(help));
        return None;
    }
    Some(cells)
}

/// Reports a key that two rows have.
fn distinct(checker: &mut Checker<'_>, id: FactId, table: &ast::Table, rows: &[Vec<Cell>]) {
    let Some(key) = checker.program.facts[id].key else { return };
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for (row, written) in rows.iter().zip(&table.rows) {
        let Cell::Known(Value::Text(name)) = &row[kijun_ir::Index::index(key)] else { continue };
        if let Some(other) = first.insert(name, written.span) {
            let message = bilingual!("キー「{name}」の行が二つある", "two rows have the key `{name}`");
            checker.report(
                Diagnostic::new(&TABLE_ROW, written.span, message)
                    .and(other, Bilingual::new("最初の行", "the first row"))
                    .help(Bilingual::new("どちらかを消す", "remove one of them")),
            );
        }
    }
}
