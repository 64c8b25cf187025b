//! What ships with the program, and the hashes it is known by.

use std::collections::BTreeMap;

/// The SHA-256 of each part of the data that bears on the rows, by name.
pub fn hashes() -> BTreeMap<String, String> {
    hearsay_data::shipped().iter().map(|(name, hash)| ((*name).to_owned(), (*hash).to_owned())).collect()
}
