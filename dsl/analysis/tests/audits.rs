//! What attestations, audits, catalogues and crosswalks become, and what mends a `use` of nothing.

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

#[expect(dead_code, reason = "the cases of mistakes are those of another test")]
mod cases;
#[expect(dead_code, reason = "other tests draw what is found")]
mod support;

use cases::{audits, lints};
use kijun_ir::{Program, Trigger};
use kijun_source::mend;
use support::check;

/// The declarations of a program that plan what people do, one thing a line.
fn planned(program: &Program) -> String {
    let mut lines = Vec::new();
    let duties = |covers: &[kijun_ir::DutyId]| -> Vec<String> {
        covers.iter().map(|duty| program.duties[*duty].id.clone()).collect()
    };
    for attest in program.attests.values() {
        let (covers, severity) = (duties(&attest.covers), attest.severity);
        lines.push(format!("attest {} {covers:?} {severity:?} {:?}", attest.name, attest.question));
        lines.push(format!(
            "  by {:?} with {:?} for {:?}",
            attest.answered_by, attest.attach, attest.holds_for
        ));
    }
    for audit in program.audits.values() {
        let covers = duties(&audit.covers);
        lines.push(format!("audit {} {covers:?} {:?} by {:?}", audit.name, audit.kind, audit.auditor));
        lines.push(match &audit.trigger {
            Trigger::Schedule { cron, zone } => format!("  at {cron:?} in {zone}"),
            Trigger::After { events, within, .. } => {
                format!("  after each {} within {within:?}", program.facts[events.fact].name)
            }
        });
        lines.push(format!("  over {:?} scope {:?}", audit.over, audit.scope));
        lines.extend(audit.remind.iter().map(|time| format!("  remind {time:?}")));
        lines.push(format!("  report {:?} close {:?}", audit.report_within, audit.close_within));
    }
    for crosswalk in &program.crosswalks {
        let to = &program.catalogues[crosswalk.to].name;
        lines.push(format!("crosswalk {:?} to {to}, nothing for {:?}", crosswalk.from, crosswalk.unmapped));
        lines.push(format!("  nothing to {:?}", crosswalk.unanswered));
        lines.extend(crosswalk.links.iter().map(|link| format!("  {link:?}")));
    }
    lines.join("\n")
}

#[test]
fn what_is_planned_is_in_the_program() {
    let program = check(audits::SOUND, &[]).analysis.program;
    assert_eq!(kijun_ir::invariants::check(&program), None);
    insta::assert_snapshot!(planned(&program));
}

#[test]
fn schedules_are_read_as_people_write_them() {
    let reads = |cron: &str| {
        let text = audits::SOUND.replace("0 0 9 1 10,4 MON-FRI", cron);
        check(&text, &[]).codes()
    };
    for cron in
        ["0  30 9 1 */3 *", "0 0 9 29 2 *", "0 0 9 * JAN-MAR Mon,WED", "0 0 9 1-7 4 SUN", "*/10 * * * * *"]
    {
        assert_eq!(reads(cron), Vec::<&str>::new(), "{cron}");
    }
    for cron in [
        "@daily",
        "0 0 9 1 10 0",
        "0 0 9 1 10MON *",
        "0 0 9 ? 10 MON",
        "0 0 9 1 13 *",
        "0 0 9 1 10 */0",
        "0 0 9 L 10 *",
    ] {
        assert_eq!(reads(cron), vec!["KJ0334"], "{cron}");
    }
    for cron in ["0 0 9 30 2 *", "0 0 9 31 4,6,9,11 MON"] {
        assert_eq!(reads(cron), vec!["KJ0335"], "{cron}");
    }
}

#[test]
fn a_large_crosswalk_is_no_burden() {
    let controls: String = (0..1000).map(|id| format!("  control \"C.{id}\" \"管理策\"\n")).collect();
    let links: Vec<String> = (0..1000).map(|id| format!("\"C.{id}\" full")).collect();
    let (from, many) = ("  \"9(1)a\" -> none\n", links.join(", "));
    let text = audits::SOUND
        .replace("catalogue pms", &format!("catalogue many \"多い\" {{\n{controls}}}\ncatalogue pms"))
        + &format!("crosswalk 基準 to many {{\n  \"5(3)a\" -> {many}\n  \"5(3)b\" -> none\n{from}}}\n");
    let checked = check(&text, &[]);
    assert_eq!(checked.codes(), Vec::<&str>::new());
    assert_eq!(checked.analysis.program.crosswalks.last().unwrap().links.len(), 1000);
}

#[test]
fn a_use_of_nothing_is_mended() {
    let other =
        "#### other\nexport define late(at: date) = at > today\n#### rules\nuse \"other\" version \"1\"\n";
    let versioned = other.replace("export", "ruleset other version \"1.0.0\"\nexport");
    let checked = check(&lints::SOUND.replace("#### rules\n", &versioned), &[]);
    let mut unused = checked.analysis.diagnostics.iter().filter(|found| found.code.id == "KJ0412");
    let fix = &unused.next().unwrap().fixes[0];
    let file = fix.edits[0].span.file;
    let mended = mend(file, &checked.sources.file(file).text, [fix]).unwrap();
    assert!(!mended.contains("other") && mended.contains("use \"facts\""), "{mended}");
}
