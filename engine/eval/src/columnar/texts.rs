//! Codes for the texts of the rules, those that no table holds included.

use std::sync::Arc;

use kijun_ir::{ExprKind, Program, Value};
use rustc_hash::FxHashMap;

use crate::Dictionary;

/// The dictionary of the evidence, and the texts that only the rules hold: these have the codes from the upper end
/// downwards, so that they equal nothing but themselves.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    dictionary: &'a Dictionary,
    others: Vec<Arc<str>>,
    codes: FxHashMap<Arc<str>, u32>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(dictionary: &'a Dictionary, program: &Program) -> Self {
        let mut texts = Self { dictionary, others: Vec::new(), codes: FxHashMap::default() };
        for param in program.params.values() {
            texts.add(&param.value);
        }
        for expr in program.rules.values().flat_map(|rule| rule.exprs()) {
            expr.walk(&mut |expr| {
                if let ExprKind::Literal(value) = &expr.kind {
                    texts.add(value);
                }
            });
        }
        texts
    }

    fn add(&mut self, value: &Value) {
        let Value::Text(text) = value else { return };
        if self.code(text).is_none() {
            let below = u32::try_from(self.others.len()).unwrap_or(u32::MAX);
            self.codes.insert(Arc::clone(text), u32::MAX - below);
            self.others.push(Arc::clone(text));
        }
    }

    /// The code of a text of a table or a rule.
    pub(super) fn code(&self, text: &str) -> Option<u32> {
        self.dictionary.code(text).or_else(|| self.codes.get(text).copied())
    }

    /// The text of a code that [`Texts::code`] or a table gave.
    pub(super) fn text(&self, code: u32) -> &Arc<str> {
        let other = self.others.get((u32::MAX - code) as usize);
        other.unwrap_or_else(|| self.dictionary.text(code))
    }
}
