//! A workspace with its evidence, read once, of which questions are asked.

use kijun_audit::{Answer, Inquiry, Style, Workspace, answer, answer_text, collect, inquire};
use kijun_eval::{Evidence, Occasion, Snapshot};
use kijun_pack::sentence::Vocabulary;
use kijun_source::{Diagnostic, Lang, bilingual};

use crate::arguments::{Arguments, Dates};
use crate::output;

/// Somebody who asks.
pub(super) struct Asking {
    pub(super) workspace: Workspace,
    pub(super) evidence: Evidence,
    pub(super) occasion: Occasion,
}

impl Asking {
    /// Reads the workspace and its evidence; complains where it cannot be judged.
    pub(super) fn open(arguments: &Arguments, dates: &Dates, lang: Lang) -> Option<Self> {
        let mut workspace = super::sound_workspace(arguments, lang)?;
        let occasion = super::occasion_of(&workspace, dates, lang)?;
        let evidence = collect(&mut workspace, occasion.today).evidence;
        Some(Self { workspace, evidence, occasion })
    }

    /// The dates and how much evidence there is.
    pub(super) fn introduce(&self, lang: Lang) {
        let Occasion { today, period_start, period_end } = self.occasion;
        let rows: u32 = self.evidence.tables.values().map(kijun_eval::Table::len).sum();
        let sources: usize = self.evidence.coverage.values().map(Vec::len).sum();
        let text = bilingual!(
            "基準日 {today} · 期間 {period_start} から {period_end} まで · 証拠 {rows}件 / {sources}系統",
            "as of {today} · period {period_start} to {period_end} · rows {rows} · sources {sources}"
        );
        output::note(text.get(lang));
    }

    /// A question that can be answered; says what is wrong with one that cannot.
    pub(super) fn inquire(&mut self, question: &str, lang: Lang) -> Option<Inquiry> {
        match inquire(&mut self.workspace, question) {
            Ok(inquiry) => {
                self.evidence.fit(&inquiry.program);
                Some(inquiry)
            }
            Err(problems) => {
                self.complain(&problems, lang);
                None
            }
        }
    }

    /// Turns to other dates, for which the evidence is read anew; says why where they cannot be.
    pub(super) fn turn(&mut self, dates: &Dates, lang: Lang) -> bool {
        let Some(occasion) = super::occasion_of(&self.workspace, dates, lang) else { return false };
        if occasion.today != self.occasion.today {
            self.evidence = collect(&mut self.workspace, occasion.today).evidence;
        }
        self.occasion = occasion;
        true
    }

    /// The period under audit as it may be written.
    pub(super) fn period(&self) -> String {
        format!("{}..{}", self.occasion.period_start, self.occasion.period_end)
    }

    fn complain(&self, problems: &[Diagnostic], lang: Lang) {
        output::diagnostics(problems, &self.workspace.sources, lang);
    }

    /// The answer as data.
    pub(super) fn answer(&self, inquiry: &Inquiry) -> Answer {
        let snapshot = Snapshot::new(&inquiry.program, &self.evidence, self.occasion);
        answer(&snapshot, &self.workspace.sources, inquiry)
    }

    /// The answer with its reasons.
    pub(super) fn answer_text(&self, inquiry: &Inquiry, lang: Lang) -> String {
        let snapshot = Snapshot::new(&inquiry.program, &self.evidence, self.occasion);
        let sources = &self.workspace.sources;
        let vocabulary = Vocabulary::of(sources);
        let style = Style { lang, sources, wording: &vocabulary.in_words(lang) };
        kijun_pack::plain_lines(&answer_text(&snapshot, inquiry, style))
    }
}
