//! Bytes to text: which encoding is this page in?
//!
//! A byte order mark is believed before what the transport says, that before what the page says of itself (WHATWG HTML,
//! 13.2.3), and none of them against the bytes: a label under which the bytes are no text, or that calls valid UTF-8
//! something else, is wrong, and then the encoding is guessed from the bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use hearsay_types::{Note, Stage};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// A page's text and the encoding it was in.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static Encoding,
    pub notes: Vec<Note>,
}

/// How far into a page its own label is looked for. The standard says 1,024 bytes; pages do not keep to it.
const PRESCAN: usize = 8 << 10;

/// Decodes a page.
///
/// `transport` is the label that came with the page, `markup` tells whether the page may label itself, and the end of
/// the host name in `url` helps a guess along.
pub(super) fn decode(bytes: &[u8], transport: Option<&str>, markup: bool, url: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return finish(encoding, &bytes[length..], None);
    }
    if let Some(encoding) = utf16(bytes) {
        return finish(encoding, bytes, None);
    }
    let own = || markup.then(|| own_label(&bytes[..bytes.len().min(PRESCAN)])).flatten();
    let declared = transport.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(own);
    let chosen = choose(bytes, declared, url);
    finish(chosen, bytes, declared)
}

fn finish(encoding: &'static Encoding, bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    let mut text = text.into_owned();
    let mut notes = Vec::new();
    if let Some(wrong) = declared.filter(|d| *d != encoding && !bytes.is_ascii()) {
        let message = format!("it says that it is {}, but its bytes are {}", wrong.name(), encoding.name());
        notes.push(Note::new(Stage::Read, "encoding-wrong", message));
    }
    if replaced || text.contains('\0') {
        // A zero byte ends a text for many programs; a space takes the same room.
        text = text.replace('\0', " ");
        let message = format!("some of its bytes are no {} and were replaced", encoding.name());
        notes.push(Note::new(Stage::Read, "invalid-bytes", message));
    }
    Decoded { text, encoding, notes }
}

/// UTF-16 by its byte order mark or, where it has none, by the zeros that every second byte of Latin text is.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let mostly = |many: usize, few: usize| pairs >= 4 && many * 2 > pairs && few * 50 <= pairs;
    if mostly(odd, even) { Some(UTF_16LE) } else { mostly(even, odd).then_some(UTF_16BE) }
}

/// What a page says of its own encoding: `<meta charset>`, `<meta http-equiv content>`, the XML prolog.
fn own_label(head: &[u8]) -> Option<&'static Encoding> {
    let label = LABEL.captures_iter(head).find_map(|found| found.name("meta").or(found.name("prolog")))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // What could be read so far is no UTF-16, whatever it says.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

// Comments are matched so that a label inside one is passed over.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?is-u)<!--.*?-->|<\?xml[^>]{0,200}?\sencoding\s*=\s*["'](?<prolog>[a-z0-9_.:-]+)|<meta\s[^>]{0,1000}?charset\s*=\s*["']?\s*(?<meta>[a-z0-9_.:-]+)"#,
    )
    .expect("the pattern is part of the program")
});

fn choose(bytes: &[u8], declared: Option<&'static Encoding>, url: Option<&str>) -> &'static Encoding {
    let escapes = declared == Some(ISO_2022_JP) || bytes.contains(&0x1b);
    if bytes.is_ascii() && !escapes {
        return UTF_8;
    }
    let utf8 = Utf8::of(bytes);
    if utf8.wrong == 0 && utf8.right > 0 && !declared.is_some_and(|d| outweighs(d, bytes, utf8)) {
        return UTF_8;
    }
    if let Some(fits) = declared.filter(|d| fits(d, bytes)) {
        return fits;
    }
    // A page with a few stray bytes, or with a passage pasted from another encoding, is still UTF-8.
    if utf8.right >= 10 * utf8.wrong && utf8.right > 0 || declared == Some(UTF_8) && utf8.right > utf8.wrong {
        return UTF_8;
    }
    guess(bytes, url)
}

/// How much of the bytes above ASCII is UTF-8.
#[derive(Debug, Clone, Copy)]
struct Utf8 {
    right: usize,
    wrong: usize,
}

impl Utf8 {
    fn of(bytes: &[u8]) -> Self {
        let mut count = Utf8 { right: 0, wrong: 0 };
        for chunk in bytes.utf8_chunks() {
            count.right += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
            count.wrong += usize::from(!chunk.invalid().is_empty());
        }
        count
    }
}

/// Two or three characters of a two-byte encoding can be valid UTF-8 by chance; then the label decides.
fn outweighs(declared: &'static Encoding, bytes: &[u8], utf8: Utf8) -> bool {
    let two_bytes = [GBK, GB18030, BIG5, EUC_JP, EUC_KR, SHIFT_JIS].contains(&declared);
    two_bytes && utf8.right < 4 && fits(declared, bytes)
}

/// Whether the bytes are text under this label.
fn fits(declared: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, replaced) = declared.decode_without_bom_handling(bytes);
    !replaced && !text.chars().any(|c| matches!(c, '\u{80}'..='\u{9f}')) && !mostly_accents(&text)
}

/// Whether most letters are Latin ones with accents: what Cyrillic, Greek or Arabic looks like under a Latin label.
fn mostly_accents(text: &str) -> bool {
    let accented = text.chars().filter(|c| matches!(c, '\u{c0}'..='\u{ff}')).count();
    let plain = text.chars().filter(|c| c.is_ascii_alphabetic()).count();
    // Markup is plain letters: even a page in Greek has more of them than of its own.
    accented > 40 && accented * 5 > plain && adjacent(text) * 3 > accented
}

/// How many accented letters follow another one. In a Latin alphabet that is rare.
fn adjacent(text: &str) -> usize {
    let accented = |c: char| matches!(c, '\u{c0}'..='\u{ff}');
    text.chars().zip(text.chars().skip(1)).filter(|(a, b)| accented(*a) && accented(*b)).count()
}

fn guess(bytes: &[u8], url: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let domain = url.and_then(top_level_domain);
    detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Deny)
}

fn top_level_domain(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let (_, last) = url.domain()?.rsplit_once('.')?;
    // The detector panics on anything but lower-case ASCII letters.
    (!last.is_empty() && last.bytes().all(|b| b.is_ascii_lowercase())).then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};

    const RUSSIAN: &str = "Представитель министерства заявил, что группа не имеет отношения к нападению на пост.";
    const ARABIC: &str = "قال متحدث باسم الوزارة إن الجماعة لا علاقة لها بالهجوم على النقطة الحدودية أمس.";

    fn codes(decoded: &Decoded) -> Vec<&'static str> {
        decoded.notes.iter().map(|n| n.code).collect()
    }

    #[test]
    fn a_byte_order_mark_is_believed_first() {
        let decoded = decode(b"\xef\xbb\xbfcaf\xc3\xa9", Some("windows-1252"), true, None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("café", UTF_8));
        let utf16: Vec<u8> = "\u{feff}Año".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16, None, false, None).text, "Año");
    }

    #[test]
    fn utf16_is_seen_without_a_mark() {
        let big: Vec<u8> = "<p>Words without a mark".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big, Some("utf-8"), true, None).text, "<p>Words without a mark");
    }

    #[test]
    fn labels_are_found_where_pages_put_them() {
        for head in [
            "<meta charset=windows-1251>",
            "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1251'>",
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?>",
            "<!-- <meta charset=utf-8> --><meta charset=\"windows-1251\" />",
        ] {
            let bytes = [head.as_bytes(), &WINDOWS_1251.encode(RUSSIAN).0].concat();
            let decoded = decode(&bytes, None, true, None);
            assert!(decoded.text.ends_with(RUSSIAN), "{head}");
            assert_eq!(codes(&decoded), Vec::<&str>::new());
        }
    }

    #[test]
    fn a_label_against_the_bytes_is_wrong() {
        let utf8 = decode("<meta charset=iso-8859-1>café".as_bytes(), None, true, None);
        assert_eq!((utf8.encoding, codes(&utf8)), (UTF_8, vec!["encoding-wrong"]));
        let russian = WINDOWS_1251.encode(RUSSIAN).0;
        for label in ["utf-8", "iso-8859-1"] {
            let decoded = decode(&russian, Some(label), false, None);
            assert_eq!((decoded.text.as_str(), codes(&decoded)), (RUSSIAN, vec!["encoding-wrong"]), "{label}");
        }
    }

    #[test]
    fn without_a_label_the_bytes_tell() {
        assert_eq!(decode(&WINDOWS_1256.encode(ARABIC).0, None, false, None).text, ARABIC);
        assert_eq!(
            decode(&WINDOWS_1252.encode("El año pasado, señaló la señora.").0, None, false, None).text,
            "El año pasado, señaló la señora."
        );
    }

    #[test]
    fn a_label_that_fits_is_kept_for_a_page_full_of_accents() {
        let french = "Très tôt, l'été déjà passé, la préfecture a répété que la décrue était arrêtée. ".repeat(8);
        let decoded = decode(&WINDOWS_1252.encode(&french).0, Some("iso-8859-1"), false, None);
        assert_eq!((decoded.text, decoded.encoding), (french, WINDOWS_1252));
    }

    #[test]
    fn stray_bytes_do_not_make_a_page_something_else() {
        let mut bytes = "Der Sprecher erklärte, über die Brücke dürfe niemand. ".repeat(3).into_bytes();
        bytes.extend(b"\x92 \0 end");
        let decoded = decode(&bytes, Some("utf-8"), false, None);
        assert_eq!((decoded.encoding, codes(&decoded)), (UTF_8, vec!["invalid-bytes"]));
        assert!(decoded.text.ends_with("\u{fffd}   end"), "{}", decoded.text);
    }
}
