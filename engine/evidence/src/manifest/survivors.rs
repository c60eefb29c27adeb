//! `survivors.toml`: why tests need not notice certain changes of the rules beside which it lies.

use kijun_source::{Diagnostic, FileId, Sources, Span, bilingual};
use toml::de::DeTable;

use super::Located;
use super::sections::{bounded, required_text, tables};
use super::table::{Item, Reader};

/// A `[[survivor]]`: a mutant that no test notices, named by what it changes, and why none does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// The name of the rule.
    pub rule: Located<String>,
    /// The text of the condition that the mutant changes.
    pub condition: Located<String>,
    /// How it is changed, as `kijun test --mutate` shows it.
    pub change: Located<String>,
    /// Which one, from 1, where the rule has several mutants of that condition and change.
    pub nth: Option<Located<u32>>,
    /// Why no test notices.
    pub reason: String,
}

/// Reads `survivors.toml`. An entry of which anything is amiss explains nothing.
pub fn parse_survivors(sources: &Sources, file: FileId) -> (Vec<Survivor>, Vec<Diagnostic>) {
    let text = &sources.file(file).text;
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(file, text);
    for error in &errors {
        reader.syntax_error(error);
    }
    let mut root = reader.section("survivors.toml", table.get_ref(), Span::new(file, 0, 0));
    let items = root.take("survivor").and_then(|item| tables(&mut reader, item, "[[survivor]]"));
    let survivors = items.unwrap_or_default().into_iter().filter_map(|item| read_item(&mut reader, item));
    let survivors = survivors.collect();
    reader.close(root);
    (survivors, reader.finish())
}

fn read_item<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Survivor> {
    let table = reader.table(item)?;
    read_survivor(reader, table, item.span)
}

fn read_survivor<'a>(reader: &mut Reader<'a>, table: &'a DeTable<'a>, place: Span) -> Option<Survivor> {
    let errors_before = reader.errors();
    let mut section = reader.section("[[survivor]]", table, place);
    let rule = required_text(reader, &mut section, "rule");
    let condition = required_text(reader, &mut section, "condition");
    let change = required_text(reader, &mut section, "change");
    let reason = required_text(reader, &mut section, "reason");
    let nth = section.take("nth").and_then(|item| {
        bounded(reader, item, 1, 1000, bilingual!("1 から 1000 の番号", "a number from 1 to 1000"))
    });
    reader.close(section);
    let is_intact = reader.is_toml && reader.errors() == errors_before;
    is_intact.then_some(Survivor {
        rule: rule?,
        condition: condition?,
        change: change?,
        nth,
        reason: reason?.value,
    })
}
