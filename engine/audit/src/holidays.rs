//! The holidays that a workspace names, and warnings where they differ from the law or a run reaches beyond those known.

use std::path::Path;

use jiff::civil::Date;
use kijun_eval::Occasion;
use kijun_evidence::{Located, japanese_text};
use kijun_ir::{ExprKind, Function, HolidayDifference, Holidays, ParamValue, Program, Value};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::{BAD_HOLIDAYS, HOLIDAYS_DIFFER, HOLIDAYS_END, Workspace, review};

/// So many problems of one list are reported.
const REPORTED: usize = 5;

/// So many days that a list lacks, and as many that it has beside, are named.
const NAMED: usize = 20;

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
                Ok(holidays) => {
                    diagnostics.extend(warn_of_difference(path, &holidays));
                    return Some(holidays);
                }
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

/// Says so where the list that a workspace names differs from the law, in the years that both know. The list counts: the law may have changed
/// since this program was built.
fn warn_of_difference(path: &Located<String>, holidays: &Holidays) -> Option<Diagnostic> {
    let HolidayDifference { lacking, extra } = holidays.difference_from_law();
    let named = [
        days(&lacking, Bilingual::new("法律にあって一覧にない日", "days of the law that it lacks")),
        days(&extra, Bilingual::new("一覧にだけある日", "days that only the list has")),
    ];
    let named: Vec<Bilingual> = named.into_iter().flatten().collect();
    if named.is_empty() {
        return None;
    }
    let name = &path.value;
    let ja: Vec<&str> = named.iter().map(|text| text.ja.as_str()).collect();
    let en: Vec<&str> = named.iter().map(|text| text.en.as_str()).collect();
    let (ja, en) = (ja.join("。"), en.join("; "));
    let message = bilingual!(
        "`{name}` の祝日が、法律から計算した祝日と違う。{ja}",
        "the holidays of `{name}` differ from those of the law: {en}"
    );
    Some(Diagnostic::new(&HOLIDAYS_DIFFER, path.span, message).help(Bilingual::new(
        "一覧のとおりに営業日を数えた。内閣府の syukujitsu.csv をそのまま置いたか確かめる。法律が変わったのなら、このままでよい",
        "business days are counted by the list; make sure that it is the Cabinet Office's syukujitsu.csv as it is. If the law has changed, leave it so",
    )))
}

/// What a run has to say of the list as well, as the workspace wants it said on that day: business days are counted by it.
pub(crate) fn of_the_list(workspace: &Workspace, today: Date) -> impl Iterator<Item = Diagnostic> {
    let reported = review(workspace, today).diagnostics.into_iter();
    reported.filter(|diagnostic| diagnostic.code.id == HOLIDAYS_DIFFER.id)
}

/// Days behind what they are; the first of them where they are many.
fn days(days: &[Date], what: Bilingual) -> Option<Bilingual> {
    let named: Vec<String> = days.iter().take(NAMED).map(Date::to_string).collect();
    let (ja, en, Bilingual { ja: what_ja, en: what_en }) = (named.join("、"), named.join(", "), what);
    match (days.len(), days.len().saturating_sub(NAMED)) {
        (0, _) => None,
        (_, 0) => Some(bilingual!("{what_ja}: {ja}", "{what_en}: {en}")),
        (_, rest) => Some(bilingual!("{what_ja}: {ja} ほか{rest}日", "{what_en}: {en} and {rest} more")),
    }
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
    let fresh = program.facts.ids().any(|fact| program.freshness(fact).business_days != 0);
    let mut asked = fresh;
    for expr in rules.chain(relations) {
        expr.walk(&mut |expr| {
            asked |= match &expr.kind {
                ExprKind::Literal(value) => has_business_days(value),
                ExprKind::Param(param) => match &program.params[*param].value {
                    ParamValue::One(value) => has_business_days(value),
                    ParamValue::List(values) => values.iter().any(has_business_days),
                },
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

fn has_business_days(value: &Value) -> bool {
    matches!(value, Value::Duration(length) if length.business_days != 0)
}
