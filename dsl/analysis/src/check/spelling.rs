//! Names and labels within one declaration: the fields of a fact, the values of an enum.

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

/// What a word stands for; a name goes before a label.
pub(super) fn find(spelled: &[(&str, &str)], word: &str) -> Found {
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
