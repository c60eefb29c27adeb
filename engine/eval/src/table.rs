//! Rows of one fact as typed columns over a shared dictionary of texts.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{Cell, Duration, Fact, FieldId, Index, Kind, Period, Value};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::written::compare_units;

/// The texts of all tables, each once. Equal texts have equal codes, whatever table they stand in.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    texts: Vec<Arc<str>>,
    codes: FxHashMap<Arc<str>, u32>,
}

impl Dictionary {
    /// The code of a text, given on first sight.
    pub fn intern(&mut self, text: &Arc<str>) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let code = u32::from_index(self.texts.len());
        self.texts.push(Arc::clone(text));
        self.codes.insert(Arc::clone(text), code);
        code
    }

    /// The code of a text, if any table holds it.
    pub fn code(&self, text: &str) -> Option<u32> {
        self.codes.get(text).copied()
    }

    /// The text of a code of this dictionary.
    pub fn text(&self, code: u32) -> &Arc<str> {
        &self.texts[code as usize]
    }
}

/// What gives texts codes and codes texts.
pub trait TextCodes {
    /// The code of a text, given on first sight.
    fn intern(&mut self, text: &Arc<str>) -> u32;
    /// The text of a code that was given.
    fn text(&self, code: u32) -> Arc<str>;
}

impl TextCodes for Dictionary {
    fn intern(&mut self, text: &Arc<str>) -> u32 {
        Dictionary::intern(self, text)
    }

    fn text(&self, code: u32) -> Arc<str> {
        Arc::clone(Dictionary::text(self, code))
    }
}

/// Row numbers and codes are 32 bits wide.
trait FromIndex {
    fn from_index(index: usize) -> Self;
}

impl FromIndex for u32 {
    fn from_index(index: usize) -> Self {
        u32::try_from(index).unwrap_or(u32::MAX)
    }
}

/// Where a row came from. That of a derived row, of a table's and of the calendar's says only its position, as a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// The position of the source among those of the fact.
    pub source: u32,
    /// Of a state: the position of the collection among those of the source.
    pub collection: u32,
    /// The position of the file among the artifacts of the evidence.
    pub artifact: u32,
    /// The line on which the row begins, from 1; for a test, the position of the row.
    pub line: u32,
}

/// Whether a cell holds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It does.
    Known,
    /// It holds `none`.
    None,
    /// It is not known what it holds.
    Unknown,
}

/// The values of one field. Where a cell holds none, the value is an arbitrary one of the type.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Codes of the dictionary; also for references and keys.
    Text(Vec<u32>),
    /// Integers.
    Int(Vec<i64>),
    /// Decimals.
    Decimal(Vec<Decimal>),
    /// Yes or no.
    Bool(Vec<bool>),
    /// Days.
    Date(Vec<Date>),
    /// Instants.
    DateTime(Vec<Timestamp>),
    /// Lengths of time.
    Duration(Vec<Duration>),
    /// Periods.
    Period(Vec<Period>),
    /// Addresses.
    Ip(Vec<IpAddr>),
    /// Networks.
    Cidr(Vec<IpNet>),
    /// Positions among the values of an enum.
    Enum(Vec<u16>),
}

/// The rows of one fact. INVARIANT: events stand in the order of time, states in that of their keys; ties by the other cells, then by
/// origin, so that the order does not depend on that of the files.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    presence: Vec<Vec<Presence>>,
    origins: Vec<Origin>,
}

impl Table {
    /// How many rows there are.
    pub fn len(&self) -> u32 {
        u32::from_index(self.origins.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// The values of a field.
    pub fn column(&self, field: FieldId) -> &Column {
        &self.columns[field.index()]
    }

    /// Which cells of a field hold values.
    pub fn presence(&self, field: FieldId) -> &[Presence] {
        &self.presence[field.index()]
    }

    /// Whether a cell holds a value.
    pub fn is_known(&self, row: u32, field: FieldId) -> bool {
        self.presence[field.index()][row as usize] == Presence::Known
    }

    /// Where a row came from.
    pub fn origin(&self, row: u32) -> Origin {
        self.origins[row as usize]
    }

    /// One cell.
    pub fn cell(&self, texts: &impl TextCodes, row: u32, field: FieldId) -> Cell {
        let at = row as usize;
        match self.presence[field.index()][at] {
            Presence::None => Cell::None,
            Presence::Unknown => Cell::Unknown,
            Presence::Known => Cell::Known(match &self.columns[field.index()] {
                Column::Text(values) => Value::Text(texts.text(values[at])),
                Column::Int(values) => Value::Int(values[at]),
                Column::Decimal(values) => Value::Decimal(values[at]),
                Column::Bool(values) => Value::Bool(values[at]),
                Column::Date(values) => Value::Date(values[at]),
                Column::DateTime(values) => Value::DateTime(values[at]),
                Column::Duration(values) => Value::Duration(values[at]),
                Column::Period(values) => Value::Period(values[at]),
                Column::Ip(values) => Value::Ip(values[at]),
                Column::Cidr(values) => Value::Cidr(values[at]),
                Column::Enum(values) => Value::Enum(values[at]),
            }),
        }
    }
}

/// Gathers rows for a [`Table`].
#[derive(Debug)]
pub struct TableBuilder {
    kinds: Vec<Kind>,
    lead: Option<FieldId>,
    rows: Vec<(Vec<Cell>, Origin)>,
}

impl TableBuilder {
    /// A table of `fact` without rows.
    pub fn new(fact: &Fact) -> Self {
        let lead = fact.time().or(fact.key);
        Self { kinds: fact.fields.values().map(|field| field.ty.kind).collect(), lead, rows: Vec::new() }
    }

    /// Adds a row: one cell a field, in the order of the fields, each `none`, unknown, or of the field's kind.
    pub fn push(&mut self, cells: Vec<Cell>, origin: Origin) {
        self.rows.push((cells, origin));
    }

    /// Puts the rows in order and into columns. A cell of another kind than its field's becomes unknown.
    pub fn finish(mut self, texts: &mut impl TextCodes) -> Table {
        let lead = self.lead;
        self.rows.sort_by(|a, b| compare_rows(lead, a, b));
        let columns = (0..self.kinds.len()).map(|field| self.column(field, texts)).collect::<Vec<_>>();
        let (columns, presence) = columns.into_iter().unzip();
        Table { columns, presence, origins: self.rows.iter().map(|(_, origin)| *origin).collect() }
    }

    fn column(&self, field: usize, texts: &mut impl TextCodes) -> (Column, Vec<Presence>) {
        let cells = || self.rows.iter().map(|(cells, _)| cells.get(field).unwrap_or(&Cell::Unknown));
        let presence = cells().map(|cell| presence_of(cell, self.kinds[field])).collect();
        macro_rules! gather {
            ($column:ident, $blank:expr, $value:ident => $stored:expr) => {
                Column::$column(
                    cells()
                        .map(
                            |cell| {
                                if let Cell::Known(Value::$column($value)) = cell { $stored } else { $blank }
                            },
                        )
                        .collect(),
                )
            };
        }
        let column = match self.kinds[field] {
            Kind::Text | Kind::Ref(_) => {
                let blank = texts.intern(&Arc::from(""));
                gather!(Text, blank, text => texts.intern(text))
            }
            Kind::Int => gather!(Int, 0, value => *value),
            Kind::Decimal => gather!(Decimal, Decimal::ZERO, value => *value),
            Kind::Bool => gather!(Bool, false, value => *value),
            Kind::Date => gather!(Date, Date::ZERO, value => *value),
            Kind::DateTime => gather!(DateTime, Timestamp::UNIX_EPOCH, value => *value),
            Kind::Duration => gather!(Duration, Duration::default(), value => *value),
            Kind::Period => gather!(Period, Period { start: Date::ZERO, end: Date::ZERO }, value => *value),
            Kind::Ip => gather!(Ip, IpAddr::V4(Ipv4Addr::UNSPECIFIED), value => *value),
            Kind::Cidr => gather!(Cidr, IpNet::default(), value => *value),
            Kind::Enum(_) => gather!(Enum, 0, value => *value),
        };
        (column, presence)
    }
}

fn presence_of(cell: &Cell, kind: Kind) -> Presence {
    match cell {
        Cell::None => Presence::None,
        Cell::Known(value) if value.is_of(kind) => Presence::Known,
        Cell::Unknown | Cell::Known(_) => Presence::Unknown,
    }
}

fn compare_rows(lead: Option<FieldId>, a: &(Vec<Cell>, Origin), b: &(Vec<Cell>, Origin)) -> Ordering {
    let by_lead =
        lead.map_or(Ordering::Equal, |field| compare_cells(a.0.get(field.index()), b.0.get(field.index())));
    let by_cells = || {
        let pairs = a.0.iter().zip(&b.0);
        pairs
            .map(|(a, b)| compare_cells(Some(a), Some(b)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    };
    by_lead.then_with(by_cells).then_with(|| a.1.cmp(&b.1))
}

/// Unknown before `none` before values. Durations are ordered unit by unit, because a month and thirty days have no order
/// as values, and an order of rows must be total.
fn compare_cells(a: Option<&Cell>, b: Option<&Cell>) -> Ordering {
    let rank = |cell: Option<&Cell>| match cell {
        None | Some(Cell::Unknown) => 0,
        Some(Cell::None) => 1,
        Some(Cell::Known(_)) => 2,
    };
    match (a, b) {
        (Some(Cell::Known(Value::Duration(a))), Some(Cell::Known(Value::Duration(b)))) => {
            compare_units(*a, *b)
        }
        (Some(Cell::Known(a)), Some(Cell::Known(b))) => a.compare(b).unwrap_or(Ordering::Equal),
        _ => rank(a).cmp(&rank(b)),
    }
}
