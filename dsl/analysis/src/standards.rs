//! The duties of a standard.

use kijun_ir::{Duty, Program};

/// The duties of a standard, given by its position, in the order of its text.
pub(crate) fn duties_of(program: &Program, standard: usize) -> impl Iterator<Item = &Duty> {
    let sections = program.standards[standard].sections.iter().map(|section| &program.sections[*section]);
    let duties = sections.flat_map(|section| {
        let criteria = section.criteria.iter().flat_map(|criterion| &program.criteria[*criterion].duties);
        section.duties.iter().chain(criteria)
    });
    duties.map(|duty| &program.duties[*duty])
}
