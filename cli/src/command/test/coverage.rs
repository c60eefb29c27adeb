//! `kijun test --coverage`: the conditions and verdicts that no test shows.

use kijun_audit::{
    ConditionCoverage, DutyCoverage, RelationCoverage, RuleCoverage, Workspace, measure_coverage,
    measure_duties, measure_relations,
};
use kijun_ir::{Truth, Verdict};
use kijun_source::{Bilingual, Lang, bilingual};

use super::{Share, excerpt, via};
use crate::output;

/// Says what the tests leave unseen; whether enough conditions were seen both ways.
pub(super) fn coverage(workspace: &Workspace, threshold: Option<u8>, lang: Lang) -> bool {
    let rules = measure_coverage(&workspace.program);
    for rule in &rules {
        report(workspace, rule, lang);
    }
    let relations = measure_relations(&workspace.program);
    for relation in &relations {
        report_relation(workspace, relation, lang);
    }
    for duty in &measure_duties(&workspace.program, &rules) {
        report_duty(workspace, duty, lang);
    }
    let of_rules = rules.iter().flat_map(|rule| &rule.conditions);
    let of_relations = relations.iter().flat_map(|relation| &relation.conditions);
    let conditions: Vec<&ConditionCoverage> = of_rules.chain(of_relations).collect();
    let verdicts: Vec<bool> = rules.iter().flat_map(|rule| &rule.verdicts).map(|(_, seen)| *seen).collect();
    let both = conditions.iter().filter(|condition| condition.is_seen_both_ways()).count();
    let share = Share { reached: both, all: conditions.len() };
    let shown = Share { reached: verdicts.iter().filter(|seen| **seen).count(), all: verdicts.len() };
    let (both, conditions, percent) = (share.reached, share.all, share.percent());
    let (given, verdicts, given_percent) = (shown.reached, shown.all, shown.percent());
    let summary = bilingual!(
        "真にも偽にもなった条件 {both}/{conditions}（{percent} %）、示した判定 {given}/{verdicts}（{given_percent} %）\n",
        "conditions seen both ways {both}/{conditions} ({percent} %), verdicts shown {given}/{verdicts} ({given_percent} %)\n"
    );
    output::result(summary.get(lang));
    share.reaches(threshold, &Bilingual::new("条件", "conditions"), lang)
}

/// What the tests leave unseen of one rule; nothing where they leave nothing.
fn report(workspace: &Workspace, coverage: &RuleCoverage, lang: Lang) {
    let rule = &workspace.program.rules[coverage.rule];
    let mut lines = unseen_of(workspace, &coverage.conditions, lang);
    lines.extend(missing(&coverage.verdicts, lang));
    lines.extend(never_unknown(workspace, &coverage.conditions, lang));
    say(&format!("{}（{}）\n", rule.name, rule.label), &lines);
}

/// What the tests leave unseen of one relation.
fn report_relation(workspace: &Workspace, coverage: &RelationCoverage, lang: Lang) {
    let program = &workspace.program;
    let fact = &program.facts[program.relations[coverage.relation].fact];
    let mut lines = unseen_of(workspace, &coverage.conditions, lang);
    lines.extend(never_unknown(workspace, &coverage.conditions, lang));
    say(&format!("{}（{}）\n", fact.name, fact.label), &lines);
}

/// The verdicts of one duty that no test of any of its rules shows.
fn report_duty(workspace: &Workspace, coverage: &DutyCoverage, lang: Lang) {
    let id = &workspace.program.duties[coverage.duty].id;
    let head = bilingual!("義務 {id}\n", "duty {id}\n");
    let lines: Vec<String> = missing(&coverage.verdicts, lang).into_iter().collect();
    say(head.get(lang), &lines);
}

/// A heading and what stands below it; nothing where nothing does.
fn say(head: &str, lines: &[String]) {
    if !lines.is_empty() {
        output::result(head);
        lines.iter().for_each(|line| output::result(line));
    }
}

fn unseen_of(workspace: &Workspace, conditions: &[ConditionCoverage], lang: Lang) -> Vec<String> {
    conditions.iter().filter_map(|condition| unseen(workspace, condition, lang)).collect()
}

/// The line of the verdicts that no test shows.
fn missing(verdicts: &[(Verdict, bool)], lang: Lang) -> Option<String> {
    let missing: Vec<&str> =
        verdicts.iter().filter(|(_, seen)| !seen).map(|(verdict, _)| Verdict::name(*verdict)).collect();
    let names = missing.join(", ");
    let line = bilingual!("  どの事例も示さない判定: {names}\n", "  verdicts that no test shows: {names}\n");
    (!missing.is_empty()).then(|| line.get(lang).to_owned())
}

/// The line of a condition that was not seen both ways.
fn unseen(workspace: &Workspace, condition: &ConditionCoverage, lang: Lang) -> Option<String> {
    let unseen = condition.unseen();
    if unseen.is_empty() {
        return None;
    }
    let sources = &workspace.sources;
    let (place, text) = (sources.locate(condition.span), excerpt(sources, condition.span));
    let end = condition.end.map_or(String::new(), |end| format!(" [{}]", end.symbol()));
    let words: Vec<String> = unseen.into_iter().map(|truth| name(truth).get(lang).to_owned()).collect();
    let via = via(sources, condition.via, lang);
    let words = words.join(Bilingual::new("・", ", ").get(lang));
    let line = bilingual!(
        "  {place}: {words}にならない: {text}{end}{via}\n",
        "  {place}: never {words}: {text}{end}{via}\n"
    );
    Some(line.get(lang).to_owned())
}

/// A hint, not a fault: conditions for which no test lacks the evidence.
fn never_unknown(workspace: &Workspace, conditions: &[ConditionCoverage], lang: Lang) -> Option<String> {
    let places: Vec<String> = conditions
        .iter()
        .filter(|condition| !condition.seen.unknown && !condition.unseen().contains(&Truth::Unknown))
        .map(|condition| {
            let at = workspace.sources.file(condition.span.file).line_column(condition.span.start);
            format!("{}:{}", at.line, at.column)
        })
        .collect();
    let (count, places) = (places.len(), places.join(" "));
    let line = bilingual!(
        "  参考: 不明にならない条件 {count}（{places}）\n",
        "  hint: conditions that are never unknown {count} ({places})\n"
    );
    (count > 0).then(|| line.get(lang).to_owned())
}

fn name(truth: Truth) -> Bilingual {
    match truth {
        Truth::True => Bilingual::new("真", "true"),
        Truth::False => Bilingual::new("偽", "false"),
        Truth::Unknown => Bilingual::new("不明", "unknown"),
    }
}
