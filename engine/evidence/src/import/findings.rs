//! What is said of evidence files that are not as they should be.

use std::io;

use jiff::civil::Date;
use kijun_ir::{Cell, Class, FactId, Value};
use kijun_source::{Bilingual, Code, Diagnostic, Span, bilingual, codes, nearest};

use super::Importer;
use super::collections::{Collection, VouchingProblem};
use super::file::{FileRows, Filling};
use super::merge::Merged;
use super::report::{Contradiction, ImportReport, MergeReport, Place, Rejection, Shown};
use crate::manifest::{BoundSource, Plan, Undatable};
use crate::read::{Undecodable, Unusable};

codes! {
    /// The codes of this file.
    pub(crate) CODES;
    /// A file that is not there.
    MISSING_FILE "KJ0551" Error "証拠ファイルがない" "missing evidence file";
    /// A file that cannot be opened.
    UNREADABLE_FILE "KJ0552" Error "証拠ファイルを開けない" "evidence file cannot be opened";
    /// Bytes that are not text in the encoding stated.
    UNDECODABLE "KJ0553" Error "文字コードが違う" "wrong encoding";
    /// A column that a field needs and that is not there.
    MISSING_COLUMN "KJ0554" Error "列がない" "missing column";
    /// Two columns of a name that a field reads.
    DUPLICATE_COLUMN "KJ0555" Error "列名の重複" "two columns of one name";
    /// No names of columns where they should be.
    NO_HEADER "KJ0556" Error "見出し行がない" "no header line";
    /// Rows that cannot be read.
    REJECTED_ROWS "KJ0557" Warning "読めない行" "rejected rows";
    /// Another number of rows than somebody vouches for.
    ROW_COUNT "KJ0558" Warning "件数の不一致" "unexpected number of rows";
    /// It is not clear which file a number of rows is for.
    UNCLEAR_VOUCHING "KJ0559" Error "件数がどのファイルのものか決まらない" "unclear which file is vouched for";
    /// A file for which nobody vouches while others are vouched for.
    UNLISTED_FILE "KJ0560" Warning "件数の記載がないファイル" "file not vouched for";
    /// A file whose rows somebody vouches for, and that is not there.
    LISTED_FILE_MISSING "KJ0561" Error "記載されたファイルがない" "listed file is missing";
    /// Rows that contradict each other.
    CONTRADICTION "KJ0562" Warning "行どうしの矛盾" "contradicting rows";
    /// Events outside the days that their file covers.
    OUTSIDE_COVERAGE "KJ0563" Warning "対象期間の外の行" "rows outside the days covered";
    /// Pictures that were all taken after the date of judgement.
    FUTURE_ONLY "KJ0564" Warning "基準日より後の収集だけ" "only later collections";
    /// A log that was taken before the days that it is said to cover.
    TAKEN_TOO_EARLY "KJ0565" Warning "対象期間より前の収集" "collected before the days covered";
    /// A file name whose date cannot be read.
    UNDATABLE_FILE "KJ0566" Error "ファイル名の日付が読めない" "unreadable date in a file name";
}

impl Importer<'_> {
    fn say(&mut self, code: &'static Code, span: Span, message: Bilingual) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    pub(super) fn report_missing(&mut self, source: &BoundSource, plan: &Plan, path: &str) {
        let name = &source.name;
        let message = if plan.path.value.is_pattern() && path == plan.path.value.text() {
            bilingual!(
                "供給元 `{name}` のファイルがない: `{path}` に当たるものがない",
                "source `{name}` has no file: nothing matches `{path}`"
            )
        } else {
            bilingual!(
                "供給元 `{name}` のファイル `{path}` がない",
                "file `{path}` of source `{name}` is missing"
            )
        };
        self.say(&MISSING_FILE, plan.path.span, message);
    }

    pub(super) fn report_unreadable(&mut self, plan: &Plan, path: &str, error: &io::Error) {
        let message = bilingual!("`{path}` を開けない: {error}", "cannot open `{path}`: {error}");
        self.say(&UNREADABLE_FILE, plan.path.span, message);
    }

    pub(super) fn report_undatable(&mut self, plan: &Plan, path: &str, why: Undatable) {
        let message = match why {
            Undatable::NoSuchDay => {
                bilingual!("`{path}` の日付は暦にない", "the date in `{path}` does not exist")
            }
            Undatable::Ambiguous => {
                bilingual!(
                    "`{path}` のどの桁が日付か決まらない",
                    "which digits of `{path}` are the date is not clear"
                )
            }
        };
        let help = bilingual!(
            "ファイルの名前を改めるか除くまで、この供給元は何も届けていないものとして扱う",
            "until the file is renamed or removed, the source counts as one that has delivered nothing"
        );
        self.diagnostics.push(Diagnostic::new(&UNDATABLE_FILE, plan.path.span, message).help(help));
    }

    pub(super) fn report_undecodable(&mut self, plan: &Plan, path: &str, why: Undecodable) {
        let Bilingual { ja, en } = why.reason;
        let message = match why.line {
            Some(line) => {
                bilingual!("`{path}` は{ja}（{line} 行目）", "`{path}` cannot be used: {en} (line {line})")
            }
            None => bilingual!("`{path}` は{ja}", "`{path}` cannot be used: {en}"),
        };
        let diagnostic = Diagnostic::new(&UNDECODABLE, plan.path.span, message);
        self.diagnostics.push(why.help.into_iter().fold(diagnostic, Diagnostic::help));
    }

    /// The file's text is the last on the shelf.
    pub(super) fn report_unusable(&mut self, filling: &Filling<'_>, plan: &Plan, path: &str, why: Unusable) {
        match why {
            Unusable::NoHeader => {
                let line = plan.header_line;
                let message = bilingual!(
                    "`{path}` の {line} 行目に見出しがない",
                    "`{path}` has no column names on line {line}"
                );
                self.say(&NO_HEADER, plan.path.span, message);
            }
            Unusable::Columns { missing, doubled, present, header } => {
                let header = header.and_then(|range| {
                    let shelved = self.shelf.last_mut()?.as_mut()?;
                    Some(shelved.span(self.sources, range))
                });
                for wanted in missing {
                    self.report_column(&MISSING_COLUMN, filling, plan, path, wanted, header, &present);
                }
                for wanted in doubled {
                    self.report_column(&DUPLICATE_COLUMN, filling, plan, path, wanted, header, &[]);
                }
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the two findings about columns differ in their words alone"
    )]
    fn report_column(
        &mut self,
        code: &'static Code,
        filling: &Filling<'_>,
        plan: &Plan,
        path: &str,
        wanted: usize,
        header: Option<Span>,
        present: &[String],
    ) {
        let name = &filling.wanted[wanted];
        let span = filling.written(wanted).map_or(plan.path.span, |written| written.span);
        let message = if code == &MISSING_COLUMN {
            bilingual!("`{path}` に `{name}` という列がない", "`{path}` has no column `{name}`")
        } else {
            bilingual!("`{path}` に `{name}` という列が複数ある", "`{path}` has several columns `{name}`")
        };
        let mut diagnostic = Diagnostic::new(code, span, message);
        if let Some(header) = header {
            diagnostic = diagnostic.and(header, bilingual!("見出し", "the column names"));
        }
        if let Some(near) = nearest(name, present.iter().map(String::as_str)) {
            diagnostic = diagnostic.help(bilingual!("`{near}` のことか", "did you mean `{near}`?"));
        }
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn report_rejected(&mut self, found: &FileRows, artifact: u32) {
        let (Some(first), Some(range)) = (found.rejected.first(), &found.first_fault) else { return };
        let Some(shelved) = self.shelf.get_mut(artifact as usize).and_then(Option::as_mut) else { return };
        let path = shelved.path.clone();
        let span = shelved.span(self.sources, range.clone());
        let count = found.rejected.len();
        let message = bilingual!(
            "`{path}` に読めない行が {count} 行ある",
            "`{path}` has {count} rows that cannot be read"
        );
        let mut diagnostic = Diagnostic::new(&REJECTED_ROWS, span, message).at(rejection_text(first));
        if count > 1 {
            let more = count - 1;
            diagnostic = diagnostic.help(bilingual!("ほかに {more} 行", "{more} more"));
        }
        self.diagnostics.push(diagnostic.help(bilingual!(
            "この収集は不完全として扱い、欠けた行が影響しうる規則は「適合」にならない",
            "the collection counts as incomplete; a rule that a lost row could matter to is not met"
        )));
    }

    pub(super) fn report_row_count(
        &mut self,
        plan: &Plan,
        path: &str,
        span: Span,
        vouched: usize,
        found: usize,
    ) {
        let message = bilingual!(
            "`{path}` は {vouched} 件のはずだが {found} 件ある",
            "`{path}` should have {vouched} rows, found {found}"
        );
        let diagnostic = Diagnostic::new(&ROW_COUNT, span, message);
        self.diagnostics.push(diagnostic.and(plan.path.span, Bilingual::default()));
    }

    pub(super) fn report_vouching(&mut self, plan: &Plan, problems: Vec<VouchingProblem>) {
        for problem in problems {
            let diagnostic = match problem {
                VouchingProblem::OneNumber(span, files) => {
                    let message = bilingual!(
                        "件数が一つだが、ファイルは {files} 個ある",
                        "one number of rows, but {files} files"
                    );
                    let help = bilingual!(
                        "rows = {{ \"ファイル名\" = 件数, … }} と書く",
                        "write rows = {{ \"file name\" = number, … }}"
                    );
                    Diagnostic::new(&UNCLEAR_VOUCHING, span, message).help(help)
                }
                VouchingProblem::Ambiguous(span, name) => {
                    let message =
                        bilingual!("`{name}` に当たるファイルが複数ある", "several files are named `{name}`");
                    let help = bilingual!("フォルダーからのパスで書く", "write the path with its folders");
                    Diagnostic::new(&UNCLEAR_VOUCHING, span, message).help(help)
                }
                VouchingProblem::Unlisted(path) => {
                    let message =
                        bilingual!("`{path}` の件数が `rows` にない", "`{path}` is not listed under `rows`");
                    Diagnostic::new(&UNLISTED_FILE, plan.path.span, message)
                }
            };
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn report_listed_missing(&mut self, source: &BoundSource, span: Span, file: &str) {
        let name = &source.name;
        let message = bilingual!(
            "`rows` にある `{file}` が供給元 `{name}` のファイルの中にない",
            "`{file}`, listed under `rows`, is not among the files of source `{name}`"
        );
        self.say(&LISTED_FILE_MISSING, span, message);
    }

    pub(super) fn report_outside(
        &mut self,
        plan: &Plan,
        path: &str,
        line: u32,
        (first, last): (Date, Date),
        count: usize,
    ) {
        let message = bilingual!(
            "`{path}` の対象期間（{first} から {last}）の外の行が {count} 行ある（最初は {line} 行目）",
            "`{path}` covers {first} to {last}, but {count} rows lie outside, the first on line {line}"
        );
        let zone = plan.zone.iana_name().unwrap_or("UTC");
        let help = bilingual!(
            "時間帯と対象期間を確かめる。日は系統の時間帯 {zone} で数える",
            "check the time zone and the days covered; days are counted in the zone of the source, {zone}"
        );
        self.diagnostics.push(Diagnostic::new(&OUTSIDE_COVERAGE, plan.path.span, message).help(help));
    }

    pub(super) fn report_future(&mut self, plan: &Plan, source: &BoundSource) {
        let name = &source.name;
        let message = bilingual!(
            "供給元 `{name}` には基準日までに収集したものがない",
            "source `{name}` has nothing that was collected by the date of judgement"
        );
        self.say(&FUTURE_ONLY, plan.path.span, message);
    }

    pub(super) fn report_too_early(&mut self, plan: &Plan, collection: &Collection) {
        let path = collection.paths.first().map_or("", String::as_str);
        let message = bilingual!(
            "`{path}` は対象期間が始まる前に収集されている",
            "`{path}` was collected before the days that it covers"
        );
        self.say(&TAKEN_TOO_EARLY, plan.path.span, message);
    }

    pub(super) fn report_merge(&mut self, fact: FactId, merged: &Merged, report: &mut ImportReport) {
        if merged.duplicates == 0 {
            return;
        }
        let declared = &self.program.facts[fact];
        let class = declared.key.map_or(Class::Personal, |key| declared.fields[key].class);
        let place = |origin: kijun_eval::Origin| Place {
            path: self
                .artifacts
                .get(origin.artifact as usize)
                .map_or_else(String::new, |file| file.path.clone()),
            line: origin.line,
        };
        let contradictions: Vec<Contradiction> = merged
            .conflicts
            .iter()
            .map(|conflict| Contradiction {
                key: match &conflict.key {
                    Cell::Known(Value::Text(key)) => Shown::new(key, class),
                    _ => Shown::Nothing,
                },
                field: conflict.field,
                first: place(conflict.first),
                second: place(conflict.second),
            })
            .collect();
        self.report_contradiction(fact, merged, &contradictions);
        report.merged.push(MergeReport { fact, duplicates: merged.duplicates, contradictions });
    }

    fn report_contradiction(&mut self, fact: FactId, merged: &Merged, contradictions: &[Contradiction]) {
        let (Some(first), Some(shown)) = (merged.conflicts.first(), contradictions.first()) else { return };
        let declared = &self.program.facts[fact];
        let field = &declared.fields[first.field].label;
        let label = &declared.label;
        let (key, count) = (shown.key.text(), contradictions.len());
        let message = Bilingual::new(
            format!("{label} {} の {field} が食い違っている（食い違いは全部で {count} 箇所）", key.ja),
            format!("two rows of {label} {} differ about {field} ({count} such cells)", key.en),
        );
        let mut spans = [first.first, first.second].into_iter().filter_map(|origin| {
            let shelved = self.shelf.get_mut(origin.artifact as usize)?.as_mut()?;
            Some(shelved.cell(self.sources, origin.line, first.field))
        });
        let (one, other) = (spans.next(), spans.next());
        drop(spans);
        let diagnostic = match one {
            Some(span) => Diagnostic::new(&CONTRADICTION, span, message),
            None => Diagnostic::without_place(&CONTRADICTION, message),
        };
        let diagnostic = match other {
            Some(span) => diagnostic.and(span, bilingual!("こちらと食い違う", "differs from this")),
            None => diagnostic,
        };
        self.diagnostics.push(diagnostic.help(bilingual!(
            "食い違う項目は「不明」として扱う。どちらが正しいか供給元に確かめる",
            "what they differ about counts as unknown; ask the sources which is right"
        )));
    }
}

/// What is wrong with the row, to stand beside the place.
fn rejection_text(rejection: &Rejection) -> Bilingual {
    let value = rejection.value.text();
    let Bilingual { ja, en } = rejection.reason.clone();
    match (&rejection.header, &rejection.value) {
        (Some(header), Shown::Nothing) => {
            Bilingual::new(format!("{header}: {ja}"), format!("{header}: {en}"))
        }
        (Some(header), _) => {
            Bilingual::new(format!("{header} の {} は{ja}", value.ja), format!("{header} {}: {en}", value.en))
        }
        (None, _) => Bilingual::new(ja, en),
    }
}
