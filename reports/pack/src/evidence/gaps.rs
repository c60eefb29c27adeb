//! What is missing of the evidence, fact by fact, which duties wait for it and what to do.

use kijun_audit::{FactName, GapFile, GapRecord, Inventory};
use kijun_source::{Bilingual, Lang, bilingual};

use super::{dates, header, named};
use crate::mask::plain;
use crate::terminal::wrap_items;
use crate::words::thousands;

/// How many duties of a fact, and lines of a file, are listed; the rest are counted.
const LISTED: usize = 10;

/// Every gap below its fact, at most `width` columns where a list can be wrapped.
pub fn gaps(inventory: &Inventory, lang: Lang, width: usize) -> String {
    let mut lines = vec![header(inventory, lang)];
    for of_fact in inventory.gaps.chunk_by(|one, next| one.fact == next.fact) {
        lines.push(String::new());
        lines.extend(section(of_fact, lang, width));
    }
    lines.push(String::new());
    lines.extend(summary(inventory, lang));
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn section(gaps: &[GapRecord], lang: Lang, width: usize) -> Vec<String> {
    let Some(first) = gaps.first() else { return Vec::new() };
    let mut lines = vec![plain(&format!(" {}", named(&first.fact)))];
    lines.extend(waiting(first, lang, width));
    lines.extend(gaps.iter().flat_map(|gap| of_gap(gap, lang)));
    lines.push(plain(how_to_write(first).get(lang)));
    lines
}

fn waiting(gap: &GapRecord, lang: Lang, width: usize) -> Vec<String> {
    let count = gap.duties.len();
    if count == 0 {
        let text = Bilingual::new(
            "  待つ義務はない（観察の規則だけが読む）",
            "  no duty waits for it (only rules that observe read it)",
        );
        return vec![text.get(lang).to_owned()];
    }
    let head = bilingual!("  これを待つ義務 {count}件: ", "  duties that wait for it ({count}): ");
    let mut items: Vec<String> = gap.duties.iter().take(LISTED).map(|duty| plain(duty)).collect();
    items.extend(beyond(count).map(|beyond| beyond.get(lang).to_owned()));
    wrap_items(head.get(lang), &items, width)
}

/// How many more there are than are listed.
fn beyond(count: usize) -> Option<Bilingual> {
    let rest = count.saturating_sub(LISTED);
    (rest > 0).then(|| bilingual!("ほか{rest}件", "and {rest} more"))
}

fn of_gap(gap: &GapRecord, lang: Lang) -> Vec<String> {
    let months: Vec<String> = gap.months.iter().map(|month| month.strftime("%Y-%m").to_string()).collect();
    let when = match months.as_slice() {
        [] => String::new(),
        [only] => format!("{only}: "),
        _ => match lang {
            Lang::Ja => format!("{}: ", months.join("、")),
            Lang::En => format!("{}: ", months.join(", ")),
        },
    };
    let mut lines = vec![plain(&format!("  - {when}{}", gap.sentence.get(lang)))];
    lines.extend(gap.files.iter().map(|file| plain(&format!("      {}", place(file).get(lang)))));
    lines.extend(gap.next.iter().map(|next| plain(&format!("      → {}", next.get(lang)))));
    lines
}

/// The file and its first lines at fault.
fn place(file: &GapFile) -> Bilingual {
    let path = &file.path;
    let lines: Vec<String> = file.lines.iter().take(LISTED).map(u32::to_string).collect();
    let (ja, en) = (lines.join("、"), lines.join(", "));
    match (lines.as_slice(), beyond(file.lines.len())) {
        ([], _) => Bilingual::same(path.as_str()),
        (_, None) => bilingual!("{path}（{ja} 行目）", "{path} (line {en})"),
        (_, Some(Bilingual { ja: more_ja, en: more_en })) => {
            bilingual!("{path}（{ja} 行目、{more_ja}）", "{path} (line {en}, {more_en})")
        }
    }
}

fn how_to_write(gap: &GapRecord) -> Bilingual {
    let FactName { name, .. } = &gap.fact;
    bilingual!(
        "    項目と書き方: kijun schema {name}（記入用のファイルは --template csv か xlsx）",
        "    fields: kijun schema {name} (a file to fill in: --template csv or xlsx)"
    )
}

fn summary(inventory: &Inventory, lang: Lang) -> Vec<String> {
    let dates = dates(inventory);
    let count = inventory.gaps.len();
    let facts = inventory.gaps.chunk_by(|one, next| one.fact == next.fact).count();
    let (gaps, duties) = (thousands(count), inventory.waiting.len());
    let found = if count == 0 {
        Bilingual::new(
            "規則の読む証拠に、欠けは見つからなかった",
            "nothing was found missing of the evidence that rules read",
        )
    } else {
        bilingual!(
            "欠け {gaps} · 証拠の種類 {facts} · 待つ義務 {duties}",
            "gaps {gaps} · facts {facts} · duties that wait {duties}"
        )
    };
    let limits = Bilingual::new(
        "見たのは、期間の中の記録と、基準日に使う台帳である。規則には、期間より前の記録や、その時々の台帳が要るものもある",
        "looked at were the records of the period, and the states as of the date of judgement; rules may want earlier ones too",
    );
    let next = bilingual!("次: kijun run {dates}", "next: kijun run {dates}");
    [found, limits, next].map(|text| text.get(lang).to_owned()).to_vec()
}
