//! Tests as examples: what each shows, and what must come out.

use jiff::civil::Date;
use kijun_ir::{Expectation, RuleId, Test, Truth, Verdict, calendar};
use kijun_source::{Bilingual, Lang, bilingual};

use super::Subject;
use super::model::Example;

/// The tests of a rule.
pub(super) fn examples(subject: Subject<'_>, rule: RuleId, lang: Lang) -> Vec<Example> {
    let tests = subject.program.tests.iter().filter(|test| test.rule == Some(rule));
    tests.map(|test| example(subject, test, lang)).collect()
}

fn example(subject: Subject<'_>, test: &Test, lang: Lang) -> Example {
    let expected = test.expect.iter().map(|each| expectation(each).get(lang).to_owned());
    let asked = test.questions.iter().map(|question| {
        let said = subject.speaker(lang).rule(&question.rule).plain(lang);
        format!("{}: {}", said.trim_end(), answer(question.answer).get(lang))
    });
    Example { label: test.label.clone(), expected: expected.chain(asked).collect() }
}

fn answer(answer: Truth) -> Bilingual {
    match answer {
        Truth::True => Bilingual::new("成り立つ", "true"),
        Truth::False => Bilingual::new("成り立たない", "false"),
        Truth::Unknown => Bilingual::new("どちらともいえない", "unknown"),
    }
}

fn expectation(expectation: &Expectation) -> Bilingual {
    match expectation {
        Expectation::Rule(verdict, _) => {
            let Bilingual { ja, en } = verdict.label();
            bilingual!("規則の全体は{ja}", "the whole rule {en}")
        }
        Expectation::Count(verdict, count, _) => {
            let Bilingual { ja, en } = verdict.label();
            bilingual!("{ja} {count}件", "{count} {en}")
        }
        Expectation::Subjects(verdict, keys, _) => {
            let (Bilingual { ja, en }, keys) = (verdict.label(), keys.join("、"));
            bilingual!("{ja}：{keys}", "{en}: {keys}")
        }
        Expectation::Between(verdict, key, days, _) => between(*verdict, key.as_deref(), *days),
    }
}

fn between(verdict: Verdict, key: Option<&str>, (from, to): (Date, Date)) -> Bilingual {
    let Bilingual { ja, en } = verdict.label();
    let whom = key.map(|key| bilingual!("{key}は", "{key} ")).unwrap_or_default();
    let (first, last) = (calendar::era_text(from), calendar::era_text(to));
    let days = if from == to { first } else { format!("{first}から{last}まで") };
    Bilingual::new(format!("{}{days}{ja}", whom.ja), format!("{}{en} from {from} to {to}", whom.en))
}

/// Whether a test expects a verdict of at least one subject, or of the whole rule.
pub(super) fn shows(test: &Test, wanted: Verdict) -> bool {
    test.expect.iter().any(|expectation| match expectation {
        Expectation::Count(_, 0, _) => false,
        Expectation::Subjects(_, keys, _) if keys.is_empty() => false,
        Expectation::Rule(verdict, _)
        | Expectation::Count(verdict, ..)
        | Expectation::Subjects(verdict, ..)
        | Expectation::Between(verdict, ..) => *verdict == wanted,
    })
}
