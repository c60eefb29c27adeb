//! Questions that a person asks of the evidence, and what it answers.

mod rows;
mod text;

use kijun_analysis::{Asked, Questioned, analyze_question};
use kijun_eval::{AsOf, Occasion, Snapshot, Step, StepKind, Subject, cell_text, prove_rule, prove_value};
use kijun_ir::{Cell, Class, Kind, Program, Truth, Value};
use kijun_source::{Bilingual, Diagnostic, Sources, offer_slips};

use crate::Workspace;
use crate::quotation::one_line;
use crate::record::{Piece, reason_sentence};

pub use rows::{FoundCell, FoundPlace, FoundRow, FoundRows, LISTED_ROWS};
pub use text::answer_text;

/// The name under which a question stands among the files of a workspace.
const NAME: &str = "<question>";

/// A question that can be answered.
#[derive(Debug)]
pub struct Inquiry {
    /// The rules of the workspace, and what the question alone reads: evidence must [fit](kijun_eval::Evidence::fit).
    pub program: Program,
    /// The question as written.
    pub question: String,
    asked: Asked,
}

/// What the evidence answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The question as written.
    pub question: String,
    /// The dates.
    pub occasion: Occasion,
    /// The answer itself.
    pub said: Said,
    /// The rows that a question for rows finds.
    pub rows: Option<FoundRows>,
    /// What is missing to know the answer.
    pub lacks: Vec<Bilingual>,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// To a condition.
    Truth(Truth),
    /// To the question for a value.
    Value {
        /// The value; a secret or personal one does not leave the house.
        value: Value,
        /// Its kind.
        kind: Kind,
        /// As people read it.
        shown: Piece,
    },
    /// There is no value.
    None,
    /// The value is not known.
    Unknown,
}

/// Checks a question in the scope of all rules of a sound workspace.
///
/// # Errors
///
/// What is wrong with the question.
pub fn inquire(workspace: &mut Workspace, question: &str) -> Result<Inquiry, Vec<Diagnostic>> {
    let file = workspace.sources.add(NAME, question);
    let (units, options) = (&workspace.written.units, &workspace.written.options);
    let questioned = analyze_question(units, options, workspace.sources.file(file));
    let Questioned { program, asked, mut diagnostics } = questioned;
    offer_slips(&mut diagnostics, &workspace.sources);
    match asked {
        Some(asked) if !diagnostics.iter().any(Diagnostic::is_error) => {
            Ok(Inquiry { program, question: question.trim().to_owned(), asked })
        }
        _ => Err(diagnostics),
    }
}

/// Answers a question. The snapshot is one of the inquiry's program.
pub fn answer(snapshot: &Snapshot<'_>, sources: &Sources, inquiry: &Inquiry) -> Answer {
    let step = inquiry.prove(snapshot);
    let said = |span| Bilingual::same(one_line(sources.slice(span)));
    Answer {
        question: inquiry.question.clone(),
        occasion: snapshot.occasion,
        said: inquiry.said(snapshot, &step),
        rows: rows::of_step(snapshot, &step),
        lacks: step.lacks().iter().map(|reason| reason_sentence(snapshot, reason, &said)).collect(),
    }
}

impl Inquiry {
    /// How the answer comes about.
    fn prove(&self, snapshot: &Snapshot<'_>) -> Step {
        match &self.asked {
            Asked::Condition(rule) => prove_rule(snapshot, rule, Subject::Organisation(AsOf::Today)).require,
            Asked::Value { vars, expr, .. } => prove_value(snapshot, vars, expr),
        }
    }

    fn said(&self, snapshot: &Snapshot<'_>, step: &Step) -> Said {
        let (Asked::Value { expr, class, .. }, StepKind::Values(values)) = (&self.asked, &step.kind) else {
            return Said::Truth(step.truth);
        };
        match values.first().map(|(_, cell, _)| cell) {
            Some(cell @ Cell::Known(value)) => {
                let shown = Piece { text: cell_text(snapshot, cell, expr.ty), class: *class };
                Said::Value { value: value.clone(), kind: expr.ty.kind, shown }
            }
            Some(Cell::None) => Said::None,
            Some(Cell::Unknown) | None => Said::Unknown,
        }
    }
}

impl Said {
    /// Whether anyone may see it.
    pub fn is_open(&self) -> bool {
        match self {
            Said::Value { shown, .. } => shown.class == Class::Open,
            Said::Truth(_) | Said::None | Said::Unknown => true,
        }
    }
}
