//! The answer of a person to what is asked of people, as it might be given today.

use kijun_eval::Snapshot;
use kijun_evidence::value::normal;
use kijun_ir::{Attest, AttestId, Cell, FactId, Kind, Value};
use kijun_source::{Bilingual, bilingual};

use super::change::Change;
use super::choice::Choice;

/// The answers that may come: `yes` with all documents, and `no`; each of today, by one in the first role that may answer.
pub(super) fn answers(snapshot: &Snapshot<'_>, attest: AttestId, register: FactId) -> Vec<Choice> {
    let asked = &snapshot.program.attests[attest];
    let Some(role) = asked.answered_by.first() else { return Vec::new() };
    let (with_ja, with_en) =
        if asked.attach.is_empty() { ("", "") } else { ("書類を添えて", ", with the documents") };
    let yes = bilingual!(
        "「{role}」が{with_ja}今日「はい」と答えれば",
        "somebody in the role of {role} answers yes today{with_en}"
    );
    let no =
        bilingual!("「{role}」が今日「いいえ」と答えれば", "somebody in the role of {role} answers no today");
    let choice = |(supposed, answer): (Bilingual, bool)| {
        let cells = row(snapshot, asked, register, answer)?;
        Some(Choice { supposed, changes: vec![Change::Add { fact: register, cells }] })
    };
    [(yes, true), (no, false)].into_iter().filter_map(choice).collect()
}

/// The row of an answer; `None` where the register is not as it is declared.
fn row(snapshot: &Snapshot<'_>, asked: &Attest, register: FactId, answer: bool) -> Option<Vec<Cell>> {
    let declared = &snapshot.program.facts[register];
    let mut cells = vec![Cell::None; declared.fields.len()];
    let text = |text: &str| Value::text(&normal(text));
    let documents: Vec<&str> = asked.attach.iter().map(String::as_str).collect();
    let said = [
        ("item", item(snapshot, asked, register)?),
        ("answer", Value::Bool(answer)),
        ("answered_on", Value::Date(snapshot.occasion.today)),
        ("answered_by", text("（回答する者）")),
        ("role", text(asked.answered_by.first()?)),
        ("attachments", text(&documents.join(";"))),
    ];
    for (name, value) in said {
        cells[declared.field(name)?.0 as usize] = Cell::Known(value);
    }
    Some(cells)
}

/// What is asked, as the register names it.
fn item(snapshot: &Snapshot<'_>, asked: &Attest, register: FactId) -> Option<Value> {
    let declared = &snapshot.program.facts[register];
    let Kind::Enum(items) = declared.fields[declared.field("item")?].ty.kind else { return None };
    let mut values = snapshot.program.enums[items].values.iter();
    let position = values.position(|value| value.name == asked.name)?;
    u16::try_from(position).ok().map(Value::Enum)
}

/// Whose answer is wanted to what, with which documents.
pub(super) fn sentence(asked: &Attest) -> Bilingual {
    let question = &asked.question;
    let (roles_ja, roles_en) = (asked.answered_by.join("」か「"), asked.answered_by.join(" or "));
    let (documents_ja, documents_en) = (asked.attach.join("」「"), asked.attach.join(", "));
    let (with_ja, with_en) = match asked.attach.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("「{documents_ja}」を添えた"), format!(", with {documents_en} attached")),
    };
    bilingual!(
        "「{question}」への、「{roles_ja}」の役割の者による{with_ja}回答",
        "an answer to “{question}” by one in the role of {roles_en}{with_en}"
    )
}
