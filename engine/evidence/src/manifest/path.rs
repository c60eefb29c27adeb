//! Paths of evidence files, with wildcards and dates in them.

use std::collections::BTreeSet;

use glob::Pattern;
use jiff::civil::Date;
use kijun_source::{Bilingual, bilingual, nearest};

use crate::files::MATCHING;

/// Digits of a date that a path may hold, with their number.
const PLACEHOLDERS: [(&str, usize); 3] = [("{yyyy}", 4), ("{MM}", 2), ("{dd}", 2)];

/// A path relative to the workspace, or a pattern of paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern {
    text: String,
    dating: Dating,
}

/// What the file names say of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dating {
    /// Nothing.
    Undated,
    /// The month: `{yyyy}` and `{MM}`.
    Month,
    /// The day: `{yyyy}`, `{MM}` and `{dd}`.
    Day,
}

/// Why the days of a file cannot be read from its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undatable {
    /// The digits are no date, such as month 13.
    NoSuchDay,
    /// The pattern fits in more than one way.
    Ambiguous,
}

impl PathPattern {
    /// Checks a path as written in `kijun.toml`; otherwise says what is wrong with it and what to do.
    pub fn new(text: &str) -> Result<Self, (Bilingual, Bilingual)> {
        check_form(text)?;
        check_placeholders(text)?;
        let has = |placeholder: &str| text.contains(placeholder);
        let dating = match (has("{yyyy}"), has("{MM}"), has("{dd}")) {
            (false, false, false) => Dating::Undated,
            (true, true, false) => Dating::Month,
            (true, true, true) => Dating::Day,
            _ => {
                return Err((
                    bilingual!(
                        "`{text}` からは月も日も決まらない",
                        "`{text}` tells neither a month nor a day"
                    ),
                    Bilingual::new(
                        "{yyyy} と {MM}（日ごとなら {dd} も）を書く",
                        "write {yyyy} and {MM}, and {dd} for days",
                    ),
                ));
            }
        };
        let pattern = Self { text: text.to_owned(), dating };
        match Pattern::new(&pattern.glob()) {
            Ok(_) => Ok(pattern),
            Err(error) => {
                let reason = error.msg;
                Err((
                    bilingual!(
                        "`{text}` は検索パターンとして読めない",
                        "`{text}` is not a pattern: {reason}"
                    ),
                    Bilingual::new("記号 [ そのものは [[] と書く", "write [[] for the character [ itself"),
                ))
            }
        }
    }

    /// The path as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the file names say of time.
    pub fn dating(&self) -> Dating {
        self.dating
    }

    /// Whether it may stand for several files.
    pub fn is_pattern(&self) -> bool {
        self.dating != Dating::Undated || self.text.contains(['*', '?', '['])
    }

    /// The glob pattern of the paths that it stands for.
    pub fn glob(&self) -> String {
        fill(&self.text, &["", "", ""])
    }

    /// The first and the last day that a path stands for; `None` where the pattern is undated.
    pub fn days_of(&self, path: &str) -> Result<Option<(Date, Date)>, Undatable> {
        self.days_by(&self.text, path)
    }

    /// As [`PathPattern::days_of`], for the last component of a path alone.
    pub fn days_of_name(&self, name: &str) -> Result<Option<(Date, Date)>, Undatable> {
        self.days_by(self.text.rsplit('/').next().unwrap_or(""), name)
    }

    fn days_by(&self, pattern: &str, path: &str) -> Result<Option<(Date, Date)>, Undatable> {
        let months_only = match self.dating {
            Dating::Undated => return Ok(None),
            Dating::Month => true,
            Dating::Day => false,
        };
        let readings = readings(pattern, path);
        let [[year, month, day]] = &readings[..] else {
            return Err(if readings.is_empty() { Undatable::NoSuchDay } else { Undatable::Ambiguous });
        };
        let day = if months_only { "01" } else { day };
        let first = date(year, month, day).ok_or(Undatable::NoSuchDay)?;
        let last = if months_only { first.last_of_month() } else { first };
        Ok(Some((first, last)))
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Every way in which the placeholders of `pattern` can stand for digits of `path`; placeholders that do not occur are empty.
fn readings(pattern: &str, path: &str) -> Vec<[String; 3]> {
    let mut readings = vec![[String::new(), String::new(), String::new()]];
    for (position, (placeholder, width)) in PLACEHOLDERS.into_iter().enumerate() {
        if !pattern.contains(placeholder) {
            continue;
        }
        let mut longer = Vec::new();
        for reading in readings {
            for digits in digit_runs(path, width) {
                let mut candidate = reading.clone();
                candidate[position] = digits.to_owned();
                if matches(&fill(pattern, &candidate), path) {
                    longer.push(candidate);
                }
            }
        }
        readings = longer;
    }
    readings
}

fn matches(pattern: &str, path: &str) -> bool {
    Pattern::new(pattern).is_ok_and(|pattern| pattern.matches_with(path, MATCHING))
}

/// All runs of so many digits in the path, each once.
fn digit_runs(path: &str, width: usize) -> BTreeSet<&str> {
    let digits = |run: &&str| run.len() == width && run.bytes().all(|byte| byte.is_ascii_digit());
    (0..path.len()).filter_map(|start| path.get(start..start + width)).filter(digits).collect()
}

/// Puts digits in the place of the placeholders; an empty text stands for any digits.
fn fill(pattern: &str, digits: &[impl AsRef<str>; 3]) -> String {
    let mut filled = pattern.to_owned();
    for ((placeholder, width), digits) in PLACEHOLDERS.into_iter().zip(digits) {
        let digits = digits.as_ref();
        let class = if digits.is_empty() { "[0-9]".repeat(width) } else { digits.to_owned() };
        filled = filled.replace(placeholder, &class);
    }
    filled
}

fn check_form(text: &str) -> Result<(), (Bilingual, Bilingual)> {
    if text.contains('\\') {
        return Err((
            bilingual!("`{text}` に \\ が使われている", "`{text}` contains a backslash"),
            bilingual!("区切りは / と書く", "write / between folders"),
        ));
    }
    let absolute = text.starts_with('/') || text.get(1..2) == Some(":");
    if text.is_empty() || absolute || text.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err((
            bilingual!(
                "`{text}` は作業フォルダーの中のパスではない",
                "`{text}` is not a path inside the workspace"
            ),
            bilingual!(
                "kijun.toml のあるフォルダーからの相対パスを書く",
                "write a path relative to the folder of kijun.toml"
            ),
        ));
    }
    Ok(())
}

fn check_placeholders(text: &str) -> Result<(), (Bilingual, Bilingual)> {
    let names = || PLACEHOLDERS.iter().map(|(name, _)| *name);
    for piece in text.split('{').skip(1) {
        let unknown = match piece.split_once('}') {
            Some((inner, _)) => format!("{{{inner}}}"),
            None => format!("{{{piece}"),
        };
        if names().any(|name| name == unknown) {
            continue;
        }
        let same_letters = names().find(|name| name.eq_ignore_ascii_case(&unknown));
        let expected = match same_letters.or_else(|| nearest(&unknown, names())) {
            Some(name) => bilingual!("`{name}` のことか", "did you mean `{name}`?"),
            None => Bilingual::new("使えるのは {yyyy} {MM} {dd}", "there are {yyyy}, {MM} and {dd}"),
        };
        return Err((
            bilingual!("`{unknown}` という日付の桁はない", "unknown placeholder `{unknown}`"),
            expected,
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn days(pattern: &str, path: &str) -> Result<Option<(Date, Date)>, Undatable> {
        PathPattern::new(pattern).unwrap().days_of(path)
    }

    #[test]
    fn days_are_read_from_paths() {
        assert_eq!(days("a/roster.csv", "a/roster.csv"), Ok(None));
        assert_eq!(
            days("entry-{yyyy}-{MM}.csv", "entry-2028-02.csv"),
            Ok(Some((day(2028, 2, 1), day(2028, 2, 29))))
        );
        let daily = "{yyyy}/a-{yyyy}{MM}{dd}.csv";
        assert_eq!(days(daily, "2026/a-20260401.csv"), Ok(Some((day(2026, 4, 1), day(2026, 4, 1)))));
        assert_eq!(days(daily, "2025/a-20260401.csv"), Err(Undatable::NoSuchDay));
        assert_eq!(days("a-{yyyy}-{MM}.csv", "a-2026-13.csv"), Err(Undatable::NoSuchDay));
        assert_eq!(days("*{yyyy}{MM}*.csv", "20261112.csv"), Err(Undatable::Ambiguous));
        assert_eq!(
            days("*/扉-*-{yyyy}{MM}.csv", "a/扉-1-202611.csv"),
            Ok(Some((day(2026, 11, 1), day(2026, 11, 30))))
        );
    }

    #[test]
    fn paths_that_cannot_be_meant_are_refused() {
        for text in [
            "",
            "/a.csv",
            "../a.csv",
            "a//b.csv",
            "C:/a.csv",
            "a\\b.csv",
            "a-{YYYY}.csv",
            "a-{yyyy}.csv",
            "a-{dd}.csv",
            "a-{yyyy",
            "a[.csv",
        ] {
            assert!(PathPattern::new(text).is_err(), "{text}");
        }
    }
}
