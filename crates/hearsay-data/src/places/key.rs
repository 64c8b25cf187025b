//! The keys by which names of places meet. The build script uses this file too.

/// The key of a name: lower case, marks over letters and apostrophes left out, hyphens as spaces, no Arabic article.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(' ') if out.ends_with(' ') || out.is_empty() => {}
            Some(c) => out.push(c),
            None => {}
        }
    }
    out.truncate(out.trim_end().len());
    let article = ["al ", "el ", "ad ", "ar ", "as ", "at ", "az ", "an "].iter().any(|a| out.starts_with(a));
    if article && out.len() > 6 {
        out.drain(..3);
    }
    // Nearly all names go without; then nothing is copied.
    if [" al ", " el "].iter().any(|a| out.contains(a)) {
        return out.replace(" al ", " ").replace(" el ", " ");
    }
    out
}

/// A letter without its marks; none for what is left out.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        '-' | ' ' | '–' | '.' => ' ',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ạ' | 'ả' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'ḍ' | 'đ' | 'ḑ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' | 'ệ' => 'e',
        'ğ' | 'ġ' => 'g',
        'ḥ' | 'ħ' | 'ẖ' | 'ḩ' => 'h',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'ĭ' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ṣ' | 'ș' => 's',
        'ţ' | 'ť' | 'ṭ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
        c if c.is_alphanumeric() => c,
        _ => return None,
    })
}
