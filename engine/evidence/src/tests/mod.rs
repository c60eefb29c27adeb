//! A small ruleset made by hand, and what becomes of manifests and files under it.

mod evidence;
mod manifest;
mod mistakes;

use jiff::civil::{Date, date};
use kijun_eval::{Defect, Evidence, Held};
use kijun_ir::{
    Calendar, Cell, Class, Duration, Enum, EnumId, EnumValue, Fact, FactId, FactKind, Field, FieldId,
    Freshness, IndexVec, Kind, Program, Type, Value,
};
use kijun_source::{Lang, Sources, Span, Style, render};

use crate::{Bindings, ImportReport, MemoryFiles, bind, import, parse_manifest};

const PERSON: FactId = FactId(0);
const ENTRY: FactId = FactId(1);
const TRAINING: FactId = FactId(2);
const DEVICE: FactId = FactId(3);

/// Every test judges on this day.
const TODAY: Date = date(2026, 11, 23);

/// What came of a manifest and its files.
struct Outcome {
    bindings: Bindings,
    evidence: Evidence,
    report: ImportReport,
    /// The codes of all diagnostics, in order.
    codes: Vec<&'static str>,
    /// All diagnostics as people read them in Japanese.
    text: String,
    /// The same in English.
    english: String,
}

const WORKSPACE: &str = r#"
[workspace]
name = "株式会社みなと架空情報処理"
rulesets = ["rules"]
time_zone = "Asia/Tokyo"
"#;

/// Reads a manifest that ends with `sources`.
fn run(sources: &str, files: MemoryFiles) -> Outcome {
    run_manifest(&format!("{WORKSPACE}{sources}"), files)
}

fn run_manifest(manifest: &str, files: MemoryFiles) -> Outcome {
    let program = program();
    let mut texts = Sources::new();
    let file = texts.add("kijun.toml", manifest);
    let (manifest, mut diagnostics) = parse_manifest(&texts, file);
    let (bindings, more) = manifest.as_ref().map(|manifest| bind(manifest, &program)).unwrap_or_default();
    diagnostics.extend(more);
    let (evidence, report, more) = import(&program, &bindings, &files, TODAY, &mut texts);
    diagnostics.extend(more);
    let draw = |lang| diagnostics.iter().map(|one| render(one, &texts, lang, Style::Plain)).collect();
    Outcome {
        bindings,
        evidence,
        report,
        codes: diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect(),
        text: draw(Lang::Ja),
        english: draw(Lang::En),
    }
}

impl Outcome {
    /// The rows of a fact as text, in the order of the table: `?` is unknown, `-` none.
    fn rows(&self, fact: FactId) -> Vec<String> {
        let table = &self.evidence.tables[fact];
        let fields = 0..program().facts[fact].fields.len();
        let row = |row| {
            let cells = fields.clone().map(|field| {
                let field = FieldId(u32::try_from(field).unwrap());
                show(&table.cell(&self.evidence.dictionary, row, field))
            });
            cells.collect::<Vec<_>>().join(" ")
        };
        (0..table.len()).map(row).collect()
    }

    /// The lines of the rows of a fact, in the order of the table.
    fn lines(&self, fact: FactId) -> Vec<u32> {
        let table = &self.evidence.tables[fact];
        (0..table.len()).map(|row| table.origin(row).line).collect()
    }

    /// What the sources of a fact cover, as text.
    fn coverage(&self, fact: FactId) -> Vec<String> {
        let held = self.evidence.coverage[fact].iter().map(|source| match &source.held {
            Held::State(pictures) if pictures.is_empty() => "nothing".to_owned(),
            Held::State(pictures) => {
                let pictures = pictures.iter().map(|taken| match taken.defects[..] {
                    [Defect::Unusable] => "nothing".to_owned(),
                    _ => format!("{} {:?}", taken.at, taken.defects),
                });
                pictures.collect::<Vec<_>>().join(", ")
            }
            Held::Log(stretches) => {
                let stretches =
                    stretches.iter().map(|one| format!("{}..{} {:?}", one.from, one.to, one.defects));
                stretches.collect::<Vec<_>>().join(", ")
            }
        });
        held.collect()
    }
}

fn show(cell: &Cell) -> String {
    match cell {
        Cell::Unknown => "?".to_owned(),
        Cell::None => "-".to_owned(),
        Cell::Known(Value::Text(text)) => text.to_string(),
        Cell::Known(Value::Bool(value)) => value.to_string(),
        Cell::Known(Value::Date(value)) => value.to_string(),
        Cell::Known(Value::DateTime(value)) => value.to_string(),
        Cell::Known(Value::Decimal(value)) => value.to_string(),
        Cell::Known(Value::Int(value)) => value.to_string(),
        Cell::Known(Value::Enum(value)) => format!("#{value}"),
        Cell::Known(value) => format!("{value:?}"),
    }
}

fn program() -> Program {
    let mut facts = IndexVec::new();
    facts.push(person());
    facts.push(entry());
    facts.push(training());
    facts.push(device());
    let kinds = [("regular", "正社員"), ("agency", "派遣")];
    let value = |(name, label): (&str, &str)| EnumValue { name: name.to_owned(), label: label.to_owned() };
    let kinds =
        Enum { name: "employment".into(), label: "雇用形態".into(), values: kinds.map(value).into() };
    Program { enums: [kinds].into_iter().collect(), facts, ..Program::new(Calendar::japan()) }
}

/// A state with a key, an enum, a truth value and an optional date; fresh for 31 days.
fn person() -> Fact {
    let fields = [
        field("id", "従業者番号", Kind::Ref(PERSON), false, Class::Open),
        field("name", "氏名", Kind::Text, false, Class::Personal),
        field("kind", "雇用形態", Kind::Enum(EnumId(0)), false, Class::Open),
        field("handles", "取扱", Kind::Bool, false, Class::Open),
        field("left", "退職日", Kind::Date, true, Class::Open),
    ];
    fact("person", "従業者", FactKind::State, &fields, Some(FieldId(0)), Duration::days(31))
}

/// A log without a key, with a secret.
fn entry() -> Fact {
    let fields = [
        field("at", "日時", Kind::DateTime, false, Class::Open),
        field("person", "入室者", Kind::Ref(PERSON), false, Class::Open),
        field("badge", "カード番号", Kind::Int, true, Class::Secret),
    ];
    fact("entry", "入室", FactKind::Event { at: FieldId(0) }, &fields, None, Duration::days(1))
}

/// A log of days with a key.
fn training() -> Fact {
    let fields = [
        field("no", "受講番号", Kind::Ref(TRAINING), false, Class::Open),
        field("held", "受講日", Kind::Date, false, Class::Open),
        field("score", "得点", Kind::Decimal, true, Class::Personal),
    ];
    fact(
        "training",
        "研修",
        FactKind::Event { at: FieldId(1) },
        &fields,
        Some(FieldId(0)),
        Duration::days(31),
    )
}

/// A state without a key.
fn device() -> Fact {
    let fields = [field("site", "拠点", Kind::Text, false, Class::Open)];
    fact("device", "端末", FactKind::State, &fields, None, Duration::days(31))
}

fn fact(
    name: &str,
    label: &str,
    kind: FactKind,
    fields: &[Field],
    key: Option<FieldId>,
    fresh: Duration,
) -> Fact {
    Fact {
        name: name.to_owned(),
        label: label.to_owned(),
        doc: String::new(),
        kind,
        fields: fields.iter().cloned().collect(),
        key,
        valid: None,
        fresh: Freshness::Fixed(fresh),
        kept: None,
        rows: Vec::new(),
        span: Span::default(),
    }
}

fn field(name: &str, label: &str, kind: Kind, optional: bool, class: Class) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), ty: Type { kind, optional }, class }
}

#[test]
fn codes_are_unique_and_in_their_ranges() {
    let mut ids: Vec<&str> = crate::CODES.iter().map(|code| code.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), crate::CODES.len());
    assert!(ids.iter().all(|id| ("KJ0501"..="KJ0599").contains(id)));
}
