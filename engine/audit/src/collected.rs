//! What the import brought, in the terms of the record.

use kijun_evidence::{Completeness, Plan, VouchedRows};
use kijun_evidence::{FileReport, ImportReport, Rejection, Shown, SourceReport};
use kijun_ir::{Class, FactId, Program, calendar};
use kijun_source::{Bilingual, bilingual};

use crate::Workspace;
use crate::record::{CollectionRecord, CoverageRecord, Piece, RejectedRow, Vouched, defect_sentence};

/// One record a file, in the order of the sources.
pub(crate) fn collections(workspace: &Workspace, report: &ImportReport) -> Vec<CollectionRecord> {
    let plan_of = |source: &SourceReport| {
        let bound = workspace.bindings.iter().flat_map(|bindings| &bindings.sources);
        bound
            .filter(|bound| bound.name == source.name && bound.fact == source.fact)
            .find_map(|bound| bound.plan.as_ref())
    };
    let files = report.sources.iter().flat_map(|source| source.files.iter().map(move |file| (source, file)));
    files.map(|(source, file)| collection(&workspace.program, source, file, plan_of(source))).collect()
}

fn collection(
    program: &Program,
    source: &SourceReport,
    file: &FileReport,
    plan: Option<&Plan>,
) -> CollectionRecord {
    CollectionRecord {
        source: source.name.clone(),
        fact: source.fact,
        path: file.path.clone(),
        sha256: file.sha256.clone(),
        collected_at: file.collected_at,
        coverage: file.usable.then(|| coverage(program, file, plan)).flatten(),
        rows: file.rows,
        rejected: file.rejected.iter().map(rejected).collect(),
        vouched: source
            .vouched_by
            .as_ref()
            .zip(plan.and_then(|plan| vouched_rows(plan, &file.path)))
            .map(|(by, rows)| Vouched { by: by.clone(), rows }),
        unread_columns: file.unread.clone(),
        unfilled_fields: plan.map_or_else(Vec::new, |plan| unfilled(program, source.fact, plan)),
        notes: notes(file),
    }
}

/// What a file covers: a moment, or the days that it is said to cover, cut where it was taken.
fn coverage(program: &Program, file: &FileReport, plan: Option<&Plan>) -> Option<CoverageRecord> {
    let defects = file.defects.iter().copied().map(defect_sentence).collect();
    let Some((first, last)) = file.covers else {
        return Some(CoverageRecord::Taken { at: file.collected_at, defects });
    };
    let zone = plan.map_or(&program.calendar.zone, |plan| &plan.zone);
    let from = calendar::start_of_day(first, zone)?;
    let to = calendar::start_of_day(last.tomorrow().ok()?, zone)?.min(file.collected_at);
    (from < to).then_some(CoverageRecord::Covers { from, to, defects })
}

fn vouched_rows(plan: &Plan, path: &str) -> Option<usize> {
    let Completeness::Vouched { rows, .. } = &plan.complete else { return None };
    match rows {
        VouchedRows::OneFile(rows) => Some(rows.value),
        VouchedRows::ByFile(files) => {
            let name = path.rsplit('/').next();
            files
                .iter()
                .find(|(file, _)| file.value == path || Some(file.value.as_str()) == name)
                .map(|(_, rows)| *rows)
        }
    }
}

fn rejected(rejection: &Rejection) -> RejectedRow {
    let value = match &rejection.value {
        Shown::Nothing => None,
        Shown::Text(text) => Some(Piece::open(text.clone())),
        // Length and kind only: the value itself never left the import.
        shown @ Shown::Personal { .. } => Some(Piece { text: shown.text().ja, class: Class::Open }),
        shown @ Shown::Secret => Some(Piece { text: shown.text().ja, class: Class::Secret }),
    };
    RejectedRow {
        line: rejection.line,
        column: rejection.header.clone(),
        value,
        reason: rejection.reason.clone(),
    }
}

/// The optional fields that no column fills, by label.
fn unfilled(program: &Program, fact: FactId, plan: &Plan) -> Vec<String> {
    let fields = program.facts[fact].fields.values().zip(&plan.fields);
    let unmapped = fields.filter(|(_, mapping)| matches!(mapping, kijun_evidence::Mapping::Unmapped));
    unmapped.map(|(field, _)| field.label.clone()).collect()
}

/// What else is to be known of a file.
fn notes(file: &FileReport) -> Vec<Bilingual> {
    let mut notes = Vec::new();
    if !file.usable {
        notes.push(Bilingual::new(
            "読めないファイルのため、証拠として数えない",
            "unreadable, so that it does not count as evidence",
        ));
    }
    let outside = file.outside;
    if outside > 0 {
        notes.push(bilingual!(
            "述べられた期間の外の行が {outside} 件ある",
            "{outside} rows lie outside the days that it is said to cover"
        ));
    }
    notes
}
