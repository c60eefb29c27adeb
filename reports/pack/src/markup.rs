//! What all pages have in common: how templates are read, how values are escaped, how verdicts are written.

use kijun_ir::Verdict;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, context, escape_formatter};

use crate::mask::plain;

/// An environment without a template: whatever is not there is an error, whatever is not markup is escaped.
pub(crate) fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build()?);
    environment.set_formatter(format_plain);
    Ok(environment)
}

/// Writes a value escaped and without controls. What a macro or a sentence made is markup of our own.
fn format_plain(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(plain(text))),
        _ if value.is_none() => escape_formatter(out, state, &Value::from("")),
        _ => escape_formatter(out, state, value),
    }
}

/// The verdicts in reading order: name, sign and words.
pub(crate) fn verdicts() -> Value {
    let each = Verdict::ALL.iter().map(|verdict| {
        let label = verdict.label();
        context! { name => verdict.name(), sign => verdict.sign().to_string(), ja => label.ja, en => label.en }
    });
    each.collect::<Vec<_>>().into()
}
