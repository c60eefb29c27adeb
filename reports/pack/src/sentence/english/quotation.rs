//! Pieces of rules: a condition as a clause, a value and rows as nouns.

use kijun_audit::Fragment;

use super::condition::clause;
use super::rows::noun;
use super::value::value;
use crate::sentence::condition::read;
use crate::sentence::rows::rows;
use crate::sentence::scope::Scope;
use crate::sentence::tree::Phrase;

/// The words for a piece of a rule.
pub(crate) fn quoted<'a>(scope: &mut Scope<'a>, piece: Fragment<'a>) -> Phrase {
    match piece {
        Fragment::Condition(expr) => {
            let said = read(&scope.names, scope.current, expr, true);
            clause(scope, &said).said
        }
        Fragment::Value(expr) => value(scope, expr),
        Fragment::Rows(quantifier) => {
            let rows = rows(&scope.names, quantifier);
            noun(scope, &rows)
        }
    }
}
