//! The line of a rule: sign, criterion, label, verdict, count, and the first thing to know.

use kijun_audit::{AuditRecord, DutyRecord, Role, RuleRecord, Scope, SectionRecord, SubjectRecord};
use kijun_ir::Verdict;
use kijun_source::{Bilingual, Lang, bilingual};
use unicode_width::UnicodeWidthStr;

use super::columns::{coloured, fit, pad};
use super::{Screen, observed_sign, sign};
use crate::mask::{joined, plain, shown};
use crate::words::{observed, spells, thousands};

/// A rule under a criterion that it decides.
pub(super) struct Row<'a> {
    /// The criterion, or the section where its own text is meant.
    clause: &'a str,
    rule: &'a RuleRecord,
    /// Whether the rule stands further up in the same section already.
    repeated: bool,
}

/// The rows of a section: its own duties first, then its criteria.
pub(super) fn of_section<'a>(record: &'a AuditRecord, section: &'a SectionRecord) -> Vec<Row<'a>> {
    let own = (section.id.as_str(), &section.duties);
    let below = section.criteria.iter().map(|criterion| (criterion.id.as_str(), &criterion.duties));
    let mut seen = Vec::new();
    let mut rows = Vec::new();
    for (clause, duties) in std::iter::once(own).chain(below) {
        for rule in rules_of(duties) {
            rows.push(Row { clause, rule: &record.rules[rule], repeated: seen.contains(&rule) });
            seen.push(rule);
        }
    }
    rows
}

/// The rules of some duties, each once.
fn rules_of(duties: &[DutyRecord]) -> Vec<usize> {
    let mut rules = Vec::new();
    for rule in duties.iter().flat_map(|duty| &duty.rules) {
        if !rules.contains(rule) {
            rules.push(*rule);
        }
    }
    rules
}

/// The widths of the columns, the same for all sections.
pub(super) struct Layout {
    screen: Screen,
    clause: usize,
    label: usize,
    verdict: usize,
    count: usize,
}

impl Layout {
    /// Wide enough for every row, the label for at most 44 columns or a third of the screen.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row<'a>>, screen: Screen) -> Self {
        let verdict = Verdict::ALL.iter().map(|verdict| verdict.label().get(screen.lang).width()).max();
        let mut layout = Layout { screen, clause: 0, label: 0, verdict: verdict.unwrap_or(0), count: 0 };
        for row in rows {
            layout.clause = layout.clause.max(plain(row.clause).width());
            layout.label = layout.label.max(plain(&row.rule.label).width());
            if !row.is_short() {
                layout.count = layout.count.max(count(row.rule, screen.lang).width());
            }
        }
        layout.label = layout.label.min((screen.width / 3).clamp(24, 44));
        layout
    }

    /// One row as a line; what does not fit behind it stands on a second one.
    pub(super) fn lines(&self, row: &Row<'_>) -> Vec<String> {
        let Screen { lang, style, width } = self.screen;
        let verdict = row.rule.verdict;
        let clause = pad(&plain(row.clause), self.clause);
        let label = pad(&plain(&row.rule.label), self.label);
        let word = pad(word(row.rule).get(lang), self.verdict);
        let head = |rest: &str| {
            let (sign, word) = if is_observed(row.rule) {
                (observed_sign(self.screen), coloured(&word, Verdict::Pending, style))
            } else {
                (sign(verdict, self.screen), coloured(&word, verdict, style))
            };
            format!("  {sign} {clause} {label}  {word}  {rest}").trim_end().to_owned()
        };
        if row.is_short() {
            return vec![head(&short(row, lang))];
        }
        let count = pad(&count(row.rule, lang), self.count);
        let detail = detail(row.rule, lang);
        let taken = 2 + 2 + 1 + clause.width() + 1 + label.width() + 2 + word.width() + 2 + count.width() + 2;
        if taken.saturating_add(detail.width()) <= width {
            return vec![head(&format!("{count}  {}", detail.whole()))];
        }
        let indent = 2 + 2 + 1 + self.clause + 1;
        vec![head(&count), format!("{}{}", " ".repeat(indent), detail.fit(width.saturating_sub(indent)))]
    }
}

/// What is told of a rule: cut in the middle, never at the end, where it says that there is more.
struct Detail {
    said: String,
    more: String,
}

impl Detail {
    fn width(&self) -> usize {
        self.said.width() + self.more.width()
    }

    fn whole(&self) -> String {
        format!("{}{}", self.said, self.more)
    }

    fn fit(&self, width: usize) -> String {
        format!("{}{}", fit(&self.said, width.saturating_sub(self.more.width())), self.more)
    }
}

impl Row<'_> {
    /// Whether there is nothing to tell but the verdict.
    fn is_short(&self) -> bool {
        self.repeated || matches!(self.rule.verdict, Verdict::Met | Verdict::NotApplicable)
    }
}

fn short(row: &Row<'_>, lang: Lang) -> String {
    if row.repeated {
        return Bilingual::new("（前掲）", "(see above)").get(lang).to_owned();
    }
    match row.rule.scope {
        Scope::Organisation => String::new(),
        Scope::Rows(_) => {
            let all = thousands(row.rule.population());
            bilingual!("{all}件", "{all}").get(lang).to_owned()
        }
    }
}

/// The verdict of a rule in words; what an observation finds is no nonconformity.
fn word(rule: &RuleRecord) -> Bilingual {
    if is_observed(rule) { observed() } else { rule.verdict.label() }
}

/// Whether a rule that only observes found something.
fn is_observed(rule: &RuleRecord) -> bool {
    rule.is_observation() && rule.verdict == Verdict::Violated
}

/// How many subjects have the verdict of the rule, of how many.
fn count(rule: &RuleRecord, lang: Lang) -> String {
    if rule.scope == Scope::Organisation {
        return String::new();
    }
    let (part, all) = (thousands(rule.counts.get(rule.verdict)), thousands(rule.population()));
    bilingual!("{part}件 / {all}件", "{part} / {all}").get(lang).to_owned()
}

/// Who fails, what is missing or what excuses: the first, and whether there are more.
fn detail(rule: &RuleRecord, lang: Lang) -> Detail {
    let own = rule.subjects.iter().filter(|subject| subject.verdict == rule.verdict);
    let first = own.clone().next();
    let (said, more) = match rule.verdict {
        Verdict::Undetermined => missing(rule, first, lang),
        Verdict::Excused => (first.map(exception), own.count() > 1),
        _ => (first.map(|subject| statement(subject, lang)), own.count() > 1),
    };
    let mut tail =
        if more { Bilingual::new(" ほか", " and more").get(lang).to_owned() } else { String::new() };
    let undetermined = rule.counts.get(Verdict::Undetermined);
    if rule.verdict != Verdict::Undetermined && undetermined > 0 {
        let Bilingual { ja, en } = Verdict::Undetermined.label();
        tail += bilingual!("（{ja} {undetermined}件）", " ({undetermined} {en})").get(lang);
    }
    Detail { said: said.map(|said| plain(&said)).unwrap_or_default(), more: tail }
}

/// What keeps a rule undetermined: what is missing of its population, else of its first subject.
fn missing(rule: &RuleRecord, first: Option<&SubjectRecord>, lang: Lang) -> (Option<String>, bool) {
    let of_subject = first.map_or(&[][..], |subject| &subject.lacks);
    let mut sentences = rule.lacks.iter().chain(of_subject).map(|lack| lack.sentence.get(lang).to_owned());
    let said = sentences.next().or_else(|| first.map(|subject| shown(&subject.name).to_owned()));
    (said, sentences.next().is_some() || rule.counts.get(Verdict::Undetermined) > 1)
}

/// What the rule says of a subject, else its name.
fn statement(subject: &SubjectRecord, lang: Lang) -> String {
    let said =
        if subject.message.is_empty() { shown(&subject.name).to_owned() } else { joined(&subject.message) };
    let days = spells(subject);
    format!("{said}{}{}", if days.ja.is_empty() || lang == Lang::Ja { "" } else { " " }, days.get(lang))
}

/// The evidence that excuses a subject, else its name.
fn exception(subject: &SubjectRecord) -> String {
    let grant = subject.evidence.iter().find(|row| row.role == Role::Exception);
    grant.map_or_else(
        || shown(&subject.name).to_owned(),
        |row| format!("{} {}", row.fact.label, shown(&row.name)),
    )
}
