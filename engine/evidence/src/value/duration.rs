//! Lengths of time: 30日, 1年6か月, 3 years.

use kijun_ir::Duration;

use super::Unreadable;
use super::cursor::Cursor;

/// Units with the length of one; longer spellings before those that they begin with. 3月 is March, not three months.
const UNITS: [(&str, Duration); 31] = [
    ("年間", Duration::months(12)),
    ("年", Duration::months(12)),
    ("years", Duration::months(12)),
    ("year", Duration::months(12)),
    ("か月間", Duration::months(1)),
    ("か月", Duration::months(1)),
    ("ヶ月", Duration::months(1)),
    ("ヵ月", Duration::months(1)),
    ("カ月", Duration::months(1)),
    ("ケ月", Duration::months(1)),
    ("箇月", Duration::months(1)),
    ("months", Duration::months(1)),
    ("month", Duration::months(1)),
    ("週間", Duration::days(7)),
    ("週", Duration::days(7)),
    ("weeks", Duration::days(7)),
    ("week", Duration::days(7)),
    ("日間", Duration::days(1)),
    ("日", Duration::days(1)),
    ("days", Duration::days(1)),
    ("day", Duration::days(1)),
    ("時間", Duration::seconds(3600)),
    ("hours", Duration::seconds(3600)),
    ("hour", Duration::seconds(3600)),
    ("分間", Duration::seconds(60)),
    ("分", Duration::seconds(60)),
    ("minutes", Duration::seconds(60)),
    ("minute", Duration::seconds(60)),
    ("秒", Duration::seconds(1)),
    ("seconds", Duration::seconds(1)),
    ("second", Duration::seconds(1)),
];

/// A length of time: numbers with their units, added up. The text is [`super::normal`].
pub fn duration(text: &str) -> Result<Duration, Unreadable> {
    let lower = text.to_ascii_lowercase();
    let mut cursor = Cursor::new(&lower);
    let mut total = Duration::default();
    loop {
        let count: i64 = number(&mut cursor)?;
        cursor.spaces();
        let unit = UNITS.iter().find(|(name, _)| cursor.eat(name)).ok_or(Unreadable::NotDuration)?.1;
        let part = unit.checked_mul(count).ok_or(Unreadable::OutOfRange)?;
        total = total.checked_add(part).ok_or(Unreadable::OutOfRange)?;
        cursor.spaces();
        if cursor.is_at_end() {
            return Ok(total);
        }
    }
}

fn number(cursor: &mut Cursor<'_>) -> Result<i64, Unreadable> {
    let digits = cursor.digits(1, usize::MAX).ok_or(Unreadable::NotDuration)?;
    digits.parse().map_err(|_| Unreadable::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::*;

    #[test]
    fn lengths_of_time() {
        let cases = [
            ("30日", Duration::days(30)),
            ("３０日間", Duration::days(30)),
            ("3 years", Duration::months(36)),
            ("1 Year", Duration::months(12)),
            ("1年6か月", Duration::months(18)),
            ("6ヶ月", Duration::months(6)),
            ("2週間", Duration::days(14)),
            ("1 hour 30 minutes", Duration::seconds(5400)),
            ("10秒", Duration::seconds(10)),
        ];
        for (text, expected) in cases {
            assert_eq!(duration(&normal(text)), Ok(expected), "{text}");
        }
        for text in ["", "30", "3月", "-3日", "日", "1.5年", "3 yearss", "30日 x", "一年"] {
            assert_eq!(duration(&normal(text)), Err(Unreadable::NotDuration), "{text}");
        }
        assert_eq!(duration("99999999999999999999日"), Err(Unreadable::OutOfRange));
        assert_eq!(duration("9999999999年"), Err(Unreadable::OutOfRange));
    }
}
