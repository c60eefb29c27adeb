//! Reads evidence as other systems export it, and what it covers.
//!
//! `kijun.toml` → [`parse_manifest`] → [`bind`] (names resolved against the ruleset) → [`import`] (files read).

mod files;
mod import;
mod manifest;
mod read;
pub mod value;

#[cfg(test)]
mod tests;

pub use read::japanese_text;

use kijun_source::Code;

pub use files::{DiskFiles, Files, MemoryFiles};
pub use import::{
    Contradiction, FileReport, Ignored, ImportReport, MergeReport, Place, Rejection, Shown, SourceReport,
    import,
};
pub use manifest::{
    Bindings, BoundSource, ColumnOrigin, ColumnTable, Completeness, Dating, Encoding, FilePattern, Format,
    Ignore, LintSetting, Located, Manifest, Mapping, PathPattern, Plan, Setting, SettingValue, SourceTable,
    Survivor, Undatable, VouchedRows, Workspace, bind, parse_manifest, parse_survivors,
};

/// Every diagnostic that this crate can make.
pub static CODES: &[&Code] =
    &joined::<37>([manifest::TABLE_CODES, manifest::SECTION_CODES, manifest::BIND_CODES, import::CODES]);

/// The codes of what is said of evidence as it is read; the others are said of `kijun.toml` and `survivors.toml`.
pub static FINDING_CODES: &[&Code] = import::CODES;

/// The codes of a file that is not TOML.
pub static SYNTAX_CODES: &[&Code] = &[&manifest::MANIFEST_SYNTAX];

/// Several lists of codes as one of length `N`; does not compile where `N` is another length.
const fn joined<const N: usize>(groups: [&[&'static Code]; 4]) -> [&'static Code; N] {
    let mut codes = [groups[0][0]; N];
    let (mut group, mut at, mut count) = (0, 0, 0);
    while group < groups.len() {
        if at < groups[group].len() {
            codes[count] = groups[group][at];
            count += 1;
            at += 1;
        } else {
            group += 1;
            at = 0;
        }
    }
    assert!(count == N, "N is not the number of codes");
    codes
}
