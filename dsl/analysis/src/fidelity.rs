//! Whether quotations are in the text, and what of the text nothing quotes.

/// Words that link clauses and demand nothing themselves.
const LINKING: [&str; 9] = ["また", "さらに", "ただし", "併せて", "及び", "又は", "並びに", "かつ", "等"];

/// The characters of a text that are not white space. Line breaks and indents are the typesetter's.
pub(crate) fn squeeze(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where a quotation first stands in a text, both squeezed; an empty one stands nowhere.
pub(crate) fn find(text: &[char], quote: &[char]) -> Option<usize> {
    if quote.is_empty() {
        return None;
    }
    text.windows(quote.len()).position(|window| window == quote)
}

/// The passages of a text that none of the quotations covers, linking words and punctuation aside.
pub(crate) fn uncovered(text: &str, quotes: &[&str]) -> Vec<String> {
    let text = squeeze(text);
    let mut covered = vec![false; text.len()];
    for quote in quotes {
        let quote = squeeze(quote);
        if let Some(start) = find(&text, &quote) {
            covered[start..start + quote.len()].fill(true);
        }
    }
    let mut passages = vec![String::new()];
    for (c, covered) in text.iter().zip(covered) {
        match passages.last_mut() {
            Some(passage) if !covered => passage.push(*c),
            Some(passage) if !passage.is_empty() => passages.push(String::new()),
            _ => {}
        }
    }
    let words = passages.iter().map(|passage| passage.trim_matches(is_punctuation).to_owned());
    words.filter(|passage| !is_link(passage)).collect()
}

/// Whether a passage demands nothing: nothing at all, a linking word, the number of an item in a list.
fn is_link(passage: &str) -> bool {
    passage.chars().all(|c| c.is_numeric()) || LINKING.contains(&passage)
}

fn is_punctuation(c: char) -> bool {
    "、。，．・：；（）()「」【】『』〔〕※,.:;-—～〜".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "電子計算機等は、アクセス権等を設定し、使用できる従業者を限定すること。また、利用状況を記録し、\n　保管していること。";

    #[test]
    fn white_space_does_not_count() {
        assert!(find(&squeeze(TEXT), &squeeze("記録し、 保管していること")).is_some());
        assert!(find(&squeeze(TEXT), &squeeze("記録し保管")).is_none());
        assert!(find(&squeeze(TEXT), &[]).is_none());
    }

    #[test]
    fn linking_words_and_punctuation_need_no_duty() {
        let quotes = [
            "電子計算機等は、アクセス権等を設定し、",
            "使用できる従業者を限定すること",
            "利用状況を記録し、保管していること",
        ];
        assert_eq!(uncovered(TEXT, &quotes), Vec::<String>::new());
    }

    #[test]
    fn what_nothing_quotes_is_named() {
        let quotes = ["使用できる従業者を限定すること", "保管していること"];
        assert_eq!(
            uncovered(TEXT, &quotes),
            ["電子計算機等は、アクセス権等を設定し", "また、利用状況を記録し"]
        );
    }
}
