//! Records made by hand: one with a bit of everything, one with nothing.

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use kijun_audit::{
    AuditRecord, CollectionRecord, CoverageRecord, CriterionRecord, DutyRecord, EvidenceRow, FactName, Lack,
    LackRecord, ParamRecord, Piece, RejectedRow, Role, RuleRecord, Scope, SectionRecord, SourceRecord,
    StandardRecord, SubjectRecord, TimeSpan, Vouched,
};
use kijun_ir::{Class, Counts, FactId, Judged, Severity, Verdict};
use kijun_source::Bilingual;

/// Personal values planted in the record.
pub(crate) const PERSONAL: [&str; 3] = ["架空 一郎", "架空 花子", "090-0000-0000"];

/// Secret values planted in the record.
pub(crate) const SECRET: [&str; 1] = ["hunter2"];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn fact(name: &str, label: &str) -> FactName {
    FactName { name: name.to_owned(), label: label.to_owned() }
}

fn piece(text: &str, class: Class) -> Piece {
    Piece { text: text.to_owned(), class }
}

fn row(role: Role, of: FactName, name: Piece, file: &str, line: u32) -> EvidenceRow {
    EvidenceRow {
        role,
        fact: of,
        name,
        source: file.to_owned(),
        path: format!("evidence/{file}.csv"),
        line,
        sha256: sha(line),
        collected_at: at("2026-11-20T08:00:00+09:00"),
    }
}

fn sha(seed: u32) -> String {
    format!("{seed:08x}").repeat(8)
}

fn lack(kind: Lack, source: &str, span: Option<TimeSpan>, ja: &str, en: &str) -> LackRecord {
    LackRecord {
        kind,
        fact: Some(fact("entry", "入退室ログ")),
        source: Some(source.to_owned()),
        span,
        sentence: Bilingual::new(ja, en),
    }
}

fn hole() -> LackRecord {
    let span = TimeSpan { from: Some(at("2026-07-03T00:00:00+09:00")), to: at("2026-07-06T00:00:00+09:00") };
    lack(
        Lack::Uncollected,
        "entry-2",
        Some(span),
        "入退室ログ（系統 entry-2）の 2026-07-03 から 2026-07-05 までの記録が未収集",
        "entry (source entry-2): records from 2026-07-03 to 2026-07-05 were not collected",
    )
}

fn counts(amounts: &[(Verdict, usize)]) -> Counts {
    amounts.iter().flat_map(|(verdict, amount)| std::iter::repeat_n(*verdict, *amount)).collect()
}

fn rule(
    name: &str,
    label: &str,
    covers: &[&str],
    verdict: Verdict,
    amounts: &[(Verdict, usize)],
) -> RuleRecord {
    RuleRecord {
        name: name.to_owned(),
        label: label.to_owned(),
        doc: String::new(),
        covers: covers.iter().map(|duty| (*duty).to_owned()).collect(),
        severity: Severity::Major,
        remedy: None,
        verdict,
        judged: Judged::AtToday,
        counts: counts(amounts),
        scope: Scope::Rows(fact("access", "アクセスログ")),
        nobody: false,
        lacks: Vec::new(),
        subjects: Vec::new(),
    }
}

fn subject(name: Piece, verdict: Verdict, message: Vec<Piece>, evidence: Vec<EvidenceRow>) -> SubjectRecord {
    SubjectRecord {
        name,
        verdict,
        spells: Vec::new(),
        message,
        explained: true,
        lacks: Vec::new(),
        evidence,
        evidence_beyond: 0,
    }
}

fn by_right() -> RuleRecord {
    let access = || fact("access", "アクセスログ");
    let name = |text| piece(text, Class::Open);
    let mut found = rule(
        "access_only_by_right",
        "アクセス権のない利用がない",
        &["5(3)a"],
        Verdict::Violated,
        &[(Verdict::Met, 315), (Verdict::Violated, 2), (Verdict::Undetermined, 1)],
    );
    found.doc = "権限の付与は、その利用の日に有効なものに限る。".to_owned();
    found.remedy = Some("アクセス権の棚卸しを行い、当該利用の事実関係を確認する".to_owned());
    let message = vec![
        piece("2026-08-02 10:00: ", Class::Open),
        piece("架空 一郎", Class::Personal),
        piece(" が権限のない PC-1 を利用した", Class::Open),
    ];
    let mut first = subject(
        name("access 2026-08-02 10:00"),
        Verdict::Violated,
        message,
        vec![
            row(Role::Subject, access(), name("access 2026-08-02 10:00"), "access-08", 214),
            row(Role::Witness, fact("person", "従業者"), piece("架空 一郎", Class::Personal), "roster", 7),
        ],
    );
    first.evidence_beyond = 3;
    let message = vec![
        piece("<script>alert(1)</script> と鍵 ", Class::Open),
        piece("hunter2", Class::Secret),
        piece(" で PC-2 を利用した", Class::Open),
    ];
    let second = subject(
        piece("架空 花子", Class::Personal),
        Verdict::Violated,
        message,
        vec![row(Role::Subject, access(), piece("架空 花子", Class::Personal), "access-09", 3)],
    );
    let mut third = subject(
        name("access 2026-09-01 09:00"),
        Verdict::Undetermined,
        vec![],
        vec![row(Role::Subject, access(), name("access 2026-09-01 09:00"), "access-09", 4)],
    );
    third.lacks = vec![LackRecord {
        kind: Lack::MissingValue,
        fact: Some(access()),
        source: None,
        span: None,
        sentence: Bilingual::new(
            "アクセスログの「端末」の値が分からない（evidence/access-09.csv:4）",
            "the value of access.device is not known (evidence/access-09.csv:4)",
        ),
    }];
    found.subjects = vec![first, second, third];
    found
}

fn rules() -> Vec<RuleRecord> {
    let mut kept = rule(
        "entry_kept",
        "入退室記録を保管している",
        &["4(2)c"],
        Verdict::Undetermined,
        &[(Verdict::Undetermined, 1)],
    );
    kept.scope = Scope::Organisation;
    kept.severity = Severity::Minor;
    let mut organisation =
        subject(Piece::open("株式会社みなと架空情報処理"), Verdict::Undetermined, vec![], vec![]);
    organisation.lacks = vec![hole()];
    kept.subjects = vec![organisation];

    let mut offline = rule(
        "no_external",
        "外部ネットワークに接続していない",
        &["5(1)"],
        Verdict::Excused,
        &[(Verdict::Met, 41), (Verdict::Excused, 1)],
    );
    offline.scope = Scope::Rows(fact("device", "端末"));
    let grant = row(Role::Exception, fact("permission", "許可"), Piece::open("第12号"), "permissions", 2);
    let own = row(Role::Subject, fact("device", "端末"), Piece::open("PC-9"), "devices", 10);
    let message = vec![Piece::open("PC-9 が外部ネットワークに接続している")];
    offline.subjects = vec![subject(Piece::open("PC-9"), Verdict::Excused, message, vec![own, grant])];

    let mut trained = rule(
        "trained_yearly",
        "年１回以上の研修",
        &["3(3)b", "5(3)c"],
        Verdict::Pending,
        &[(Verdict::Met, 1204), (Verdict::Pending, 1)],
    );
    trained.scope = Scope::Rows(fact("person", "従業者"));
    let who = || piece("090-0000-0000", Class::Personal);
    let own = row(Role::Subject, fact("person", "従業者"), who(), "roster", 12);
    trained.subjects = vec![subject(
        who(),
        Verdict::Pending,
        vec![who(), Piece::open(" が今年度の研修をまだ受けていない")],
        vec![own],
    )];

    let met = rule("entry_logged", "入退室を記録している", &["4(2)b"], Verdict::Met, &[(Verdict::Met, 318)]);
    let none = rule("incident_reported", "事故を報告している", &["4(2)b"], Verdict::NotApplicable, &[]);
    vec![by_right(), kept, offline, trained, met, none]
}

fn duty(id: &str, quote: &str, verdict: Verdict, rules: &[usize]) -> DutyRecord {
    let lacks = if rules.is_empty() {
        vec![LackRecord {
            kind: Lack::NoRule,
            fact: None,
            source: None,
            span: None,
            sentence: Bilingual::new("この義務を判定する規則がまだない", "no rule decides this duty yet"),
        }]
    } else {
        Vec::new()
    };
    DutyRecord {
        id: id.to_owned(),
        quote: quote.to_owned(),
        verdict,
        rules: rules.to_vec(),
        by_criteria: false,
        lacks,
    }
}

fn criterion(id: &str, text: &str, duties: Vec<DutyRecord>) -> CriterionRecord {
    let verdict = duties.iter().map(|duty| duty.verdict).max().unwrap_or(Verdict::Undetermined);
    CriterionRecord {
        id: id.to_owned(),
        text: text.to_owned(),
        verdict,
        duties,
        notes: vec![],
        lacks: vec![],
    }
}

fn section(id: &str, title: &str, criteria: Vec<CriterionRecord>) -> SectionRecord {
    SectionRecord {
        id: id.to_owned(),
        title: title.to_owned(),
        text: None,
        verdict: criteria.iter().map(|criterion| criterion.verdict).max().unwrap_or(Verdict::Undetermined),
        duties: vec![],
        notes: vec![],
        lacks: vec![],
        criteria,
    }
}

fn sections() -> Vec<SectionRecord> {
    use Verdict::{Excused, Met, Pending, Undetermined, Violated};
    let training = criterion(
        "3(3)",
        "個人情報の取扱い、情報システムの運用・管理・セキュリティ対策及びサイバーセキュリティの研修計画を策定し、従業者に対し毎年１回以上研修等を実施していること。",
        vec![
            duty("3(3)a", "研修計画を策定し", Undetermined, &[]),
            duty("3(3)b", "従業者に対し毎年１回以上研修等を実施していること", Pending, &[3]),
        ],
    );
    let secrecy = criterion(
        "3(1)",
        "個人情報の秘密保持に関する事項が就業規則等に明記されていること。",
        vec![duty(
            "3(1)a",
            "個人情報の秘密保持に関する事項が就業規則等に明記されていること",
            Undetermined,
            &[],
        )],
    );
    let entry = criterion(
        "4(2)",
        "また、入室に当たっては、用件の確認、入退室の記録等の措置を講ずること。さらに、入退室の記録を保管していること。",
        vec![
            duty("4(2)b", "入退室の記録", Met, &[4, 5]),
            duty("4(2)c", "入退室の記録を保管していること", Undetermined, &[1]),
        ],
    );
    let offline = criterion(
        "5(1)",
        "個人情報を取り扱う電子計算機等は、外部ネットワークに接続しないこと。ただし、本市の許可を得た場合はこの限りでない。",
        vec![duty("5(1)", "外部ネットワークに接続しないこと", Excused, &[2])],
    );
    let access = criterion(
        "5(3)",
        "個人情報の取扱いにおいて使用する電子計算機等は、アクセス権等を設定し、使用できる従業者を限定すること。",
        vec![
            duty("5(3)a", "アクセス権等を設定し、使用できる従業者を限定すること", Violated, &[0]),
            duty("5(3)c", "保管していること", Pending, &[3]),
        ],
    );
    vec![
        section("3", "従業者の指定、教育及び監督", vec![secrecy, training]),
        section("4", "管理区域の設定及び安全管理措置の実施", vec![entry]),
        section("5", "セキュリティ強化のための管理策", vec![offline, access]),
    ]
}

fn sources() -> Vec<SourceRecord> {
    let covers = |from: &str, to: &str| CoverageRecord::Covers {
        from: at(&format!("{from}T00:00:00+09:00")),
        to: at(&format!("{to}T00:00:00+09:00")),
        defects: vec![],
    };
    let file = |source: &str, path: &str, seed: u32, coverage: CoverageRecord| CollectionRecord {
        source: source.to_owned(),
        fact: FactId(0),
        path: path.to_owned(),
        sha256: sha(seed),
        collected_at: at("2026-11-20T08:00:00+09:00"),
        coverage: Some(coverage),
        rows: 512,
        rejected: vec![],
        vouched: Some(Vouched { by: "総務部長".to_owned(), rows: 512 }),
        unread_columns: vec![],
        unfilled_fields: vec![],
        notes: vec![],
    };
    let first = covers("2026-04-01", "2026-07-03");
    let second = covers("2026-07-06", "2026-11-20");
    let taken = CoverageRecord::Taken {
        at: at("2026-11-20T08:00:00+09:00"),
        defects: vec![Bilingual::new("2行を読み取れなかった", "rows that could not be read: 2")],
    };
    let mut roster = file("roster", "evidence/roster.csv", 9, taken.clone());
    roster.vouched = None;
    roster.notes =
        vec![Bilingual::new("evidence/roster-10.csv は、より新しい名簿があるので使わない", "superseded")];
    let reason = |ja: &str| Bilingual::new(ja, "not a date");
    roster.rejected = vec![
        RejectedRow {
            line: 31,
            column: Some("入社日".to_owned()),
            value: Some(piece("2026-02-30", Class::Open)),
            reason: reason("日付として読めない"),
        },
        RejectedRow {
            line: 40,
            column: Some("氏名".to_owned()),
            value: Some(piece("架空 花子", Class::Personal)),
            reason: reason("列がずれている"),
        },
    ];
    let mut defective = lack(
        Lack::Defect,
        "roster",
        None,
        "従業者（系統 roster）は、2行を読み取れなかった",
        "person (source roster): rows that could not be read: 2",
    );
    defective.fact = Some(fact("person", "従業者"));
    vec![
        SourceRecord {
            name: "entry-2".to_owned(),
            fact: fact("entry", "入退室ログ"),
            fresh: Bilingual::new("1日", "1 day"),
            coverage: vec![first.clone(), second.clone()],
            gaps: vec![hole()],
            collections: vec![
                file("entry-2", "evidence/entry/entry-2026-04.csv", 1, first),
                file("entry-2", "evidence/entry/entry-2026-07.csv", 2, second),
            ],
        },
        SourceRecord {
            name: "roster".to_owned(),
            fact: fact("person", "従業者"),
            fresh: Bilingual::new("31日", "31 days"),
            coverage: vec![taken],
            gaps: vec![defective],
            collections: vec![roster],
        },
    ]
}

/// A record with every verdict, a gap, rejected rows and planted personal values.
pub(crate) fn record() -> AuditRecord {
    AuditRecord {
        organisation: "株式会社みなと架空情報処理".to_owned(),
        period: (date(2026, 4, 1), date(2027, 3, 31)),
        today: date(2026, 11, 23),
        zone: TimeZone::get("Asia/Tokyo").unwrap(),
        verdict: Verdict::Violated,
        rows: 18_204,
        standards: vec![StandardRecord {
            name: "anzen_kanri".to_owned(),
            title: "個人情報取扱安全管理基準".to_owned(),
            issuer: Some("本市".to_owned()),
            edition: Some("0.1.0".to_owned()),
            verdict: Verdict::Violated,
            sections: sections(),
        }],
        rules: rules(),
        sources: sources(),
        params: vec![ParamRecord {
            name: "entry_retention".to_owned(),
            label: "入退室記録の保管期間".to_owned(),
            value: Bilingual::new("3年", "3 years"),
            rationale: "基準は期間を定めない。委託契約の終了後の照会に備える。".to_owned(),
            overridden: true,
        }],
        unseen: vec![
            Bilingual::new(
                "義務7件のうち2件には、判定する規則がまだない（判定不能として数えた）",
                "no rule decides 2 of 7 duties yet (counted as undetermined)",
            ),
            Bilingual::new("委託契約を届ける系統がない", "no source delivers contract"),
        ],
    }
}

/// A record of a run that judged nothing.
pub(crate) fn empty() -> AuditRecord {
    AuditRecord {
        organisation: "株式会社みなと架空情報処理".to_owned(),
        verdict: Verdict::Undetermined,
        rows: 0,
        standards: vec![],
        rules: vec![],
        sources: vec![],
        params: vec![],
        unseen: vec![],
        ..record()
    }
}
