//! The holidays of the law, day by day, against a list made by others.
#![expect(clippy::expect_used, reason = "a test stops where its premises fail")]

use jiff::civil::{Date, date};
use kijun_ir::Holidays;

/// Made with the Python package `holidays` 0.109, which follows the announcements of the Cabinet Office.
const LIST: &str = include_str!("data/japan.txt");

fn listed() -> Vec<(Date, &'static str)> {
    let line = |line: &'static str| {
        let (day, name) = line.split_once(',').expect("a day and a name");
        (day.parse().expect("a day"), name)
    };
    LIST.lines().map(line).collect()
}

#[test]
fn every_day_is_what_the_list_says() {
    let holidays = Holidays::japan();
    let (first, last) = holidays.years();
    let days = date(first, 1, 1).series(jiff::Span::new().days(1));
    let computed: Vec<(Date, &str)> = days
        .take_while(|day| day.year() <= last)
        .filter_map(|day| holidays.name(day).map(|name| (day, name)))
        .collect();
    let differs = computed.iter().zip(listed()).find(|(computed, listed)| **computed != *listed);
    assert_eq!(differs, None, "computed, listed");
    assert_eq!(computed.len(), listed().len());
}

#[test]
fn the_list_reads_back_as_the_cabinet_office_writes_it() {
    let mut csv = "国民の祝日・休日月日,国民の祝日・休日名称\r\n".to_owned();
    for (day, name) in listed() {
        csv += &format!("{}/{}/{},{name}\r\n", day.year(), day.month(), day.day());
    }
    let read = Holidays::from_csv(&csv).expect("a list");
    assert_eq!(read.years(), Holidays::japan().years());
    for (day, name) in listed() {
        assert_eq!(read.name(day), Some(name));
    }
}
