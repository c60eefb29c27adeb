//! Values as written: dates, times, durations, numbers.

use jiff::civil::{Date, Time};
use kijun_ir::{Duration, Value, calendar};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::Unit;
use unicode_normalization::UnicodeNormalization;

use crate::check::Checker;
use crate::diagnostics::{BAD_DATE, NUMBER_RANGE};

/// A length of time; `None` beyond the range.
pub(super) fn duration(amount: i64, unit: Unit) -> Option<Duration> {
    let (months, days, seconds) = match unit {
        Unit::Years => (12, 0, 0),
        Unit::Months => (1, 0, 0),
        Unit::Weeks => (0, 7, 0),
        Unit::Days => (0, 1, 0),
        Unit::Hours => (0, 0, 3600),
        Unit::Minutes => (0, 0, 60),
        Unit::Seconds => (0, 0, 1),
    };
    Duration { months, days, micros: seconds * 1_000_000 }.checked_mul(amount)
}

/// Text as evidence is compared: NFKC, without white space at the ends.
pub(super) fn text(written: &str) -> Value {
    Value::text(&normal(written))
}

/// Characters as evidence is compared.
pub(super) fn normal(written: &str) -> String {
    let normal: String = written.nfkc().collect();
    normal.trim().to_owned()
}

pub(super) fn date(checker: &mut Checker<'_>, written: &str, span: Span) -> Option<Date> {
    let date = written.parse::<Date>().ok();
    if date.is_none() {
        let message = bilingual!("{written} は暦にない日付である", "{written} is not a date of the calendar");
        checker.report(
            Diagnostic::new(&BAD_DATE, span, message)
                .help(Bilingual::new("月と日を確かめる", "check month and day")),
        );
    }
    date
}

pub(super) fn instant(
    checker: &mut Checker<'_>,
    day: &str,
    time: &str,
    span: Span,
) -> Option<jiff::Timestamp> {
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
    calendar::instant_of(date.to_datetime(clock), &checker.program.zone)
}

pub(super) fn out_of_range(checker: &mut Checker<'_>, span: Span) {
    let message = Bilingual::new("数が大きすぎて扱えない", "the number is out of range");
    checker.report(
        Diagnostic::new(&NUMBER_RANGE, span, message)
            .help(Bilingual::new("より小さい数で書く", "write a smaller one")),
    );
}
