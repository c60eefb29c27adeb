//! The nearest name, for "did you mean".

use std::cmp::Reverse;

/// The candidate that is nearest to `name` by edit distance, if it is near enough to be a slip of the hand.
///
/// Of candidates that are as near, the one with the longest common beginning is meant: people err at the end of a name,
/// and `5(12)b` is nearer to `5(12)a` than to `5(1)b`. Then the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, Reverse(common_beginning(name, candidate))))
        .map(|(_, candidate)| candidate)
}

/// How many characters two names begin with in common.
fn common_beginning(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count()
}

/// Edit distance in characters: insertions, deletions, substitutions and swaps of neighbours cost one each.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut cost = (previous[j] + usize::from(a != b)).min(previous[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut previous, row);
    }
    previous[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        assert_eq!(nearest("succeded", ["at", "succeeded", "person"]), Some("succeeded"));
        assert_eq!(nearest("利用権", ["利用者", "利用権限"]), Some("利用権限"));
        assert_eq!(nearest("raed", ["read"]), Some("read"));
        assert_eq!(nearest("device", ["person", "at"]), None);
    }

    #[test]
    fn a_common_beginning_decides_between_names_as_near() {
        assert_eq!(nearest("5(12)b", ["5(1)b", "5(2)b", "5(12)a"]), Some("5(12)a"));
        assert_eq!(nearest("5(12)b", ["5(1)b", "5(12)bb", "5(12)a"]), Some("5(12)bb"));
        assert_eq!(nearest("entry_lag", ["entry_flag", "entry_log"]), Some("entry_log"));
    }
}
