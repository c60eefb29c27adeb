//! The document as pages: each self-contained, readable on paper, without network or script.

use kijun_source::Lang;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};

use super::model::{Document, Overview};
use super::overview::overview;
use super::standard::document;
use super::{Error, Page, Subject};
use crate::markup;

const TEMPLATE: &str = include_str!("../../templates/doc.html");

/// Two pages a standard, in Japanese: its text with the rules, and a table duty by duty. Where there are several standards, those of each
/// are in a folder of its name, and a page lists them. The page that leads to the others comes last.
pub fn pages(subject: Subject<'_>) -> Result<Vec<Page>, Error> {
    let standards = 0..subject.program.standards.len();
    let read = |position| Some((document(subject, position)?, overview(subject, position, Lang::Ja)?));
    let documents: Vec<(Document, Overview)> = standards.filter_map(read).collect();
    let environment = environment()?;
    let mut pages = Vec::new();
    for (document, overview) in &documents {
        let folder = if documents.len() == 1 { String::new() } else { format!("{}/", document.name) };
        pages.push(Page { path: format!("{folder}table.html"), html: table(&environment, overview)? });
        pages.push(Page { path: format!("{folder}index.html"), html: page(&environment, document)? });
    }
    if documents.len() > 1 {
        pages.push(Page { path: "index.html".to_owned(), html: list(&environment, &documents)? });
    }
    Ok(pages)
}

fn page(environment: &Environment<'_>, document: &Document) -> Result<String, minijinja::Error> {
    let template = environment.get_template("doc.html")?;
    template.render(context! {
        doc => Value::from(Serde(document)),
        version => env!("CARGO_PKG_VERSION"),
    })
}

fn table(environment: &Environment<'_>, overview: &Overview) -> Result<String, minijinja::Error> {
    let template = environment.get_template("doc-table.html")?;
    template.render(context! { table => Value::from(Serde(overview)), version => env!("CARGO_PKG_VERSION") })
}

fn list(
    environment: &Environment<'_>,
    documents: &[(Document, Overview)],
) -> Result<String, minijinja::Error> {
    let template = environment.get_template("doc-list.html")?;
    let standards = documents
        .iter()
        .map(|(each, _)| context! { name => each.name.as_str(), title => each.title.as_str() });
    template.render(context! { standards => standards.collect::<Vec<_>>() })
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = markup::environment()?;
    environment.add_template("doc.css", include_str!("../../templates/doc.css"))?;
    environment.add_template("doc.html", TEMPLATE)?;
    environment.add_template("doc-table.html", include_str!("../../templates/doc-table.html"))?;
    environment.add_template("doc-list.html", include_str!("../../templates/doc-list.html"))?;
    Ok(environment)
}
