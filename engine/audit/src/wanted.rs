//! What to do about a gap in the evidence: who is to deliver what.

use kijun_eval::{Defect, Gap, GapKind, Snapshot};
use kijun_source::{Bilingual, bilingual};

/// Who is to do what about a gap; `None` where no delivery would close it.
pub(crate) fn wanted_of_gap(snapshot: &Snapshot<'_>, gap: &Gap) -> Option<Bilingual> {
    let fact = &snapshot.program.facts[gap.fact];
    let Some(source) = &gap.source else {
        let name = &fact.name;
        return matches!(gap.kind, GapKind::NoSource).then(|| {
            bilingual!(
                "届ける系統を決め、kijun.toml の [[source]] に書く（ひな形: kijun schema {name} --template csv）",
                "decide who delivers it, and write a [[source]] (kijun schema {name} --template csv makes a file)"
            )
        });
    };
    let what = match &gap.kind {
        GapKind::Stale(_) | GapKind::NoCollection | GapKind::NoSource => {
            Bilingual::new("新しい写しを受け取る", "have a new export delivered")
        }
        GapKind::Later(_) => {
            Bilingual::new("その時点の写しを受け取る", "have an export of that time delivered")
        }
        GapKind::Uncollected { .. } => {
            Bilingual::new("その間の記録を受け取る", "have the records of that time delivered")
        }
        GapKind::Defect(Defect::Rejected(_)) => Bilingual::new(
            "読めなかった行を直して受け取り直す",
            "have the rows that could not be read mended",
        ),
        GapKind::Defect(Defect::RowCount { .. }) => Bilingual::new(
            "行数を確かめ、受け取り直すか complete を改める",
            "check how many rows there are, then have it delivered anew or correct `complete`",
        ),
        GapKind::Defect(Defect::NotVouched) => Bilingual::new(
            "欠けがないことを保証する人と行数を complete に書く",
            "write under `complete` who vouches that nothing is missing, for how many rows",
        ),
        GapKind::Defect(Defect::Undated(_)) => Bilingual::new(
            "いつのことかを確かめ、受け取り直す",
            "find out when it was, and have it delivered anew",
        ),
        GapKind::Defect(Defect::Unusable) => {
            Bilingual::new("読めるファイルを受け取る", "have a readable file delivered")
        }
        GapKind::Unpaired(_) | GapKind::NoMoment | GapKind::Ahead | GapKind::BeyondCalendar => return None,
    };
    let (ja, en) = (what.ja, what.en);
    let Bilingual { ja: last_ja, en: last_en } = last_file(snapshot, source);
    Some(bilingual!("系統 {source} から{ja}{last_ja}", "from source {source}: {en}{last_en}"))
}

/// The last file of a source, in brackets.
fn last_file(snapshot: &Snapshot<'_>, source: &str) -> Bilingual {
    let artifacts = snapshot.evidence.artifacts.iter().filter(|artifact| artifact.source == source);
    let last = artifacts.max_by(|a, b| (a.collected_at, &a.path).cmp(&(b.collected_at, &b.path)));
    last.map_or_else(Bilingual::default, |last| {
        let path = &last.path;
        bilingual!("（直近は {path}）", " (last: {path})")
    })
}
