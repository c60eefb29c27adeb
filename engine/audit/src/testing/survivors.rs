//! The mutants that no test notices, and the reasons that rulesets give for them in `survivors.toml`.

use std::io::ErrorKind;

use kijun_evidence::{Located, Survivor, parse_survivors};
use kijun_ir::RuleId;
use kijun_source::{Bilingual, Diagnostic, Sources, Span, bilingual, nearest};

use super::{Change, Fate, MutantOutcome, RuleMutants};
use crate::quotation::one_line;
use crate::rulesets::shown;
use crate::{Drafts, SURVIVOR_STALE, SURVIVOR_UNCLEAR, UNREADABLE_RULESET, Workspace};

/// The file beside the rules of a ruleset that says why mutants survive.
const SURVIVORS: &str = "survivors.toml";

/// The reasons that rulesets give.
#[derive(Debug, Clone, Default)]
pub struct Reasons {
    survivors: Vec<Survivor>,
    /// What is wrong with how they are written.
    pub diagnostics: Vec<Diagnostic>,
}

/// A mutant that no test noticed.
#[derive(Debug, Clone)]
pub struct Unnoticed {
    /// The rule.
    pub rule: RuleId,
    /// The mutant.
    pub mutant: MutantOutcome,
    /// How `survivors.toml` names it.
    pub name: MutantName,
    /// Why no test notices, if the ruleset says so.
    pub reason: Option<String>,
}

/// What tells a mutant from the others of its rule, wherever it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MutantName {
    /// The text of the condition, on one line.
    pub condition: String,
    /// How it was changed.
    pub change: Bilingual,
    /// Which one, from 1, where the rule has several of that condition and change.
    pub nth: Option<usize>,
}

/// The mutants that no test noticed, with their reasons, in the order of the rules.
#[derive(Debug, Clone, Default)]
pub struct Explained {
    /// The mutants.
    pub unnoticed: Vec<Unnoticed>,
    /// Reasons that explain none of them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads what lies beside the rules of each folder that was read as a whole.
pub fn read_reasons(workspace: &mut Workspace) -> Reasons {
    let mut reasons = Reasons::default();
    let mut paths: Vec<_> = workspace.written.folders.iter().map(|folder| folder.join(SURVIVORS)).collect();
    paths.sort_unstable();
    for path in paths {
        let name = shown(&path, &workspace.root);
        match Drafts::default().read(&name, &path) {
            Ok(text) => {
                let file = workspace.sources.add(name, text);
                let (mut survivors, mut problems) = parse_survivors(&workspace.sources, file);
                reasons.survivors.append(&mut survivors);
                reasons.diagnostics.append(&mut problems);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let message = bilingual!("`{name}` を読めない: {error}", "`{name}` cannot be read: {error}");
                reasons.diagnostics.push(Diagnostic::without_place(&UNREADABLE_RULESET, message));
            }
        }
    }
    reasons
}

/// Gives each mutant that no test noticed its reason, and says which reasons belong to none.
pub fn explain_mutants(workspace: &Workspace, rules: &[RuleMutants], reasons: &Reasons) -> Explained {
    let mut all: Vec<Unnoticed> = rules.iter().flat_map(|rule| named(&workspace.sources, rule)).collect();
    let mut explaining: Vec<Option<Span>> = vec![None; all.len()];
    let mut diagnostics = Vec::new();
    for survivor in &reasons.survivors {
        match find(workspace, &all, survivor) {
            Ok(index) => match explaining[index] {
                Some(first) => diagnostics.push(second_reason(survivor, first)),
                None => {
                    explaining[index] = Some(survivor.change.span);
                    all[index].reason = Some(survivor.reason.clone());
                }
            },
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    // A workspace that reads the standard otherwise has other mutants than those that the ruleset speaks of.
    if workspace.program.params.values().any(|param| param.overridden) {
        diagnostics.retain(|diagnostic| diagnostic.code.id != SURVIVOR_STALE.id);
    }
    all.retain(|unnoticed| unnoticed.mutant.fate != Fate::Noticed);
    Explained { unnoticed: all, diagnostics }
}

/// The mutants of a rule with their names.
fn named(sources: &Sources, rule: &RuleMutants) -> Vec<Unnoticed> {
    let mut all: Vec<Unnoticed> = rule
        .mutants
        .iter()
        .map(|mutant| {
            let name = MutantName {
                condition: one_line(sources.slice(mutant.condition)),
                change: change_text(sources, mutant),
                nth: None,
            };
            Unnoticed { rule: rule.rule, mutant: mutant.clone(), name, reason: None }
        })
        .collect();
    let bare: Vec<MutantName> = all.iter().map(|unnoticed| unnoticed.name.clone()).collect();
    for (index, unnoticed) in all.iter_mut().enumerate() {
        let alike = |names: &[MutantName]| names.iter().filter(|name| **name == bare[index]).count();
        unnoticed.name.nth = (alike(&bare) > 1).then(|| alike(&bare[..=index]));
    }
    all
}

fn change_text(sources: &Sources, mutant: &MutantOutcome) -> Bilingual {
    match &mutant.change {
        Change::Replaced { from, to } if from.is_empty() => bilingual!("`{to}` を加える", "`{to}` added"),
        Change::Replaced { from, to } if to.is_empty() => bilingual!("`{from}` を除く", "`{from}` removed"),
        Change::Replaced { from, to } => bilingual!("`{from}` → `{to}`", "`{from}` → `{to}`"),
        Change::Dropped if mutant.span == mutant.condition => Bilingual::new("除く", "dropped"),
        Change::Dropped => {
            let part = one_line(sources.slice(mutant.span));
            bilingual!("`{part}` を除く", "`{part}` dropped")
        }
        Change::Negated => Bilingual::new("否定する", "negated"),
    }
}

/// The mutant that an entry names, by its position; else what keeps it from naming one that survived.
fn find(workspace: &Workspace, all: &[Unnoticed], survivor: &Survivor) -> Result<usize, Box<Diagnostic>> {
    let program = &workspace.program;
    let beside = |rule: RuleId| {
        let span = program.rules[rule].span;
        folder(&workspace.sources, span) == folder(&workspace.sources, survivor.rule.span)
    };
    let (rule, condition, change) = (&survivor.rule, &survivor.condition, &survivor.change);
    let here = program.rules.iter().filter(|(id, _)| beside(*id));
    let names: Vec<&str> = here.map(|(_, rule)| rule.name.as_str()).collect();
    if !names.contains(&rule.value.as_str()) {
        return Err(unknown_rule(rule, &names));
    }
    let is_of_rule = |found: &Unnoticed| beside(found.rule) && program.rules[found.rule].name == rule.value;
    let of_rule: Vec<usize> = (0..all.len()).filter(|index| is_of_rule(&all[*index])).collect();
    let of_condition = narrowed(&of_rule, |index| all[index].name.condition == one_line(&condition.value));
    if of_condition.is_empty() {
        return Err(unknown_condition(survivor));
    }
    let meant = narrowed(&of_condition, |index| {
        let Bilingual { ja, en } = &all[index].name.change;
        [one_line(ja), one_line(en)].contains(&one_line(&change.value))
    });
    if meant.is_empty() {
        let mut known: Vec<&Bilingual> = of_condition.iter().map(|index| &all[*index].name.change).collect();
        known.dedup();
        return Err(unknown_change(change, &known));
    }
    let index = one_of(&meant, survivor)?;
    if all[index].mutant.fate == Fate::Survived { Ok(index) } else { Err(noticed(change)) }
}

/// The folder of the file that a span is in.
fn folder(sources: &Sources, span: Span) -> &str {
    let path = sources.file(span.file).path.as_str();
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn narrowed(indices: &[usize], is_meant: impl Fn(usize) -> bool) -> Vec<usize> {
    indices.iter().copied().filter(|index| is_meant(*index)).collect()
}

/// The one that an entry means of mutants that are named alike.
fn one_of(meant: &[usize], survivor: &Survivor) -> Result<usize, Box<Diagnostic>> {
    let count = meant.len();
    match &survivor.nth {
        Some(nth) => {
            let position = usize::try_from(nth.value).unwrap_or(usize::MAX);
            let index = position.checked_sub(1).and_then(|position| meant.get(position).copied());
            index.ok_or_else(|| {
                let message = bilingual!(
                    "{position} 番目の変異はない（{count} 個まで）",
                    "there is no mutant {position}, only {count}"
                );
                Box::new(Diagnostic::new(&SURVIVOR_STALE, nth.span, message))
            })
        }
        None if count > 1 => {
            let message = bilingual!(
                "この規則には、この条件のこの変異が {count} 個ある",
                "the rule has {count} mutants of this condition and this change"
            );
            let help = bilingual!(
                "`nth` に何番目かを書く。結果にある番号による",
                "say which under `nth`, by the number in the result"
            );
            Err(Box::new(Diagnostic::new(&SURVIVOR_UNCLEAR, survivor.change.span, message).help(help)))
        }
        None => Ok(meant[0]),
    }
}

fn unknown_rule(rule: &Located<String>, known: &[&str]) -> Box<Diagnostic> {
    let name = &rule.value;
    let message =
        bilingual!("`{name}` という規則はこのフォルダにない", "no rule of this folder is named `{name}`");
    let diagnostic = Diagnostic::new(&SURVIVOR_STALE, rule.span, message);
    Box::new(match nearest(name, known.iter().copied()) {
        Some(near) => diagnostic.suggest(near),
        None => diagnostic,
    })
}

fn unknown_condition(survivor: &Survivor) -> Box<Diagnostic> {
    let rule = &survivor.rule.value;
    let message = bilingual!(
        "規則 `{rule}` の変異に、この条件を変えるものはない",
        "no mutant of the rule `{rule}` changes this condition"
    );
    let help = bilingual!(
        "条件が改められたのなら、理由がまだ当たるかを確かめて書き直す",
        "if the condition was rewritten, look whether the reason still holds, and write it anew"
    );
    Box::new(Diagnostic::new(&SURVIVOR_STALE, survivor.condition.span, message).help(help))
}

fn unknown_change(change: &Located<String>, known: &[&Bilingual]) -> Box<Diagnostic> {
    let text = &change.value;
    let message = bilingual!("この条件に「{text}」という変異はない", "this condition has no mutant “{text}”");
    let list = |word: fn(&Bilingual) -> &str| known.iter().map(|change| word(change)).collect::<Vec<_>>();
    let (ja, en) = (list(|change| &change.ja).join("、"), list(|change| &change.en).join(", "));
    let help = bilingual!("この条件の変異: {ja}", "its mutants: {en}");
    Box::new(Diagnostic::new(&SURVIVOR_STALE, change.span, message).help(help))
}

fn noticed(change: &Located<String>) -> Box<Diagnostic> {
    let message = bilingual!("この変異は生き残っていない", "this mutant does not survive");
    let help =
        bilingual!("事例が気付くようになったので、理由を消す", "a test notices it by now: remove the reason");
    Box::new(Diagnostic::new(&SURVIVOR_STALE, change.span, message).help(help))
}

fn second_reason(survivor: &Survivor, first: Span) -> Diagnostic {
    let message = bilingual!("同じ変異の理由が二つある", "the same mutant has two reasons");
    Diagnostic::new(&SURVIVOR_UNCLEAR, survivor.change.span, message)
        .and(first, bilingual!("一つ目", "the first"))
}
