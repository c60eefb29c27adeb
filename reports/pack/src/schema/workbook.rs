//! A workbook of evidence to fill in: a sheet for the rows, one that explains the fields, one with the values to choose from.

use kijun_ir::{Fact, FactId, Field, FieldId, Kind, Program};
use kijun_source::{Bilingual, Lang, bilingual};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::example::{self, ROWS};
use super::template::columns;
use super::words::{class, field_type, freshness, kind_sentence, labelled, need};
use crate::catalogue::Catalogue;
use crate::mask::plain;

/// For how many rows below the column names a list of values is offered.
const FILLED: u32 = 5_000;

/// The names of the sheets.
const SHEETS: [(&str, &str); 3] = [("記入", "rows"), ("説明", "fields"), ("選択肢", "values")];

/// A workbook whose rows are those of [`csv`](super::csv). The same rules give the same bytes.
pub fn xlsx(catalogue: &Catalogue<'_>, fact: FactId, lang: Lang) -> Result<Vec<u8>, crate::Error> {
    let mut book = Workbook::new();
    // The moment of making would make each file another one.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let declared = &catalogue.program.facts[fact];
    let properties = DocProperties::new().set_title(&declared.label).set_creation_datetime(&made);
    book.set_properties(&properties);
    let lists = lists(catalogue.program, declared);
    rows(book.add_worksheet(), catalogue.program, fact, &lists, lang)?;
    fields(book.add_worksheet(), catalogue, fact, lang)?;
    if !lists.is_empty() {
        values(book.add_worksheet(), declared, &lists, lang)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The values of a field among which one chooses.
struct Choices {
    field: FieldId,
    values: Vec<String>,
}

fn lists(program: &Program, fact: &Fact) -> Vec<Choices> {
    let values = |field: &Field| match field.ty.kind {
        Kind::Bool => Some(vec!["○".to_owned(), "×".to_owned()]),
        Kind::Enum(list) => {
            Some(program.enums[list].values.iter().map(|value| value.label.clone()).collect())
        }
        _ => None,
    };
    let fields = fact.fields.iter();
    fields.filter_map(|(id, field)| Some(Choices { field: id, values: values(field)? })).collect()
}

fn sheet_name(index: usize, lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => SHEETS[index].0,
        Lang::En => SHEETS[index].1,
    }
}

/// Column names, invented rows, and lists to choose from. All cells are texts, so that no date or number is rewritten.
fn rows(
    sheet: &mut Worksheet,
    program: &Program,
    fact: FactId,
    lists: &[Choices],
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(0, lang))?;
    let text = Format::new().set_num_format("@");
    let invented = Format::new().set_num_format("@").set_italic().set_font_color(Color::Gray);
    let declared = &program.facts[fact];
    for (column, name) in (0_u16..).zip(columns(declared)) {
        sheet.set_column_format(column, &text)?;
        sheet.set_column_width(column, width(&name))?;
        sheet.write_string_with_format(0, column, name, &heading())?;
    }
    for row in 0..ROWS {
        let line = u32::try_from(row + 1).unwrap_or(1);
        for (column, field) in (0_u16..).zip(declared.fields.ids()) {
            let value = example::value(program, fact, field, row).text;
            sheet.write_string_with_format(line, column, value, &invented)?;
        }
    }
    for (position, list) in (0_u16..).zip(lists) {
        let column = u16::try_from(list.field.0).unwrap_or(u16::MAX);
        let offered = Formula::new(range(position, list.values.len(), lang));
        let validation = DataValidation::new().allow_list_formula(offered);
        sheet.add_data_validation(1, column, FILLED, column, &validation)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Where a list of values stands: `選択肢!$A$2:$A$4`.
fn range(position: u16, count: usize, lang: Lang) -> String {
    let column = rust_xlsxwriter::utility::column_number_to_name(position);
    format!("={}!${column}$2:${column}${}", sheet_name(2, lang), count + 1)
}

/// What the evidence is, and each field with its type, whether it must be there and who may see it.
fn fields(
    sheet: &mut Worksheet,
    catalogue: &Catalogue<'_>,
    fact: FactId,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(1, lang))?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let declared = &catalogue.program.facts[fact];
    let mut line = 0;
    for (head, text) in about(catalogue, fact) {
        sheet.write_string_with_format(line, 0, head.get(lang), &heading())?;
        sheet.write_string_with_format(line, 1, plain(text.get(lang)), &wrapped)?;
        line += 1;
    }
    line += 1;
    for (column, head) in (0_u16..).zip(heads()) {
        sheet.write_string_with_format(line, column, head.get(lang), &heading())?;
    }
    for ((id, field), name) in declared.fields.iter().zip(columns(declared)) {
        line += 1;
        let cells = [
            Bilingual::same(name),
            Bilingual::same(&field.name),
            field_type(catalogue.program, fact, id),
            need(field),
            class(field.class),
        ];
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(line, column, plain(cell.get(lang)), &wrapped)?;
        }
    }
    for (column, width) in [20.0, 60.0, 40.0, 10.0, 10.0].into_iter().enumerate() {
        sheet.set_column_width(u16::try_from(column).unwrap_or(u16::MAX), width)?;
    }
    Ok(())
}

fn heads() -> [Bilingual; 5] {
    [
        Bilingual::new("列", "column"),
        Bilingual::new("項目", "field"),
        Bilingual::new("型", "type"),
        Bilingual::new("要否", "need"),
        Bilingual::new("扱い", "class"),
    ]
}

/// What is to be known of the evidence as a whole.
fn about(catalogue: &Catalogue<'_>, fact: FactId) -> Vec<(Bilingual, Bilingual)> {
    let declared = &catalogue.program.facts[fact];
    let sources = catalogue.sources(fact).unwrap_or_default();
    let sources = match sources.as_slice() {
        [] => Bilingual::new("（未定）", "(nobody yet)"),
        sources => Bilingual::same(sources.join(" ")),
    };
    let sheet = Bilingual::new(SHEETS[0].0, SHEETS[0].1);
    let (ja, en) = (sheet.ja, sheet.en);
    let filling = bilingual!(
        "「{ja}」の見本の行を実際の行に置き換え、CSV UTF-8 で保存して渡す。空欄は、任意の項目では「ない」、必須の項目では「不明」と読む",
        "replace the invented rows of `{en}` by real ones, and save it as CSV UTF-8; an empty cell means none where the field is optional, otherwise unknown"
    );
    let named = Bilingual::same(labelled(&declared.name, &declared.label));
    let mut about = vec![
        (Bilingual::new("証拠", "fact"), named),
        (Bilingual::new("種類", "kind"), kind_sentence(declared)),
        (Bilingual::new("鮮度", "fresh"), freshness(catalogue.program, fact)),
        (Bilingual::new("届ける系統", "sources"), sources),
        (Bilingual::new("書き方", "how to"), filling),
    ];
    if !declared.doc.is_empty() {
        about.insert(1, (Bilingual::new("説明", "about"), Bilingual::same(&declared.doc)));
    }
    about
}

/// The values to choose from, a column a field.
fn values(sheet: &mut Worksheet, fact: &Fact, lists: &[Choices], lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(2, lang))?;
    let names = columns(fact);
    for (column, list) in (0_u16..).zip(lists) {
        let name = names.get(list.field.0 as usize).map_or("", String::as_str);
        sheet.write_string_with_format(0, column, name, &heading())?;
        for (line, value) in (1_u32..).zip(&list.values) {
            sheet.write_string(line, column, value)?;
        }
    }
    Ok(())
}

fn heading() -> Format {
    Format::new().set_num_format("@").set_bold().set_background_color(Color::RGB(0x00E8_EEF4))
}

/// How wide a column is that has this name.
fn width(name: &str) -> f64 {
    let columns = u32::try_from(unicode_width::UnicodeWidthStr::width(name)).unwrap_or(u32::MAX);
    f64::from(columns.clamp(10, 40)) + 4.0
}
