//! The document as pages: each self-contained, readable on paper, without network or script.

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};

use super::model::Document;
use super::standard::document;
use super::{Error, Page, Subject};
use crate::markup;

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
        verdicts => markup::verdicts(),
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
    let mut environment = markup::environment()?;
    environment.add_template("doc.html", TEMPLATE)?;
    environment.add_template("doc-list.html", include_str!("../../templates/doc-list.html"))?;
    Ok(environment)
}
