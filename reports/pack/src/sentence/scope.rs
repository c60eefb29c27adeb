//! Who is who in a sentence: what each row is called, and the notes that the sentence needs.

use kijun_ir::{Binding, Expr, ExprKind, FactId, Index, IndexVec, Program, Quantifier, Rule, VarId};

use super::alike::alike_of;
use super::variants::distinction;

/// What people read of definitions, by their names in rulesets, in the order in which they are declared.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    entries: Vec<(String, Option<Definition>)>,
}

/// What people read of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// By what it is called: the first sentence of the comment above it; its name where it has none.
    pub label: String,
    /// The whole comment.
    pub doc: String,
}

impl Definitions {
    /// Adds a definition with the comment above its declaration. One without a comment is called by its name if that is Japanese, and
    /// otherwise said by its body; so are two that have the same name.
    pub fn add(&mut self, name: &str, doc: &str) {
        let sentence = doc.trim().split(['。', '\n']).next().unwrap_or("").trim();
        let label = if sentence.is_empty() && !name.is_ascii() { name } else { sentence };
        let definition = Definition { label: label.to_owned(), doc: doc.trim().to_owned() };
        let definition = (!label.is_empty()).then_some(definition);
        match self.entries.iter_mut().find(|(known, _)| known == name) {
            None => self.entries.push((name.to_owned(), definition)),
            Some((_, known)) if *known == definition => {}
            Some((_, known)) => *known = None,
        }
    }

    /// The definitions that have something that people read, with their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.entries.iter().filter_map(|(name, definition)| Some((name.as_str(), definition.as_ref()?)))
    }

    /// The definition of that name, if it has something that people read.
    pub(crate) fn get(&self, name: &str) -> Option<&Definition> {
        let (_, definition) = self.entries.iter().find(|(known, _)| known == name)?;
        definition.as_ref()
    }
}

/// What a row is called where it is not the one that the sentence is about just there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// 当該従業者: the only row of its fact.
    The,
    /// 対象の従業者: the subject, where there are others of its fact.
    Subject,
    /// 従業者甲: one of several, introduced by this name.
    Lettered(usize),
    /// 前の入室.
    Earlier,
    /// 後の入室.
    Later,
}

/// What does not change while a statement is said.
#[derive(Debug)]
pub(super) struct Names<'a> {
    pub(super) program: &'a Program,
    pub(super) definitions: &'a Definitions,
    vars: Option<&'a IndexVec<VarId, Binding>>,
    called: Vec<Called>,
    /// Every use of a definition.
    uses: Vec<Note<'a>>,
}

impl<'a> Names<'a> {
    /// Without any variable.
    pub(super) fn empty(program: &'a Program, definitions: &'a Definitions) -> Self {
        Self { program, definitions, vars: None, called: Vec::new(), uses: Vec::new() }
    }

    /// Those of a rule.
    pub(super) fn of_rule(program: &'a Program, definitions: &'a Definitions, rule: &'a Rule) -> Self {
        let mut survey = Survey { mentioned: vec![false; rule.vars.len()], uses: Vec::new() };
        let pair = rule.population.as_ref().and_then(|population| population.pair.as_ref());
        let subject =
            rule.population.as_ref().filter(|_| pair.is_none()).map(|population| population.rows.var);
        if let Some(subject) = subject {
            survey.mark(subject);
        }
        for quantifier in rule.population.iter().map(|population| &population.rows).chain(&rule.excused) {
            survey.look_into(quantifier, None);
        }
        for expr in std::iter::once(&rule.require).chain(&rule.due) {
            survey.look(expr, subject);
        }
        let mut names = Self::mentioned(program, definitions, &rule.vars, &survey.mentioned, subject);
        names.uses = survey.uses;
        if let (Some(pair), Some(population)) = (pair, &rule.population) {
            names.set(population.rows.var, Called::Earlier);
            names.set(pair.second, Called::Later);
        }
        names
    }

    /// Those of a branch of a relation or of events that call for an audit: every variable has a name.
    pub(super) fn of_all(
        program: &'a Program,
        definitions: &'a Definitions,
        vars: &'a IndexVec<VarId, Binding>,
    ) -> Self {
        Self::mentioned(program, definitions, vars, &vec![true; vars.len()], None)
    }

    fn mentioned(
        program: &'a Program,
        definitions: &'a Definitions,
        vars: &'a IndexVec<VarId, Binding>,
        mentioned: &[bool],
        subject: Option<VarId>,
    ) -> Self {
        let named: Vec<VarId> = vars.ids().filter(|var| mentioned.get(var.index()) == Some(&true)).collect();
        let called = vars.iter().map(|(var, binding)| {
            let of_same_fact = |other: &VarId| *other != var && vars[*other].fact == binding.fact;
            if !named.contains(&var) || !vars.ids().any(|other| of_same_fact(&other)) {
                return Called::The;
            }
            if Some(var) == subject {
                return Called::Subject;
            }
            let before = |other: &&VarId| of_same_fact(other) && **other < var && Some(**other) != subject;
            Called::Lettered(named.iter().filter(before).count())
        });
        let called = called.collect();
        Self { program, definitions, vars: Some(vars), called, uses: Vec::new() }
    }

    fn set(&mut self, var: VarId, called: Called) {
        if let Some(place) = self.called.get_mut(var.index()) {
            *place = called;
        }
    }

    /// The fact whose rows a variable stands for.
    pub(super) fn fact_of(&self, var: VarId) -> Option<FactId> {
        self.vars?.get(var).map(|binding| binding.fact)
    }

    /// What a row is called.
    pub(super) fn called(&self, var: VarId) -> Called {
        self.called.get(var.index()).copied().unwrap_or(Called::The)
    }
}

/// Finds the variables that are mentioned where the sentence is about another row, and the uses of definitions.
struct Survey<'a> {
    mentioned: Vec<bool>,
    uses: Vec<Note<'a>>,
}

impl<'a> Survey<'a> {
    fn mark(&mut self, var: VarId) {
        if let Some(place) = self.mentioned.get_mut(var.index()) {
            *place = true;
        }
    }

    fn look(&mut self, expr: &'a Expr, current: Option<VarId>) {
        match &expr.kind {
            ExprKind::Field { var, .. } if Some(*var) != current => self.mark(*var),
            ExprKind::Named { name, body, .. } => {
                self.uses.push(Note {
                    name,
                    body,
                    current: current.filter(|current| body.mentions(*current)),
                });
                self.look(body, current);
            }
            ExprKind::Some(quantifier) => self.look_into(quantifier, None),
            ExprKind::Count { quantifier, bound, .. } => {
                self.look_into(quantifier, None);
                self.look(bound, current);
            }
            ExprKind::Aggregate { quantifier, value, .. } => self.look_into(quantifier, value.as_deref()),
            _ => expr.children().into_iter().for_each(|child| self.look(child, current)),
        }
    }

    fn look_into(&mut self, quantifier: &'a Quantifier, value: Option<&'a Expr>) {
        for expr in quantifier.children().chain(value) {
            self.look(expr, Some(quantifier.var));
        }
    }
}

/// What changes while a statement is said: the row that the sentence is about, and the notes so far.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) names: Names<'a>,
    pub(super) current: Option<VarId>,
    notes: Vec<Note<'a>>,
}

/// A definition as it is used: with these arguments, about the row that the sentence was about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note<'a> {
    pub(super) name: &'a str,
    pub(super) body: &'a Expr,
    pub(super) current: Option<VarId>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(names: Names<'a>, current: Option<VarId>) -> Self {
        Self { names, current, notes: Vec::new() }
    }

    /// Says something about another row, or about none.
    pub(super) fn about<T>(&mut self, current: Option<VarId>, say: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.current, current);
        let said = say(self);
        self.current = before;
        said
    }

    /// The position of the note that explains a definition as it is used here.
    pub(super) fn note(&mut self, name: &'a str, body: &'a Expr) -> usize {
        let note = Note { name, body, current: self.row_of(body) };
        let known = self.notes.iter().position(|before| self.same(before, &note));
        known.unwrap_or_else(|| {
            self.notes.push(note);
            self.notes.len() - 1
        })
    }

    /// The values by which this use of a definition differs from its other uses in the statement.
    pub(super) fn distinction(&self, name: &'a str, body: &'a Expr) -> Vec<&'a Expr> {
        distinction(&self.names.uses, &Note { name, body, current: self.row_of(body) })
    }

    /// The row that a definition is about as it is used: the current one, or the only other one that it speaks of.
    pub(super) fn row_of(&self, body: &Expr) -> Option<VarId> {
        let rows = free_rows(body);
        match (self.current.filter(|current| rows.contains(current)), rows.as_slice()) {
            (None, [only]) => Some(*only),
            (current, _) => current,
        }
    }

    fn same(&self, a: &Note<'_>, b: &Note<'_>) -> bool {
        let fact = |note: &Note<'_>| note.current.and_then(|var| self.names.fact_of(var));
        let rows = a.current.zip(b.current);
        a.name == b.name && fact(a) == fact(b) && alike_of(a.body, b.body, rows)
    }

    /// The note at a position, if there is one.
    pub(super) fn note_at(&self, index: usize) -> Option<Note<'a>> {
        self.notes.get(index).copied()
    }
}

/// The rows that an expression speaks of and does not bind, in the order in which it does, each once.
pub(super) fn free_rows(expr: &Expr) -> Vec<VarId> {
    let (mut bound, mut rows) = (Vec::new(), Vec::new());
    expr.walk(&mut |expr| match &expr.kind {
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. } => bound.push(quantifier.var),
        ExprKind::Field { var, .. } if !rows.contains(var) => rows.push(*var),
        _ => {}
    });
    rows.retain(|row| !bound.contains(row));
    rows
}

/// A reference: where it stands, the fact that it names a row of, and as of when.
pub(super) type Reference<'a> = (&'a Expr, FactId, Option<&'a Expr>);

/// The one reference through which an expression speaks of rows, if it speaks of them in no other way.
pub(super) fn reference_of(expr: &Expr) -> Option<Reference<'_>> {
    let mut references = Vec::new();
    let plain = references_in(expr, &mut references);
    let (first, others) = references.split_first()?;
    let same = |other: &Reference<'_>| alike_of(first.0, other.0, None);
    (plain && others.iter().all(same)).then_some(*first)
}

/// Collects the references of an expression; whether it reads no field of a row in another way.
fn references_in<'a>(expr: &'a Expr, references: &mut Vec<Reference<'a>>) -> bool {
    match &expr.kind {
        ExprKind::Follow { base, fact, at, .. } => {
            references.push((base, *fact, at.as_deref()));
            true
        }
        ExprKind::Field { .. } | ExprKind::Some(_) | ExprKind::Count { .. } | ExprKind::Aggregate { .. } => {
            false
        }
        _ => expr.children().into_iter().all(|child| references_in(child, references)),
    }
}
