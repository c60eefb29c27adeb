//! A sentence as data: text with lists that belong to it, before anybody has decided how it is shown.

use kijun_source::Lang;

/// A sentence or a part of one: text, and the lists that the text speaks of, which are shown below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase {
    /// The text.
    pub runs: Vec<Run>,
    /// The lists in the order in which the text speaks of them.
    pub lists: Vec<Vec<Phrase>>,
}

/// A part of the text of a [`Phrase`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Text(String),
    /// Here the text speaks of a list. Where it speaks of several, the list is called by its number, between these words.
    List {
        /// Which of the lists.
        index: usize,
        /// What stands before its number.
        before: &'static str,
        /// What stands behind its number.
        after: &'static str,
    },
    /// A note, by its position in [`Statement::notes`].
    Note(usize),
}

/// What is said of a rule: sentences, and the notes that they refer to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statement {
    /// The sentences in order.
    pub sentences: Vec<Phrase>,
    /// The meaning of each definition that they use by its name.
    pub notes: Vec<Phrase>,
}

impl Phrase {
    /// A reference to a list that follows the text.
    pub(super) fn list(items: Vec<Phrase>, before: &'static str, after: &'static str) -> Self {
        Self { runs: vec![Run::List { index: 0, before, after }], lists: vec![items] }
    }

    /// A reference to a note.
    pub(super) fn note(index: usize) -> Self {
        Self { runs: vec![Run::Note(index)], lists: Vec::new() }
    }

    /// Appends another phrase.
    pub(super) fn push(&mut self, other: impl Into<Phrase>) {
        let other = other.into();
        let shift = self.lists.len();
        for run in other.runs {
            match (run, self.runs.last_mut()) {
                (Run::Text(text), Some(Run::Text(last))) => last.push_str(&text),
                (Run::List { index, before, after }, _) => {
                    self.runs.push(Run::List { index: index + shift, before, after });
                }
                (run, _) => self.runs.push(run),
            }
        }
        self.lists.extend(other.lists);
    }

    /// With its notes numbered after so many others.
    pub(super) fn after_notes(mut self, others: usize) -> Self {
        for run in &mut self.runs {
            if let Run::Note(index) = run {
                *index += others;
            }
        }
        for list in &mut self.lists {
            *list = std::mem::take(list).into_iter().map(|item| item.after_notes(others)).collect();
        }
        self
    }

    /// Without the signs of notes, where nothing follows that they could lead to.
    pub(super) fn without_notes(mut self) -> Self {
        self.runs.retain(|run| !matches!(run, Run::Note(_)));
        for list in &mut self.lists {
            *list = std::mem::take(list).into_iter().map(Self::without_notes).collect();
        }
        self
    }

    /// With a capital at its beginning.
    pub(super) fn capitalised(mut self) -> Self {
        if let Some(Run::Text(text)) = self.runs.first_mut() {
            let mut rest = text.chars();
            *text = rest.next().into_iter().flat_map(char::to_uppercase).chain(rest.clone()).collect();
        }
        self
    }

    /// How many characters its text has, lists aside.
    pub(super) fn length(&self) -> usize {
        let lengths = self.runs.iter().map(|run| match run {
            Run::Text(text) => text.chars().count(),
            Run::List { .. } => 0,
            Run::Note(_) => 3,
        });
        lengths.sum()
    }

    /// Its text with the numbers of lists and notes in place, in pieces: a note is a piece of its own.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let several = self.lists.len() > 1;
        let pieces = self.runs.iter().filter_map(|run| match run {
            Run::Text(text) => Some(Piece::Text(text.clone())),
            Run::List { index, before, after } => {
                several.then(|| Piece::Text(format!("{before}{}{after}", list_name(*index))))
            }
            Run::Note(index) => Some(Piece::Note(*index)),
        });
        pieces.collect()
    }
}

/// A piece of text as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Text(String),
    /// The sign of a note.
    Note(usize),
}

/// What the list is called where a sentence has several.
pub(crate) fn list_name(index: usize) -> String {
    format!("［{}］", index + 1)
}

/// The number of an item, by how deep its list lies. Japanese as official documents number: (1), ア, (ア), a, (a).
pub(crate) fn item_number(depth: usize, index: usize, lang: Lang) -> String {
    const KANA: [char; 20] = [
        'ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ',
        'ツ', 'テ', 'ト',
    ];
    let number = (index + 1).to_string();
    let kana = KANA.get(index).map_or_else(|| number.clone(), char::to_string);
    let letter = u8::try_from(index).ok().filter(|index| *index < 26).map(|index| char::from(b'a' + index));
    let letter = letter.map_or_else(|| number.clone(), |letter| letter.to_string());
    match (lang, depth % 5) {
        (_, 0) => format!("({number})"),
        (Lang::Ja, 1) => kana,
        (Lang::Ja, 2) => format!("({kana})"),
        (Lang::Ja, 3) | (Lang::En, 2) => letter,
        (Lang::En, 3) => number,
        _ => format!("({letter})"),
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self { runs: vec![Run::Text(text.to_owned())], lists: Vec::new() }
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self { runs: vec![Run::Text(text)], lists: Vec::new() }
    }
}

impl From<&String> for Phrase {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

/// One phrase of several, in order.
macro_rules! phrase {
    ($($part:expr),+ $(,)?) => {{
        let mut phrase = $crate::sentence::tree::Phrase::default();
        $(phrase.push($part);)+
        phrase
    }};
}
pub(super) use phrase;
