//! Text to tokens.

use kijun_source::{Bilingual, Diagnostic, SourceFile, Span, bilingual};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::combinator::{consumed, not, opt, peek, recognize, value};
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use crate::diagnostics::{OPEN_TEXT, STRAY_CHARACTER};
use crate::token::{Symbol, Token, TokenKind};

/// The tokens of a file. A character that begins no token is reported and passed over.
pub(crate) fn lex(file: &SourceFile) -> (Vec<Token>, Vec<Diagnostic>) {
    lex_part(file, 0, file.text.len())
}

/// The tokens of a part of a file, with spans into the whole.
pub(crate) fn lex_part(file: &SourceFile, start: usize, end: usize) -> (Vec<Token>, Vec<Diagnostic>) {
    let mut tokens = Vec::new();
    let mut diagnostics = Vec::new();
    let mut at = start;
    while let Some(rest) = file.text.get(at..end).filter(|rest| !rest.is_empty()) {
        if let Ok((_, skipped)) = trivia(rest) {
            at += skipped.len();
            continue;
        }
        let Ok((_, (matched, kind))) = consumed(token).parse(rest) else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            diagnostics.push(stray(file, at, length));
            at += length;
            continue;
        };
        let span = Span::new(file.id, at, at + matched.len());
        if kind == TokenKind::Text && !is_closed(matched) {
            diagnostics.push(open_text(span));
        }
        let at_line_start = at == 0 || file.text.as_bytes()[at - 1] == b'\n';
        tokens.push(Token { kind, span, at_line_start });
        at += matched.len();
    }
    (tokens, diagnostics)
}

/// White space, and comments that document nothing.
fn trivia(input: &str) -> IResult<&str, &str> {
    let comment = preceded(not(peek(doc)), recognize(pair(tag("//"), take_while(|c| c != '\n'))));
    alt((take_while1(char::is_whitespace), comment)).parse(input)
}

/// `///`, but not `////`, which rules a line.
fn doc(input: &str) -> IResult<&str, &str> {
    let (rest, _) = pair(tag("///"), not(peek(tag("/")))).parse(input)?;
    let (rest, text) = take_while(|c| c != '\n')(rest)?;
    Ok((rest, text))
}

fn token(input: &str) -> IResult<&str, TokenKind> {
    alt((
        value(TokenKind::Doc, doc),
        value(TokenKind::Word, word),
        value(TokenKind::Date, date),
        value(TokenKind::Time, time),
        value(TokenKind::Decimal, (digits, tag("."), digits)),
        value(TokenKind::Int, digits),
        value(TokenKind::Text, text),
        symbol,
    ))
    .parse(input)
}

fn word(input: &str) -> IResult<&str, &str> {
    let start = |c: char| c == '_' || unicode_ident::is_xid_start(c);
    recognize(pair(take_while_m_n(1, 1, start), take_while(unicode_ident::is_xid_continue))).parse(input)
}

fn digits(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_digit())(input)
}

fn digits_of<'a>(
    least: usize,
    most: usize,
) -> impl Parser<&'a str, Output = &'a str, Error = nom::error::Error<&'a str>> {
    take_while_m_n(least, most, |c: char| c.is_ascii_digit())
}

fn date(input: &str) -> IResult<&str, &str> {
    let form = (digits_of(4, 4), tag("-"), digits_of(2, 2), tag("-"), digits_of(2, 2), not(peek(digits)));
    recognize(form).parse(input)
}

fn time(input: &str) -> IResult<&str, &str> {
    let seconds = opt(pair(tag(":"), digits_of(2, 2)));
    recognize((digits_of(1, 2), tag(":"), digits_of(2, 2), seconds)).parse(input)
}

/// A text up to its closing quote; one that is not closed ends with its line.
fn text(input: &str) -> IResult<&str, &str> {
    let (_, _) = tag("\"")(input)?;
    let mut escaped = false;
    for (index, c) in input.char_indices().skip(1) {
        match c {
            '\n' => return Ok((&input[index..], &input[..index])),
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Ok((&input[index + 1..], &input[..=index])),
            _ => {}
        }
    }
    Ok((&input[input.len()..], input))
}

fn is_closed(text: &str) -> bool {
    let inner = text.get(1..).unwrap_or("");
    let Some(before) = inner.strip_suffix('"') else { return false };
    let backslashes = before.chars().rev().take_while(|c| *c == '\\').count();
    backslashes % 2 == 0
}

fn symbol(input: &str) -> IResult<&str, TokenKind> {
    let found = Symbol::ALL.iter().find(|symbol| input.starts_with(symbol.spelling()));
    match found {
        Some(symbol) => Ok((&input[symbol.spelling().len()..], TokenKind::Symbol(*symbol))),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))),
    }
}

fn open_text(span: Span) -> Diagnostic {
    Diagnostic::new(
        &OPEN_TEXT,
        span,
        Bilingual::new("文字列が行末までに閉じていない", "text is not closed by the end of its line"),
    )
    .help(Bilingual::new("行の終わりまでに `\"` を補う", "add the closing `\"`"))
}

/// Signs that a Japanese keyboard gives in full width, and what was meant.
const FULL_WIDTH: [(char, &str); 20] = [
    ('｛', "{"),
    ('｝', "}"),
    ('（', "("),
    ('）', ")"),
    ('［', "["),
    ('］', "]"),
    ('「', "\""),
    ('」', "\""),
    ('“', "\""),
    ('”', "\""),
    ('、', ","),
    ('，', ","),
    ('。', "."),
    ('．', "."),
    ('：', ":"),
    ('？', "?"),
    ('＝', "="),
    ('＋', "+"),
    ('－', "-"),
    ('＜', "<"),
];

fn stray(file: &SourceFile, at: usize, length: usize) -> Diagnostic {
    let span = Span::new(file.id, at, at + length);
    let found = file.slice(span);
    let diagnostic = Diagnostic::new(
        &STRAY_CHARACTER,
        span,
        bilingual!("文字 `{found}` はここでは使えない", "the character `{found}` has no meaning here"),
    );
    let meant = FULL_WIDTH.iter().find(|(full, _)| found.starts_with(*full)).map(|(_, half)| *half);
    match meant {
        Some(half) => diagnostic.help(bilingual!("半角の `{half}` に直す", "write the half-width `{half}`")),
        None => diagnostic,
    }
}
