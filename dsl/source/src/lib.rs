//! Files, spans and diagnostics: what every later stage points into.
//!
//! A leaf: it knows neither the language nor the evidence, so that an error in a
//! ruleset, in `kijun.toml` and in line 300 of a CP932 export look the same.
#![deny(clippy::disallowed_methods)]

mod bilingual;
mod diagnostic;
mod file;
mod fix;
mod nearest;
mod page;
mod render;
mod slip;

pub use bilingual::{Bilingual, Lang};
pub use diagnostic::{Code, Diagnostic, Label, Level};
pub use file::{FileId, LineColumn, SourceFile, Sources, Span};
pub use fix::{Edit, Fix, mend};
pub use nearest::nearest;
pub use page::{Example, Page, PageError};
pub use render::{Style, render};
pub use slip::offer_slips;
