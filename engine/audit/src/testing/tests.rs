//! What coverage and mutants say of small rules.

use jiff::tz::TimeZone;
use kijun_analysis::{Analysis, Options, Unit, analyze};
use kijun_ir::{Calendar, Program, Truth, Verdict};
use kijun_source::{Diagnostic, Sources};

use super::*;

const WORLD: &str = r#"
standard s "基準" {
  section "1" "章" {
    criterion "1(1)" { text "守ること" duty a "守ること" }
  }
}
state person "人" {
  key id: text "番号"
  age: int "年齢"
  active: bool "在籍"
  left: date? "退職日"
  fresh within 31 days
}
state permit "許可" {
  person: text "人"
  until: date "期限"
  fresh within 31 days
}
event visit "訪問" at at {
  at: date "日"
  fresh within 1 day
}
param grace "猶予": duration = 3 days because "例"
define adult(p: person) = p.age >= 18
define gone(p: person) = p.left is not none and p.left <= today
table limit "限度" {
  age: int "年齢"
  row { age: 18 }
  row { age: 20 }
}
relation age_limit "限度の年齢" (age: int "年齢") { from l in limit yield l.age }
relation high_limit "高い限度" (age: int "年齢") { from l in limit where l.age > 18 yield l.age }
"#;

/// A rule and its tests, with the text of what is said about them at hand.
struct Subject {
    sources: Sources,
    program: Program,
}

/// Reads a rule `r` that covers the one duty, with tests of the first half of April.
fn subject(rule: &str, tests: &[&str]) -> Subject {
    let tests: Vec<String> = tests
        .iter()
        .enumerate()
        .map(|(index, body)| {
            format!("test \"{index}\" for r {{\n period 2026-04-01 to 2026-04-15\n{body}\n}}\n")
        })
        .collect();
    let rule =
        format!("rule r \"規則\" {{\n covers \"1(1)a\"\n severity major\n{rule}\n message \"違反\"\n}}\n");
    let text = format!("{WORLD}{rule}{}", tests.concat());
    let mut sources = Sources::new();
    let id = sources.add("r.kijun", text);
    let (file, mut diagnostics) = kijun_syntax::parse(sources.file(id));
    let calendar = Calendar { zone: TimeZone::UTC, ..Calendar::japan() };
    let unit = Unit { files: vec![file], uses: Vec::new() };
    let Analysis { program, diagnostics: more, .. } =
        analyze(&[unit], &Options { calendar, overrides: Vec::new() });
    diagnostics.extend(more);
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for outcome in run_tests(&program) {
        assert!(outcome.failures.is_empty(), "{outcome:?}");
    }
    Subject { sources, program }
}

impl Subject {
    fn coverage(&self) -> RuleCoverage {
        measure_coverage(&self.program).remove(0)
    }

    /// Each condition that was not seen both ways, with what it never was.
    fn unseen(&self) -> Vec<String> {
        let coverage = self.coverage();
        let lines =
            coverage.conditions.iter().filter(|condition| !condition.is_seen_both_ways()).map(|condition| {
                let end = condition.end.map_or(String::new(), |end| format!(" [{}]", end.symbol()));
                format!("{}{end}: never {:?}", self.sources.slice(condition.span), condition.unseen())
            });
        lines.collect()
    }

    /// The verdicts that no test shows.
    fn unshown(&self) -> Vec<Verdict> {
        let verdicts = self.coverage().verdicts;
        verdicts.into_iter().filter(|(_, seen)| !seen).map(|(verdict, _)| verdict).collect()
    }

    /// Each mutant with that fate: its condition and how it was changed.
    fn mutants(&self, fate: Fate) -> Vec<String> {
        let rules = run_mutants(&self.program);
        let mutants = rules.iter().flat_map(|rule| &rule.mutants).filter(|mutant| mutant.fate == fate);
        mutants.map(|mutant| self.line(mutant)).collect()
    }

    fn line(&self, mutant: &MutantOutcome) -> String {
        let condition = self.sources.slice(mutant.condition);
        match &mutant.change {
            Change::Replaced { from, to } => format!("{condition}: {from} → {to}"),
            Change::Dropped if mutant.span == mutant.condition => format!("{condition}: dropped"),
            Change::Dropped => format!("{condition}: {} dropped", self.sources.slice(mutant.span)),
            Change::Negated => format!("{condition}: negated"),
        }
    }

    #[track_caller]
    fn assert_all_noticed(&self, expected: &[&str]) {
        assert_eq!(self.mutants(Fate::Survived), Vec::<String>::new());
        assert_eq!(self.mutants(Fate::Noticed), expected);
    }
}

const ADULT: &str = " person { id: \"甲\", age: 18, active: true }";
const CHILD: &str = " person { id: \"乙\", age: 17, active: true }";

#[test]
fn a_condition_seen_one_way_only_is_uncovered() {
    let met = format!("{ADULT}\n expect met 1");
    let violated = format!("{CHILD}\n expect violated 1");
    let rule = " for each p in person\n require p.age >= 18";
    assert_eq!(subject(rule, &[&met]).unseen(), ["p.age >= 18: never [False]"]);
    assert_eq!(subject(rule, &[&violated]).unseen(), ["p.age >= 18: never [True]"]);
    assert_eq!(subject(rule, &[&met, &violated]).unseen(), Vec::<String>::new());
    assert_eq!(subject(rule, &[]).unseen(), ["p.age >= 18: never [True, False]"]);
}

#[test]
fn unknown_is_neither_way() {
    let rule = " for each p in person\n require p.age >= 18";
    let subject = subject(rule, &[" person { id: \"甲\" }\n expect undetermined 1"]);
    let conditions = subject.coverage().conditions;
    assert_eq!(conditions[0].seen, Seen { holds: false, fails: false, unknown: true });
    assert_eq!(conditions[0].unseen(), [Truth::True, Truth::False]);
}

#[test]
fn verdicts_that_a_rule_can_give_are_to_be_shown() {
    let plain = subject(" for each p in person\n require p.age >= 18", &[&format!("{ADULT}\n expect met 1")]);
    assert_eq!(plain.unshown(), [Verdict::Violated, Verdict::Undetermined]);
    let all = subject(
        " for each p in person or none\n require p.age >= 18\n excused by g in permit where g.person == p.id\n due period.end",
        &[],
    );
    assert_eq!(all.unshown(), Verdict::ALL);
}

#[test]
fn a_rule_that_cannot_fail_need_not_show_a_violation() {
    let subject = subject(" require covered(visit)", &[" expect met"]);
    assert_eq!(subject.unseen(), ["covered(visit): never [Unknown]"]);
    assert_eq!(subject.unshown(), [Verdict::Undetermined]);
}

#[test]
fn every_row_of_a_quantifier_counts_and_not_only_those_of_the_proof() {
    let rows: String =
        (1..=9).map(|day| format!(" permit {{ person: \"甲\", until: 2026-04-0{day} }}\n")).collect();
    let rule =
        " for each p in person\n require some g in permit where g.person == p.id and g.until >= 2026-04-02";
    let subject =
        subject(rule, &[&format!("{ADULT}\n{rows} expect met 1"), &format!("{ADULT}\n expect violated 1")]);
    assert_eq!(subject.unseen(), ["g.person == p.id: never [False]"]);
}

#[test]
fn a_condition_behind_one_that_fails_is_not_seen() {
    let rule =
        " for each p in person\n require some g in permit where g.person == p.id and g.until >= 2026-04-02";
    let other = format!("{ADULT}\n permit {{ person: \"丙\", until: 2026-04-01 }}\n expect violated 1");
    let unseen = subject(rule, &[&other]).unseen();
    assert!(unseen.contains(&"g.until >= 2026-04-02: never [True, False]".to_owned()), "{unseen:?}");
}

#[test]
fn what_a_rule_needs_is_to_be_seen_both_ways_and_only_what_is_shown_shows_the_requirement() {
    let rule = " for each p in person\n needs p.active\n require p.age >= 18\n due period.start";
    let inactive = " person { id: \"丙\", age: 17, active: false }\n expect undetermined 1";
    let shown = subject(rule, &[&format!("{ADULT}\n expect met 1")]);
    let due = "period.start: never [True, False]";
    assert_eq!(shown.unseen(), ["p.active: never [False]", "p.age >= 18: never [False]", due]);
    let not_shown = subject(rule, &[inactive]);
    assert_eq!(not_shown.unseen(), ["p.active: never [True]", "p.age >= 18: never [True, False]", due]);
    assert_eq!(not_shown.unshown(), [Verdict::Met, Verdict::Violated, Verdict::Pending]);
    let never_false = subject(" needs covered(visit)\n require covered(visit)\n due period.end", &[]);
    assert_eq!(never_false.unshown(), [Verdict::Met, Verdict::Undetermined]);
}

#[test]
fn what_a_rule_needs_has_mutants() {
    let rule = " for each p in person\n needs p.active\n needs p.age >= 0\n require p.age >= 18";
    let inactive = " person { id: \"丙\", age: 18, active: false }\n expect undetermined 1";
    let only_shown = subject(rule, &[&format!("{ADULT}\n expect met 1")]).mutants(Fate::Survived);
    assert!(only_shown.contains(&"p.active: dropped".to_owned()), "{only_shown:?}");
    let both = subject(rule, &[&format!("{ADULT}\n expect met 1"), inactive]);
    let noticed = both.mutants(Fate::Noticed);
    for change in ["p.active: dropped", "p.active: negated"] {
        assert!(noticed.iter().any(|line| line.ends_with(change)), "{change}: {noticed:?}");
    }
    let survivors = both.mutants(Fate::Survived);
    assert!(survivors.contains(&"p.age >= 0: dropped".to_owned()), "{survivors:?}");
}

#[test]
fn the_requirement_of_a_row_that_is_no_subject_does_not_count() {
    let rule = " for each p in person where p.active\n require p.age >= 18";
    let outsider = " person { id: \"丙\", age: 17, active: false }\n";
    let subject = subject(rule, &[&format!("{ADULT}\n{outsider} expect met 1")]);
    assert_eq!(subject.unseen(), ["p.age >= 18: never [False]"]);
}

#[test]
fn an_exception_counts_only_where_the_requirement_fails() {
    let rule = " for each p in person\n require p.age >= 18\n excused by g in permit where g.person == p.id";
    let permit = " permit { person: \"甲\", until: 2026-04-01 }\n";
    let subject = subject(
        rule,
        &[&format!("{ADULT}\n{permit} expect met 1"), &format!("{CHILD}\n{permit} expect violated 1")],
    );
    let unseen = subject.unseen();
    assert_eq!(unseen[1..], ["g.person == p.id: never [True]"]);
}

#[test]
fn each_end_of_a_range_and_each_use_of_a_definition_is_a_condition() {
    let rule = " for each p in person where adult(p)\n require p.age in 18 to 20 or adult(p)";
    let subject = subject(rule, &[&format!("{ADULT}\n{CHILD}\n expect met 1")]);
    assert_eq!(
        subject.unseen(),
        [
            "p.age in 18 to 20 or adult(p): never [False]",
            "p.age in 18 to 20 [>=]: never [False]",
            "p.age in 18 to 20 [<=]: never [False]",
            "p.age >= 18: never [False]",
        ]
    );
}

#[test]
fn a_bound_without_a_case_at_the_bound_survives() {
    let far = " person { id: \"甲\", age: 30 }\n person { id: \"乙\", age: 3 }\n expect met \"甲\"\n expect violated \"乙\"\n";
    let rule = " for each p in person or none\n require p.age >= 18";
    let empty = " expect not_applicable\n";
    let survivors = subject(rule, &[far, empty]).mutants(Fate::Survived);
    // `> 18` and `>= 19` are the same for integers: one of them is enough.
    assert_eq!(survivors, ["p.age >= 18: >= → >", "p.age >= 18: 18 → 17"]);
    let near = format!("{ADULT}\n{CHILD}\n expect met \"甲\"\n expect violated \"乙\"\n");
    subject(rule, &[&near, empty]).assert_all_noticed(&[
        "p.age >= 18: >= → >",
        "p.age >= 18: >= → <",
        "p.age >= 18: 18 → 17",
        "for: or none → ",
    ]);
}

#[test]
fn both_ends_of_a_range_among_other_conditions_have_mutants() {
    let rule =
        " for each p in person where p.active and p.age in 18 to 20\n or none\n require p.left is none";
    let subject = subject(rule, &[]);
    let survivors = subject.mutants(Fate::Survived);
    for change in [">= → >", "<= → <", ">= → <", "<= → >", "in … to … → >=", "in … to … → <="]
    {
        let line = format!("p.age in 18 to 20: {change}");
        assert!(survivors.contains(&line), "{line}: {survivors:?}");
    }
    assert!(subject.unseen().contains(&"p.age in 18 to 20 [<=]: never [True, False]".to_owned()));
}

#[test]
fn connectives_dropped_parts_and_none_are_noticed() {
    let rows = " person { id: \"1\", age: 20, active: true }\n person { id: \"2\", age: 20, active: false }\n \
                person { id: \"3\", age: 20, active: true, left: 2026-04-01 }\n";
    let rule = " for each p in person\n require p.active and p.left is none";
    let cases = [
        format!("{rows} expect met \"1\"\n expect violated \"2\", \"3\""),
        " expect undetermined".to_owned(),
    ];
    subject(rule, &[&cases[0], &cases[1]]).assert_all_noticed(&[
        "p.active and p.left is none: and → or",
        "p.active: dropped",
        "p.left is none: dropped",
        "p.active: negated",
        "p.left is none: is none → is not none",
        "for:  → or none",
    ]);
    let few = " person { id: \"1\", age: 20, active: true }\n expect met 1";
    assert_eq!(
        subject(rule, &[few]).mutants(Fate::Survived),
        [
            "p.active and p.left is none: and → or",
            "p.active: dropped",
            "p.left is none: dropped",
            "for:  → or none"
        ]
    );
}

#[test]
fn quantifiers_counts_and_negations_have_mutants() {
    let rule = " require (no g in permit where g.person == \"甲\") and (count g in permit) <= 2 and not (some h in permit where h.until in period)";
    let noticed =
        subject(rule, &[" permit { person: \"乙\", until: 2026-05-01 }\n expect met"]).mutants(Fate::Noticed);
    for change in [
        "no → some",
        "== → !=",
        "not → ",
        "h.until in period: negated",
        "h.until in period dropped",
        "<= → >",
    ] {
        assert!(noticed.iter().any(|line| line.ends_with(change)), "{change}: {noticed:?}");
    }
}

#[test]
fn the_frame_of_a_rule_has_mutants() {
    let rule = " for each p in person\n require p.age >= 18\n excused by g in permit where g.person == p.id\n due period.start + grace";
    let excused = format!("{CHILD}\n permit {{ person: \"乙\", until: 2026-04-01 }}\n expect excused 1");
    let other = format!("{CHILD}\n permit {{ person: \"甲\", until: 2026-04-01 }}\n expect violated 1");
    let last_day = format!("today 2026-04-04\n{CHILD}\n expect pending 1");
    let day_after = format!("today 2026-04-05\n{CHILD}\n expect violated 1");
    let whole = subject(rule, &[&excused, &other, &last_day, &day_after]);
    let survivors = whole.mutants(Fate::Survived);
    assert_eq!(survivors, ["p.age >= 18: >= → >", "for:  → or none"]);
    let noticed = whole.mutants(Fate::Noticed);
    for line in [
        "excused: dropped",
        "period.start + grace: grace = 3 days → 2 days",
        "period.start + grace: grace = 3 days → 4 days",
        "g.person == p.id: dropped",
        "period.start + grace: dropped",
    ] {
        assert!(noticed.iter().any(|noticed| noticed.ends_with(line)), "{line}: {noticed:?}");
    }
    let unexcused = subject(rule, &[&other]).mutants(Fate::Survived);
    assert!(unexcused.contains(&"excused: dropped".to_owned()), "{unexcused:?}");
}

#[test]
fn lists_choices_and_alternatives_have_mutants() {
    let rule = " for each p in person or none\n require (p.age in [18, 20] or p.left is none) and (if p.active then p.age < 30 else p.age < 40)";
    let survivors = subject(rule, &[]).mutants(Fate::Survived);
    for line in [
        "p.age in [18, 20]: negated",
        "p.age in [18, 20]: 18 dropped",
        "p.age in [18, 20]: 20 → 21",
        "p.age in [18, 20] or p.left is none: or → and",
        "p.left is none: dropped",
        "p.active: negated",
        "p.age < 40: 40 → 39",
    ] {
        assert!(survivors.contains(&line.to_owned()), "{line}: {survivors:?}");
    }
}

#[test]
fn a_definition_used_twice_changes_in_both_places() {
    let rule = " for each p in person where adult(p)\n require adult(p)";
    let mutants = subject(rule, &[&format!("{ADULT}\n expect met 1")]).mutants(Fate::Noticed);
    assert_eq!(
        mutants.iter().filter(|line| line.starts_with("p.age >= 18: >= → >")).count(),
        1,
        "{mutants:?}"
    );
}

#[test]
fn a_rule_without_tests_notices_nothing() {
    let subject = subject(" for each p in person\n require p.age >= 18", &[]);
    assert_eq!(subject.mutants(Fate::Noticed), Vec::<String>::new());
    assert_eq!(subject.mutants(Fate::Survived).len(), 4);
}

#[test]
fn or_none_of_what_is_never_empty_is_no_mutant() {
    let has_mutant = |rows: &str| {
        let survivors = subject(&format!(" for each x in {rows}\n require covered(visit)"), &[]);
        survivors.mutants(Fate::Survived).iter().any(|line| line.ends_with(":  → or none"))
    };
    for rows in [
        "limit",
        "limit where x.age == 20",
        "limit where x.age in [17, 18] and (x.age == 1 or x.age == 18)",
        "age_limit",
        "days(period)",
        "months(period)",
        "quarters(period)",
        "fiscal_years(period)",
    ] {
        assert!(!has_mutant(rows), "{rows}");
    }
    for rows in [
        "limit where x.age == 19",
        "limit where x.age == 20 and (some p in person where p.age == x.age)",
        "high_limit",
        "age_limit where x.age == 18",
        "months(period) where x.end < today",
        "days(today to period.end)",
        "person",
        "gaps(visit)",
    ] {
        assert!(has_mutant(rows), "{rows}");
    }
}

#[test]
fn what_the_checker_refuses_is_no_mutant() {
    let mutants = |rule: &str| subject(rule, &[]).mutants(Fate::Survived);
    let day = "p.left >= 2026-04-01";
    let both = |guard: &str, op: &str| {
        let all = mutants(&format!(" for each p in person or none\n require p.left {guard} {op} {day}"));
        let own = all.into_iter().filter(|line| !line.starts_with("for:"));
        own.collect::<Vec<_>>()
    };
    // Without the first part, turned about or joined otherwise, the second would compare what may be none.
    let left = [format!("{day}: dropped"), format!("{day}: >= → >"), format!("{day}: >= → <")];
    assert_eq!(both("is not none", "and"), left);
    assert_eq!(both("is none", "or"), left);
    let guarded = mutants(&format!(" for each p in person where p.left is not none or none\n require {day}"));
    let frame = "for each p in person where p.left is not none: or none → ".to_owned();
    assert_eq!(guarded, [format!("{day}: >= → >"), format!("{day}: >= → <"), frame]);
    let chosen =
        mutants(" for each p in person or none\n require (if p.left is none then 1 else p.age) >= 1");
    assert!(chosen.contains(&"p.left is none: is none → is not none".to_owned()), "{chosen:?}");
}

#[test]
fn what_is_said_of_none_twice_is_no_mutant_either() {
    let mutants = subject(" for each p in person\n require p.left is not none and gone(p)", &[]);
    let mutants = mutants.mutants(Fate::Survived);
    assert!(!mutants.contains(&"p.left is not none: dropped".to_owned()), "{mutants:?}");
    assert!(mutants.contains(&"gone(p): dropped".to_owned()), "{mutants:?}");
}

#[test]
fn the_earlier_of_two_dates_is_the_same_whether_equal_ones_count_as_earlier() {
    let mutants = |choice: &str| {
        let rule = format!(" for each g in permit\n require ({choice}) >= 2026-04-02");
        subject(&rule, &[]).mutants(Fate::Survived)
    };
    for choice in ["if g.until < today then g.until else today", "if g.until < today then today else g.until"]
    {
        let mutants = mutants(choice);
        assert!(!mutants.contains(&"g.until < today: < → <=".to_owned()), "{mutants:?}");
        assert!(mutants.contains(&"g.until < today: < → >=".to_owned()), "{mutants:?}");
    }
    let other = mutants("if g.until < today then g.until else 2026-04-01");
    assert!(other.contains(&"g.until < today: < → <=".to_owned()), "{other:?}");
}
