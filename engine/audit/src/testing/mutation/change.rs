//! How a mutant differs from the rule, in the words of the language.

use kijun_ir::{Duration, Value};

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

/// How a piece of a rule was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// One word for another: `<=` for `<`.
    Replaced {
        /// What is written; empty where a word was added.
        from: String,
        /// What stands there instead; empty where a word was left out.
        to: String,
    },
    /// The piece was left out.
    Dropped,
    /// The piece was turned into its opposite.
    Negated,
}

impl Change {
    pub(super) fn replaced(from: impl Into<String>, to: impl Into<String>) -> Self {
        Change::Replaced { from: from.into(), to: to.into() }
    }
}

/// The values one unit below and one above, for kinds of value that bound something: numbers and lengths of time. A unit of a
/// length of time is the largest that it is a multiple of, but no more than a month.
pub(super) fn neighbours(value: &Value) -> Vec<Value> {
    match value {
        Value::Int(number) => {
            let both = [number.checked_sub(1), number.checked_add(1)];
            both.into_iter().flatten().map(Value::Int).collect()
        }
        Value::Duration(length) => {
            let unit = unit(*length);
            let both = [unit.checked_neg(), Some(unit)].into_iter().flatten();
            both.filter_map(|step| length.checked_add(step)).map(Value::Duration).collect()
        }
        _ => Vec::new(),
    }
}

fn unit(length: Duration) -> Duration {
    match length {
        Duration { micros, .. } if micros != 0 => {
            let units = [HOUR, MINUTE, 1_000_000];
            Duration::micros(units.into_iter().find(|unit| micros % unit == 0).unwrap_or(1))
        }
        Duration { business_days, .. } if business_days != 0 => Duration::business_days(1),
        Duration { days, months, .. } if days != 0 || months == 0 => Duration::days(1),
        _ => Duration::months(1),
    }
}

/// A bound as it is written.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Int(number) => number.to_string(),
        Value::Duration(length) => length_text(*length),
        other => format!("{other:?}"),
    }
}

fn length_text(length: Duration) -> String {
    let (clock, unit) = match length.micros {
        micros if micros % HOUR == 0 => (micros / HOUR, "hours"),
        micros if micros % MINUTE == 0 => (micros / MINUTE, "minutes"),
        micros => (micros / 1_000_000, "seconds"),
    };
    let parts = [
        (i64::from(length.months), "months"),
        (i64::from(length.days), "days"),
        (i64::from(length.business_days), "business days"),
        (clock, unit),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter(|(amount, _)| *amount != 0)
        .map(|(amount, unit)| format!("{amount} {unit}"))
        .collect();
    if words.is_empty() { "0 days".to_owned() } else { words.join(" + ") }
}
