//! The order in which relations are derived, and what of them depends on the moment.

use std::collections::BTreeMap;

use kijun_ir::{Branch, Expr, ExprKind, FactId, FactKind, Index, Kind, Quantifier, Relation, RelationId};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};

use crate::check::Checker;
use crate::check::relation::Derived;
use crate::cycles::{components, is_circle, way};
use crate::diagnostics::{RELATION, STRATUM};
use crate::shown;

/// Puts relations into the program, those that a relation reads before it; reports circles that cannot be derived.
pub(super) fn stratify(checker: &mut Checker<'_>, mut derived: Vec<Derived>) {
    for relation in &mut derived {
        each_read(&mut relation.branches, &mut |rows| plain(checker, rows));
    }
    let reads: Vec<Vec<FactId>> = derived.iter().map(read_by).collect();
    let relations_of =
        |facts: &Vec<FactId>| facts.iter().filter_map(|fact| index_of(checker, *fact)).collect();
    let uses: Vec<Vec<usize>> = reads.iter().map(relations_of).collect();
    let mut placed = Placed::default();
    for (stratum, members) in components(&uses).into_iter().enumerate() {
        let recursive = is_circle(&uses, &members);
        if recursive {
            circle(checker, &derived, &uses, &members);
        }
        let read = members.iter().flat_map(|member| &reads[*member]).copied();
        let (reads, reads_timed) = placed.through(checker, read);
        let timed = reads_timed || members.iter().any(|member| mentions_moment(&derived[*member]));
        for member in members {
            placed.push(Relation {
                fact: derived[member].fact,
                branches: std::mem::take(&mut derived[member].branches),
                recursive,
                stratum: u32::try_from(stratum).unwrap_or(u32::MAX),
                reads: reads.clone(),
                timed,
            });
        }
    }
    place(checker, placed.relations);
}

/// The relations whose places are known.
#[derive(Default)]
struct Placed {
    relations: Vec<Relation>,
    by_fact: BTreeMap<FactId, usize>,
}

impl Placed {
    fn push(&mut self, relation: Relation) {
        self.by_fact.insert(relation.fact, self.relations.len());
        self.relations.push(relation);
    }

    /// What is read where these facts are, relations looked through; and whether any of it depends on the moment.
    fn through(&self, checker: &Checker<'_>, facts: impl Iterator<Item = FactId>) -> (Vec<FactId>, bool) {
        let mut reads = Vec::new();
        let mut timed = false;
        for fact in facts {
            match checker.program.facts[fact].kind {
                FactKind::Relation(_) => {
                    // A member of the circle itself has no place yet; what it reads is among the facts.
                    let Some(relation) = self.by_fact.get(&fact).map(|index| &self.relations[*index]) else {
                        continue;
                    };
                    timed |= relation.timed;
                    reads.extend(&relation.reads);
                }
                kind => {
                    timed |= kind == FactKind::State;
                    reads.push(fact);
                }
            }
        }
        reads.sort_unstable();
        reads.dedup();
        (reads, timed)
    }
}

/// Gives the relations their ids, and says of each read of one whether it is as of the moment.
fn place(checker: &mut Checker<'_>, relations: Vec<Relation>) {
    for (index, relation) in relations.iter().enumerate() {
        checker.program.to_mut().facts[relation.fact].kind =
            FactKind::Relation(RelationId::from_index(index));
    }
    checker.program.to_mut().relations = relations.into_iter().collect();
    for id in checker.program.relations.ids() {
        let mut branches = std::mem::take(&mut checker.program.to_mut().relations[id].branches);
        let mut untimed = Vec::new();
        each_read(&mut branches, &mut |rows| settle(checker, rows, &mut untimed));
        for (fact, span) in untimed {
            checker.untimed(fact, span);
        }
        checker.program.to_mut().relations[id].branches = branches;
    }
    while classify(checker) {}
}

/// Forgets that a relation is read as of the moment, until it is known whether it depends on one.
fn plain(checker: &Checker<'_>, rows: &mut Quantifier) {
    let relation = matches!(checker.program.facts[rows.fact].kind, FactKind::Relation(_));
    if relation && rows.at.as_ref().is_some_and(|at| at.kind == ExprKind::Moment) {
        rows.at = None;
    }
}

/// A relation that depends on the moment is read as of it where nothing else is said; one that does not is read as of none.
fn settle(checker: &Checker<'_>, rows: &mut Quantifier, untimed: &mut Vec<(FactId, Span)>) {
    let FactKind::Relation(relation) = checker.program.facts[rows.fact].kind else { return };
    match &rows.at {
        None if checker.program.relations[relation].timed => {
            rows.at = Some(Expr::new(ExprKind::Moment, Kind::DateTime, rows.span));
        }
        Some(at) if !checker.program.relations[relation].timed => untimed.push((rows.fact, at.span)),
        _ => {}
    }
}

fn index_of(checker: &Checker<'_>, fact: FactId) -> Option<usize> {
    match checker.program.facts[fact].kind {
        FactKind::Relation(relation) => Some(relation.index()),
        _ => None,
    }
}

/// Reports what keeps the members of a circle from being derived.
fn circle(checker: &mut Checker<'_>, derived: &[Derived], uses: &[Vec<usize>], members: &[usize]) {
    let mut through = Vec::new();
    for member in members {
        for branch in &derived[*member].branches {
            for (fact, span) in beside_atoms(branch) {
                let read = index_of(checker, fact).filter(|read| members.contains(read));
                through.extend(read.map(|read| Through { reader: *member, read, span }));
            }
            atoms(checker, branch, members);
            ends(checker, branch);
        }
    }
    if let [first, others @ ..] = &through[..] {
        let back = way(uses, members, first.read, first.reader);
        let back = if first.read == first.reader { &back[..1] } else { &back[..] };
        report(checker, derived, *first, back, others);
    }
}

/// A place where a member of a circle reads one within a negation or an aggregate.
#[derive(Clone, Copy)]
struct Through {
    reader: usize,
    read: usize,
    span: Span,
}

/// Reports a circle once, with the path from the first of the places that it must not go through, and the others.
fn report(
    checker: &mut Checker<'_>,
    derived: &[Derived],
    first: Through,
    back: &[usize],
    others: &[Through],
) {
    let Through { reader, span, .. } = first;
    let facts = &checker.program.facts;
    let steps: Vec<&str> = std::iter::once(&reader)
        .chain(back)
        .map(|relation| facts[derived[*relation].fact].name.as_str())
        .collect();
    let path = steps.join(" → ");
    let message = bilingual!(
        "関係が条件を通じて自分自身に依存している: {path}",
        "a relation depends on itself through a condition: {path}"
    );
    let mut diagnostic = Diagnostic::new(&STRATUM, span, message)
        .and(facts[derived[reader].fact].span, Bilingual::new("この関係", "this relation"));
    for other in others {
        let label = Bilingual::new("この循環は、ここも通る", "the circle goes through here too");
        diagnostic = diagnostic.and(other.span, label);
    }
    let diagnostic = diagnostic.help(Bilingual::new(
        "循環する関係は ⟦from|抽出⟧ の行としてだけ読める",
        "relations of a circle are read only as rows of ⟦from|抽出⟧",
    ));
    checker.report(diagnostic);
}

/// Reports rows of the circle that are read as of a moment of their own.
fn atoms(checker: &mut Checker<'_>, branch: &Branch, members: &[usize]) {
    for atom in &branch.atoms {
        let member = index_of(checker, atom.fact).is_some_and(|read| members.contains(&read));
        if let Some(at) = atom.at.as_ref().filter(|_| member) {
            let message = Bilingual::new(
                "循環する関係の行には時点を指定できない",
                "rows of a relation that reads itself are all as of one moment",
            );
            let help = Bilingual::new("⟦at|時点⟧ を消す", "remove ⟦at|時点⟧");
            checker.report(Diagnostic::new(&RELATION, at.span, message).help(help));
        }
    }
}

/// Reports values that might be new each time round, so that deriving would not end.
fn ends(checker: &mut Checker<'_>, branch: &Branch) {
    for value in &branch.yields {
        let old = match &unnamed(value).kind {
            ExprKind::Field { var, .. } => branch.atoms.iter().any(|atom| atom.var == *var),
            ExprKind::Literal(_) | ExprKind::NoneLiteral | ExprKind::Param(_) => true,
            _ => false,
        };
        if !old {
            let message = Bilingual::new(
                "循環する関係の ⟦yield|導出⟧ に計算は書けない",
                "a relation that reads itself yields no computed values",
            );
            let help = Bilingual::new(
                "⟦from|抽出⟧ の行の項目か値そのものを書く",
                "yield fields of its rows, or constants",
            );
            checker.report(Diagnostic::new(&RELATION, value.span, message).help(help));
        }
    }
}

fn unnamed(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Named { body, .. } => unnamed(body),
        _ => expr,
    }
}

/// What a relation reads, each once, ascending.
fn read_by(relation: &Derived) -> Vec<FactId> {
    let mut facts: Vec<FactId> = relation
        .branches
        .iter()
        .flat_map(|branch| {
            let atoms = branch.atoms.iter().map(|atom| atom.fact);
            atoms.chain(beside_atoms(branch).into_iter().map(|(fact, _)| fact)).collect::<Vec<_>>()
        })
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// What a branch reads in conditions and values, with the place of each.
fn beside_atoms(branch: &Branch) -> Vec<(FactId, Span)> {
    let mut facts = Vec::new();
    for expr in exprs(branch) {
        expr.walk(&mut |expr| match &expr.kind {
            ExprKind::Some(rows)
            | ExprKind::Count { quantifier: rows, .. }
            | ExprKind::Aggregate { quantifier: rows, .. } => facts.push((rows.fact, rows.span)),
            ExprKind::Follow { fact, .. } | ExprKind::Covered { fact, .. } => facts.push((*fact, expr.span)),
            _ => {}
        });
    }
    facts
}

fn exprs(branch: &Branch) -> impl Iterator<Item = &Expr> {
    let atoms = branch.atoms.iter().flat_map(Quantifier::children);
    atoms.chain(&branch.condition).chain(&branch.yields)
}

/// Whether what a relation shows may depend on the moment by more than what it reads. What could not be read may be a state.
fn mentions_moment(relation: &Derived) -> bool {
    let mut found = !relation.whole;
    for expr in relation.branches.iter().flat_map(exprs) {
        expr.walk(&mut |expr| found |= expr.kind == ExprKind::Moment);
    }
    found
}

/// Visits all rows that branches read.
fn each_read(branches: &mut [Branch], visit: &mut impl FnMut(&mut Quantifier)) {
    for branch in branches {
        for atom in &mut branch.atoms {
            visit(atom);
            atom.children_mut().for_each(|expr| each_quantifier(expr, visit));
        }
        for expr in branch.condition.iter_mut().chain(&mut branch.yields) {
            each_quantifier(expr, visit);
        }
    }
}

fn each_quantifier(expr: &mut Expr, visit: &mut impl FnMut(&mut Quantifier)) {
    match &mut expr.kind {
        ExprKind::Some(rows)
        | ExprKind::Count { quantifier: rows, .. }
        | ExprKind::Aggregate { quantifier: rows, .. } => visit(rows),
        _ => {}
    }
    for child in expr.children_mut() {
        each_quantifier(child, visit);
    }
}

/// Makes a field of a relation as secret as the fields that it is made of; whether anything changed.
fn classify(checker: &mut Checker<'_>) -> bool {
    let program = &checker.program;
    let mut stricter = Vec::new();
    for relation in program.relations.values() {
        for branch in &relation.branches {
            for (field, value) in program.facts[relation.fact].fields.ids().zip(&branch.yields) {
                let class = shown::class(program, &branch.vars, value);
                if class > program.facts[relation.fact].fields[field].class {
                    stricter.push((relation.fact, field, class));
                }
            }
        }
    }
    for (fact, field, class) in &stricter {
        checker.program.to_mut().facts[*fact].fields[*field].class = *class;
    }
    !stricter.is_empty()
}
