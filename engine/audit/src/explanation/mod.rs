//! The proof of one subject's verdict as indented text, down to file and line.

mod proof;

use kijun_eval::{AsOf, Proof, Snapshot, Spell, Step, StepKind, Subject, message, prove, subject_name};
use kijun_ir::{Rule, RuleId, Truth, Verdict, calendar};
use kijun_source::{Bilingual, Lang, Sources, bilingual, nearest};

use crate::advice::{advice_text, advise};
use crate::quotation::{Owner, Quotations, Wording};

pub(crate) use proof::{ProofText, sign};

/// Which verdict is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The rule.
    pub rule: RuleId,
    /// The subject as people call it; `None` for a rule about the organisation, or to list the subjects.
    pub subject: Option<&'a str>,
}

/// How an explanation is written.
#[derive(Clone, Copy)]
pub struct Style<'a> {
    /// The language.
    pub lang: Lang,
    /// The files of the rules.
    pub sources: &'a Sources,
    /// Who puts in words what is written in them.
    pub wording: &'a dyn Wording,
}

/// The answer, line by line; an error names what was not found and what there is.
pub fn explain(snapshot: &Snapshot<'_>, question: Question<'_>, style: Style<'_>) -> Result<String, String> {
    let rule = &snapshot.program.rules[question.rule];
    let subjects = subjects(snapshot, question.rule);
    let written = |subjects: &[Judged]| {
        let proofs = subjects.iter().map(|judged| {
            let proof = prove(snapshot, question.rule, judged.subject);
            verdict_text(snapshot, question.rule, &proof, &judged.spells, style)
        });
        proofs.collect::<Vec<_>>().join("\n")
    };
    let Some(population) = &rule.population else { return Ok(written(&subjects)) };
    let names: Vec<String> = subjects.iter().map(|judged| name(snapshot, rule, judged.subject)).collect();
    let Some(subject) = question.subject else {
        return Err(list(&names, style.lang));
    };
    let named = subjects.into_iter().zip(&names).filter(|(_, name)| *name == subject);
    let found: Vec<Judged> = named.map(|(judged, _)| judged).collect();
    if found.is_empty() {
        let label = &snapshot.program.facts[population.rows.fact].label;
        return Err(not_found(label, &names, subject, style.lang));
    }
    Ok(written(&found))
}

/// What evidence would change verdicts: that of the subject, else those that are undetermined, and that of the population.
///
/// # Errors
///
/// What was not found, and what there is.
pub fn explain_missing(
    snapshot: &Snapshot<'_>,
    question: Question<'_>,
    style: Style<'_>,
) -> Result<String, String> {
    let lang = style.lang;
    let rule = &snapshot.program.rules[question.rule];
    let outcome = &kijun_eval::evaluate(snapshot).rules[question.rule];
    let named: Vec<_> =
        outcome.subjects.iter().map(|found| (subject_name(snapshot, rule, found.subject), found)).collect();
    let text = |subject: Option<&str>, found: Option<Subject>, now| {
        let advice = advise(snapshot, question.rule, found, now);
        advice_text(snapshot, question.rule, subject, &advice, style)
    };
    let asked = |name: &Option<String>, verdict| match (question.subject, name) {
        (Some(subject), Some(name)) => name == subject,
        _ => verdict == Verdict::Undetermined,
    };
    let is_attest = snapshot.program.attest_of(rule).is_some();
    let nobody_answered =
        is_attest && outcome.subjects.is_empty() && outcome.verdict == Verdict::Undetermined;
    let of_population =
        question.subject.is_none() && (nobody_answered || !outcome.population_gaps.is_empty());
    // A new answer decides for all that were given.
    let wanted =
        named.iter().filter(|(name, found)| !(is_attest && of_population) && asked(name, found.verdict));
    let mut texts: Vec<String> = wanted
        .take(LISTED)
        .map(|(name, found)| text(name.as_deref(), Some(found.subject), found.verdict))
        .collect();
    if of_population {
        texts.push(text(None, None, Verdict::Undetermined));
    }
    match (texts.as_slice(), question.subject, &rule.population) {
        ([], Some(subject), Some(population)) => {
            let names: Vec<String> = named.into_iter().filter_map(|(name, _)| name).collect();
            let label = &snapshot.program.facts[population.rows.fact].label;
            Err(not_found(label, &names, subject, lang))
        }
        ([], None, Some(population)) if outcome.verdict == Verdict::Undetermined => {
            Ok(nobody_there(rule, &snapshot.program.facts[population.rows.fact].label, lang))
        }
        ([], ..) => Ok(nothing_undetermined(rule, lang)),
        _ => Ok(texts.join("\n")),
    }
}

/// Why a rule is undetermined of whose subjects none is: there is none, and the rule does not say that this is all right.
fn nobody_there(rule: &Rule, population: &str, lang: Lang) -> String {
    let Rule { label, name, .. } = rule;
    let text = bilingual!(
        "{label}（{name}）: 判定の対象が一つもない。対象に当たる「{population}」の行が届けば判定できる。\n  この規則は、対象が一つもないことを適合とも対象外ともみなさない。\n",
        "{label}（{name}）: there is nothing to judge. It can be judged once rows of {population} that it is about are delivered.\n  The rule takes the absence of all of them neither for met nor for not applicable.\n"
    );
    text.get(lang).to_owned()
}

fn nothing_undetermined(rule: &Rule, lang: Lang) -> String {
    let Rule { label, name, .. } = rule;
    let text = bilingual!(
        "{label}（{name}）: 証拠が足りないために判定できない対象はない\n",
        "{label}（{name}）: nobody is undetermined for want of evidence\n"
    );
    text.get(lang).to_owned()
}

/// One who may be judged by a rule.
struct Judged {
    subject: Subject,
    /// Of a rule judged throughout the period: the days of each verdict.
    spells: Vec<Spell>,
}

/// Those who may be judged by a rule; of one judged throughout the period each as of the moment of its gravest verdict.
fn subjects(snapshot: &Snapshot<'_>, rule: RuleId) -> Vec<Judged> {
    let declared = &snapshot.program.rules[rule];
    match declared.judged {
        kijun_ir::Judged::AtToday => {
            let candidates = snapshot.candidates(declared, None).into_iter();
            candidates.map(|(subject, _)| Judged { subject, spells: Vec::new() }).collect()
        }
        kijun_ir::Judged::ThroughoutPeriod => {
            let found = kijun_eval::evaluate(snapshot).rules[rule].subjects.clone().into_iter();
            found.map(|found| Judged { subject: found.subject, spells: found.spells }).collect()
        }
    }
}

fn name(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject) -> String {
    subject_name(snapshot, rule, subject).unwrap_or_default()
}

/// How many names of subjects are listed where one must be chosen.
const LISTED: usize = 20;

fn list(names: &[String], lang: Lang) -> String {
    let more = names.len().saturating_sub(LISTED);
    let listed = names[..names.len() - more].join("\n  ");
    match lang {
        Lang::Ja => format!(
            "--subject で対象を選ぶ（{} 件{}）:\n  {listed}",
            names.len(),
            if more > 0 { format!("、先頭 {LISTED} 件") } else { String::new() }
        ),
        Lang::En => {
            format!("choose a subject with --subject ({} rows, {more} not shown):\n  {listed}", names.len())
        }
    }
}

fn not_found(label: &str, names: &[String], subject: &str, lang: Lang) -> String {
    let near = nearest(subject, names.iter().map(String::as_str));
    match (lang, near) {
        (Lang::Ja, Some(near)) => format!("{label} に「{subject}」はない。「{near}」のことか"),
        (Lang::En, Some(near)) => format!("no {label} is named `{subject}`; did you mean `{near}`?"),
        (Lang::Ja, None) => format!("{label} に「{subject}」はない。{}", list(names, lang)),
        (Lang::En, None) => format!("no {label} is named `{subject}`; {}", list(names, lang)),
    }
}

/// The proof of a verdict.
fn verdict_text(
    snapshot: &Snapshot<'_>,
    rule: RuleId,
    proof: &Proof,
    spells: &[Spell],
    style: Style<'_>,
) -> String {
    let owner = Owner::Rule(&snapshot.program.rules[rule]);
    let quotations = Quotations::new(snapshot.program, owner, style.sources, style.wording);
    let mut text = ProofText::of_rule(snapshot, quotations, style.lang);
    heading(&mut text, snapshot, rule, proof);
    course(&mut text, snapshot, proof, spells);
    if let Some(member) = &proof.member {
        section(&mut text, &Bilingual::new("対象であること", "belongs to the population"), member);
    }
    if proof.verdict.is_none() {
        return text.finish();
    }
    requirement(&mut text, &proof.require);
    for excused in &proof.excused {
        section(&mut text, &Bilingual::new("例外", "exception"), excused);
    }
    if let Some(due) = &proof.due {
        text.say(0, &Bilingual::new("期限", "due date"));
        text.step(1, due);
    }
    text.lacks(&proof.reasons());
    text.finish()
}

/// What must be shown, and the requirement where it is.
fn requirement(text: &mut ProofText<'_, '_>, step: &Step) {
    let title = Bilingual::new("要件", "requirement");
    let StepKind::Needs(needed) = step.kind else { return section(text, &title, step) };
    let (shown, judged) = step.parts.split_at(needed);
    text.say(0, &Bilingual::new("前提", "needs"));
    shown.iter().for_each(|part| text.step(1, part));
    match judged {
        [then] => section(text, &title, then),
        _ => text.say(
            0,
            &Bilingual::new(
                "要件は、前提が示されていないので判定しない",
                "the requirement is not judged: what it needs is not shown",
            ),
        ),
    }
}

fn section(text: &mut ProofText<'_, '_>, title: &Bilingual, step: &Step) {
    // What nobody wrote need not be said where it holds.
    if !(step.truth == Truth::True && text.is_given(step)) {
        text.say(0, title);
        text.step(1, step);
    }
}

/// The days of each verdict, and the moment that is proved below.
fn course(text: &mut ProofText<'_, '_>, snapshot: &Snapshot<'_>, proof: &Proof, spells: &[Spell]) {
    for Spell { from, to, verdict } in spells {
        let Bilingual { ja, en } = verdict.label();
        let sign = verdict.sign();
        let days = match from == to {
            true => bilingual!("{sign} {from}  {ja}", "{sign} {from}  {en}"),
            false => bilingual!("{sign} {from} から {to} まで  {ja}", "{sign} {from} to {to}  {en}"),
        };
        text.say(1, &days);
    }
    if let (AsOf::Moment(moment), false) = (proof.subject.as_of(), spells.is_empty()) {
        let day = calendar::date_of(moment, &snapshot.program.calendar.zone);
        text.say(1, &bilingual!("以下は {day} の判定の理由", "why it was so on {day}:"));
    }
}

/// The verdict, the rule and the subject; what the rule says of one that violates it.
fn heading(text: &mut ProofText<'_, '_>, snapshot: &Snapshot<'_>, rule: RuleId, proof: &Proof) {
    let declared = &snapshot.program.rules[rule];
    let Rule { label, name, population, .. } = declared;
    let verdict = match proof.verdict {
        Some(verdict) => Bilingual::new(
            format!("{} {}", verdict.sign(), verdict.label().ja),
            format!("{} {}", verdict.sign(), verdict.label().en),
        ),
        None => Bilingual::new("対象ではない", "not a subject"),
    };
    text.line(0, &format!("{}  {label}（{name}）", text.in_lang(&verdict)));
    if let Some(population) = population {
        match proof.subject {
            Subject::Organisation(_) => {}
            Subject::Row(row, _) => {
                let as_of = snapshot.row_as_of(declared, proof.subject);
                text.row(1, population.rows.fact, row, as_of, None);
            }
            Subject::Pair(first, second) => {
                text.row(1, population.rows.fact, first, AsOf::Today, None);
                text.row(1, population.rows.fact, second, AsOf::Today, None);
            }
        }
    }
    if proof.verdict == Some(kijun_ir::Verdict::Violated) {
        let parts = message(snapshot, rule, proof.subject);
        let said: String = parts.into_iter().map(|part| text.masked(part.class, part.text)).collect();
        text.line(1, &said);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kijun_eval::{Evidence, Held, Occasion, Origin, SourceCoverage, TableBuilder, Taken};
    use kijun_ir::{Cell, Program, Value, calendar};

    use super::*;

    const RULES: &str = r#"
standard 基準 "試験" { section "1" "一" { criterion "1" { text "暗証を設定すること。" duty a "暗証を設定すること" } } }
state account "利用者ID" { key id: text "ID"  pin: text secret "暗証"  fresh within 31 days }
rule pin_set "暗証の設定" {
  covers "1a"
  for each a in account
  require a.pin == "9999"
  message "{a.id} の暗証が初期値でない"
}
rule set_anew "暗証の変更" {
  covers "1a"
  for each a in account
  needs a.id starts with "A"
  needs a.id == "B-1"
  require a.pin == "9999"
  message "{a.id}"
}
"#;

    fn program(sources: &mut Sources) -> Program {
        let file = sources.add("rules.kijun", RULES);
        let (tree, problems) = kijun_syntax::parse(sources.file(file));
        let options =
            kijun_analysis::Options { calendar: kijun_ir::Calendar::japan(), overrides: Vec::new() };
        let unit = kijun_analysis::Unit { files: vec![tree], uses: Vec::new() };
        let analysis = kijun_analysis::analyze(&[unit], &options);
        assert!(problems.iter().chain(&analysis.diagnostics).all(|problem| !problem.is_error()));
        analysis.program
    }

    /// What is said of the one account by a rule.
    fn explained(rule: &str) -> String {
        let mut sources = Sources::new();
        let program = program(&mut sources);
        let account = program.fact("account").unwrap();
        let mut evidence = Evidence::empty(&program);
        let mut builder = TableBuilder::new(&program.facts[account]);
        let cells = ["A-1", "4711"].map(|text| Cell::Known(Value::text(text)));
        builder.push(cells.to_vec(), Origin { line: 2, ..Origin::default() });
        evidence.tables[account] = builder.finish(&mut evidence.dictionary);
        let at = calendar::start_of_day(date(2026, 11, 20), &program.calendar.zone).unwrap();
        let held = Held::State(vec![Taken { at, defects: Vec::new() }]);
        evidence.coverage[account] = vec![SourceCoverage { source: "ids".to_owned(), held }];
        let occasion = Occasion {
            today: date(2026, 11, 23),
            period_start: date(2026, 4, 1),
            period_end: date(2027, 3, 31),
        };
        let snapshot = Snapshot::new(&program, &evidence, occasion);
        let question = Question { rule: program.rule(rule).unwrap(), subject: Some("A-1") };
        let style = Style { lang: Lang::Ja, sources: &sources, wording: &crate::AsWritten };
        explain(&snapshot, question, style).unwrap()
    }

    #[test]
    fn a_secret_is_never_printed() {
        let text = explained("pin_set");
        assert!(text.contains("a.pin = （非公開）"), "{text}");
        assert!(!text.contains("4711"), "{text}");
    }

    #[test]
    fn a_requirement_is_not_judged_where_what_it_needs_is_not_shown() {
        let text = explained("set_anew");
        let expected = r#"
前提
  ✓ a.id starts with "A"
    a.id = A-1
  ✗ a.id == "B-1"
    a.id = A-1
要件は、前提が示されていないので判定しない
足りない証拠
  … 前提が示されていない: a.id == "B-1"
"#;
        assert!(text.ends_with(expected), "{text}");
    }
}
