//! Advice as indented sentences: what is wanted, who delivers it, which verdict comes out.

use kijun_eval::{Lack, Reason, Snapshot, Spot, row_name};
use kijun_ir::{FactId, FactKind, RuleId, Verdict};
use kijun_source::{Bilingual, Lang, bilingual};

use super::{Advice, Entry, Outcome, Stage, Wanted, Weight, World, answer};
use crate::explanation::Style;
use crate::quotation::{Owner, Quotations};
use crate::wanted::wanted_of_gap;

/// The advice for a subject, or for the population where no name is given.
pub fn advice_text(
    snapshot: &Snapshot<'_>,
    rule: RuleId,
    subject: Option<&str>,
    advice: &Advice,
    style: Style<'_>,
) -> String {
    let world = World::of(snapshot, rule);
    let quotations =
        Quotations::new(world.program(), Owner::Rule(world.rule()), style.sources, style.wording);
    let mut writer = Writer { world: &world, quotations, lang: style.lang, text: String::new() };
    let declared = &snapshot.program.rules[rule];
    let (label, name) = (&declared.label, &declared.name);
    let Bilingual { ja, en } = shown(Some(advice.now));
    let subject = subject.map_or(String::new(), |subject| format!("  {subject}"));
    writer.say(0, &bilingual!("{ja}  {label}（{name}）{subject}", "{en}  {label}（{name}）{subject}"));
    match advice.stages.as_slice() {
        [] => writer.nothing(advice.now),
        stages => {
            for (index, stage) in stages.iter().enumerate() {
                writer.stage(index, stage);
                writer.outcomes(stage, index + 1 < stages.len());
            }
        }
    }
    writer.text
}

struct Writer<'a> {
    world: &'a World,
    quotations: Quotations<'a>,
    lang: Lang,
    text: String,
}

impl Writer<'_> {
    fn nothing(&mut self, now: Verdict) {
        let text = match now {
            Verdict::Undetermined | Verdict::Violated => Bilingual::new(
                "どの証拠があれば判定が変わるかを挙げられない。理由は --why で示す",
                "no evidence can be named that would change the verdict; --why shows the reasons",
            ),
            _ => Bilingual::new("足りない証拠はない", "no evidence is missing"),
        };
        self.say(1, &text);
    }

    fn stage(&mut self, index: usize, stage: &Stage) {
        let snapshot = self.world.snapshot(&stage.evidence);
        let title = match (index, stage.entries.iter().all(Entry::is_missing)) {
            (0, true) => Bilingual::new("足りない証拠", "evidence that is missing"),
            (0, false) => Bilingual::new("判定を変える証拠", "evidence that would change the verdict"),
            _ => Bilingual::new("さらに、次があれば", "and further, if there were"),
        };
        self.say(1, &title);
        for entry in stage.entries.iter().filter(|entry| entry.weight != Weight::Idle) {
            self.entry(&snapshot, entry);
        }
        self.idle(stage);
    }

    /// What comes of a list. Where the next one stands on it, what it supposes is said also where the verdict stays.
    fn outcomes(&mut self, stage: &Stage, is_followed: bool) {
        let kept = stage.kept.as_ref().filter(|_| is_followed);
        if stage.outcomes.is_empty() && kept.is_none() {
            let text = Bilingual::new(
                "揃った場合を判定し直したが、判定は変わらなかった",
                "judged anew with it, the verdict does not change",
            );
            self.say(1, &text);
        }
        for outcome in stage.outcomes.iter().chain(kept) {
            self.outcome(stage, outcome);
        }
    }

    /// How much of the list makes no difference.
    fn idle(&mut self, stage: &Stage) {
        let idle = stage.entries.iter().filter(|entry| entry.weight == Weight::Idle).count();
        if idle > 0 {
            self.say(
                2,
                &bilingual!(
                    "ほかに足りない証拠が {idle} 件あるが、判定し直しても結果に関わらなかった",
                    "{idle} more are missing, but made no difference when it was judged anew"
                ),
            );
        }
    }

    fn entry(&mut self, snapshot: &Snapshot<'_>, entry: &Entry) {
        let (sentence, wanted) = match &entry.wanted {
            Wanted::Lack(lack) => (sentence(snapshot, &self.quotations, lack), wanted(snapshot, lack)),
            Wanted::Answer(attest) => {
                let asked = &snapshot.program.attests[*attest];
                (answer::sentence(asked), Some(answer_wanted(snapshot)))
            }
        };
        self.say(2, &prefixed("・", &sentence));
        if let Some(wanted) = wanted {
            self.say(3, &prefixed("→ ", &wanted));
        }
        if entry.weight == Weight::Untried {
            self.say(
                3,
                &Bilingual::new(
                    "（これが揃った場合は確かめられなかった）",
                    "(what would come of it could not be tried)",
                ),
            );
        }
    }

    fn outcome(&mut self, stage: &Stage, outcome: &Outcome) {
        let tried = stage.entries.iter().filter(|entry| !entry.choices.is_empty()).zip(&outcome.chosen);
        let needed = tried.filter(|(entry, _)| entry.weight == Weight::Needed);
        let mut supposed: Vec<&Bilingual> = Vec::new();
        for clause in needed.map(|(entry, chosen)| &entry.choices[*chosen].supposed) {
            if !supposed.contains(&clause) {
                supposed.push(clause);
            }
        }
        let ja: Vec<&str> = supposed.iter().map(|text| text.ja.as_str()).collect();
        let en: Vec<&str> = supposed.iter().map(|text| text.en.as_str()).collect();
        let (ja, en) = (ja.join("、"), en.join(" and "));
        let Bilingual { ja: verdict_ja, en: verdict_en } = shown(outcome.verdict);
        self.say(1, &bilingual!("揃って、{ja}: {verdict_ja}", "with it, if {en}: {verdict_en}"));
    }

    fn say(&mut self, depth: usize, text: &Bilingual) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(text.get(self.lang));
        self.text.push('\n');
    }
}

fn prefixed(sign: &str, text: &Bilingual) -> Bilingual {
    Bilingual::new(format!("{sign}{}", text.ja), format!("{sign}{}", text.en))
}

fn shown(verdict: Option<Verdict>) -> Bilingual {
    match verdict {
        Some(verdict) => {
            let (sign, label) = (verdict.sign(), verdict.label());
            Bilingual::new(format!("{sign} {}", label.ja), format!("{sign} {}", label.en))
        }
        None => Bilingual::new("- 対象でなくなる", "- no longer a subject"),
    }
}

/// What a verdict depends on.
fn sentence(snapshot: &Snapshot<'_>, quotations: &Quotations<'_>, lack: &Lack) -> Bilingual {
    match lack {
        Lack::Missing(reason) => quotations.reason(snapshot, reason),
        Lack::Rows { fact, span, count, .. } => {
            let declared = &snapshot.program.facts[*fact];
            let (label, name) = (&declared.label, &declared.name);
            let written = quotations.rows_said(*span);
            bilingual!(
                "{label}に、次に当てはまる行があと {count} 件: {written}",
                "{count} more rows of {name} that fit: {written}"
            )
        }
        Lack::Extra { fact, row, as_of } => {
            let declared = &snapshot.program.facts[*fact];
            let (label, name) = (&declared.label, &declared.name);
            let row_named = row_name(snapshot, *fact, *row, *as_of);
            let place = place(snapshot, *fact, *row);
            bilingual!(
                "{label} {row_named}{place} の行がないこと",
                "that {name} {row_named}{place} is not there"
            )
        }
        Lack::Cells(spots) => {
            let spots: Vec<Bilingual> = spots.iter().map(|spot| spot_text(snapshot, spot)).collect();
            let ja: Vec<&str> = spots.iter().map(|spot| spot.ja.as_str()).collect();
            let en: Vec<&str> = spots.iter().map(|spot| spot.en.as_str()).collect();
            let (ja, en) = (ja.join("、"), en.join(", "));
            bilingual!("次のいずれかが別の値であること: {ja}", "another value of one of: {en}")
        }
    }
}

fn spot_text(snapshot: &Snapshot<'_>, spot: &Spot) -> Bilingual {
    let declared = &snapshot.program.facts[spot.fact];
    let row = row_name(snapshot, spot.fact, spot.row, spot.as_of);
    let place = place(snapshot, spot.fact, spot.row);
    let (label, name) = (&declared.label, &declared.name);
    let (field_label, field_name) = (&declared.fields[spot.field].label, &declared.fields[spot.field].name);
    bilingual!("{label} {row} の「{field_label}」{place}", "{field_name} of {name} {row}{place}")
}

/// The file and line of a row of evidence, in brackets.
fn place(snapshot: &Snapshot<'_>, fact: FactId, row: u32) -> String {
    if !snapshot.program.facts[fact].is_collected() {
        return String::new();
    }
    let origin = snapshot.evidence.tables[fact].origin(row);
    let artifact = snapshot.evidence.artifacts.get(origin.artifact as usize);
    artifact.map_or_else(String::new, |artifact| format!("（{}:{}）", artifact.path, origin.line))
}

/// Who is to do what.
fn wanted(snapshot: &Snapshot<'_>, lack: &Lack) -> Option<Bilingual> {
    match lack {
        Lack::Missing(Reason::Gap(gap)) => wanted_of_gap(snapshot, gap),
        Lack::Missing(Reason::Missing { .. }) | Lack::Cells(_) => Some(Bilingual::new(
            "正しい値を確かめ、記入したファイルを受け取る",
            "find out the value, and have the file delivered with it",
        )),
        Lack::Missing(Reason::Dangling { fact, .. }) => {
            let declared = &snapshot.program.facts[*fact];
            let (label, name) = (&declared.label, &declared.name);
            let Bilingual { ja, en } = deliverers(snapshot, *fact);
            Some(bilingual!(
                "{label}の行を一つだけ含むファイルを受け取る{ja}",
                "have a file delivered with one such row of {name}{en}"
            ))
        }
        Lack::Missing(Reason::Inadmissible { .. }) => Some(Bilingual::new(
            "答えられる者から、求められた書類を添えた回答を受け取る",
            "have the answer given by one who may give it, with the documents that are demanded",
        )),
        Lack::Missing(Reason::Simultaneous { .. }) => Some(Bilingual::new(
            "秒より細かい時刻か、順番の分かる記録を受け取る",
            "have records delivered with finer times, or with their order",
        )),
        Lack::Rows { fact, .. } => {
            let Bilingual { ja, en } = deliverers(snapshot, *fact);
            Some(bilingual!(
                "事実があれば、その行を含むファイルを受け取る{ja}",
                "if it is so, have a file delivered with it{en}"
            ))
        }
        Lack::Missing(_) | Lack::Extra { .. } => None,
    }
}

/// What is to be done for an answer to be evidence.
fn answer_wanted(snapshot: &Snapshot<'_>) -> Bilingual {
    let rule = &snapshot.program.rules[World::RULE];
    let register = rule.population.as_ref().map(|population| population.rows.fact);
    let Bilingual { ja, en } = register.map(|fact| deliverers(snapshot, fact)).unwrap_or_default();
    bilingual!(
        "確かめて答え、回答日、回答者、役割、添付書類を記した行を台帳に加えて受け取る{ja}",
        "have it answered, and the register delivered with the day, the person, the role and the documents{en}"
    )
}

/// The sources of a fact, in brackets.
fn deliverers(snapshot: &Snapshot<'_>, fact: FactId) -> Bilingual {
    let facts = match snapshot.program.facts[fact].kind {
        FactKind::Relation(relation) => snapshot.program.relations[relation].reads.clone(),
        _ => vec![fact],
    };
    let sources = facts.iter().flat_map(|fact| &snapshot.evidence.coverage[*fact]);
    let names: Vec<&str> =
        sources.map(|source| source.source.as_str()).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return Bilingual::default();
    }
    let names = names.join(" ");
    bilingual!("（系統 {names}）", " (source {names})")
}
