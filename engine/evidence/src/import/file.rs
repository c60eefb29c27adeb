//! Reads one evidence file into rows.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_ir::{Cell, Class, Fact, Field, FieldId, Index, Kind, Value, calendar};
use kijun_source::{Bilingual, FileId, Sources, Span, bilingual};

use super::mask::Masked;
use super::report::{Rejection, Shown};
use crate::manifest::{Located, Mapping, Plan};
use crate::read::{Layout, Malformed, Record, Unusable};
use crate::value::{self, Spellings, normal};

/// The rows of a file.
#[derive(Debug, Default)]
pub(super) struct FileRows {
    /// The accepted rows with their lines.
    pub(super) rows: Vec<(Vec<Cell>, u32)>,
    pub(super) rejected: Vec<Rejection>,
    /// The bytes at fault in the first rejected row.
    pub(super) first_fault: Option<Range<usize>>,
    /// Columns that no field reads.
    pub(super) unread: Vec<String>,
}

/// How the columns of a file fill the fields of a fact.
pub(super) struct Filling<'a> {
    fact: &'a Fact,
    fields: &'a [Mapping],
    zone: &'a TimeZone,
    /// The [`normal`] names of the columns, each once.
    pub(super) wanted: Vec<String>,
    /// For each field the position of its column in `wanted`.
    positions: Vec<Option<usize>>,
}

/// Texts of all files, each once in memory.
#[derive(Debug, Default)]
pub(super) struct Texts(HashSet<Arc<str>>);

impl Texts {
    fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = Arc::from(text);
        self.0.insert(Arc::clone(&new));
        new
    }
}

impl<'a> Filling<'a> {
    pub(super) fn new(fact: &'a Fact, plan: &'a Plan) -> Self {
        let mut wanted: Vec<String> = Vec::new();
        let positions = plan.fields.iter().map(|mapping| {
            let Mapping::Column { name, .. } = mapping else { return None };
            let name = normal(&name.value).into_owned();
            let position = wanted.iter().position(|other| *other == name).unwrap_or_else(|| {
                wanted.push(name);
                wanted.len() - 1
            });
            Some(position)
        });
        let positions = positions.collect();
        Self { fact, fields: &plan.fields, zone: &plan.zone, wanted, positions }
    }

    /// Reads the records of a text.
    pub(super) fn read(&self, text: &str, layout: Layout, texts: &mut Texts) -> Result<FileRows, Unusable> {
        let mut found = FileRows::default();
        found.unread = layout.read(text, &self.wanted, &mut |record| {
            let Record { start, line, texts: cells } = record;
            let row = cells.map_err(Fault::Malformed).and_then(|cells| self.row(&cells, texts));
            match row {
                Ok(cells) => found.rows.push((cells, line)),
                Err(fault) => {
                    let (range, rejection) = self.rejection(text, layout, start, line, fault);
                    found.first_fault.get_or_insert(range);
                    found.rejected.push(rejection);
                }
            }
        })?;
        Ok(found)
    }

    fn row(&self, cells: &[Option<Cow<'_, str>>], texts: &mut Texts) -> Result<Vec<Cell>, Fault> {
        let fields = self.fact.fields.iter().zip(self.fields).zip(&self.positions);
        fields
            .map(|(((id, field), mapping), position)| match (mapping, position) {
                (Mapping::Column { spellings, .. }, Some(position)) => {
                    let given = cells.get(*position).and_then(Option::as_deref);
                    let cell = self.cell(id, field, spellings, given, texts);
                    cell.map_err(|reason| Fault::Cell {
                        field: id,
                        given: given.unwrap_or("").to_owned(),
                        reason,
                    })
                }
                (Mapping::Constant(cell), _) => Ok(cell.clone()),
                (Mapping::Column { .. } | Mapping::Unmapped, _) => Ok(Cell::Unknown),
            })
            .collect()
    }

    /// A JSON object that lacks the key says nothing, not even that there is none.
    fn cell(
        &self,
        id: FieldId,
        field: &Field,
        spellings: &Spellings,
        given: Option<&str>,
        texts: &mut Texts,
    ) -> Result<Cell, Bilingual> {
        let text = given.map(normal);
        let says_none = |text: &str| spellings.none.iter().any(|none| none == text);
        let text = match text {
            Some(text) if says_none(&text) => {
                if field.ty.optional && !self.must_be_known(id) {
                    return Ok(Cell::None);
                }
                None
            }
            text => text.filter(|text| !text.is_empty()),
        };
        let Some(text) = text else {
            return if self.must_be_known(id) { Err(self.absence(id)) } else { Ok(Cell::Unknown) };
        };
        if let Kind::Text | Kind::Ref(_) = field.ty.kind {
            return Ok(Cell::Known(Value::Text(texts.intern(&text))));
        }
        value::read(&text, field.ty.kind, spellings, self.zone)
            .map(Cell::Known)
            .map_err(|error| error.reason())
    }

    /// A row without its key or its time could be any row.
    fn must_be_known(&self, id: FieldId) -> bool {
        self.fact.key == Some(id) || self.time() == Some(id)
    }

    fn absence(&self, id: FieldId) -> Bilingual {
        if self.time() == Some(id) {
            bilingual!("出来事の日時がない", "the event has no time")
        } else {
            bilingual!("キーがない", "the row has no key")
        }
    }

    fn time(&self) -> Option<FieldId> {
        self.fact.time()
    }

    fn rejection(
        &self,
        text: &str,
        layout: Layout,
        start: usize,
        line: u32,
        fault: Fault,
    ) -> (Range<usize>, Rejection) {
        let (wanted, range, value, reason) = match fault {
            Fault::Malformed(Malformed { reason, range, wanted }) => (wanted, range, Shown::Nothing, reason),
            Fault::Cell { field, given, reason } => {
                let wanted = self.positions[field.index()];
                let class = wanted.and_then(|wanted| self.class_of(&self.wanted[wanted]));
                (wanted, start..start, Shown::new(&given, class.unwrap_or(Class::Personal)), reason)
            }
        };
        let header = wanted.map(|wanted| self.wanted[wanted].clone());
        let place = header.as_ref().and_then(|name| layout.locate(text, start, name));
        let rejection =
            Rejection { line, column: place.as_ref().map(|place| place.column), header, value, reason };
        (place.map_or(range, |place| place.range), rejection)
    }

    /// The strictest class of the fields that read a column; `None` where none does.
    fn class_of(&self, column: &str) -> Option<Class> {
        let fields = self.fact.fields.values().zip(&self.positions);
        let reading = fields.filter(|(_, position)| position.is_some_and(|at| self.wanted[at] == column));
        reading.map(|(field, _)| field.class).max()
    }

    /// The name of the column that fills a field.
    pub(super) fn column_of(&self, field: FieldId) -> Option<&str> {
        let position = (*self.positions.get(field.index())?)?;
        Some(&self.wanted[position])
    }

    /// The name of a wanted column as written in `kijun.toml`.
    pub(super) fn written(&self, wanted: usize) -> Option<&'a Located<String>> {
        let field = self.positions.iter().position(|position| *position == Some(wanted))?;
        match &self.fields[field] {
            Mapping::Column { name, .. } => Some(name),
            Mapping::Constant(_) | Mapping::Unmapped => None,
        }
    }

    fn classes(&self) -> BTreeMap<String, Class> {
        let named = self.wanted.iter().filter_map(|name| Some((name.clone(), self.class_of(name)?)));
        named.collect()
    }

    /// The day of a row's event in the zone of the source, if the row has one.
    pub(super) fn day_of(&self, cells: &[Cell]) -> Option<Date> {
        match cells.get(self.time()?.index())? {
            Cell::Known(Value::Date(date)) => Some(*date),
            Cell::Known(Value::DateTime(instant)) => Some(calendar::date_of(*instant, self.zone)),
            _ => None,
        }
    }

    /// The text of a file, ready to be pointed into.
    pub(super) fn shelve(&self, path: &str, text: String, layout: Layout) -> Shelved {
        let columns = self.fact.fields.ids().map(|field| self.column_of(field).map(str::to_owned)).collect();
        Shelved { path: path.to_owned(), text, layout, classes: self.classes(), columns, shown: None }
    }
}

/// Why a row is rejected.
enum Fault {
    Malformed(Malformed),
    Cell { field: FieldId, given: String, reason: Bilingual },
}

/// A decoded file. It joins the sources only when something points into it.
pub(super) struct Shelved {
    pub(super) path: String,
    text: String,
    layout: Layout,
    classes: BTreeMap<String, Class>,
    /// The name of the column that fills each field.
    columns: Vec<Option<String>>,
    shown: Option<(FileId, Masked)>,
}

impl Shelved {
    /// The span of a part of the text among the sources.
    pub(super) fn span(&mut self, sources: &mut Sources, range: Range<usize>) -> Span {
        let (file, masked) = self.shown.get_or_insert_with(|| {
            let cells = self.layout.cells(&self.text).into_iter();
            let cells = cells.map(|(range, name)| {
                let class = name.and_then(|name| self.classes.get(&name).copied());
                (range, class)
            });
            let masked = Masked::new(&self.text, cells.collect());
            (sources.add(self.path.as_str(), masked.text.as_str()), masked)
        });
        let range = masked.range(range);
        Span::new(*file, range.start, range.end)
    }

    /// The span of the cell of a field in the row that begins on `line`; of the line's beginning where it has no cell.
    pub(super) fn cell(&mut self, sources: &mut Sources, line: u32, field: FieldId) -> Span {
        let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
        let start = std::iter::once(0).chain(breaks).nth(line.saturating_sub(1) as usize).unwrap_or(0);
        let column = self.columns.get(field.index()).and_then(Option::as_deref);
        let place = column.and_then(|name| self.layout.locate(&self.text, start, name));
        self.span(sources, place.map_or(start..start, |place| place.range))
    }
}
