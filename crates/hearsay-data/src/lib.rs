//! What hearsay ships: rules, lexicons, gazetteer and weights. Each folder names its source, its licence and the command
//! that rebuilds it.
//!
//! Tables are embedded as the readable files they are and read once, at first use.
#![forbid(unsafe_code)]

mod pages;
pub mod press;
pub mod words;

pub use pages::{block_weights, page_hints};

/// The rows of a tab-separated table: comments (`#`) and empty lines left out.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}
