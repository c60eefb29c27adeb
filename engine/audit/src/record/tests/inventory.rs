//! Inventories of small evidence: months, order, and what rules need to know.

use super::*;

fn inventory(world: &World, collections: Vec<CollectionRecord>) -> Inventory {
    world.judged(|snapshot, _| take_inventory(snapshot, collections, "見本株式会社"))
}

/// A gap in a line: kind, fact, months.
fn lines(inventory: &Inventory) -> Vec<String> {
    let line = |gap: &GapRecord| {
        let months: Vec<String> = gap.months.iter().map(|day| day.strftime(" %m").to_string()).collect();
        format!("{} {}{}", gap.missing.name(), gap.fact.name, months.concat())
    };
    inventory.gaps.iter().map(line).collect()
}

/// As usual, with another log over three months.
fn with_log(stretches: Vec<Stretch>) -> World {
    let mut world = World::usual().deliver("entry", Held::Log(stretches), &[]);
    world.today = date(2026, 6, 30);
    for fact in ["person", "permit"] {
        let fact = world.program.fact(fact).unwrap();
        world.held[fact] = Some(whole("2026-06-20"));
    }
    world
}

fn spoilt(from: &str, to: &str, defect: Defect) -> Stretch {
    Stretch { defects: vec![defect], ..stretch(from, to) }
}

#[test]
fn facts_are_in_the_order_of_the_duties_and_what_no_rule_reads_is_no_gap() {
    let inventory = inventory(&World::new(RULESET), Vec::new());
    assert_eq!(lines(&inventory), ["no_source person", "no_source permit", "no_source entry"]);
    let duties: Vec<_> = inventory.gaps.iter().map(|gap| gap.duties.join(" ")).collect();
    assert_eq!(duties, ["1(1)a 1(2)a", "1(1)a", "1(2)a"]);
    assert_eq!(inventory.waiting, ["1(1)a", "1(2)a"]);
    let undelivered: Vec<_> = inventory.undelivered.iter().map(|fact| fact.name.as_str()).collect();
    assert_eq!(undelivered, ["person", "permit", "entry"]);
}

#[test]
fn what_goes_on_from_month_to_month_is_one_gap() {
    let world = with_log(vec![stretch("2026-04-01", "2026-04-21"), stretch("2026-06-11", "2026-07-01")]);
    let found = inventory(&world, Vec::new());
    assert_eq!(lines(&found), ["uncollected entry 04 05 06"]);
    assert_eq!(
        found.gaps[0].sentence.ja,
        "入退室ログ（系統 entry-source）の 2026-04-21 から 2026-06-10 までの記録が未収集"
    );
}

#[test]
fn a_file_at_fault_is_named_beside_a_month_that_was_not_collected() {
    let world = with_log(vec![
        stretch("2026-04-01", "2026-05-01"),
        spoilt("2026-06-01", "2026-07-01", Defect::RowCount { vouched: 2, found: 1 }),
    ]);
    assert_eq!(lines(&inventory(&world, Vec::new())), ["uncollected entry 05", "row_count entry 06"]);
}

#[test]
fn whoever_only_follows_references_needs_nobody_to_vouch() {
    let nobody = |at: &str| {
        Held::State(vec![Taken { at: super::at(&format!("{at}T08:00")), defects: vec![Defect::NotVouched] }])
    };
    let person: [&[Cell]; 1] = [&[text("S-1"), text("架空 一郎"), yes(true)]];
    let log = || Held::Log(vec![stretch("2026-04-01", "2026-05-01")]);
    let world = World::usual().deliver("person", nobody("2026-04-10"), &person).deliver("entry", log(), &[]);
    assert_eq!(lines(&inventory(&world, Vec::new())), ["not_vouched person"]);
    let (before, after) = RULESET.split_once("rule trained_all").unwrap();
    let (_, follows) = after.split_once("rule entry_by_person").unwrap();
    let world = World::new(&format!("{before}rule entry_by_person{follows}"))
        .deliver("person", nobody("2026-04-10"), &person)
        .deliver("entry", log(), &[]);
    assert_eq!(lines(&inventory(&world, Vec::new())), Vec::<String>::new());
}

#[test]
fn rejected_rows_are_said_file_by_file_though_another_file_covers_the_time() {
    let world = World::usual();
    let mut file = world.file("entry", "evidence/april.csv");
    file.coverage = Some(CoverageRecord::Covers {
        from: at("2026-04-01T00:00"),
        to: at("2026-05-01T00:00"),
        defects: Vec::new(),
    });
    let row =
        |line| RejectedRow { line, column: None, value: None, reason: Bilingual::same("日時でない") };
    file.rejected = vec![row(9), row(4)];
    let found = inventory(&world, vec![file]);
    assert_eq!(lines(&found), ["uncollected entry 04", "rejected entry 04"]);
    let files = &found.gaps[1].files;
    assert_eq!((files[0].path.as_str(), files[0].lines.as_slice()), ("evidence/april.csv", &[4, 9][..]));
}

#[test]
fn rules_that_only_observe_leave_no_duty_waiting() {
    let observed = RULESET.replace("severity major", "severity observation");
    let found = inventory(&World::new(&observed), Vec::new());
    assert_eq!(lines(&found), ["no_source person", "no_source entry", "no_source permit"]);
    assert_eq!(found.gaps[2].duties, Vec::<String>::new());
    assert_eq!(found.waiting, ["1(2)a"]);
}
