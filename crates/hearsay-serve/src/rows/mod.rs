//! Questions to the record. Each gives plain rows; spans are bytes of an article's text.

pub mod actors;
pub mod articles;
pub mod claims;
pub mod events;
pub mod incidents;
pub mod network;
pub mod places;
pub mod relation;
pub mod start;
pub mod times;

use crate::error::Trouble;

/// A list of pairs of bytes, `[[120,141],[150,160]]`.
pub fn spans(json: &str) -> Result<Vec<(usize, usize)>, Trouble> {
    Ok(serde_json::from_str(json)?)
}

/// The words of spans, an ellipsis between two.
pub fn words(text: &str, spans: &[(usize, usize)]) -> String {
    let each = spans.iter().filter_map(|&(start, end)| text.get(start..end));
    each.collect::<Vec<_>>().join(" … ")
}

/// A stretch of rows, and where the next one begins.
pub struct Stretch<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What to ask for to get the next ones, if there are more.
    pub next: Option<String>,
}

impl<T> Stretch<T> {
    /// Cuts what was asked for with one row too many.
    pub fn cut(mut rows: Vec<T>, size: usize, key: impl Fn(&T) -> String) -> Stretch<T> {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(key);
        Stretch { rows, next }
    }
}
