//! Texts in columns, full-width characters counted as two.

use kijun_ir::Verdict;
use kijun_source::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text with spaces up to `width` columns; longer texts stay as they are.
pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The text in at most `width` columns, the cut marked by `…`.
pub(crate) fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let kept = text.chars().take_while(|c| {
        let needed = c.width().unwrap_or(0);
        let fits = needed <= room;
        room = room.saturating_sub(needed);
        fits
    });
    kept.chain(std::iter::once('…')).collect()
}

/// Rows as lines, indented by two, each column as wide as its widest cell and two columns apart from the next.
pub(crate) fn table(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| pad(cell, *width)).collect();
        format!("  {}", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// Items behind a head, on as many lines as they need, the later ones indented by four.
pub(crate) fn wrap_items(head: &str, items: &[String], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = head.to_owned();
    let mut is_fresh = true;
    for item in items {
        if !is_fresh && line.width() + 2 + item.width() > width {
            lines.push(std::mem::replace(&mut line, "    ".to_owned()));
            is_fresh = true;
        }
        line.push_str(if is_fresh { "" } else { "  " });
        line.push_str(item);
        is_fresh = false;
    }
    lines.push(line);
    lines
}

/// The text in the colour of a verdict. The sign and the word say the same: the colour is never alone.
pub(super) fn coloured(text: &str, verdict: Verdict, style: Style) -> String {
    if style == Style::Plain {
        return text.to_owned();
    }
    let code = match verdict {
        Verdict::Met => "32",
        Verdict::Violated => "1;31",
        Verdict::Undetermined => "1;33",
        Verdict::Pending => "36",
        Verdict::Excused => "35",
        Verdict::NotApplicable => "2",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_take_two_columns() {
        assert_eq!(pad("適合", 6), "適合  ");
        assert_eq!(fit("判定不能", 8), "判定不能");
        assert_eq!(fit("判定不能", 7), "判定不…");
        assert_eq!(fit("判定不能", 6), "判定…");
        assert_eq!(fit("abc", 0), "…");
    }

    #[test]
    fn columns_of_a_table_stand_below_each_other() {
        let rows =
            [["id", "番号", "必須"], ["employment", "形態", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), ["  id          番号  必須", "  employment  形態"]);
    }

    #[test]
    fn items_wrap_and_none_is_lost() {
        let items: Vec<String> = ["3(1)", "3(2)", "3(4)"].map(str::to_owned).to_vec();
        assert_eq!(wrap_items("基準: ", &items, 17), ["基準: 3(1)  3(2)", "    3(4)"]);
        assert_eq!(wrap_items("基準: ", &items, 1), ["基準: 3(1)", "    3(2)", "    3(4)"]);
    }
}
