//! The answer to a question as indented text: what it is, the rows that it rests on, what is missing to know it.

use kijun_analysis::Asked;
use kijun_eval::{RowsRead, Snapshot, Step, StepKind};
use kijun_ir::Truth;
use kijun_source::{Bilingual, bilingual};

use super::rows::{FoundRow, FoundRows, of_step};
use super::{Inquiry, Said};
use crate::explanation::{ProofText, Style, sign};
use crate::quotation::{Owner, Quotations};

/// The answer with its reasons. Personal values are masked, secret ones are not shown.
pub fn answer_text(snapshot: &Snapshot<'_>, inquiry: &Inquiry, style: Style<'_>) -> String {
    let owner = match &inquiry.asked {
        Asked::Condition(rule) => Owner::Rule(rule),
        Asked::Value { vars, expr, .. } => Owner::Value(vars, expr),
    };
    let quotations = Quotations::new(snapshot.program, owner, style.sources, style.wording);
    let mut text = ProofText::of_answer(snapshot, quotations, style.lang);
    let step = inquiry.prove(snapshot);
    let said = said(&text, &inquiry.said(snapshot, &step));
    text.say(0, &said);
    match of_step(snapshot, &step) {
        Some(rows) => {
            found(&mut text, &rows);
            // What came nearest explains why there is none, not that there is none.
            if step.truth != Truth::True
                && let Some((read, proofs)) = nearest_of(&step)
            {
                text.nearest(1, read, proofs);
            }
        }
        None if matches!(inquiry.asked, Asked::Value { .. }) => {
            step.parts.iter().for_each(|part| text.step(1, part));
        }
        None => text.details(1, &step),
    }
    text.lacks(&step.lacks());
    text.finish()
}

fn said(text: &ProofText<'_, '_>, said: &Said) -> Bilingual {
    let unknown = Bilingual::new("? 不明（証拠が足りない）", "? unknown: the evidence does not suffice");
    match said {
        Said::Truth(Truth::True) => Bilingual::new("✓ はい", "✓ true"),
        Said::Truth(Truth::False) => Bilingual::new("✗ いいえ", "✗ false"),
        Said::Truth(Truth::Unknown) | Said::Unknown => unknown,
        Said::Value { shown, .. } => {
            Bilingual::same(format!("= {}", text.masked(shown.class, shown.text.clone())))
        }
        Said::None => Bilingual::new("= なし", "= none"),
    }
}

/// The rows of the one quantifier that the question consists of.
fn found(text: &mut ProofText<'_, '_>, rows: &FoundRows) {
    let FoundRows { fact, read, sure, unsure, listed } = rows;
    let (label, name) = (&fact.label, &fact.name);
    text.say(
        1,
        &bilingual!(
            "{label}: {read} 件のうち、当てはまるもの {sure} 件、不明 {unsure} 件",
            "{name}: of {read} rows {sure} fit, {unsure} may"
        ),
    );
    for row in listed {
        let line = row_line(text, row);
        text.line(2, &line);
    }
    let more = sure + unsure - listed.len();
    if more > 0 {
        text.say(2, &bilingual!("ほか {more} 件", "and {more} more"));
    }
}

/// The rows that came nearest, with their proofs.
fn nearest_of(step: &Step) -> Option<(&RowsRead, &[Step])> {
    match (&step.kind, step.parts.as_slice()) {
        (StepKind::Rows(read) | StepKind::Aggregate { read, .. }, proofs) => Some((read, proofs)),
        (StepKind::Not | StepKind::Admissible | StepKind::Named(_) | StepKind::Values(_), [part]) => {
            nearest_of(part)
        }
        _ => None,
    }
}

fn row_line(text: &ProofText<'_, '_>, row: &FoundRow) -> String {
    let cells: Vec<String> = row
        .cells
        .iter()
        .filter(|cell| cell.value.text != row.name)
        .map(|cell| format!("{}={}", cell.label, text.masked(cell.value.class, cell.value.text.clone())))
        .collect();
    let place =
        row.place.as_ref().map_or(String::new(), |place| format!("  ← {}:{}", place.path, place.line));
    format!("{} {}  {}{place}", sign(row.truth), row.name, cells.join("、"))
}
