//! The ways in which the rows of a branch's atoms go together: a join, atom by atom, that leaves out what surely fails.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use kijun_ir::{Branch, Expr, ExprKind, Program, Quantifier, Truth, VarId, conjuncts};
use rustc_hash::FxHashMap;

use super::candidates::{Segment, blocks};
use super::expr::{conjunction, value};
use super::frame::{Bound, Frame};
use super::index::KeyIndex;
use super::plan::truths_of_rows;
use super::reads::{free_vars, has_quantifier};
use super::run::{Run, Strategy};
use super::shape::{Equality, equalities};
use super::truths::Truths;
use super::vector::Vector;
use super::views::{Group, Moments, address};
use crate::{AsOf, Gap, View};

/// The rows that atoms read, where they do not read what the snapshot shows: those of the members of a circle so far.
pub(super) type Given<'e> = [Option<Arc<View<'e>>>];

/// How a branch is joined.
#[derive(Debug)]
pub(super) struct Join<'q, 'r, 'e> {
    run: &'q Run<'r, 'e>,
    /// The conjuncts that read no row.
    constant: Vec<&'r Expr>,
    steps: Vec<Step<'r, 'e>>,
}

/// One atom.
#[derive(Debug)]
struct Step<'r, 'e> {
    atom: &'r Quantifier,
    given: Option<Arc<View<'e>>>,
    equalities: Vec<Equality<'r>>,
    /// The index of what is given, if there are equalities.
    index: Option<Arc<KeyIndex<'e>>>,
    /// The conjuncts that are evaluated once its row is there.
    conjuncts: Vec<&'r Expr>,
}

/// What was read as of moments that rows say.
#[derive(Debug, Default)]
pub(super) struct Asked<'e> {
    views: FxHashMap<usize, Arc<View<'e>>>,
    /// What is missing of it.
    pub(super) gaps: BTreeSet<Gap>,
}

/// Whether rows say as of when an atom is read.
pub(super) fn is_varying(atom: &Quantifier) -> bool {
    atom.at.as_ref().is_some_and(|at| !matches!(at.kind, ExprKind::Moment))
}

impl<'q, 'r, 'e> Join<'q, 'r, 'e> {
    /// Joins the atoms of a branch, some of which are given; `first` should come first.
    pub(super) fn new(
        run: &'q Run<'r, 'e>,
        branch: &'r Branch,
        given: &Given<'e>,
        first: Option<usize>,
    ) -> Self {
        Self::of_atoms(run, branch, given, (0..branch.atoms.len()).collect(), first)
    }

    /// Joins these atoms of a branch alone, by the conjuncts that read no other.
    pub(super) fn of_atoms(
        run: &'q Run<'r, 'e>,
        branch: &'r Branch,
        given: &Given<'e>,
        atoms: Vec<usize>,
        first: Option<usize>,
    ) -> Self {
        let program = run.snapshot.program;
        let mut pending: Vec<&Expr> = branch.condition.iter().flat_map(conjuncts).collect();
        let exhaustive = run.strategy != Strategy::Indexed;
        // As of which moments is asked depends on what was left out before: with such atoms it is done as written.
        let at_once = atoms.iter().any(|at| is_varying(&branch.atoms[*at]));
        let order = match exhaustive || at_once {
            true => atoms,
            false => order(program, branch, atoms, &pending, first),
        };
        let mut bound = Vec::new();
        let constant = take_ready(&mut pending, &bound, true);
        let mut steps = Vec::new();
        for (done, at) in (1..).zip(&order) {
            let atom = &branch.atoms[*at];
            bound.push(atom.var);
            let conjuncts = take_ready(&mut pending, &bound, at_once || done == order.len());
            let equalities = if exhaustive { Vec::new() } else { keys(program, atom, &conjuncts) };
            let given = given[*at].clone();
            let fields: Vec<_> = equalities.iter().map(|equality| equality.field).collect();
            let index = given.as_ref().filter(|_| !fields.is_empty());
            let index = index.map(|view| Arc::new(KeyIndex::new(view, &fields)));
            steps.push(Step { atom, given, equalities, index, conjuncts });
        }
        Self { run, constant, steps }
    }

    /// Hands on the combinations that do not surely fail, block by block. `unit` has one position and no variables.
    pub(super) fn run(
        &self,
        unit: &Frame<'e>,
        asked: &mut Asked<'e>,
        found: &mut impl FnMut(&Frame<'e>, &Truths),
    ) {
        let every = self.search(unit, asked, &mut |frame, truths| {
            found(frame, truths);
            ControlFlow::Continue(())
        });
        debug_assert!(every.is_continue(), "nothing ends the search");
    }

    /// Whether every combination surely fails.
    pub(super) fn is_empty(&self, unit: &Frame<'e>) -> bool {
        self.search(unit, &mut Asked::default(), &mut |_, _| ControlFlow::Break(())).is_continue()
    }

    fn search(
        &self,
        unit: &Frame<'e>,
        asked: &mut Asked<'e>,
        found: &mut impl FnMut(&Frame<'e>, &Truths) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let truths = conjunction(self.run, unit, Truths::uniform(unit.len(), Truth::True), &self.constant);
        self.go_on(&self.steps, unit, &truths, asked, found)
    }

    /// Leaves out what surely fails and joins the next atom.
    fn go_on(
        &self,
        steps: &[Step<'r, 'e>],
        frame: &Frame<'e>,
        truths: &Truths,
        asked: &mut Asked<'e>,
        found: &mut impl FnMut(&Frame<'e>, &Truths) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let left = truths.no.not().positions();
        if left.is_empty() {
            return ControlFlow::Continue(());
        }
        let (frame, truths) = (frame.select(&left), truths.select(&left));
        let Some((step, rest)) = steps.split_first() else {
            return found(&frame, &truths);
        };
        for group in step.groups(self.run, &frame, asked) {
            let Some(view) = &group.view else { continue };
            let there = group.positions.as_ref().map_or(truths.clone(), |positions| truths.select(positions));
            let frame = group.frame(&frame);
            let index = step.index_of(self.run, view);
            let segments = step.segments(self.run, &frame, view, index.as_deref());
            for block in blocks(&segments) {
                let (positions, rows) = pairs(&block);
                let there = there.select(&positions).and(&truths_of_rows(view, &rows));
                let frame = frame.select(&positions).with(Bound::new(step.atom.var, view, rows));
                let truths = conjunction(self.run, &frame, there, &step.conjuncts);
                self.go_on(rest, &frame, &truths, asked, found)?;
            }
        }
        ControlFlow::Continue(())
    }
}

impl<'r, 'e> Step<'r, 'e> {
    /// What the atom reads at the positions of a frame.
    fn groups(&self, run: &Run<'r, 'e>, frame: &Frame<'e>, asked: &mut Asked<'e>) -> Vec<Group<'e>> {
        if let Some(given) = &self.given {
            return vec![Group { view: Some(Arc::clone(given)), as_of: AsOf::Today, positions: None }];
        }
        let groups = Moments::of(run, frame, self.atom.at.as_ref()).groups(run, self.atom.fact);
        if is_varying(self.atom) {
            groups.iter().for_each(|group| asked.add(self.atom, group));
        }
        groups
    }

    fn index_of(&self, run: &Run<'r, 'e>, view: &Arc<View<'e>>) -> Option<Arc<KeyIndex<'e>>> {
        if self.given.is_some() || self.equalities.is_empty() {
            return self.index.clone();
        }
        let fields: Vec<_> = self.equalities.iter().map(|equality| equality.field).collect();
        Some(run.index(view, &fields))
    }

    /// The rows to be tried at each position.
    fn segments<'p>(
        &self,
        run: &Run<'r, 'e>,
        frame: &Frame<'e>,
        view: &'p View<'e>,
        index: Option<&'p KeyIndex<'e>>,
    ) -> Vec<Segment<'p>> {
        let probes: Vec<Vector> =
            self.equalities.iter().map(|equality| value(run, frame, equality.probe)).collect();
        let keys = index.map(|index| index.probes(&probes, frame.len()));
        let mut segments = Vec::new();
        for position in 0..frame.len() {
            let at = u32::try_from(position).unwrap_or(u32::MAX);
            let mut push = |rows: &'p [u32]| {
                segments.extend((!rows.is_empty()).then_some(Segment { position: at, rows }));
            };
            match (index, keys.as_ref().and_then(|keys| keys[position])) {
                (Some(index), Some(key)) => {
                    index.group(key).into_iter().for_each(|group| push(index.rows_of(group)));
                    push(&index.loose);
                }
                _ => push(view.rows()),
            }
        }
        segments
    }
}

impl<'e> Asked<'e> {
    fn add(&mut self, atom: &Quantifier, group: &Group<'e>) {
        let Some(view) = &group.view else {
            self.gaps.insert(group.as_of.nothing_of(atom.fact));
            return;
        };
        let gaps = &mut self.gaps;
        self.views.entry(address(view)).or_insert_with(|| {
            gaps.extend(view.gaps().iter().cloned());
            Arc::clone(view)
        });
    }
}

/// The order in which atoms are joined: each as early as an equality leads to its rows.
fn order(
    program: &Program,
    branch: &Branch,
    atoms: Vec<usize>,
    conjuncts: &[&Expr],
    first: Option<usize>,
) -> Vec<usize> {
    let mut left = atoms;
    let (mut order, mut bound) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let is_led_to = |at: &usize| {
            let atom = &branch.atoms[*at];
            let with = |expr: &&&Expr| {
                let vars = free_vars(expr);
                vars.iter().all(|var| *var == atom.var || bound.contains(var))
            };
            let ready: Vec<&Expr> = conjuncts.iter().filter(with).copied().collect();
            !keys(program, atom, &ready).is_empty()
        };
        let first = first.filter(|_| order.is_empty());
        let next = left.iter().position(|at| first.map_or_else(|| is_led_to(at), |first| *at == first));
        let next = left.remove(next.unwrap_or(0));
        bound.push(branch.atoms[next].var);
        order.push(next);
    }
    order
}

fn keys<'r>(program: &Program, atom: &Quantifier, conjuncts: &[&'r Expr]) -> Vec<Equality<'r>> {
    let fields = &program.facts[atom.fact].fields;
    equalities(conjuncts, atom.var, |field| fields.get(field).map(|field| field.ty.kind))
}

/// Takes out the conjuncts that read only these variables; those that ask quantifiers only where they are wanted.
fn take_ready<'r>(pending: &mut Vec<&'r Expr>, bound: &[VarId], costly: bool) -> Vec<&'r Expr> {
    let is_ready = |expr: &&Expr| {
        free_vars(expr).iter().all(|var| bound.contains(var)) && (costly || !has_quantifier(expr))
    };
    let (ready, later) = pending.iter().partition(|expr| is_ready(expr));
    *pending = later;
    ready
}

fn pairs(block: &[Segment<'_>]) -> (Vec<u32>, Vec<u32>) {
    let (mut positions, mut rows) = (Vec::new(), Vec::new());
    for segment in block {
        rows.extend_from_slice(segment.rows);
        positions.resize(rows.len(), segment.position);
    }
    (positions, rows)
}
