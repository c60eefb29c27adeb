//! Values as written: dates, times, durations, numbers, addresses.

use std::borrow::Cow;

use jiff::civil::{Date, Time};
use kijun_ir::network::{self, NetworkError};
use kijun_ir::{Duration, Kind, Period, Value, calendar};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{Expr, ExprKind, Unit};
use kijun_syntax::out_of_range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::check::Checker;
use crate::diagnostics::{ADDRESS, BAD_DATE};

/// Whether an expression is a literal.
pub(super) fn is_literal(written: &Expr) -> bool {
    matches!(
        written.kind,
        ExprKind::Int(_)
            | ExprKind::Decimal(_)
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::DateTime(..)
            | ExprKind::FiscalYear(_)
            | ExprKind::Duration(..)
            | ExprKind::Bool(_)
    )
}

/// The value of a literal with its kind, which is the one that its surroundings want where it may be; reports what is none.
pub(super) fn value(
    checker: &mut Checker<'_>,
    written: &Expr,
    wanted: Option<Kind>,
) -> Option<(Value, Kind)> {
    let span = written.span;
    match &written.kind {
        ExprKind::Int(number) if wanted == Some(Kind::Decimal) => {
            Some((Value::Decimal((*number).into()), Kind::Decimal))
        }
        ExprKind::Int(number) => Some((Value::Int(*number), Kind::Int)),
        ExprKind::Decimal(digits) => {
            let number = digits.parse().ok().map(|number| (Value::Decimal(number), Kind::Decimal));
            in_range(checker, number, span)
        }
        ExprKind::Text(text) if wanted == Some(Kind::Ip) => {
            let address = network::parse_address(&normal(text));
            Some((Value::Ip(of_network(checker, text, address, span)?), Kind::Ip))
        }
        ExprKind::Text(text) if wanted == Some(Kind::Cidr) => {
            let network = network::parse_network(&normal(text));
            Some((Value::Cidr(of_network(checker, text, network, span)?), Kind::Cidr))
        }
        ExprKind::Text(written) => Some((text(written), Kind::Text)),
        ExprKind::Date(text) => Some((Value::Date(date(checker, text, span)?), Kind::Date)),
        ExprKind::DateTime(day, time) => {
            Some((Value::DateTime(instant(checker, day, time, span)?), Kind::DateTime))
        }
        ExprKind::FiscalYear(text) => Some((Value::Period(fiscal_year(checker, text, span)?), Kind::Period)),
        ExprKind::Duration(amount, unit) => {
            let length = duration(*amount, *unit).map(|length| (Value::Duration(length), Kind::Duration));
            in_range(checker, length, span)
        }
        ExprKind::Bool(value) => Some((Value::Bool(*value), Kind::Bool)),
        _ => None,
    }
}

/// A length of time; `None` beyond the range.
pub(super) fn duration(amount: i64, unit: Unit) -> Option<Duration> {
    let one = match unit {
        Unit::Years => Duration::months(12),
        Unit::Months => Duration::months(1),
        Unit::Weeks => Duration::days(7),
        Unit::Days => Duration::days(1),
        Unit::BusinessDays => Duration::business_days(1),
        Unit::Hours => Duration::seconds(3600),
        Unit::Minutes => Duration::seconds(60),
        Unit::Seconds => Duration::seconds(1),
    };
    one.checked_mul(amount)
}

/// Text as evidence is compared: NFKC, without white space at the ends.
pub(super) fn text(written: &str) -> Value {
    Value::text(&normal(written))
}

/// Characters as evidence is compared.
pub(super) fn normal(written: &str) -> Cow<'_, str> {
    if written.chars().all(is_always_normal) || is_nfkc_quick(written.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(written.trim());
    }
    let normal: String = written.nfkc().collect();
    Cow::Owned(normal.trim().to_owned())
}

/// Whether NFKC leaves a character alone, whatever stands around it. It says so of most Japanese text without a look at the tables, and of
/// no more than it must: what may combine, full width and half width are none of these.
fn is_always_normal(character: char) -> bool {
    matches!(
        character,
        '\0'..='\x7f' | '、'..='】' | 'ぁ'..='ゖ' | 'ァ'..='ヾ' | '\u{4e00}'..='\u{9fff}'
    )
}

fn date(checker: &mut Checker<'_>, written: &str, span: Span) -> Option<Date> {
    let date = written.parse::<Date>().ok().or_else(|| calendar::wareki_date(written));
    if date.is_none() {
        let message = bilingual!("{written} は暦にない日付である", "{written} is not a date of the calendar");
        checker.report(Diagnostic::new(&BAD_DATE, span, message).help(what_exists(written)));
    }
    date
}

/// Which day or month there is instead of one that is not in the calendar.
fn what_exists(written: &str) -> Bilingual {
    let first = Date::strptime("%Y-%m-%d", format!("{}-01", written.get(..7).unwrap_or("")));
    match (first, written.contains('-')) {
        (Ok(first), _) => {
            let (year, month, last) = (first.year(), first.month(), first.days_in_month());
            bilingual!("{year}年{month}月は {last} 日まで", "that month ends on {year}-{month:02}-{last}")
        }
        (Err(_), true) => Bilingual::new("月は 01 から 12 まで", "months are 01 to 12"),
        (Err(_), false) => Bilingual::new("元号、月、日を確かめる", "check era, month and day"),
    }
}

/// The days of a fiscal year.
fn fiscal_year(checker: &mut Checker<'_>, written: &str, span: Span) -> Option<Period> {
    let days = calendar::fiscal_year_named(written, checker.program.calendar.fiscal_month);
    if days.is_none() {
        let message = bilingual!("{written} という年度はない", "{written} is not a fiscal year");
        checker.report(
            Diagnostic::new(&BAD_DATE, span, message)
                .help(Bilingual::new("元号と年を確かめる", "check era and year")),
        );
    }
    days
}

fn instant(checker: &mut Checker<'_>, day: &str, time: &str, span: Span) -> Option<jiff::Timestamp> {
    let date = date(checker, day, span)?;
    let padded = if time.find(':') == Some(1) { format!("0{time}") } else { time.to_owned() };
    let Ok(clock) = padded.parse::<Time>() else {
        let message = bilingual!("{time} は時刻ではない", "{time} is not a time of day");
        checker.report(
            Diagnostic::new(&BAD_DATE, span, message)
                .help(Bilingual::new("00:00 から 23:59 で書く", "write 00:00 to 23:59")),
        );
        return None;
    };
    calendar::instant_of(date.to_datetime(clock), &checker.program.calendar.zone)
}

/// The address or network that a text is read as; reports one that is none.
fn of_network<T>(
    checker: &mut Checker<'_>,
    written: &str,
    read: Result<T, NetworkError>,
    span: Span,
) -> Option<T> {
    let report = |error: NetworkError| {
        let diagnostic = Diagnostic::new(&ADDRESS, span, error.text());
        checker.report(NetworkError::fault(&normal(written)).into_iter().fold(diagnostic, Diagnostic::help));
    };
    read.map_err(report).ok()
}

/// The value; reports where there is none because the number is too large.
pub(super) fn in_range<T>(checker: &mut Checker<'_>, value: Option<T>, span: Span) -> Option<T> {
    if value.is_none() {
        checker.report(out_of_range(span).help(Bilingual::new("より小さい数で書く", "write a smaller one")));
    }
    value
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    #[test]
    fn what_is_always_normal_stays_alone_and_among_others() {
        for character in (char::MIN..=char::MAX).filter(|character| is_always_normal(*character)) {
            assert_eq!(is_nfkc_quick(std::iter::once(character)), IsNormalized::Yes, "{character:?}");
            assert_eq!(canonical_combining_class(character), 0, "{character:?}");
        }
    }
}
