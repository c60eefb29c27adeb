//! Names, words of closed lists, durations: what is written otherwise in another spelling, word by word.

use std::collections::BTreeMap;

use kijun_source::{Diagnostic, Span, bilingual};

use crate::ast::{Builtin, Spelling, TypeName, Unit};
use crate::diagnostics::NAME_IS_WORD;
use crate::format::Reader;
use crate::format::document::Document;
use crate::keyword::Keyword;
use crate::spelling::is_expression_word;
use crate::vocabulary::{TYPES, Vocabulary};

/// What to write for the names at these spans: labels for names, or names for labels.
pub type Names = BTreeMap<Span, String>;

/// Where a name stands, which settles what words it must not be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NamePlace {
    /// Where nothing but a name can stand: words of expressions are reserved all the same.
    Name,
    /// In an expression.
    Value,
    /// Before the parenthesis of a call.
    Call,
    /// Where a type may stand.
    Type,
    /// Behind a number, which a unit would make a duration.
    BehindNumber,
    /// Where fields alone can stand: any word.
    Field,
}

impl<'a> Reader<'a> {
    /// A name that is declared, or stands where nothing else can.
    pub(super) fn name(&mut self) -> Document<'a> {
        self.named(NamePlace::Name)
    }

    /// The name of a field.
    pub(super) fn field_name(&mut self) -> Document<'a> {
        self.named(NamePlace::Field)
    }

    pub(super) fn named(&mut self, place: NamePlace) -> Document<'a> {
        let name = self.name_ahead(0, place);
        self.phrase(1, name)
    }

    /// How a name that comes so many lexemes ahead is printed.
    pub(super) fn name_ahead(&mut self, ahead: usize, place: NamePlace) -> &'a str {
        let Some(lexeme) = self.lexemes.get(self.at + ahead) else { return "" };
        let (written, span) = (lexeme.text, lexeme.span);
        let target = self.target;
        if let Some(wanted) = self.names.get(&span)
            && is_word(wanted)
            && !means_else(wanted, place, target)
        {
            return wanted;
        }
        if self.source != target && means_else(written, place, target) {
            self.clashes.push(clash(span, written, target));
        }
        written
    }

    /// The next word, which is one of a closed list or unknown.
    pub(super) fn word_of(&mut self, vocabulary: Vocabulary) -> Document<'a> {
        let written = self.text(self.at);
        match vocabulary.translate(written, self.source, self.target) {
            Some(word) => self.phrase(1, word),
            None => {
                self.refuse_word_of(vocabulary, 0);
                self.next()
            }
        }
    }

    /// A word that is none of the list must not become one of it.
    pub(super) fn refuse_word_of(&mut self, vocabulary: Vocabulary, ahead: usize) {
        let (written, target) = (self.text(self.at + ahead), self.target);
        if let Some(lexeme) = self.lexemes.get(self.at + ahead)
            && self.source != target
            && vocabulary.words(target).any(|word| word == written)
        {
            self.clashes.push(clash(lexeme.span, written, target));
        }
    }

    /// `ref person?`, `[text]`
    pub(super) fn type_name(&mut self, ty: &TypeName) -> Document<'a> {
        let mut parts = Vec::new();
        if ty.list {
            parts.push(self.next());
        }
        if ty.reference {
            parts.extend([self.keyword(Keyword::Ref), Document::Space(1)]);
        }
        let word = TYPES.translate(self.text(self.at), self.source, self.target);
        parts.push(match word {
            Some(word) if !ty.reference => self.phrase(1, word),
            _ if ty.reference => self.name(),
            _ => self.named(NamePlace::Type),
        });
        if ty.list {
            parts.push(self.next());
        }
        if ty.optional {
            parts.push(self.next());
        }
        Document::Sequence(parts)
    }

    /// How a duration is printed whose number comes so many lexemes ahead, and how many lexemes it takes.
    pub(super) fn duration_ahead(&self, ahead: usize) -> (String, usize) {
        let (number, word) = (self.text(self.at + ahead), self.text(self.at + ahead + 1));
        let (unit, count) = match Unit::from_word(word, self.source) {
            Some(unit) => (unit, 2),
            None => (Unit::BusinessDays, 3),
        };
        let word = unit.spelling(number.parse().unwrap_or(0), self.target);
        let text = match self.target {
            Spelling::English => format!("{number} {word}"),
            Spelling::Japanese => format!("{number}{word}"),
        };
        (text, count)
    }

    /// `31 days`
    pub(super) fn duration(&mut self) -> Document<'a> {
        let (text, count) = self.duration_ahead(0);
        self.phrase(count, text)
    }

    /// `within 31 days`, `31日以内`
    pub(super) fn within(&mut self) -> Document<'a> {
        let ahead = match self.source {
            Spelling::English => 1,
            Spelling::Japanese => 0,
        };
        let (duration, count) = self.duration_ahead(ahead);
        let word = Keyword::Within.spelling(self.target);
        let text = match self.target {
            Spelling::English => format!("{word} {duration}"),
            Spelling::Japanese => format!("{duration}{word}"),
        };
        self.phrase(1 + count, text)
    }
}

/// Whether a text can be a word at all.
fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && characters.all(unicode_ident::is_xid_continue)
}

/// Whether a word in that place is read as something else than a name.
fn means_else(word: &str, place: NamePlace, spelling: Spelling) -> bool {
    let is_builtin = || Builtin::ALL.iter().any(|function| function.spelling(spelling) == word);
    let is_reserved =
        || Keyword::from_word(word, spelling).is_some_and(|keyword| keyword.is_reserved(spelling));
    match place {
        NamePlace::Field => false,
        NamePlace::Name => is_reserved(),
        NamePlace::BehindNumber => is_reserved() || Unit::from_word(word, spelling).is_some(),
        NamePlace::Value => is_expression_word(word, spelling),
        NamePlace::Call => is_reserved() || is_builtin() || word == Keyword::Covered.spelling(spelling),
        NamePlace::Type => is_reserved() || TYPES.words(spelling).any(|ty| ty == word),
    }
}

fn clash(span: Span, name: &str, target: Spelling) -> Diagnostic {
    let message = match target {
        Spelling::English => bilingual!(
            "名前 `{name}` は英語表記では言語の語になる",
            "the name `{name}` is a word of the language in the English spelling"
        ),
        Spelling::Japanese => bilingual!(
            "名前 `{name}` は日本語表記では言語の語になる",
            "the name `{name}` is a word of the language in the Japanese spelling"
        ),
    };
    Diagnostic::new(&NAME_IS_WORD, span, message)
        .help(bilingual!("`{name}` を別の名前に改める", "give `{name}` another name"))
}
