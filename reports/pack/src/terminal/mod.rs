//! The screen of `kijun run`: every rule on a line, what is missing, and the counts of every verdict.

mod columns;
mod rows;

use kijun_audit::{AuditRecord, RuleRecord, Scope, SectionRecord};
use kijun_ir::{Class, Counts, Verdict};
use kijun_source::{Bilingual, Lang, Style, bilingual};

use crate::mask::plain;
use crate::words::{OBSERVED_SIGN, thousands};
pub(crate) use columns::{fit, table, wrap_items};
use rows::{Layout, Row};

/// How many gaps, and how many things not seen, are listed; the rest are counted.
const LISTED: usize = 8;

/// For whom the screen is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// The reader's language.
    pub lang: Lang,
    /// Its width in columns; `usize::MAX` where there is no screen and no line need be cut.
    pub width: usize,
    /// Whether colours may be written.
    pub style: Style,
}

/// The record as plain text, each line at most `width` columns where it can be cut without loss of a count.
pub fn render(record: &AuditRecord, lang: Lang, width: usize) -> String {
    render_on(record, Screen { lang, width, style: Style::Plain })
}

/// The record as it appears on a screen.
pub fn render_on(record: &AuditRecord, screen: Screen) -> String {
    let mut lines = vec![header(record, screen.lang)];
    let sections: Vec<_> =
        record.sections().map(|section| (section, rows::of_section(record, section))).collect();
    let layout = Layout::of(sections.iter().flat_map(|(_, rows)| rows), screen);
    for (section, rows) in &sections {
        lines.push(String::new());
        lines.push(plain(&format!(" {}  {}", section.id, section.title)));
        lines.extend(rows.iter().flat_map(|row: &Row<'_>| layout.lines(row)));
        lines.extend(undecided(section, screen));
    }
    lines.extend(shortfalls(record, screen));
    lines.push(String::new());
    lines.extend(totals(record, screen));
    lines.push(String::new());
    lines.join("\n")
}

/// What was judged, by how much, on what, and when.
fn header(record: &AuditRecord, lang: Lang) -> String {
    let names = record.standards.iter().map(|standard| match &standard.edition {
        Some(edition) => format!("{} {edition}", standard.name),
        None => standard.name.clone(),
    });
    let names = names.collect::<Vec<_>>().join(" + ");
    let rules = thousands(record.rules.len());
    let (rows, sources) = (thousands(record.rows), record.sources.len());
    let exceptions = record.exceptions();
    let ((start, end), today) = (record.period, record.today);
    let text = bilingual!(
        "{names} · 規則 {rules} · 証拠 {rows}件 / {sources}系統 · 例外 {exceptions} · {start} から {end}（基準日 {today}",
        "{names} · rules {rules} · rows {rows} / sources {sources} · exceptions {exceptions} · {start} to {end} (as of {today}"
    );
    let close = match (lang, today < end) {
        (Lang::Ja, true) => " まで）",
        (Lang::Ja, false) => "）",
        (Lang::En, _) => ")",
    };
    plain(text.get(lang)) + close
}

/// The criteria and duties that no rule decides, folded: one line for each kind, wrapped rather than cut.
fn undecided(section: &SectionRecord, screen: Screen) -> Vec<String> {
    let (mut criteria, mut duties) = (Vec::new(), Vec::new());
    let own = (&section.id, &section.duties, section.lacks.is_empty());
    let below = section.criteria.iter().map(|each| (&each.id, &each.duties, each.lacks.is_empty()));
    for (id, own_duties, quoted) in std::iter::once(own).chain(below) {
        let without: Vec<_> = own_duties.iter().filter(|duty| duty.is_undecided()).collect();
        if !quoted || (!own_duties.is_empty() && without.len() == own_duties.len()) {
            criteria.push(plain(id));
        } else {
            duties.extend(without.iter().map(|duty| plain(&duty.id)));
        }
    }
    let verdict = Verdict::Undetermined.label();
    let line = |head: Bilingual, items: &[String]| {
        let head = format!(
            "  {} {}  {}: ",
            sign(Verdict::Undetermined, screen),
            head.get(screen.lang),
            verdict.get(screen.lang)
        );
        wrap_items(&head, items, screen.width)
    };
    let mut lines = Vec::new();
    if !criteria.is_empty() {
        lines.extend(line(Bilingual::new("規則のない基準", "criteria without a rule"), &criteria));
    }
    if !duties.is_empty() {
        lines.extend(line(Bilingual::new("規則のない義務", "duties without a rule"), &duties));
    }
    lines
}

/// What evidence is missing and what the run did not see.
fn shortfalls(record: &AuditRecord, screen: Screen) -> Vec<String> {
    let gaps = record.sources.iter().flat_map(|source| &source.gaps).map(|gap| &gap.sentence);
    let mut lines = listed(Bilingual::new("証拠の不足", "missing evidence"), gaps.collect(), screen);
    if record.rejected() > 0 {
        lines.extend([String::new(), rejected(record, screen)]);
    }
    lines.extend(listed(
        Bilingual::new("この判定で見ていないもの", "what this run did not see"),
        record.unseen.iter().collect(),
        screen,
    ));
    lines
}

fn listed(head: Bilingual, sentences: Vec<&Bilingual>, screen: Screen) -> Vec<String> {
    if sentences.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), format!(" {}", head.get(screen.lang))];
    let shown = sentences.iter().take(LISTED);
    lines.extend(shown.map(|text| fit(&format!("  - {}", plain(text.get(screen.lang))), screen.width)));
    let rest = sentences.len().saturating_sub(LISTED);
    if rest > 0 {
        lines.push(bilingual!("  - ほか{rest}件", "  - and {rest} more").get(screen.lang).to_owned());
    }
    lines
}

fn rejected(record: &AuditRecord, screen: Screen) -> String {
    let rows = thousands(record.rejected());
    let files = record.sources.iter().flat_map(|source| &source.collections);
    let paths = files.filter(|file| !file.rejected.is_empty()).map(|file| plain(&file.path));
    let paths = paths.collect::<Vec<_>>().join(", ");
    let text =
        bilingual!(" 読み取れなかった行 {rows}件  {paths}", " rows that could not be read: {rows}  {paths}");
    fit(text.get(screen.lang), screen.width)
}

/// The counts of every verdict, by rule and by duty, and what to ask next.
fn totals(record: &AuditRecord, screen: Screen) -> Vec<String> {
    let lang = screen.lang;
    let rules =
        format!("{}  {}", Bilingual::new("規則", "rules ").get(lang), counts(record.rule_counts(), lang));
    let duties =
        format!("{}  {}", Bilingual::new("義務", "duties").get(lang), counts(record.duty_counts(), lang));
    let mut lines = vec![rules, duties];
    lines.extend(observations(record, lang));
    if let Some(asked) = next(record) {
        let next = Bilingual::new("次", "next");
        lines.extend([String::new(), format!("{}: kijun explain {}", next.get(lang), plain(&asked))]);
    }
    lines
}

/// What the rules that only observe found, where there are any: it does not weigh on the verdicts of duties.
fn observations(record: &AuditRecord, lang: Lang) -> Option<String> {
    let counts = record.observation_counts();
    let of = |verdict| thousands(counts.get(verdict));
    let (found, open) = (of(Verdict::Violated), of(Verdict::Undetermined));
    let all = thousands(Verdict::ALL.iter().map(|verdict| counts.get(*verdict)).sum());
    let text = bilingual!(
        "観察  観察事項 {found} · 判定不能 {open} · 全{all}件（義務の判定には加えない）",
        "observations  observed {found} · undetermined {open} · of {all} (they do not weigh on duties)"
    );
    record.rules.iter().any(RuleRecord::is_observation).then(|| text.get(lang).to_owned())
}

/// All six, zeros included: what is not said would be taken for nothing.
fn counts(counts: Counts, lang: Lang) -> String {
    let each = Verdict::ALL
        .iter()
        .map(|verdict| format!("{} {}", verdict.label().get(lang), thousands(counts.get(*verdict))));
    each.collect::<Vec<_>>().join(" · ")
}

/// What to ask `explain` about the gravest rule, as it can be typed: the first subject that made it so, and the dates.
fn next(record: &AuditRecord) -> Option<String> {
    let rule = |verdict| record.rules.iter().find(move |rule| rule.verdict == verdict);
    let rule = rule(Verdict::Violated).or_else(|| rule(Verdict::Undetermined))?;
    let subject = rule.subjects.iter().find(|subject| subject.verdict == rule.verdict);
    let subject =
        subject.filter(|subject| rule.scope != Scope::Organisation && subject.name.class == Class::Open);
    let subject = subject.map_or_else(String::new, |subject| format!(" --subject \"{}\"", subject.name.text));
    let (start, end) = record.period;
    Some(format!("{}{subject} --period {start}..{end} --as-of {}", rule.name, record.today))
}

/// The sign of what is only observed, two columns wide.
fn observed_sign(screen: Screen) -> String {
    columns::coloured(&columns::pad(OBSERVED_SIGN, 2), Verdict::Pending, screen.style)
}

/// The sign of a verdict, two columns wide.
fn sign(verdict: Verdict, screen: Screen) -> String {
    columns::coloured(&columns::pad(&verdict.sign().to_string(), 2), verdict, screen.style)
}
