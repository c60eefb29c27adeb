//! Files as other systems export them.

/// A file of evidence.
#[derive(Debug)]
pub(crate) struct EvidenceFile {
    /// Its path below the example, with `/`.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// How many data rows it holds, those that cannot be read included.
    pub(crate) rows: usize,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Commas, CP932, CR LF: what Japanese office systems export.
    Cp932,
    /// Commas, UTF-8, LF.
    Utf8,
    /// Commas, UTF-8 with a byte order mark, CR LF: what spreadsheets save.
    Utf8Bom,
    /// Tabs, UTF-8, LF.
    Tsv,
}

/// A table of texts with its header as a file.
pub(crate) fn table(path: &str, form: Form, header: &[&str], rows: &[Vec<String>]) -> EvidenceFile {
    let (separator, line_end) = match form {
        Form::Cp932 | Form::Utf8Bom => (",", "\r\n"),
        Form::Utf8 => (",", "\n"),
        Form::Tsv => ("\t", "\n"),
    };
    let mut text = header.join(separator) + line_end;
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text += &cells.join(separator);
        text += line_end;
    }
    let bytes = match form {
        Form::Cp932 => encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
        Form::Utf8Bom => ["\u{feff}", &text].concat().into_bytes(),
        Form::Utf8 | Form::Tsv => text.into_bytes(),
    };
    EvidenceFile { path: path.to_owned(), bytes, rows: rows.len() }
}

/// A table that is written out in the program. Header and rows have the same number of cells.
pub(crate) fn fixed<const N: usize>(
    path: &str,
    form: Form,
    header: [&str; N],
    rows: &[[&str; N]],
) -> EvidenceFile {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    table(path, form, &header, &rows)
}

/// Lines as a file, one row each.
pub(crate) fn lines(path: &str, lines: &[String]) -> EvidenceFile {
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    EvidenceFile { path: path.to_owned(), bytes: text.into_bytes(), rows: lines.len() }
}

/// The cell in quotes where RFC 4180 asks for them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r', '\t']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_line_breaks_are_quoted() {
        let file = table("a.csv", Form::Utf8Bom, &["用件"], &[vec!["点検\n\"年次\"".to_owned()]]);
        assert_eq!(file.bytes, "\u{feff}用件\r\n\"点検\n\"\"年次\"\"\"\r\n".as_bytes());
        assert_eq!(file.rows, 1);
    }

    #[test]
    fn office_systems_write_cp932() {
        let file = table("a.csv", Form::Cp932, &["扉"], &[vec!["○".to_owned()]]);
        assert_eq!(file.bytes, [0x94, 0xe0, 0x0d, 0x0a, 0x81, 0x9b, 0x0d, 0x0a]);
    }
}
