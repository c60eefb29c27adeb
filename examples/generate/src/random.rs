//! A small generator of numbers that are the same everywhere.

/// SplitMix64 (Steele, Lea and Flood, 2014): one addition and three mixing steps a number, no state but a counter.
#[derive(Debug)]
pub(crate) struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator that is fixed by its seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `limit`, which is left out and must not be 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Whether a thing of this likelihood happens.
    pub(crate) fn percent(&mut self, likelihood: u64) -> bool {
        self.below(100) < likelihood
    }

    /// So many of the items, each at most once, in the order in which they stand.
    pub(crate) fn choose<T: Copy>(&mut self, items: &[T], wanted: usize) -> Vec<T> {
        let mut chosen = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let left = (items.len() - index) as u64;
            if self.below(left) < (wanted - chosen.len()) as u64 {
                chosen.push(*item);
            }
            if chosen.len() == wanted {
                break;
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_reference() {
        let mut random = SplitMix64::new(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn choosing_gives_the_number_wanted() {
        let mut random = SplitMix64::new(1);
        for wanted in 0..=5 {
            assert_eq!(random.choose(&[1, 2, 3, 4, 5], wanted).len(), wanted);
        }
    }
}
