//! How far crosswalks are stated: a line for each pair of documents, and the catalogues to which none leads.

use std::collections::BTreeSet;

use kijun_ir::{CatalogueId, CrosswalkSide, Program, Strength};
use kijun_source::{Bilingual, Lang, bilingual};

use super::Selection;
use super::line::{Line, document, ends, lines, pairs};
use super::strength::STRENGTHS;
use crate::mask::plain;
use crate::terminal::table;
use crate::words::strength_label;

/// What a look at all crosswalks gives.
#[derive(Debug, Clone)]
pub struct Review {
    /// A line for each pair of documents.
    pub text: String,
    /// The catalogues of which a standard with crosswalks says nothing.
    pub absent: Vec<Bilingual>,
    /// How many pairs of documents there are.
    pub crosswalks: usize,
    /// How many links there are.
    pub links: usize,
    /// How many of them nobody has checked against their source.
    pub unverified: usize,
}

/// Looks at the crosswalks. What they pass over is a warning of the language, not said here.
pub fn review(selection: Selection<'_>, lang: Lang) -> Review {
    let pairs = pairs(selection);
    let counted: Vec<Counts> = pairs.iter().map(|pair| counts(selection.program, *pair)).collect();
    let mut rows = vec![heads(lang)];
    rows.extend(pairs.iter().zip(&counted).map(|(pair, counts)| row(selection.program, *pair, counts)));
    Review {
        text: table(&rows).iter().map(|line| plain(line) + "\n").collect(),
        absent: absent(selection, &pairs),
        crosswalks: pairs.len(),
        links: counted.iter().map(|counts| counts.strengths.iter().sum::<usize>()).sum(),
        unverified: counted.iter().map(|counts| counts.unverified).sum(),
    }
}

struct Counts {
    left: Side,
    right: Side,
    /// Links by strength, strongest first.
    strengths: [usize; 3],
    unverified: usize,
}

/// Of how many ids something is said, and of how many that they have nothing on the other side.
struct Side {
    all: usize,
    stated: usize,
    nothing: usize,
}

fn counts(program: &Program, (from, to): (CrosswalkSide, CatalogueId)) -> Counts {
    let lines = lines(program, (from, to));
    let with = |strength: Strength| lines.iter().filter(|line| line.strength == Some(strength)).count();
    let left: Vec<&str> = lines.iter().filter_map(|line| line.left.map(|end| end.id)).collect();
    let right: Vec<&str> = lines.iter().filter_map(|line| line.right.map(|end| end.id)).collect();
    let is_link = |line: &&Line<'_>| line.strength.is_some();
    Counts {
        left: Side {
            all: ends(program, from).len(),
            stated: distinct(&left),
            nothing: lines.iter().filter(|line| line.right.is_none()).count(),
        },
        right: Side {
            all: ends(program, CrosswalkSide::Catalogue(to)).len(),
            stated: distinct(&right),
            nothing: lines.iter().filter(|line| line.left.is_none()).count(),
        },
        strengths: STRENGTHS.map(with),
        unverified: lines.iter().filter(is_link).filter(|line| line.unverified).count(),
    }
}

fn distinct(ids: &[&str]) -> usize {
    ids.iter().collect::<BTreeSet<_>>().len()
}

fn heads(lang: Lang) -> Vec<String> {
    let [full, partial, supports] = STRENGTHS.map(strength_label);
    let heads = [
        Bilingual::new("対応元", "from"),
        Bilingual::new("対応先", "to"),
        Bilingual::new("対応元の記載", "from stated"),
        Bilingual::new("対応先なし", "to none"),
        Bilingual::new("対応先の記載", "to stated"),
        Bilingual::new("対応元なし", "from none"),
        full,
        partial,
        supports,
        Bilingual::new("未確認", "unverified"),
    ];
    heads.iter().map(|head| head.get(lang).to_owned()).collect()
}

fn row(program: &Program, (from, to): (CrosswalkSide, CatalogueId), counts: &Counts) -> Vec<String> {
    let stated = |side: &Side| [format!("{}/{}", side.stated, side.all), side.nothing.to_string()];
    let names = [document(program, from).0, document(program, CrosswalkSide::Catalogue(to)).0];
    let sides = [&counts.left, &counts.right].into_iter().flat_map(stated);
    let numbers = counts.strengths.iter().chain([&counts.unverified]).map(usize::to_string);
    names.map(str::to_owned).into_iter().chain(sides).chain(numbers).collect()
}

/// A standard that maps to one catalogue says of each what it maps to: otherwise nobody knows whether anybody looked.
fn absent(selection: Selection<'_>, pairs: &[(CrosswalkSide, CatalogueId)]) -> Vec<Bilingual> {
    let program = selection.program;
    let has_any = |side| program.crosswalks.iter().any(|crosswalk| crosswalk.from == side);
    let standards = (0..program.standards.len()).map(CrosswalkSide::Standard).filter(|side| has_any(*side));
    let mut absent = Vec::new();
    for standard in standards {
        let wanted = program.catalogues.ids().filter(|id| selection.catalogue.is_none_or(|only| only == *id));
        for catalogue in wanted.filter(|catalogue| !pairs.contains(&(standard, *catalogue))) {
            let from = document(program, standard).0;
            let to = document(program, CrosswalkSide::Catalogue(catalogue)).0;
            absent.push(bilingual!(
                "`{from}` から `{to}` への対応表がない",
                "no crosswalk leads from `{from}` to `{to}`"
            ));
        }
    }
    absent
}
