//! Schedules of audits: a cron expression with seconds, and the zone in which it is read.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use cron::Schedule;
use jiff::tz::TimeZoneDatabase;
use kijun_ir::Trigger;
use kijun_source::{Bilingual, Diagnostic, bilingual, nearest};
use kijun_syntax::ast::Text;

use crate::check::Checker;
use crate::diagnostics::{NEVER, SCHEDULE, UNKNOWN_ZONE};
use crate::names::suggest;

/// The fields of a cron expression: what each says, and what may be written.
const FIELDS: [(&str, &str, &str); 6] = [
    ("秒", "the second", "0-59"),
    ("分", "the minute", "0-59"),
    ("時", "the hour", "0-23"),
    ("日", "the day", "1-31"),
    ("月", "the month", "1-12, JAN-DEC"),
    ("曜日", "the day of the week", "SUN-SAT"),
];

/// A schedule; reports an expression that cannot be read or never comes, and a zone that does not exist.
pub(super) fn schedule(checker: &mut Checker<'_>, written: &Text, zone: &Text) -> Option<Trigger> {
    let cron = self::cron(checker, written);
    let zone = self::zone(checker, zone);
    Some(Trigger::Schedule { cron: cron?, zone: zone? })
}

fn cron(checker: &mut Checker<'_>, written: &Text) -> Option<String> {
    let fields: Vec<&str> = written.value.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        let found = fields.len();
        let message = bilingual!("日程の項目が {found} 個ある", "the schedule has {found} fields");
        let help = Bilingual::new(
            "六つを空白で区切って書く: 秒 分 時 日 月 曜日（`0 0 9 1 10 *` は 10 月 1 日 9 時）",
            "write six with spaces between: second minute hour day month weekday (`0 0 9 1 10 *` is 09:00 on 1 October)",
        );
        checker.report(Diagnostic::new(&SCHEDULE, written.span, message).help(help));
        return None;
    }
    if let Some(wrong) = (0..fields.len()).find(|field| !is_readable(*field, fields[*field])) {
        unreadable(checker, written, wrong, fields[wrong]);
        return None;
    }
    let cron = fields.join(" ");
    let schedule = Schedule::from_str(&cron).ok();
    if schedule.is_none_or(|schedule| schedule.after(&DateTime::<Utc>::UNIX_EPOCH).next().is_none()) {
        let message =
            bilingual!("「{cron}」に当たる日は暦にない", "no day of the calendar is one of `{cron}`");
        let help = Bilingual::new("日と月の組み合わせを確かめる", "check day and month");
        checker.report(Diagnostic::new(&NEVER, written.span, message).help(help));
        return None;
    }
    Some(cron)
}

/// Whether a field can be read where it stands. Days of the week have names only: programs number them differently.
fn is_readable(field: usize, written: &str) -> bool {
    let is_weekday = field == FIELDS.len() - 1;
    let shaped = written.split(',').all(|part| is_shaped(part, is_weekday));
    let mut alone = ["*"; FIELDS.len()];
    alone[field] = written;
    shaped && Schedule::from_str(&alone.join(" ")).is_ok()
}

/// `*`, `5`, `MON`, `1-5`, `MON-FRI`, each with `/2` or without. The reader of the expression would take `1MON` for two fields.
fn is_shaped(part: &str, is_weekday: bool) -> bool {
    let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let is_range = |fits: &dyn Fn(&str) -> bool| fits(first) && fits(last);
    let ranged = range == "*" || is_range(&is_name) || (!is_weekday && is_range(&is_number));
    ranged && step.is_none_or(is_number)
}

fn unreadable(checker: &mut Checker<'_>, written: &Text, field: usize, found: &str) {
    let (ja, en, values) = FIELDS[field];
    let message =
        bilingual!("日程の{ja}「{found}」は読めない", "{en} of the schedule, `{found}`, cannot be read");
    let help = bilingual!(
        "{ja}に書けるのは {values}、`*`、`,` で並べたもの、`-` で結んだ範囲、`/` の後に間隔",
        "write one of {values}, `*`, several with `,`, a range with `-`, a step after `/`"
    );
    checker.report(Diagnostic::new(&SCHEDULE, written.span, message).help(help));
}

/// The name of a zone. The zones are those that travel with the program, whatever machine it runs on.
fn zone(checker: &mut Checker<'_>, written: &Text) -> Option<String> {
    let zones = TimeZoneDatabase::bundled();
    let name = written.value.trim();
    if let Ok(zone) = zones.get(name) {
        return Some(zone.iana_name().unwrap_or(name).to_owned());
    }
    let message = bilingual!("標準時「{name}」はない", "there is no time zone `{name}`");
    let known: Vec<String> = zones.available().map(|name| name.to_string()).collect();
    let near = nearest(name, known.iter().map(String::as_str));
    let help = Bilingual::new("日本は `Asia/Tokyo`", "that of Japan is `Asia/Tokyo`");
    checker.report(suggest(Diagnostic::new(&UNKNOWN_ZONE, written.span, message), near).help(help));
    None
}
