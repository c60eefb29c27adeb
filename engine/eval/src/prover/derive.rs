//! Derives relations by trying every combination of rows, again and again until nothing new comes.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use kijun_ir::{Branch, Cell, Expr, ExprKind, FactId, FactKind, Quantifier, RelationId, Truth, conjuncts};
use rustc_hash::FxHashMap;

use super::scene::{Bound, Scene, Watch};
use crate::written::derived_cell;
use crate::{AsOf, Derivation, DerivedRow, Gap, Snapshot, View};

/// The rows of the relations of one stratum as of a moment, one derivation a relation, in order.
///
/// Each round joins the rows of the round before, so that what a row rests on is the least of its shortest ways: of the sure ones,
/// of the possible ones where none is sure. It ends because no yield of a circle makes a new cell.
pub(crate) fn derive(snapshot: &Snapshot<'_>, group: &[RelationId], moment: Timestamp) -> Vec<Derivation> {
    derive_watched(snapshot, group, moment, None)
}

/// Derives again whatever relations have been derived of a snapshot, and calls `watch` with each condition each time that it is
/// evaluated. Of conditions that must all hold for a row, those behind the first that does not are not evaluated.
pub fn watch_derivations(snapshot: &Snapshot<'_>, watch: &mut Watch<'_>) {
    for (group, moment) in snapshot.derivations() {
        derive_watched(snapshot, &group, moment, Some(&mut *watch));
    }
}

fn derive_watched<'a>(
    snapshot: &'a Snapshot<'_>,
    group: &'a [RelationId],
    moment: Timestamp,
    watch: Option<&'a mut Watch<'a>>,
) -> Vec<Derivation> {
    let mut circle = Circle {
        snapshot,
        group,
        moment,
        watch,
        rows: group.iter().map(|_| Rows::default()).collect(),
        asked: BTreeSet::new(),
    };
    while circle.grow() {}
    let gaps = circle.gaps();
    let rows = circle.rows.into_iter().map(Rows::into_derived);
    rows.zip(gaps).map(|(rows, gaps)| Derivation { rows, gaps }).collect()
}

/// The relations that are derived together.
struct Circle<'a, 'e> {
    snapshot: &'a Snapshot<'e>,
    group: &'a [RelationId],
    moment: Timestamp,
    watch: Option<&'a mut Watch<'a>>,
    /// What is derived so far, by member.
    rows: Vec<Rows>,
    /// As of when which atoms were read: by member, branch and atom.
    asked: BTreeSet<(usize, usize, usize, AsOf)>,
}

/// Rows of one relation, each once.
#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    by_cells: FxHashMap<Arc<[Cell]>, usize>,
}

#[derive(Clone)]
struct Row {
    cells: Arc<[Cell]>,
    sure: bool,
    support: Vec<(FactId, u32)>,
}

impl Rows {
    /// Adds a row; of equal ones the better stays, as `better` has it. Whether anything changed.
    fn offer(&mut self, row: Row, better: fn(&Row, &Row) -> bool) -> bool {
        match self.by_cells.get(&row.cells) {
            None => {
                self.by_cells.insert(Arc::clone(&row.cells), self.rows.len());
                self.rows.push(row);
                true
            }
            Some(position) => {
                let known = &mut self.rows[*position];
                let changed = better(&row, known);
                if changed {
                    *known = row;
                }
                changed
            }
        }
    }

    fn into_derived(self) -> Vec<DerivedRow> {
        let rows = self.rows.into_iter();
        rows.map(|row| DerivedRow { cells: row.cells.to_vec(), sure: row.sure, support: row.support })
            .collect()
    }
}

impl Row {
    /// Whether it is sure where the other is only possible.
    fn is_surer(&self, other: &Row) -> bool {
        self.sure && !other.sure
    }

    /// Whether it is the one to keep of those of one round.
    fn is_better(&self, other: &Row) -> bool {
        self.is_surer(other) || (self.sure == other.sure && self.support < other.support)
    }
}

impl Circle<'_, '_> {
    /// Derives what follows from the rows so far; whether there is more to come.
    fn grow(&mut self) -> bool {
        let found: Vec<Rows> = (0..self.group.len()).map(|member| self.join(member)).collect();
        let mut changed = false;
        for (known, found) in self.rows.iter_mut().zip(found) {
            for row in found.rows {
                changed |= known.offer(row, Row::is_surer);
            }
        }
        changed && self.reads_itself()
    }

    /// Whether any member reads a member.
    fn reads_itself(&self) -> bool {
        (0..self.group.len()).any(|member| !self.members_read(member).is_empty())
    }

    fn branches(&self, member: usize) -> &[Branch] {
        &self.snapshot.program.relations[self.group[member]].branches
    }

    /// The members that a member reads.
    fn members_read(&self, member: usize) -> Vec<usize> {
        let atoms = self.branches(member).iter().flat_map(|branch| &branch.atoms);
        atoms.filter_map(|atom| self.member(atom.fact)).collect()
    }

    /// The member whose rows are those of a fact.
    fn member(&self, fact: FactId) -> Option<usize> {
        let FactKind::Relation(relation) = self.snapshot.program.facts[fact].kind else { return None };
        self.group.iter().position(|member| *member == relation)
    }

    /// All branches of a member over the rows so far.
    fn join(&mut self, member: usize) -> Rows {
        let mut found = Rows::default();
        let mut asked = BTreeSet::new();
        let mut watch = self.watch.take();
        for (index, branch) in self.branches(member).iter().enumerate() {
            let mut scene = Scene::new(self.snapshot, &branch.vars, self.moment);
            if let Some(watch) = &mut watch {
                scene = scene.watched(&mut **watch);
            }
            let mut join = Join {
                circle: self,
                branch,
                checks: checks(branch, &(0..branch.atoms.len()).collect::<Vec<_>>()),
                scene,
                found: &mut found,
                asked: BTreeSet::new(),
            };
            join.ask_beforehand();
            join.extend(0, Truth::True, &[]);
            asked.extend(join.asked.into_iter().map(|(atom, as_of)| (member, index, atom, as_of)));
        }
        self.watch = watch;
        self.asked.extend(asked);
        found
    }

    /// Why rows may be missing, by member: what the atoms of its branches lack, and what the members that these read lack. A branch of which
    /// the atoms that lack nothing have no rows that go together has no row, whatever comes, and so lacks nothing.
    fn gaps(&self) -> Vec<Vec<Gap>> {
        let mut gaps: Vec<BTreeSet<Gap>> = self.group.iter().map(|_| BTreeSet::new()).collect();
        // Members lack nothing until it is found that they do: a chain has no link without a first one.
        loop {
            let before = gaps.clone();
            for (member, gaps) in gaps.iter_mut().enumerate() {
                let branches = 0..self.branches(member).len();
                gaps.extend(branches.flat_map(|index| self.gaps_of_branch(member, index, &before)));
            }
            if gaps == before {
                return gaps.into_iter().map(|gaps| gaps.into_iter().collect()).collect();
            }
        }
    }

    /// What a branch lacks, given what the members lack.
    fn gaps_of_branch(&self, member: usize, index: usize, of_members: &[BTreeSet<Gap>]) -> BTreeSet<Gap> {
        let branch = &self.branches(member)[index];
        let mut of_atoms: Vec<BTreeSet<Gap>> = branch.atoms.iter().map(|_| BTreeSet::new()).collect();
        for (_, _, atom, as_of) in self.asked.iter().filter(|asked| (asked.0, asked.1) == (member, index)) {
            of_atoms[*atom].extend(self.snapshot.atom_gaps(branch, &branch.atoms[*atom], *as_of));
        }
        for (gaps, atom) in of_atoms.iter_mut().zip(&branch.atoms) {
            gaps.extend(self.member(atom.fact).iter().flat_map(|read| of_members[*read].iter().cloned()));
        }
        let is_whole = |atom: &usize| {
            of_atoms[*atom].is_empty()
                && (self.member(branch.atoms[*atom].fact).is_some() || is_at_one_moment(&branch.atoms[*atom]))
        };
        let whole: Vec<usize> = (0..branch.atoms.len()).filter(is_whole).collect();
        let gaps: BTreeSet<Gap> = of_atoms.into_iter().flatten().collect();
        if gaps.is_empty() || self.go_together(branch, &whole) { gaps } else { BTreeSet::new() }
    }

    /// The rows that an atom may stand for as of the moment that it says.
    fn rows_of<'e>(&self, scene: &mut Scene<'_, 'e>, atom: &Quantifier) -> Vec<Bound<'e>> {
        if let Some(member) = self.member(atom.fact) {
            return self.rows[member].rows.iter().map(|row| Bound::Cells(Arc::clone(&row.cells))).collect();
        }
        let as_of = scene.as_of(atom.at.as_ref()).0;
        let view = scene.snapshot.view(atom.fact, as_of).into_iter();
        view.flat_map(|view| {
            let rows = view.rows().to_vec().into_iter();
            rows.map(move |row| Bound::Row(Arc::clone(&view), row, as_of))
        })
        .collect()
    }

    /// Whether these atoms have rows that go together, or may, by the conditions that read no other atom.
    fn go_together(&self, branch: &Branch, atoms: &[usize]) -> bool {
        let mut scene = Scene::new(self.snapshot, &branch.vars, self.moment);
        self.any_go_together(&mut scene, branch, atoms, &checks(branch, atoms))
    }

    fn any_go_together(
        &self,
        scene: &mut Scene<'_, '_>,
        branch: &Branch,
        atoms: &[usize],
        checks: &[Vec<&Expr>],
    ) -> bool {
        let Some((now, later)) = checks.split_first() else { return true };
        if now.iter().any(|check| scene.condition(check).truth == Truth::False) {
            return false;
        }
        let Some((atom, atoms)) = atoms.split_first() else { return true };
        let atom = &branch.atoms[*atom];
        self.rows_of(scene, atom).into_iter().any(|row| {
            scene.bind(atom.var, row);
            self.any_go_together(scene, branch, atoms, later)
        })
    }
}

/// One branch while its atoms are bound one after the other.
struct Join<'j, 'a, 'e> {
    circle: &'j Circle<'a, 'e>,
    branch: &'j Branch,
    /// The conditions that can be decided when so many atoms are bound.
    checks: Vec<Vec<&'j Expr>>,
    scene: Scene<'j, 'e>,
    found: &'j mut Rows,
    /// Which atoms were read, as of when.
    asked: BTreeSet<(usize, AsOf)>,
}

impl Join<'_, '_, '_> {
    /// Atoms that are read as of one moment are asked whether or not the atoms before them have rows.
    fn ask_beforehand(&mut self) {
        for (index, atom) in self.branch.atoms.iter().enumerate() {
            if self.circle.member(atom.fact).is_none() && is_at_one_moment(atom) {
                let as_of = self.scene.as_of(atom.at.as_ref()).0;
                self.asked.insert((index, as_of));
            }
        }
    }

    /// Binds the atoms from `depth` on in all ways.
    fn extend(&mut self, depth: usize, truth: Truth, support: &[(FactId, u32)]) {
        let mut truth = truth;
        for check in &self.checks[depth] {
            truth = truth.and(self.scene.condition(check).truth);
            if truth == Truth::False {
                return;
            }
        }
        let Some(atom) = self.branch.atoms.get(depth) else {
            self.yield_row(truth, support);
            return;
        };
        match self.circle.member(atom.fact) {
            Some(member) => self.extend_by_member(depth, member, truth, support),
            None => self.extend_by_view(depth, truth, support),
        }
        self.scene.unbind(atom.var);
    }

    fn extend_by_member(&mut self, depth: usize, member: usize, truth: Truth, support: &[(FactId, u32)]) {
        for row in &self.circle.rows[member].rows {
            self.scene.bind(self.branch.atoms[depth].var, Bound::Cells(Arc::clone(&row.cells)));
            let there = if row.sure { Truth::True } else { Truth::Unknown };
            self.extend(depth + 1, truth.and(there), &[support, &row.support].concat());
        }
    }

    fn extend_by_view(&mut self, depth: usize, truth: Truth, support: &[(FactId, u32)]) {
        let atom = &self.branch.atoms[depth];
        let as_of = self.scene.as_of(atom.at.as_ref()).0;
        self.asked.insert((depth, as_of));
        let snapshot = self.circle.snapshot;
        let Some(view) = snapshot.view(atom.fact, as_of) else { return };
        for row in view.rows() {
            self.scene.bind(atom.var, Bound::Row(Arc::clone(&view), *row, as_of));
            let rests_on = support_of(snapshot, atom.fact, &view, *row);
            self.extend(depth + 1, truth.and(view.truth(*row)), &[support, &rests_on].concat());
        }
    }

    /// The row that the bound atoms make.
    fn yield_row(&mut self, truth: Truth, support: &[(FactId, u32)]) {
        let yields = self.branch.yields.iter();
        let cells: Vec<Cell> = yields.map(|expr| derived_cell(self.scene.value(expr).cell)).collect();
        let mut support = support.to_vec();
        support.sort_unstable();
        support.dedup();
        let sure = truth == Truth::True && !cells.contains(&Cell::Unknown);
        self.found.offer(Row { cells: cells.into(), sure, support }, Row::is_better);
    }
}

/// Whether an atom is read as of the same moment whatever the rows.
fn is_at_one_moment(atom: &Quantifier) -> bool {
    atom.at.as_ref().is_none_or(|at| matches!(at.kind, ExprKind::Moment))
}

/// The rows that are no derived ones on which a row rests: those of its own derivation, or itself.
pub(super) fn support_of(
    snapshot: &Snapshot<'_>,
    fact: FactId,
    view: &View<'_>,
    row: u32,
) -> Vec<(FactId, u32)> {
    match snapshot.program.facts[fact].kind {
        FactKind::Relation(_) => view.support(row).to_vec(),
        _ => vec![(fact, row)],
    }
}

/// The conditions of a branch that read no other than these of its atoms, by how many of them must be bound before they can be decided.
fn checks<'b>(branch: &'b Branch, atoms: &[usize]) -> Vec<Vec<&'b Expr>> {
    let mut checks = vec![Vec::new(); atoms.len() + 1];
    let reads = |conjunct: &Expr, atom: usize| conjunct.mentions(branch.atoms[atom].var);
    for conjunct in branch.condition.iter().flat_map(conjuncts) {
        let reads_other = (0..branch.atoms.len()).any(|atom| !atoms.contains(&atom) && reads(conjunct, atom));
        let last = atoms.iter().rposition(|atom| reads(conjunct, *atom));
        if !reads_other {
            checks[last.map_or(0, |last| last + 1)].push(conjunct);
        }
    }
    checks
}
