//! `kijun graph`: which evidence decides which duty, as a drawing.

use kijun_pack::graph as drawing;
use kijun_source::Lang;

use crate::arguments::{Arguments, Graph, GraphFormat};
use crate::exit::Exit;
use crate::output;

pub(crate) fn graph(arguments: &Arguments, graph: &Graph, lang: Lang) -> Exit {
    let Some(workspace) = super::sound_rules(arguments, &graph.rules, lang) else { return Exit::Broken };
    let format = match graph.format {
        GraphFormat::Mermaid => drawing::Format::Mermaid,
        GraphFormat::Dot => drawing::Format::Dot,
    };
    output::result(&drawing::render(&super::catalogue(&workspace), format, lang));
    Exit::Good
}
