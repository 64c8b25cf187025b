//! How alike two spellings of a name sound: names from Arabic, Hebrew, Persian or Cyrillic are written in many ways.
//!
//! A weighted edit distance: letters that transliterations exchange ("q" and "k", "e" and "i") cost little, others what they
//! are worth. Every word has to be alike, so that one long word that two names share does not hide that the other differs.

use super::names::is_article;

/// Fewer consonants than these are too few to tell names apart.
pub const LEAST: usize = 3;

/// How alike two names have to be to be one.
pub const ENOUGH: f64 = 0.9;

/// How alike each of their words has to be.
const WORD: f64 = 0.8;

/// How alike two names sound, from 0 to 1; 0 where one of their words is another.
pub fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    if a.len() == b.len() && !a.is_empty() {
        let each: Vec<f64> = a.iter().zip(&b).map(|(x, y)| likeness(x, y)).collect();
        return if each.iter().all(|s| *s >= WORD) { each.iter().sum::<f64>() / each.len() as f64 } else { 0.0 };
    }
    // "Izz ad-Din" and "Ezzedine".
    likeness(&a.concat(), &b.concat())
}

/// The words of a name in lower case, without marks and articles; what is written with two letters for one sound is one.
fn words(name: &str) -> Vec<Vec<char>> {
    let plain = hearsay_data::places::key(name);
    let small = |w: &str| is_article(w) || matches!(w, "the" | "az" | "as" | "ar" | "at");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !small(w)).map(letters).collect()
}

fn letters(word: &str) -> Vec<char> {
    const SOUNDS: [(&str, &str); 10] = [
        ("kh", "x"),
        ("gh", "g"),
        ("sh", "$"),
        ("ch", "$"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
    ];
    let word = SOUNDS.iter().fold(word.to_owned(), |w, (from, to)| w.replace(from, to));
    let mut out: Vec<char> = word.chars().collect();
    out.dedup();
    out
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// What it costs to read one letter for another.
fn change(a: char, b: char) -> f64 {
    let pair = |x: char, y: char| (a, b) == (x, y) || (a, b) == (y, x);
    match () {
        () if a == b => 0.0,
        () if pair('q', 'k') || pair('c', 'k') || pair('y', 'i') || pair('x', 'h') => 0.1,
        () if pair('e', 'i') || pair('o', 'u') || pair('v', 'w') || pair('v', 'f') || pair('s', 'z') => 0.15,
        () if pair('a', 'e')
            || pair('q', 'g')
            || pair('g', 'j')
            || pair('d', 'z')
            || pair('x', 'k')
            || pair('c', 's') =>
        {
            0.3
        }
        () if is_vowel(a) && is_vowel(b) => 0.6,
        () => 1.0,
    }
}

/// What it costs to leave a letter out.
fn loss(c: char, first: bool) -> f64 {
    match c {
        'h' => 0.2,
        _ if is_vowel(c) && !first => 0.35,
        _ if is_vowel(c) => 0.8,
        _ => 1.0,
    }
}

fn likeness(a: &[char], b: &[char]) -> f64 {
    let mut row: Vec<f64> = vec![0.0];
    for (j, y) in b.iter().enumerate() {
        row.push(row[j] + loss(*y, j == 0));
    }
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] += loss(*x, i == 0);
        for (j, y) in b.iter().enumerate() {
            let cost = (corner + change(*x, *y)).min(row[j + 1] + loss(*x, i == 0)).min(row[j] + loss(*y, j == 0));
            corner = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    1.0 - row[b.len()] / (a.len().max(b.len()).max(1)) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_of_one_name_are_alike() {
        let pairs = [
            ("Qassam", "Kassam"),
            ("Qassam", "Qasam"),
            ("Hezbollah", "Hizbullah"),
            ("Izz ad-Din al-Qassam Brigades", "Izz el-Deen al-Kassam Brigades"),
            ("Deir al-Zor", "Deir az-Zour"),
            ("Jabhat al-Nusra", "Jabhet an-Nusrah"),
            ("Muqtada", "Moqtada"),
        ];
        for (a, b) in pairs {
            assert!(alike(a, b) >= ENOUGH, "{a} {b} {}", alike(a, b));
        }
    }

    #[test]
    fn false_friends_are_not() {
        let pairs = [
            ("Jaish al-Islam", "Jaysh al-Salam"),
            ("Northern Front", "Southern Front"),
            ("Qassam", "Kosmo"),
            ("Qassam", "Gasim"),
            ("Liwa al-Haqq", "Liwa al-Quds"),
            ("Mahdi Army", "Madi Arms"),
            ("Ahrar al-Sham", "Ahrar al-Sharqiya"),
            ("Hamas", "Homs"),
        ];
        for (a, b) in pairs {
            assert!(alike(a, b) < ENOUGH, "{a} {b} {}", alike(a, b));
        }
    }
}
