//! The outcomes of tests as build servers read them: JUnit's XML, a suite a rule, a case a test.
//!
//! No times and no date are written, so that the same tests give the same bytes.

use std::borrow::Cow;

use kijun_audit::TestOutcome;
use kijun_source::{Lang, Sources};

/// The outcomes as one document. Rules stand in the order in which their first tests do.
pub fn render(outcomes: &[TestOutcome], sources: &Sources, lang: Lang) -> String {
    let mut rules: Vec<&str> = Vec::new();
    for outcome in outcomes {
        if !rules.contains(&outcome.rule.as_str()) {
            rules.push(&outcome.rule);
        }
    }
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open(&mut xml, "testsuites", &[("name", "kijun")], &counts(outcomes));
    for rule in rules {
        let of_rule: Vec<TestOutcome> =
            outcomes.iter().filter(|outcome| outcome.rule == rule).cloned().collect();
        open(&mut xml, "testsuite", &[("name", rule)], &counts(&of_rule));
        of_rule.iter().for_each(|outcome| case(&mut xml, outcome, sources, lang));
        xml.push_str("</testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

/// How many tests there are and how many of them failed, as attributes.
fn counts(outcomes: &[TestOutcome]) -> [(&'static str, String); 2] {
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    [("tests", outcomes.len().to_string()), ("failures", failed.to_string())]
}

fn case(xml: &mut String, outcome: &TestOutcome, sources: &Sources, lang: Lang) {
    let file = sources.file(outcome.span.file);
    let line = [("line", file.line_column(outcome.span.start).line.to_string())];
    let names = [("name", outcome.label.as_str()), ("classname", &outcome.rule), ("file", &file.path)];
    open(xml, "testcase", &names, &line);
    for failure in &outcome.failures {
        let text = failure.text.get(lang);
        open(xml, "failure", &[("message", text)], &[]);
        xml.push_str(&escaped(&format!("{}: {text}", sources.locate(failure.span))));
        xml.push_str("</failure>\n");
    }
    xml.push_str("</testcase>\n");
}

/// Opens an element with its attributes. The text of a failure begins at once, everything else on a line of its own.
fn open(xml: &mut String, name: &str, words: &[(&str, &str)], numbers: &[(&str, String)]) {
    let numbers = numbers.iter().map(|(name, value)| (*name, value.as_str()));
    xml.push('<');
    xml.push_str(name);
    for (name, value) in words.iter().copied().chain(numbers) {
        xml.push_str(&format!(" {name}=\"{}\"", escaped(value)));
    }
    xml.push_str(if name == "failure" { ">" } else { ">\n" });
}

/// Text as it may stand in an element or between double quotes. Line breaks and tabs become references, which no reader
/// normalises away; what XML 1.0 §2.2 does not allow at all becomes the replacement character.
fn escaped(text: &str) -> String {
    text.chars().map(escape).collect()
}

fn escape(char: char) -> Cow<'static, str> {
    match char {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        '>' => "&gt;".into(),
        '"' => "&quot;".into(),
        '\'' => "&apos;".into(),
        '\t' | '\n' | '\r' => format!("&#{};", u32::from(char)).into(),
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}".into(),
        _ => char.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use kijun_audit::Failure;
    use kijun_source::{Bilingual, Span};

    use super::*;

    fn outcome(sources: &Sources, label: &str, rule: &str, failures: &[&str]) -> TestOutcome {
        let file = sources.iter().next().expect("a file").id;
        let span = Span::new(file, 5, 6);
        let failures =
            failures.iter().map(|text| Failure { span, text: Bilingual::new(*text, *text) }).collect();
        TestOutcome { label: label.to_owned(), rule: rule.to_owned(), span, failures }
    }

    fn sources() -> Sources {
        let mut sources = Sources::new();
        sources.add("規則/a&b.kijun", "\n\n  test");
        sources
    }

    #[test]
    fn a_suite_a_rule_and_a_case_a_test() {
        let sources = sources();
        let outcomes = [
            outcome(&sources, "期限の日", "kept", &[]),
            outcome(&sources, "別の規則", "other", &[]),
            outcome(&sources, "a < b", "kept", &["met は 1 件のはずが 0 件"]),
        ];
        insta::assert_snapshot!(render(&outcomes, &sources, Lang::Ja), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="kijun" tests="3" failures="1">
        <testsuite name="kept" tests="2" failures="1">
        <testcase name="期限の日" classname="kept" file="規則/a&amp;b.kijun" line="3">
        </testcase>
        <testcase name="a &lt; b" classname="kept" file="規則/a&amp;b.kijun" line="3">
        <failure message="met は 1 件のはずが 0 件">規則/a&amp;b.kijun:3:4: met は 1 件のはずが 0 件</failure>
        </testcase>
        </testsuite>
        <testsuite name="other" tests="1" failures="0">
        <testcase name="別の規則" classname="other" file="規則/a&amp;b.kijun" line="3">
        </testcase>
        </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn nothing_of_a_text_is_read_as_markup() {
        let text = "<![CDATA[ \"a\" & 'b' ]]> --> </failure>";
        assert_eq!(
            escaped(text),
            "&lt;![CDATA[ &quot;a&quot; &amp; &apos;b&apos; ]]&gt; --&gt; &lt;/failure&gt;"
        );
    }

    #[test]
    fn line_breaks_survive_in_attributes() {
        assert_eq!(escaped("a\r\nb\tc"), "a&#13;&#10;b&#9;c");
    }

    #[test]
    fn what_xml_does_not_allow_is_replaced() {
        assert_eq!(escaped("a\u{0}b\u{1b}[31m\u{ffff}𠮷"), "a\u{fffd}b\u{fffd}[31m\u{fffd}𠮷");
    }
}
