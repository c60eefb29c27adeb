//! `standard`: the document, word for word.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::cut;

use crate::ast::{Criterion, Duty, Name, Passage, Section, Standard, Text};
use crate::expected::Expected;
use crate::grammar::basic::{heading, keyword, name, text};
use crate::grammar::{Context, Parsed, block};
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

pub(super) fn standard<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Standard> {
    let (input, (_, name, title)) = heading(Keyword::Standard, context, input)?;
    let (input, entries) = block(
        |input| {
            alt((
                |input| {
                    labelled(Keyword::Issuer, context, input).map(|(rest, text)| (rest, Entry::Issuer(text)))
                },
                |input| {
                    labelled(Keyword::Edition, context, input)
                        .map(|(rest, text)| (rest, Entry::Edition(text)))
                },
                |input| section(context, input).map(|(rest, section)| (rest, Entry::Section(section))),
            ))
            .parse(input)
        },
        input,
    )?;
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

fn section<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Section> {
    let (input, _) = keyword(Keyword::Section)(input)?;
    let (input, id) = cut(|input| text(context, input)).parse(input)?;
    let (input, title) = cut(|input| text(context, input)).parse(input)?;
    let (input, entries) = block(
        |input| {
            alt((
                |input| {
                    criterion(context, input).map(|(rest, criterion)| (rest, Entry::Criterion(criterion)))
                },
                |input| passage_entry(context, input),
            ))
            .parse(input)
        },
        input,
    )?;
    let mut section = Section { id, title, passage: Passage::default(), criteria: Vec::new() };
    for entry in entries {
        match entry {
            Entry::Criterion(criterion) => section.criteria.push(criterion),
            other => add(&mut section.passage, other),
        }
    }
    Ok((input, section))
}

fn criterion<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Criterion> {
    let (input, _) = keyword(Keyword::Criterion)(input)?;
    let (input, id) = cut(|input| text(context, input)).parse(input)?;
    let (input, entries) = block(|input| passage_entry(context, input), input)?;
    let mut criterion = Criterion { id, passage: Passage::default() };
    for entry in entries {
        add(&mut criterion.passage, entry);
    }
    Ok((input, criterion))
}

fn passage_entry<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Entry> {
    alt((
        |input| labelled(Keyword::Text, context, input).map(|(rest, text)| (rest, Entry::Text(text))),
        |input| labelled(Keyword::Note, context, input).map(|(rest, text)| (rest, Entry::Note(text))),
        |input| duty(context, input).map(|(rest, duty)| (rest, Entry::Duty(duty))),
    ))
    .parse(input)
}

fn add(passage: &mut Passage, entry: Entry) {
    match entry {
        Entry::Text(text) => passage.text = Some(text),
        Entry::Duty(duty) => passage.duties.push(duty),
        Entry::Note(text) => passage.notes.push(text),
        Entry::Issuer(_) | Entry::Edition(_) | Entry::Section(_) | Entry::Criterion(_) => {}
    }
}

fn duty<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Duty> {
    let (input, _) = keyword(Keyword::Duty)(input)?;
    let quoted =
        |input| text(context, input).map(|(rest, text)| (rest, Name { text: text.value, span: text.span }));
    let (input, name) = cut(alt((name, quoted))).parse(input)?;
    let (input, quote) = cut(|input| text(context, input)).parse(input)?;
    Ok((input, Duty { name, quote }))
}

/// `KEYWORD "…"`
fn labelled<'a>(
    word: Keyword,
    context: Context<'a>,
    input: Tokens<'a>,
) -> Result<(Tokens<'a>, Text), nom::Err<Expected>> {
    let (input, _) = keyword(word)(input)?;
    cut(|input| text(context, input)).parse(input)
}
