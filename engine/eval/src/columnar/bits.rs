//! A row of bits, 64 to a word.

/// So many bits. INVARIANT: the bits of the last word beyond `len` are zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    len: usize,
    words: Vec<u64>,
}

const WORD: usize = 64;

impl Bits {
    pub(super) fn none(len: usize) -> Self {
        Self { len, words: vec![0; len.div_ceil(WORD)] }
    }

    pub(super) fn all(len: usize) -> Self {
        Self::none(len).not()
    }

    pub(super) fn from_fn(len: usize, mut bit: impl FnMut(usize) -> bool) -> Self {
        let word = |start: usize| {
            let end = len.min(start + WORD);
            (start..end).fold(0, |word, at| word | u64::from(bit(at)) << (at - start))
        };
        Self { len, words: (0..len).step_by(WORD).map(word).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, at: usize) -> bool {
        self.words[at / WORD] >> (at % WORD) & 1 == 1
    }

    pub(super) fn set(&mut self, at: usize) {
        debug_assert!(at < self.len);
        self.words[at / WORD] |= 1 << (at % WORD);
    }

    pub(super) fn assign(&mut self, at: usize, on: bool) {
        debug_assert!(at < self.len);
        let bit = 1 << (at % WORD);
        let word = &mut self.words[at / WORD];
        *word = if on { *word | bit } else { *word & !bit };
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The positions of the bits that are set, ascending.
    pub(super) fn ones(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let rest = |word: &u64| (word & (word - 1) != 0).then_some(word & (word - 1));
            let words = std::iter::successors((*word != 0).then_some(*word), rest);
            words.map(move |word| index * WORD + word.trailing_zeros() as usize)
        })
    }

    /// The same as row or position numbers.
    pub(super) fn positions(&self) -> Vec<u32> {
        self.ones().map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect()
    }

    /// The bits at some of the positions.
    pub(super) fn gather(&self, positions: &[u32]) -> Self {
        Self::from_fn(positions.len(), |at| self.get(positions[at] as usize))
    }

    #[must_use]
    pub(super) fn and(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    #[must_use]
    pub(super) fn or(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    #[must_use]
    pub(super) fn and_not(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    #[must_use]
    pub(super) fn not(&self) -> Self {
        let mut words: Vec<u64> = self.words.iter().map(|word| !word).collect();
        if let Some(last) = words.last_mut()
            && !self.len.is_multiple_of(WORD)
        {
            *last &= (1 << (self.len % WORD)) - 1;
        }
        Self { len: self.len, words }
    }

    fn zip(&self, other: &Self, combine: impl Fn(u64, u64) -> u64) -> Self {
        debug_assert_eq!(self.len, other.len);
        let words = self.words.iter().zip(&other.words).map(|(a, b)| combine(*a, *b));
        Self { len: self.len, words: words.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_beyond_the_end_stay_zero() {
        for len in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Bits::all(len).count(), len);
            assert_eq!(Bits::all(len).not(), Bits::none(len));
            assert_eq!(Bits::from_fn(len, |_| true), Bits::all(len));
        }
    }

    #[test]
    fn ones_are_those_that_were_set() {
        let thirds = Bits::from_fn(200, |at| at % 3 == 0);
        assert_eq!(thirds.ones().collect::<Vec<_>>(), (0..200).step_by(3).collect::<Vec<_>>());
        let mut bits = Bits::none(200);
        for at in (0..200).step_by(3) {
            bits.set(at);
        }
        assert_eq!(bits, thirds);
        assert!(bits.get(63) && bits.get(198) && !bits.get(64));
    }
}
