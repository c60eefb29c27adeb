//! Orders to the conversation itself: `:help`, `:facts` and the like.

use kijun_source::{Bilingual, Lang, bilingual};

use crate::arguments::Dates;
use crate::command::asking::Asking;
use crate::command::explain::{Ask, Side, explained};
use crate::output;

/// The orders by name.
pub(super) const ORDERS: &[&str] = &["help", "facts", "fact", "rules", "explain", "period", "today", "quit"];

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order<'a> {
    Help,
    Facts,
    Fact(&'a str),
    Rules,
    /// A rule or criterion, the key of a subject, and whether what is missing is asked.
    Explain(&'a str, Option<&'a str>, bool),
    Period(&'a str),
    Today(&'a str),
    Quit,
    /// None of these, or without what it needs.
    Unknown(&'a str),
}

impl<'a> Order<'a> {
    /// The order that a line gives; `None` where it is a question.
    pub(super) fn read(line: &'a str) -> Option<Self> {
        let line = line.trim();
        let (name, rest) =
            line.strip_prefix(':')?.split_once(char::is_whitespace).unwrap_or((&line[1..], ""));
        let rest = rest.trim();
        Some(match (name, rest) {
            ("help" | "h" | "?", _) => Order::Help,
            ("facts", _) => Order::Facts,
            ("rules", _) => Order::Rules,
            ("quit" | "q" | "exit", _) => Order::Quit,
            (_, "") => Order::Unknown(name),
            ("fact", fact) => Order::Fact(fact),
            ("period", period) => Order::Period(period),
            ("today", today) => Order::Today(today),
            ("explain", rest) => Self::explain(rest),
            _ => Order::Unknown(name),
        })
    }

    fn explain(rest: &'a str) -> Self {
        let (rest, missing) = match rest.strip_suffix("--missing") {
            Some(rest) => (rest.trim_end(), true),
            None => (rest, false),
        };
        match rest.split_once(char::is_whitespace) {
            Some((what, key)) => Order::Explain(what, Some(key.trim()), missing),
            None => Order::Explain(rest, None, missing),
        }
    }
}

/// Does what an order says.
pub(super) fn obey(asking: &mut Asking, order: &Order<'_>, lang: Lang) {
    match order {
        Order::Help => output::result(help().get(lang)),
        Order::Facts => {
            let catalogue = crate::command::catalogue(&asking.workspace);
            output::result(&kijun_pack::schema::facts(&catalogue, lang));
        }
        Order::Fact(name) => fact(asking, name, lang),
        Order::Rules => output::result(&rules(asking)),
        Order::Explain(what, subject, missing) => {
            let side = if *missing { Side::Missing } else { Side::Why };
            let _ = explained(asking, Ask { what, subject: *subject, side }, lang);
        }
        Order::Period(period) => turn(asking, Some(period), None, lang),
        Order::Today(today) => turn(asking, None, Some(today), lang),
        Order::Unknown(name) => {
            output::complain(
                lang,
                &bilingual!(
                    "`:{name}` という命令はないか、続きがない。:help に一覧がある",
                    "there is no order `:{name}`, or it lacks what it is about; :help lists them"
                ),
            );
        }
        Order::Quit => {}
    }
}

fn help() -> Bilingual {
    Bilingual::new(
        "式を書くと、証拠に照らして答える。例:\n\
        \x20 count e in employee where e.left is none\n\
        \x20 ある 従業者 e、e.退職日 が 空でない\n\
        括弧や引用符が開いている間と、演算子で終わる行は、次の行に続く。空の行で打ち切る。\n\
        \x20 :facts                 証拠の種類の一覧\n\
        \x20 :fact 名前             一つの証拠の項目\n\
        \x20 :rules                 規則の一覧\n\
        \x20 :explain 規則 [キー] [--missing]  判定の理由、足りない証拠\n\
        \x20 :period 2026年度       判定する期間を変える\n\
        \x20 :today 2026-11-23      基準日を変える\n\
        \x20 :quit                  終わる\n",
        "Write an expression, and the evidence answers:\n\
        \x20 count e in employee where e.left is none\n\
        \x20 some e in employee where e.left is not none\n\
        A question goes on while brackets or quotes are open, and behind an operator; an empty line ends it.\n\
        \x20 :facts                 the types of evidence\n\
        \x20 :fact NAME             the fields of one\n\
        \x20 :rules                 the rules\n\
        \x20 :explain RULE [KEY] [--missing]  why a verdict, what evidence is missing\n\
        \x20 :period 2026年度       another period under audit\n\
        \x20 :today 2026-11-23      another date of judgement\n\
        \x20 :quit                  ends\n",
    )
}

fn fact(asking: &Asking, name: &str, lang: Lang) {
    let catalogue = crate::command::catalogue(&asking.workspace);
    match catalogue.fact(name) {
        Some(fact) => output::result(&kijun_pack::schema::fact(&catalogue, fact, lang)),
        None => crate::command::schema::unknown(&catalogue, name, lang),
    }
}

/// Each rule on a line: its name, its label, the duties that it decides.
fn rules(asking: &Asking) -> String {
    let program = &asking.workspace.program;
    let line = |rule: &kijun_ir::Rule| {
        let duties: Vec<&str> = rule.covers.iter().map(|duty| program.duties[*duty].id.as_str()).collect();
        format!("{}  {}  {}\n", rule.name, rule.label, duties.join(" "))
    };
    program.rules.values().map(line).collect()
}

/// Turns to other dates; stays at the old ones where the new ones cannot be.
fn turn(asking: &mut Asking, period: Option<&str>, today: Option<&str>, lang: Lang) {
    let dates = Dates {
        period: Some(period.map_or_else(|| asking.period(), str::to_owned)),
        as_of: Some(today.map_or_else(|| asking.occasion.today.to_string(), str::to_owned)),
    };
    if asking.turn(&dates, lang) {
        asking.introduce(lang);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_begin_with_a_colon() {
        assert_eq!(Order::read("today"), None);
        assert_eq!(Order::read(" :fact 従業者 "), Some(Order::Fact("従業者")));
        assert_eq!(
            Order::read(":explain 5(3) PC-001 --missing"),
            Some(Order::Explain("5(3)", Some("PC-001"), true))
        );
        assert_eq!(Order::read(":explain r"), Some(Order::Explain("r", None, false)));
        assert_eq!(Order::read(":fact"), Some(Order::Unknown("fact")));
        assert_eq!(Order::read(":q"), Some(Order::Quit));
    }
}
