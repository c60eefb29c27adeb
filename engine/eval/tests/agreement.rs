//! The two evaluators agree, less evidence never looks better, and verdicts depend neither on the order of rows nor on threads.
//!
//! `cargo run --release -p kijun-eval --example agreement -- 100000` looks at more cases than these.

#[path = "agreement/mod.rs"]
mod agreement;

/// How many cases a normal run looks at: a few seconds.
const CASES: u64 = 5_000;

#[test]
fn evaluators_agree_and_less_evidence_never_looks_better() {
    match agreement::run(0, CASES) {
        Err(difference) => panic!("{difference}"),
        Ok(seen) => {
            for verdict in kijun_ir::Verdict::ALL {
                assert!(seen.rules(verdict) > 0, "no generated rule is {verdict:?}");
            }
            assert_eq!(seen.absent(), [] as [String; 0], "constructs that were not generated");
        }
    }
}
