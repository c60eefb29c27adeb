//! Text to tokens.

use kijun_source::{Bilingual, Diagnostic, SourceFile, Span, bilingual};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::combinator::{consumed, not, opt, peek, recognize, value};
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use crate::ast::{Spelling, Unit};
use crate::diagnostics::{OPEN_TEXT, STRAY_CHARACTER};
use crate::keyword::Keyword;
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
        let Some((matched, kind)) = next_token(file, tokens.last(), at, rest) else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            diagnostics.push(stray(file, at, length));
            // A sign that is but too wide is read as what it means: one mistake gives one message.
            tokens.extend(too_wide(rest).map(|symbol| Token {
                kind: TokenKind::Symbol(symbol),
                span: Span::new(file.id, at, at + length),
                keyword: None,
                at_line_start: false,
            }));
            at += length;
            continue;
        };
        let span = Span::new(file.id, at, at + matched.len());
        if kind == TokenKind::Text && !is_closed(matched, '"') {
            diagnostics.push(open_text(span));
        }
        if kind == TokenKind::Regex && !is_closed(matched, '/') {
            diagnostics.push(open_regex(span));
        }
        let at_line_start = at == 0 || file.text.as_bytes()[at - 1] == b'\n';
        tokens.push(Token { kind, span, keyword: None, at_line_start });
        at += matched.len();
    }
    (tokens, diagnostics)
}

/// The token that `rest` begins with; what a slash or a unit means is told by the token before it.
fn next_token<'a>(
    file: &SourceFile,
    before: Option<&Token>,
    at: usize,
    rest: &'a str,
) -> Option<(&'a str, TokenKind)> {
    if let Some(before) = before {
        let takes_pattern = || {
            let word = file.slice(before.span);
            word == Keyword::Matches.spelling(Spelling::English)
                || word == Keyword::Subject.spelling(Spelling::Japanese)
        };
        if rest.starts_with('/') && before.kind == TokenKind::Word && takes_pattern() {
            return delimited(rest, '/').ok().map(|(_, matched)| (matched, TokenKind::Regex));
        }
        if before.kind == TokenKind::Int
            && before.span.end as usize == at
            && let Some(length) = Unit::japanese_prefix(rest)
        {
            return Some((&rest[..length], TokenKind::Word));
        }
    }
    consumed(token).parse(rest).ok().map(|(_, found)| found)
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

/// What the first character says of a token: reading goes by it, for speed.
fn token(input: &str) -> IResult<&str, TokenKind> {
    match input.chars().next() {
        Some('/') => value(TokenKind::Doc, doc).parse(input),
        Some('"') => value(TokenKind::Text, |input| delimited(input, '"')).parse(input),
        Some('0'..='9') => number(input),
        Some('a'..='z' | 'A'..='Z' | '_') => value(TokenKind::Word, word).parse(input),
        Some('明' | '大' | '昭' | '平' | '令') => alt((
            value(TokenKind::FiscalYear, fiscal_year),
            value(TokenKind::Date, japanese_date),
            value(TokenKind::Word, word),
        ))
        .parse(input),
        _ => alt((value(TokenKind::Word, word), symbol)).parse(input),
    }
}

fn number(input: &str) -> IResult<&str, TokenKind> {
    alt((
        value(TokenKind::FiscalYear, fiscal_year),
        value(TokenKind::Date, date),
        value(TokenKind::Time, time),
        value(TokenKind::Decimal, (digits, tag("."), digits)),
        value(TokenKind::Int, digits),
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

/// `令和8年4月1日`, `平成元年1月8日`
fn japanese_date(input: &str) -> IResult<&str, &str> {
    let day = (tag("年"), digits_of(1, 2), tag("月"), digits_of(1, 2), tag("日"));
    recognize((era, year_of_era, day)).parse(input)
}

/// `2026年度`, `令和8年度`
fn fiscal_year(input: &str) -> IResult<&str, &str> {
    let of_era = recognize(pair(era, year_of_era));
    recognize(pair(alt((of_era, digits_of(4, 4))), tag("年度"))).parse(input)
}

fn era(input: &str) -> IResult<&str, &str> {
    alt((tag("明治"), tag("大正"), tag("昭和"), tag("平成"), tag("令和"))).parse(input)
}

fn year_of_era(input: &str) -> IResult<&str, &str> {
    alt((tag("元"), digits_of(1, 2))).parse(input)
}

fn time(input: &str) -> IResult<&str, &str> {
    let seconds = opt(pair(tag(":"), digits_of(2, 2)));
    recognize((digits_of(1, 2), tag(":"), digits_of(2, 2), seconds)).parse(input)
}

/// A text or a pattern up to its closing sign; one that is not closed ends with its line.
fn delimited(input: &str, sign: char) -> IResult<&str, &str> {
    if !input.starts_with(sign) {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Char)));
    }
    let mut escaped = false;
    for (index, c) in input.char_indices().skip(1) {
        match c {
            '\n' => return Ok((&input[index..], &input[..index])),
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == sign => return Ok((&input[index + 1..], &input[..=index])),
            _ => {}
        }
    }
    Ok((&input[input.len()..], input))
}

fn is_closed(text: &str, sign: char) -> bool {
    let inner = text.get(1..).unwrap_or("");
    let Some(before) = inner.strip_suffix(sign) else { return false };
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

fn open_regex(span: Span) -> Diagnostic {
    Diagnostic::new(
        &OPEN_TEXT,
        span,
        Bilingual::new("パターンが行末までに閉じていない", "pattern is not closed by the end of its line"),
    )
    .help(Bilingual::new("パターンの終わりに `/` を補う", "add the closing `/`"))
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

/// What the half-width form of the first character means, if it is a sign of the language. `。` ends a sentence, more often than it means a dot.
fn too_wide(rest: &str) -> Option<Symbol> {
    let (_, half) = FULL_WIDTH.iter().find(|(full, _)| *full != '。' && rest.starts_with(*full))?;
    Symbol::ALL.iter().copied().find(|symbol| symbol.spelling() == *half)
}

pub(crate) fn stray(file: &SourceFile, at: usize, length: usize) -> Diagnostic {
    let span = Span::new(file.id, at, at + length);
    let found = file.slice(span);
    let diagnostic = Diagnostic::new(
        &STRAY_CHARACTER,
        span,
        bilingual!("文字 `{found}` はここでは使えない", "the character `{found}` has no meaning here"),
    );
    let meant = FULL_WIDTH.iter().find(|(full, _)| found.starts_with(*full)).map(|(_, half)| *half);
    match meant {
        Some(half) => {
            let title = bilingual!("半角の `{half}` に直す", "write the half-width `{half}`");
            let diagnostic = diagnostic.help(title.clone());
            // Of several signs in a row only the first is known; a Japanese full stop ends what needs no end.
            let is_sure = found.chars().count() == 1 && found != "。";
            if is_sure { diagnostic.fix(span, half, title) } else { diagnostic }
        }
        None => diagnostic,
    }
}
