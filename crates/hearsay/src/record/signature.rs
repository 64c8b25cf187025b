//! What is kept of an article: hashes of its sentences, of its runs of words, and the keys under which likely reprints lie.

use hearsay_types::{Article, Role, Signature};
use unicode_segmentation::UnicodeSegmentation;

/// How many words a run has whose hash is kept.
pub(super) const RUN: usize = 4;
/// How many MinHash bands there are, each of [`ROWS`] values.
const BANDS: usize = 20;
const ROWS: usize = 2;
/// How many of the first sentences give a key each.
const LEADS: usize = 4;
/// A shorter sentence gives none: "He gave no details."
const LEAD_WORDS: usize = 8;

/// The signature of an article's body, without its dateline.
pub(super) fn of(article: &Article) -> Signature {
    let body = article.passages.iter().filter(|p| p.role == Role::Body).map(|p| p.span.of(&article.text));
    let text: Vec<&str> = if article.passages.is_empty() { vec![&article.text] } else { body.collect() };
    let sentences: Vec<Vec<String>> =
        text.iter().flat_map(|t| sentences(t)).map(folded).filter(|s| !s.is_empty()).collect();
    let hashes: Vec<u64> = sentences.iter().map(|s| hash(s.iter())).collect();
    let words: Vec<&String> = sentences.iter().flatten().collect();
    let runs: Vec<u64> = words.windows(RUN).map(|w| hash(w.iter().copied())).collect();
    let leads =
        sentences.iter().zip(&hashes).filter(|(s, _)| s.len() >= LEAD_WORDS).take(LEADS).map(|(_, h)| mixed(*h ^ LEAD));
    let mut bands: Vec<u64> = min_hash_bands(&runs).into_iter().chain(leads).collect();
    if bands.is_empty() {
        bands.extend(hashes.iter().map(|h| mixed(*h ^ LEAD)));
    }
    bands.sort_unstable();
    bands.dedup();
    Signature {
        article: article.id,
        sentences: hashes,
        bands,
        sketch: runs.into_iter().map(|r| (r >> 32) as u32).collect(),
    }
}

/// Keeps lead keys apart from band keys.
const LEAD: u64 = 0x6c65_6164;

/// Cuts at the signs that end sentences, in any script, and at line ends.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '!', '?', '؟', '۔', '।', '。', '！', '？', '\n'])
}

/// The words in small letters, signs left out.
fn folded(sentence: &str) -> Vec<String> {
    sentence.unicode_words().map(str::to_lowercase).collect()
}

/// FNV-1a over the words, each ended, then mixed.
fn hash<'a>(words: impl Iterator<Item = &'a String>) -> u64 {
    let bytes = words.flat_map(|w| w.bytes().chain([0xff]));
    mixed(bytes.fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)))
}

/// The finaliser of SplitMix64: spreads every bit.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One key a band of MinHash values. Two texts of which a share j of the runs is common share a key with the chance
/// 1 - (1 - j^2)^20: 99.7 % for a half, 85 % for three tenths.
fn min_hash_bands(runs: &[u64]) -> Vec<u64> {
    if runs.is_empty() {
        return Vec::new();
    }
    let least = |seed: usize| runs.iter().map(|r| mixed(r ^ mixed(seed as u64))).min().unwrap_or(0);
    let band = |b: usize| (0..ROWS).fold(mixed(b as u64), |key, row| mixed(key ^ least(b * ROWS + row)));
    (0..BANDS).map(band).collect()
}
