//! Ten mistakes in a ruleset, ten in kijun.toml and the evidence: what the user sees of each.

use crate::session::{Answer, Copy, judged, kijun_in};

const SECTION4: &str = "rulesets/anzen-kanri/section4.kijun";
const SECTION5: &str = "rulesets/anzen-kanri/section5.kijun";
const MANIFEST: &str = "examples/minato/kijun.toml";

fn judge(copy: &Copy) -> Answer {
    kijun_in(copy.root(), &[], &judged("examples/minato", &[]))
}

/// A mistake in a ruleset: nothing is judged.
macro_rules! in_rules {
    ($($name:ident: $file:expr, $from:literal => $to:literal;)*) => {$(
        #[test]
        fn $name() {
            let copy = Copy::new();
            copy.replace($file, $from, $to);
            let answer = judge(&copy);
            assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
            insta::assert_snapshot!(answer.stderr);
        }
    )*};
}

in_rules! {
    a_field_is_misspelt: SECTION4, "require  v.escort is not none and (some" => "require  v.escrot is not none and (some";
    a_rule_word_is_misspelt: SECTION4, "rule escort_named" => "rul escort_named";
    a_quote_is_missing: SECTION4, "remedy   \"入室権限者名簿を作り、承認を受ける\"" => "remedy   \"入室権限者名簿を作り、承認を受ける";
    a_brace_is_full_width: SECTION4, "rule escort_named \"立会者の記録\" {" => "rule escort_named \"立会者の記録\" ｛";
    a_duty_does_not_exist: SECTION5, "covers   \"5(12)a\"\n  severity major\n  for each s in subcontract" => "covers   \"5(12)b\"\n  severity major\n  for each s in subcontract";
    a_quotation_differs: "rulesets/anzen-kanri/standard.kijun", "duty a \"本市の許可なく第三者に委託しないこと" => "duty a \"本市の許可なく第三者へ委託しないこと";
    a_date_is_compared_with_an_instant: SECTION4, "and date(e.passed_at) < today - 1 day" => "and e.passed_at < today - 1 day";
    none_is_not_dealt_with: SECTION4, "require  v.escort is not none and (some" => "require  (some";
    a_fact_does_not_exist: SECTION4, "rule escort_named \"立会者の記録\" {\n  covers   \"4(2)e\"\n  severity major\n  for each v in visitor_log" => "rule escort_named \"立会者の記録\" {\n  covers   \"4(2)e\"\n  severity major\n  for each v in visiter_log";
    a_day_is_not_in_the_calendar: "rulesets/anzen-kanri/section5.test.kijun", "access_right { asset: \"PC-2\", principal: \"kou\", principal_kind: individual, person: \"甲\", granted_on: 2026-04-01 }" => "access_right { asset: \"PC-2\", principal: \"kou\", principal_kind: individual, person: \"甲\", granted_on: 2026-04-31 }";
}

/// A mistake in kijun.toml: nothing is judged.
macro_rules! in_manifest {
    ($($name:ident: $from:literal => $to:literal;)*) => {$(
        #[test]
        fn $name() {
            let copy = Copy::new();
            copy.replace(MANIFEST, $from, $to);
            let answer = judge(&copy);
            assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
            insta::assert_snapshot!(answer.stderr);
        }
    )*};
}

in_manifest! {
    a_key_is_misspelt: "path = \"evidence/hr/roster.csv\"\nencoding" => "path = \"evidence/hr/roster.csv\"\nencodng";
    a_source_names_no_fact: "fact = \"employee\"" => "fact = \"employe\"";
    nobody_says_whether_it_is_complete: "complete = { by = \"総務部 例示 三郎\", rows = 40 }\n" => "";
    a_parameter_does_not_exist: "least_password = 10" => "least_pasword = 10";
}

/// A mistake in the evidence: it is judged, and what is at fault counts as missing.
fn in_evidence(name: &str, spoil: impl FnOnce(&Copy)) {
    let copy = Copy::new();
    let sound = judge(&copy);
    spoil(&copy);
    let answer = judge(&copy);
    assert!(met_rules(&answer) <= met_rules(&sound), "{name}: more rules are met");
    let counts: Vec<&str> = answer.stdout.lines().filter(|line| line.starts_with("規則  ")).collect();
    insta::assert_snapshot!(name, format!("exit {}\n{}\n{}", answer.code, counts.join("\n"), answer.stderr));
}

/// `規則  適合 21 · 不適合 9 · …`
fn met_rules(answer: &Answer) -> usize {
    let line = answer.stdout.lines().find(|line| line.starts_with("規則  適合 ")).expect("a line of counts");
    line.split(' ').nth(3).and_then(|count| count.parse().ok()).expect("a count")
}

#[test]
fn the_file_is_in_another_encoding() {
    in_evidence("another_encoding", |copy| {
        copy.replace(
            MANIFEST,
            "path = \"evidence/hr/roster.csv\"\nencoding = \"cp932\"\n",
            "path = \"evidence/hr/roster.csv\"\n",
        );
    });
}

#[test]
fn a_column_was_renamed() {
    in_evidence("renamed_column", |copy| {
        copy.replace(MANIFEST, "id = \"指定番号\"", "id = \"指定No\"");
    });
}

#[test]
fn a_file_is_absent() {
    in_evidence("absent_file", |copy| {
        let file = copy.root().join("examples/minato/evidence/contract/permits.csv");
        std::fs::remove_file(file).expect("a file to remove");
    });
}

#[test]
fn a_file_was_cut() {
    in_evidence("cut_file", |copy| {
        copy.change("examples/minato/evidence/contract/designations.csv", |bytes| {
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            lines[..lines.len() / 2].concat()
        });
    });
}

#[test]
fn a_day_of_an_export_is_not_in_the_calendar() {
    in_evidence("no_such_day", |copy| {
        copy.replace("examples/minato/evidence/training/plan.csv", "2026/5/20", "令和8年2月30日");
    });
}

#[test]
fn a_row_has_a_field_too_many() {
    in_evidence("field_too_many", |copy| {
        copy.change("examples/minato/evidence/contract/permits.csv", |bytes| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines[2].push_str(",余分");
            lines.join("\n").into_bytes()
        });
    });
}

#[test]
fn an_export_is_stale() {
    in_evidence("stale_export", |copy| {
        copy.replace(
            MANIFEST,
            "path = \"evidence/hr/roster.csv\"\nencoding = \"cp932\"\ncollected = \"2026-11-20 08:00\"",
            "path = \"evidence/hr/roster.csv\"\nencoding = \"cp932\"\ncollected = \"2026-09-20 08:00\"",
        );
    });
}
