//! Where benchmark data lies, and the figures all subcommands share.

use std::path::PathBuf;

/// The folder of the benchmarks: `HEARSAY_BENCH`, else `../shared/bench`.
#[allow(dead_code)] // The subcommands that take no file use it.
pub fn folder() -> PathBuf {
    std::env::var_os("HEARSAY_BENCH").map_or_else(|| PathBuf::from("../shared/bench"), PathBuf::from)
}

/// Counts of a comparison of found things with expected ones.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    /// How many are expected.
    pub gold: usize,
    /// How many were found.
    pub found: usize,
    /// How many of them are right.
    pub right: usize,
}

impl Score {
    /// Harmonic mean of precision and recall, in per cent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |n: usize| 100.0 * self.right as f64 / n.max(1) as f64;
        write!(f, "P {:.1} R {:.1} F1 {:.1}", share(self.found), share(self.gold), self.f1())
    }
}
