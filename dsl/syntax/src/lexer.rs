//! Text to tokens.

use kijun_source::{Bilingual, Diagnostic, SourceFile, Span, bilingual};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::combinator::{consumed, not, opt, peek, recognize, value};
use nom::sequence::pair;
use nom::{IResult, Parser};

use crate::ast::{Spelling, Unit};
use crate::diagnostics::{OPEN_TEXT, STRAY_CHARACTER};
use crate::foreign::{self, Meant};
use crate::keyword::Keyword;
use crate::token::{Symbol, Token, TokenKind};

/// About how many bytes of a file make a token, white space included.
const BYTES_A_TOKEN: usize = 4;

/// The tokens of a file. A character that begins no token is reported and passed over.
pub(crate) fn lex(file: &SourceFile) -> (Vec<Token>, Vec<Diagnostic>) {
    lex_part(file, 0, file.text.len())
}

/// The tokens of a part of a file, with spans into the whole.
pub(crate) fn lex_part(file: &SourceFile, start: usize, end: usize) -> (Vec<Token>, Vec<Diagnostic>) {
    let mut tokens = Vec::with_capacity((end - start) / BYTES_A_TOKEN);
    let mut diagnostics = Vec::new();
    let mut at = start;
    while let Some(rest) = file.text.get(at..end).filter(|rest| !rest.is_empty()) {
        let skipped = trivia(rest);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let in_place = token_in_place(file, tokens.last(), at, rest);
        if in_place.is_none()
            && foreign::may_begin(rest)
            && let Some(found) = misread(file, at, rest)
        {
            at += found.length;
            tokens.extend(found.token);
            diagnostics.extend(found.diagnostic);
            continue;
        }
        let Some((matched, kind)) = in_place.or_else(|| next_token(rest)) else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            diagnostics.push(stray(file, at, length));
            at += length;
            continue;
        };
        let span = Span::new(file.id, at, at + matched.len());
        if kind == TokenKind::Text && !is_closed(matched, '"') {
            diagnostics.push(open_text(matched, span));
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

/// The pattern or the unit that `rest` begins with, which only the token before it tells.
fn token_in_place<'a>(
    file: &SourceFile,
    before: Option<&Token>,
    at: usize,
    rest: &'a str,
) -> Option<(&'a str, TokenKind)> {
    let before = before?;
    let takes_pattern = || {
        let word = file.slice(before.span);
        word == Keyword::Matches.spelling(Spelling::English)
            || word == Keyword::Subject.spelling(Spelling::Japanese)
    };
    if rest.starts_with('/') && before.kind == TokenKind::Word && takes_pattern() {
        return delimited(rest, b'/').ok().map(|(_, matched)| (matched, TokenKind::Regex));
    }
    let follows_number = before.kind == TokenKind::Int && before.span.end as usize == at;
    let length = follows_number.then(|| Unit::japanese_prefix(rest))??;
    Some((&rest[..length], TokenKind::Word))
}

/// The token that `rest` begins with, wherever it stands.
fn next_token(rest: &str) -> Option<(&str, TokenKind)> {
    consumed(token).parse(rest).ok().map(|(_, found)| found)
}

/// How many bytes are white space, or a comment that documents nothing.
fn trivia(input: &str) -> usize {
    let space = input.len() - input.trim_start().len();
    let is_comment = || input.starts_with("//") && doc(input).is_err();
    match space {
        0 if is_comment() => input.find('\n').unwrap_or(input.len()),
        space => space,
    }
}

/// `///`, but not `////`, which rules a line.
fn doc(input: &str) -> IResult<&str, &str> {
    let (rest, _) = pair(tag("///"), not(peek(tag("/")))).parse(input)?;
    line(rest)
}

/// Whatever stands before the end of the line.
fn line(input: &str) -> IResult<&str, &str> {
    let end = input.find('\n').unwrap_or(input.len());
    Ok((&input[end..], &input[..end]))
}

/// What the first character says of a token: reading goes by it, for speed.
fn token(input: &str) -> IResult<&str, TokenKind> {
    match input.chars().next() {
        Some('/') => value(TokenKind::Doc, doc).parse(input),
        Some('"') => value(TokenKind::Text, |input| delimited(input, b'"')).parse(input),
        Some('0'..='9') => number(input),
        Some('a'..='z' | 'A'..='Z' | '_') => value(TokenKind::Word, word).parse(input),
        Some('明' | '大' | '昭' | '平' | '令') => alt((
            value(TokenKind::FiscalYear, (era, year_of_era, tag("年度"))),
            value(TokenKind::Date, japanese_date),
            value(TokenKind::Word, word),
        ))
        .parse(input),
        _ => alt((value(TokenKind::Word, word), symbol)).parse(input),
    }
}

fn number(input: &str) -> IResult<&str, TokenKind> {
    let (rest, _) = digits(input)?;
    if !rest.starts_with(['-', ':', '.', '年']) {
        return Ok((rest, TokenKind::Int));
    }
    alt((
        value(TokenKind::FiscalYear, (digits_of(4, 4), tag("年度"))),
        value(TokenKind::Date, date),
        value(TokenKind::Time, time),
        value(TokenKind::Decimal, (digits, tag("."), digits)),
        |_| Ok((rest, TokenKind::Int)),
    ))
    .parse(input)
}

fn word(input: &str) -> IResult<&str, &str> {
    let is_start = |c: char| c == '_' || unicode_ident::is_xid_start(c);
    if !input.starts_with(is_start) {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Char)));
    }
    let end = input.find(|c| !unicode_ident::is_xid_continue(c)).unwrap_or(input.len());
    Ok((&input[end..], &input[..end]))
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
fn delimited(input: &str, sign: u8) -> IResult<&str, &str> {
    if !input.starts_with(char::from(sign)) {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Char)));
    }
    let bytes = input.as_bytes();
    let tells = |byte: &u8| matches!(byte, b'\n' | b'\\') || *byte == sign;
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(tells)) {
        at += found;
        match bytes[at] {
            b'\n' => return Ok((&input[at..], &input[..at])),
            b'\\' if bytes.get(at + 1) != Some(&b'\n') => at += 2,
            b'\\' => at += 1,
            _ => return Ok((&input[at + 1..], &input[..=at])),
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
    match Symbol::beginning(input) {
        Some(symbol) => Ok((&input[symbol.spelling().len()..], TokenKind::Symbol(symbol))),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))),
    }
}

fn open_text(text: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &OPEN_TEXT,
        span,
        Bilingual::new("文字列が行末までに閉じていない", "text is not closed by the end of its line"),
    );
    match text.chars().find(|c| matches!(c, '”' | '“' | '＂')) {
        Some(wide) => diagnostic.help(bilingual!(
            "`{wide}` では閉じない。半角の `\"` に直す",
            "`{wide}` does not close it; write the half-width `\"`"
        )),
        None => diagnostic.help(Bilingual::new("行の終わりまでに `\"` を補う", "add the closing `\"`")),
    }
}

fn open_regex(span: Span) -> Diagnostic {
    Diagnostic::new(
        &OPEN_TEXT,
        span,
        Bilingual::new("パターンが行末までに閉じていない", "pattern is not closed by the end of its line"),
    )
    .help(Bilingual::new("パターンの終わりに `/` を補う", "add the closing `/`"))
}

/// What is written as other languages or a wide keyboard have it, read as what it means: one mistake gives one message.
struct Misread {
    length: usize,
    token: Option<Token>,
    /// None where the spelling of the file must be known to say what to write.
    diagnostic: Option<Diagnostic>,
}

fn misread(file: &SourceFile, at: usize, rest: &str) -> Option<Misread> {
    let token = |kind, length| Token {
        kind,
        span: Span::new(file.id, at, at + length),
        keyword: None,
        at_line_start: false,
    };
    if let Some((day, length)) = foreign::day(rest) {
        let diagnostic = day_as_here(file, at, length, &day);
        return Some(Misread {
            length,
            token: Some(token(TokenKind::Date, length)),
            diagnostic: Some(diagnostic),
        });
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(digits) = foreign::wide_digits(rest) {
        let length = digits.len();
        let diagnostic = stray(file, at, length);
        return Some(Misread {
            length,
            token: Some(token(TokenKind::Int, length)),
            diagnostic: Some(diagnostic),
        });
    }
    if let Some(quoted) = foreign::quoted(rest) {
        let length = quoted.len();
        let diagnostic = foreign_quotes(file, at, quoted);
        return Some(Misread {
            length,
            token: Some(token(TokenKind::Text, length)),
            diagnostic: Some(diagnostic),
        });
    }
    if let Some((comment, sign)) = foreign::comment(rest) {
        let diagnostic = foreign_comment(file, at, sign);
        return Some(Misread { length: comment.len(), token: None, diagnostic: Some(diagnostic) });
    }
    let (length, meant) = foreign::foreign(rest).filter(|_| doc(rest).is_err())?;
    let (kind, diagnostic) = match meant {
        Meant::Word(word) => (Some(TokenKind::Meant(word)), None),
        Meant::Symbol(symbol) => {
            let half = symbol.spelling();
            (Some(TokenKind::Symbol(symbol)), Some(foreign_sign(file, at, length, half)))
        }
        Meant::Nothing => (None, Some(needless(file, at, length))),
        Meant::NoOperator(symbol) => (Some(TokenKind::Symbol(symbol)), Some(no_operator(file, at, length))),
    };
    Some(Misread { length, token: kind.map(|kind| token(kind, length)), diagnostic })
}

fn day_as_here(file: &SourceFile, at: usize, length: usize, day: &str) -> Diagnostic {
    let span = Span::new(file.id, at, at + length);
    let found = file.slice(span);
    let message =
        bilingual!("日付 `{found}` の書き方が違う", "the date `{found}` is not written as dates are here");
    let title = bilingual!("`{day}` と書く", "write `{day}`");
    Diagnostic::new(&STRAY_CHARACTER, span, message).help(title.clone()).fix(span, day, title)
}

fn foreign_quotes(file: &SourceFile, at: usize, quoted: &str) -> Diagnostic {
    let span = Span::new(file.id, at, at + quoted.len());
    let sign = quoted.chars().next().unwrap_or('"');
    let message = bilingual!("`{sign}` は文字列を囲む符号ではない", "`{sign}` does not quote a text");
    let help = Bilingual::new("文字列は半角の `\"` で囲む", "a text stands between half-width `\"`");
    let diagnostic = Diagnostic::new(&STRAY_CHARACTER, span, message).help(help.clone());
    let mut inner = quoted.chars();
    inner.next();
    inner.next_back();
    match inner.as_str() {
        inner if inner.contains(['"', '\\']) => diagnostic,
        inner => diagnostic.fix(span, format!("\"{inner}\""), help),
    }
}

fn foreign_comment(file: &SourceFile, at: usize, sign: &str) -> Diagnostic {
    let span = Span::new(file.id, at, at + sign.len());
    let message = bilingual!("`{sign}` は注釈の始まりではない", "`{sign}` does not begin a comment");
    let help = Bilingual::new("注釈は `//` から行末まで", "a comment is `//` up to the end of its line");
    Diagnostic::new(&STRAY_CHARACTER, span, message).help(help)
}

/// A sign of another language, or one in full width, for which this one has `half`.
fn foreign_sign(file: &SourceFile, at: usize, length: usize, half: &str) -> Diagnostic {
    let span = Span::new(file.id, at, at + length);
    if file.slice(span).chars().map(foreign::half_width).eq(half.chars()) {
        return stray(file, at, length);
    }
    let title = bilingual!("`{half}` と書く", "write `{half}`");
    unknown_sign(file, span).help(title.clone()).fix(span, half, title)
}

/// A sign of another language for which this one has a word.
pub(crate) fn foreign_word(file: &SourceFile, span: Span, word: &str) -> Diagnostic {
    let title = bilingual!("`{word}` と書く", "write `{word}`");
    unknown_sign(file, span).help(title)
}

fn needless(file: &SourceFile, at: usize, length: usize) -> Diagnostic {
    let span = Span::new(file.id, at, at + length);
    let title = Bilingual::new(
        "行や文の終わりに符号は要らない。消す",
        "nothing ends a line or a sentence here: remove it",
    );
    unknown_sign(file, span).help(title.clone()).fix(span, "", title)
}

fn no_operator(file: &SourceFile, at: usize, length: usize) -> Diagnostic {
    let help = Bilingual::new(
        "計算は `+` `-` `*` だけ。除算の代わりに両辺に掛ける",
        "there are `+`, `-` and `*`; instead of dividing, multiply the other side",
    );
    unknown_sign(file, Span::new(file.id, at, at + length)).help(help)
}

fn unknown_sign(file: &SourceFile, span: Span) -> Diagnostic {
    let found = file.slice(span);
    let message =
        bilingual!("`{found}` はこの言語の符号ではない", "`{found}` is not a sign of this language");
    Diagnostic::new(&STRAY_CHARACTER, span, message)
}

/// What a character that is no sign of the language was probably meant to be.
fn meant_by(found: &str) -> Option<String> {
    let first = found.chars().next()?;
    let half: String = found.chars().map(foreign::half_width).collect();
    match first {
        '、' => Some(",".to_owned()),
        '。' => Some(".".to_owned()),
        '」' | '』' | '’' => Some("\"".to_owned()),
        _ if foreign::closing_quote(first).is_some() => Some("\"".to_owned()),
        _ => Some(half).filter(|half| half != found),
    }
}

pub(crate) fn stray(file: &SourceFile, at: usize, length: usize) -> Diagnostic {
    let span = Span::new(file.id, at, at + length);
    let found = file.slice(span);
    let diagnostic = Diagnostic::new(
        &STRAY_CHARACTER,
        span,
        bilingual!("文字 `{found}` はここでは使えない", "the character `{found}` has no meaning here"),
    );
    match meant_by(found) {
        Some(half) => {
            let title = bilingual!("半角の `{half}` に直す", "write the half-width `{half}`");
            let diagnostic = diagnostic.help(title.clone());
            // A Japanese full stop ends what needs no end.
            if found == "。" { diagnostic } else { diagnostic.fix(span, half, title) }
        }
        None => diagnostic,
    }
}
