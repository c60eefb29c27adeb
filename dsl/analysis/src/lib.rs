//! Tree to checked program: resolve, check, lower, lint.
//!
//! [`analyze`] never fails: what is wrong is left out of the program and reported. A program made with errors
//! must not be run; that is the caller's to see to.
#![deny(clippy::disallowed_methods)]

mod check;
mod cycles;
mod diagnostics;
mod fidelity;
mod given;
mod lints;
mod logic;
mod names;
mod shown;
mod spelled;
mod standards;
mod units;
mod words;

use std::sync::Arc;

use kijun_ir::{Binding, Calendar, Class, Expr, IndexVec, Program, Rule, VarId};
use kijun_source::{Diagnostic, SourceFile, Span};
use kijun_syntax::ast;

pub use diagnostics::CODES;

/// The files of a folder, or a lone file: they share all their names.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The files in order.
    pub files: Vec<ast::File>,
    /// Its `use`s that were found: where the text of the path stands, and the position of the unit that it names.
    pub uses: Vec<(Span, usize)>,
}

/// What a workspace says about the rulesets that it uses.
#[derive(Debug, Clone)]
pub struct Options {
    /// The zone in which instants become days and datetimes without a zone are read, holidays, the beginning of fiscal years.
    pub calendar: Calendar,
    /// Values of parameters other than their defaults.
    pub overrides: Vec<Override>,
}

/// The value that a workspace gives to a parameter.
#[derive(Debug, Clone)]
pub struct Override {
    /// The parameter.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The value as written: the text of a text, otherwise a literal of the language (`3 years`, `2026-04-01`, `5`, `["a", "b"]`).
    pub value: String,
    /// Where the value stands.
    pub value_span: Span,
}

/// What comes of rulesets.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// What can be judged; not to be run where a diagnostic is an error.
    pub program: Program,
    /// What is wrong, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// A use, not the declaration, of a name whose label is a name too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameUse {
    /// Where it stands.
    pub span: Span,
    /// The name.
    pub english: Arc<str>,
    /// The label.
    pub japanese: Arc<str>,
}

/// What a person asks of the evidence.
#[derive(Debug, Clone)]
pub enum Asked {
    /// A condition, as the requirement of a rule about the organisation that covers no duty. It is none of the program's rules.
    Condition(Box<Rule>),
    /// A value.
    Value {
        /// Every variable in it.
        vars: IndexVec<VarId, Binding>,
        /// What computes it.
        expr: Expr,
        /// Who may see it.
        class: Class,
    },
}

/// What comes of a question.
#[derive(Debug, Clone)]
pub struct Questioned {
    /// The program of the rulesets, with what the question alone reads of the calendar and of the gaps of logs behind the facts.
    pub program: Program,
    /// What is asked; `None` where something is wrong with the question.
    pub asked: Option<Asked>,
    /// What is wrong with the question.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a question, a file that holds one expression. It sees whatever any unit declares. What is wrong with the units is not said.
pub fn analyze_question(units: &[Unit], options: &Options, question: &SourceFile) -> Questioned {
    let mut aside = Vec::new();
    let uses = units::uses(units, &mut aside);
    let given = given::given(units);
    let mut names = names::collect(units, uses, given.as_ref(), &mut aside);
    let everything = names.overlook();
    let (written, mut diagnostics) = kijun_syntax::parse_expr(question);
    let (program, asked) = match &written {
        Some(written) => {
            let (program, asked) = check::check_question(&names, options, everything, written, &mut aside);
            diagnostics.append(&mut aside);
            (program, asked)
        }
        None => (Program::new(options.calendar.clone()), None),
    };
    spelled::spell_file(kijun_syntax::spelling_of_expr(question), &mut diagnostics);
    Questioned { program, asked, diagnostics }
}

/// Makes a program of rulesets, and says what is wrong with them. The order of units and of their files is that of the program.
pub fn analyze(units: &[Unit], options: &Options) -> Analysis {
    let mut diagnostics = Vec::new();
    let uses = units::uses(units, &mut diagnostics);
    let given = given::given(units);
    let names = names::collect(units, uses, given.as_ref(), &mut diagnostics);
    // What is mentioned is read off the text while all that is checked in one thread keeps it from the others.
    let (program, mentioned) =
        rayon::join(|| check::check(&names, options, &mut diagnostics), || lints::mentioned(units, &names));
    if !has_broken(units) && !diagnostics.iter().any(Diagnostic::is_error) {
        debug_assert_eq!(kijun_ir::invariants::check(&program), None);
        lints::lint(
            &lints::Linted { units, names: &names, program: &program, mentioned: &mentioned },
            &mut diagnostics,
        );
    }
    spelled::spell(units, &mut diagnostics);
    // The body of a definition is checked at each call: what is wrong with it is said once.
    diagnostics.sort_by(|a, b| order(a).cmp(&order(b)));
    diagnostics.dedup();
    Analysis { program, diagnostics }
}

/// The uses of names that have two spellings, in the order of the files. There are more of them than of anything else, and few ask for them.
pub fn name_uses(units: &[Unit], options: &Options) -> Vec<NameUse> {
    let mut aside = Vec::new();
    let uses = units::uses(units, &mut aside);
    let given = given::given(units);
    let names = names::collect(units, uses, given.as_ref(), &mut aside);
    let mut uses = check::name_uses(&names, options, &mut aside);
    uses.sort();
    uses.dedup();
    uses
}

fn order(diagnostic: &Diagnostic) -> (Option<Span>, &str, &kijun_source::Bilingual) {
    (diagnostic.span(), diagnostic.code.id, &diagnostic.message)
}

fn has_broken(units: &[Unit]) -> bool {
    let mut items = units.iter().flat_map(|unit| &unit.files).flat_map(|file| &file.items);
    items.any(|item| matches!(item.kind, ast::ItemKind::Broken(..)))
}
