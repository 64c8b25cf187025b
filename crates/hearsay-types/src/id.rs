//! Ids are hashes of content, so that two runs, or a laptop and a cluster, make the same rows.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::marker::PhantomData;

/// The id of a row of kind `T`: SHA-256 of its content, cut to 128 bits, written as 32 hexadecimal digits.
#[derive(Serialize, Deserialize)]
#[serde(try_from = "String", into = "String", bound = "")]
pub struct Id<T> {
    bytes: [u8; 16],
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// Hashes `parts` in order. Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Id { bytes, kind: PhantomData }
    }

    /// As [`Id::of`], for a thing that belongs to another: the first two bytes are those of the owner's id, so that all
    /// rows of one article lie together in an index that is sorted by id. The owner's id is hashed as well.
    pub fn within<U>(owner: &Id<U>, parts: &[&[u8]]) -> Self {
        let mut all: Vec<&[u8]> = vec![owner.as_bytes()];
        all.extend_from_slice(parts);
        let mut id = Self::of(&all);
        id.bytes[..2].copy_from_slice(&owner.bytes[..2]);
        id
    }

    /// The raw 16 bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.bytes
    }

    /// Reads 32 hexadecimal digits, as [`fmt::Display`] writes them.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        read_hex(text, &mut bytes)?;
        Some(Id { bytes, kind: PhantomData })
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}
impl<T> Eq for Id<T> {}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes.cmp(&other.bytes)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.bytes, f)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<T> From<Id<T>> for String {
    fn from(id: Id<T>) -> String {
        id.to_string()
    }
}
impl<T> TryFrom<String> for Id<T> {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Id::parse(&text).ok_or("an id is 32 hexadecimal digits")
    }
}

/// The id of an article: its page's id and its number on the page.
pub type ArticleId = Id<crate::Article>;
/// The id of a sentence: its article's id and its span.
pub type SentenceId = Id<crate::Sentence>;
/// The id of a mention: its article's id, kind and span.
pub type MentionId = Id<crate::Mention>;
/// The id of an actor: its key in the actor data, or the article it was found in and its name.
pub type ActorId = Id<crate::Actor>;
/// The id of a claim: its article's id and its spans.
pub type ClaimId = Id<crate::Claim>;
/// The id of an event: its article's id, trigger and type.
pub type EventId = Id<crate::Event>;
/// The id of a story: the smallest id of its articles.
pub type StoryId = Id<crate::StoryChange>;

/// The id of a page: the whole SHA-256 of its bytes as they were saved, 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PageId([u8; 32]);

impl PageId {
    /// Hashes the saved bytes.
    pub fn of(bytes: &[u8]) -> Self {
        PageId(Sha256::digest(bytes).into())
    }

    /// The raw 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        read_hex(text, &mut bytes)?;
        Some(PageId(bytes))
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}
impl fmt::Debug for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl From<PageId> for String {
    fn from(id: PageId) -> String {
        id.to_string()
    }
}
impl TryFrom<String> for PageId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        PageId::parse(&text).ok_or("a page id is 64 hexadecimal digits")
    }
}

/// Written as a whole: a record holds many ids, and a formatter call a byte is slow.
fn write_hex<const N: usize>(bytes: &[u8; N], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    f.write_str(std::str::from_utf8(&text[..2 * N]).map_err(|_| fmt::Error)?)
}

fn read_hex(text: &str, out: &mut [u8]) -> Option<()> {
    let text = text.as_bytes();
    if text.len() != 2 * out.len() {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(text.chunks_exact(2)) {
        let digit = |c: u8| (c as char).to_digit(16);
        *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_and_read_alike() {
        let id = ArticleId::of(&[b"page", b"0"]);
        assert_eq!(ArticleId::parse(&id.to_string()), Some(id));
        assert_eq!(ArticleId::parse("x"), None);
        let page = PageId::of(b"bytes");
        assert_eq!(PageId::parse(&page.to_string()), Some(page));
    }

    #[test]
    fn ids_within_an_article_begin_like_it() {
        let article = ArticleId::of(&[b"page", b"0"]);
        let other = ArticleId::of(&[b"page", b"1"]);
        let id = SentenceId::within(&article, &[b"7"]);
        assert_eq!(id.as_bytes()[..2], article.as_bytes()[..2]);
        assert_ne!(id.as_bytes()[2..], SentenceId::within(&other, &[b"7"]).as_bytes()[2..]);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(ArticleId::of(&[b"ab", b"c"]), ArticleId::of(&[b"a", b"bc"]));
    }
}
