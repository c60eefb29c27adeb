//! The positions over which an expression is evaluated, and the rows that its variables stand for at each.

use std::sync::Arc;

use jiff::Timestamp;
use kijun_ir::VarId;

use crate::View;

/// So many positions, and for each bound variable a row at each position.
#[derive(Debug, Clone)]
pub(super) struct Frame<'e> {
    len: usize,
    /// What `moment` means at all of them.
    pub(super) moment: Timestamp,
    bindings: Vec<Bound<'e>>,
}

/// A variable and its rows.
#[derive(Debug, Clone)]
pub(super) struct Bound<'e> {
    var: VarId,
    /// The fact as of the moment at which its rows are read.
    pub(super) view: Arc<View<'e>>,
    /// One row a position.
    pub(super) rows: Vec<u32>,
}

impl<'e> Frame<'e> {
    /// One position without variables: what concerns the organisation as a whole, and what is the same everywhere.
    pub(super) fn unit(moment: Timestamp) -> Self {
        Self { len: 1, moment, bindings: Vec::new() }
    }

    /// A position for each of the rows.
    pub(super) fn of_rows(moment: Timestamp, rows: Bound<'e>) -> Self {
        Self { len: rows.rows.len(), moment, bindings: vec![rows] }
    }

    /// The frame with a further variable, of which there is a row at each position.
    pub(super) fn with(mut self, bound: Bound<'e>) -> Self {
        debug_assert_eq!(self.len, bound.rows.len());
        self.bindings.push(bound);
        self
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn bound(&self, var: VarId) -> Option<&Bound<'e>> {
        self.bindings.iter().find(|bound| bound.var == var)
    }

    /// The frame at some of its positions, a position perhaps several times.
    pub(super) fn select(&self, positions: &[u32]) -> Self {
        let bindings = self.bindings.iter().map(|bound| bound.select(positions)).collect();
        Self { len: positions.len(), moment: self.moment, bindings }
    }

    /// A frame of pairs: a position of this frame and a row of `inner`. Of the variables of this frame, those of `kept` remain.
    pub(super) fn paired(&self, kept: &[VarId], positions: &[u32], inner: Bound<'e>) -> Self {
        let outer = self.bindings.iter().filter(|bound| kept.contains(&bound.var));
        let bindings = outer.map(|bound| bound.select(positions)).collect();
        Self { len: positions.len(), moment: self.moment, bindings }.with(inner)
    }
}

impl<'e> Bound<'e> {
    pub(super) fn new(var: VarId, view: &Arc<View<'e>>, rows: Vec<u32>) -> Self {
        Self { var, view: Arc::clone(view), rows }
    }

    fn select(&self, positions: &[u32]) -> Self {
        let rows = positions.iter().map(|position| self.rows[*position as usize]).collect();
        Self { var: self.var, view: Arc::clone(&self.view), rows }
    }
}
