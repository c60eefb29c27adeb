//! The page: one self-contained file that reads and prints without this program, a network or a script.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use kijun_audit::AuditRecord;
use kijun_ir::calendar;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};

use crate::Error;
use crate::json::{Listing, result};
use crate::markup;
use crate::words::{severity_label, thousands};

/// How many subjects of one rule and verdict, and how many rejected rows of one file, the page lists. `result.json` lists all.
pub const LISTED: usize = 200;

const TEMPLATE: &str = include_str!("../templates/report.html");

/// The record as a page in Japanese.
pub fn render(record: &AuditRecord) -> Result<String, Error> {
    let environment = environment()?;
    let page = environment.get_template("report.html")?;
    let text = page.render(context! {
        result => Value::from(Serde(result(record, Listing::First(LISTED)))),
        verdicts => markup::verdicts(),
        era => context! {
            start => calendar::era_text(record.period.0),
            end => calendar::era_text(record.period.1),
            today => calendar::era_text(record.today),
        },
        listed => LISTED,
    })?;
    Ok(text)
}

fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = markup::environment()?;
    environment.add_filter("local", |time: String| local(&time));
    environment.add_filter("days", |from: String, to: String| days(&from, &to));
    environment.add_filter("thousands", thousands);
    environment
        .add_filter("total", |counts: Serde<BTreeMap<String, usize>>| counts.0.values().sum::<usize>());
    environment.add_filter("severity", |name: String| severity(&name));
    environment.add_template("report.html", TEMPLATE)?;
    Ok(environment)
}

fn severity(name: &str) -> String {
    use kijun_ir::Severity::{Major, Minor, Observation};
    let found =
        [Major, Minor, Observation].into_iter().find(|each| crate::words::severity_name(*each) == name);
    found.map_or_else(|| name.to_owned(), |severity| severity_label(severity).ja)
}

/// `2026-11-20T08:00:00+09:00` as `2026-11-20 08:00`; seconds only where there are any.
fn local(time: &str) -> String {
    let Some(local) = civil(time) else { return time.to_owned() };
    let form = if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    local.strftime(form).to_string()
}

/// A half-open stretch as people say it: by days, both included, where it consists of whole ones.
fn days(from: &str, to: &str) -> String {
    let whole = civil(from).zip(civil(to)).and_then(|(from, to)| whole_days(from, to));
    match whole {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} ～ {last}"),
        None => format!("{} ～ {}", local(from), local(to)),
    }
}

fn whole_days(from: DateTime, to: DateTime) -> Option<(Date, Date)> {
    let midnight = Time::midnight();
    let whole = from.time() == midnight && to.time() == midnight && from < to;
    whole.then(|| to.date().yesterday().ok().map(|last| (from.date(), last))).flatten()
}

/// The local part of a time with an offset.
fn civil(time: &str) -> Option<DateTime> {
    let end = time.len().checked_sub("+09:00".len())?;
    time.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(local("2026-11-20T08:00:00+09:00"), "2026-11-20 08:00");
        assert_eq!(local("2026-11-20T08:00:05+09:00"), "2026-11-20 08:00:05");
        let midnight = |day: &str| format!("{day}T00:00:00+09:00");
        assert_eq!(days(&midnight("2026-04-01"), &midnight("2026-05-01")), "2026-04-01 ～ 2026-04-30");
        assert_eq!(days(&midnight("2026-04-01"), &midnight("2026-04-02")), "2026-04-01");
        let evening = "2026-04-01T18:30:00+09:00";
        assert_eq!(days(&midnight("2026-04-01"), evening), "2026-04-01 00:00 ～ 2026-04-01 18:30");
    }
}
