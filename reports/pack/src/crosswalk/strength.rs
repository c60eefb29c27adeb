//! What may be concluded from a link, and what may not.

use kijun_ir::Strength;
use kijun_source::Bilingual;

/// The strengths, strongest first.
pub(super) const STRENGTHS: [Strength; 3] = [Strength::Full, Strength::Partial, Strength::Supports];

/// The name of a strength in files.
pub(super) fn name(strength: Strength) -> &'static str {
    match strength {
        Strength::Full => "full",
        Strength::Partial => "partial",
        Strength::Supports => "supports",
    }
}

/// What a link of a strength says.
pub(super) fn meaning(strength: Strength) -> Bilingual {
    match strength {
        Strength::Full => Bilingual::new(
            "義務の及ぶ範囲では、同じ証拠が管理策の主な証拠になる。範囲の外については何もいえない。",
            "within the scope of the duty, the same evidence is the core evidence for the control; of anything outside that scope it says nothing",
        ),
        Strength::Partial => Bilingual::new(
            "管理策が求めることの一部に当たる。残りの証拠は別に要る。",
            "it covers a part of what the control demands; the rest wants evidence of its own",
        ),
        Strength::Supports => Bilingual::new(
            "管理策のための参考の記録になる。",
            "it is useful as a supporting record for the control",
        ),
    }
}

/// What must never be concluded.
pub(super) fn caution() -> Bilingual {
    Bilingual::new(
        "一部・補助の対応だけから、管理策への適合を導いてはならない。",
        "Never derive conformity with a control from partial or supports alone.",
    )
}
