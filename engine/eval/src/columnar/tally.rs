//! How many rows satisfy a condition, and what follows for a comparison of their number.

use kijun_ir::{CompareOp, Truth};

/// How many rows satisfy a condition: at least `sure`, of those that are there at most `possible`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) sure: usize,
    pub(super) possible: usize,
}

impl Tally {
    /// What is possible where no number is the greatest.
    pub(super) const MANY: usize = usize::MAX;

    pub(super) fn add(&mut self, other: Tally) {
        self.sure += other.sure;
        self.possible = self.possible.saturating_add(other.possible);
    }
}

/// The question put to the number of rows: how it compares with `bound`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison {
    pub(super) op: CompareOp,
    pub(super) bound: i64,
}

impl Comparison {
    /// Whether there is any row at all.
    pub(super) const ANY: Self = Self { op: CompareOp::Ge, bound: 1 };

    /// The answer for every number from `least` to `most`, without upper end where `None`.
    pub(super) fn among(self, least: usize, most: Option<usize>) -> Truth {
        let (least, most, bound) =
            (least as i128, most.map_or(i128::MAX, |most| most as i128), i128::from(self.bound));
        let below = || truth(most < bound, least >= bound);
        let up_to = || truth(most <= bound, least > bound);
        let equal = || truth(least == bound && most == bound, bound < least || most < bound);
        match self.op {
            CompareOp::Eq => equal(),
            CompareOp::Ne => equal().not(),
            CompareOp::Lt => below(),
            CompareOp::Le => up_to(),
            CompareOp::Gt => up_to().not(),
            CompareOp::Ge => below().not(),
        }
    }
}

fn truth(always: bool, never: bool) -> Truth {
    match (always, never) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPS: [CompareOp; 6] =
        [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge];

    /// Beyond this many rows no answer changes any more.
    const FAR: usize = 9;

    #[test]
    fn a_range_answers_where_all_its_numbers_agree() {
        for (least, most) in (0..5).flat_map(|least| (least..6).map(move |most| (least, Some(most)))) {
            agree(least, most);
            agree(least, None);
        }
    }

    fn agree(least: usize, most: Option<usize>) {
        for (op, bound) in OPS.into_iter().flat_map(|op| (-1..7).map(move |bound| (op, bound))) {
            let answers: Vec<bool> = (least..=most.unwrap_or(FAR))
                .map(|count| op.holds(i64::try_from(count).unwrap().cmp(&bound)))
                .collect();
            let expected = match (answers.contains(&true), answers.contains(&false)) {
                (true, false) => Truth::True,
                (false, true) => Truth::False,
                _ => Truth::Unknown,
            };
            assert_eq!(
                Comparison { op, bound }.among(least, most),
                expected,
                "{least} to {most:?} {op:?} {bound}"
            );
        }
    }
}
