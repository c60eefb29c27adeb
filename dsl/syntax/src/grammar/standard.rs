//! `standard`: the document, word for word; and what binds files together, `ruleset` and `use`.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use crate::ast::{Criterion, Duty, Name, Passage, Ruleset, Section, Standard, Text, Use};
use crate::grammar::basic::{heading, keyword, name, text};
use crate::grammar::{Context, Parsed, block, choose, to};
use crate::keyword::Keyword;
use crate::token::Tokens;

enum Entry {
    Issuer(Text),
    Edition(Text),
    Section(Section),
    Criterion(Criterion),
    Text(Text),
    Duty(Duty),
    Note(Text),
}

/// `ruleset NAME version "1.0.0"`
pub(super) fn ruleset<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Ruleset> {
    let (input, _) = keyword(Keyword::Ruleset)(input)?;
    let (input, name) = cut(name).parse(input)?;
    let (input, version) = cut(|input| labelled(Keyword::Version, context, input)).parse(input)?;
    Ok((input, Ruleset { name, version }))
}

/// `use "../facts" version "1"`
pub(super) fn import<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Use> {
    let (rest, _) = keyword(Keyword::Use)(input)?;
    let (rest, path) = cut(|input| text(context, input)).parse(rest)?;
    let (rest, version) = opt(|input| labelled(Keyword::Version, context, input)).parse(rest)?;
    Ok((rest, Use { path, version, span: input.until(rest) }))
}

pub(super) fn standard<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Standard> {
    let (input, (name, title)) = heading(Keyword::Standard, context, input)?;
    let (input, entries) = block(|input| standard_entry(context, input), input)?;
    let mut standard = Standard { name, title, issuer: None, edition: None, sections: Vec::new() };
    for entry in entries {
        match entry {
            Entry::Issuer(text) => standard.issuer = Some(text),
            Entry::Edition(text) => standard.edition = Some(text),
            Entry::Section(section) => standard.sections.push(section),
            Entry::Criterion(_) | Entry::Text(_) | Entry::Duty(_) | Entry::Note(_) => {}
        }
    }
    Ok((input, standard))
}

fn standard_entry<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Entry> {
    choose(
        input,
        &[
            (Keyword::Issuer, &|input| to(Entry::Issuer, text(context, input))),
            (Keyword::Edition, &|input| to(Entry::Edition, text(context, input))),
            (Keyword::Section, &|input| to(Entry::Section, section(context, input))),
        ],
    )
}

/// `"5" "heading" { … }`
fn section<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Section> {
    let (input, id) = text(context, input)?;
    let (input, title) = text(context, input)?;
    let entry = |input| {
        choose(
            input,
            &[
                (Keyword::Criterion, &|input| to(Entry::Criterion, criterion(context, input))),
                (Keyword::Text, &|input| to(Entry::Text, text(context, input))),
                (Keyword::Note, &|input| to(Entry::Note, text(context, input))),
                (Keyword::Duty, &|input| to(Entry::Duty, section_duty(context, input))),
            ],
        )
    };
    let (input, entries) = block(entry, input)?;
    let mut section = Section { id, title, passage: Passage::default(), criteria: Vec::new() };
    for entry in entries {
        match entry {
            Entry::Criterion(criterion) => section.criteria.push(criterion),
            other => add(&mut section.passage, other),
        }
    }
    Ok((input, section))
}

/// `"5(3)" { … }`
fn criterion<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Criterion> {
    let (input, id) = text(context, input)?;
    let entry = |input| {
        choose(
            input,
            &[
                (Keyword::Text, &|input| to(Entry::Text, text(context, input))),
                (Keyword::Note, &|input| to(Entry::Note, text(context, input))),
                (Keyword::Duty, &|input| to(Entry::Duty, duty(context, input))),
            ],
        )
    };
    let (input, entries) = block(entry, input)?;
    let mut criterion = Criterion { id, passage: Passage::default() };
    for entry in entries {
        add(&mut criterion.passage, entry);
    }
    Ok((input, criterion))
}

fn add(passage: &mut Passage, entry: Entry) {
    match entry {
        Entry::Text(text) => passage.text = Some(text),
        Entry::Duty(duty) => passage.duties.push(duty),
        Entry::Note(text) => passage.notes.push(text),
        Entry::Issuer(_) | Entry::Edition(_) | Entry::Section(_) | Entry::Criterion(_) => {}
    }
}

/// `a "…"`
fn duty<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Duty> {
    let quoted = |input| to(|text: Text| Name { text: text.value, span: text.span }, text(context, input));
    let (input, name) = alt((name, quoted)).parse(input)?;
    let (input, quote) = text(context, input)?;
    Ok((input, Duty { name, quote, by_criteria: false }))
}

/// A duty of a section: `a "…"`, `a "…" by criteria`
fn section_duty<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Duty> {
    let (input, duty) = duty(context, input)?;
    Ok(match input.skip_keyword(Keyword::ByCriteria) {
        Some(rest) => (rest, Duty { by_criteria: true, ..duty }),
        None => (input, duty),
    })
}

/// `KEYWORD "…"`
fn labelled<'a>(word: Keyword, context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Text> {
    let (input, _) = keyword(word)(input)?;
    cut(|input| text(context, input)).parse(input)
}
