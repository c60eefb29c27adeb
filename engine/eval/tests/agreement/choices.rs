//! A source of choices that can be replayed and made smaller.
//!
//! Everything that is generated is a function of the choices made on the way. A failing case is minimised by cutting and lowering
//! its choices, whatever they were for; where a replayed tape ends, each further choice is the first one.

use std::ops::Range;

/// The choices made so far, and those still to be replayed.
pub(crate) struct Choices {
    tape: Vec<u32>,
    at: usize,
    /// State of the generator; `None` while replaying.
    random: Option<u64>,
}

impl Choices {
    /// Random choices.
    pub(crate) fn random(seed: u64) -> Self {
        Self { tape: Vec::new(), at: 0, random: Some(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)) }
    }

    /// The choices of a tape.
    pub(crate) fn replay(tape: &[u32]) -> Self {
        Self { tape: tape.to_vec(), at: 0, random: None }
    }

    /// All choices made.
    pub(crate) fn into_tape(self) -> Vec<u32> {
        self.tape
    }

    /// A number below `limit`, which is not zero. The smaller, the simpler.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        if let Some(state) = &mut self.random {
            self.tape.push(split_mix(state) % limit);
        }
        let choice = self.tape.get(self.at).map_or(0, |choice| choice % limit);
        self.at += 1;
        choice
    }

    /// True in so many of a hundred cases; false is simpler.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) >= 100 - percent
    }

    /// A number of a range that is not empty.
    pub(crate) fn within(&mut self, range: Range<u32>) -> u32 {
        range.start + self.below(range.end - range.start)
    }

    /// One of the items, of which there is at least one. The first is the simplest.
    pub(crate) fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items[self.below(count) as usize].clone()
    }

    /// The items in another order.
    pub(crate) fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        let mut shuffled = Vec::with_capacity(items.len());
        while !items.is_empty() {
            let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
            shuffled.push(items.swap_remove(self.below(count) as usize));
        }
        shuffled
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), its upper half.
fn split_mix(state: &mut u64) -> u32 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 32) as u32
}

/// So many smaller tapes are tried.
const PATIENCE: u32 = 4_000;

/// A tape, no longer than the given one, on which `fails` still holds: blocks cut out and numbers lowered until nothing
/// more helps or the patience is at its end.
pub(crate) fn shrink(mut tape: Vec<u32>, fails: impl Fn(&[u32]) -> bool) -> Vec<u32> {
    let mut patience = PATIENCE;
    loop {
        let before = tape.clone();
        for size in [128, 64, 32, 16, 8, 4, 2, 1] {
            for change in [cut, zero] {
                let mut start = tape.len();
                while start > 0 && patience > 0 {
                    start = start.saturating_sub(size);
                    patience -= 1;
                    let smaller = change(&tape, start, size);
                    if smaller != tape && fails(&smaller) {
                        tape = smaller;
                    }
                }
            }
        }
        for index in 0..tape.len() {
            let halves = [tape[index] / 2, tape[index].saturating_sub(1)];
            for lower in halves {
                let mut smaller = tape.clone();
                smaller[index] = lower;
                if lower < tape[index] && patience > 0 {
                    patience -= 1;
                    if fails(&smaller) {
                        tape = smaller;
                    }
                }
            }
        }
        if tape == before || patience == 0 {
            return tape;
        }
    }
}

fn cut(tape: &[u32], start: usize, size: usize) -> Vec<u32> {
    let end = (start + size).min(tape.len());
    [&tape[..start], &tape[end..]].concat()
}

fn zero(tape: &[u32], start: usize, size: usize) -> Vec<u32> {
    let end = (start + size).min(tape.len());
    let mut zeroed = tape.to_vec();
    zeroed[start..end].fill(0);
    zeroed
}
