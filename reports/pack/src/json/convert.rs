//! The record as the types of `result.json`, masked.

use kijun_audit::{
    AuditRecord, CollectionRecord, CoverageRecord, CriterionRecord, DutyRecord, FactName, LackRecord,
    RuleRecord, Scope, SectionRecord, SourceRecord, StandardRecord, SubjectRecord,
};
use kijun_ir::{Counts, Verdict};
use kijun_source::Bilingual;

use super::v1;
use crate::mask::{joined, shown};
use crate::words::{rfc3339, severity_name, zone_name};

/// How many of a long list are written. Counts are exact either way.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Listing {
    /// All.
    All,
    /// So many subjects a rule and verdict, and so many rejected rows a file.
    First(usize),
}

impl Listing {
    fn limit(self) -> usize {
        match self {
            Listing::All => usize::MAX,
            Listing::First(limit) => limit,
        }
    }
}

/// The record as `result.json` says it.
pub(crate) fn result(record: &AuditRecord, listing: Listing) -> v1::Result {
    let convert = Convert { record, limit: listing.limit() };
    v1::Result {
        schema_version: "1",
        generator: v1::Generator { name: "kijun", version: env!("CARGO_PKG_VERSION") },
        organisation: record.organisation.clone(),
        period: v1::Period { start: record.period.0.to_string(), end: record.period.1.to_string() },
        today: record.today.to_string(),
        time_zone: zone_name(&record.zone),
        verdict: record.verdict.name(),
        counts: v1::AllCounts {
            rules: counts(record.rule_counts()),
            criteria: counts(record.criterion_counts()),
            duties: counts(record.duty_counts()),
            observations: counts(record.observation_counts()),
            subjects: by_verdict(|verdict| record.subjects(verdict)),
        },
        evidence: v1::Amounts {
            rows: record.rows,
            rejected: record.rejected(),
            sources: record.sources.len(),
            exceptions: record.exceptions(),
        },
        standards: record.standards.iter().map(|standard| convert.standard(standard)).collect(),
        rules: record.rules.iter().map(|rule| convert.rule(rule)).collect(),
        sources: record.sources.iter().map(|source| convert.source(source)).collect(),
        params: record.params.iter().map(param).collect(),
        unseen: record.unseen.iter().map(text).collect(),
    }
}

struct Convert<'a> {
    record: &'a AuditRecord,
    limit: usize,
}

impl Convert<'_> {
    fn standard(&self, standard: &StandardRecord) -> v1::Standard {
        v1::Standard {
            name: standard.name.clone(),
            title: standard.title.clone(),
            issuer: standard.issuer.clone(),
            edition: standard.edition.clone(),
            verdict: standard.verdict.name(),
            sections: standard.sections.iter().map(|section| self.section(section)).collect(),
        }
    }

    fn section(&self, section: &SectionRecord) -> v1::Section {
        v1::Section {
            id: section.id.clone(),
            title: section.title.clone(),
            text: section.text.clone(),
            verdict: section.verdict.name(),
            duties: self.duties(&section.duties),
            notes: section.notes.clone(),
            lacks: self.lacks(&section.lacks),
            criteria: section.criteria.iter().map(|criterion| self.criterion(criterion)).collect(),
        }
    }

    fn criterion(&self, criterion: &CriterionRecord) -> v1::Criterion {
        v1::Criterion {
            id: criterion.id.clone(),
            text: criterion.text.clone(),
            verdict: criterion.verdict.name(),
            duties: self.duties(&criterion.duties),
            notes: criterion.notes.clone(),
            lacks: self.lacks(&criterion.lacks),
        }
    }

    fn duties(&self, duties: &[DutyRecord]) -> Vec<v1::Duty> {
        let convert = |duty: &DutyRecord| v1::Duty {
            id: duty.id.clone(),
            quote: duty.quote.clone(),
            verdict: duty.verdict.name(),
            rules: duty.rules.iter().map(|rule| self.record.rules[*rule].name.clone()).collect(),
            by_criteria: duty.by_criteria,
            lacks: self.lacks(&duty.lacks),
        };
        duties.iter().map(convert).collect()
    }

    fn rule(&self, rule: &RuleRecord) -> v1::Rule {
        let of_verdict = |verdict| rule.subjects.iter().filter(move |subject| subject.verdict == verdict);
        let listed = Verdict::ALL.into_iter().flat_map(|verdict| of_verdict(verdict).take(self.limit));
        v1::Rule {
            name: rule.name.clone(),
            label: rule.label.clone(),
            doc: rule.doc.clone(),
            covers: rule.covers.clone(),
            severity: severity_name(rule.severity),
            remedy: rule.remedy.clone(),
            verdict: rule.verdict.name(),
            counts: counts(rule.counts),
            population: v1::Population {
                fact: match &rule.scope {
                    Scope::Organisation => None,
                    Scope::Rows(name) => Some(fact(name)),
                },
                size: rule.population(),
                nobody: rule.nobody,
            },
            lacks: self.lacks(&rule.lacks),
            subjects: listed.map(|subject| self.subject(subject)).collect(),
        }
    }

    fn subject(&self, subject: &SubjectRecord) -> v1::Subject {
        v1::Subject {
            name: shown(&subject.name).to_owned(),
            verdict: subject.verdict.name(),
            spells: subject.spells.iter().map(spell).collect(),
            message: (!subject.message.is_empty()).then(|| joined(&subject.message)),
            explained: subject.explained,
            lacks: self.lacks(&subject.lacks),
            evidence: subject.evidence.iter().map(|row| self.evidence_row(row)).collect(),
            evidence_beyond: subject.evidence_beyond,
        }
    }

    fn evidence_row(&self, row: &kijun_audit::EvidenceRow) -> v1::EvidenceRow {
        v1::EvidenceRow {
            role: row.role.name(),
            fact: fact(&row.fact),
            name: shown(&row.name).to_owned(),
            source: row.source.clone(),
            path: row.path.clone(),
            line: row.line,
            sha256: row.sha256.clone(),
            collected_at: rfc3339(row.collected_at, &self.record.zone),
        }
    }

    fn lacks(&self, lacks: &[LackRecord]) -> Vec<v1::Lack> {
        let zone = &self.record.zone;
        let convert = |lack: &LackRecord| v1::Lack {
            kind: lack.kind.name(),
            fact: lack.fact.as_ref().map(fact),
            source: lack.source.clone(),
            span: lack.span.map(|span| v1::Span {
                from: span.from.map(|from| rfc3339(from, zone)),
                to: rfc3339(span.to, zone),
            }),
            sentence: text(&lack.sentence),
        };
        lacks.iter().map(convert).collect()
    }

    fn source(&self, source: &SourceRecord) -> v1::Source {
        v1::Source {
            name: source.name.clone(),
            fact: fact(&source.fact),
            fresh: text(&source.fresh),
            coverage: source.coverage.iter().map(|coverage| self.coverage(coverage)).collect(),
            gaps: self.lacks(&source.gaps),
            collections: source.collections.iter().map(|file| self.collection(file)).collect(),
        }
    }

    fn collection(&self, file: &CollectionRecord) -> v1::Collection {
        let rejected = file.rejected.iter().take(self.limit).map(|row| v1::RejectedRow {
            line: row.line,
            column: row.column.clone(),
            value: row.value.as_ref().map(|value| shown(value).to_owned()),
            reason: text(&row.reason),
        });
        v1::Collection {
            path: file.path.clone(),
            sha256: (!file.sha256.is_empty()).then(|| file.sha256.clone()),
            collected_at: rfc3339(file.collected_at, &self.record.zone),
            coverage: file.coverage.as_ref().map(|coverage| self.coverage(coverage)),
            rows: file.rows,
            rejected: v1::Rejected { count: file.rejected.len(), rows: rejected.collect() },
            vouched: file
                .vouched
                .as_ref()
                .map(|vouched| v1::Vouched { by: vouched.by.clone(), rows: vouched.rows }),
            unread_columns: file.unread_columns.clone(),
            unfilled_fields: file.unfilled_fields.clone(),
            notes: file.notes.iter().map(text).collect(),
        }
    }

    fn coverage(&self, coverage: &CoverageRecord) -> v1::Coverage {
        let time = |instant| rfc3339(instant, &self.record.zone);
        let texts = |defects: &[Bilingual]| defects.iter().map(text).collect();
        match coverage {
            CoverageRecord::Taken { at, defects } => {
                v1::Coverage::Taken { at: time(*at), defects: texts(defects) }
            }
            CoverageRecord::Covers { from, to, defects } => {
                v1::Coverage::Covers { from: time(*from), to: time(*to), defects: texts(defects) }
            }
        }
    }
}

fn param(param: &kijun_audit::ParamRecord) -> v1::Param {
    v1::Param {
        name: param.name.clone(),
        label: param.label.clone(),
        value: text(&param.value),
        rationale: param.rationale.clone(),
        overridden: param.overridden,
    }
}

fn fact(fact: &FactName) -> v1::Fact {
    v1::Fact { name: fact.name.clone(), label: fact.label.clone() }
}

fn text(text: &Bilingual) -> v1::Text {
    v1::Text { ja: text.ja.clone(), en: text.en.clone() }
}

fn counts(counts: Counts) -> v1::Counts {
    by_verdict(|verdict| counts.get(verdict))
}

fn by_verdict(count: impl Fn(Verdict) -> usize) -> v1::Counts {
    v1::Counts {
        met: count(Verdict::Met),
        violated: count(Verdict::Violated),
        undetermined: count(Verdict::Undetermined),
        pending: count(Verdict::Pending),
        excused: count(Verdict::Excused),
        not_applicable: count(Verdict::NotApplicable),
    }
}

fn spell(spell: &kijun_audit::Spell) -> v1::Spell {
    v1::Spell { from: spell.from.to_string(), to: spell.to.to_string(), verdict: spell.verdict.name() }
}
