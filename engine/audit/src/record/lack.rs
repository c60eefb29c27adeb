//! What was missing, in sentences. No sentence holds the value of a personal field: rows are named by file and line.

use jiff::Timestamp;
use kijun_eval::{AsOf, Defect, Gap, GapKind, Reason, Snapshot};
use kijun_ir::{Class, FactId, FieldId, calendar};
use kijun_source::{Bilingual, Span, bilingual};

use super::words::{duration, fact_name, minute, stretch};
use super::{Lack, LackRecord, TimeSpan};

/// A lack that is not one of evidence.
pub(super) fn of_rules(kind: Lack, sentence: Bilingual) -> LackRecord {
    LackRecord { kind, fact: None, source: None, span: None, sentence }
}

/// What made a condition unknown; `said` puts the conditions of rules in words.
pub(super) fn of_reason(
    snapshot: &Snapshot<'_>,
    reason: &Reason,
    said: &dyn Fn(Span) -> Bilingual,
) -> LackRecord {
    match reason {
        Reason::Gap(gap) => of_gap(snapshot, gap),
        Reason::Missing { fact, row, field } => {
            of_fact(snapshot, Lack::MissingValue, *fact, missing_value(snapshot, *fact, *row, *field))
        }
        Reason::Dangling { fact, key, as_of } => {
            of_fact(snapshot, Lack::Dangling, *fact, dangling(snapshot, *fact, key, *as_of))
        }
        Reason::Derived { fact, .. } => of_fact(snapshot, Lack::Derived, *fact, derived(snapshot, *fact)),
        Reason::Simultaneous { fact, first, second } => {
            of_fact(snapshot, Lack::Simultaneous, *fact, simultaneous(snapshot, *fact, [*first, *second]))
        }
        Reason::Inadmissible { demand } => of_rules(Lack::Inadmissible, inadmissible(demand)),
        Reason::NotShown { condition } => of_rules(Lack::NotShown, not_shown(&said(*condition))),
        Reason::BeyondCalendar => of_rules(Lack::BeyondCalendar, beyond_calendar()),
        Reason::OutOfRange => of_rules(
            Lack::OutOfRange,
            Bilingual::new(
                "値が扱える範囲を超えるか、二つの長さの大小が決まらない",
                "a value is out of range, or two lengths of time have no order",
            ),
        ),
    }
}

/// A gap in the evidence.
pub(super) fn of_gap(snapshot: &Snapshot<'_>, gap: &Gap) -> LackRecord {
    let Bilingual { ja, en } = about(snapshot, gap.fact, gap.source.as_deref());
    let mut span = None;
    let (kind, sentence) = match &gap.kind {
        GapKind::NoSource => {
            (Lack::NoSource, bilingual!("{ja}を届ける系統がない", "no source delivers {en}"))
        }
        GapKind::NoCollection => {
            (Lack::NoCollection, bilingual!("{ja}には使える収集がない", "{en}: no usable collection"))
        }
        GapKind::Stale(at) => (Lack::Stale, stale(snapshot, gap.fact, *at, &ja, &en)),
        GapKind::Later(at) => (Lack::Stale, later(snapshot, *at, &ja, &en)),
        GapKind::Defect(found) => {
            let Bilingual { ja: what_ja, en: what_en } = defect(*found);
            (Lack::Defect, bilingual!("{ja}は、{what_ja}", "{en}: {what_en}"))
        }
        GapKind::Uncollected { from, to } => {
            span = Some(TimeSpan { from: *from, to: *to });
            let time = stretch(*from, *to, &snapshot.program.calendar.zone);
            (Lack::Uncollected, uncollected(&ja, &en, &time))
        }
        GapKind::Unpaired(rows) => (
            Lack::Unpaired,
            bilingual!(
                "{ja}の{rows}行は、どの記録と組になるか分からない",
                "{en}: it is not known with which others {rows} rows belong together"
            ),
        ),
        GapKind::NoMoment => (
            Lack::NoMoment,
            bilingual!(
                "{ja}をいつの時点で見るのか分からない",
                "{en}: it is not known as of when it is asked"
            ),
        ),
        GapKind::Ahead => (
            Lack::NoMoment,
            bilingual!(
                "{ja}の、基準日より後のことは分からない",
                "{en}: nothing is known of after the date of judgement"
            ),
        ),
        GapKind::BeyondCalendar => (Lack::BeyondCalendar, beyond_calendar()),
    };
    let source = gap.source.clone();
    LackRecord { kind, fact: Some(fact_name(snapshot.program, gap.fact)), source, span, sentence }
}

fn inadmissible(demand: &Bilingual) -> Bilingual {
    let Bilingual { ja, en } = demand;
    bilingual!("回答として数えるには{ja}が必要である", "an answer counts only with {en}")
}

fn not_shown(condition: &Bilingual) -> Bilingual {
    let Bilingual { ja, en } = condition;
    bilingual!("前提が示されていない: {ja}", "what it needs is not shown: {en}")
}

/// Why a collection may lack rows.
pub(super) fn defect(defect: Defect) -> Bilingual {
    match defect {
        Defect::Rejected(rows) => {
            bilingual!("{rows}行を読み取れなかった", "rows that could not be read: {rows}")
        }
        Defect::RowCount { vouched, found } => bilingual!(
            "{vouched}行あるはずが{found}行だった",
            "{vouched} rows were vouched for, {found} were found"
        ),
        Defect::Undated(rows) => {
            bilingual!(
                "{rows}行は、いつのことか分からない",
                "rows of which it is not known when they happened: {rows}"
            )
        }
        Defect::Unusable => Bilingual::new(
            "ファイルがないか読めないので、証拠として数えない",
            "a file is missing or unreadable, so that it does not count as evidence",
        ),
        Defect::NotVouched => {
            Bilingual::new("欠けがないことを誰も保証していない", "nobody vouches that nothing is missing")
        }
    }
}

fn of_fact(snapshot: &Snapshot<'_>, kind: Lack, fact: FactId, sentence: Bilingual) -> LackRecord {
    let fact = Some(fact_name(snapshot.program, fact));
    LackRecord { kind, fact, source: None, span: None, sentence }
}

/// A fact with the source that delivers it: 入退室ログ（系統 entry-2）.
pub(super) fn about(snapshot: &Snapshot<'_>, fact: FactId, source: Option<&str>) -> Bilingual {
    let fact = &snapshot.program.facts[fact];
    let (label, name) = (&fact.label, &fact.name);
    match source {
        Some(source) => bilingual!("{label}（系統 {source}）", "{name} (source {source})"),
        None => bilingual!("{label}", "{name}"),
    }
}

fn uncollected(ja: &str, en: &str, time: &Bilingual) -> Bilingual {
    let (when_ja, when_en) = (&time.ja, &time.en);
    bilingual!("{ja}の {when_ja}記録が未収集", "{en}: records {when_en} were not collected")
}

/// Why no picture counts: the first is of a day after the date of judgement, or after the moment asked about.
fn later(snapshot: &Snapshot<'_>, at: Timestamp, ja: &str, en: &str) -> Bilingual {
    let taken = calendar::date_of(at, &snapshot.program.calendar.zone);
    let today = snapshot.occasion.today;
    if taken > today {
        return bilingual!(
            "{ja}は {taken} 時点のもので、基準日 {today} より後なので使えない",
            "{en} is as of {taken}, after the date of judgement {today}"
        );
    }
    bilingual!(
        "{ja}は {taken} 以後のものしかなく、それより前の時点のことは分からない",
        "{en}: the first is as of {taken} and says nothing of what was before"
    )
}

/// Why a picture does not count: it is too old.
fn stale(snapshot: &Snapshot<'_>, fact: FactId, at: Timestamp, ja: &str, en: &str) -> Bilingual {
    let taken = calendar::date_of(at, &snapshot.program.calendar.zone);
    let Bilingual { ja: within_ja, en: within_en } = duration(snapshot.program.freshness(fact));
    bilingual!(
        "{ja}は {taken} 時点のもので、{within_ja}以内でなければ使えない",
        "{en} is as of {taken}; it must be no older than {within_en}"
    )
}

fn missing_value(snapshot: &Snapshot<'_>, fact: FactId, row: u32, field: FieldId) -> Bilingual {
    let fact_type = &snapshot.program.facts[fact];
    let field = &fact_type.fields[field];
    let Bilingual { ja, en } = place(snapshot, fact, row);
    let (label, cell) = (&fact_type.label, &field.label);
    let (name, field) = (&fact_type.name, &field.name);
    bilingual!("{label}の「{cell}」の値が分からない{ja}", "the value of {name}.{field} is not known{en}")
}

fn derived(snapshot: &Snapshot<'_>, fact: FactId) -> Bilingual {
    let (label, name) = (&snapshot.program.facts[fact].label, &snapshot.program.facts[fact].name);
    bilingual!(
        "{label}を導く証拠が足りず、あるともないとも言えない行がある",
        "rows of {name} may or may not be there: the evidence that they are derived from does not suffice"
    )
}

fn simultaneous(snapshot: &Snapshot<'_>, fact: FactId, rows: [u32; 2]) -> Bilingual {
    let (label, name) = (&snapshot.program.facts[fact].label, &snapshot.program.facts[fact].name);
    let [first, second] = rows.map(|row| place(snapshot, fact, row));
    let (first_ja, second_ja, first_en, second_en) = (first.ja, second.ja, first.en, second.en);
    bilingual!(
        "{label}の同じ時刻の記録{first_ja}{second_ja}は、どちらが先か分からない",
        "{name}: which of two records of the same time{first_en}{second_en} came first is not known"
    )
}

fn beyond_calendar() -> Bilingual {
    Bilingual::new(
        "暦か祝日の分かる範囲を超えている",
        "it reaches beyond the calendar, or beyond the years whose holidays are known",
    )
}

/// The file and line of a row of evidence, in brackets.
fn place(snapshot: &Snapshot<'_>, fact: FactId, row: u32) -> Bilingual {
    let Some(origin) =
        snapshot.program.facts[fact].is_collected().then(|| snapshot.evidence.tables[fact].origin(row))
    else {
        return Bilingual::default();
    };
    let Some(artifact) = snapshot.evidence.artifacts.get(origin.artifact as usize) else {
        return Bilingual::default();
    };
    let (path, line) = (&artifact.path, origin.line);
    bilingual!("（{path}:{line}）", " ({path}:{line})")
}

/// The key is said only where anyone may see it.
fn dangling(snapshot: &Snapshot<'_>, fact: FactId, key: &str, as_of: AsOf) -> Bilingual {
    let zone = &snapshot.program.calendar.zone;
    let moment = match as_of {
        AsOf::Moment(moment) => {
            let moment = minute(moment, zone);
            bilingual!("{moment} 時点で", " as of {moment}")
        }
        AsOf::Today | AsOf::Unknown => Bilingual::default(),
    };
    let (when_ja, when_en) = (&moment.ja, &moment.en);
    let fact = &snapshot.program.facts[fact];
    let open = fact.key.is_some_and(|field| fact.fields[field].class == Class::Open);
    let (label, name) = (&fact.label, &fact.name);
    if open {
        return bilingual!(
            "{label}「{key}」が、{when_ja}判定に使える証拠に一つに定まらない",
            "{name} `{key}` is not, or not once, in the evidence that counts{when_en}"
        );
    }
    bilingual!(
        "参照先の{label}が、{when_ja}判定に使える証拠に一つに定まらない",
        "a {name} that is referred to is not, or not once, in the evidence that counts{when_en}"
    )
}
