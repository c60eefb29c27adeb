//! `kijun explain`: why this verdict, down to file and line; what evidence would change it; or what a code means.

use kijun_audit::{Question, Style, explain as prove, explain_missing};
use kijun_eval::Snapshot;
use kijun_ir::{Clause, Duty, DutyId, Program, RuleId, Verdict};
use kijun_pack::sentence::Vocabulary;
use kijun_source::{Bilingual, Code, Lang, bilingual};

use crate::arguments::{Arguments, Explain};
use crate::command::asking::Asking;
use crate::exit::Exit;
use crate::output;

pub(crate) fn explain(arguments: &Arguments, explain: &Explain, lang: Lang) -> Exit {
    if let Some(code) = code(&explain.what) {
        output::result(&kijun_pack::page::render(code, lang));
        return Exit::Good;
    }
    if explain.dates.period.is_none() || explain.dates.as_of.is_none() {
        output::complain(
            lang,
            &Bilingual::new(
                "--period と --as-of が要る（例 --period 2026年度 --as-of 2026-11-23）",
                "--period and --as-of are needed (--period 2026年度 --as-of 2026-11-23)",
            ),
        );
        return Exit::Broken;
    }
    let Some(mut asking) = Asking::open(arguments, &explain.dates, lang) else { return Exit::Broken };
    let side = if explain.missing { Side::Missing } else { Side::Why };
    explained(&mut asking, Ask { what: &explain.what, subject: explain.subject.as_deref(), side }, lang)
}

/// What is to be explained.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    /// A rule, a duty or a criterion.
    pub(super) what: &'a str,
    /// The key of a subject.
    pub(super) subject: Option<&'a str>,
    /// Which side of it.
    pub(super) side: Side,
}

/// What is asked of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Why it is what it is.
    Why,
    /// What evidence would change it.
    Missing,
}

/// Explains all that a word stands for; complains where that is nothing.
pub(super) fn explained(asking: &mut Asking, ask: Ask<'_>, lang: Lang) -> Exit {
    let Asking { workspace, evidence, occasion } = asking;
    let rules = rules_named(&workspace.program, ask.what);
    let without_rule = duties_without_rule(&workspace.program, ask.what);
    if rules.is_empty() && without_rule.is_empty() {
        unknown(&workspace.program, ask.what, lang);
        return Exit::Broken;
    }
    evidence.fit(&workspace.program);
    let snapshot = Snapshot::new(&workspace.program, evidence, *occasion);
    let vocabulary = Vocabulary::of(&workspace.sources);
    let style = Style { lang, sources: &workspace.sources, wording: &vocabulary.in_words(lang) };
    let mut answered = !without_rule.is_empty();
    let mut complaints = Vec::new();
    for rule in rules {
        let question = Question { rule, subject: ask.subject };
        let text = match ask.side {
            Side::Why => prove(&snapshot, question, style),
            Side::Missing => explain_missing(&snapshot, question, style),
        };
        match text {
            Ok(text) => {
                output::result(&kijun_pack::plain_lines(&text));
                answered = true;
            }
            Err(complaint) => complaints.push((rule, complaint)),
        }
    }
    for duty in without_rule {
        output::result(&undecided(&workspace.program.duties[duty], lang));
    }
    // Of several rules, a subject belongs to some; that the others do not have it is no mistake.
    if !answered || ask.subject.is_none() {
        for (rule, complaint) in complaints {
            output::note(&format!("{}: {complaint}", workspace.program.rules[rule].name));
        }
    }
    if answered { Exit::Good } else { Exit::Broken }
}

/// The rules that a word stands for: one by name, or those of a duty or of a criterion.
fn rules_named(program: &Program, what: &str) -> Vec<RuleId> {
    if let Some(rule) = program.rule(what) {
        return vec![rule];
    }
    let covers = |rule: &kijun_ir::Rule| {
        rule.covers.iter().any(|duty| is_named(program, &program.duties[*duty], what))
    };
    program.rules.iter().filter(|(_, rule)| covers(rule)).map(|(id, _)| id).collect()
}

/// The duties that a word stands for and that no rule decides.
fn duties_without_rule(program: &Program, what: &str) -> Vec<DutyId> {
    let named = program.duties.iter().filter(|(_, duty)| is_named(program, duty, what));
    named.filter(|(id, _)| !program.is_decided(*id)).map(|(id, _)| id).collect()
}

/// Whether a word is the id of the duty or of its clause.
fn is_named(program: &Program, duty: &Duty, what: &str) -> bool {
    let clause = match duty.clause {
        Clause::Criterion(criterion) => &program.criteria[criterion].id,
        Clause::Section(section) => &program.sections[section].id,
    };
    duty.id == what || clause == what
}

/// Why a duty without a rule is undetermined.
fn undecided(duty: &Duty, lang: Lang) -> String {
    let Duty { id, quote, .. } = duty;
    let (sign, verdict) = (Verdict::Undetermined.sign(), Verdict::Undetermined.label());
    let reason = Bilingual::new("この義務を判定する規則がまだない", "no rule decides this duty yet");
    format!("{sign} {}  {id}  {quote}\n  {}\n", verdict.get(lang), reason.get(lang))
}

fn unknown(program: &Program, what: &str, lang: Lang) {
    let names = program.rules.values().map(|rule| rule.name.as_str());
    let ids = program.duties.values().map(|duty| duty.id.as_str());
    let mut text = bilingual!(
        "「{what}」という規則・義務・基準・診断はない",
        "no rule, duty, criterion or diagnostic is named `{what}`"
    );
    if let Some(near) =
        kijun_source::nearest(what, names.chain(ids).chain(kijun_audit::codes().map(|code| code.id)))
    {
        text = bilingual!(
            "「{what}」という規則・義務・基準・診断はない。「{near}」のことか",
            "no rule, duty, criterion or diagnostic is named `{what}`; did you mean `{near}`?"
        );
    }
    output::complain(lang, &text);
}

/// The diagnostic with that code.
fn code(id: &str) -> Option<&'static Code> {
    kijun_audit::codes().find(|code| code.id.eq_ignore_ascii_case(id))
}
