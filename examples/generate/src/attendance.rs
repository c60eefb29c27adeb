//! Who is in which area on which day. The doors and the computers both tell of it, so that their logs agree.

use jiff::civil::{Date, DateTime, date};

use crate::company::{BORROWED_ON, BORROWER, ZONES, Zone, handlers, may_enter_on};
use crate::days::{minutes_after, months, working_days, year_month};
use crate::random::SplitMix64;

/// How likely somebody sits at the desk on a working day, in hundredths.
const DESK_SHARE: u64 = 35;

/// What is wrong with a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Nothing.
    Sound,
    /// The book names no escort.
    NoEscort,
    /// The escort left the area while the visitor was in it.
    EscortLeft,
}

/// A visitor in an area.
#[derive(Debug)]
pub(crate) struct Visit {
    /// Where.
    pub(crate) zone: &'static Zone,
    /// The first moment.
    pub(crate) from: DateTime,
    /// The last moment.
    pub(crate) until: DateTime,
    /// What is wrong with it.
    pub(crate) flaw: Flaw,
}

/// A person in an area for a day.
#[derive(Debug)]
pub(crate) struct Presence {
    /// The day.
    pub(crate) day: Date,
    /// The area.
    pub(crate) zone: &'static Zone,
    /// The person.
    pub(crate) person: usize,
    /// When the person came in.
    pub(crate) from: DateTime,
    /// When the person left for home.
    pub(crate) until: DateTime,
}

/// Everybody's days, by day. Who watches over servers or papers is not at a desk on that day.
pub(crate) fn days(visits: &[Visit], random: &mut SplitMix64) -> Vec<Presence> {
    let mut presences = Vec::new();
    for day in working_days() {
        let mut busy = Vec::new();
        for zone in &ZONES {
            for person in present(zone, day, visits, &busy, random) {
                busy.push(person);
                presences.push(presence(day, zone, person, random));
            }
        }
    }
    presences
}

fn present(
    zone: &'static Zone,
    day: Date,
    visits: &[Visit],
    busy: &[usize],
    random: &mut SplitMix64,
) -> Vec<usize> {
    let free = |number: &usize| may_enter_on(*number, day) && !busy.contains(number);
    let entitled: Vec<usize> = zone.entitled.iter().copied().filter(free).collect();
    let mut present = if zone.has_desks {
        entitled.iter().copied().filter(|_| random.percent(DESK_SHARE)).collect()
    } else {
        random.choose(&entitled, zone.daily)
    };
    let visit = visits.iter().find(|visit| visit.zone.id == zone.id && visit.from.date() == day);
    let host = visit.map(host);
    let borrower = (day == BORROWED_ON && zone.entitled.contains(&BORROWER)).then_some(BORROWER);
    for person in host.into_iter().chain(borrower) {
        if !present.contains(&person) {
            present.push(person);
        }
    }
    present
}

/// From about half past eight to some time after five.
fn presence(day: Date, zone: &'static Zone, person: usize, random: &mut SplitMix64) -> Presence {
    let second = random.below(60) as i8;
    Presence {
        day,
        zone,
        person,
        from: day.at(8, 30 + random.below(30) as i8, second, 0),
        until: day.at(17, random.below(60) as i8, second, 0),
    }
}

/// A visit a month in each area that has a host. Three of them are the ones that the README tells of.
pub(crate) fn visits(random: &mut SplitMix64) -> Vec<Visit> {
    let days: Vec<Date> = working_days().collect();
    let mut visits = Vec::new();
    for month in months() {
        for (index, zone) in ZONES.iter().filter(|zone| zone.escort != 0).enumerate() {
            let in_month: Vec<Date> =
                days.iter().copied().filter(|day| year_month(*day) == year_month(month)).collect();
            let (day, flaw) = match (month.month(), index) {
                (6, 0) => (date(2026, 6, 17), Flaw::NoEscort),
                (8, 2) => (date(2026, 8, 19), Flaw::Sound),
                (9, 1) => (date(2026, 9, 9), Flaw::EscortLeft),
                _ => (in_month[random.below(in_month.len() as u64) as usize], Flaw::Sound),
            };
            let from = day.at(10 + random.below(5) as i8, random.below(60) as i8, 0, 0);
            let until = minutes_after(from, 40 + random.below(50) as i64);
            visits.push(Visit { zone, from, until, flaw });
        }
    }
    visits.sort_by_key(|visit| visit.from);
    visits
}

/// Who takes care of the visitor, even where the book does not say so.
pub(crate) fn host(visit: &Visit) -> usize {
    if visit.flaw == Flaw::NoEscort { 4 } else { visit.zone.escort }
}

/// The people who sit in an area on a day and have a computer there.
pub(crate) fn at_desks(presences: &[Presence]) -> impl Iterator<Item = &Presence> {
    presences
        .iter()
        .filter(|presence| presence.zone.has_desks && handlers().any(|handler| handler == presence.person))
}
