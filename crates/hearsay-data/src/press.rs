//! What is known about newspapers' pages: month names, the words of their furniture, datelines, dated facts.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Month names by language: twelve entries a language, each a list of forms parted by blanks; `_` stands for a blank inside.
pub static MONTHS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| read("months", MONTHS_FILE));

/// The words by which pages talk about themselves.
pub static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| read("furniture", FURNITURE_FILE));

/// What datelines name.
pub static DATELINES: LazyLock<Datelines> = LazyLock::new(|| read("datelines", DATELINES_FILE));

/// Dated facts that bound when a story can have been published.
pub static FACTS: LazyLock<Facts> = LazyLock::new(|| read("facts", FACTS_FILE));

/// The weights that tell a story's lines from the rest of a scraped page.
pub static LINE_WEIGHTS: LazyLock<LineWeights> = LazyLock::new(|| read("lines", LINES_FILE));

const LINES_FILE: &str = include_str!("../weights/lines/lines.toml");
const FACTS_FILE: &str = include_str!("../press/facts.toml");
const MONTHS_FILE: &str = include_str!("../press/months.toml");
const FURNITURE_FILE: &str = include_str!("../press/furniture.toml");
const DATELINES_FILE: &str = include_str!("../press/datelines.toml");

/// Words and phrases by what a line that holds one does. A trailing `*` stands for any ending.
#[derive(Debug, Deserialize)]
pub struct Furniture {
    /// Tells when the story was published.
    pub published: Vec<String>,
    /// Tells when it was changed.
    pub updated: Vec<String>,
    /// Begins a byline.
    pub byline: Vec<String>,
    /// Asks for consent, a subscription, a click.
    pub ask: Vec<String>,
    /// Points to another story.
    pub more: Vec<String>,
    /// Belongs to readers' comments.
    pub comment: Vec<String>,
    /// Marks a picture's credit.
    pub credit: Vec<String>,
    /// Names at the end who printed the story first.
    pub first_printed: Vec<String>,
    /// Stands in an archive's banner.
    pub banner: Vec<String>,
}

/// Places, regions and agencies that stand in datelines.
#[derive(Debug, Deserialize)]
pub struct Datelines {
    /// Cities that need no region beside them.
    pub places: Vec<String>,
    /// Countries and states, as they follow a city after a comma.
    pub regions: Vec<String>,
    /// News agencies.
    pub agencies: Vec<String>,
}

/// Dated facts. Days are ISO 8601; patterns are regular expressions over text in small letters.
#[derive(Debug, Deserialize)]
pub struct Facts {
    /// What happened.
    pub event: Vec<DatedEvent>,
    /// Who came into office.
    pub office: Vec<DatedOffice>,
    /// What got its name.
    pub name: Vec<DatedName>,
}

/// An event that no story can speak of before it began.
#[derive(Debug, Deserialize)]
pub struct DatedEvent {
    /// What it is called here.
    pub name: String,
    /// Its first day.
    pub begins: String,
    /// How English stories speak of it.
    pub patterns: Vec<String>,
    /// On what the day rests.
    pub basis: String,
}

/// A person in an office.
#[derive(Debug, Deserialize)]
pub struct DatedOffice {
    /// The office.
    pub title: String,
    /// The holder's names, in small letters.
    pub names: Vec<String>,
    /// The first day of the first term.
    pub from: String,
    /// From an election to the oath.
    pub elect: Vec<[String; 2]>,
    /// On what the days rest.
    pub basis: String,
}

/// A name that came into use on a known day.
#[derive(Debug, Deserialize)]
pub struct DatedName {
    /// The name.
    pub name: String,
    /// The first day.
    pub from: String,
    /// How it is written.
    pub patterns: Vec<String>,
    /// On what the day rests.
    pub basis: String,
}

/// A network of one hidden layer over named numbers, and a line over the numbers of a gap between stories. A number is
/// brought to scale, `(x - mean) / scale`, before it is weighed.
#[derive(Debug, Deserialize)]
pub struct LineWeights {
    /// The names of the numbers, in order.
    pub names: Vec<String>,
    /// Their means.
    pub mean: Vec<f32>,
    /// Their scales.
    pub scale: Vec<f32>,
    /// One row a hidden unit.
    pub hidden: Vec<Vec<f32>>,
    /// What is added to each hidden unit, which is nought where it would be negative.
    pub hidden_bias: Vec<f32>,
    /// One row an answer: body, title, caption.
    pub out: Vec<Vec<f32>>,
    /// What is added to each answer.
    pub out_bias: Vec<f32>,
    /// Where one story ends and the next begins.
    pub gap: GapWeights,
}

/// Weights of the numbers of a gap.
#[derive(Debug, Deserialize)]
pub struct GapWeights {
    /// Their means.
    pub mean: Vec<f32>,
    /// Their scales.
    pub scale: Vec<f32>,
    /// Their weights.
    pub weights: Vec<f32>,
    /// What is added; above nought, a story ends here.
    pub bias: f32,
}

/// Reads one of the files that are built in; a test of this crate reads them all.
fn read<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|e| panic!("the built-in file {name} is broken: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_twelve_months() {
        for (language, months) in MONTHS.iter() {
            assert_eq!(months.len(), 12, "{language}");
        }
    }

    #[test]
    fn the_built_in_files_are_read() {
        assert!(FACTS.event.iter().all(|e| e.begins.len() == 10 && !e.patterns.is_empty() && !e.basis.is_empty()));
        assert!(FACTS.office.iter().all(|o| o.from.len() == 10 && !o.names.is_empty() && !o.basis.is_empty()));
        assert!(FACTS.name.iter().all(|n| n.from.len() == 10 && !n.patterns.is_empty() && !n.basis.is_empty()));
        assert!(FURNITURE.more.len() > 20);
        assert!(DATELINES.places.iter().any(|p| p == "Beirut"));
    }
}
