//! The proof of one subject's verdict as indented text, down to file and line.

use kijun_eval::{Proof, Reason, Snapshot, Step, StepKind, class_of, message, prove, row_name};
use kijun_ir::{Class, FactId, RuleId, Truth};
use kijun_source::{Lang, Sources, Span, nearest};

use crate::record::reason_sentence;

/// Which verdict is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The rule.
    pub rule: RuleId,
    /// The subject as people call it; `None` for a rule about the organisation, or to list the subjects.
    pub subject: Option<&'a str>,
}

/// The answer, line by line; an error names what was not found and what there is.
pub fn explain(
    snapshot: &Snapshot<'_>,
    sources: &Sources,
    question: Question<'_>,
    lang: Lang,
) -> Result<String, String> {
    let rule = &snapshot.program.rules[question.rule];
    let Some(population) = &rule.population else {
        return Ok(Writer { snapshot, sources, rule: question.rule, lang, text: String::new() }
            .proof(&prove(snapshot, question.rule, None)));
    };
    let fact = population.rows.fact;
    let rows: Vec<u32> = snapshot.visible(fact).to_vec();
    let Some(subject) = question.subject else {
        return Err(list(snapshot, fact, &rows, lang));
    };
    let found: Vec<u32> =
        rows.iter().copied().filter(|row| row_name(snapshot, fact, *row) == subject).collect();
    if found.is_empty() {
        return Err(not_found(snapshot, fact, &rows, subject, lang));
    }
    let proofs = found.iter().map(|row| {
        Writer { snapshot, sources, rule: question.rule, lang, text: String::new() }.proof(&prove(
            snapshot,
            question.rule,
            Some(*row),
        ))
    });
    Ok(proofs.collect::<Vec<_>>().join("\n"))
}

/// How many names of subjects are listed where one must be chosen.
const LISTED: usize = 20;

fn list(snapshot: &Snapshot<'_>, fact: FactId, rows: &[u32], lang: Lang) -> String {
    let names: Vec<String> = rows.iter().take(LISTED).map(|row| row_name(snapshot, fact, *row)).collect();
    let more = rows.len().saturating_sub(LISTED);
    let listed = names.join("\n  ");
    match lang {
        Lang::Ja => format!(
            "--subject で対象を選ぶ（{} 件{}）:\n  {listed}",
            rows.len(),
            if more > 0 { format!("、先頭 {LISTED} 件") } else { String::new() }
        ),
        Lang::En => {
            format!("choose a subject with --subject ({} rows, {more} not shown):\n  {listed}", rows.len())
        }
    }
}

fn not_found(snapshot: &Snapshot<'_>, fact: FactId, rows: &[u32], subject: &str, lang: Lang) -> String {
    let names: Vec<String> = rows.iter().map(|row| row_name(snapshot, fact, *row)).collect();
    let label = &snapshot.program.facts[fact].label;
    let near = nearest(subject, names.iter().map(String::as_str));
    match (lang, near) {
        (Lang::Ja, Some(near)) => format!("{label} に「{subject}」はない。「{near}」のことか"),
        (Lang::En, Some(near)) => format!("no {label} is named `{subject}`; did you mean `{near}`?"),
        (Lang::Ja, None) => format!("{label} に「{subject}」はない。{}", list(snapshot, fact, rows, lang)),
        (Lang::En, None) => format!("no {label} is named `{subject}`; {}", list(snapshot, fact, rows, lang)),
    }
}

/// Writes a proof line by line.
struct Writer<'a> {
    snapshot: &'a Snapshot<'a>,
    sources: &'a Sources,
    rule: RuleId,
    lang: Lang,
    text: String,
}

impl Writer<'_> {
    fn proof(mut self, proof: &Proof) -> String {
        self.heading(proof);
        if let Some(member) = &proof.member {
            self.section("対象であること", "belongs to the population", member);
        }
        if proof.verdict.is_none() {
            return self.text;
        }
        self.section("要件", "requirement", &proof.require);
        for excused in &proof.excused {
            self.section("例外", "exception", excused);
        }
        if let Some(due) = &proof.due {
            self.section("期限", "due date", due);
        }
        let reasons = proof.reasons();
        if !reasons.is_empty() {
            self.line(0, self.say("足りない証拠", "evidence that is missing"));
            for reason in reasons {
                self.reason(1, &reason);
            }
        }
        self.text
    }

    fn heading(&mut self, proof: &Proof) {
        let rule = &self.snapshot.program.rules[proof.rule];
        let verdict = match proof.verdict {
            Some(verdict) => format!("{} {}", verdict.sign(), verdict.label().get(self.lang)),
            None => self.say("対象ではない", "not a subject").to_owned(),
        };
        self.line(0, &format!("{verdict}  {}（{}）", rule.label, rule.name));
        if let (Some(population), Some(row)) = (&rule.population, proof.row) {
            self.row(1, population.rows.fact, row, None);
        }
        if proof.verdict == Some(kijun_ir::Verdict::Violated) {
            let parts = message(self.snapshot, proof.rule, proof.row);
            let text: String = parts
                .iter()
                .map(|part| if part.class == Class::Secret { "＊＊＊" } else { &part.text })
                .collect();
            self.line(1, &text);
        }
    }

    fn section(&mut self, ja: &'static str, en: &'static str, step: &Step) {
        self.line(0, self.say(ja, en));
        self.step(1, step);
    }

    fn step(&mut self, depth: usize, step: &Step) {
        let sign = sign(step.truth);
        let written = match step.kind {
            StepKind::All => self.say("次のすべて", "all of these").to_owned(),
            StepKind::Any => self.say("次のいずれか", "one of these").to_owned(),
            StepKind::Values(_) | StepKind::Not | StepKind::Named(_) | StepKind::Rows { .. } => {
                one_line(self.sources.slice(step.span))
            }
        };
        self.line(depth, &format!("{sign} {written}"));
        self.details(depth + 1, step);
    }

    /// What a condition was made of, without the condition itself.
    fn details(&mut self, depth: usize, step: &Step) {
        match &step.kind {
            StepKind::Values(values) => {
                for (span, cell, ty) in values {
                    let written = one_line(self.sources.slice(*span));
                    let shown = match self.is_secret(*span) {
                        true => self.say("（非公開）", "(secret)").to_owned(),
                        false => kijun_eval::cell_text(self.snapshot, cell, *ty),
                    };
                    if written != shown {
                        self.line(depth, &format!("{written} = {shown}"));
                    }
                }
            }
            StepKind::Rows { fact, rows, read, nearest } => {
                self.rows(depth, *fact, rows, *read);
                self.nearest(depth, *fact, nearest, &step.parts);
            }
            StepKind::All | StepKind::Any | StepKind::Not | StepKind::Named(_) => {}
        }
        for reason in &step.reasons {
            self.reason(depth, reason);
        }
        let named = matches!(&step.kind, StepKind::Rows { nearest, .. } if !nearest.is_empty());
        for part in step.parts.iter().filter(|part| !named && decides(step, part)) {
            // `is not none` and `no` are written as one condition; their inside has no words of its own.
            if part.span == step.span {
                self.details(depth, part);
            } else {
                self.step(depth, part);
            }
        }
    }

    /// Whether the expression written there reads a secret field.
    fn is_secret(&self, span: Span) -> bool {
        let rule = &self.snapshot.program.rules[self.rule];
        let mut secret = false;
        for expr in rule.exprs() {
            expr.walk(&mut |expr| {
                secret |= expr.span == span && class_of(self.snapshot, rule, expr) == Class::Secret;
            });
        }
        secret
    }

    /// How many rows of a quantifier are named.
    const NAMED: usize = 5;

    fn rows(&mut self, depth: usize, fact: FactId, rows: &[(u32, Truth)], read: usize) {
        let label = &self.snapshot.program.facts[fact].label;
        let sure = rows.iter().filter(|(_, truth)| *truth == Truth::True).count();
        let unsure = rows.len() - sure;
        let counted = match self.lang {
            Lang::Ja => format!("{label}: {read} 件のうち、当てはまるもの {sure} 件、不明 {unsure} 件"),
            Lang::En => format!("{label}: of {read} rows {sure} fit, {unsure} may"),
        };
        self.line(depth, &counted);
        for (row, truth) in rows.iter().take(Self::NAMED) {
            self.row(depth + 1, fact, *row, Some(*truth));
        }
    }

    /// The rows that came nearest, each with the conditions that it fails.
    fn nearest(&mut self, depth: usize, fact: FactId, rows: &[u32], proofs: &[Step]) {
        if rows.is_empty() {
            return;
        }
        self.line(depth, self.say("最も近いもの:", "the nearest:"));
        for (row, proof) in rows.iter().zip(proofs) {
            self.row(depth + 1, fact, *row, Some(proof.truth));
            if proof.kind == StepKind::All {
                for part in proof.parts.iter().filter(|part| decides(proof, part)) {
                    self.step(depth + 2, part);
                }
            } else {
                self.step(depth + 2, proof);
            }
        }
    }

    /// A row with the file and line that it came from.
    fn row(&mut self, depth: usize, fact: FactId, row: u32, truth: Option<Truth>) {
        let origin = self.snapshot.table(fact).origin(row);
        let label = &self.snapshot.program.facts[fact].label;
        let name = row_name(self.snapshot, fact, row);
        let sign = truth.map_or(String::new(), |truth| format!("{} ", sign(truth)));
        let place = match self.snapshot.evidence.artifacts.get(origin.artifact as usize) {
            Some(artifact) => format!("{}:{}", artifact.path, origin.line),
            None => String::new(),
        };
        self.line(depth, &format!("{sign}{label} {name}  ← {place}"));
    }

    fn reason(&mut self, depth: usize, reason: &Reason) {
        let sentence = reason_sentence(self.snapshot, reason);
        self.line(depth, &format!("… {}", sentence.get(self.lang)));
    }

    fn say(&self, ja: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// Whether a part made its condition what it is: of a conjunction that fails only what fails, of a disjunction that holds only
/// what holds. The rest would say nothing, or be undefined without what fails (`x is not none and x == …`).
fn decides(step: &Step, part: &Step) -> bool {
    match (&step.kind, step.truth) {
        (StepKind::All, Truth::False) => part.truth == Truth::False,
        (StepKind::Any, Truth::True) => part.truth == Truth::True,
        _ => true,
    }
}

fn sign(truth: Truth) -> char {
    match truth {
        Truth::True => '✓',
        Truth::False => '✗',
        Truth::Unknown => '?',
    }
}

/// The text of a condition in one line, white space folded.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
"#;

    fn program(sources: &mut Sources) -> Program {
        let file = sources.add("rules.kijun", RULES);
        let (tree, problems) = kijun_syntax::parse(sources.file(file));
        let zone = jiff::tz::TimeZone::get("Asia/Tokyo").unwrap();
        let options = kijun_analysis::Options { zone, overrides: Vec::new() };
        let (program, more) = kijun_analysis::analyze(&[tree], &options);
        assert!(problems.iter().chain(&more).all(|problem| !problem.is_error()));
        program
    }

    #[test]
    fn a_secret_is_never_printed() {
        let mut sources = Sources::new();
        let program = program(&mut sources);
        let account = program.fact("account").unwrap();
        let mut evidence = Evidence::empty(&program);
        let mut builder = TableBuilder::new(&program.facts[account]);
        let cells = ["A-1", "4711"].map(|text| Cell::Known(Value::text(text)));
        builder.push(cells.to_vec(), Origin { source: 0, artifact: 0, line: 2 });
        evidence.tables[account] = builder.finish(&mut evidence.dictionary);
        let at = calendar::start_of_day(date(2026, 11, 20), &program.zone).unwrap();
        let held = Held::State(Some(Taken { at, defects: Vec::new() }));
        evidence.coverage[account] = vec![SourceCoverage { source: "ids".to_owned(), held }];
        let occasion = Occasion {
            today: date(2026, 11, 23),
            period_start: date(2026, 4, 1),
            period_end: date(2027, 3, 31),
        };
        let snapshot = Snapshot::new(&program, &evidence, occasion);
        let question = Question { rule: program.rule("pin_set").unwrap(), subject: Some("A-1") };
        let text = explain(&snapshot, &sources, question, Lang::Ja).unwrap();
        assert!(text.contains("a.pin = （非公開）"), "{text}");
        assert!(!text.contains("4711"), "{text}");
    }
}
