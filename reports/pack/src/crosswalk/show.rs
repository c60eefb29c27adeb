//! The crosswalks on the screen: of a duty the controls, of a control the duties.

use kijun_ir::{CatalogueId, Clause, CrosswalkSide, Duty, DutyId, Program};
use kijun_source::{Bilingual, Lang};

use super::line::{End, Line, document, duties, lines, pairs};
use super::strength::caution;
use super::{Found, Selection};
use crate::mask::plain;
use crate::terminal::{fit, table};
use crate::words::strength_label;

/// As many columns of a title as are shown in a row.
const TITLE: usize = 48;

/// Every duty of every standard with the controls that it maps to.
pub fn show_all(selection: Selection<'_>, lang: Lang) -> String {
    let standards = 0..selection.program.standards.len();
    Screen::new(selection, lang).finish(|screen| {
        for standard in standards {
            duties(selection.program, standard).into_iter().for_each(|duty| screen.duty(standard, duty));
        }
    })
}

/// Each of what was found, with what it maps to and what maps to it.
pub fn show(selection: Selection<'_>, found: &[Found], lang: Lang) -> String {
    Screen::new(selection, lang).finish(|screen| {
        for each in found {
            match each {
                Found::Duty(duty) => screen.duty_found(*duty),
                Found::Control(catalogue, at) => screen.control(*catalogue, *at),
            }
        }
    })
}

/// Lines between two documents, which are read once for all that is shown.
struct Between<'a> {
    from: CrosswalkSide,
    to: CatalogueId,
    lines: Vec<Line<'a>>,
}

struct Screen<'a> {
    program: &'a Program,
    between: Vec<Between<'a>>,
    lang: Lang,
    written: Vec<String>,
}

impl<'a> Screen<'a> {
    fn new(selection: Selection<'a>, lang: Lang) -> Self {
        let pairs = pairs(selection).into_iter();
        let between =
            pairs.map(|(from, to)| Between { from, to, lines: lines(selection.program, (from, to)) });
        Self { program: selection.program, between: between.collect(), lang, written: Vec::new() }
    }

    fn finish(mut self, write: impl FnOnce(&mut Self)) -> String {
        write(&mut self);
        self.written.push(caution().get(self.lang).to_owned());
        self.written.iter().map(|line| plain(line.trim_end()) + "\n").collect()
    }

    fn word(&self, ja: &str, en: &str) -> String {
        Bilingual::new(ja, en).get(self.lang).to_owned()
    }

    fn duty_found(&mut self, id: DutyId) {
        let duty = &self.program.duties[id];
        let section = match duty.clause {
            Clause::Section(section) => section,
            Clause::Criterion(criterion) => self.program.criteria[criterion].section,
        };
        let standards = &self.program.standards;
        if let Some(standard) = standards.iter().position(|standard| standard.sections.contains(&section)) {
            self.duty(standard, duty);
        }
    }

    fn duty(&mut self, standard: usize, duty: &Duty) {
        self.written.push(format!("{}「{}」", duty.id, duty.quote));
        self.outgoing(&duty.id, CrosswalkSide::Standard(standard));
        self.written.push(String::new());
    }

    fn control(&mut self, catalogue: CatalogueId, at: usize) {
        let declared = &self.program.catalogues[catalogue];
        let Some(control) = declared.controls.get(at) else { return };
        let english = control.english.as_deref().filter(|_| self.lang == Lang::En);
        let title = english.unwrap_or(&control.title);
        let unverified = if control.unverified { self.unverified() } else { String::new() };
        self.written.push(format!("{}　{}　{title}{unverified}", declared.title, control.id));
        self.incoming(&control.id, catalogue);
        self.outgoing(&control.id, CrosswalkSide::Catalogue(catalogue));
        self.written.push(String::new());
    }

    fn unverified(&self) -> String {
        self.word("（未確認）", " (unverified)")
    }

    /// What an id on the left maps to, catalogue by catalogue.
    fn outgoing(&mut self, id: &str, from: CrosswalkSide) {
        let mut blocks = Vec::new();
        for between in self.between.iter().filter(|between| between.from == from) {
            let lines = between.lines.iter().filter(|line| line.left.is_some_and(|end| end.id == id));
            let lines: Vec<(&Line<'_>, Option<End<'_>>)> = lines.map(|line| (line, line.right)).collect();
            let to = document(self.program, CrosswalkSide::Catalogue(between.to)).1;
            let silence = Bilingual::new("記載がない", "nothing is stated");
            blocks.push((format!("  → {to}"), self.rows(&lines, &silence)));
        }
        self.blocks(blocks);
    }

    /// What maps to a control, document by document.
    fn incoming(&mut self, id: &str, to: CatalogueId) {
        let mut blocks = Vec::new();
        for between in self.between.iter().filter(|between| between.to == to) {
            let lines = between.lines.iter().filter(|line| line.right.is_some_and(|end| end.id == id));
            let lines: Vec<(&Line<'_>, Option<End<'_>>)> = lines.map(|line| (line, line.left)).collect();
            let from = document(self.program, between.from).1;
            let silence = Bilingual::new("対応するものがない", "nothing maps to it");
            blocks.push((format!("  ← {from}"), self.rows(&lines, &silence)));
        }
        self.blocks(blocks);
    }

    fn blocks(&mut self, blocks: Vec<(String, Vec<Vec<String>>)>) {
        for (head, rows) in blocks {
            self.written.push(head);
            self.written.extend(table(&rows).iter().map(|row| format!("  {row}")));
        }
    }

    fn rows(&self, lines: &[(&Line<'_>, Option<End<'_>>)], silence: &Bilingual) -> Vec<Vec<String>> {
        if lines.is_empty() {
            return vec![vec![silence.get(self.lang).to_owned()]];
        }
        lines.iter().map(|(line, end)| self.row(line, *end)).collect()
    }

    fn row(&self, line: &Line<'_>, end: Option<End<'_>>) -> Vec<String> {
        let Some(end) = end else { return vec![self.word("対応なし", "none")] };
        let strength = line.strength.map(|strength| strength_label(strength).get(self.lang).to_owned());
        let unverified = if line.unverified { self.unverified() } else { String::new() };
        vec![
            end.id.to_owned(),
            fit(end.title(self.lang), TITLE),
            strength.unwrap_or_default(),
            format!("{}{unverified}", line.basis.unwrap_or_default()).trim().to_owned(),
        ]
    }
}
