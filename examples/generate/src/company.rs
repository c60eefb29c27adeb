//! The company: who works there, in which areas, on which computers. All of it is invented.

use jiff::civil::{Date, date};

/// How many people the roster names.
pub(crate) const PEOPLE: usize = 40;
/// Left on [`LEAVER_LEFT`], and went on using a computer.
pub(crate) const LEAVER: usize = 19;
/// The leaver's last day.
pub(crate) const LEAVER_LEFT: Date = date(2026, 8, 31);
/// Designated before the training records begin.
pub(crate) const VETERAN: usize = 5;
/// Has not taken this year's training yet.
pub(crate) const UNTRAINED: usize = 31;
/// Joined in November; the time for the first training is still running.
pub(crate) const NEWCOMER: usize = 40;
/// On leave since May.
pub(crate) const ON_LEAVE: usize = 33;
/// Approves designations and rights.
pub(crate) const MANAGER: usize = 2;
/// Asks visitors for their business.
pub(crate) const RECEPTION: usize = 30;

const FAMILY_NAMES: [&str; 8] = ["架空", "見本", "例示", "仮名", "模擬", "試験", "虚構", "想定"];
const GIVEN_NAMES: [&str; 5] = ["一郎", "花子", "次郎", "桜子", "三郎"];

/// `E0001`
pub(crate) fn person_id(number: usize) -> String {
    format!("E{number:04}")
}

/// `架空 一郎`
pub(crate) fn person_name(number: usize) -> String {
    let index = number - 1;
    let given = GIVEN_NAMES[index / FAMILY_NAMES.len() % GIVEN_NAMES.len()];
    format!("{} {given}", FAMILY_NAMES[index % FAMILY_NAMES.len()])
}

/// The day on which a person joined.
pub(crate) fn joined(number: usize) -> Date {
    match number {
        VETERAN => date(2005, 4, 1),
        38 => date(2026, 4, 1),
        39 => date(2026, 7, 1),
        NEWCOMER => date(2026, 11, 2),
        _ => date(2008 + (number as i16 * 7) % 16, 4, 1),
    }
}

/// The last day of those who left.
pub(crate) fn left(number: usize) -> Option<Date> {
    match number {
        LEAVER => Some(LEAVER_LEFT),
        36 => Some(date(2026, 6, 30)),
        _ => None,
    }
}

/// Those who handle personal information.
pub(crate) fn handlers() -> impl Iterator<Item = usize> {
    (3..=24).chain([38, 39])
}

/// The first day on which a handler is designated.
pub(crate) fn designated_from(number: usize) -> Date {
    match number {
        VETERAN => date(2018, 4, 1),
        38 => date(2026, 4, 13),
        39 => date(2026, 7, 21),
        _ => FISCAL_YEAR.0,
    }
}

/// The first and the last day of the fiscal year.
pub(crate) const FISCAL_YEAR: (Date, Date) = (date(2026, 4, 1), date(2027, 3, 31));

/// A controlled area.
#[derive(Debug)]
pub(crate) struct Zone {
    /// Its number.
    pub(crate) id: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) kind: &'static str,
    /// The door.
    pub(crate) door: &'static str,
    /// Who may enter.
    pub(crate) entitled: &'static [usize],
    /// Where it lies.
    pub(crate) site: &'static str,
    /// How many of them come on a day where nobody has a desk.
    pub(crate) daily: usize,
    /// Whether those who may enter have their desks there.
    pub(crate) has_desks: bool,
    /// Who attends visitors; 0 where none come.
    pub(crate) escort: usize,
}

/// The controlled areas.
pub(crate) const ZONES: [Zone; 4] = [
    Zone {
        id: "Z-01",
        name: "本館サーバ室",
        kind: "サーバ室",
        door: "本館3階サーバ室扉",
        entitled: &[3, 4, 5],
        site: "S-01",
        daily: 2,
        has_desks: false,
        escort: 5,
    },
    Zone {
        id: "Z-02",
        name: "本館書類保管室",
        kind: "保管室",
        door: "本館2階保管室扉",
        entitled: &[2, 6, 7, 8, 9, 11, 12],
        site: "S-01",
        daily: 2,
        has_desks: false,
        escort: 6,
    },
    Zone {
        id: "Z-03",
        name: "別館入力事務室",
        kind: "事務室",
        door: "別館1階事務室扉",
        entitled: &[10, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 38, 39],
        site: "S-02",
        daily: 0,
        has_desks: true,
        escort: 10,
    },
    Zone {
        id: "Z-04",
        name: "本館審査事務室",
        kind: "事務室",
        door: "本館2階審査事務室扉",
        entitled: &[3, 4, 5, 6, 7, 8, 9, 11, 12],
        site: "S-01",
        daily: 0,
        has_desks: true,
        escort: 0,
    },
];

/// The first day on which a person may enter an area.
pub(crate) fn may_enter_from(number: usize) -> Date {
    designated_from(number).max(date(2025, 4, 1))
}

/// Whether a person may enter the areas that name them.
pub(crate) fn may_enter_on(number: usize, day: Date) -> bool {
    day >= may_enter_from(number) && left(number).is_none_or(|left| day <= left)
}

/// The computer of a handler.
pub(crate) fn computer_of(number: usize) -> String {
    let index = match number {
        38 => 23,
        39 => 24,
        _ => number - 2,
    };
    format!("PC-{index:03}")
}

/// The area in which the desk of a handler stands.
pub(crate) fn desk_of(number: usize) -> &'static str {
    if ZONES[3].entitled.contains(&number) { "Z-04" } else { "Z-03" }
}

/// Who used another's computer, with the right to, until the right ended.
pub(crate) const BORROWER: usize = 20;
/// The day of that use, which is the last day of the right.
pub(crate) const BORROWED_ON: Date = date(2026, 5, 29);

/// Computers that no network reaches: their state is noted on a sheet by hand.
pub(crate) const STANDALONE: [&str; 3] = ["PC-021", "PC-022", "SV-003"];
/// Servers in the server room.
pub(crate) const SERVERS: [&str; 3] = ["SV-001", "SV-002", "SV-003"];
/// The rented server in a data centre.
pub(crate) const HOSTED: &str = "CL-001";
/// Who runs the servers.
pub(crate) const ADMINISTRATORS: [usize; 2] = [3, 4];
