//! What hearsay ships: rules, lexicons, gazetteer and weights. Each folder names its source, its licence and the command
//! that rebuilds it.
//!
//! Tables are embedded as the readable files they are and read once, at first use.
#![forbid(unsafe_code)]

pub mod actors;
pub mod acts;
pub mod cues;
pub mod forest;
pub mod linking;
pub mod own;
mod pages;
pub mod places;
pub mod press;
pub mod regions;
pub mod stances;
pub mod triggers;
pub mod verbs;
mod weights;
pub mod words;

pub use pages::{block_weights, page_hints};
pub use weights::engine_weights;

/// The rows of a tab-separated table: comments (`#`) and empty lines left out.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

/// What ships, a folder a line, with the SHA-256 over the names and bytes of its files.
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    include!(concat!(env!("OUT_DIR"), "/shipped.rs"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_ships_is_named_with_its_hash() {
        let names: Vec<&str> = super::shipped().iter().map(|(name, _)| *name).collect();
        assert!(names.contains(&"lexicons"), "{names:?}");
        assert!(super::shipped().iter().all(|(_, hash)| hash.len() == 64));
    }
}
