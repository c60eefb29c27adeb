//! Proofs line by line: conditions with their values, the rows that they read, what was missing.

use kijun_eval::{AsOf, Reason, RowsRead, Snapshot, Step, StepKind, class_in, row_name};
use kijun_ir::{Cell, Class, Expr, ExprKind, FactId, FactKind, Kind, Truth, Type};
use kijun_source::{Bilingual, Lang, Span, bilingual};

use crate::quotation::{Place, Quotations};

/// Stands for the value of a personal field.
const PERSONAL: &str = "＊＊＊";

/// Writes a proof.
pub(crate) struct ProofText<'a, 'e> {
    snapshot: &'a Snapshot<'e>,
    /// What is proved, piece by piece.
    quotations: Quotations<'a>,
    /// Where the steps stand that are being written, the innermost last.
    places: Vec<Option<Place<'a>>>,
    /// Whether the reader is in the house.
    shows_personal: bool,
    lang: Lang,
    text: String,
}

impl<'a, 'e> ProofText<'a, 'e> {
    /// The proof of a rule's verdict, for those who judge.
    pub(crate) fn of_rule(snapshot: &'a Snapshot<'e>, quotations: Quotations<'a>, lang: Lang) -> Self {
        Self { snapshot, quotations, places: Vec::new(), shows_personal: true, lang, text: String::new() }
    }

    /// The proof of an answer, in which personal values are masked.
    pub(crate) fn of_answer(snapshot: &'a Snapshot<'e>, quotations: Quotations<'a>, lang: Lang) -> Self {
        Self { shows_personal: false, ..Self::of_rule(snapshot, quotations, lang) }
    }

    /// All that was written.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// A condition, and below it what it is made of.
    pub(crate) fn step(&mut self, depth: usize, step: &Step) {
        let place = self.find(step.span);
        let said = match step.kind {
            StepKind::All => vec![self.word("次のすべて", "all of these")],
            StepKind::Any => vec![self.word("次のいずれか", "one of these")],
            StepKind::Needs(_) => vec![self.word("前提と要件", "needs and requirement")],
            StepKind::Derived { .. } => vec![self.word("導かれる行がある", "the derived row is there")],
            StepKind::Consecutive { .. } => {
                vec![self.word("二つの間に別の記録がない", "nothing lies between the two")]
            }
            StepKind::Values(_)
            | StepKind::Not
            | StepKind::Admissible
            | StepKind::Named(_)
            | StepKind::Rows(_)
            | StepKind::Aggregate { .. } => self.quotations.said(place, step.span),
        };
        let mut lines = said.into_iter();
        let first = lines.next().unwrap_or_default();
        self.line(depth, &format!("{} {first}", sign(step.truth)));
        lines.for_each(|line| self.line(depth + 1, &line));
        self.places.push(place);
        self.details(depth + 1, step);
        self.places.pop();
    }

    /// The piece that is written there, within the step that is being written if it has one.
    fn find(&self, span: Span) -> Option<Place<'a>> {
        self.quotations.find(self.places.last().copied().flatten(), span)
    }

    /// What a condition was made of, without the condition itself.
    pub(crate) fn details(&mut self, depth: usize, step: &Step) {
        match &step.kind {
            StepKind::Values(values) => {
                for (span, cell, ty) in values {
                    let is_made = step.parts.iter().any(|part| part.span == *span);
                    if is_made || self.is_literal(*span) {
                        continue;
                    }
                    let said = self.quotations.value_said(self.find(*span), *span);
                    let shown = self.shown(*span, cell, *ty);
                    if said != shown {
                        self.line(depth, &format!("{said} = {shown}"));
                    }
                }
            }
            StepKind::Rows(read) => {
                self.rows(depth, read);
                self.nearest(depth, read, &step.parts);
            }
            StepKind::Aggregate { read, cell, ty } => {
                let value = self.shown(step.span, cell, *ty);
                self.line(depth, &format!("= {value}"));
                self.rows(depth, read);
            }
            StepKind::Derived { fact, row, as_of } => self.row(depth, *fact, *row, *as_of, Some(step.truth)),
            StepKind::Consecutive { fact, first, second } => {
                self.row(depth, *fact, *first, AsOf::Today, None);
                self.row(depth, *fact, *second, AsOf::Today, None);
            }
            StepKind::All
            | StepKind::Any
            | StepKind::Not
            | StepKind::Admissible
            | StepKind::Needs(_)
            | StepKind::Named(_) => {}
        }
        for reason in &step.reasons {
            self.reason(depth, reason);
        }
        let named = matches!(&step.kind, StepKind::Rows(read) if !read.nearest.is_empty());
        for part in step.parts.iter().filter(|part| !named && decides(step, part)) {
            if self.is_given(part) {
                self.given(depth, part);
                continue;
            }
            // `is not none` and `no` are written as one condition; their inside has no words of its own.
            if part.span == step.span {
                self.details(depth, part);
            } else {
                self.step(depth, part);
            }
        }
    }

    /// Whether a condition is one that nobody wrote: that a row holds at the moment, that a part of the calendar lies in the period.
    pub(crate) fn is_given(&self, step: &Step) -> bool {
        match &step.kind {
            // A condition that is written has more words than the value that it is about, unless that is a condition itself.
            StepKind::Values(values) => {
                values.iter().any(|(span, _, ty)| *span == step.span && ty.kind != Kind::Bool)
            }
            StepKind::All | StepKind::Any | StepKind::Not => {
                !step.parts.is_empty() && step.parts.iter().all(|part| self.is_given(part))
            }
            _ => false,
        }
    }

    /// A condition that nobody wrote, where it does not simply hold.
    fn given(&mut self, depth: usize, step: &Step) {
        if step.truth == Truth::True {
            return;
        }
        let mut values = Vec::new();
        self.values_of(step, &mut values);
        let values = values.join("、");
        let text = bilingual!("行の有効期間（{values}）", "the row holds ({values})");
        self.line(depth, &format!("{} {}", sign(step.truth), self.in_lang(&text)));
        for reason in step.lacks() {
            self.reason(depth + 1, &reason);
        }
    }

    fn values_of(&self, step: &Step, values: &mut Vec<String>) {
        if let StepKind::Values(found) = &step.kind {
            for (span, cell, ty) in found {
                let shown = self.shown(*span, cell, *ty);
                if !values.contains(&shown) {
                    values.push(shown);
                }
            }
        }
        step.parts.iter().for_each(|part| self.values_of(part, values));
    }

    fn is_literal(&self, span: Span) -> bool {
        self.any_at(span, |expr| matches!(expr.kind, ExprKind::Literal(_)))
    }

    /// Whether something holds of an expression that is written there.
    fn any_at(&self, span: Span, holds: impl Fn(&Expr) -> bool) -> bool {
        let mut found = false;
        for expr in self.quotations.exprs() {
            expr.walk(&mut |expr| found |= expr.span == span && holds(expr));
        }
        found
    }

    /// What the reader may see of a value that is written there.
    pub(crate) fn shown(&self, span: Span, cell: &Cell, ty: Type) -> String {
        self.masked(self.class(span), kijun_eval::cell_text(self.snapshot, cell, ty))
    }

    /// What the reader may see of a text of a class.
    pub(crate) fn masked(&self, class: Class, text: String) -> String {
        match class {
            Class::Secret => self.word("（非公開）", "(secret)"),
            Class::Personal if !self.shows_personal => PERSONAL.to_owned(),
            Class::Personal | Class::Open => text,
        }
    }

    /// Who may see what the expression written there reads.
    fn class(&self, span: Span) -> Class {
        let mut class = Class::Open;
        for expr in self.quotations.exprs() {
            expr.walk(&mut |expr| {
                if expr.span == span {
                    class = class.max(class_in(self.snapshot, self.quotations.vars(), expr));
                }
            });
        }
        class
    }

    /// How many rows of a quantifier are named.
    const NAMED: usize = 5;

    fn rows(&mut self, depth: usize, read: &RowsRead) {
        let RowsRead { fact, as_of, rows, read, .. } = read;
        let label = self.as_of_label(*fact, *as_of);
        let sure = rows.iter().filter(|(_, truth)| *truth == Truth::True).count();
        let unsure = rows.len() - sure;
        let counted = match self.lang {
            Lang::Ja => format!("{label}: {read} 件のうち、当てはまるもの {sure} 件、不明 {unsure} 件"),
            Lang::En => format!("{label}: of {read} rows {sure} fit, {unsure} may"),
        };
        self.line(depth, &counted);
        for (row, truth) in rows.iter().take(Self::NAMED) {
            self.row(depth + 1, *fact, *row, *as_of, Some(*truth));
        }
    }

    /// The label of a fact, with the moment where it is read as of another than the date of judgement.
    fn as_of_label(&self, fact: FactId, as_of: AsOf) -> String {
        let label = &self.snapshot.program.facts[fact].label;
        match as_of {
            AsOf::Moment(moment) if self.snapshot.program.is_timed(fact) => {
                let local = self.snapshot.program.calendar.zone.to_datetime(moment);
                let moment = local.strftime("%Y-%m-%d %H:%M");
                match self.lang {
                    Lang::Ja => format!("{label}（{moment} 時点）"),
                    Lang::En => format!("{label} (as of {moment})"),
                }
            }
            _ => label.clone(),
        }
    }

    /// The rows that came nearest, each with the conditions that it fails.
    pub(crate) fn nearest(&mut self, depth: usize, read: &RowsRead, proofs: &[Step]) {
        if read.nearest.is_empty() || proofs.is_empty() {
            return;
        }
        self.say(depth, &Bilingual::new("最も近いもの:", "the nearest:"));
        for (row, proof) in read.nearest.iter().zip(proofs) {
            self.row(depth + 1, read.fact, *row, read.as_of, Some(proof.truth));
            if proof.kind == StepKind::All {
                for part in proof.parts.iter().filter(|part| decides(proof, part)) {
                    self.step(depth + 2, part);
                }
            } else {
                self.step(depth + 2, proof);
            }
        }
    }

    /// A row with the file and line that it came from; one that was derived with the rows that it rests on.
    pub(crate) fn row(&mut self, depth: usize, fact: FactId, row: u32, as_of: AsOf, truth: Option<Truth>) {
        let declared = &self.snapshot.program.facts[fact];
        let label = &declared.label;
        let name = row_name(self.snapshot, fact, row, as_of);
        let sign = truth.map_or(String::new(), |truth| format!("{} ", sign(truth)));
        let place = if declared.is_collected() { self.place(fact, row) } else { String::new() };
        self.line(depth, &format!("{sign}{label} {name}{place}"));
        if let FactKind::Relation(_) = declared.kind
            && let Some(view) = self.snapshot.view(fact, as_of)
        {
            for (fact, row) in view.support(row) {
                self.row(depth + 1, *fact, *row, AsOf::Today, None);
            }
        }
    }

    /// The file and line of a row of evidence.
    fn place(&self, fact: FactId, row: u32) -> String {
        let origin = self.snapshot.evidence.tables[fact].origin(row);
        let artifact = self.snapshot.evidence.artifacts.get(origin.artifact as usize);
        artifact.map_or_else(String::new, |artifact| format!("  ← {}:{}", artifact.path, origin.line))
    }

    fn reason(&mut self, depth: usize, reason: &Reason) {
        let sentence = self.quotations.reason(self.snapshot, reason);
        self.line(depth, &format!("… {}", sentence.get(self.lang)));
    }

    /// What is missing, if anything is.
    pub(crate) fn lacks(&mut self, reasons: &[Reason]) {
        if reasons.is_empty() {
            return;
        }
        self.say(0, &Bilingual::new("足りない証拠", "evidence that is missing"));
        for reason in reasons {
            self.reason(1, reason);
        }
    }

    /// A line in the language of the reader.
    pub(crate) fn say(&mut self, depth: usize, text: &Bilingual) {
        self.line(depth, text.get(self.lang));
    }

    /// A text in the language of the reader.
    pub(crate) fn in_lang(&self, text: &Bilingual) -> String {
        text.get(self.lang).to_owned()
    }

    fn word(&self, ja: &str, en: &str) -> String {
        self.in_lang(&Bilingual::new(ja, en))
    }

    /// A line so far from the margin.
    pub(crate) fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// Whether a part made its condition what it is: of a conjunction that fails only what fails, of a disjunction that holds only
/// what holds. The rest would say nothing, or be undefined without what fails (`x is not none and x == …`).
fn decides(step: &Step, part: &Step) -> bool {
    match (&step.kind, step.truth) {
        (StepKind::All, Truth::False) => part.truth == Truth::False,
        (StepKind::Any, Truth::True) => part.truth == Truth::True,
        _ => true,
    }
}

/// The sign of a truth.
pub(crate) fn sign(truth: Truth) -> char {
    match truth {
        Truth::True => '✓',
        Truth::False => '✗',
        Truth::Unknown => '?',
    }
}
