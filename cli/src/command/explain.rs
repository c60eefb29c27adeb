//! `kijun explain`: why this verdict, down to file and line; or what a code means.

use kijun_audit::{Question, explain as prove};
use kijun_eval::Snapshot;
use kijun_ir::{Program, RuleId};
use kijun_source::{Code, Lang, bilingual};

use crate::arguments::{Arguments, Explain};
use crate::command::occasion;
use crate::exit::Exit;
use crate::output;

pub(crate) fn explain(arguments: &Arguments, explain: &Explain, lang: Lang) -> Exit {
    if let Some(code) = code(&explain.what) {
        output::result(&format!("{}  {}\n", code.id, if lang == Lang::Ja { code.ja } else { code.en }));
        return Exit::Good;
    }
    let (Some(period), Some(as_of)) = (&explain.period, &explain.as_of) else {
        output::complain(
            lang,
            &kijun_source::Bilingual::new(
                "--period と --as-of が要る（例 --period 2026年度 --as-of 2026-11-23）",
                "--period and --as-of are needed (--period 2026年度 --as-of 2026-11-23)",
            ),
        );
        return Exit::Broken;
    };
    let Some(mut workspace) = super::sound_workspace(arguments, lang) else { return Exit::Broken };
    let Some(occasion) = occasion(&workspace, period, as_of, lang) else { return Exit::Broken };
    let rules = rules_named(&workspace.program, &explain.what);
    if rules.is_empty() {
        unknown(&workspace.program, &explain.what, lang);
        return Exit::Broken;
    }
    let evidence = kijun_audit::collect(&mut workspace, occasion.today).evidence;
    let snapshot = Snapshot::new(&workspace.program, &evidence, occasion);
    let mut answered = false;
    let mut complaints = Vec::new();
    for rule in rules {
        let question = Question { rule, subject: explain.subject.as_deref() };
        match prove(&snapshot, &workspace.sources, question, lang) {
            Ok(text) => {
                output::result(&text);
                answered = true;
            }
            Err(complaint) => complaints.push((rule, complaint)),
        }
    }
    if answered {
        return Exit::Good;
    }
    for (rule, complaint) in complaints {
        output::note(&format!("{}: {complaint}", workspace.program.rules[rule].name));
    }
    Exit::Broken
}

/// The rules that a word stands for: one by name, or those of a duty or of a criterion.
fn rules_named(program: &Program, what: &str) -> Vec<RuleId> {
    if let Some(rule) = program.rule(what) {
        return vec![rule];
    }
    let of_duty = |id: &kijun_ir::DutyId| {
        let duty = &program.duties[*id];
        let criterion = match duty.clause {
            kijun_ir::Clause::Criterion(criterion) => program.criteria[criterion].id.as_str(),
            kijun_ir::Clause::Section(section) => program.sections[section].id.as_str(),
        };
        duty.id == what || criterion == what
    };
    program.rules.iter().filter(|(_, rule)| rule.covers.iter().any(of_duty)).map(|(id, _)| id).collect()
}

fn unknown(program: &Program, what: &str, lang: Lang) {
    let names = program.rules.values().map(|rule| rule.name.as_str());
    let ids = program.duties.values().map(|duty| duty.id.as_str());
    let mut text =
        bilingual!("「{what}」という規則・義務・基準はない", "no rule, duty or criterion is named `{what}`");
    if let Some(near) = kijun_source::nearest(what, names.chain(ids)) {
        text = bilingual!(
            "「{what}」という規則・義務・基準はない。「{near}」のことか",
            "no rule, duty or criterion is named `{what}`; did you mean `{near}`?"
        );
    }
    output::complain(lang, &text);
}

/// The diagnostic with that code.
fn code(id: &str) -> Option<&'static Code> {
    let language = kijun_audit::LANGUAGE_CODES.iter().copied();
    let all = language.chain([kijun_audit::CODES, kijun_evidence::CODES]);
    all.flatten().copied().find(|code| code.id == id)
}
