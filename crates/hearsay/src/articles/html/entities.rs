//! Character references, after the HTML Standard.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr2;

/// Longest name in the standard's table, with its semicolon.
const LONGEST: usize = 32;

/// Decodes every character reference in `raw` and drops NUL characters.
pub(super) fn decode(raw: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr2(b'&', 0, rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('\0') {
            rest = &rest[1..];
            continue;
        }
        let used = reference(&rest[1..], in_attribute, &mut out);
        if used == 0 {
            out.push('&');
        }
        rest = &rest[1 + used..];
    }
    out.push_str(rest);
    out
}

/// Decodes the reference behind an ampersand and tells how many bytes it took; none is no reference.
fn reference(after: &str, in_attribute: bool, out: &mut String) -> usize {
    match after.strip_prefix('#') {
        Some(number) => numeric(number, out).map_or(0, |n| n + 1),
        None => named(after, in_attribute, out).unwrap_or(0),
    }
}

fn numeric(after: &str, out: &mut String) -> Option<usize> {
    let (radix, digits, sign) = match after.as_bytes().first()? {
        b'x' | b'X' => (16, &after[1..], 1),
        _ => (10, after, 0),
    };
    let len = digits.bytes().take_while(|b| (*b as char).is_digit(radix)).count();
    if len == 0 {
        return None;
    }
    let code =
        digits[..len].chars().fold(0u32, |n, c| n.saturating_mul(radix).saturating_add(c.to_digit(radix).unwrap_or(0)));
    out.push(character(code));
    Some(sign + len + usize::from(digits[len..].starts_with(';')))
}

fn character(code: u32) -> char {
    let replaced = code.checked_sub(0x80).and_then(|n| C1_REPLACEMENTS.get(n as usize)).copied().flatten();
    replaced.or_else(|| char::from_u32(code).filter(|c| *c != '\0')).unwrap_or('\u{FFFD}')
}

fn named(after: &str, in_attribute: bool, out: &mut String) -> Option<usize> {
    let len = after.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let closed = after[len..].starts_with(';').then_some(len + 1);
    let (used, chars) =
        closed.into_iter().chain((2..=len.min(6)).rev()).find_map(|n| Some((n, look_up(&after[..n])?)))?;
    let open = !after[..used].ends_with(';');
    let next = after.as_bytes().get(used);
    if open && in_attribute && next.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=') {
        return None;
    }
    out.extend(chars.into_iter().flatten());
    Some(used)
}

fn look_up(name: &str) -> Option<[Option<char>; 2]> {
    let &(a, b) = NAMED_ENTITIES.get(name)?;
    (a != 0).then(|| [char::from_u32(a), char::from_u32(b).filter(|c| *c != '\0')])
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_become_characters() {
        assert_eq!(decode("a &amp; b &eacute;&#233;&#xE9;&hellip;", false), "a & b ééé…");
        assert_eq!(decode("&copy 2012 &notit; &nosuch; & &", false), "© 2012 ¬it; &nosuch; & &");
        assert_eq!(decode("&#147;quoted&#148; &#0; &#x110000;", false), "“quoted” \u{FFFD} \u{FFFD}");
    }

    #[test]
    fn a_query_in_an_attribute_keeps_its_ampersands() {
        assert_eq!(decode("?a=1&copy=2&amp;lang=ar", true), "?a=1&copy=2&lang=ar");
    }
}
