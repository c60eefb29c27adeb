//! Judges a workspace: collects the evidence, evaluates every rule, records what came out; or only takes the inventory of the evidence.

use jiff::civil::Date;
use kijun_eval::{Evidence, Occasion, Snapshot, evaluate};
use kijun_evidence::DiskFiles;
use kijun_evidence::{ImportReport, import};
use kijun_source::Diagnostic;

use crate::collected::collections;
use crate::holidays::{of_the_list, warn_of_unknown_holidays};
use crate::{AuditRecord, BothWordings, Inventory, Workspace, record, take_inventory};

/// What came of judging a workspace.
#[derive(Debug)]
pub struct Judgement {
    /// Everything that was found.
    pub record: AuditRecord,
    /// What is wrong with the evidence. Evidence at fault counts as missing.
    pub diagnostics: Vec<Diagnostic>,
}

/// What came of taking the inventory of a workspace.
#[derive(Debug)]
pub struct Stocktaking {
    /// The evidence and what is missing of it.
    pub inventory: Inventory,
    /// What is wrong with the evidence. Evidence at fault counts as missing.
    pub diagnostics: Vec<Diagnostic>,
}

/// What was collected.
#[derive(Debug)]
pub struct Collected {
    /// The evidence.
    pub evidence: Evidence,
    /// What each file brought.
    pub report: ImportReport,
    /// What is wrong with the evidence.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the evidence of a sound workspace as it counts on a day. A workspace that is not sound has none.
pub fn collect(workspace: &mut Workspace, today: Date) -> Collected {
    let files = DiskFiles::new(&workspace.root);
    let Some(bindings) = &workspace.bindings else {
        let evidence = Evidence::empty(&workspace.program);
        return Collected { evidence, report: ImportReport::default(), diagnostics: Vec::new() };
    };
    let (evidence, report, diagnostics) =
        import(&workspace.program, bindings, &files, today, &mut workspace.sources);
    Collected { evidence, report, diagnostics }
}

/// Judges a sound workspace. The record says the conditions of its rules in words.
pub fn judge(workspace: &mut Workspace, occasion: Occasion, wordings: BothWordings<'_>) -> Judgement {
    let Collected { evidence, report, mut diagnostics } = collect(workspace, occasion.today);
    diagnostics.extend(of_the_list(workspace, occasion.today));
    diagnostics.extend(warn_of_unknown_holidays(&workspace.program, occasion));
    let snapshot = Snapshot::new(&workspace.program, &evidence, occasion);
    let outcome = evaluate(&snapshot);
    let collections = collections(workspace, &report);
    let record =
        record(&snapshot, &outcome, &workspace.sources, wordings, collections, organisation(workspace));
    Judgement { record, diagnostics }
}

/// Takes the inventory of the evidence of a sound workspace. No rule is judged.
pub fn take_stock(workspace: &mut Workspace, occasion: Occasion) -> Stocktaking {
    let Collected { evidence, report, diagnostics } = collect(workspace, occasion.today);
    let snapshot = Snapshot::new(&workspace.program, &evidence, occasion);
    let inventory = take_inventory(&snapshot, collections(workspace, &report), organisation(workspace));
    Stocktaking { inventory, diagnostics }
}

fn organisation(workspace: &Workspace) -> &str {
    workspace.manifest.as_ref().map_or("", |manifest| manifest.workspace.name.as_str())
}
