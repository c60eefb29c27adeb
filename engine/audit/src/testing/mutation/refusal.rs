//! Which mutants the checker would refuse: those that use a value that may be `none` where nothing says that it is there.
//! Nobody can write them, so that no test need notice them.

use kijun_ir::{Binding, Expr, ExprKind, Fact, FactId, FieldId, IndexVec, Program, Quantifier, Rule, VarId};

/// Whether the checker would refuse a mutant of a rule.
///
/// A field that may be `none` and yet has a type that is always there was allowed because of what is said before it. Where that is no
/// longer said, it is not. A rule of which this already holds as written says it in a way that is not known here: of it nothing is refused.
pub(super) fn is_refused(program: &Program, rule: &Rule, mutant: &Rule) -> bool {
    is_accepted(program, rule) && !is_accepted(program, mutant)
}

fn is_accepted(program: &Program, rule: &Rule) -> bool {
    let mut reader = Reader { facts: &program.facts, vars: &rule.vars, present: Vec::new() };
    let population = rule.population.iter().all(|population| reader.rows(&population.rows));
    population
        && reader.accepts(&rule.require)
        && rule.excused.iter().all(|rows| reader.within(|reader| reader.rows(rows)))
        && rule.due.iter().all(|due| reader.accepts(due))
}

/// A field of a variable's row, through any number of references.
#[derive(PartialEq)]
struct Path {
    var: VarId,
    fields: Vec<FieldId>,
}

/// Reads expressions knowing what was said before them.
struct Reader<'a> {
    facts: &'a IndexVec<FactId, Fact>,
    vars: &'a IndexVec<VarId, Binding>,
    /// What is not `none` here.
    present: Vec<Path>,
}

impl Reader<'_> {
    /// Reads something; what it says of `none` is forgotten behind it.
    fn within(&mut self, read: impl FnOnce(&mut Self) -> bool) -> bool {
        let before = self.present.len();
        let accepted = read(self);
        self.present.truncate(before);
        accepted
    }

    /// The rows of a quantifier; what their condition says stays known.
    fn rows(&mut self, rows: &Quantifier) -> bool {
        let accepted = rows.children().all(|child| self.accepts(child));
        self.present.extend(rows.condition.iter().flat_map(|condition| present_if(condition, true)));
        accepted
    }

    /// Whether an expression is allowed where its value must be there.
    fn accepts(&mut self, expr: &Expr) -> bool {
        !self.may_be_none(expr) && self.parts(expr, true)
    }

    /// Whether the parts of an expression are allowed; `needed` where its value must be there.
    fn parts(&mut self, expr: &Expr, needed: bool) -> bool {
        match &expr.kind {
            ExprKind::And(parts) => self.within(|reader| reader.connected(parts, true)),
            ExprKind::Or(parts) => self.within(|reader| reader.connected(parts, false)),
            ExprKind::Some(rows) => self.within(|reader| reader.rows(rows)),
            ExprKind::Count { quantifier, bound, .. } => {
                self.within(|reader| reader.rows(quantifier)) && self.accepts(bound)
            }
            ExprKind::Aggregate { value, quantifier, .. } => self
                .within(|reader| reader.rows(quantifier) && value.iter().all(|value| reader.accepts(value))),
            ExprKind::If { condition, then, otherwise } => {
                self.accepts(condition)
                    && self.branch(condition, true, then, needed)
                    && self.branch(condition, false, otherwise, needed)
            }
            ExprKind::IsNone(value) => self.parts(value, false),
            ExprKind::Else { value, default } => self.parts(value, false) && self.either(default, needed),
            ExprKind::Named { body, .. } => self.either(body, needed),
            _ => expr.children().into_iter().all(|child| self.accepts(child)),
        }
    }

    fn either(&mut self, expr: &Expr, needed: bool) -> bool {
        if needed { self.accepts(expr) } else { self.parts(expr, false) }
    }

    fn branch(&mut self, condition: &Expr, outcome: bool, value: &Expr, needed: bool) -> bool {
        self.within(|reader| {
            reader.present.extend(present_if(condition, outcome));
            reader.either(value, needed)
        })
    }

    /// The parts of a conjunction or a disjunction, each read knowing what those before it came to.
    fn connected(&mut self, parts: &[Expr], conjunction: bool) -> bool {
        parts.iter().all(|part| {
            let accepted = self.accepts(part);
            self.present.extend(present_if(part, conjunction));
            accepted
        })
    }

    /// Whether an expression is a field that was taken to be there though it may be `none` and nothing says otherwise.
    fn may_be_none(&self, expr: &Expr) -> bool {
        let declared = match &expr.kind {
            ExprKind::Field { var, field } => self.facts[self.vars[*var].fact].fields[*field].ty,
            ExprKind::Follow { fact, field, .. } => self.facts[*fact].fields[*field].ty,
            _ => return false,
        };
        let is_said = || path(expr).is_some_and(|path| self.present.contains(&path));
        declared.optional && !expr.ty.optional && !is_said()
    }
}

fn path(expr: &Expr) -> Option<Path> {
    match &expr.kind {
        ExprKind::Field { var, field } => Some(Path { var: *var, fields: vec![*field] }),
        ExprKind::Follow { base, field, .. } => {
            let mut path = path(base)?;
            path.fields.push(*field);
            Some(path)
        }
        ExprKind::Named { body, .. } => path(body),
        _ => None,
    }
}

/// What is not `none` where a condition came to `outcome`.
fn present_if(condition: &Expr, outcome: bool) -> Vec<Path> {
    match &condition.kind {
        ExprKind::IsNone(value) if !outcome => path(value).into_iter().collect(),
        ExprKind::Not(inner) => present_if(inner, !outcome),
        ExprKind::Named { body, .. } => present_if(body, outcome),
        ExprKind::And(parts) if outcome => parts.iter().flat_map(|part| present_if(part, true)).collect(),
        ExprKind::Or(parts) if !outcome => parts.iter().flat_map(|part| present_if(part, false)).collect(),
        _ => Vec::new(),
    }
}
