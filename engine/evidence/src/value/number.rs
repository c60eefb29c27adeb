//! Integers and decimals, with or without commas between thousands.

use rust_decimal::Decimal;

use super::Unreadable;

/// An integer: 1234, 1,234, -5.
pub fn int(text: &str) -> Result<i64, Unreadable> {
    let plain = plain(text).filter(|plain| !plain.contains('.')).ok_or(Unreadable::NotInt)?;
    plain.parse().map_err(|_| Unreadable::OutOfRange)
}

/// A decimal: 1,234.50, -0.5. Kept exactly or refused.
pub fn decimal(text: &str) -> Result<Decimal, Unreadable> {
    let plain = plain(text).ok_or(Unreadable::NotDecimal)?;
    Decimal::from_str_exact(&plain).map_err(|_| Unreadable::OutOfRange)
}

/// The number without commas. Commas must stand before each group of three digits, or nowhere.
fn plain(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let well_grouped = digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && digits(group));
    (well_grouped && fraction.is_none_or(digits)).then(|| text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::*;

    #[test]
    fn integers() {
        for (text, expected) in
            [("0", 0), ("007", 7), ("1,234,567", 1_234_567), ("-5", -5), ("+5", 5), ("１，２３４", 1234)]
        {
            assert_eq!(int(&normal(text)), Ok(expected), "{text}");
        }
        for text in [
            "", "-", "1.0", "1,23", "1234,567", ",123", "1,234,", "1e3", "十", "0x1f", "1 000", "¥100", "--1",
        ] {
            assert_eq!(int(&normal(text)), Err(Unreadable::NotInt), "{text}");
        }
        assert_eq!(int("9223372036854775808"), Err(Unreadable::OutOfRange));
    }

    #[test]
    fn decimals() {
        for (text, expected) in
            [("1,234.50", "1234.50"), ("-0.5", "-0.5"), ("３．１４", "3.14"), ("12", "12")]
        {
            assert_eq!(decimal(&normal(text)), Ok(expected.parse().unwrap()), "{text}");
        }
        for text in ["", ".", ".5", "5.", "1.2.3", "1.2,345", "NaN", "1e3", "10%"] {
            assert_eq!(decimal(&normal(text)), Err(Unreadable::NotDecimal), "{text}");
        }
        assert_eq!(decimal("0.12345678901234567890123456789012345"), Err(Unreadable::OutOfRange));
    }
}
