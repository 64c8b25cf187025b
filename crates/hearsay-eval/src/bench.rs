//! Where benchmark data lies, and the figures all subcommands share.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The folder of the benchmarks: `HEARSAY_BENCH`, else `../shared/bench`.
pub fn folder() -> PathBuf {
    std::env::var_os("HEARSAY_BENCH").map_or_else(|| PathBuf::from("../shared/bench"), PathBuf::from)
}

/// The rows of an xz-packed file of JSON lines below the benchmark folder; none where the file is absent.
pub fn rows(name: &str) -> Result<Option<Vec<Value>>> {
    let path = folder().join(name);
    if !path.exists() {
        return Ok(None);
    }
    let mut input = BufReader::new(File::open(&path)?);
    let mut bytes = Vec::new();
    lzma_rs::xz_decompress(&mut input, &mut bytes)
        .with_context(|| format!("{} is not a sound xz file", path.display()))?;
    parsed(&String::from_utf8(bytes)?).map(Some)
}

/// The rows of a file of JSON lines as it lies.
pub fn plain_rows(path: &Path) -> Result<Vec<Value>> {
    parsed(&std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?)
}

fn parsed(text: &str) -> Result<Vec<Value>> {
    text.lines().map(|line| serde_json::from_str(line).context("a row is not JSON")).collect()
}

/// Processor time that this thread has used so far, in seconds; the time since `start` where the system does not tell.
pub fn cpu_seconds(start: std::time::Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|s| s.split(' ').next().and_then(|n| n.parse::<f64>().ok()));
    nanos.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
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
