//! The layout of what people confirm, and of audits.

use kijun_source::{Diagnostic, bilingual};

use crate::ast::{AttestClause, AttestClauseKind, AuditClause, AuditClauseKind, Spelling};
use crate::diagnostics::NAME_IS_WORD;
use crate::format::document::Document;
use crate::format::{INDENT, Reader};
use crate::keyword::Keyword;
use crate::vocabulary::{AUDIT_KINDS, AUDITORS, CURRENT_PARTS, PREVIOUS_PARTS, SEVERITIES};

/// The column of what the clauses of an `audit` say.
const AUDITED: usize = 9;

impl<'a> Reader<'a> {
    pub(super) fn attest_clause(&mut self, clause: &AttestClause) -> Document<'a> {
        let column = match self.target {
            Spelling::English => "answered by ".len(),
            Spelling::Japanese => AUDITED,
        };
        match &clause.kind {
            AttestClauseKind::Covers(texts) => self.texts(Keyword::Covers, column, texts.len()),
            AttestClauseKind::Severity(_) => {
                let word = self.padded(Keyword::Severity, column);
                Document::Sequence(vec![word, self.word_of(SEVERITIES)])
            }
            AttestClauseKind::Question(_) => {
                let word = self.padded(Keyword::Question, column);
                Document::Sequence(vec![word, self.next()])
            }
            AttestClauseKind::AnsweredBy(texts) => self.texts(Keyword::AnsweredBy, column, texts.len()),
            AttestClauseKind::Attach(texts) => self.texts(Keyword::Attach, column, texts.len()),
            AttestClauseKind::HoldsFor(..) => {
                let word = self.padded(Keyword::HoldsFor, column);
                Document::Sequence(vec![word, self.duration()])
            }
        }
    }

    pub(super) fn audit_clause(&mut self, clause: &AuditClause) -> Document<'a> {
        match &clause.kind {
            AuditClauseKind::Covers(texts) => self.texts(Keyword::Covers, AUDITED, texts.len()),
            AuditClauseKind::Kind(_) => {
                let word = self.padded(Keyword::Kind, AUDITED);
                Document::Sequence(vec![word, self.word_of(AUDIT_KINDS)])
            }
            AuditClauseKind::Schedule { .. } => {
                let word = self.padded(Keyword::Schedule, AUDITED);
                let said = Document::spaced(vec![self.next(), self.keyword(Keyword::InZone), self.next()]);
                Document::Sequence(vec![word, said])
            }
            AuditClauseKind::After { rows, .. } => {
                let mut parts = vec![self.padded(Keyword::AfterEach, AUDITED), self.rows(rows)];
                parts.push(Document::Space(1));
                let comments = self.comments(self.count(Keyword::After));
                let word = Document::word_before(Keyword::After.spelling(self.target));
                let within = self.within();
                parts.push(self.opened(comments, word, within));
                Document::Sequence(parts)
            }
            AuditClauseKind::Over { previous, .. } => {
                let word = self.padded(Keyword::OverPeriod, AUDITED);
                Document::Sequence(vec![word, self.part(*previous)])
            }
            AuditClauseKind::Scope(texts) if texts.is_empty() => {
                let word = self.padded(Keyword::Scope, AUDITED);
                Document::Sequence(vec![word, self.keyword(Keyword::All)])
            }
            AuditClauseKind::Scope(texts) => self.texts(Keyword::Scope, AUDITED, texts.len()),
            AuditClauseKind::Auditor(_) => {
                let word = self.padded(Keyword::Auditor, AUDITED);
                Document::Sequence(vec![word, self.word_of(AUDITORS)])
            }
            AuditClauseKind::Remind(times) => self.remind(times.len()),
            AuditClauseKind::Report(..) => {
                let word = self.padded(Keyword::Report, AUDITED);
                Document::Sequence(vec![word, self.within()])
            }
            AuditClauseKind::Close(..) => {
                let word = self.padded(Keyword::CloseFindings, AUDITED);
                Document::Sequence(vec![word, self.within()])
            }
        }
    }

    /// `previous fiscal_year`, `前年度`
    fn part(&mut self, previous: bool) -> Document<'a> {
        let vocabulary = if previous { PREVIOUS_PARTS } else { CURRENT_PARTS };
        let ahead = usize::from(previous && self.source == Spelling::English);
        let written = self.text(self.at + ahead);
        let word = match vocabulary.translate(written, self.source, self.target) {
            Some(word) => word,
            None => {
                self.refuse_word_of(PREVIOUS_PARTS, ahead);
                self.refuse_word_of(CURRENT_PARTS, ahead);
                if previous && self.source != self.target {
                    self.refuse_previous(ahead);
                }
                written
            }
        };
        let text = match self.target {
            Spelling::English if previous => format!("{} {word}", Keyword::Previous.spelling(self.target)),
            _ => word.to_owned(),
        };
        self.phrase(1 + ahead, text)
    }

    /// Japanese has one word for `previous` and the part behind it, and none where that part is unknown.
    fn refuse_previous(&mut self, ahead: usize) {
        let Some(lexeme) = self.lexemes.get(self.at + ahead) else { return };
        let written = lexeme.text;
        let message = bilingual!(
            "`previous {written}` に当たる語が日本語表記にない",
            "the Japanese spelling has no word for `previous {written}`"
        );
        let help = bilingual!(
            "`{written}` を暦の区切りの語に改める",
            "write a part of the calendar instead of `{written}`"
        );
        self.clashes.push(Diagnostic::new(&NAME_IS_WORD, lexeme.span, message).help(help));
    }

    /// `remind 30 days, 7 days before`, `予告 30日, 7日前`
    fn remind(&mut self, count: usize) -> Document<'a> {
        let word = self.padded(Keyword::Remind, AUDITED);
        let mut times = Vec::new();
        for index in 1..=count {
            let mut time = vec![self.duration()];
            if index < count {
                time.push(self.next());
            } else {
                if self.target == Spelling::English {
                    time.push(Document::Space(1));
                }
                time.push(self.keyword(Keyword::BeforeIt));
            }
            times.push(Document::Sequence(time));
        }
        Document::Sequence(vec![word, Document::indented(INDENT, vec![Document::Fill(times)])])
    }
}
