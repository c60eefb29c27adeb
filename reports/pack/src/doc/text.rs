//! The document on the screen: clause by clause, each duty with the sentences of its rules.

use kijun_ir::{DutyId, Program, RelationId, RuleId, SectionId};
use kijun_source::{Bilingual, Lang};

use super::Subject;
use super::evidence::readings;
use super::example::examples;
use super::model::{Definition, RuleName};
use super::overview::{controls_of, gathered, undecided};
use super::term::{Terms, relations_of_rule};
use crate::mask::plain;
use crate::sentence::name_in_english as words;
use crate::words::severity_label;

/// Every standard as plain text.
pub fn text(subject: Subject<'_>, lang: Lang) -> String {
    let mut lines = Vec::new();
    for (position, standard) in subject.program.standards.iter().enumerate() {
        let issuer = standard.issuer.as_ref().map(|issuer| format!("（{issuer}）")).unwrap_or_default();
        lines.push(format!("{}{issuer}", standard.title));
        for section in &standard.sections {
            let mut writer = Writer { subject, position, lang, said: Vec::new(), lines: &mut lines };
            writer.section(*section);
        }
        let terms = Terms::of(subject, position);
        Writer { subject, position, lang, said: Vec::new(), lines: &mut lines }.terms(&terms);
    }
    lines.iter().map(|line| plain(line.trim_end()) + "\n").collect()
}

struct Writer<'a, 'b> {
    subject: Subject<'a>,
    position: usize,
    lang: Lang,
    said: Vec<RuleId>,
    lines: &'b mut Vec<String>,
}

impl<'a> Writer<'a, '_> {
    fn program(&self) -> &'a Program {
        self.subject.program
    }

    fn word(&self, ja: &str, en: &str) -> String {
        Bilingual::new(ja, en).get(self.lang).to_owned()
    }

    fn section(&mut self, id: SectionId) {
        let section = &self.program().sections[id];
        self.lines.push(String::new());
        self.lines.push(format!("{}　{}", section.id, section.title));
        if let Some(text) = &section.text {
            self.clause(text, &section.duties);
        }
        for criterion in &section.criteria {
            let criterion = &self.program().criteria[*criterion];
            self.clause(&format!("{}　{}", criterion.id, criterion.text), &criterion.duties);
        }
    }

    fn clause(&mut self, text: &str, duties: &[DutyId]) {
        self.lines.push(String::new());
        self.lines.push(format!("  {text}"));
        for duty in duties {
            self.duty(*duty);
        }
    }

    fn duty(&mut self, id: DutyId) {
        let duty = &self.program().duties[id];
        self.lines.push(String::new());
        self.lines.push(format!("    {}「{}」", duty.id, duty.quote));
        let program = self.program();
        let is_attest = |rule: &RuleId| program.attest_of(&program.rules[*rule]).is_some();
        for rule in program.rules_of(id).filter(|rule| !is_attest(rule)) {
            self.rule(rule);
        }
        self.judgements(id);
        if duty.by_criteria {
            self.lines.push(format!("      ■ {}", gathered(self.lang)));
        }
        if !program.is_decided(id) {
            self.lines.push(format!("      ✗ {}", undecided(self.lang)));
        }
        let controls = controls_of(self.subject, self.position, &duty.id, self.lang);
        if !controls.is_empty() {
            self.lines.push(format!("      {}", self.word("管理策", "controls")));
        }
        for of in controls {
            self.lines.push(format!("        {}: {}", of.catalogue, of.controls.join("、")));
        }
    }

    fn rule(&mut self, id: RuleId) {
        let rule = &self.program().rules[id];
        let severity = severity_label(rule.severity);
        self.lines.push(format!("      ■ {}（{}）", rule.label, severity.get(self.lang)));
        if self.said.contains(&id) {
            let again = self.word("前に記した", "said above");
            self.lines.push(format!("        {again}"));
            return;
        }
        self.said.push(id);
        self.indented(&self.subject.speaker(self.lang).rule(rule).plain(self.lang));
        if let Some(remedy) = &rule.remedy {
            let head = self.word("是正の方法", "remedy");
            self.lines.push(format!("        {head}: {remedy}"));
        }
        let relations = relations_of_rule(self.program(), id);
        self.named("        ", self.word("読む関係", "relations"), self.names(relations));
        let read: Vec<String> = readings(self.subject, id).into_iter().map(|reading| reading.label).collect();
        self.named("        ", self.word("読む証拠", "evidence"), read);
        for example in examples(self.subject, id, self.lang) {
            let head = self.word("事例", "example");
            self.lines.push(format!("        {head}: {} → {}", example.label, example.expected.join("、")));
        }
    }

    fn judgements(&mut self, duty: DutyId) {
        let speaker = self.subject.speaker(self.lang);
        for (id, attest) in self.program().attests.iter().filter(|(_, attest)| attest.covers.contains(&duty))
        {
            self.lines.push(format!("      ■ {}（{}）", attest.label, self.word("確認", "attestation")));
            self.indented(&speaker.attest(id).plain(self.lang));
        }
        for (id, audit) in self.program().audits.iter().filter(|(_, audit)| audit.covers.contains(&duty)) {
            self.lines.push(format!("      ■ {}（{}）", audit.label, self.word("監査", "audit")));
            self.indented(&speaker.audit(id).plain(self.lang));
        }
    }

    /// The relations and definitions that the rules rest on.
    fn terms(&mut self, terms: &Terms<'_>) {
        let (relations, definitions) = (terms.relations(), terms.definitions());
        if !relations.is_empty() {
            self.lines.push(String::new());
            self.lines.push(self.word(
                "関係（証拠から導く行。「その時点」は、それを読む規則が判定する時点をいう）",
                "relations: rows derived from evidence; “the moment” is the one at which a rule reads them",
            ));
        }
        for relation in relations {
            self.relation(terms, *relation);
        }
        if !definitions.is_empty() {
            self.lines.push(String::new());
            self.lines.push(
                self.word("用語（文の中で「」に入れたもの）", "definitions, in quotes in the sentences"),
            );
        }
        for definition in definitions {
            self.definition(definition);
        }
    }

    fn relation(&mut self, terms: &Terms<'_>, id: RelationId) {
        let fact = &self.program().facts[self.program().relations[id].fact];
        self.lines.push(String::new());
        self.lines.push(format!("  ■ {}（{}）", fact.label, fact.name));
        self.lines.extend(fact.doc.lines().map(|line| format!("    {line}")));
        let said = self.subject.speaker(self.lang).relation(id).plain(self.lang);
        self.lines.extend(said.lines().map(|line| format!("    {line}")));
        let origins = terms.origins(id).into_iter().map(|origin| origin.label).collect();
        self.named("    ", self.word("もとにするもの", "made of"), origins);
        self.named(
            "    ",
            self.word("読む関係", "read by the relations"),
            self.names(terms.relations_over(id)),
        );
        self.named("    ", self.word("読む規則", "read by the rules"), self.names(terms.readers(id)));
    }

    fn definition(&mut self, definition: Definition) {
        let name =
            Bilingual::new(format!("「{}」", definition.label), format!("“{}”", words(&definition.name)));
        self.lines.push(String::new());
        self.lines.push(format!("  ■ {}", name.get(self.lang)));
        if definition.doc.trim_end_matches('。') != definition.label {
            self.lines.extend(definition.doc.lines().map(|line| format!("    {line}")));
        }
        self.named(
            "    ",
            self.word("用いる関係", "used by the relations"),
            self.names(definition.relations),
        );
        self.named("    ", self.word("用いる規則", "used by the rules"), self.names(definition.rules));
    }

    fn names(&self, named: Vec<RuleName>) -> Vec<String> {
        named.into_iter().map(|each| each.label).collect()
    }

    /// A line with names, if there are any.
    fn named(&mut self, indent: &str, head: String, names: Vec<String>) {
        if !names.is_empty() {
            self.lines.push(format!("{indent}{head}: {}", names.join("、")));
        }
    }

    fn indented(&mut self, text: &str) {
        self.lines.extend(text.lines().map(|line| format!("        {line}")));
    }
}
