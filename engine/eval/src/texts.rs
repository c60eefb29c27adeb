//! Codes for texts: those of the evidence, and those that only rules, tables and derived rows hold.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::{Dictionary, TextCodes};

/// The dictionary of the evidence, and further texts as they come up. Equal texts have equal codes.
///
/// Further texts have codes from the upper end downwards. Which of them gets which code may depend on threads: codes say whether texts are equal, never
/// in what order they are.
#[derive(Debug)]
pub struct Texts<'a> {
    dictionary: &'a Dictionary,
    others: RwLock<Others>,
}

#[derive(Debug, Default)]
struct Others {
    texts: Vec<Arc<str>>,
    codes: FxHashMap<Arc<str>, u32>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary) -> Self {
        Self { dictionary, others: RwLock::default() }
    }

    /// The code of a text that has one.
    pub fn code(&self, text: &str) -> Option<u32> {
        self.dictionary.code(text).or_else(|| {
            let others = self.others.read().unwrap_or_else(PoisonError::into_inner);
            others.codes.get(text).copied()
        })
    }

    /// The code of a text, given on first sight.
    pub fn intern(&self, text: &Arc<str>) -> u32 {
        if let Some(code) = self.code(text) {
            return code;
        }
        let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
        let next = u32::MAX - u32::try_from(others.texts.len()).unwrap_or(u32::MAX);
        let code = *others.codes.entry(Arc::clone(text)).or_insert(next);
        if code == next {
            others.texts.push(Arc::clone(text));
        }
        code
    }

    /// The text of a code that was given.
    pub fn text(&self, code: u32) -> Arc<str> {
        let others = self.others.read().unwrap_or_else(PoisonError::into_inner);
        match others.texts.get((u32::MAX - code) as usize) {
            Some(text) => Arc::clone(text),
            None => Arc::clone(self.dictionary.text(code)),
        }
    }
}

impl TextCodes for &Arc<Texts<'_>> {
    fn intern(&mut self, text: &Arc<str>) -> u32 {
        Texts::intern(self, text)
    }

    fn text(&self, code: u32) -> Arc<str> {
        Texts::text(self, code)
    }
}
