//! What may be written next: words of the language, names, fields behind a dot, rules behind an order.

use std::collections::{BTreeMap, BTreeSet};

use kijun_ir::{Kind, Program};
use kijun_syntax::Keyword;
use kijun_syntax::ast::{Builtin, Spelling};

use super::order::ORDERS;

/// The words that there are.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// What may stand where a value or a name does.
    general: BTreeSet<String>,
    /// By the name and the label of a fact, its fields; by their names and labels the fact that each refers to, if it does.
    fields: BTreeMap<String, Fields>,
    /// What can be explained.
    explained: BTreeSet<String>,
    facts: BTreeSet<String>,
}

type Fields = BTreeMap<String, Option<String>>;

impl Words {
    /// The words that rules give.
    pub(super) fn of(program: &Program) -> Self {
        let mut words = Self::default();
        for spelling in Spelling::ALL {
            let keywords = Keyword::ALL.iter().take_while(|keyword| **keyword != Keyword::Ruleset);
            words.general.extend(keywords.map(|keyword| keyword.spelling(spelling).to_owned()));
            words.general.extend(Builtin::ALL.iter().map(|function| function.spelling(spelling).to_owned()));
        }
        words.general.remove("");
        for fact in program.facts.values() {
            let named = |kind| match kind {
                Kind::Ref(target) => Some(program.facts[target].name.clone()),
                _ => None,
            };
            let fields: Fields = fact
                .fields
                .values()
                .flat_map(|field| {
                    [&field.name, &field.label].map(|name| (name.clone(), named(field.ty.kind)))
                })
                .collect();
            for name in [&fact.name, &fact.label] {
                words.fields.insert(name.clone(), fields.clone());
                words.facts.insert(name.clone());
            }
        }
        words.general.extend(words.facts.iter().cloned());
        for value in program.enums.values().flat_map(|list| &list.values) {
            words.general.extend([value.name.clone(), value.label.clone()]);
        }
        for param in program.params.values() {
            words.general.extend([param.name.clone(), param.label.clone()]);
        }
        words.explained.extend(program.rules.values().map(|rule| rule.name.clone()));
        words.explained.extend(program.criteria.values().map(|criterion| criterion.id.clone()));
        words
    }

    /// Where the word before the position begins, and what it may become.
    pub(super) fn complete(&self, line: &str, position: usize) -> (usize, Vec<String>) {
        let before = line.get(..position).unwrap_or(line);
        let start = before
            .rfind(|c| !is_word(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let (before, begun) = before.split_at(start);
        let candidates = self.candidates(before);
        let fitting = candidates.into_iter().filter(|word| word.starts_with(begun)).map(str::to_owned);
        (start, fitting.collect())
    }

    fn candidates(&self, before: &str) -> Vec<&str> {
        let order = before.trim_start();
        if order == ":" {
            return ORDERS.to_vec();
        }
        if order.starts_with(":explain ") {
            return self.explained.iter().map(String::as_str).collect();
        }
        if order.starts_with(":fact ") {
            return self.facts.iter().map(String::as_str).collect();
        }
        let Some(path) = before.strip_suffix('.') else {
            return self.general.iter().map(String::as_str).collect();
        };
        match self.fields_of(path) {
            Some(fields) => fields.keys().map(String::as_str).collect(),
            // Of what is not known any field may be meant.
            None => self
                .fields
                .values()
                .flat_map(Fields::keys)
                .map(String::as_str)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        }
    }

    /// The fields of what a path such as `a.person` leads to.
    fn fields_of(&self, text: &str) -> Option<&Fields> {
        let start = text
            .rfind(|c| !is_word(c) && c != '.')
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let mut parts = text[start..].split('.');
        let variable = parts.next()?;
        let fact = fact_of(&text[..start], variable).filter(|fact| self.fields.contains_key(*fact));
        let mut fields = self.fields.get(fact?)?;
        for part in parts {
            fields = self.fields.get(fields.get(part)?.as_ref()?)?;
        }
        Some(fields)
    }
}

/// The fact whose rows a variable stands for: `a in access`, `アクセスログ a`.
fn fact_of<'t>(text: &'t str, variable: &str) -> Option<&'t str> {
    let words: Vec<&str> = text.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().rev().find_map(|(at, word)| {
        if *word != variable {
            return None;
        }
        match words.get(at + 1) {
            Some(&"in") => words.get(at + 2).copied(),
            _ => at.checked_sub(1).map(|before| words[before]),
        }
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let mut words = Words::default();
        words.general.extend(["some", "someone", "ある", "従業者"].map(str::to_owned));
        let fields = |names: &[(&str, Option<&str>)]| -> Fields {
            names.iter().map(|(name, fact)| ((*name).to_owned(), fact.map(str::to_owned))).collect()
        };
        let person = fields(&[("id", None), ("joined", None), ("入社日", None)]);
        let access = fields(&[("at", None), ("person", Some("person")), ("利用者", Some("person"))]);
        words.fields.extend(
            [("person", person.clone()), ("従業者", person)].map(|(name, fields)| (name.to_owned(), fields)),
        );
        words.fields.extend(
            [("access", access.clone()), ("利用記録", access)]
                .map(|(name, fields)| (name.to_owned(), fields)),
        );
        words
    }

    fn completed(line: &str) -> Vec<String> {
        words().complete(line, line.len()).1
    }

    #[test]
    fn words_and_fields_are_completed() {
        assert_eq!(completed("so"), ["some", "someone"]);
        assert_eq!(completed("1 + 従"), ["従業者"]);
        assert_eq!(completed("some a in access where a."), ["at", "person", "利用者"]);
        assert_eq!(completed("some a in access where a.person.j"), ["joined"]);
        assert_eq!(completed("ある 利用記録 a、a.利用者.入"), ["入社日"]);
        assert_eq!(completed("unknown.jo"), ["joined"]);
        assert_eq!(completed(":he"), ["help"]);
    }
}
