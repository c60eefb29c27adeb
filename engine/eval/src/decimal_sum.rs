//! Adds up decimals exactly, so that a sum does not depend on the order of rows.

use rust_decimal::Decimal;

/// How many of the finest parts that a decimal has make one.
const PARTS: i128 = 10i128.pow(Decimal::MAX_SCALE);

/// A sum so far, wider than a decimal: only the whole must be in range, and only the whole is rounded.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DecimalSum {
    /// There is room for two thousand million of the largest decimals.
    whole: i128,
    parts: i128,
    /// The most places after the point.
    scale: u32,
}

impl DecimalSum {
    /// The sum with one more.
    pub(crate) fn plus(self, number: Decimal) -> Self {
        let one = 10i128.pow(number.scale());
        let (whole, parts) = (number.mantissa() / one, number.mantissa() % one);
        Self {
            whole: self.whole.saturating_add(whole),
            parts: self.parts.saturating_add(parts * (PARTS / one)),
            scale: self.scale.max(number.scale()),
        }
    }

    /// The sum as a decimal, rounded where it has more digits than one holds; `None` beyond the range.
    pub(crate) fn value(self) -> Option<Decimal> {
        let (whole, parts) = self.of_one_sign();
        let finest = PARTS / 10i128.pow(self.scale);
        let whole = Decimal::try_from_i128_with_scale(whole, 0).ok()?;
        let parts = Decimal::try_from_i128_with_scale(parts / finest, self.scale).ok()?;
        let mut sum = whole.checked_add(parts)?;
        sum.rescale(self.scale);
        Some(sum)
    }

    /// The whole and less than one more, neither against the other.
    fn of_one_sign(self) -> (i128, i128) {
        let whole = self.whole.saturating_add(self.parts / PARTS);
        match (whole.signum(), self.parts % PARTS) {
            (1, parts @ ..0) => (whole - 1, parts + PARTS),
            (-1, parts @ 1..) => (whole + 1, parts - PARTS),
            (_, parts) => (whole, parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(numbers: &[&str]) -> Option<String> {
        let decimals = numbers.iter().map(|number| number.parse::<Decimal>().unwrap());
        decimals.fold(DecimalSum::default(), DecimalSum::plus).value().map(|sum| sum.to_string())
    }

    #[test]
    fn a_sum_is_exact_and_keeps_its_places() {
        for (numbers, expected) in [
            (&[][..], "0"),
            (&["1.50", "0.50"], "2.00"),
            (&["2", "0.5", "2.0"], "4.5"),
            (&["0.3", "-1"], "-0.7"),
            (&["-0.7", "1"], "0.3"),
            (&["-0.5", "0.5"], "0.0"),
            (&["-2.25", "-0.75"], "-3.00"),
            (&["0.0000000000000000000000000001", "7"], "7.0000000000000000000000000001"),
        ] {
            assert_eq!(sum(numbers).as_deref(), Some(expected), "{numbers:?}");
        }
    }

    #[test]
    fn only_the_whole_must_be_in_range_in_whatever_order() {
        let max = &Decimal::MAX.to_string()[..];
        assert_eq!(sum(&[max, "1", "-1"]), sum(&["1", "-1", max]));
        assert_eq!(sum(&[max, "1", "-1"]).as_deref(), Some(max));
        assert_eq!(sum(&[max, "1"]), None);
        assert_eq!(sum(&[&format!("-{max}"), "-1", "1"]), Some(format!("-{max}")));
    }

    #[test]
    fn a_sum_is_rounded_once_in_whatever_order() {
        let small = ["0.0000000000000000000000000004"; 3];
        let large = "10000000000";
        let [a, b, c] = small;
        assert_eq!(sum(&[large, a, b, c]), sum(&[a, b, c, large]));
        let max = &Decimal::MAX.to_string()[..];
        assert_eq!(sum(&[max, "0.3", "0.3", "-0.3"]), sum(&["0.3", "0.3", "-0.3", max]));
    }
}
