//! The positions over which an expression is evaluated, and the rows that its variables stand for at each.

use kijun_ir::{FactId, VarId};

/// So many positions, and for each bound variable a row at each position.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    len: usize,
    bindings: Vec<Bound>,
}

/// A variable and its rows.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    var: VarId,
    /// The fact whose rows they are.
    pub(super) fact: FactId,
    /// One row a position.
    pub(super) rows: Vec<u32>,
}

impl Frame {
    /// One position without variables: what concerns the organisation as a whole, and what is the same everywhere.
    pub(super) fn unit() -> Self {
        Self { len: 1, bindings: Vec::new() }
    }

    /// A position for each of the rows.
    pub(super) fn of_rows(var: VarId, fact: FactId, rows: Vec<u32>) -> Self {
        Self { len: rows.len(), bindings: vec![Bound { var, fact, rows }] }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn bound(&self, var: VarId) -> Option<&Bound> {
        self.bindings.iter().find(|bound| bound.var == var)
    }

    /// The frame at some of its positions, a position perhaps several times.
    pub(super) fn select(&self, positions: &[u32]) -> Self {
        let bindings = self.bindings.iter().map(|bound| bound.select(positions)).collect();
        Self { len: positions.len(), bindings }
    }

    /// A frame of pairs: a position of this frame and a row of `inner`. Of the variables of this frame, those of `kept` remain.
    pub(super) fn paired(&self, kept: &[VarId], positions: &[u32], inner: Bound) -> Self {
        let outer = self.bindings.iter().filter(|bound| kept.contains(&bound.var));
        let mut bindings: Vec<Bound> = outer.map(|bound| bound.select(positions)).collect();
        bindings.push(inner);
        Self { len: positions.len(), bindings }
    }
}

impl Bound {
    pub(super) fn new(var: VarId, fact: FactId, rows: Vec<u32>) -> Self {
        Self { var, fact, rows }
    }

    fn select(&self, positions: &[u32]) -> Self {
        let rows = positions.iter().map(|position| self.rows[*position as usize]).collect();
        Self { rows, ..*self }
    }
}
