//! What a file is, by its first bytes and then by its name.

use super::charset;
use regex::bytes::Regex;
use std::sync::LazyLock;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    Warc,
    JsonLines,
    Feed,
    Html,
    Text,
    /// Something that holds no page, in words that follow "the file is".
    Foreign(&'static str),
}

/// Tells what a file is that begins with `head`, which is the whole file if it is short.
pub(super) fn tell(path: &str, head: &[u8]) -> Kind {
    // Before anything else: the records of a WARC file may well hold images or packed bytes.
    if head.trim_ascii_start().starts_with(b"WARC/") {
        return Kind::Warc;
    }
    if let Some(what) = foreign(head) {
        return Kind::Foreign(what);
    }
    let decoded;
    let mut words = head;
    if let Some(utf16) = charset::utf16(head) {
        decoded = utf16.decode_without_bom_handling(head).0;
        words = decoded.as_bytes();
    } else if binary(head) {
        return Kind::Foreign("binary data");
    }
    let words = words.strip_prefix("\u{feff}".as_bytes()).unwrap_or(words).trim_ascii_start();
    by_words(&extension(path), words)
}

fn by_words(extension: &str, words: &[u8]) -> Kind {
    if words.is_empty() {
        Kind::Empty
    } else if JSON.is_match(words) {
        Kind::JsonLines
    } else if JSON_ARRAY.is_match(words) {
        Kind::Foreign("one JSON array (give one object a line)")
    } else if MHTML.is_match(words) {
        Kind::Foreign("a page saved as MHTML (save it as HTML or WARC)")
    } else if FEED.is_match(words) {
        Kind::Feed
    } else if html(extension, words) {
        Kind::Html
    } else {
        Kind::Text
    }
}

/// A page begins with a tag, or has a tag that only pages have, or is called one and has any tag.
fn html(extension: &str, words: &[u8]) -> bool {
    let called = matches!(extension, "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx" | "jsp");
    OPENS.is_match(words) || PAGE.is_match(words) || called && TAG.is_match(words)
}

fn extension(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_owned())
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is part of the program")
}

static JSON: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^\{\s*["}]"#));
static JSON_ARRAY: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^\[\s*\{\s*""#));
static MHTML: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?is)^(from: |mime-version: |snapshot-content-location: ).*multipart/related"));
// A feed's root, after the prolog, style sheets, document types and comments.
static FEED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?is-u)^(<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>]*>\s*)*<(rss|feed|rdf:rdf|atom:feed)[\s>]")
});
static OPENS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i-u)^<(!doctype|!--|\?xml|[a-z][a-z0-9]*[\s>/])"));
static PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i-u)<(!doctype html|html|head|body)[\s>]"));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i-u)</?[a-z][a-z0-9]*[\s>/]"));

/// The beginnings of files that hold no page.
const MAGIC: [(usize, &[u8], &str); 31] = [
    (0, b"%PDF-", "a PDF document"),
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF8", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"AVI ", "an AVI video"),
    (8, b"WAVE", "a WAV recording"),
    (4, b"ftypavif", "an AVIF image"),
    (4, b"ftypheic", "a HEIC image"),
    (4, b"ftyp", "an MP4 video"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (0, b"ID3", "an MP3 recording"),
    (0, b"OggS", "an Ogg recording"),
    (0, b"fLaC", "a FLAC recording"),
    (0, b"\x1a\x45\xdf\xa3", "a Matroska or WebM video"),
    (0, b"\x7fELF", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\0asm", "a program"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"PK\x03\x04", "a ZIP archive (unpack it first)"),
    (0, b"Rar!\x1a\x07", "a RAR archive (unpack it first)"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive (unpack it first)"),
    (0, b"BZh", "packed with bzip2 (unpack it first)"),
    (0, b"\xfd7zXZ\0", "packed with xz (unpack it first)"),
    (0, b"\x04\x22\x4d\x18", "packed with LZ4 (unpack it first)"),
    (257, b"ustar", "a tar archive (unpack it first)"),
];

fn foreign(head: &[u8]) -> Option<&'static str> {
    let program = head.starts_with(b"MZ") && head.contains(&0);
    let known = MAGIC.iter().find(|(at, magic, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    // "BZh", "ID3" and the like can also begin a text; what follows them in a real file is no text.
    known
        .filter(|(_, magic, _)| magic.len() > 4 || binary(head))
        .map(|(_, _, what)| *what)
        .or(program.then_some("a program"))
}

/// Whether these bytes are no text in any encoding but UTF-16: one in a hundred is a control character that no text has.
fn binary(head: &[u8]) -> bool {
    let control = |b: &&u8| matches!(b, 0..=8 | 11 | 14..=26 | 28..=31);
    head.iter().filter(control).count() * 100 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_before_the_name() {
        assert_eq!(tell("a.html", b"WARC/1.0\r\n"), Kind::Warc);
        assert_eq!(tell("a.txt", b"<!DOCTYPE html><p>x"), Kind::Html);
        assert_eq!(tell("a.html", b"No tag at all, only words."), Kind::Text);
        assert_eq!(tell("a.xml", b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>"), Kind::Feed);
        assert_eq!(tell("a.html", b"<?xml version='1.0'?><!DOCTYPE html><html>"), Kind::Html);
        assert_eq!(tell("a.bin", b"{\"text\": 1}"), Kind::JsonLines);
        assert_eq!(tell("a.json", b"[{\"text\": 1}]"), Kind::Foreign("one JSON array (give one object a line)"));
    }

    #[test]
    fn the_name_decides_where_the_content_does_not() {
        let bytes = b"Words first, <b>then</b> a tag";
        assert_eq!(tell("a.txt", bytes), Kind::Text);
        assert_eq!(tell("A.HTM", bytes), Kind::Html);
        assert_eq!(tell("a.html.gz", bytes), Kind::Html);
    }

    #[test]
    fn what_holds_no_page_is_named() {
        assert_eq!(tell("a.html", b"%PDF-1.4\n%\xe2\xe3"), Kind::Foreign("a PDF document"));
        assert_eq!(tell("a", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"), Kind::Foreign("a JPEG image"));
        assert_eq!(tell("a", b"BZhou, a city of no country."), Kind::Text);
        assert_eq!(tell("a", &[0x01, 0x00, 0x02, 0x80, 0x03, 0x00, 0x00, 0x05]), Kind::Foreign("binary data"));
        assert_eq!(tell("a", b"Content\nFrom: x\n"), Kind::Text);
    }

    #[test]
    fn white_space_is_empty() {
        assert_eq!(tell("a.html", b""), Kind::Empty);
        assert_eq!(tell("a.html", b"\xef\xbb\xbf \r\n\t"), Kind::Empty);
    }
}
