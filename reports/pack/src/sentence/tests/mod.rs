//! What a program that uses every construct is in sentences.

mod parse;

use jiff::civil::date;
use kijun_ir::{Attest, Audit, AuditKind, Auditor, Duration, Over, Part, Program, Severity, Trigger};
use kijun_source::Lang;

use super::{Definitions, Speaker, Statement};
pub(crate) use parse::parse;

/// A program that uses every construct.
pub(crate) const CONSTRUCTS: &str = include_str!("constructs.kijun");

/// Every rule and relation, with its label.
fn said(text: &str, lang: Lang) -> String {
    let (program, definitions) = parse(text);
    let speaker = Speaker::new(&program, &definitions, lang);
    let rules = program.rules.values().map(|rule| (&rule.label, speaker.rule(rule)));
    let relations = program.relations.iter();
    let relations =
        relations.map(|(id, relation)| (&program.facts[relation.fact].label, speaker.relation(id)));
    shown(rules.chain(relations), lang)
}

fn shown<'a>(statements: impl Iterator<Item = (&'a String, Statement)>, lang: Lang) -> String {
    statements.map(|(label, statement)| format!("■ {label}\n{}\n", statement.plain(lang))).collect()
}

#[test]
fn every_construct_in_japanese() {
    insta::assert_snapshot!(said(CONSTRUCTS, Lang::Ja));
}

#[test]
fn every_construct_in_english() {
    insta::assert_snapshot!(said(CONSTRUCTS, Lang::En));
}

#[test]
fn no_identifier_and_no_code_in_japanese() {
    let said = said(CONSTRUCTS, Lang::Ja);
    let (program, _) = parse(CONSTRUCTS);
    let fields = program.facts.values().flat_map(|fact| fact.fields.values().map(|field| &field.name));
    for name in program.facts.values().map(|fact| &fact.name).chain(fields).filter(|name| name.is_ascii()) {
        assert!(!said.contains(name.as_str()), "`{name}` is said");
    }
    for operator in ["==", "!=", "<", ">", "{", "none"] {
        let code = said.lines().find(|line| line.contains(operator) && !line.contains("書式"));
        assert_eq!(code, None, "`{operator}` is said");
    }
}

#[test]
fn a_definition_without_words_is_said_by_its_body() {
    let text = CONSTRUCTS.replace("/// その日に在籍している。退職日は含む。\n", "");
    let (program, definitions) = parse(&text);
    let speaker = Speaker::new(&program, &definitions, Lang::Ja);
    let rule = &program.rules[program.rule("definition_of_other").unwrap()];
    let said = "機器のそれぞれについて、管理者の退職日がないか、又は判定基準日以後であること。\n";
    assert_eq!(speaker.rule(rule).plain(Lang::Ja), said);
}

#[test]
fn definitions_of_one_name_are_said_by_their_bodies() {
    let mut definitions = Definitions::default();
    definitions.add("employed", "在籍している。");
    assert_eq!(definitions.get("employed").unwrap().label, "在籍している");
    definitions.add("employed", "雇用契約がある。");
    assert_eq!(definitions.get("employed"), None);
}

/// The smallest program there is, for what has no syntax of its own here.
fn empty_program() -> Program {
    parse(CONSTRUCTS).0
}

fn audit(trigger: Trigger) -> Audit {
    Audit {
        name: "yearly".to_owned(),
        label: "年次の監査".to_owned(),
        doc: String::new(),
        covers: Vec::new(),
        kind: AuditKind::Internal,
        trigger,
        over: Over { part: Part::FiscalYear, previous: true },
        scope: Vec::new(),
        auditor: Auditor::Independent,
        remind: vec![Duration::days(30), Duration::days(7)],
        report_within: Some(Duration::days(30)),
        close_within: Some(Duration::months(2)),
        span: kijun_source::Span::default(),
    }
}

/// An audit that recurs every year and covers nothing yet.
pub(crate) fn yearly_audit() -> Audit {
    audit(Trigger::Schedule { cron: "0 0 9 1 10 *".to_owned(), zone: "Asia/Tokyo".to_owned() })
}

fn say_audit(audit: Audit, lang: Lang) -> String {
    let mut program = empty_program();
    let id = program.audits.push(audit);
    Speaker::new(&program, &Definitions::default(), lang).audit(id).plain(lang)
}

#[test]
fn audits_that_recur() {
    let at = |cron: &str| Trigger::Schedule { cron: cron.to_owned(), zone: "Asia/Tokyo".to_owned() };
    insta::assert_snapshot!(say_audit(yearly_audit(), Lang::Ja));
    insta::assert_snapshot!(say_audit(yearly_audit(), Lang::En));
    let when = |cron: &str| say_audit(audit(at(cron)), Lang::Ja).lines().next().unwrap().to_owned();
    let schedules =
        ["0 30 8 * * *", "0 0 9 * * 1,4", "0 0 9 1 * *", "0 0 9 1 4,10 *", "0 0 9 */2 * *", "0 0 9 31 * 5"];
    insta::assert_snapshot!(schedules.map(when).join("\n"));
}

#[test]
fn audits_that_events_call_for() {
    let (program, _) = parse(CONSTRUCTS);
    let rule = &program.rules[program.rule("monthly").unwrap()];
    let mut events = None;
    rule.require.walk(&mut |expr| {
        if let kijun_ir::ExprKind::Some(quantifier) = &expr.kind {
            events = Some(kijun_ir::Quantifier { condition: None, ..(**quantifier).clone() });
        }
    });
    let trigger =
        Trigger::After { events: events.unwrap(), vars: rule.vars.clone(), within: Duration::days(14) };
    let audit = Audit {
        kind: AuditKind::Inspection,
        over: Over { part: Part::Month, previous: false },
        scope: vec!["5".to_owned(), "3(1)".to_owned()],
        auditor: Auditor::Any,
        ..audit(trigger)
    };
    insta::assert_snapshot!(say_audit(audit, Lang::Ja));
}

#[test]
fn attestations() {
    let mut program = empty_program();
    let id = program.attests.push(Attest {
        name: "supervision".to_owned(),
        label: "監督の実施".to_owned(),
        doc: String::new(),
        covers: Vec::new(),
        severity: Severity::Major,
        question: "従業者に対して必要かつ適切な監督を行っているか".to_owned(),
        answered_by: vec!["総括保護管理者".to_owned(), "保護管理者".to_owned()],
        attach: vec!["監督記録".to_owned()],
        holds_for: Duration::months(12),
        rule: kijun_ir::RuleId(0),
        span: kijun_source::Span::default(),
    });
    let definitions = Definitions::default();
    let say = |lang| Speaker::new(&program, &definitions, lang).attest(id).plain(lang);
    insta::assert_snapshot!([say(Lang::Ja), say(Lang::En)].join("\n"));
}

#[test]
fn lists_and_notes_as_html() {
    let (program, definitions) = parse(CONSTRUCTS);
    let speaker = Speaker::new(&program, &definitions, Lang::Ja);
    let rule = &program.rules[program.rule("definitions").unwrap()];
    insta::assert_snapshot!(speaker.rule(rule).html("rule-<a>", Lang::Ja));
}

#[test]
fn values_are_written_as_offices_write_them() {
    let (program, definitions) = parse(CONSTRUCTS);
    let speaker = Speaker::new(&program, &definitions, Lang::Ja);
    let day = kijun_ir::Value::Date(date(2019, 5, 1));
    assert_eq!(speaker.value(kijun_ir::Kind::Date, &day), "令和元年5月1日");
    let instant = kijun_ir::Value::DateTime("2026-04-03T01:00:00Z".parse().unwrap());
    assert_eq!(speaker.value(kijun_ir::Kind::DateTime, &instant), "令和8年4月3日10時0分");
    let quoted = kijun_ir::Value::text("「甲」の乙");
    assert_eq!(speaker.value(kijun_ir::Kind::Text, &quoted), "「『甲』の乙」");
}
