//! A column of truth values: what is surely true, what is surely false.

use kijun_ir::Truth;

use super::bits::Bits;

/// One truth value a position. INVARIANT: no position is both in `sure` and in `no`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Truths {
    /// Where it surely holds.
    pub(super) sure: Bits,
    /// Where it surely does not hold.
    pub(super) no: Bits,
}

impl Truths {
    pub(super) fn uniform(len: usize, truth: Truth) -> Self {
        let bits = |on: bool| if on { Bits::all(len) } else { Bits::none(len) };
        Self { sure: bits(truth == Truth::True), no: bits(truth == Truth::False) }
    }

    pub(super) fn from_fn(len: usize, mut truth: impl FnMut(usize) -> Truth) -> Self {
        let mut truths = Self::uniform(len, Truth::Unknown);
        for at in 0..len {
            match truth(at) {
                Truth::True => truths.sure.set(at),
                Truth::False => truths.no.set(at),
                Truth::Unknown => {}
            }
        }
        truths
    }

    /// What `holds` says where the answer is known.
    pub(super) fn where_known(holds: &Bits, known: &Bits) -> Self {
        Self { sure: known.and(holds), no: known.and_not(holds) }
    }

    pub(super) fn get(&self, at: usize) -> Truth {
        match (self.sure.get(at), self.no.get(at)) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// Where it may or may not hold.
    pub(super) fn unknown(&self) -> Bits {
        self.sure.or(&self.no).not()
    }

    #[must_use]
    pub(super) fn and(&self, other: &Self) -> Self {
        Self { sure: self.sure.and(&other.sure), no: self.no.or(&other.no) }
    }

    #[must_use]
    pub(super) fn or(&self, other: &Self) -> Self {
        Self { sure: self.sure.or(&other.sure), no: self.no.and(&other.no) }
    }

    #[must_use]
    pub(super) fn not(self) -> Self {
        Self { sure: self.no, no: self.sure }
    }

    /// The truths of some positions among `len`, and `elsewhere` for the others.
    pub(super) fn scatter(&self, len: usize, positions: &[u32], elsewhere: Truth) -> Self {
        let mut whole = Self::uniform(len, elsewhere);
        self.put(&mut whole, positions);
        whole
    }

    /// Puts the truths at these positions of others.
    pub(super) fn put(&self, whole: &mut Self, positions: &[u32]) {
        for (at, position) in positions.iter().enumerate() {
            whole.sure.assign(*position as usize, self.sure.get(at));
            whole.no.assign(*position as usize, self.no.get(at));
        }
    }

    /// The truths at some of the positions.
    pub(super) fn select(&self, positions: &[u32]) -> Self {
        Self { sure: self.sure.gather(positions), no: self.no.gather(positions) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTHS: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

    #[test]
    fn connectives_are_kleenes() {
        let left = Truths::from_fn(9, |at| TRUTHS[at / 3]);
        let right = Truths::from_fn(9, |at| TRUTHS[at % 3]);
        for at in 0..9 {
            let (a, b) = (TRUTHS[at / 3], TRUTHS[at % 3]);
            assert_eq!(left.and(&right).get(at), a.and(b), "{a:?} and {b:?}");
            assert_eq!(left.or(&right).get(at), a.or(b), "{a:?} or {b:?}");
            assert_eq!(left.clone().not().get(at), a.not(), "not {a:?}");
        }
    }

    #[test]
    fn scattered_truths_come_back() {
        let some = Truths::from_fn(3, |at| TRUTHS[at]);
        let all = some.scatter(70, &[1, 64, 69], Truth::True);
        assert_eq!(all.select(&[1, 64, 69]), some);
        assert_eq!(all.sure.count(), 68);
    }
}
