//! Names and labels within one declaration: the fields of a fact, the values of an enum.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::names::Spellings;

/// What a word stands for among names with labels, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A name, or a label that only one has.
    One(usize),
    /// A label that two have.
    Shared(usize, usize),
    /// Nothing.
    Nothing,
}

/// The fields of a fact, or the values of an enum, by the words that they go by.
#[derive(Debug)]
pub(super) struct Words {
    found: FxHashMap<String, Found>,
    /// Name and label of each, where the label is a name for it.
    pairs: Vec<Option<Spellings>>,
}

impl Words {
    pub(super) fn new(spelled: &[(&str, &str)], may_be_name: fn(&str) -> bool) -> Self {
        let words = spelled.iter().flat_map(|(name, label)| [*name, *label]);
        let paired = |index| {
            let (name, label) = pair(spelled, index, may_be_name)?;
            Some((Arc::from(name), Arc::from(label)))
        };
        Self {
            found: words.map(|word| (word.to_owned(), find(spelled, word))).collect(),
            pairs: (0..spelled.len()).map(paired).collect(),
        }
    }

    /// How many go by them.
    pub(super) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// What a word stands for.
    pub(super) fn find(&self, word: &str) -> Found {
        self.found.get(word).copied().unwrap_or(Found::Nothing)
    }

    /// Name and label of one, where the label is a name for it.
    pub(super) fn pair(&self, index: usize) -> Option<&Spellings> {
        self.pairs.get(index)?.as_ref()
    }
}

/// What a word stands for; a name goes before a label.
fn find(spelled: &[(&str, &str)], word: &str) -> Found {
    if let Some(index) = spelled.iter().position(|(name, _)| *name == word) {
        return Found::One(index);
    }
    let mut labelled = spelled.iter().enumerate().filter(|(_, (_, label))| *label == word);
    match (labelled.next(), labelled.next()) {
        (None, _) => Found::Nothing,
        (Some((index, _)), None) => Found::One(index),
        (Some((first, _)), Some((second, _))) => Found::Shared(first, second),
    }
}

/// Name and label of one, where the label is a name for it.
pub(super) fn pair<'a>(
    spelled: &[(&'a str, &'a str)],
    index: usize,
    may_be_name: fn(&str) -> bool,
) -> Option<(&'a str, &'a str)> {
    let (name, label) = spelled[index];
    (name != label && may_be_name(label) && find(spelled, label) == Found::One(index))
        .then_some((name, label))
}

/// The name, or the label that is one, that is nearest to a slip.
pub(super) fn nearest<'a>(
    spelled: &[(&'a str, &'a str)],
    word: &str,
    may_be_name: fn(&str) -> bool,
) -> Option<&'a str> {
    let labels =
        (0..spelled.len()).filter_map(|index| pair(spelled, index, may_be_name)).map(|(_, label)| label);
    kijun_source::nearest(word, spelled.iter().map(|(name, _)| *name).chain(labels))
}
