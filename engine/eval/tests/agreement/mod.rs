//! Random programs and evidence, and what must hold of their verdicts.

mod check;
mod choices;
mod evidence;
mod less;
mod programs;
mod rules;
mod show;
mod values;

use std::sync::atomic::{AtomicU64, Ordering};

use kijun_eval::Occasion;
use kijun_ir::Program;
use rayon::ThreadPoolBuilder;

use self::choices::Choices;
use self::evidence::Draft;

pub(crate) use self::check::Seen;

/// A program, evidence for it, and the same evidence with something taken away.
struct Case {
    program: Program,
    occasion: Occasion,
    draft: Draft,
    /// In another order of rows.
    shuffled: Draft,
    less: Draft,
    /// What was taken away.
    taken: Vec<String>,
}

impl Case {
    fn generate(choices: &mut Choices) -> Self {
        let (days, occasion) = programs::occasion(choices);
        let program = programs::program(choices, &days);
        let draft = Draft::generate(choices, &program, &days);
        let mut less = draft.clone();
        let attempts = choices.within(1..4);
        let taken: Vec<String> =
            (0..attempts).filter_map(|_| less::take_away(choices, &program, &days, &mut less)).collect();
        let shuffled = draft.shuffled(choices);
        Self { program, occasion, draft, shuffled, less, taken }
    }
}

/// Checks the cases of so many seeds from `first` on; the error is the smallest failing case that was found, in words.
///
/// Each thread is a pool of one, so that a case is judged where it is made and none waits by beginning another.
pub(crate) fn run(first: u64, cases: u64) -> Result<Seen, String> {
    let next = AtomicU64::new(first);
    let seeds = || {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        (seed < first + cases).then_some(seed)
    };
    let work = || {
        let pool = ThreadPoolBuilder::new().num_threads(1).build().map_err(|error| error.to_string())?;
        pool.install(|| {
            let mut seen = Seen::default();
            while let Some(seed) = seeds() {
                match run_one(seed) {
                    Ok(more) => seen = seen.and(more),
                    Err(difference) => {
                        next.store(u64::MAX / 2, Ordering::Relaxed);
                        return Err(difference);
                    }
                }
            }
            Ok(seen)
        })
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a panic".to_owned())));
        results.reduce(|a, b| Ok(a?.and(b?))).unwrap_or_else(|| Ok(Seen::default()))
    })
}

fn run_one(seed: u64) -> Result<Seen, String> {
    let mut choices = Choices::random(seed);
    let case = Case::generate(&mut choices);
    let threads = seed.is_multiple_of(16);
    let Err(first) = check::check(&case, threads) else { return Ok(check::seen(&case)) };
    let fails = |tape: &[u32]| check::check(&Case::generate(&mut Choices::replay(tape)), threads).is_err();
    let tape = choices::shrink(choices.into_tape(), fails);
    let smallest = Case::generate(&mut Choices::replay(&tape));
    let difference = check::check(&smallest, threads).err().unwrap_or(first);
    Err(format!("seed {seed}: {difference}\n{}", show::case(&smallest)))
}
