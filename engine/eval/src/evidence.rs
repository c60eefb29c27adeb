//! What was collected: tables, where their rows came from, and what they cover.

use jiff::Timestamp;
use kijun_ir::{FactId, IndexVec, Program};

use crate::{Dictionary, SourceCoverage, Table, TableBuilder};

/// All evidence of one run.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The texts of all tables, each once.
    pub dictionary: Dictionary,
    /// The rows of each fact.
    pub tables: IndexVec<FactId, Table>,
    /// What the sources of each fact cover, in the order of their declaration.
    pub coverage: IndexVec<FactId, Vec<SourceCoverage>>,
    /// The raw inputs.
    pub artifacts: Vec<Artifact>,
}

/// One raw input: a file as another system exported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The name of the source in `kijun.toml`.
    pub source: String,
    /// Its path, relative to the workspace, with `/`.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// When it was collected.
    pub collected_at: Timestamp,
}

impl Evidence {
    /// No evidence: no rows, and no source for any fact.
    pub fn empty(program: &Program) -> Self {
        let mut dictionary = Dictionary::default();
        let tables =
            program.facts.values().map(|fact| TableBuilder::new(fact).finish(&mut dictionary)).collect();
        let coverage = program.facts.values().map(|_| Vec::new()).collect();
        Self { dictionary, tables, coverage, artifacts: Vec::new() }
    }

    /// Fits the evidence to a program that has the same types of evidence and else may have other facts.
    pub fn fit(&mut self, program: &Program) {
        let collected = program.facts.values().filter(|fact| fact.is_collected()).count();
        self.tables.truncate(collected);
        self.coverage.truncate(collected);
        for fact in program.facts.values().skip(collected) {
            self.tables.push(TableBuilder::new(fact).finish(&mut self.dictionary));
            self.coverage.push(Vec::new());
        }
    }
}
