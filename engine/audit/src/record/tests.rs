//! Records of small rulesets over small evidence.

mod inventory;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kijun_analysis::{Options, Unit, analyze};
use kijun_eval::{
    Artifact, Defect, Evidence, Held, Occasion, Origin, Outcome, Snapshot, SourceCoverage, Stretch,
    TableBuilder, Taken, prove_all,
};
use kijun_ir::{
    Calendar, Cell, Duration, FactId, Freshness, Index, IndexVec, Kind, Param, ParamValue, Program, Value,
    Verdict,
};
use kijun_source::Sources;

use super::*;

const RULESET: &str = r#"
standard sample "見本の基準" {
  issuer "本市"
  edition "0.1.0"
  section "1" "人" {
    criterion "1(1)" {
      text "従業者は研修を受けること。記録を保管すること。"
      duty a "従業者は研修を受けること"
      duty b "記録を保管すること"
    }
    criterion "1(2)" {
      text "入室は許可された従業者に限ること。"
      duty a "入室は許可された従業者に限ること"
    }
    criterion "1(3)" {
      text "【例】研修の資料"
      note "【例】研修の資料"
    }
  }
}
state person "従業者" {
  key id: text "従業者番号"
  name: text personal "氏名"
  trained: bool "研修済み"
  fresh within 31 days
}
state permit "許可" {
  key number: text "番号"
  person: text "従業者"
  fresh within 31 days
}
event entry "入退室ログ" at at {
  at: datetime "日時"
  person: ref person "従業者"
  fresh within 1 day
}
state contract "契約" {
  key number: text "番号"
  fresh within 31 days
}
param retention "保管期間": duration = 18 months because "契約の終わりまで"
rule trained_all "研修を受けている" {
  covers "1(1)a"
  severity major
  for each p in person
  require p.trained
  excused by g in permit where g.person == p.id
  message "{p.id} {p.name} が研修を受けていない"
}
rule entry_by_person "従業者だけが入る" {
  covers "1(2)a"
  severity minor
  for each e in entry where e.at in period
  require e.person.trained
  message "{e.at} に {e.person} が入った"
}
"#;

const TODAY: Date = date(2026, 4, 30);

fn at(text: &str) -> Timestamp {
    format!("{text}+09:00").parse().unwrap()
}

/// A program, and the ruleset as it is written.
fn read(text: &str) -> (Program, Sources) {
    let mut sources = Sources::new();
    let id = sources.add("sample.kijun", text);
    let (file, problems) = kijun_syntax::parse(sources.file(id));
    assert!(problems.is_empty(), "{problems:?}");
    let unit = Unit { files: vec![file], uses: Vec::new() };
    let analysis = analyze(&[unit], &Options { calendar: Calendar::japan(), overrides: Vec::new() });
    let problems = analysis.diagnostics;
    assert!(!problems.iter().any(kijun_source::Diagnostic::is_error), "{problems:?}");
    (analysis.program, sources)
}

/// Evidence with one source and one file a fact: rows of cells, and what the source holds.
struct World {
    program: Program,
    written: Sources,
    rows: IndexVec<FactId, Vec<Vec<Cell>>>,
    held: IndexVec<FactId, Option<Held>>,
    today: Date,
}

fn text(text: &str) -> Cell {
    Cell::Known(Value::Text(Arc::from(text)))
}

fn yes(value: bool) -> Cell {
    Cell::Known(Value::Bool(value))
}

fn whole(day: &str) -> Held {
    Held::State(vec![Taken { at: at(&format!("{day}T08:00")), defects: Vec::new() }])
}

fn stretch(from: &str, to: &str) -> Stretch {
    Stretch { from: at(&format!("{from}T00:00")), to: at(&format!("{to}T00:00")), defects: Vec::new() }
}

impl World {
    /// Nothing delivered yet.
    fn new(ruleset: &str) -> Self {
        let (program, written) = read(ruleset);
        let rows = program.facts.values().map(|_| Vec::new()).collect();
        let held = program.facts.values().map(|_| None).collect();
        Self { program, written, rows, held, today: TODAY }
    }

    fn deliver(mut self, fact: &str, held: Held, rows: &[&[Cell]]) -> Self {
        let fact = self.program.fact(fact).unwrap();
        self.held[fact] = Some(held);
        self.rows[fact] = rows.iter().map(|row| row.to_vec()).collect();
        self
    }

    /// Three people of whom one is not trained and one has a permit, and a log with a hole.
    fn usual() -> Self {
        let people: [&[Cell]; 3] = [
            &[text("S-1"), text("架空 一郎"), yes(true)],
            &[text("S-2"), text("架空 花子"), yes(false)],
            &[text("S-3"), text("架空 次郎"), yes(false)],
        ];
        let entry = |time: &str, person: &str| [Cell::Known(Value::DateTime(at(time))), text(person)];
        let log = Held::Log(vec![stretch("2026-04-10", "2026-05-01"), stretch("2026-04-01", "2026-04-07")]);
        Self::new(RULESET)
            .deliver("person", whole("2026-04-01"), &people)
            .deliver("permit", whole("2026-04-01"), &[&[text("第12号"), text("S-3")]])
            .deliver("entry", log, &[&entry("2026-04-02T09:00", "S-1"), &entry("2026-04-03T09:00", "S-9")])
    }

    fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::empty(&self.program);
        for (fact, declared) in self.program.facts.iter() {
            let artifact = u32::try_from(fact.index()).unwrap();
            evidence.artifacts.push(Artifact {
                source: format!("{}-source", declared.name),
                path: format!("evidence/{}.csv", declared.name),
                sha256: "ab".repeat(32),
                collected_at: at("2026-04-30T08:00"),
            });
            let mut builder = TableBuilder::new(declared);
            for (position, row) in self.rows[fact].iter().enumerate() {
                let line = u32::try_from(position + 2).unwrap();
                builder.push(row.clone(), Origin { artifact, line, ..Origin::default() });
            }
            evidence.tables[fact] = builder.finish(&mut evidence.dictionary);
            let coverage = self.held[fact].iter();
            evidence.coverage[fact] = coverage
                .map(|held| SourceCoverage {
                    source: format!("{}-source", declared.name),
                    held: held.clone(),
                })
                .collect();
        }
        evidence
    }

    fn file(&self, fact: &str, path: &str) -> CollectionRecord {
        CollectionRecord {
            source: format!("{fact}-source"),
            fact: self.program.fact(fact).unwrap(),
            path: path.to_owned(),
            sha256: "ab".repeat(32),
            collected_at: at("2026-04-30T08:00"),
            coverage: None,
            rows: 1,
            rejected: Vec::new(),
            vouched: None,
            unread_columns: Vec::new(),
            unfilled_fields: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn judged<T>(&self, look: impl FnOnce(&Snapshot<'_>, &Outcome) -> T) -> T {
        let evidence = self.evidence();
        let occasion =
            Occasion { today: self.today, period_start: date(2026, 4, 1), period_end: date(2027, 3, 31) };
        let snapshot = Snapshot::new(&self.program, &evidence, occasion);
        look(&snapshot, &prove_all(&snapshot))
    }

    fn record(&self, collections: Vec<CollectionRecord>) -> AuditRecord {
        self.judged(|snapshot, outcome| {
            record(snapshot, outcome, &self.written, BothWordings::AS_WRITTEN, collections, "見本株式会社")
        })
    }
}

fn subjects(rule: &RuleRecord) -> Vec<(&str, Verdict)> {
    rule.subjects.iter().map(|subject| (subject.name.text.as_str(), subject.verdict)).collect()
}

fn sentences(lacks: &[LackRecord]) -> Vec<&str> {
    lacks.iter().map(|lack| lack.sentence.ja.as_str()).collect()
}

fn message(subject: &SubjectRecord) -> String {
    subject.message.iter().map(|piece| piece.text.as_str()).collect()
}

fn places(subject: &SubjectRecord) -> Vec<(Role, String)> {
    subject.evidence.iter().map(|row| (row.role, format!("{}:{}", row.path, row.line))).collect()
}

#[test]
fn the_gravest_below_wins_and_a_duty_without_a_rule_is_undetermined() {
    let record = World::usual().record(Vec::new());
    let section = &record.standards[0].sections[0];
    let criteria: Vec<_> = section.criteria.iter().map(|each| (each.id.as_str(), each.verdict)).collect();
    assert_eq!(
        criteria,
        [("1(1)", Verdict::Violated), ("1(2)", Verdict::Undetermined), ("1(3)", Verdict::NotApplicable)]
    );
    let unruled = &section.criteria[0].duties[1];
    assert_eq!((unruled.id.as_str(), unruled.verdict), ("1(1)b", Verdict::Undetermined));
    assert_eq!(sentences(&unruled.lacks), ["この義務を判定する規則がまだない"]);
    assert_eq!(
        (section.verdict, record.standards[0].verdict, record.verdict),
        (Verdict::Violated, Verdict::Violated, Verdict::Violated)
    );
}

#[test]
fn what_is_only_observed_does_not_weigh_on_a_duty_and_does_not_decide_one() {
    let lenient = RULESET.replace("severity major", "severity observation");
    let world = World::new(&lenient)
        .deliver("person", whole("2026-04-30"), &[&[text("S-2"), text("架空 花子"), yes(false)]])
        .deliver("permit", whole("2026-04-30"), &[]);
    let record = world.record(Vec::new());
    let observed = &record.rules[0];
    assert_eq!((observed.is_observation(), observed.verdict), (true, Verdict::Violated));
    let alone = &record.standards[0].sections[0].criteria[0].duties[0];
    assert_eq!(alone.verdict, Verdict::Undetermined);
    assert_eq!(sentences(&alone.lacks), ["この義務を判定する規則がまだない"]);
    assert!(alone.is_undecided() && !world.program.is_decided(kijun_ir::DutyId::from_index(0)));
    assert_eq!(record.observation_counts().get(Verdict::Violated), 1);
    assert_eq!(record.rule_counts().get(Verdict::Violated), 0);
    assert_ne!(record.verdict, Verdict::Violated);
    let beside = lenient
        + "rule also \"名簿\" { covers \"1(1)a\" for each p in person require p.id != \"\" message \"空\" }";
    let beside = World::new(&beside)
        .deliver("person", whole("2026-04-30"), &[&[text("S-2"), text("架空 花子"), yes(false)]])
        .deliver("permit", whole("2026-04-30"), &[]);
    let record = beside.record(Vec::new());
    assert_eq!(record.standards[0].sections[0].criteria[0].duties[0].verdict, Verdict::Met);
}

#[test]
fn a_duty_by_criteria_is_as_grave_as_the_gravest_of_them() {
    let whole = r#"text "次の対策を行うこと。" duty a "次の対策を行うこと" by criteria criterion "1(1)""#;
    let ruleset = RULESET.replacen(r#"criterion "1(1)""#, whole, 1);
    let duty = |ruleset: &str| {
        let record = World::new(ruleset).record(Vec::new());
        record.standards[0].sections[0].duties[0].clone()
    };
    let gathered = duty(&ruleset);
    assert_eq!((gathered.id.as_str(), gathered.verdict), ("1a", Verdict::Undetermined));
    assert!(gathered.by_criteria && !gathered.is_undecided() && gathered.lacks.is_empty());
    let alone = duty(
        r#"standard s "基準" { section "1" "節" { text "次の対策を行うこと。" duty a "次の対策を行うこと" by criteria } }"#,
    );
    assert_eq!(alone.verdict, Verdict::Undetermined);
    let nothing = duty(
        r#"standard s "基準" { section "1" "節" { text "次の対策を行うこと。" duty a "次の対策を行うこと" by criteria
           criterion "1(1)" { text "例" note "例" } } }"#,
    );
    assert_eq!(nothing.verdict, Verdict::NotApplicable);
}

#[test]
fn a_text_that_nobody_read_is_undetermined() {
    let text =
        r#"standard s "基準" { section "1" "節" { text "帳簿を備えること。" } section "2" "空の節" {} }"#;
    let record = World::new(text).record(Vec::new());
    let sections = &record.standards[0].sections;
    assert_eq!(sentences(&sections[0].lacks), ["この文から義務が引かれていない"]);
    assert_eq!((sections[0].verdict, sections[1].verdict), (Verdict::Undetermined, Verdict::NotApplicable));
    assert_eq!(record.verdict, Verdict::Undetermined);
}

#[test]
fn nothing_to_judge_is_undetermined() {
    assert_eq!(World::new("").record(Vec::new()).verdict, Verdict::Undetermined);
}

#[test]
fn a_violation_says_who_and_where_it_came_from() {
    let record = World::usual().record(Vec::new());
    let rule = &record.rules[0];
    assert_eq!(subjects(rule), [("S-2", Verdict::Violated), ("S-3", Verdict::Excused)]);
    assert_eq!((rule.population(), rule.counts.get(Verdict::Met)), (3, 1));
    assert_eq!(message(&rule.subjects[0]), "S-2 架空 花子 が研修を受けていない");
    let classes: Vec<_> = rule.subjects[0].message.iter().map(|piece| piece.class).collect();
    assert!(classes.contains(&kijun_ir::Class::Personal), "{classes:?}");
    assert_eq!(places(&rule.subjects[0]), [(Role::Subject, "evidence/person.csv:3".to_owned())]);
    assert_eq!(
        places(&rule.subjects[1]),
        [
            (Role::Subject, "evidence/person.csv:4".to_owned()),
            (Role::Exception, "evidence/permit.csv:2".to_owned())
        ]
    );
}

#[test]
fn the_undetermined_are_accused_of_nothing_and_say_what_is_missing() {
    let record = World::usual().record(Vec::new());
    let rule = &record.rules[1];
    assert_eq!(rule.verdict, Verdict::Undetermined);
    assert_eq!(
        sentences(&rule.lacks),
        ["入退室ログ（系統 entry-source）の 2026-04-07 から 2026-04-09 までの記録が未収集"]
    );
    let subject = &rule.subjects[0];
    assert_eq!((subject.verdict, message(subject).as_str()), (Verdict::Undetermined, ""));
    assert_eq!(
        sentences(&subject.lacks),
        ["従業者「S-9」が、2026-04-03 09:00 時点で判定に使える証拠に一つに定まらない"]
    );
}

#[test]
fn what_a_rule_needs_is_named_as_it_is_written() {
    let ruleset =
        RULESET.replace("  require p.trained\n", "  needs p.id !=\n    \"S-2\"\n  require p.trained\n");
    let mut world = World::usual();
    (world.program, world.written) = read(&ruleset);
    let record = world.record(Vec::new());
    let subject = record.rules[0].subjects.iter().find(|subject| subject.name.text == "S-2").unwrap();
    assert_eq!((subject.verdict, message(subject).as_str()), (Verdict::Undetermined, ""));
    assert_eq!(sentences(&subject.lacks), ["前提が示されていない: p.id != \"S-2\""]);
    assert_eq!(subject.lacks[0].kind, Lack::NotShown);
}

#[test]
fn a_key_that_is_personal_is_not_said() {
    let ruleset = RULESET.replace("key id: text \"従業者番号\"", "key id: text personal \"従業者番号\"");
    let mut world = World::usual();
    (world.program, world.written) = read(&ruleset);
    let record = world.record(Vec::new());
    assert_eq!(
        sentences(&record.rules[1].subjects[0].lacks),
        ["参照先の従業者が、2026-04-03 09:00 時点で判定に使える証拠に一つに定まらない"]
    );
    assert!(record.rules[0].subjects.iter().all(|subject| !subject.name.text.contains("S-")));
}

/// What a rule about people says where the roster is `held`.
fn check_roster(held: Held, expected: &[&str]) {
    let world = World::usual().deliver("person", held, &[]);
    let record = world.record(Vec::new());
    assert_eq!(record.rules[0].verdict, Verdict::Undetermined);
    assert_eq!(sentences(&record.rules[0].lacks), expected);
}

#[test]
fn gaps_are_said_as_people_say_them() {
    let nobody = "判定の対象が一つもない（対象がないことは、適合を示さない）";
    let taken = |day: &str, defects| Held::State(vec![Taken { at: at(&format!("{day}T08:00")), defects }]);
    check_roster(
        whole("2026-03-01"),
        &["従業者（系統 person-source）は 2026-03-01 時点のもので、31日以内でなければ使えない", nobody],
    );
    check_roster(
        whole("2026-05-02"),
        &[
            "従業者（系統 person-source）は 2026-05-02 時点のもので、基準日 2026-04-30 より後なので使えない",
            nobody,
        ],
    );
    check_roster(Held::State(Vec::new()), &["従業者（系統 person-source）には使える収集がない", nobody]);
    check_roster(
        taken("2026-04-20", vec![Defect::Rejected(2), Defect::NotVouched]),
        &[
            "従業者（系統 person-source）は、2行を読み取れなかった",
            "従業者（系統 person-source）は、欠けがないことを誰も保証していない",
            nobody,
        ],
    );
    check_roster(
        taken("2026-04-20", vec![Defect::RowCount { vouched: 42, found: 40 }]),
        &["従業者（系統 person-source）は、42行あるはずが40行だった", nobody],
    );
}

#[test]
fn a_value_that_is_not_known_is_named_by_file_and_line() {
    let world = World::usual().deliver(
        "person",
        whole("2026-04-20"),
        &[&[text("S-1"), text("架空 一郎"), Cell::Unknown]],
    );
    let record = world.record(Vec::new());
    assert_eq!(
        sentences(&record.rules[0].subjects[0].lacks),
        ["従業者の「研修済み」の値が分からない（evidence/person.csv:2）"]
    );
}

#[test]
fn all_are_listed_and_counted_though_not_all_are_explained() {
    let many = EXPLAINED_PER_VERDICT + 3;
    let rows: Vec<Vec<Cell>> = (0..many)
        .map(|number| vec![text(&format!("S-{number:04}")), text("架空 一郎"), yes(false)])
        .collect();
    let rows: Vec<&[Cell]> = rows.iter().map(Vec::as_slice).collect();
    let record = World::usual().deliver("person", whole("2026-04-20"), &rows).record(Vec::new());
    let rule = &record.rules[0];
    assert_eq!((rule.subjects.len(), rule.counts.get(Verdict::Violated)), (many, many));
    let explained = rule.subjects.iter().filter(|subject| subject.explained).count();
    assert_eq!(explained, EXPLAINED_PER_VERDICT);
    assert!(!rule.subjects[many - 1].message.is_empty() && rule.subjects[many - 1].evidence.len() == 1);
    assert!(record.unseen.iter().any(|text| text.ja.contains("対象3件")), "{:?}", record.unseen);
}

#[test]
fn a_rule_that_was_not_judged_is_undetermined() {
    let world = World::usual();
    let none = Outcome { rules: IndexVec::new() };
    let record = world.judged(|snapshot, _| {
        record(snapshot, &none, &world.written, BothWordings::AS_WRITTEN, Vec::new(), "見本株式会社")
    });
    assert!(record.rules.iter().all(|rule| rule.verdict == Verdict::Undetermined && rule.nobody));
    assert_eq!(record.standards[0].sections[0].criteria[1].verdict, Verdict::Undetermined);
}

#[test]
fn what_was_not_seen_is_said() {
    let world = World::usual().deliver("permit", whole("2026-01-01"), &[&[text("第12号"), text("S-3")]]);
    let mut file = world.file("person", "evidence/person.csv");
    file.unread_columns = vec!["備考".to_owned()];
    let unseen: Vec<String> = world.record(vec![file]).unseen.into_iter().map(|text| text.ja).collect();
    assert_eq!(
        unseen,
        [
            "義務3件のうち1件には、判定する規則がまだない（判定不能として数えた）",
            "契約を届ける系統がない",
            "許可の1行は、古いか基準日より後のものなので、判定に使っていない",
            "evidence/person.csv: 列 備考 は読んでいない",
        ]
    );
}

#[test]
fn the_record_does_not_depend_on_the_order_of_the_files() {
    let world = World::usual();
    let files =
        vec![world.file("entry", "b.csv"), world.file("person", "c.csv"), world.file("entry", "a.csv")];
    let turned: Vec<_> = files.iter().rev().cloned().collect();
    let (record, other) = (world.record(files), world.record(turned));
    assert_eq!(format!("{record:?}"), format!("{other:?}"));
    let entry = record.sources.iter().find(|source| source.name == "entry-source").unwrap();
    let paths: Vec<_> = entry.collections.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["a.csv", "b.csv"]);
    assert_eq!(
        sentences(&entry.gaps),
        ["入退室ログ（系統 entry-source）の 2026-04-07 から 2026-04-09 までの記録が未収集"]
    );
}

#[test]
fn no_file_is_left_out() {
    let world = World::usual();
    let mut stray = world.file("person", "stray.csv");
    stray.source = "elsewhere".to_owned();
    let record = world.record(vec![stray]);
    let source = record.sources.iter().find(|source| source.name == "elsewhere").unwrap();
    assert_eq!(source.collections.len(), 1);
}

#[test]
fn parameters_are_said_in_words() {
    let record = World::usual().record(Vec::new());
    assert_eq!(
        (record.params[0].value.ja.as_str(), record.params[0].value.en.as_str()),
        ("1年6か月", "1 year 6 months")
    );
}

#[test]
fn freshness_by_a_parameter_is_said_with_the_value_in_force() {
    let mut world = World::usual();
    let fresh = world.program.params.push(Param {
        name: "fresh_register".to_owned(),
        label: "台帳の鮮度".to_owned(),
        kind: Kind::Duration,
        value: ParamValue::One(Value::Duration(Duration::days(60))),
        rationale: "月に一度写す".to_owned(),
        overridden: true,
    });
    let (person, _) = world.program.facts.iter().find(|(_, fact)| fact.name == "person").unwrap();
    world.program.facts[person].fresh = Freshness::Param(fresh);
    let record = world.record(Vec::new());
    let source = record.sources.iter().find(|source| source.name == "person-source").unwrap();
    assert_eq!(
        (&*source.fresh.ja, &*source.fresh.en),
        ("「台帳の鮮度」（60日）", "`fresh_register` (60 days)")
    );
    let param = record.params.iter().find(|param| param.name == "fresh_register").unwrap();
    assert!(param.overridden && param.value.ja == "60日");
}
