//! The document as pages: each self-contained, readable on paper, without network or script.

use kijun_ir::Verdict;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, context, escape_formatter};

use super::model::Document;
use super::standard::document;
use super::{Error, Page, Subject};
use crate::mask::plain;

const TEMPLATE: &str = include_str!("../../templates/doc.html");

/// A page a standard, in Japanese; where there are several, each in a folder of its name, and a page that lists them.
pub fn pages(subject: Subject<'_>) -> Result<Vec<Page>, Error> {
    let standards = 0..subject.program.standards.len();
    let documents: Vec<Document> = standards.filter_map(|position| document(subject, position)).collect();
    let environment = environment()?;
    if let [only] = documents.as_slice() {
        return Ok(vec![Page { path: "index.html".to_owned(), html: page(&environment, only)? }]);
    }
    let mut pages = Vec::new();
    for each in &documents {
        pages.push(Page { path: format!("{}/index.html", each.name), html: page(&environment, each)? });
    }
    if !documents.is_empty() {
        pages.push(Page { path: "index.html".to_owned(), html: list(&environment, &documents)? });
    }
    Ok(pages)
}

fn page(environment: &Environment<'_>, document: &Document) -> Result<String, minijinja::Error> {
    let template = environment.get_template("doc.html")?;
    template.render(context! {
        doc => Value::from(Serde(document)),
        verdicts => verdicts(),
        version => env!("CARGO_PKG_VERSION"),
    })
}

fn list(environment: &Environment<'_>, documents: &[Document]) -> Result<String, minijinja::Error> {
    let template = environment.get_template("doc-list.html")?;
    let standards =
        documents.iter().map(|each| context! { name => each.name.as_str(), title => each.title.as_str() });
    template.render(context! { standards => standards.collect::<Vec<_>>() })
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build()?);
    environment.set_formatter(format_plain);
    environment.add_template("doc.html", TEMPLATE)?;
    environment.add_template("doc-list.html", include_str!("../../templates/doc-list.html"))?;
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
fn verdicts() -> Value {
    let each = Verdict::ALL.iter().map(|verdict| {
        let label = verdict.label();
        context! { name => verdict.name(), sign => verdict.sign().to_string(), ja => label.ja, en => label.en }
    });
    each.collect::<Vec<_>>().into()
}
