//! Conditions on texts, asked once of each text, and texts made of values.

use std::sync::Arc;

use kijun_ir::{Pattern, Template, TemplatePart, Truth};
use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::expr::value;
use super::frame::Frame;
use super::run::Run;
use super::truths::Truths;
use super::vector::{Values, Vector};
use crate::{Texts, cell_text};

pub(super) fn starts_with(texts: &Texts<'_>, text: &Vector, prefix: &Vector) -> Truths {
    of_pairs(texts, text, prefix, |text, prefix| text.starts_with(prefix))
}

pub(super) fn contains(texts: &Texts<'_>, text: &Vector, part: &Vector) -> Truths {
    of_pairs(texts, text, part, |text, part| text.contains(part))
}

pub(super) fn matches(texts: &Texts<'_>, text: &Vector, pattern: &Pattern) -> Truths {
    let Values::Text(codes) = &text.values else { return Truths::uniform(text.len(), Truth::Unknown) };
    let mut known: FxHashMap<u32, bool> = FxHashMap::default();
    let mut matches = |code: u32| *known.entry(code).or_insert_with(|| pattern.matches(&texts.text(code)));
    let holds = Bits::from_fn(text.len(), |at| text.known.get(at) && matches(codes[at]));
    Truths::where_known(&holds, &text.known)
}

fn of_pairs(texts: &Texts<'_>, left: &Vector, right: &Vector, holds: fn(&str, &str) -> bool) -> Truths {
    let (Values::Text(lefts), Values::Text(rights)) = (&left.values, &right.values) else {
        return Truths::uniform(left.len(), Truth::Unknown);
    };
    let both = left.known.and(&right.known);
    let mut known: FxHashMap<(u32, u32), bool> = FxHashMap::default();
    let mut holds = |left: u32, right: u32| {
        *known.entry((left, right)).or_insert_with(|| holds(&texts.text(left), &texts.text(right)))
    };
    let bits = Bits::from_fn(both.len(), |at| both.get(at) && holds(lefts[at], rights[at]));
    Truths::where_known(&bits, &both)
}

/// Texts made of others and of values; unknown where a value is unknown or `none`.
pub(super) fn format<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, template: &'r Template) -> Vector {
    let snapshot = run.snapshot;
    let values: Vec<Vector> = template.values().map(|expr| value(run, frame, expr)).collect();
    let known = values.iter().fold(Bits::all(frame.len()), |all, values| all.and(&values.known));
    let mut codes = vec![0; frame.len()];
    for at in known.ones() {
        let mut text = String::new();
        let mut values = values.iter();
        for part in &template.parts {
            match part {
                TemplatePart::Text(fixed) => text.push_str(fixed),
                TemplatePart::Value(expr) => {
                    let cell = values.next().map(|values| values.cell(at, &snapshot.texts));
                    text.extend(cell.map(|cell| cell_text(snapshot, &cell, expr.ty)));
                }
            }
        }
        codes[at] = snapshot.texts.intern(&Arc::from(text));
    }
    Vector::known(Values::Text(codes), known)
}
