//! What must hold of calendar arithmetic and of lengths of time, whatever the days.

use std::cmp::Ordering;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use kijun_ir::{Calendar, Duration, Period, calendar};
use proptest::prelude::*;

/// Zones whose clocks jump in every way: over midnight, by half an hour, over a whole day.
const ZONES: [&str; 8] = [
    "Asia/Tokyo",
    "UTC",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Australia/Lord_Howe",
    "Pacific/Apia",
];

/// The days from the first to the last year, both with a margin.
fn days(first: i16, last: i16) -> impl Strategy<Value = Date> {
    let most = calendar::days_between(date(first, 1, 1), date(last, 12, 31));
    (0..=most).prop_map(move |days| {
        calendar::add_to_date(date(first, 1, 1), Duration::days(days)).unwrap_or(Date::MAX)
    })
}

/// Days whose holidays are known, far enough from the ends for a walk of 100 business days.
fn known_days() -> impl Strategy<Value = Date> {
    days(1956, 2026)
}

fn lengths() -> impl Strategy<Value = Duration> {
    let small = (-3..=3, -40..=40, -3..=3, -200_000_000_000..=200_000_000_000_i64);
    let any = (any::<i32>(), any::<i32>(), any::<i32>(), any::<i64>());
    prop_oneof![small, any].prop_map(|(months, days, business_days, micros)| Duration {
        months,
        days,
        business_days,
        micros,
    })
}

fn zones() -> impl Strategy<Value = TimeZone> {
    (0..ZONES.len()).prop_map(|at| TimeZone::get(ZONES[at]).unwrap_or(TimeZone::UTC))
}

/// Whether `order` says that the left is at most the right.
fn is_at_most(order: Option<Ordering>) -> bool {
    matches!(order, Some(Ordering::Less | Ordering::Equal))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn lengths_have_a_partial_order(a in lengths(), b in lengths(), c in lengths()) {
        prop_assert_eq!(a.compare(a), Some(Ordering::Equal));
        prop_assert_eq!(a.compare(b), b.compare(a).map(Ordering::reverse));
        if is_at_most(a.compare(b)) && is_at_most(b.compare(c)) {
            prop_assert!(is_at_most(a.compare(c)));
        }
        if a.compare(b) == Some(Ordering::Equal) {
            prop_assert_eq!(a.compare(c), b.compare(c));
        }
    }

    #[test]
    fn a_longer_length_ends_no_earlier(day in days(1990, 2020), a in lengths(), b in lengths()) {
        let calendar = Calendar::japan();
        if a.compare(b) == Some(Ordering::Less)
            && let (Some(ends), Some(later)) = (calendar.add_to_date(day, a), calendar.add_to_date(day, b))
        {
            prop_assert!(ends <= later, "{} and {}", ends, later);
        }
    }

    #[test]
    fn arithmetic_never_fails(day in days(-9999, 9999), length in lengths(), count in any::<i64>()) {
        let calendar = Calendar::japan();
        let instant = calendar.end_of_day(day);
        let _ = calendar.add_to_date(day, length);
        let _ = calendar.add_to_instant(instant, length);
        let _ = calendar.minpo_end(day, length);
        let _ = calendar.ppc_final(day, count);
        let _ = calendar.pmark_window(day);
        let _ = (calendar.quarter_of(day), calendar.fiscal_year_of(day), calendar.roll_forward(day));
        let _ = (length.checked_neg(), length.checked_mul(count), length.checked_add(length));
    }

    #[test]
    fn days_go_there_and_back(day in days(1, 9000), count in -100_000..100_000_i32) {
        let there = calendar::add_to_date(day, Duration::days(count));
        prop_assert_eq!(there.map(|there| calendar::days_between(day, there)), Some(count));
        prop_assert_eq!(there.and_then(|there| calendar::add_to_date(there, Duration::days(-count))), Some(day));
    }

    #[test]
    fn months_keep_the_day_or_end_the_month(day in days(1, 9000), months in -1000..1000_i32) {
        let moved = calendar::add_to_date(day, Duration::months(months)).unwrap_or(Date::MAX);
        prop_assert!(moved.day() == day.day() || (moved.day() < day.day() && moved == moved.last_of_month()));
        let between = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        prop_assert_eq!(between(moved) - between(day), months);
    }

    #[test]
    fn business_days_are_open_and_counted(day in known_days(), count in 1..100_i32) {
        let calendar = Calendar::japan();
        let end = calendar.add_to_date(day, Duration::business_days(count)).unwrap_or(Date::MAX);
        prop_assert_eq!(calendar.is_business_day(end), Some(true));
        let open = day.series(Span::new().days(1)).skip(1).take_while(|day| *day <= end);
        let open = open.filter(|day| calendar.is_business_day(*day) == Some(true)).count();
        prop_assert_eq!(open, usize::try_from(count).unwrap_or(0));
        let start = calendar.roll_forward(day).unwrap_or(Date::MAX);
        let there = calendar.add_to_date(start, Duration::business_days(count));
        let back = there.and_then(|there| calendar.add_to_date(there, Duration::business_days(-count)));
        prop_assert_eq!(back, Some(start));
    }

    #[test]
    fn rolling_forward_stops_at_the_first_open_day(day in known_days()) {
        let calendar = Calendar::japan();
        let rolled = calendar.roll_forward(day).unwrap_or(Date::MAX);
        prop_assert!(rolled >= day);
        prop_assert_eq!(calendar.is_business_day(rolled), Some(true));
        let mut skipped = day.series(Span::new().days(1)).take_while(|day| *day < rolled);
        prop_assert!(skipped.all(|day| calendar.is_business_day(day) == Some(false)));
    }

    #[test]
    fn the_civil_code_ends_on_the_day_before_the_next_begins(
        day in days(1900, 2100),
        months in 0..240_i32,
        more in 0..240_i32,
    ) {
        let calendar = Calendar::japan();
        let end = calendar.minpo_end(day, Duration::months(months)).unwrap_or(Date::MIN);
        let longer = calendar.minpo_end(day, Duration::months(months + more)).unwrap_or(Date::MIN);
        prop_assert!(end >= day && longer >= end);
        let first = day.tomorrow().unwrap_or(Date::MAX);
        let after = end.tomorrow().unwrap_or(Date::MIN);
        // The corresponding day follows the end, or the month ends without it.
        prop_assert!(after.day() == first.day() || (after.day() == 1 && end.day() < first.day()));
    }

    #[test]
    fn parts_of_the_calendar_hold_their_days_and_join(day in days(1, 9000), fiscal_month in 1..=12_i8) {
        let calendar = Calendar { fiscal_month, ..Calendar::japan() };
        for part in [kijun_ir::Part::Day, kijun_ir::Part::Month, kijun_ir::Part::Quarter, kijun_ir::Part::FiscalYear] {
            let held = calendar.part_of(part, day).unwrap_or(Period { start: Date::MAX, end: Date::MIN });
            prop_assert!(held.contains(day));
            prop_assert_eq!(calendar.part_of(part, held.start), Some(held));
            prop_assert_eq!(calendar.part_of(part, held.end), Some(held));
            let next = held.end.tomorrow().unwrap_or(Date::MAX);
            prop_assert_eq!(calendar.part_of(part, next).map(|next| next.start), Some(next));
        }
    }

    #[test]
    fn a_day_begins_and_ends_with_instants_of_its_own(day in days(1850, 2040), zone in zones()) {
        let calendar = Calendar { zone: zone.clone(), ..Calendar::japan() };
        let start = calendar::start_of_day(day, &zone).unwrap_or(Timestamp::MAX);
        let end = calendar.end_of_day(day);
        if start < end {
            let micro = Span::new().microseconds(1);
            prop_assert_eq!(calendar::date_of(start, &zone), day);
            prop_assert_eq!(calendar::date_of(end, &zone), day);
            prop_assert_ne!(start.checked_sub(micro).map(|before| calendar::date_of(before, &zone)).ok(), Some(day));
            prop_assert_ne!(end.checked_add(micro).map(|after| calendar::date_of(after, &zone)).ok(), Some(day));
        } else {
            prop_assert_eq!((day, start > end), (date(2011, 12, 30), true), "only Samoa left out a day");
        }
    }

    #[test]
    fn eras_read_what_they_write(day in days(1873, 2117)) {
        prop_assert_eq!(calendar::wareki_date(&calendar::era_text(day)), Some(day));
    }

    #[test]
    fn periods_read_what_is_written(a in days(1, 9000), b in days(1, 9000)) {
        let period = Period { start: a.min(b), end: a.max(b) };
        prop_assert_eq!(Period::parse(&format!("{}/{}", period.start, period.end)), Ok(period));
    }

    #[test]
    fn readers_never_fail(text in "[-0-9令和昭元年月日度/〜.: a-f]{0,24}") {
        let _ = (calendar::wareki_date(&text), calendar::fiscal_year_named(&text, 4), Period::parse(&text));
        let _ = (kijun_ir::network::parse_address(&text), kijun_ir::network::parse_network(&text));
        let _ = kijun_ir::Holidays::from_csv(&text);
    }
}
