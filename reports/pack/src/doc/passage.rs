//! Marks in a text of the standard what its duties and notes quote.

use super::model::Passage;

/// A quotation: the mark of the duty, none for a note.
pub(super) type Quote<'a> = (Option<&'a str>, &'a str);

/// The text in stretches, each quoted by the same duties. Of quotations that a text has twice, the second duty gets the second.
pub(super) fn passages(text: &str, quotes: &[Quote<'_>]) -> Vec<Passage> {
    let characters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let spans: Vec<Option<(usize, usize)>> = spans(&characters, quotes, text.len());
    let mut borders: Vec<usize> = spans.iter().flatten().flat_map(|(start, end)| [*start, *end]).collect();
    borders.extend([0, text.len()]);
    borders.sort_unstable();
    borders.dedup();
    let stretches = borders.iter().zip(borders.iter().skip(1));
    stretches.map(|(start, end)| stretch(text, (*start, *end), quotes, &spans)).collect()
}

/// Where each quotation stands in the text, in bytes; white space does not count.
fn spans(characters: &[(usize, char)], quotes: &[Quote<'_>], end: usize) -> Vec<Option<(usize, usize)>> {
    let mut found: Vec<Option<(usize, usize)>> = Vec::new();
    for (_, quote) in quotes {
        let wanted: Vec<char> = quote.chars().filter(|c| !c.is_whitespace()).collect();
        let places = (0..characters.len().saturating_sub(wanted.len().saturating_sub(1)))
            .filter(|start| {
                !wanted.is_empty()
                    && characters[*start..*start + wanted.len()].iter().map(|(_, c)| c).eq(&wanted)
            })
            .map(|start| {
                let after = characters.get(start + wanted.len()).map_or(end, |(at, _)| *at);
                (characters[start].0, after)
            });
        let places: Vec<(usize, usize)> = places.collect();
        let fresh = places.iter().find(|place| !found.contains(&Some(**place)));
        found.push(fresh.or(places.first()).copied());
    }
    found
}

fn stretch(
    text: &str,
    (start, end): (usize, usize),
    quotes: &[Quote<'_>],
    spans: &[Option<(usize, usize)>],
) -> Passage {
    let over = quotes.iter().zip(spans).filter_map(|(quote, span)| span.map(|span| (quote, span)));
    let over: Vec<(&Quote<'_>, (usize, usize))> =
        over.filter(|(_, (from, to))| *from <= start && end <= *to).collect();
    let begins = over.iter().filter(|(_, (from, _))| *from == start).filter_map(|((mark, _), _)| *mark);
    let kind = match over.first() {
        _ if over.iter().any(|((mark, _), _)| mark.is_some()) => "duty",
        Some(_) => "note",
        None => "open",
    };
    Passage { text: text[start..end].to_owned(), begins: begins.map(str::to_owned).collect(), kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, quotes: &[Quote<'_>]) -> String {
        let passages = passages(text, quotes);
        let shown =
            passages.iter().map(|passage| format!("{}{:?}[{}]", passage.kind, passage.begins, passage.text));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn quotations_are_marked_where_they_stand() {
        let text = "記録し、\n 保管すること。また、報告する。";
        let quotes = [(Some("a"), "記録し"), (Some("b"), "保管すること"), (None, "また、")];
        assert_eq!(
            check(text, &quotes),
            "duty[\"a\"][記録し] open[][、\n ] duty[\"b\"][保管すること] open[][。] note[][また、] open[][報告する。]"
        );
    }

    #[test]
    fn quotations_may_overlap_and_come_twice() {
        assert_eq!(
            check("甲乙", &[(Some("a"), "甲乙"), (Some("b"), "乙")]),
            "duty[\"a\"][甲] duty[\"b\"][乙]"
        );
        assert_eq!(
            check("甲、甲", &[(Some("a"), "甲"), (Some("b"), "甲")]),
            "duty[\"a\"][甲] open[][、] duty[\"b\"][甲]"
        );
        assert_eq!(
            check("甲", &[(Some("a"), "甲"), (Some("b"), "甲"), (Some("c"), "丙")]),
            "duty[\"a\", \"b\"][甲]"
        );
    }
}
