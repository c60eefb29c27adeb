//! Resolves the facts, fields and enum values that `kijun.toml` names.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_ir::{Cell, Enum, Fact, FactId, FactKind, Field, FieldId, Index, Kind, Program};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, codes, nearest};

use super::sections::suggest;
use super::{
    ColumnOrigin, ColumnTable, Completeness, Dating, Encoding, Format, Located, Manifest, PathPattern,
    SourceTable,
};
use crate::value::{self, Spellings, normal};

codes! {
    /// The codes of this file.
    pub(crate) CODES;
    /// A fact that no ruleset declares.
    UNKNOWN_FACT "KJ0521" Error "知らない証拠" "unknown fact";
    /// A field that the fact does not have.
    UNKNOWN_FIELD "KJ0522" Error "知らない項目" "unknown field";
    /// A field that nothing fills.
    UNMAPPED_FIELD "KJ0523" Error "列の指定がない項目" "field without a column";
    /// An optional field that nothing fills: whether there is a value is not known.
    UNMAPPED_OPTIONAL "KJ0524" Warning "列の指定がない任意項目" "optional field without a column";
    /// A value that the enum does not have.
    UNKNOWN_VALUE "KJ0525" Error "知らない選択肢" "unknown enum value";
    /// A key that means nothing for such a source or field.
    MISPLACED_KEY "KJ0526" Error "ここでは使えないキー" "key out of place";
    /// A constant that is no value of its field.
    UNREADABLE_CONSTANT "KJ0527" Error "読めない定数" "unreadable constant";
    /// One text with two meanings.
    CONFLICTING_SPELLINGS "KJ0528" Error "一つの文字列に二つの意味" "one text with two meanings";
    /// Nothing says when the evidence was taken, or what it covers; or two things do.
    UNCLEAR_TIME "KJ0529" Error "収集時点・対象期間が決まらない" "unclear time of collection";
    /// One field filled twice.
    FIELD_TWICE "KJ0530" Error "項目の指定の重複" "field filled twice";
}

/// The sources of a workspace, their names resolved.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    /// In the order of `kijun.toml`. Sources whose fact is unknown are left out.
    pub sources: Vec<BoundSource>,
}

/// A source of a fact that exists.
#[derive(Debug, Clone)]
pub struct BoundSource {
    /// Its name.
    pub name: String,
    /// The fact that it delivers.
    pub fact: FactId,
    /// How to read it; `None` where its table has errors. Such a source still counts as one that has delivered nothing.
    pub plan: Option<Plan>,
}

/// How to read a source.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How the files are written.
    pub format: Format,
    /// Where the files are.
    pub path: Located<PathPattern>,
    /// The encoding of the text.
    pub encoding: Encoding,
    /// The line of the column names, from 1.
    pub header_line: u32,
    /// The zone of the days and of the datetimes without offset in the files and their names.
    pub zone: TimeZone,
    /// When the files were taken; `None` where their names say so.
    pub collected: Option<Timestamp>,
    /// The first and the last day that the files cover; `None` for a state, or where their names say so.
    pub covers: Option<(Date, Date)>,
    /// Whether anybody vouches that nothing is missing.
    pub complete: Completeness,
    /// How each field is filled, in the order of the fact's fields.
    pub fields: Vec<Mapping>,
}

/// How one field is filled.
#[derive(Debug, Clone)]
pub enum Mapping {
    /// From a column.
    Column {
        /// The name of the column as written.
        name: Located<String>,
        /// How its texts are read.
        spellings: Spellings,
    },
    /// With the same cell in every row.
    Constant(Cell),
    /// Not at all: the cells are unknown.
    Unmapped,
}

/// Resolves the names in `kijun.toml` against the ruleset.
pub fn bind(manifest: &Manifest, program: &Program) -> (Bindings, Vec<Diagnostic>) {
    let mut binder = Binder { program, zone: &manifest.workspace.time_zone, diagnostics: Vec::new() };
    let sources = manifest.sources.iter().filter_map(|source| binder.source(source)).collect();
    (Bindings { sources }, binder.diagnostics)
}

struct Binder<'a> {
    program: &'a Program,
    zone: &'a TimeZone,
    diagnostics: Vec<Diagnostic>,
}

impl Binder<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    fn source(&mut self, source: &SourceTable) -> Option<BoundSource> {
        let fact = self.fact(source.fact.as_ref()?)?;
        let errors_before = self.errors();
        let is_event = matches!(self.program.facts[fact].kind, FactKind::Event { .. });
        self.check_header_line(source);
        self.check_time(source, is_event);
        let zone = source.time_zone.as_ref().unwrap_or(self.zone).clone();
        let fields = self.fields(source, &self.program.facts[fact], &zone);
        let sound = source.intact && self.errors() == errors_before;
        Some(BoundSource {
            name: source.name.value.clone(),
            fact,
            plan: sound.then(|| plan(source, zone, fields)).flatten(),
        })
    }

    fn fact(&mut self, name: &Located<String>) -> Option<FactId> {
        let facts = &self.program.facts;
        let text = &name.value;
        let found = facts.iter().find(|(_, fact)| fact.name == *text);
        let found = found.or_else(|| facts.iter().find(|(_, fact)| fact.label == *text));
        if let Some((id, _)) = found {
            return Some(id);
        }
        let message = bilingual!("`{text}` という証拠は規則集にない", "unknown fact `{text}`");
        let names = facts.values().flat_map(|fact| [fact.name.as_str(), fact.label.as_str()]);
        let near = nearest(text, names);
        self.report(suggest(Diagnostic::new(&UNKNOWN_FACT, name.span, message), near));
        None
    }

    fn check_header_line(&mut self, source: &SourceTable) {
        if let (Some(Format::JsonLines), Some(line)) = (source.format, &source.header_line) {
            let message = bilingual!("jsonl に見出し行はない", "`header_line` has no meaning for jsonl");
            self.report(Diagnostic::new(&MISPLACED_KEY, line.span, message));
        }
    }

    /// Exactly one thing must say when the evidence was taken, and for events exactly one what it covers.
    fn check_time(&mut self, source: &SourceTable, is_event: bool) {
        let Some(path) = source.path.as_ref().filter(|_| source.intact) else { return };
        let dating = path.value.dating();
        let name = &source.name.value;
        let problem = match (is_event, dating, &source.collected, &source.covers) {
            (_, _, None, _) if is_event || dating != Dating::Day => Some((
                source.name.span,
                bilingual!(
                    "供給元 `{name}` に `collected` がない",
                    "source `{name}` does not say when it was collected"
                ),
                bilingual!(
                    "取り出した日時を collected に書く",
                    "write the time of the export as `collected`"
                ),
            )),
            (false, Dating::Month, ..) => Some((
                path.span,
                bilingual!(
                    "状態の収集時点は月では決まらない",
                    "a month does not say when a state was collected"
                ),
                Bilingual::new("パスに {dd} も書く", "write {dd} in the path too"),
            )),
            (false, Dating::Day, Some(collected), _) => Some((
                collected.span,
                bilingual!(
                    "収集時点がパスと `collected` の両方にある",
                    "both the path and `collected` say when it was collected"
                ),
                bilingual!("どちらか一方にする", "keep one of them"),
            )),
            (false, _, _, Some(covers)) => Some((
                covers.span,
                bilingual!("`covers` は出来事だけに書く", "`covers` is for events only"),
                bilingual!("状態の時点は collected に書く", "a state has `collected` alone"),
            )),
            (true, Dating::Undated, _, None) => Some((
                source.name.span,
                bilingual!(
                    "供給元 `{name}` に `covers` がない",
                    "source `{name}` does not say what it covers"
                ),
                Bilingual::new(
                    "covers = { from = 初日, to = 末日 } を書くか、パスに {yyyy}-{MM} を書く",
                    "write covers = { from = day, to = day }, or {yyyy}-{MM} in the path",
                ),
            )),
            (true, Dating::Month | Dating::Day, _, Some(covers)) => Some((
                covers.span,
                bilingual!(
                    "対象期間がパスと `covers` の両方にある",
                    "both the path and `covers` say what it covers"
                ),
                bilingual!("どちらか一方にする", "keep one of them"),
            )),
            _ => None,
        };
        if let Some((span, message, help)) = problem {
            self.report(Diagnostic::new(&UNCLEAR_TIME, span, message).help(help));
        }
    }

    fn fields(&mut self, source: &SourceTable, fact: &Fact, zone: &TimeZone) -> Vec<Mapping> {
        let mut columns: Vec<Option<&ColumnTable>> = vec![None; fact.fields.len()];
        for column in &source.columns {
            if let Some(id) = self.field(fact, &column.field) {
                self.check_once(columns[id.index()], column);
                columns[id.index()] = Some(column);
            }
        }
        let fields = fact.fields.values().zip(columns);
        fields
            .map(|(field, column)| match column {
                Some(column) => self.mapping(field, column, zone),
                None => {
                    self.report_unmapped(source, field);
                    Mapping::Unmapped
                }
            })
            .collect()
    }

    fn field(&mut self, fact: &Fact, name: &Located<String>) -> Option<FieldId> {
        let text = &name.value;
        let by_label = || fact.fields.iter().find(|(_, field)| field.label == *text).map(|(id, _)| id);
        let found = fact.field(text).or_else(by_label);
        if found.is_none() {
            let fact_name = &fact.name;
            let message = bilingual!(
                "`{fact_name}` に `{text}` という項目はない",
                "unknown field `{text}` of `{fact_name}`"
            );
            let names = fact.fields.values().flat_map(|field| [field.name.as_str(), field.label.as_str()]);
            let near = nearest(text, names);
            self.report(suggest(Diagnostic::new(&UNKNOWN_FIELD, name.span, message), near));
        }
        found
    }

    fn check_once(&mut self, earlier: Option<&ColumnTable>, column: &ColumnTable) {
        if let Some(earlier) = earlier {
            let name = &column.field.value;
            let message = bilingual!("項目 `{name}` の指定が二つある", "field `{name}` is filled twice");
            self.report(
                Diagnostic::new(&FIELD_TWICE, column.field.span, message)
                    .and(earlier.field.span, bilingual!("一つ目", "the first")),
            );
        }
    }

    fn report_unmapped(&mut self, source: &SourceTable, field: &Field) {
        if !source.intact && source.columns.is_empty() {
            return;
        }
        let (name, label, source_name) = (&field.name, &field.label, &source.name.value);
        let message = bilingual!(
            "供給元 `{source_name}` に項目 `{name}`（{label}）の列の指定がない",
            "source `{source_name}` does not fill field `{name}`"
        );
        let diagnostic = if field.ty.optional {
            let help = bilingual!(
                "どの行も「不明」になる。値がないと分かっているなら {name} = {{ constant = \"\" }} と書く",
                "every cell is unknown; if it is known that there is none, write {name} = {{ constant = \"\" }}"
            );
            Diagnostic::new(&UNMAPPED_OPTIONAL, source.name.span, message)
                .about(source_name)
                .about(name)
                .help(help)
        } else {
            let help = bilingual!(
                "[source.columns] に {name} = \"列名\" と書く",
                "write {name} = \"column\" under [source.columns]"
            );
            Diagnostic::new(&UNMAPPED_FIELD, source.name.span, message).help(help)
        };
        self.report(diagnostic);
    }

    fn mapping(&mut self, field: &Field, column: &ColumnTable, zone: &TimeZone) -> Mapping {
        let spellings = self.spellings(field, column);
        match &column.origin {
            ColumnOrigin::Broken => Mapping::Unmapped,
            ColumnOrigin::Column(name) => Mapping::Column { name: name.clone(), spellings },
            ColumnOrigin::Constant(text) => Mapping::Constant(self.constant(field, text, &spellings, zone)),
        }
    }

    fn constant(
        &mut self,
        field: &Field,
        written: &Located<String>,
        spellings: &Spellings,
        zone: &TimeZone,
    ) -> Cell {
        let text = normal(&written.value);
        if field.ty.optional && spellings.none.iter().any(|none| *none == text) {
            return Cell::None;
        }
        let name = &field.name;
        let reason = if text.is_empty() {
            bilingual!("空である", "empty")
        } else {
            match value::read(&text, field.ty.kind, spellings, zone) {
                Ok(value) => return Cell::Known(value),
                Err(error) => error.reason(),
            }
        };
        let Bilingual { ja, en } = reason;
        let message =
            bilingual!("項目 `{name}` の定数が読めない: {ja}", "unreadable constant of field `{name}`: {en}");
        self.report(Diagnostic::new(&UNREADABLE_CONSTANT, written.span, message));
        Cell::Unknown
    }

    fn spellings(&mut self, field: &Field, column: &ColumnTable) -> Spellings {
        self.check_keys(field, column);
        let mut spellings = Spellings {
            yes: normals(&column.yes),
            no: normals(&column.no),
            none: column.none.as_ref().map_or_else(|| vec![String::new()], |none| normals(none)),
            ..Spellings::default()
        };
        if let Kind::Enum(id) = field.ty.kind {
            self.enum_spellings(&self.program.enums[id], column, &mut spellings);
        }
        self.check_meanings(column);
        spellings
    }

    /// Own texts first, then the names of the values, then their labels.
    fn enum_spellings(&mut self, list: &Enum, column: &ColumnTable, spellings: &mut Spellings) {
        let positions = 0u16..;
        let named: Vec<(String, u16)> = list
            .values
            .iter()
            .zip(positions.clone())
            .map(|(value, position)| (normal(&value.name).into_owned(), position))
            .chain(
                list.values
                    .iter()
                    .zip(positions)
                    .map(|(value, position)| (normal(&value.label).into_owned(), position)),
            )
            .collect();
        for (text, target) in &column.values {
            let wanted = normal(&target.value);
            match named.iter().find(|(name, _)| *name == wanted) {
                Some((_, position)) => {
                    spellings.values.push((normal(&text.value).into_owned(), *position));
                }
                None => self.report_unknown_value(list, target),
            }
        }
        spellings.values.extend(named);
        spellings.names = list.values.iter().map(|value| value.name.clone()).collect();
    }

    fn report_unknown_value(&mut self, list: &Enum, target: &Located<String>) {
        let (text, name) = (&target.value, &list.name);
        let names: Vec<&str> = list.values.iter().map(|value| value.name.as_str()).collect();
        let all = names.join(", ");
        let message = bilingual!(
            "`{name}` に `{text}` という値はない（{all} のどれか）",
            "unknown value `{text}` of `{name}`, expected one of {all}"
        );
        let near = nearest(text, names);
        self.report(suggest(Diagnostic::new(&UNKNOWN_VALUE, target.span, message), near));
    }

    /// `true` and `false` are for yes and no, `values` for enums.
    fn check_keys(&mut self, field: &Field, column: &ColumnTable) {
        let is_enum = matches!(field.ty.kind, Kind::Enum(_));
        let own = column.yes.first().or(column.no.first()).map(|text| (text.span, "true / false"));
        let misplaced = own.filter(|_| field.ty.kind != Kind::Bool);
        let values = column.values.first().map(|(text, _)| (text.span, "values")).filter(|_| !is_enum);
        for (span, key) in misplaced.into_iter().chain(values) {
            let name = &field.name;
            let message = bilingual!(
                "項目 `{name}` に `{key}` は使えない",
                "`{key}` has no meaning for field `{name}`"
            );
            self.report(Diagnostic::new(&MISPLACED_KEY, span, message));
        }
    }

    /// No text may mean two things.
    fn check_meanings(&mut self, column: &ColumnTable) {
        let none = column.none.iter().flatten().map(|text| (text, "none"));
        let yes = column.yes.iter().map(|text| (text, "true"));
        let no = column.no.iter().map(|text| (text, "false"));
        let values = column.values.iter().map(|(text, target)| (text, target.value.as_str()));
        let all: Vec<(&Located<String>, &str)> = none.chain(yes).chain(no).chain(values).collect();
        for (position, (text, meaning)) in all.iter().enumerate() {
            let same = |other: &&(&Located<String>, &str)| {
                normal(&other.0.value) == normal(&text.value) && other.1 != *meaning
            };
            if let Some((earlier, other)) = all[..position].iter().find(same) {
                let shown = &text.value;
                let message = bilingual!(
                    "`{shown}` に `{other}` と `{meaning}` の二つの意味がある",
                    "`{shown}` means both `{other}` and `{meaning}`"
                );
                self.report(
                    Diagnostic::new(&CONFLICTING_SPELLINGS, text.span, message)
                        .and(earlier.span, bilingual!("一つ目", "the first")),
                );
            }
        }
    }
}

fn normals(texts: &[Located<String>]) -> Vec<String> {
    texts.iter().map(|text| normal(&text.value).into_owned()).collect()
}

fn plan(source: &SourceTable, zone: TimeZone, fields: Vec<Mapping>) -> Option<Plan> {
    Some(Plan {
        format: source.format?,
        path: source.path.clone()?,
        encoding: source.encoding,
        header_line: source.header_line.as_ref().map_or(1, |line| line.value),
        zone,
        collected: source.collected.as_ref().map(|collected| collected.value),
        covers: source.covers.as_ref().map(|covers| covers.value),
        complete: source.complete.clone(),
        fields,
    })
}

/// The place of a source in `kijun.toml`, for diagnostics about its files.
impl Plan {
    /// Where its path is written.
    pub fn place(&self) -> Span {
        self.path.span
    }
}
