//! Declarations to program, each checked on its own so that one that is wrong does not hide the next.

mod aggregate;
mod answers;
mod attest;
mod audit;
mod builtin;
mod call;
mod catalogue;
mod clause;
mod constant;
mod copy;
mod crosswalk;
mod derived;
mod expectation;
mod expr;
mod fact;
mod freshness;
mod literal;
mod membership;
mod narrowing;
mod operator;
mod population;
mod question;
mod reference;
mod relation;
mod rows;
mod rule;
mod schedule;
mod scope;
mod spelling;
mod standard;
mod strata;
mod table;
mod template;
mod test;
mod text;
mod types;
mod validity;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kijun_ir::{DutyId, EnumId, FactId, FieldId, ParamId, ParamValue, Part, Program, Type};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::call::Expansion;
use crate::check::scope::Scope;
use crate::check::spelling::Words;
use crate::cycles::definitions;
use crate::diagnostics::{SHARED_LABEL, UNKNOWN_FACT, UNKNOWN_NAME};
use crate::names::{Entity, Found, Names, Spellings, suggest};
use crate::{Asked, NameUse, Options};

/// What is known of all declarations while bodies are checked.
struct Checker<'a> {
    names: &'a Names<'a>,
    /// The unit whose names are visible here.
    unit: usize,
    program: Cow<'a, Program>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// The uses of names that have two spellings, where they are asked for.
    uses: Option<Vec<NameUse>>,
    /// How many conditions around this place are wrong, so that what they say of `none` is not known.
    doubts: usize,
    /// How many definitions this place has been put in the place of.
    inlined: usize,
    /// How many expressions this place stands in.
    depth: usize,
    /// What has come of the call around this place.
    expansion: Expansion,
    /// For each definition whether it may be used.
    defines: Vec<Option<Type>>,
    /// For each parameter, by declaration, its id; `None` where it is wrong.
    params: Vec<Option<ParamId>>,
    /// The values that declarations and the workspace give to parameters, and where; until freshness is known.
    settings: Vec<(ParamId, ParamValue, Span)>,
    /// Fields whose types are wrong: what uses them is not to blame.
    untyped: BTreeSet<(FactId, FieldId)>,
    /// What the fields of facts are called, for those that were asked about.
    field_words: BTreeMap<FactId, Arc<Words>>,
    /// What the values of enums are called, for those that were asked about.
    value_words: BTreeMap<EnumId, Arc<Words>>,
    /// For each unit the duties of its standards.
    duties: Vec<BTreeMap<String, DutyId>>,
    /// The calendar's parts that are read.
    parts: BTreeMap<Part, FactId>,
    /// For each event whose gaps are read, what holds them.
    gaps: BTreeMap<FactId, FactId>,
    /// Whether it is known of each relation whether it depends on the moment.
    stratified: bool,
}

/// What a word was found to stand for.
enum Lookup {
    Found(Entity),
    /// Nothing more is to be said: it was reported, or its declaration was.
    Settled,
    Missing,
}

/// Makes the program.
pub(crate) fn check(names: &Names<'_>, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Program {
    checked(names, options, None, diagnostics).program.into_owned()
}

/// Lists the uses of names that have two spellings, in the order in which they are checked.
pub(crate) fn name_uses(
    names: &Names<'_>,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<NameUse> {
    checked(names, options, Some(Vec::new()), diagnostics).uses.unwrap_or_default()
}

/// Makes the program, and what is asked in the scope of a unit.
pub(crate) fn check_question(
    names: &Names<'_>,
    options: &Options,
    unit: usize,
    question: &ast::Expr,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Program, Option<Asked>) {
    let mut checker = checked(names, options, None, diagnostics);
    checker.diagnostics.clear();
    checker.unit = unit;
    let asked = question::asked(&mut checker, question);
    (checker.program.into_owned(), asked)
}

/// Checks all declarations; `uses` is where to list the uses of names, if anywhere.
fn checked<'a>(
    names: &'a Names<'a>,
    options: &Options,
    uses: Option<Vec<NameUse>>,
    diagnostics: &'a mut Vec<Diagnostic>,
) -> Checker<'a> {
    let defines = definitions(names, diagnostics);
    let mut checker = Checker {
        names,
        unit: 0,
        program: Cow::Owned(Program::new(options.calendar.clone())),
        diagnostics,
        uses,
        doubts: 0,
        inlined: 0,
        depth: 0,
        expansion: Expansion::default(),
        defines: Vec::new(),
        params: Vec::new(),
        settings: Vec::new(),
        untyped: BTreeSet::new(),
        field_words: BTreeMap::new(),
        value_words: BTreeMap::new(),
        duties: Vec::new(),
        parts: BTreeMap::new(),
        gaps: BTreeMap::new(),
        stratified: false,
    };
    standard::standards(&mut checker);
    fact::enums(&mut checker);
    fact::declare(&mut checker);
    fact::facts(&mut checker);
    table::fields(&mut checker);
    relation::fields(&mut checker);
    table::rows(&mut checker);
    constant::params(&mut checker, options);
    freshness::freshness(&mut checker);
    call::defines(&mut checker, &defines);
    relation::relations(&mut checker);
    let rules = rule::rules(&mut checker);
    let attests = attest::attests(&mut checker);
    audit::audits(&mut checker);
    catalogue::catalogues(&mut checker);
    crosswalk::crosswalks(&mut checker);
    test::tests(&mut checker, &test::Judges { rules, attests });
    checker
}

impl<'a> Checker<'a> {
    /// Another that knows the same and has found nothing yet. It reads the same program: one that adds to it makes a copy, which is lost.
    fn fork<'b>(&'b self, diagnostics: &'b mut Vec<Diagnostic>) -> Checker<'b>
    where
        'a: 'b,
    {
        Checker {
            names: self.names,
            unit: self.unit,
            program: Cow::Borrowed(&self.program),
            diagnostics,
            uses: self.uses.as_ref().map(|_| Vec::new()),
            doubts: self.doubts,
            inlined: self.inlined,
            depth: self.depth,
            expansion: self.expansion,
            defines: self.defines.clone(),
            params: self.params.clone(),
            settings: Vec::new(),
            untyped: self.untyped.clone(),
            field_words: self.field_words.clone(),
            value_words: self.value_words.clone(),
            duties: self.duties.clone(),
            parts: self.parts.clone(),
            gaps: self.gaps.clone(),
            stratified: self.stratified,
        }
    }
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What a word stands for; reports a label that two things share.
    fn lookup(&mut self, word: &str, span: Span) -> Lookup {
        match self.names.find(self.unit, word) {
            Found::One(entity) => Lookup::Found(entity),
            Found::Shared(first, second) => {
                let (first, second) = (self.names.name(first), self.names.name(second));
                self.shared(
                    word,
                    span,
                    &[(&first.text, Some(first.span)), (&second.text, Some(second.span))],
                );
                Lookup::Settled
            }
            Found::Nothing if self.names.is_broken(self.unit, word) => Lookup::Settled,
            Found::Nothing => Lookup::Missing,
        }
    }

    /// Reports a label that two things share, with their names and where they are declared.
    fn shared(&mut self, label: &str, span: Span, owners: &[(&str, Option<Span>)]) {
        let names: Vec<String> = owners.iter().map(|(name, _)| format!("`{name}`")).collect();
        let (ja, en) = (names.join(" と "), names.join(" and "));
        let message = bilingual!("`{label}` は {ja} のラベルである", "`{label}` is the label of both {en}");
        let mut diagnostic = Diagnostic::new(&SHARED_LABEL, span, message);
        for owner in owners.iter().filter_map(|(_, owner)| *owner) {
            diagnostic = diagnostic.and(owner, Bilingual::new("このラベル", "labelled so here"));
        }
        self.report(
            diagnostic
                .help(Bilingual::new("名前で書くか、ラベルを変える", "write the name, or change a label")),
        );
    }

    /// Notes that something is called by a name that has two spellings.
    fn note(&mut self, entity: Entity, span: Span) {
        if let Some(spellings) = self.spellings(entity) {
            self.note_spellings(span, &spellings);
        }
    }

    /// The two spellings of something, where it has two and its uses are asked for.
    fn spellings(&self, entity: Entity) -> Option<Spellings> {
        self.uses.as_ref()?;
        self.names.spellings(self.unit, entity)
    }

    fn note_spellings(&mut self, span: Span, (name, label): &Spellings) {
        // The body of a definition is noted where the definition is checked, not at each call. What is given was not written.
        if self.inlined == 0
            && !self.names.is_given(self.unit)
            && let Some(uses) = &mut self.uses
        {
            uses.push(NameUse { span, english: Arc::clone(name), japanese: Arc::clone(label) });
        }
    }

    /// Whatever has rows, by its name; reports where there is none.
    fn fact(&mut self, name: &ast::Name) -> Option<FactId> {
        match self.lookup(&name.text, name.span) {
            Lookup::Found(entity) if self.names.fact_id(entity).is_some() => {
                self.note(entity, name.span);
                self.names.fact_id(entity)
            }
            Lookup::Settled => None,
            Lookup::Found(_) if self.names.is_broken(self.unit, &name.text) => None,
            Lookup::Found(_) | Lookup::Missing => {
                let text = &name.text;
                let message = bilingual!("証拠 `{text}` は宣言されていない", "no fact is named `{text}`");
                let names = self.names;
                let nearest = names.nearest(self.unit, text, |entity| names.fact_id(entity).is_some());
                self.report(suggest(Diagnostic::new(&UNKNOWN_FACT, name.span, message), nearest));
                None
            }
        }
    }

    fn unknown_name(&mut self, name: &str, span: Span, scope: &Scope) {
        let message = bilingual!("`{name}` という名前は宣言されていない", "nothing is named `{name}`");
        let owner = scope.rows().find(|(_, fact)| {
            self.program.facts[*fact].fields.values().any(|field| field.name == name || field.label == name)
        });
        let field = owner.map(|(row, _)| format!("{row}.{name}"));
        let local = scope.names();
        let local = kijun_source::nearest(name, local.iter().map(String::as_str)).map(str::to_owned);
        let global = self
            .names
            .nearest(self.unit, name, |entity| matches!(entity, Entity::Param(_) | Entity::Define(_)));
        let builtin = kijun_source::nearest(name, ["today", "period", "判定日", "期間"]);
        let nearest = field.as_deref().or(local.as_deref()).or(global).or(builtin);
        self.report(suggest(Diagnostic::new(&UNKNOWN_NAME, span, message), nearest));
    }
}
