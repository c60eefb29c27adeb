//! The holidays that a workspace names, and a warning where a run reaches beyond those known.

use std::path::Path;

use kijun_eval::Occasion;
use kijun_evidence::{Located, japanese_text};
use kijun_ir::{ExprKind, Function, Holidays, Program, Value};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::{BAD_HOLIDAYS, HOLIDAYS_END};

/// So many problems of one list are reported.
const REPORTED: usize = 5;

/// The list of holidays that `kijun.toml` names; reports what is wrong with it.
pub(crate) fn read_holidays(
    root: &Path,
    path: &Located<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Holidays> {
    let name = &path.value;
    let problems = match std::fs::read(root.join(name)) {
        Err(error) => vec![bilingual!("`{name}` を読めない: {error}", "`{name}` cannot be read: {error}")],
        Ok(bytes) => match japanese_text(&bytes) {
            Err(Bilingual { ja, en }) => vec![bilingual!("`{name}` は{ja}", "`{name}` cannot be used: {en}")],
            Ok(text) => match Holidays::from_csv(&text) {
                Ok(holidays) => return Some(holidays),
                Err(errors) => errors
                    .into_iter()
                    .map(|error| {
                        let (line, Bilingual { ja, en }) = (error.line, error.problem.text());
                        bilingual!("`{name}` の {line} 行目: {ja}", "`{name}`, line {line}: {en}")
                    })
                    .collect(),
            },
        },
    };
    diagnostics.extend(problems.into_iter().take(REPORTED).map(|message| {
        Diagnostic::new(&BAD_HOLIDAYS, path.span, message).help(Bilingual::new(
            "内閣府の「国民の祝日」の CSV（syukujitsu.csv）をそのまま置く",
            "use the Cabinet Office's syukujitsu.csv as it is",
        ))
    }));
    None
}

/// Says so where rules ask for business days and the run reaches beyond the years whose holidays are known: what depends on these is undetermined.
pub(crate) fn warn_of_unknown_holidays(program: &Program, occasion: Occasion) -> Option<Diagnostic> {
    let (first, last) = program.calendar.holidays.years();
    let days = [occasion.period_start, occasion.period_end, occasion.today];
    let beyond = days.iter().any(|day| day.year() < first || day.year() > last);
    if !beyond || !asks_for_business_days(program) {
        return None;
    }
    let message = bilingual!(
        "祝日が分かるのは {first} 年から {last} 年までである。その外の営業日は判定不能とする",
        "holidays are known from {first} to {last}; business days beyond are undetermined"
    );
    Some(Diagnostic::without_place(&HOLIDAYS_END, message).help(Bilingual::new(
        "内閣府の新しい syukujitsu.csv を置き、kijun.toml の [workspace] に holidays = \"syukujitsu.csv\" と書く",
        "get the Cabinet Office's new syukujitsu.csv and write holidays = \"syukujitsu.csv\" under [workspace]",
    )))
}

fn asks_for_business_days(program: &Program) -> bool {
    let rules = program.rules.values().flat_map(|rule| rule.exprs());
    let branches = program.relations.values().flat_map(|relation| &relation.branches);
    let relations = branches.flat_map(|branch| branch.condition.iter().chain(&branch.yields));
    let fresh = program.facts.values().any(|fact| fact.fresh.business_days != 0);
    let mut asked = fresh;
    for expr in rules.chain(relations) {
        expr.walk(&mut |expr| {
            asked |= match &expr.kind {
                ExprKind::Literal(Value::Duration(length)) => length.business_days != 0,
                ExprKind::Call { function, .. } => matches!(
                    function,
                    Function::IsBusinessDay
                        | Function::RollForward
                        | Function::PpcFinal
                        | Function::PmarkWindow
                ),
                _ => false,
            };
        });
    }
    asked
}
