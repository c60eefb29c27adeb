//! Answers of people and gaps of logs, tried by judging anew.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kijun_analysis::{Options, Unit, analyze};
use kijun_eval::{
    Defect, Evidence, GapKind, Held, Occasion, Origin, Reason, Snapshot, SourceCoverage, Stretch, Subject,
    TableBuilder, Taken, evaluate,
};
use kijun_ir::{Calendar, Cell, FactId, Program, RuleId, Value, Verdict};
use kijun_source::{Lang, Sources};

use super::{Advice, Wanted, Weight, advice_text, advise};
use crate::{AsWritten, Style};

const RULESET: &str = r#"
standard sample "見本の基準" {
  issuer "本市"
  section "1" "人" {
    criterion "1(1)" {
      text "監督し、記録を保管すること。"
      duty a "監督し"
      duty b "記録を保管すること"
    }
  }
}
event access "利用記録" at at {
  at: datetime "日時"
  fresh within 1 day
}
event entry "入室記録" at at {
  at: datetime "日時"
  fresh within 1 day
}
attest supervised "必要な監督" {
  covers      "1(1)a"
  severity    major
  question    "監督を行っているか。"
  answered by "総括保護管理者", "保護管理者"
  attach      "監督記録", "体制図"
  holds for   1 year
}
rule silent_in_use "使用中の欠落" {
  covers   "1(1)b"
  for each g in gaps(access)
  or none
  require  no e in entry where e.at >= g.from and e.at < g.to
  message  "{g.from} から {g.to} まで記録がない"
}
"#;

const TODAY: Date = date(2026, 4, 30);

fn at(text: &str) -> Timestamp {
    format!("{text}+09:00").parse().unwrap()
}

fn text(text: &str) -> Cell {
    Cell::Known(Value::text(text))
}

/// The ruleset, and evidence with one source a fact.
struct World {
    program: Program,
    sources: Sources,
    evidence: Evidence,
}

impl World {
    fn new() -> Self {
        let mut sources = Sources::new();
        let id = sources.add("sample.kijun", RULESET);
        let (file, problems) = kijun_syntax::parse(sources.file(id));
        assert!(problems.is_empty(), "{problems:?}");
        let unit = Unit { files: vec![file], uses: Vec::new() };
        let analysis = analyze(&[unit], &Options { calendar: Calendar::japan(), overrides: Vec::new() });
        let problems = analysis.diagnostics;
        assert!(!problems.iter().any(kijun_source::Diagnostic::is_error), "{problems:?}");
        let evidence = Evidence::empty(&analysis.program);
        Self { program: analysis.program, sources, evidence }
    }

    fn fact(&self, name: &str) -> FactId {
        self.program.fact(name).unwrap()
    }

    fn with(mut self, fact: &str, held: Held, rows: &[Vec<Cell>]) -> Self {
        let id = self.fact(fact);
        let mut table = TableBuilder::new(&self.program.facts[id]);
        for (line, cells) in (2..).zip(rows) {
            table.push(cells.clone(), Origin { line, ..Origin::default() });
        }
        self.evidence.tables[id] = table.finish(&mut self.evidence.dictionary);
        self.evidence.coverage[id] = vec![SourceCoverage { source: fact.to_owned(), held }];
        self
    }

    /// The register of answers as it was yesterday.
    fn answered(self, defects: Vec<Defect>, rows: &[Vec<Cell>]) -> Self {
        let held = Held::State(vec![Taken { at: at("2026-04-29T12:00"), defects }]);
        self.with("attestation", held, rows)
    }

    /// What is advised for the first subject, or the population where there is none, and what people read.
    fn advised(&self, rule: &str) -> (Advice, Option<Subject>, String) {
        let period = (date(2026, 4, 1), date(2027, 3, 31));
        let occasion = Occasion { today: TODAY, period_start: period.0, period_end: period.1 };
        let snapshot = Snapshot::new(&self.program, &self.evidence, occasion);
        let mut rules = self.program.rules.iter();
        let id: RuleId = rules.find(|(_, declared)| declared.name == rule).unwrap().0;
        let outcome = &evaluate(&snapshot).rules[id];
        let subject = outcome.subjects.first();
        let now = subject.map_or(outcome.verdict, |subject| subject.verdict);
        let subject = subject.map(|subject| subject.subject);
        let advice = advise(&snapshot, id, subject, now);
        let style = Style { lang: Lang::Ja, sources: &self.sources, wording: &AsWritten };
        let written = advice_text(&snapshot, id, None, &advice, style);
        (advice, subject, written)
    }
}

/// An answer of the last winter.
fn answer(yes: bool, on: Date, role: &str, attachments: Cell) -> Vec<Cell> {
    let said = Cell::Known(Value::Bool(yes));
    let on = Cell::Known(Value::Date(on));
    vec![Cell::Known(Value::Enum(0)), said, on, text("甲"), text(role), attachments, Cell::None]
}

const WINTER: Date = date(2026, 1, 15);

fn verdicts(advice: &Advice) -> Vec<Option<Verdict>> {
    advice.stages.iter().flat_map(|stage| &stage.outcomes).map(|outcome| outcome.verdict).collect()
}

fn asks_for_an_answer(advice: &Advice) -> bool {
    let entries = advice.stages.iter().flat_map(|stage| &stage.entries);
    entries.filter(|entry| matches!(entry.wanted, Wanted::Answer(_))).count() > 0
}

const EITHER: [Option<Verdict>; 2] = [Some(Verdict::Met), Some(Verdict::Violated)];

#[test]
fn an_answer_of_today_decides_what_nobody_has_answered() {
    let (advice, _, written) = World::new().advised("supervised");
    let mut found = verdicts(&advice);
    found.sort();
    assert_eq!(found, EITHER);
    let stage = &advice.stages[0];
    assert!(stage.entries.iter().all(|entry| entry.weight == Weight::Needed), "{stage:?}");
    assert_eq!(stage.entries.len(), 2, "no source, and no answer");
    assert!(
        written
            .contains("「総括保護管理者」か「保護管理者」の役割の者による「監督記録」「体制図」を添えた回答"),
        "{written}"
    );
    assert!(!written.contains("確かめられなかった"), "{written}");
    let (unasked, ..) = World::new().answered(Vec::new(), &[]).advised("supervised");
    assert_eq!(unasked.stages[0].entries.len(), 1, "only the answer");
    assert_eq!(verdicts(&unasked).len(), 2);
}

#[test]
fn a_register_that_may_lack_answers_must_be_whole_too() {
    let (advice, _, written) = World::new().answered(vec![Defect::NotVouched], &[]).advised("supervised");
    assert_eq!(verdicts(&advice).len(), 2);
    let needed = advice.stages[0].entries.iter().filter(|entry| entry.weight == Weight::Needed).count();
    assert_eq!(needed, 2);
    assert!(written.contains("ほかに回答がなければ"), "{written}");
}

#[test]
fn a_new_answer_takes_the_place_of_one_that_does_not_count() {
    for spoiled in [
        answer(true, WINTER, "係長", text("監督記録;体制図")),
        answer(true, WINTER, "保護管理者", text("監督記録")),
        answer(true, WINTER, "保護管理者", Cell::None),
    ] {
        let (advice, ..) = World::new().answered(Vec::new(), &[spoiled]).advised("supervised");
        assert!(asks_for_an_answer(&advice) && verdicts(&advice).contains(&EITHER[0]), "{advice:?}");
    }
    let no = answer(false, WINTER, "保護管理者", Cell::None);
    let (advice, ..) = World::new().answered(Vec::new(), &[no]).advised("supervised");
    assert_eq!(verdicts(&advice), [Some(Verdict::Met)]);
}

#[test]
fn nothing_is_said_of_an_answer_that_would_decide_nothing() {
    let today = answer(false, TODAY, "保護管理者", Cell::None);
    let (advice, ..) = World::new().answered(Vec::new(), &[today]).advised("supervised");
    assert!(!asks_for_an_answer(&advice), "of answers of one day all count: {advice:?}");
    let yes = answer(true, WINTER, "保護管理者", text("監督記録、体制図"));
    let (met, ..) = World::new().answered(Vec::new(), &[yes]).advised("supervised");
    assert!(met.now == Verdict::Met && met.stages.is_empty());
}

/// A log of which two days were not collected, and what happened in the meantime.
fn silent(entries: Held) -> World {
    let stretch = |from: &str, to: &str| Stretch { from: at(from), to: at(to), defects: Vec::new() };
    let log = vec![
        stretch("2026-04-01T00:00", "2026-04-10T00:00"),
        stretch("2026-04-12T00:00", "2026-05-01T00:00"),
    ];
    let entry = vec![Cell::Known(Value::DateTime(at("2026-04-11T09:00")))];
    World::new().with("access", Held::Log(log), &[]).with("entry", entries, &[entry])
}

#[test]
fn the_gap_that_is_judged_is_closed_by_what_it_lacks() {
    let whole =
        Held::Log(vec![Stretch { from: Timestamp::MIN, to: at("2026-05-01T00:00"), defects: Vec::new() }]);
    let (advice, subject, written) = silent(whole).advised("silent_in_use");
    assert!(subject.is_some() && advice.now == Verdict::Violated);
    let reason = advice.stages[0].entries[0].reason();
    assert!(
        matches!(reason, Some(Reason::Gap(gap)) if matches!(gap.kind, GapKind::Uncollected { .. })),
        "{reason:?}"
    );
    assert_eq!(verdicts(&advice), [None], "the gap is gone, and with it the subject");
    assert!(!written.contains("確かめられなかった"), "{written}");
}
