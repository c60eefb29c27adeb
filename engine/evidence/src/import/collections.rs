//! Which files of a source make which collection, and which of these count.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_ir::calendar::start_of_day;
use kijun_source::Span;

use crate::manifest::{Completeness, Located, Plan, Undatable, VouchedRows};

/// The files of one collection: of one moment, or over the same days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Collection {
    /// The first and the last day; `None` for a state whose moment is written in `kijun.toml`.
    pub(super) days: Option<(Date, Date)>,
    /// The paths, ascending.
    pub(super) paths: Vec<String>,
}

/// How many data rows somebody vouches for in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vouched {
    /// Nobody vouches for the file.
    No,
    /// So many, as written there.
    Rows(usize, Span),
}

/// Something wrong with what is vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum VouchingProblem {
    /// One number for several files.
    OneNumber(Span, usize),
    /// A file that is not listed.
    Unlisted(String),
    /// A name that stands for several files.
    Ambiguous(Span, String),
}

/// Groups paths into collections, ascending by days; or the path whose days cannot be read.
pub(super) fn collections(plan: &Plan, paths: Vec<String>) -> Result<Vec<Collection>, (String, Undatable)> {
    let mut collections: Vec<Collection> = Vec::new();
    for path in paths {
        let days = match plan.path.value.days_of(&path) {
            Ok(days) => days.or(plan.covers),
            Err(why) => return Err((path, why)),
        };
        match collections.iter_mut().find(|collection| collection.days == days) {
            Some(collection) => collection.paths.push(path),
            None => collections.push(Collection { days, paths: vec![path] }),
        }
    }
    collections.sort_by_key(|collection| collection.days);
    Ok(collections)
}

/// When a collection was taken.
pub(super) fn taken_at(plan: &Plan, collection: &Collection) -> Option<Timestamp> {
    plan.collected.or_else(|| start_of_day(collection.days?.0, &plan.zone))
}

/// The clocks by which the days of a log may have been counted: that of the source, by which its times are read, and that of the workspace.
///
/// A source may write its times in UTC and still cut its files where the day ends in Japan, so that nobody can tell by which of the two clocks a
/// file begins and ends. What lies between the two is covered only where the files on both sides are there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clocks<'a> {
    /// That of the source.
    pub(super) source: &'a TimeZone,
    /// That of the workspace.
    pub(super) workspace: &'a TimeZone,
}

impl Clocks<'_> {
    /// The half-open stretch of time that lies in some days by either clock; `None` where there is none.
    pub(super) fn stretch_of(self, (first, last): (Date, Date)) -> Option<(Timestamp, Timestamp)> {
        let (_, from) = self.start_of(first)?;
        let (to, _) = self.start_of(last.tomorrow().ok()?)?;
        (from < to).then_some((from, to))
    }

    /// The half-open stretch of time that lies before a day by one clock and in it by the other; `None` where the clocks agree.
    pub(super) fn seam_before(self, day: Date) -> Option<(Timestamp, Timestamp)> {
        self.start_of(day).filter(|(from, to)| from < to)
    }

    /// The start of a day by the earlier clock and by the later one.
    fn start_of(self, day: Date) -> Option<(Timestamp, Timestamp)> {
        let (one, other) = (start_of_day(day, self.source)?, start_of_day(day, self.workspace)?);
        Some((one.min(other), one.max(other)))
    }
}

/// What somebody vouches for in each of the paths that are read, of all that are present.
pub(super) fn vouching<'p>(
    complete: &Completeness,
    read: &'p [String],
    present: &[String],
) -> (BTreeMap<&'p str, Vouched>, Vec<VouchingProblem>) {
    let mut problems = Vec::new();
    let rows = match complete {
        Completeness::NotVouched => return (BTreeMap::new(), problems),
        Completeness::Vouched { rows, .. } => rows,
    };
    let vouched = match rows {
        VouchedRows::OneFile(rows) if read.len() == 1 => {
            read.iter().map(|path| (path.as_str(), Vouched::Rows(rows.value, rows.span))).collect()
        }
        VouchedRows::OneFile(rows) => {
            problems.push(VouchingProblem::OneNumber(rows.span, read.len()));
            BTreeMap::new()
        }
        VouchedRows::ByFile(listed) => read
            .iter()
            .map(|path| (path.as_str(), vouched_in(listed, path, present, &mut problems)))
            .collect(),
    };
    (vouched, problems)
}

fn vouched_in(
    listed: &[(Located<String>, usize)],
    path: &str,
    present: &[String],
    problems: &mut Vec<VouchingProblem>,
) -> Vouched {
    let Some((name, rows)) = listed.iter().find(|(name, _)| names(&name.value, path)) else {
        problems.push(VouchingProblem::Unlisted(path.to_owned()));
        return Vouched::No;
    };
    if present.iter().filter(|other| names(&name.value, other)).count() > 1 {
        problems.push(VouchingProblem::Ambiguous(name.span, name.value.clone()));
        return Vouched::No;
    }
    Vouched::Rows(*rows, name.span)
}

/// Whether a name listed under `rows` means this path: the whole path, or its last component.
pub(super) fn names(listed: &str, path: &str) -> bool {
    listed == path || path.rsplit('/').next() == Some(listed)
}

/// A file listed under `rows` that is not there.
pub(super) struct Absent {
    /// Where it is listed.
    pub(super) span: Span,
    /// Its name as listed.
    pub(super) name: String,
    /// The days that it would cover; `None` where it could belong to any collection.
    pub(super) days: Option<(Date, Date)>,
}

/// The files listed under `rows` that are not there.
pub(super) fn absent(plan: &Plan, present: &[String]) -> Vec<Absent> {
    let Completeness::Vouched { rows: VouchedRows::ByFile(listed), .. } = &plan.complete else {
        return Vec::new();
    };
    let absent = listed.iter().filter(|(name, _)| !present.iter().any(|path| names(&name.value, path)));
    absent
        .map(|(name, _)| {
            let pattern = &plan.path.value;
            let text = &name.value;
            let days = pattern.days_of(text).or_else(|_| pattern.days_of_name(text));
            Absent { span: name.span, name: text.clone(), days: days.ok().flatten() }
        })
        .collect()
}
