//! What a document says, before it is laid out.

use kijun_source::Bilingual;
use serde::{Serialize, Serializer};

/// A standard with all that decides it.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    pub(super) title: String,
    pub(super) name: String,
    pub(super) issuer: Option<String>,
    pub(super) edition: Option<String>,
    pub(super) counts: Counts,
    pub(super) sections: Vec<Section>,
    pub(super) params: Vec<Param>,
    pub(super) relations: Vec<Relation>,
    pub(super) definitions: Vec<Definition>,
    pub(super) facts: Vec<Fact>,
    pub(super) tables: Vec<Table>,
    pub(super) catalogues: Vec<Catalogue>,
    pub(super) crosswalks: Vec<Crosswalk>,
}

/// How much there is.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    pub(super) criteria: usize,
    pub(super) duties: usize,
    pub(super) undecided: usize,
    pub(super) rules: usize,
    pub(super) attests: usize,
    pub(super) audits: usize,
    pub(super) facts: usize,
    pub(super) examples: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    /// The text before its criteria, if duties are quoted from it or it says something.
    pub(super) clause: Option<Clause>,
    pub(super) criteria: Vec<Clause>,
}

/// A text of the standard with the duties quoted from it.
#[derive(Debug, Serialize)]
pub(super) struct Clause {
    pub(super) id: String,
    pub(super) passage: Vec<Passage>,
    pub(super) duties: Vec<Duty>,
}

/// A stretch of a text.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Passage {
    pub(super) text: String,
    /// The names of the duties that begin here.
    pub(super) begins: Vec<String>,
    /// What it is: `duty`, `note`, or `open` where nothing quotes it.
    pub(super) kind: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Duty {
    pub(super) id: String,
    /// What the id adds to that of the clause.
    pub(super) mark: String,
    pub(super) quote: String,
    /// Whether the criteria of its section decide it.
    pub(super) by_criteria: bool,
    /// Whether nothing decides it, though something may be done about it or observe it.
    pub(super) undecided: bool,
    pub(super) rules: Vec<Rule>,
    /// Attestations and audits.
    pub(super) judgements: Vec<Judgement>,
    pub(super) controls: Vec<Link>,
}

#[derive(Debug, Serialize)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) doc: String,
    pub(super) severity: String,
    pub(super) covers: Vec<String>,
    /// The duty under which the rule is said in full, where that is another one.
    pub(super) said_at: Option<String>,
    pub(super) sentence: Sentence,
    pub(super) message: String,
    pub(super) remedy: Option<String>,
    /// The relations that it reads itself.
    pub(super) relations: Vec<RuleName>,
    pub(super) reads: Vec<Reading>,
    pub(super) examples: Vec<Example>,
    pub(super) excused: bool,
}

/// A standard duty by duty, a row each.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    pub(super) title: String,
    pub(super) sections: Vec<OverviewSection>,
}

#[derive(Debug, Serialize)]
pub(super) struct OverviewSection {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) rows: Vec<OverviewRow>,
}

#[derive(Debug, Serialize)]
pub(super) struct OverviewRow {
    pub(super) duty: String,
    pub(super) quote: String,
    /// Whether nothing decides it.
    pub(super) undecided: bool,
    pub(super) rules: Vec<RuleName>,
    /// Attestations and audits, each with its kind.
    pub(super) judgements: Vec<String>,
    pub(super) facts: Vec<String>,
    /// A case for each verdict that one shows.
    pub(super) cases: Vec<Case>,
    /// Of each catalogue the controls; none where there is none.
    pub(super) controls: Vec<ControlsOf>,
}

/// The first example that shows a verdict.
#[derive(Debug, Serialize)]
pub(super) struct Case {
    pub(super) verdict: &'static str,
    pub(super) sign: String,
    pub(super) label: String,
    pub(super) example: String,
    /// How many others show it.
    pub(super) more: usize,
}

/// The controls of one catalogue that a duty maps to.
#[derive(Debug, Serialize)]
pub(super) struct ControlsOf {
    pub(super) catalogue: String,
    /// Each with its strength.
    pub(super) controls: Vec<String>,
}

/// A statement as plain text and as HTML.
#[derive(Debug, Serialize)]
pub(super) struct Sentence {
    pub(super) plain: String,
    pub(super) html: String,
    pub(super) english: String,
}

/// What a person judges: an attestation or an audit.
#[derive(Debug, Serialize)]
pub(super) struct Judgement {
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// Of an attestation, where it is said first: the name of the rule that judges the answers.
    pub(super) anchor: Option<String>,
    pub(super) label: String,
    pub(super) doc: String,
    pub(super) severity: Option<String>,
    pub(super) sentence: Sentence,
}

/// A type of evidence that a rule reads.
#[derive(Debug, Serialize)]
pub(super) struct Reading {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) fields: Vec<String>,
    pub(super) fresh: String,
    /// Who delivers it; `None` where there is no workspace.
    pub(super) sources: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Example {
    pub(super) label: String,
    pub(super) expected: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Param {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) rationale: String,
    pub(super) overridden: bool,
}

/// Rows that are derived from evidence.
#[derive(Debug, Serialize)]
pub(super) struct Relation {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) doc: String,
    pub(super) sentence: Sentence,
    pub(super) origins: Vec<Origin>,
    /// The rules that read it themselves.
    pub(super) rules: Vec<RuleName>,
    /// The relations that are made of it.
    pub(super) relations: Vec<RuleName>,
}

/// What a relation is made of, and where the page says more of it.
#[derive(Debug, Serialize)]
pub(super) struct Origin {
    pub(super) label: String,
    pub(super) anchor: Option<String>,
}

/// A condition or value that sentences call by a name.
#[derive(Debug, Serialize)]
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) doc: String,
    pub(super) rules: Vec<RuleName>,
    pub(super) relations: Vec<RuleName>,
}

/// What a rule, or a relation, is called, with the name that its anchor has.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RuleName {
    pub(super) name: String,
    pub(super) label: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) doc: String,
    pub(super) kind: String,
    pub(super) fresh: String,
    pub(super) valid: Option<String>,
    pub(super) kept: Option<String>,
    pub(super) sources: Option<Vec<String>>,
    pub(super) fields: Vec<Field>,
    pub(super) rules: Vec<RuleName>,
    /// The relations that are made of it.
    pub(super) relations: Vec<RuleName>,
}

#[derive(Debug, Serialize)]
pub(super) struct Field {
    pub(super) label: String,
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) need: &'static str,
    pub(super) class: &'static str,
    pub(super) read: bool,
}

/// Constant rows of the ruleset.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    pub(super) label: String,
    pub(super) doc: String,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Catalogue {
    pub(super) title: String,
    pub(super) doc: String,
    pub(super) controls: Vec<Control>,
}

#[derive(Debug, Serialize)]
pub(super) struct Control {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unverified: bool,
    /// What maps to it.
    pub(super) from: Vec<Link>,
}

#[derive(Debug, Serialize)]
pub(super) struct Crosswalk {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) links: Vec<Link>,
    pub(super) unmapped: Vec<String>,
    /// The controls to which nothing maps.
    pub(super) unanswered: Vec<String>,
}

/// A link of a crosswalk.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub(super) from: String,
    pub(super) catalogue: String,
    pub(super) control: String,
    pub(super) title: String,
    #[serde(serialize_with = "japanese")]
    pub(super) strength: Bilingual,
    pub(super) basis: Option<String>,
    pub(super) unverified: bool,
}

/// Pages are in Japanese.
fn japanese<S: Serializer>(text: &Bilingual, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text.ja)
}
