//! How long it takes to read and check a ruleset of many rules: `cargo run --release -p kijun-analysis --example many_rules -- 5000`.

#![expect(clippy::print_stdout, reason = "the example shows what it measured")]

use std::fmt::Write as _;
use std::time::Instant;

use kijun_analysis::{Options, Unit, analyze};
use kijun_ir::Calendar;
use kijun_source::Sources;

const FACTS: &str = r#"state person "従業者" { key id: text "番号" left: date? "退職日" fresh within 31 days }
event access "利用記録" at at { at: datetime "日時" person: ref person "利用者" fresh within 1 day }
state right "利用権限" {
  person: ref person "利用者"
  granted: date "付与日"
  revoked: date? "失効日"
  fresh within 31 days
  valid from granted before revoked
}
define employed(p: person, on: date) = p.left is none or p.left >= on
"#;

fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(5000);
    let mut text = ruleset(count);
    let mut sources = Sources::new();
    let id = sources.add("many.kijun", std::mem::take(&mut text));
    let started = Instant::now();
    let (tree, problems) = kijun_syntax::parse(sources.file(id));
    let read = started.elapsed();
    let unit = Unit { files: vec![tree], uses: Vec::new() };
    let options = Options { calendar: Calendar::japan(), overrides: Vec::new() };
    let analysis = analyze(&[unit], &options);
    let checked = started.elapsed() - read;
    println!(
        "{} rules, {} tests: read in {read:?}, checked in {checked:?}; {} problems",
        analysis.program.rules.len(),
        analysis.program.tests.len(),
        problems.len() + analysis.diagnostics.len(),
    );
}

/// A standard with a duty a rule, the rules, and a test for each.
fn ruleset(count: usize) -> String {
    let mut text = FACTS.to_owned();
    let _ = writeln!(text, "standard kijun \"基準\" {{\n  section \"1\" \"章\" {{");
    for index in 0..count {
        let _ = writeln!(
            text,
            "    criterion \"1({index})\" {{ text \"{index}を守ること。\" duty a \"{index}を守ること\" }}"
        );
    }
    text.push_str("  }\n}\n");
    for index in 0..count {
        let _ = write!(
            text,
            r#"rule rule_{index} "規則{index}" {{
  covers   "1({index})a"
  severity major
  for each a in access where a.at in period and a.person.left is none
  require  employed(a.person, date(a.at))
           and (some r in right at a.at where r.person == a.person)
           and (count b in access where b.person == a.person and b.at in period) <= {index}
  message  "{{a.at}} に {{a.person}} が利用した"
}}
test "事例{index}" for rule_{index} {{
  period 2026-04-01 to 2026-04-30
  person {{ id: "甲" }}
  access {{ at: 2026-04-02 10:00, person: "甲" }}
  expect met 1
}}
"#
        );
    }
    text
}
