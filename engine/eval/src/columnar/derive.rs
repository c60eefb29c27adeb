//! Derives the relations of one stratum: joins, and for circles the fixpoint, round by round over what is new (semi-naive).
//!
//! Abiteboul, Hull and Vianu, Foundations of Databases, chapter 13. A row is new when it is first found, and once more when what was only
//! possible is found to be sure.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use kijun_ir::{Branch, Cell, Expr, FactId, FactKind, RelationId};
use rustc_hash::FxHashMap;

use super::expr::value;
use super::frame::Frame;
use super::join::{Asked, Given, Join, is_varying};
use super::reads::{Asking, push_quantifiers};
use super::run::{Run, Strategy};
use super::truths::Truths;
use super::vector::Vector;
use crate::written::derived_cell;
use crate::{AsOf, Derivation, DerivedRow, Gap, Snapshot, View};

/// Derives the relations of a stratum as of a moment, one derivation a relation.
pub(crate) fn derive(snapshot: &Snapshot<'_>, group: &[RelationId], moment: Timestamp) -> Vec<Derivation> {
    derive_by(snapshot, group, moment, Strategy::Indexed)
}

pub(super) fn derive_by(
    snapshot: &Snapshot<'_>,
    group: &[RelationId],
    moment: Timestamp,
    strategy: Strategy,
) -> Vec<Derivation> {
    let run = Run::new(snapshot, strategy, quantifiers_of(snapshot, group));
    let mut circle = Circle {
        run: &run,
        unit: Frame::unit(moment),
        members: group.iter().map(|id| Member::new(*id, snapshot)).collect(),
        asked: Vec::new(),
    };
    circle.derive();
    circle.derivations(moment)
}

fn quantifiers_of<'r>(snapshot: &'r Snapshot<'_>, group: &[RelationId]) -> Vec<Asking<'r>> {
    let mut asking = Vec::new();
    for branch in group.iter().flat_map(|id| &snapshot.program.relations[*id].branches) {
        let moments = branch.atoms.iter().flat_map(|atom| &atom.at);
        let exprs: Vec<&Expr> = moments.chain(&branch.condition).chain(&branch.yields).collect();
        exprs.into_iter().for_each(|expr| push_quantifiers(expr, &mut asking));
    }
    asking
}

/// The rows that a row was derived from.
type Support = Vec<(FactId, u32)>;

/// The relations of a stratum, which may read each other.
#[derive(Debug)]
struct Circle<'q, 'r, 'e> {
    run: &'q Run<'r, 'e>,
    unit: Frame<'e>,
    members: Vec<Member>,
    /// By branch, what is missing of what was read as of moments that rows say.
    asked: Vec<BTreeSet<Gap>>,
}

/// A branch of one of the members.
#[derive(Debug, Clone, Copy)]
struct Part<'e> {
    member: usize,
    /// Its position among the branches of all members.
    position: usize,
    branch: &'e Branch,
}

/// A branch of which rows may be missing.
struct Lacking<'e> {
    part: Part<'e>,
    /// The atoms of which no row is missing, apart from those that read members.
    whole: Vec<usize>,
    /// What is missing, apart from what members lack.
    gaps: BTreeSet<Gap>,
}

/// A relation with its rows so far.
#[derive(Debug)]
struct Member {
    fact: FactId,
    rows: Vec<Row>,
    of_cells: FxHashMap<Arc<[Cell]>, usize>,
    /// The rows that are new in this round.
    new: Vec<usize>,
    gaps: BTreeSet<Gap>,
}

#[derive(Debug)]
struct Row {
    cells: Arc<[Cell]>,
    sure: bool,
    support: Support,
    /// The round in which it was new.
    round: usize,
}

impl<'e> Circle<'_, '_, 'e> {
    fn derive(&mut self) {
        let parts = self.parts();
        self.asked = parts.iter().map(|_| BTreeSet::new()).collect();
        let (within, without): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|part| !self.own_atoms(part.branch).is_empty());
        for part in without {
            self.join(part, &vec![None; part.branch.atoms.len()], None, 0);
        }
        let nonlinear = within.iter().any(|part| self.own_atoms(part.branch).len() > 1);
        let mut round = 1;
        // Once in any case, because of the moments as of which is asked on the way.
        while !within.is_empty() && (round == 1 || self.members.iter().any(|member| !member.new.is_empty())) {
            let all = if nonlinear { self.views(Member::all) } else { Vec::new() };
            let new = self.views(Member::take_new);
            for part in &within {
                for (at, given) in self.ways(part.branch, &new, &all) {
                    self.join(*part, &given, Some(at), round);
                }
            }
            round += 1;
        }
    }

    /// The branches of all members.
    fn parts(&self) -> Vec<Part<'e>> {
        let program = self.run.snapshot.program;
        let relations = self.members.iter().map(|member| match program.facts[member.fact].kind {
            FactKind::Relation(relation) => &program.relations[relation].branches[..],
            _ => &[],
        });
        let branches = relations
            .enumerate()
            .flat_map(|(member, branches)| branches.iter().map(move |branch| (member, branch)));
        let part = |(position, (member, branch))| Part { member, position, branch };
        branches.enumerate().map(part).collect()
    }

    /// The atoms of a branch that read members, each with the position of the member.
    fn own_atoms(&self, branch: &Branch) -> Vec<(usize, usize)> {
        let member = |fact| self.members.iter().position(|member| member.fact == fact);
        let atoms = branch.atoms.iter().enumerate();
        atoms.filter_map(|(at, atom)| Some((at, member(atom.fact)?))).collect()
    }

    /// The ways in which a branch may find something new: one of the atoms that read members reads only what is new, the others all there is.
    fn ways(
        &self,
        branch: &Branch,
        new: &[Arc<View<'e>>],
        all: &[Arc<View<'e>>],
    ) -> Vec<(usize, Vec<Option<Arc<View<'e>>>>)> {
        let own = self.own_atoms(branch);
        let way = |(at, of): &(usize, usize)| {
            let mut given = vec![None; branch.atoms.len()];
            for (other, of) in &own {
                given[*other] = all.get(*of).cloned();
            }
            given[*at] = Some(Arc::clone(&new[*of]));
            (*at, given)
        };
        own.iter().map(way).collect()
    }

    /// What some of the rows of each member show.
    fn views(&mut self, some: fn(&mut Member) -> Derivation) -> Vec<Arc<View<'e>>> {
        let snapshot = self.run.snapshot;
        let view = |member: &mut Member| Arc::new(snapshot.derived(member.fact, some(member)));
        self.members.iter_mut().map(view).collect()
    }

    /// Adds what a branch yields.
    fn join(&mut self, part: Part<'e>, given: &Given<'e>, first: Option<usize>, round: usize) {
        let Part { branch, position, .. } = part;
        let run = self.run;
        let member = &mut self.members[part.member];
        let mut asked = Asked::default();
        Join::new(run, branch, given, first).run(&self.unit, &mut asked, &mut |frame, truths| {
            member.add(run, branch, frame, truths, round);
        });
        self.asked[position].extend(asked.gaps);
    }

    fn derivations(mut self, moment: Timestamp) -> Vec<Derivation> {
        let lacking = self.lacking(moment);
        for branch in &lacking {
            self.members[branch.part.member].gaps.extend(branch.gaps.iter().cloned());
        }
        self.pass_gaps_on(&lacking);
        let derivation = |mut member: Member| {
            let gaps = std::mem::take(&mut member.gaps);
            Derivation { gaps: gaps.into_iter().collect(), ..member.all() }
        };
        self.members.into_iter().map(derivation).collect()
    }

    /// The branches of which rows may be missing: something is missing of what they read, and what is whole of it does not show that they
    /// have no row. Whether a member is whole depends on these branches, so that they are added to none until no further one is found.
    fn lacking(&mut self, moment: Timestamp) -> Vec<Lacking<'e>> {
        let views = self.views(Member::all);
        let mut open: Vec<Lacking<'e>> =
            self.parts().into_iter().map(|part| self.read_by(part, moment)).collect();
        let mut lacking: Vec<Lacking<'e>> = Vec::new();
        loop {
            let lacks = |member: usize| lacking.iter().any(|branch| branch.part.member == member);
            let (found, rest): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|branch| self.may_lack_rows(branch, &views, lacks));
            if found.is_empty() {
                return lacking;
            }
            lacking.extend(found);
            open = rest;
        }
    }

    /// What a branch reads apart from members: of which atoms all rows are there, and what is missing of the others.
    fn read_by(&self, part: Part<'e>, moment: Timestamp) -> Lacking<'e> {
        let Part { branch, position, .. } = part;
        let (mut whole, mut gaps) = (Vec::new(), self.asked[position].clone());
        for (at, atom) in branch.atoms.iter().enumerate() {
            if is_varying(atom) || self.has(atom.fact) {
                continue;
            }
            let as_of = if atom.at.is_some() { AsOf::Moment(moment) } else { AsOf::Today };
            let missing = self.run.snapshot.atom_gaps(branch, atom, as_of);
            whole.extend(missing.is_empty().then_some(at));
            gaps.extend(missing);
        }
        Lacking { part, whole, gaps }
    }

    fn may_lack_rows(
        &self,
        lacking: &Lacking<'e>,
        views: &[Arc<View<'e>>],
        lacks: impl Fn(usize) -> bool,
    ) -> bool {
        let branch = lacking.part.branch;
        let own = self.own_atoms(branch);
        if lacking.gaps.is_empty() && !own.iter().any(|(_, member)| lacks(*member)) {
            return false;
        }
        let mut whole = lacking.whole.clone();
        let mut given = vec![None; branch.atoms.len()];
        for (at, member) in own.into_iter().filter(|(_, member)| !lacks(*member)) {
            whole.push(at);
            given[at] = Some(Arc::clone(&views[member]));
        }
        !Join::of_atoms(self.run, branch, &given, whole, None).is_empty(&self.unit)
    }

    /// Where a member may lack rows, so may those that read it.
    fn pass_gaps_on(&mut self, lacking: &[Lacking<'e>]) {
        let reads: Vec<(usize, usize)> = lacking
            .iter()
            .flat_map(|branch| {
                let own = self.own_atoms(branch.part.branch).into_iter();
                own.map(|(_, read)| (branch.part.member, read))
            })
            .collect();
        for _ in 0..self.members.len() {
            for (member, read) in &reads {
                let gaps = self.members[*read].gaps.clone();
                self.members[*member].gaps.extend(gaps);
            }
        }
    }

    fn has(&self, fact: FactId) -> bool {
        self.members.iter().any(|member| member.fact == fact)
    }
}

impl Member {
    fn new(id: RelationId, snapshot: &Snapshot<'_>) -> Self {
        Self {
            fact: snapshot.program.relations[id].fact,
            rows: Vec::new(),
            of_cells: FxHashMap::default(),
            new: Vec::new(),
            gaps: BTreeSet::new(),
        }
    }

    /// Adds what a branch yields for combinations of rows.
    fn add<'r, 'e>(
        &mut self,
        run: &Run<'r, 'e>,
        branch: &'r Branch,
        frame: &Frame<'e>,
        truths: &Truths,
        round: usize,
    ) {
        let texts = &run.snapshot.texts;
        let yields: Vec<Vector> = branch.yields.iter().map(|expr| value(run, frame, expr)).collect();
        let mut cells = Vec::new();
        for at in 0..frame.len() {
            cells.clear();
            cells.extend(yields.iter().map(|vector| derived_cell(vector.cell(at, texts))));
            let sure = truths.sure.get(at) && !cells.contains(&Cell::Unknown);
            self.add_row(&cells, sure, round, || support(run, branch, frame, at));
        }
    }

    fn add_row(&mut self, cells: &[Cell], sure: bool, round: usize, support: impl FnOnce() -> Support) {
        let Some(at) = self.of_cells.get(cells).copied() else {
            let cells: Arc<[Cell]> = Arc::from(cells);
            self.of_cells.insert(Arc::clone(&cells), self.rows.len());
            self.new.push(self.rows.len());
            self.rows.push(Row { cells, sure, support: support(), round });
            return;
        };
        let row = &mut self.rows[at];
        if sure && !row.sure {
            if row.round != round {
                self.new.push(at);
            }
            (row.sure, row.round, row.support) = (true, round, support());
        } else if row.round == round && row.sure == sure {
            let support = support();
            if support < row.support {
                row.support = support;
            }
        }
    }

    fn all(&mut self) -> Derivation {
        Derivation { rows: self.rows.iter().map(Row::derived).collect(), gaps: Vec::new() }
    }

    /// The rows that are new since this was last asked.
    fn take_new(&mut self) -> Derivation {
        let new = std::mem::take(&mut self.new);
        Derivation { rows: new.iter().map(|at| self.rows[*at].derived()).collect(), gaps: Vec::new() }
    }
}

impl Row {
    fn derived(&self) -> DerivedRow {
        DerivedRow { cells: self.cells.to_vec(), sure: self.sure, support: self.support.clone() }
    }
}

/// The rows of evidence, tables and the calendar that a combination rests on, relations looked through; ascending, each once.
fn support(run: &Run<'_, '_>, branch: &Branch, frame: &Frame<'_>, at: usize) -> Support {
    let mut support = Support::new();
    for atom in &branch.atoms {
        let Some(bound) = frame.bound(atom.var) else { continue };
        let row = bound.rows[at];
        match run.snapshot.program.facts[atom.fact].kind {
            FactKind::Relation(_) => support.extend_from_slice(bound.view.support(row)),
            _ => support.push((atom.fact, row)),
        }
    }
    support.sort_unstable();
    support.dedup();
    support
}
