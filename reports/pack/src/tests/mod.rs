//! Outputs of small records made by hand.

mod answer;
mod evidence;
mod findings;
mod fixture;
mod template;
mod wanted;
mod workbook;

use jsonschema::Draft;
use kijun_ir::Verdict;
use kijun_source::{Lang, Style};

use crate::terminal::{Screen, render_on};
use crate::{html, json, terminal};

/// Every output of a record.
fn outputs(record: &kijun_audit::AuditRecord) -> Vec<String> {
    let coloured = Screen { lang: Lang::Ja, width: 120, style: Style::Coloured };
    vec![
        html::render(record).unwrap(),
        json::render(record).unwrap(),
        terminal::render(record, Lang::Ja, usize::MAX),
        terminal::render(record, Lang::En, usize::MAX),
        render_on(record, coloured),
    ]
}

fn schema_errors(text: &str) -> Vec<String> {
    let schema = serde_json::from_str(json::SCHEMA).unwrap();
    let validator = jsonschema::options().with_draft(Draft::Draft202012).build(&schema).unwrap();
    let value = serde_json::from_str(text).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn screen_in_japanese() {
    insta::assert_snapshot!(terminal::render(&fixture::record(), Lang::Ja, 120));
}

#[test]
fn screen_in_english_on_a_narrow_screen() {
    insta::assert_snapshot!(terminal::render(&fixture::record(), Lang::En, 80));
}

#[test]
fn page() {
    insta::assert_snapshot!(html::render(&fixture::record()).unwrap());
}

#[test]
fn data() {
    insta::assert_snapshot!(json::render(&fixture::record()).unwrap());
}

#[test]
fn data_keep_to_the_schema() {
    for record in [fixture::record(), fixture::empty()] {
        let text = json::render(&record).unwrap();
        assert_eq!(schema_errors(&text), Vec::<String>::new());
        assert!(text.ends_with("}\n"));
    }
    let other = json::render(&fixture::record()).unwrap().replace("\"unseen\"", "\"unsaid\"");
    assert_eq!(schema_errors(&other).len(), 2, "the schema accepts other keys than those it names");
}

#[test]
fn personal_and_secret_values_leave_in_no_output() {
    for text in outputs(&fixture::record()) {
        for planted in fixture::PERSONAL.iter().chain(&fixture::SECRET) {
            assert!(!text.contains(planted), "{planted} in {text}");
        }
        assert!(text.contains("＊＊＊"), "nothing was masked in {text}");
    }
}

#[test]
fn evidence_is_text_never_markup() {
    let page = html::render(&fixture::record()).unwrap();
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"), "{page}");
    assert!(!page.contains("http"), "the page names something outside of itself");
}

#[test]
fn evidence_moves_no_cursor() {
    let mut record = fixture::record();
    let subject = &mut record.rules[0].subjects[0];
    subject.message = vec![kijun_audit::Piece::open("\u{1b}[2J\u{202e}適合\n✓")];
    for text in [terminal::render(&record, Lang::Ja, 200), html::render(&record).unwrap()] {
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("適合\n✓"),
            "{text}"
        );
    }
}

#[test]
fn outputs_are_the_same_each_time() {
    assert_eq!(outputs(&fixture::record()), outputs(&fixture::record()));
}

#[test]
fn colours_change_nothing_else() {
    let plain = terminal::render(&fixture::record(), Lang::Ja, 120);
    let coloured =
        render_on(&fixture::record(), Screen { lang: Lang::Ja, width: 120, style: Style::Coloured });
    assert!(coloured.contains("\u{1b}[1;31m"), "{coloured}");
    let mut bare = coloured.clone();
    for code in ["1;31", "1;33", "32", "36", "35", "2", "0"] {
        bare = bare.replace(&format!("\u{1b}[{code}m"), "");
    }
    assert_eq!(bare, plain);
}

#[test]
fn lines_stay_on_the_screen() {
    use unicode_width::UnicodeWidthStr;
    for width in [60, 80, 100, 160] {
        let text = terminal::render(&fixture::record(), Lang::Ja, width);
        let body = text.lines().filter(|line| line.starts_with("  "));
        for line in body {
            assert!(line.width() <= width.max(80), "{} columns at {width}: {line}", line.width());
        }
    }
}

#[test]
fn nothing_judged_looks_like_nothing_judged() {
    let record = fixture::empty();
    let screen = terminal::render(&record, Lang::Ja, 120);
    assert!(!screen.contains('✓'), "{screen}");
    let page = html::render(&record).unwrap();
    assert!(page.contains("証拠の系統が一つもない") && page.contains("判定した規則はない"), "{page}");
}

#[test]
fn long_lists_are_cut_and_counted_on_the_page_and_whole_in_the_data() {
    let mut record = fixture::record();
    let rule = &mut record.rules[0];
    let subject = rule.subjects[0].clone();
    assert_eq!(subject.verdict, Verdict::Violated);
    for _ in 0..html::LISTED + 3 {
        rule.subjects.insert(0, subject.clone());
        rule.counts.add(Verdict::Violated);
    }
    let hidden = rule.counts.get(Verdict::Violated) - html::LISTED;
    assert!(
        html::render(&record).unwrap().contains(&format!("ほか {hidden}件（すべては result.json にある）"))
    );
    let data: serde_json::Value = serde_json::from_str(&json::render(&record).unwrap()).unwrap();
    let listed = data["rules"][0]["subjects"].as_array().unwrap();
    let violated = listed.iter().filter(|subject| subject["verdict"] == "violated").count();
    assert_eq!(violated, record.rules[0].counts.get(Verdict::Violated));
}
