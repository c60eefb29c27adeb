//! Which controls of other standards a duty answers.

use kijun_ir::{CatalogueId, Crosswalk, CrosswalkSide};

use super::Subject;
use super::model::{self, Catalogue, Control, Link};
use crate::words::strength_label;

/// The controls that a duty of a standard maps to.
pub(super) fn controls(subject: Subject<'_>, standard: usize, duty: &str) -> Vec<Link> {
    let crosswalks = subject.program.crosswalks.iter();
    let own = crosswalks.filter(|crosswalk| crosswalk.from == CrosswalkSide::Standard(standard));
    own.flat_map(|crosswalk| links(subject, crosswalk)).filter(|link| link.from == duty).collect()
}

/// The crosswalks that concern a standard: its own, and those between catalogues.
pub(super) fn crosswalks(subject: Subject<'_>, standard: usize) -> Vec<model::Crosswalk> {
    let concerned = subject.program.crosswalks.iter().filter(|crosswalk| match crosswalk.from {
        CrosswalkSide::Standard(of) => of == standard,
        CrosswalkSide::Catalogue(_) => true,
    });
    let written = concerned.map(|crosswalk| model::Crosswalk {
        from: match crosswalk.from {
            CrosswalkSide::Standard(of) => {
                subject.program.standards.get(of).map(|of| of.title.clone()).unwrap_or_default()
            }
            CrosswalkSide::Catalogue(of) => subject.program.catalogues[of].title.clone(),
        },
        to: subject.program.catalogues[crosswalk.to].title.clone(),
        links: links(subject, crosswalk).collect(),
        unmapped: crosswalk.unmapped.clone(),
        unanswered: crosswalk.unanswered.clone(),
    });
    written.collect()
}

/// The catalogues, each control with what of the standard maps to it.
pub(super) fn catalogues(subject: Subject<'_>, standard: usize) -> Vec<Catalogue> {
    let catalogues = subject.program.catalogues.iter().map(|(id, catalogue)| {
        let all = incoming(subject, standard, id);
        let controls = catalogue.controls.iter().map(|control| Control {
            id: control.id.clone(),
            title: control.title.clone(),
            unverified: control.unverified,
            from: all.iter().filter(|link| link.control == control.id).cloned().collect(),
        });
        Catalogue { title: catalogue.title.clone(), doc: catalogue.doc.clone(), controls: controls.collect() }
    });
    catalogues.collect()
}

fn incoming(subject: Subject<'_>, standard: usize, to: CatalogueId) -> Vec<Link> {
    let crosswalks = subject.program.crosswalks.iter();
    let own = crosswalks
        .filter(|crosswalk| crosswalk.to == to && crosswalk.from == CrosswalkSide::Standard(standard));
    own.flat_map(|crosswalk| links(subject, crosswalk)).collect()
}

fn links<'a>(subject: Subject<'a>, crosswalk: &'a Crosswalk) -> impl Iterator<Item = Link> + 'a {
    let catalogue = &subject.program.catalogues[crosswalk.to];
    crosswalk.links.iter().map(move |link| {
        let control = catalogue.controls.iter().find(|control| control.id == link.control);
        Link {
            from: link.from.clone(),
            catalogue: catalogue.title.clone(),
            control: link.control.clone(),
            title: control.map(|control| control.title.clone()).unwrap_or_default(),
            strength: strength_label(link.strength),
            basis: link.basis.clone(),
            unverified: link.unverified || control.is_some_and(|control| control.unverified),
        }
    })
}
