//! Text to tokens to tree.
//!
//! [`parse`] never fails: a declaration that cannot be read becomes [`ast::ItemKind::Broken`], with a diagnostic, and
//! the next one is read as if nothing had happened.
#![deny(clippy::disallowed_methods)]

pub mod ast;
mod diagnostics;
mod expected;
mod foreign;
mod format;
mod grammar;
mod keyword;
mod lexer;
mod spelling;
mod text;
mod token;
pub mod vocabulary;

use kijun_source::{Diagnostic, SourceFile, Span};

use crate::token::Token;

pub use diagnostics::{CODES, out_of_range};
pub use format::{Names, WIDTH, format, format_as};
pub use keyword::Keyword;

/// Reads a file of the language, in whichever spelling it is written.
///
/// ```
/// let mut sources = kijun_source::Sources::new();
/// let id = sources.add("a.kijun", r#"enum way "入退" { enter "入室", leave "退室" }"#);
/// let (file, diagnostics) = kijun_syntax::parse(sources.file(id));
/// assert_eq!((file.items.len(), diagnostics.len()), (1, 0));
///
/// let id = sources.add("b.kijun", r#"区分 入退 "入退" { 入室 "入室", 退室 "退室" }"#);
/// let (file, diagnostics) = kijun_syntax::parse(sources.file(id));
/// assert_eq!((file.items.len(), diagnostics.len()), (1, 0));
/// assert_eq!(file.spelling, kijun_syntax::ast::Spelling::Japanese);
/// ```
pub fn parse(file: &SourceFile) -> (ast::File, Vec<Diagnostic>) {
    let (tree, _, diagnostics) = read(file);
    (tree, diagnostics)
}

/// The tree of a file with its tokens, and what is wrong with it, in the order of the text.
fn read(file: &SourceFile) -> (ast::File, Vec<Token>, Vec<Diagnostic>) {
    let (mut tokens, mut diagnostics) = lexer::lex(file);
    let spelling = spelling::of_file(file, &tokens);
    diagnostics.append(&mut spelling::settle(file, spelling, &mut tokens));
    let (tree, mut problems) = grammar::file(file, spelling, &tokens);
    // What reading stopped at is said with what was expected there, and so only once.
    diagnostics.retain(|found| problems.iter().all(|problem| problem.span() != found.span()));
    diagnostics.append(&mut problems);
    diagnostics.sort_by_key(Diagnostic::span);
    (tree, tokens, diagnostics)
}

/// The spelling of a file that holds one expression: that of the first word in it that only one spelling has.
pub fn spelling_of_expr(file: &SourceFile) -> ast::Spelling {
    let (tokens, _) = lexer::lex(file);
    spelling::of_expr(file, &tokens)
}

/// The places of the words, numbers, texts and signs of a file, in order.
pub fn tokens(file: &SourceFile) -> Vec<Span> {
    lexer::lex(file).0.into_iter().map(|token| token.span).collect()
}

/// Reads a file that holds one expression: a parameter's value in `kijun.toml`, a question on the command line.
/// It is in the spelling of the first word in it that only one spelling has.
pub fn parse_expr(file: &SourceFile) -> (Option<ast::Expr>, Vec<Diagnostic>) {
    let (mut tokens, mut diagnostics) = lexer::lex(file);
    let spelling = spelling::of_expr(file, &tokens);
    diagnostics.append(&mut spelling::settle(file, spelling, &mut tokens));
    let (expr, mut problems) = grammar::lone_expr(file, spelling, &tokens);
    diagnostics.append(&mut problems);
    (expr, diagnostics)
}
