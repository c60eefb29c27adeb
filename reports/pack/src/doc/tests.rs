//! The document of a program that uses every construct.

use kijun_ir::{
    Attest, Catalogue, Control, Crosswalk, CrosswalkSide, Duration, FactId, Link, Program, RuleId, Severity,
    Strength,
};
use kijun_source::{FileId, Lang, Span};

use super::{Subject, TableFormat, pages, table, text};
use crate::sentence::Definitions;
use crate::sentence::tests::{CONSTRUCTS, parse, yearly_audit};

/// The program with an attestation, a catalogue and a crosswalk.
fn program() -> (Program, Definitions) {
    let (mut program, definitions) = parse(CONSTRUCTS);
    let duty = program.duties.iter().find(|(_, duty)| duty.id == "5(3)b").map(|(id, _)| id);
    program.attests.push(Attest {
        name: "supervision".to_owned(),
        label: "監督の実施".to_owned(),
        doc: "文書だけでは分からない。".to_owned(),
        covers: duty.into_iter().collect(),
        severity: Severity::Minor,
        question: "必要かつ適切な監督を行っているか".to_owned(),
        answered_by: vec!["保護管理者".to_owned()],
        attach: Vec::new(),
        holds_for: Duration::months(12),
        rule: RuleId(u32::MAX),
        span: Span::new(FileId(u32::MAX), 0, 0),
    });
    let control = |id: &str, title: &str, unverified| Control {
        id: id.to_owned(),
        title: title.to_owned(),
        english: None,
        unverified,
    };
    let catalogue = program.catalogues.push(Catalogue {
        name: "iso27001_2022".to_owned(),
        title: "ISO/IEC 27001:2022".to_owned(),
        doc: String::new(),
        controls: vec![
            control("A.5.15", "アクセス制御", false),
            control("A.8.15", "ログ取得", true),
            control("A.8.16", "監視", false),
        ],
        span: Span::default(),
    });
    let link = |from: &str, control: &str, strength, basis: Option<&str>| Link {
        from: from.to_owned(),
        control: control.to_owned(),
        strength,
        basis: basis.map(str::to_owned),
        unverified: false,
    };
    program.crosswalks.push(Crosswalk {
        from: CrosswalkSide::Standard(0),
        to: catalogue,
        links: vec![
            link("5(3)a", "A.5.15", Strength::Full, Some("利用の制限")),
            link("5(3)b", "A.8.15", Strength::Partial, None),
        ],
        unmapped: vec!["5(3)c".to_owned()],
        unanswered: vec!["A.8.16".to_owned()],
        span: Span::default(),
    });
    (program, definitions)
}

fn with_subject<T>(sources: Option<&[(String, FactId)]>, make: impl Fn(Subject<'_>) -> T) -> T {
    let (program, definitions) = program();
    make(Subject { program: &program, definitions: &definitions, sources })
}

fn page() -> String {
    with_subject(None, index)
}

/// The page with the text of the standard.
fn index(subject: Subject<'_>) -> String {
    pages(subject).unwrap().pop().unwrap().html
}

/// What stands between each `before` and the next `"`.
fn values<'a>(html: &'a str, before: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn on_the_screen_in_japanese() {
    insta::assert_snapshot!(with_subject(None, |subject| text(subject, Lang::Ja)));
}

#[test]
fn on_the_screen_in_english() {
    let said = with_subject(None, |subject| text(subject, Lang::En));
    let head: Vec<&str> = said.lines().take(24).collect();
    insta::assert_snapshot!(head.join("\n"));
}

#[test]
fn same_rules_same_bytes() {
    assert_eq!(page(), page());
}

#[test]
fn a_page_needs_nothing_else() {
    let page = page();
    for foreign in ["<script", "<link", "src=", "@import", "url(", "http"] {
        assert!(!page.contains(foreign), "the page has `{foreign}`");
    }
}

#[test]
fn every_link_leads_somewhere_and_every_place_has_one_name() {
    let page = page();
    let mut names = values(&page, " id=\"");
    for target in values(&page, "href=\"#") {
        assert!(names.contains(&target), "nothing is named `{target}`");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a name is there twice");
}

#[test]
fn headings_of_tables_say_of_what_they_are() {
    let page = page();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"ja\">"));
    let heads = page.matches("<th").count() - page.matches("<thead").count();
    assert_eq!(heads, page.matches("<th scope=\"").count());
}

#[test]
fn what_is_missing_is_said() {
    let page = page();
    let undecided = page.split("id=\"duty-5(3)c\"").nth(1).and_then(|rest| rest.split("</div>").next());
    assert!(undecided.unwrap().contains("規則なし（判定不能として扱う）"));
    assert!(page.contains("この規則には事例がない。"));
    assert!(
        page.contains("対応するものはない") && page.contains("対応元はない</th><td colspan=\"5\">A.8.16")
    );
    let unsourced = with_subject(Some(&[]), index);
    assert!(unsourced.contains("届ける系統なし") && !page.contains("届ける系統なし"));
}

#[test]
fn an_audit_decides_no_duty() {
    let (mut program, definitions) = program();
    let duty = program.duties.iter().find(|(_, duty)| duty.id == "5(3)c").map(|(id, _)| id);
    program.audits.push(kijun_ir::Audit { covers: duty.into_iter().collect(), ..yearly_audit() });
    let subject = Subject { program: &program, definitions: &definitions, sources: None };
    let undecided = "判定する規則なし（判定不能として扱う）";
    let shown = [
        text(subject, Lang::Ja),
        table(subject, TableFormat::Markdown, Lang::Ja),
        index(subject),
        pages(subject).unwrap().swap_remove(0).html,
    ];
    for shown in shown {
        assert!(shown.contains("年次の監査") && shown.contains(undecided), "{shown}");
    }
}

#[test]
fn relations_lead_to_rules_and_evidence_and_back() {
    let page = page();
    let rule = page.split("id=\"rule-derived\"").nth(1).unwrap().split("</article>").next().unwrap();
    assert!(rule.contains("href=\"#relation-belongs\""), "{rule}");
    let relation = page.split("id=\"relation-belongs\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(relation.contains("href=\"#rule-derived\"") && relation.contains("href=\"#fact-member\""));
    let fact = page.split("id=\"fact-member\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(fact.contains("href=\"#relation-belongs\""), "{fact}");
}

#[test]
fn sources_are_named_where_there_is_a_workspace() {
    let fact = program().0.fact("person").unwrap();
    let sources = [("人事システム".to_owned(), fact)];
    let page = with_subject(Some(&sources), index);
    assert!(page.contains("届ける系統：人事システム"));
}

#[test]
fn texts_of_rulesets_are_no_markup() {
    let text = CONSTRUCTS.replace("\"ネットワーク\" {", "\"<b>\u{202e}太字\" {");
    let (program, definitions) = parse(&text);
    let subject = Subject { program: &program, definitions: &definitions, sources: None };
    let page = index(subject);
    assert!(
        page.contains("&lt;b&gt;\u{fffd}太字") && !page.contains("<b>\u{fffd}") && !page.contains('\u{202e}')
    );
}

#[test]
fn several_standards_get_a_page_each() {
    let (mut program, definitions) = program();
    let mut second = program.standards[0].clone();
    second.name = "other".to_owned();
    program.standards.push(second);
    let subject = Subject { program: &program, definitions: &definitions, sources: None };
    let paths: Vec<String> = pages(subject).unwrap().into_iter().map(|page| page.path).collect();
    assert_eq!(
        paths,
        ["基準/table.html", "基準/index.html", "other/table.html", "other/index.html", "index.html"]
    );
}

#[test]
fn the_overview_has_a_row_a_duty() {
    with_subject(None, |subject| {
        insta::assert_snapshot!("overview_in_markdown", table(subject, TableFormat::Markdown, Lang::Ja));
        insta::assert_snapshot!("overview_as_csv", table(subject, TableFormat::Csv, Lang::En));
    });
}

#[test]
fn the_page_of_the_overview_leads_to_the_text() {
    let (table, text) = with_subject(None, |subject| {
        let pages = pages(subject).unwrap();
        assert_eq!(pages[0].path, "table.html");
        (pages[0].html.clone(), pages[1].html.clone())
    });
    let names = values(&text, " id=\"");
    for target in values(&table, "href=\"index.html#") {
        assert!(names.contains(&target), "nothing is named `{target}`");
    }
    assert!(text.contains("href=\"table.html\""));
    assert!(table.contains("A.5.15（全部）") && table.contains("A.8.15（一部、未確認）"));
    assert!(table.contains("規則なし（判定不能として扱う）"));
}
