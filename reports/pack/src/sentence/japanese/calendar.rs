//! Audits, and when they take place.

use kijun_ir::{Audit, AuditKind, Auditor, Over, Part, Trigger};

use super::rows::noun;
use super::statement::notes;
use super::words::{duration, joined, part};
use crate::sentence::rows::rows;
use crate::sentence::scope::Scope;
use crate::sentence::tree::{Phrase, Statement, phrase};

/// When an audit takes place, what it looks at, who does it and what follows.
pub(crate) fn audit<'a>(scope: &mut Scope<'a>, audit: &'a Audit) -> Statement {
    let kind = match audit.kind {
        AuditKind::Inspection => "点検",
        AuditKind::Internal => "内部監査",
        AuditKind::External => "外部監査",
    };
    let mut sentences = vec![when(scope, &audit.trigger, kind)];
    sentences.push(format!("対象期間は、{}とする。", over(audit.over)).into());
    sentences.push(match audit.scope.as_slice() {
        [] => "範囲は、基準の全部とする。".into(),
        clauses => format!("範囲は、基準の{}とする。", joined(clauses, "及び")).into(),
    });
    sentences.push(
        match audit.auditor {
            Auditor::Independent => "監査する者は、監査を受ける業務から独立した者とする。",
            Auditor::External => "監査する者は、外部の機関の者とする。",
            Auditor::Any => "監査する者は、問わない。",
        }
        .into(),
    );
    if !audit.remind.is_empty() {
        let days: Vec<String> =
            audit.remind.iter().map(|length| format!("{}前", duration(*length))).collect();
        sentences.push(format!("実施の{}に、あらかじめ知らせる。", joined(&days, "及び")).into());
    }
    if let Some(within) = audit.report_within {
        sentences.push(format!("報告書は、実施から{}以内に提出する。", duration(within)).into());
    }
    if let Some(within) = audit.close_within {
        sentences.push(format!("指摘事項は、{}以内に是正を終える。", duration(within)).into());
    }
    let notes = notes(scope);
    Statement { sentences, notes }
}

fn when<'a>(scope: &mut Scope<'a>, trigger: &'a Trigger, kind: &str) -> Phrase {
    match trigger {
        Trigger::Schedule { cron, zone } => {
            let zone =
                if zone == "Asia/Tokyo" { "日本時間".to_owned() } else { format!("時間帯 {zone}") };
            format!("{kind}を、{}（{zone}）に実施する。", schedule(cron)).into()
        }
        Trigger::After { events, within, .. } => {
            let read = rows(&scope.names, events);
            let said = noun(scope, &read);
            phrase![said, format!("があるごとに、{kind}を、その時から{}以内に実施する。", duration(*within))]
        }
    }
}

fn over(over: Over) -> String {
    let of = part(over.part);
    match (over.previous, over.part) {
        (true, Part::Day) => "実施する日の前日".to_owned(),
        (false, Part::Day) => "実施する日".to_owned(),
        (true, _) => format!("実施する日の属する{of}の前の{of}"),
        (false, _) => format!("実施する日の属する{of}"),
    }
}

/// A cron expression with seconds, as people say it; as it is written where it is of no usual form.
fn schedule(cron: &str) -> String {
    usual(cron).unwrap_or_else(|| format!("予定式「{cron}」の示す日時"))
}

fn usual(cron: &str) -> Option<String> {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let ["0", minute, hour, day, month, weekday] = fields.as_slice() else { return None };
    let (minute, hour): (u8, u8) = (minute.parse().ok()?, hour.parse().ok()?);
    let time = if minute == 0 { format!("{hour}時") } else { format!("{hour}時{minute}分") };
    let date = match (*day, *month, *weekday) {
        ("*", "*", "*") => "毎日".to_owned(),
        ("*", "*", weekday) => format!(
            "毎週{}",
            joined(&numbers(weekday)?.iter().map(weekday_name).collect::<Option<Vec<_>>>()?, "及び")
        ),
        (day, "*", "*") => format!("毎月{}日", numbers(day).filter(|days| days.len() == 1)?.first()?),
        (day, months, "*") => {
            let day = numbers(day).filter(|days| days.len() == 1)?;
            let months: Vec<String> = numbers(months)?.iter().map(|month| format!("{month}月")).collect();
            match months.as_slice() {
                [month] => format!("毎年{month}{}日", day.first()?),
                months => format!("毎年{}の各{}日", joined(months, "及び"), day.first()?),
            }
        }
        _ => return None,
    };
    Some(format!("{date}{time}"))
}

fn numbers(field: &str) -> Option<Vec<u8>> {
    field.split(',').map(|number| number.parse().ok()).collect()
}

fn weekday_name(day: &u8) -> Option<String> {
    let names = ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"];
    names.get(usize::from(*day) % 7).map(|name| (*name).to_owned())
}
