//! Words and dates that several outputs share.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kijun_audit::{Spell, SubjectRecord};
use kijun_ir::{Period, Severity, Strength};
use kijun_source::{Bilingual, bilingual};

/// What people read of a severity.
pub(crate) fn severity_label(severity: Severity) -> Bilingual {
    match severity {
        Severity::Major => Bilingual::new("重大な不適合", "major"),
        Severity::Minor => Bilingual::new("軽微な不適合", "minor"),
        Severity::Observation => Bilingual::new("観察事項", "observation"),
    }
}

/// The sign of an observation that found something.
pub(crate) const OBSERVED_SIGN: &str = "◇";

/// What an observation that found something is called, in the place of a verdict.
pub(crate) fn observed() -> Bilingual {
    Bilingual::new("観察事項", "observed")
}

/// The name of a severity in results.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Major => "major",
        Severity::Minor => "minor",
        Severity::Observation => "observation",
    }
}

/// What people read of the strength of a link.
pub(crate) fn strength_label(strength: Strength) -> Bilingual {
    match strength {
        Strength::Full => Bilingual::new("全部", "full"),
        Strength::Partial => Bilingual::new("一部", "partial"),
        Strength::Supports => Bilingual::new("補助", "supports"),
    }
}

/// An instant as RFC 3339 says it, with the offset of the zone.
pub(crate) fn rfc3339(instant: Timestamp, zone: &TimeZone) -> String {
    instant.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The name of a zone; of a fixed one, its offset.
pub(crate) fn zone_name(zone: &TimeZone) -> String {
    let offset = || zone.to_fixed_offset().map_or_else(|_| "unnamed".to_owned(), |offset| offset.to_string());
    zone.iana_name().map_or_else(offset, str::to_owned)
}

/// A number with a comma between thousands.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The days on which a subject had its verdict: （2026-08-03 から 2026-08-13 まで、11日間）; empty where it was not judged throughout.
pub(crate) fn spells(subject: &SubjectRecord) -> Bilingual {
    let own: Vec<&Spell> = subject.spells.iter().filter(|spell| spell.verdict == subject.verdict).collect();
    let days = |spell: &&&Spell| Period { start: spell.from, end: spell.to }.days();
    let total: i64 = own.iter().map(|spell| days(&spell)).sum();
    let said: Vec<Bilingual> = own
        .iter()
        .map(|spell| match (spell.from, spell.to) {
            (from, to) if from == to => Bilingual::same(from.to_string()),
            (from, to) => bilingual!("{from} から {to} まで", "{from} to {to}"),
        })
        .collect();
    if said.is_empty() {
        return Bilingual::default();
    }
    let ja = said.iter().map(|spell| spell.ja.as_str()).collect::<Vec<_>>().join("、");
    let en = said.iter().map(|spell| spell.en.as_str()).collect::<Vec<_>>().join(", ");
    bilingual!("（{ja}、{total}日間）", "({en}: {total} days)")
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn commas_stand_between_thousands() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (18204, "18,204"), (1_000_000, "1,000,000")];
        for (number, text) in cases {
            assert_eq!(thousands(number), text);
        }
    }
}
