//! Cells of tables as files have them: CSV and Markdown.

use crate::mask::plain;

/// What a spreadsheet needs at the head of a CSV in UTF-8.
pub(crate) const BOM: &str = "\u{feff}";

/// A record of RFC 4180.
pub(crate) fn csv_line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| csv_cell(&cell)).collect();
    cells.join(",") + "\r\n"
}

fn csv_cell(text: &str) -> String {
    let is_plain = !text.contains([',', '"', '\r', '\n']);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

/// A table of Markdown: the head, then the rows. Line breaks in cells stay, as `<br>`.
pub(crate) fn markdown_table(head: &[String], rows: &[Vec<String>]) -> String {
    let rule = vec!["---".to_owned(); head.len()];
    let body =
        rows.iter().map(|row| markdown_row(&row.iter().map(|cell| markdown_cell(cell)).collect::<Vec<_>>()));
    markdown_row(head) + &markdown_row(&rule) + &body.collect::<String>()
}

fn markdown_row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn markdown_cell(text: &str) -> String {
    text.lines().map(markdown_text).collect::<Vec<_>>().join("<br>")
}

/// A text that is no markup.
pub(crate) fn markdown_text(text: &str) -> String {
    let mut escaped = String::new();
    for c in plain(text).chars() {
        if matches!(c, '\\' | '|' | '<' | '>' | '&' | '*' | '_' | '`' | '[' | ']' | '#') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells() {
        let cells = ["甲", "a,b", "c\"d", "e\nf"].map(str::to_owned);
        assert_eq!(csv_line(cells), "甲,\"a,b\",\"c\"\"d\",\"e\nf\"\r\n");
        let table = markdown_table(&["題".to_owned()], &[vec!["a|b\n<c>".to_owned()]]);
        assert_eq!(table, "| 題 |\n| --- |\n| a\\|b<br>\\<c\\> |\n");
    }
}
