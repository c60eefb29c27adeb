//! Text to tokens to tree.
//!
//! [`parse`] never fails: a declaration that cannot be read becomes [`ast::Item::Broken`], with a diagnostic, and
//! the next one is read as if nothing had happened.
#![deny(clippy::disallowed_methods)]

pub mod ast;
mod diagnostics;
mod expected;
mod format;
mod grammar;
mod keyword;
mod lexer;
mod text;
mod token;

use kijun_source::{Diagnostic, SourceFile};

pub use diagnostics::CODES;
pub use format::{WIDTH, format};
pub use keyword::Keyword;

/// Reads a file of the language.
///
/// ```
/// let mut sources = kijun_source::Sources::new();
/// let id = sources.add("a.kijun", r#"enum way "入退" { enter "入室", leave "退室" }"#);
/// let (file, diagnostics) = kijun_syntax::parse(sources.file(id));
/// assert_eq!((file.items.len(), diagnostics.len()), (1, 0));
/// ```
pub fn parse(file: &SourceFile) -> (ast::File, Vec<Diagnostic>) {
    let (tokens, mut diagnostics) = lexer::lex(file);
    let (tree, mut problems) = grammar::file(file, &tokens);
    diagnostics.append(&mut problems);
    diagnostics.sort_by_key(Diagnostic::span);
    (tree, diagnostics)
}

/// Reads a file that holds one expression: a parameter's value in `kijun.toml`, a question on the command line.
pub fn parse_expr(file: &SourceFile) -> (Option<ast::Expr>, Vec<Diagnostic>) {
    let (tokens, mut diagnostics) = lexer::lex(file);
    let (expr, mut problems) = grammar::lone_expr(file, &tokens);
    diagnostics.append(&mut problems);
    (expr, diagnostics)
}
