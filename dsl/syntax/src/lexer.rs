//! Text to tokens.

use kijun_source::{Bilingual, Diagnostic, SourceFile, Span, bilingual};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::combinator::{opt, recognize, value};
use nom::sequence::pair;
use nom::{IResult, Parser};

use crate::ast::{Spelling, Unit};
use crate::diagnostics::{OPEN_TEXT, STRAY_CHARACTER};
use crate::foreign::{self, Meant};
use crate::keyword::Keyword;
use crate::token::{Symbol, Token, TokenKind};

/// About how many bytes of a file make a token, white space included.
const BYTES_A_TOKEN: usize = 6;

/// The tokens of a file. A character that begins no token is reported and passed over.
pub(crate) fn lex(file: &SourceFile) -> (Vec<Token>, Vec<Diagnostic>) {
    lex_part(file, 0, file.text.len())
}

/// The tokens of a part of a file, with spans into the whole.
pub(crate) fn lex_part(file: &SourceFile, start: usize, end: usize) -> (Vec<Token>, Vec<Diagnostic>) {
    let text = file.text.get(..end).unwrap_or("");
    let tokens = Vec::with_capacity(text.len().saturating_sub(start) / BYTES_A_TOKEN);
    let mut lexer = Lexer { file, text, at: start, tokens, diagnostics: Vec::new() };
    lexer.skip_trivia();
    while lexer.at < text.len() {
        lexer.step();
        lexer.skip_trivia();
    }
    (lexer.tokens, lexer.diagnostics)
}

/// Where reading is, and what was read.
struct Lexer<'a> {
    file: &'a SourceFile,
    /// The text of the file up to the end of the part.
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
}

impl Lexer<'_> {
    fn skip_trivia(&mut self) {
        self.at += trivia(&self.text[self.at..]);
    }

    /// Reads a token.
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        if let Some(read) = common(rest) {
            self.push(read);
        } else if let Some(read) = token_in_place(self.file, self.tokens.last(), self.at, rest) {
            self.push(read);
        } else if foreign::may_begin(rest)
            && let Some(found) = misread(self.file, self.at, rest)
        {
            self.at += found.length;
            self.tokens.extend(found.token);
            self.diagnostics.extend(found.diagnostic);
        } else if let Some(read) = token(rest) {
            self.push(read);
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.diagnostics.push(stray(self.file, self.at, length));
            self.at += length;
        }
    }

    fn push(&mut self, read: Read) {
        let end = self.at + read.length;
        let span = Span::new(self.file.id, self.at, end);
        if !read.is_closed {
            self.diagnostics.push(unclosed(read.kind, &self.text[self.at..end], span));
        }
        let at_line_start = self.at == 0 || self.text.as_bytes()[self.at - 1] == b'\n';
        self.tokens.push(Token { kind: read.kind, span, keyword: None, at_line_start });
        self.at = end;
    }
}

/// A token as it was read.
struct Read {
    kind: TokenKind,
    /// In bytes.
    length: usize,
    /// Whether what needs an end has one: a text, a pattern.
    is_closed: bool,
}

impl Read {
    fn new(kind: TokenKind, length: usize) -> Self {
        Self { kind, length, is_closed: true }
    }
}

/// The pattern or the unit that `rest` begins with, which only the token before it tells.
fn token_in_place(file: &SourceFile, before: Option<&Token>, at: usize, rest: &str) -> Option<Read> {
    let before = before?;
    match before.kind {
        TokenKind::Word if rest.starts_with('/') => {
            let word = file.slice(before.span);
            let takes_pattern = word == Keyword::Matches.spelling(Spelling::English)
                || word == Keyword::Subject.spelling(Spelling::Japanese);
            takes_pattern.then(|| delimited(TokenKind::Regex, rest, b'/'))
        }
        TokenKind::Int if before.span.end as usize == at => {
            Some(Read::new(TokenKind::Word, Unit::japanese_prefix(rest)?))
        }
        _ => None,
    }
}

/// How many bytes are white space and comments that document nothing.
fn trivia(input: &str) -> usize {
    let bytes = input.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'\t'..=b'\r' | b' ' => 1,
            b'/' if is_comment(&bytes[at..]) => line(&input[at..]),
            byte if byte.is_ascii() => break,
            _ => match input[at..].chars().next() {
                Some(c) if c.is_whitespace() => c.len_utf8(),
                _ => break,
            },
        };
    }
    at
}

/// `//`, and `////`, which rules a line; but not `///`.
fn is_comment(bytes: &[u8]) -> bool {
    bytes.starts_with(b"//") && !is_doc(bytes)
}

/// `///`, but not `////`.
fn is_doc(bytes: &[u8]) -> bool {
    bytes.starts_with(b"///") && bytes.get(3) != Some(&b'/')
}

/// How many bytes stand before the end of the line.
fn line(input: &str) -> usize {
    input.find('\n').unwrap_or(input.len())
}

/// The token that `rest` begins with if it is of those that nearly all are, whatever stands before: a word or a text that begins in
/// ASCII, a sign behind which nothing foreign begins.
fn common(rest: &str) -> Option<Read> {
    let symbol = match *rest.as_bytes().first()? {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => return Some(Read::new(TokenKind::Word, word(rest))),
        b'"' => return Some(delimited(TokenKind::Text, rest, b'"')),
        b',' => Symbol::Comma,
        b':' => Symbol::Colon,
        b'.' => Symbol::Dot,
        b'{' => Symbol::OpenBrace,
        b'}' => Symbol::CloseBrace,
        b'(' => Symbol::OpenParen,
        b')' => Symbol::CloseParen,
        _ => return None,
    };
    let is_alone =
        rest.as_bytes().get(1).is_none_or(|next| matches!(next, b' ' | b'\n' | b'_' | b'a'..=b'z'));
    is_alone.then(|| Read::new(TokenKind::Symbol(symbol), 1))
}

/// The token that `rest` begins with where it is none of the common ones.
fn token(rest: &str) -> Option<Read> {
    match *rest.as_bytes().first()? {
        b'0'..=b'9' => Some(number(rest)),
        b'/' => is_doc(rest.as_bytes()).then(|| Read::new(TokenKind::Doc, line(rest))),
        byte if byte.is_ascii() => symbol(rest),
        _ => era(rest).or_else(|| wide_word(rest)).or_else(|| symbol(rest)),
    }
}

fn symbol(rest: &str) -> Option<Read> {
    let symbol = Symbol::beginning(rest)?;
    Some(Read::new(TokenKind::Symbol(symbol), symbol.spelling().len()))
}

/// For each byte whether it goes on with a word, by itself: a table, for most bytes of a file are asked.
static IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

/// How long the word is, the first character of which was looked at.
fn word(input: &str) -> usize {
    let bytes = input.as_bytes();
    let end = bytes.iter().position(|byte| !IN_WORD[usize::from(*byte)]).unwrap_or(bytes.len());
    match bytes.get(end) {
        Some(byte) if !byte.is_ascii() => {
            input.find(|c| !unicode_ident::is_xid_continue(c)).unwrap_or(input.len())
        }
        _ => end,
    }
}

fn wide_word(input: &str) -> Option<Read> {
    input.starts_with(unicode_ident::is_xid_start).then(|| Read::new(TokenKind::Word, word(input)))
}

/// A number, or what begins with one.
fn number(input: &str) -> Read {
    let bytes = input.as_bytes();
    if foreign::is_own_day(bytes) {
        return Read::new(TokenKind::Date, foreign::OWN_DAY);
    }
    let digits = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    let int = Read::new(TokenKind::Int, digits);
    match input[digits..].chars().next() {
        Some(':' | '.' | '年') => longer_number(input).unwrap_or(int),
        _ => int,
    }
}

fn longer_number(input: &str) -> Option<Read> {
    let forms = alt((
        value(TokenKind::FiscalYear, recognize((digits_of(4, 4), tag("年度")))),
        value(TokenKind::Time, recognize(time)),
        value(TokenKind::Decimal, recognize((digits, tag("."), digits))),
    ));
    form(forms, input)
}

/// A day or a year of an era.
fn era(input: &str) -> Option<Read> {
    if !input.starts_with(['明', '大', '昭', '平', '令']) {
        return None;
    }
    let day = (era_name, year_of_era, tag("年"), digits_of(1, 2), tag("月"), digits_of(1, 2), tag("日"));
    let forms = alt((
        value(TokenKind::FiscalYear, recognize((era_name, year_of_era, tag("年度")))),
        value(TokenKind::Date, recognize(day)),
    ));
    form(forms, input)
}

fn form<'a>(
    mut forms: impl Parser<&'a str, Output = TokenKind, Error = nom::error::Error<&'a str>>,
    input: &'a str,
) -> Option<Read> {
    let (rest, kind) = forms.parse(input).ok()?;
    Some(Read::new(kind, input.len() - rest.len()))
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

fn era_name(input: &str) -> IResult<&str, &str> {
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
fn delimited(kind: TokenKind, input: &str, sign: u8) -> Read {
    let bytes = input.as_bytes();
    let tells = |byte: &u8| matches!(byte, b'\n' | b'\\') || *byte == sign;
    let open = |length| Read { kind, length, is_closed: false };
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(tells)) {
        at += found;
        match bytes[at] {
            b'\n' => return open(at),
            b'\\' if bytes.get(at + 1) != Some(&b'\n') => at += 2,
            b'\\' => at += 1,
            _ => return Read::new(kind, at + 1),
        }
    }
    open(bytes.len())
}

fn unclosed(kind: TokenKind, text: &str, span: Span) -> Diagnostic {
    if kind == TokenKind::Regex { open_regex(span) } else { open_text(text, span) }
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
    let (length, meant) = foreign::foreign(rest).filter(|_| !is_doc(rest.as_bytes()))?;
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
