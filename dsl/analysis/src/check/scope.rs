//! The names that an expression can see, and which of them are known not to be `none`.

use std::collections::BTreeMap;

use kijun_ir::{Binding, Expr, FactId, IndexVec, Type, VarId};

use crate::check::narrowing::Path;

/// What a name within a rule or a definition stands for.
#[derive(Debug, Clone)]
pub(super) enum Local {
    /// A row.
    Row(VarId, FactId),
    /// The row that a reference names: the argument of a definition.
    Reference(Expr, FactId),
    /// A value: the argument of a definition.
    Value(Expr),
}

/// As of when a state is read where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Reading {
    /// On the date of judgement; there is no other moment.
    #[default]
    Today,
    /// At the moment that a rule is judged or a relation is derived.
    Moment,
    /// As the caller of the definition reads.
    Definition,
}

/// The names that are visible at one place.
#[derive(Debug, Default)]
pub(super) struct Scope {
    locals: Vec<(String, Local)>,
    /// Paths that are known not to be `none` here.
    narrowed: Vec<Path>,
    /// Every variable of the rule so far.
    pub(super) vars: IndexVec<VarId, Binding>,
    /// As of when states are read where nothing is said.
    pub(super) reading: Reading,
    /// As of when the rows of a variable are read, where that is said.
    moments: BTreeMap<VarId, Expr>,
}

/// A place to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    locals: usize,
    narrowed: usize,
}

impl Scope {
    /// Nothing visible yet.
    pub(super) fn reading(reading: Reading) -> Self {
        Self { reading, ..Self::default() }
    }

    /// The innermost meaning of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Local> {
        self.locals.iter().rev().find(|(local, _)| local == name).map(|(_, local)| local)
    }

    /// The names of rows with the facts that they are of, the innermost first.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, FactId)> {
        self.locals.iter().rev().filter_map(|(name, local)| match local {
            Local::Row(_, fact) | Local::Reference(_, fact) => Some((name.as_str(), *fact)),
            Local::Value(_) => None,
        })
    }

    /// Every visible name.
    pub(super) fn names(&self) -> Vec<String> {
        self.locals.iter().map(|(name, _)| name.clone()).collect()
    }

    /// A variable for the rows of a fact that no name is given to yet.
    pub(super) fn variable(&mut self, name: &str, fact: FactId) -> VarId {
        self.vars.push(Binding { name: name.to_owned(), fact })
    }

    /// Binds a new variable to the rows of a fact.
    pub(super) fn bind(&mut self, name: &str, fact: FactId) -> VarId {
        let var = self.variable(name, fact);
        self.define(name, Local::Row(var, fact));
        var
    }

    /// Gives a name to a row or an argument.
    pub(super) fn define(&mut self, name: &str, local: Local) {
        self.locals.push((name.to_owned(), local));
    }

    /// Notes as of when the rows of a variable are read.
    pub(super) fn read_at(&mut self, var: VarId, at: Expr) {
        self.moments.insert(var, at);
    }

    /// As of when the rows of a variable are read, where that is said.
    pub(super) fn moment_of(&self, var: VarId) -> Option<&Expr> {
        self.moments.get(&var)
    }

    /// Notes paths that are not `none` from here on.
    pub(super) fn narrow(&mut self, paths: Vec<Path>) {
        self.narrowed.extend(paths);
    }

    /// The type of a path, given its declared one.
    pub(super) fn narrowed_type(&self, path: Option<&Path>, ty: Type) -> Type {
        let known = path.is_some_and(|path| self.narrowed.contains(path));
        Type { optional: ty.optional && !known, ..ty }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { locals: self.locals.len(), narrowed: self.narrowed.len() }
    }

    /// Forgets what was named and noted since the mark.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.locals.truncate(mark.locals);
        self.narrowed.truncate(mark.narrowed);
    }

    /// Hides the names of the caller from the body of a definition; gives them back.
    pub(super) fn hide(&mut self) -> Vec<(String, Local)> {
        std::mem::take(&mut self.locals)
    }

    /// Shows the names of the caller again.
    pub(super) fn show(&mut self, locals: Vec<(String, Local)>) {
        self.locals = locals;
    }
}
