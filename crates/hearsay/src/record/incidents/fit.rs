//! Two reports held against each other: what agrees, what does not, and what that weighs together.

use super::view::{Place, Side, View, Views, is_spot};
use crate::record::words::Bag;
use hearsay_types::incident::{Count, written};
use hearsay_types::{NumberKind, Precision};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::sync::LazyLock;

/// What is asked of two reports. The weights stand in `hearsay-data/linking/joins.tsv` under these names.
pub const FEATURES: [&str; 39] = [
    "bias",
    "same trigger",
    "same mode",
    "other mode",
    "actor same",
    "actor part",
    "actor words same",
    "actor words other",
    "actor other",
    "recipient same",
    "recipient part",
    "recipient words same",
    "recipient words other",
    "recipient other",
    "place same",
    "place near",
    "place other name",
    "place far",
    "day same",
    "day next",
    "days overlap",
    "days apart",
    "no day",
    "told within three days",
    "told before the act",
    "published apart",
    "number same",
    "number near",
    "number other",
    "words",
    "words in the article",
    "names",
    "names in the article",
    "no name in common",
    "articles",
    "recalled",
    "one ahead",
    "distance",
    "words alone",
];

/// The features' values, in the order of [`FEATURES`].
pub type Features = [f64; FEATURES.len()];

/// What the features weigh, and what else decides which groups are put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// For reports in two articles, and within one.
    pub features: [Features; 2],
    /// What a pair of clearly different acts counts beside its score.
    pub different: f64,
    /// What a pair counts that was not held against each other.
    pub not_held: f64,
    /// Two groups are put together if their mean is above this.
    pub least: f64,
}

static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::read(hearsay_data::linking::joins(), 1));

impl Weights {
    /// The weights that ship.
    pub fn shipped() -> &'static Weights {
        &SHIPPED
    }

    /// Reads a table like the one that ships; `column` is 1 for the weights and 3 for the first guesses. What the table does not
    /// name weighs nothing.
    pub fn read(table: &str, column: usize) -> Weights {
        let rows = table.lines().filter(|l| !l.starts_with('#'));
        let rows: FxHashMap<&str, Vec<&str>> =
            rows.filter_map(|l| l.split_once('\t')).map(|(name, rest)| (name, rest.split('\t').collect())).collect();
        let weight = |name: &str, at: usize| {
            let found = rows.get(name).and_then(|row| row.get(column - 1 + at)?.parse().ok());
            found.unwrap_or_default()
        };
        Weights {
            features: [FEATURES.map(|name| weight(name, 0)), FEATURES.map(|name| weight(name, 1))],
            different: weight("different", 0),
            not_held: weight("not held", 0),
            least: weight("least", 0),
        }
    }

    /// The log-odds that two reports tell of one act.
    pub(super) fn score(&self, held: &Held) -> f64 {
        let weights = &self.features[usize::from(held.within)];
        let score: f64 = weights.iter().zip(&held.features).map(|(w, f)| w * f).sum();
        if held.differs() { score.min(0.0) + self.different } else { score }
    }
}

/// How two sides meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meet {
    /// They exclude each other.
    Other,
    /// Words that differ and need not exclude each other: "gunmen", "the attackers".
    OtherWords,
    /// One is not told.
    Open,
    /// Words in common.
    Words,
    /// One is a part of the other.
    Part,
    /// The same.
    Same,
}

/// How two places meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Near {
    Far,
    OtherName,
    Open,
    Close,
    Same,
}

/// How two times meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// At least one is not told.
    Open,
    /// So many days lie between them; 0 where they overlap. Exact where both tell a day.
    Gap(i32, bool),
}

/// Two reports held against each other.
pub(super) struct Held {
    pub(super) actors: Meet,
    pub(super) recipients: Meet,
    pub(super) place: Near,
    pub(super) when: When,
    pub(super) number: Option<(Ordering, NumberKind)>,
    pub(super) within: bool,
    pub(super) features: Features,
}

pub(super) fn hold(views: &Views, one: &View, two: &View) -> Held {
    let (actors, recipients) = sides(one, two);
    let (place, when) = (places(one, two), times(one, two));
    let within = one.report.article == two.report.article;
    let number = numbers(one, two);
    let mut held = Held { actors, recipients, place, when, number, within, features: [0.0; FEATURES.len()] };
    held.features = held.weighed(views, one, two);
    held
}

impl Held {
    /// Whether both clearly tell of different acts.
    fn differs(&self) -> bool {
        let days = match self.when {
            When::Gap(gap, exact) => gap > if exact { 1 } else { 7 },
            When::Open => false,
        };
        let others = [self.actors == Meet::Other, self.recipients == Meet::Other, self.place == Near::Far, days];
        others.iter().filter(|o| **o).count() > 1 || (days && self.number.is_none_or(|n| n.0 != Ordering::Equal))
    }

    /// Whether both tell of an act of speech and nobody that took part is the same: anyone may say the like.
    fn is_of_words_alone(&self, one: &View) -> bool {
        let speech = matches!(one.report.quad, 1 | 3);
        speech && self.actors < Meet::Words && self.recipients < Meet::Words
    }

    fn weighed(&self, views: &Views, one: &View, two: &View) -> Features {
        let is = |truth: bool| f64::from(u8::from(truth));
        let modes = one.report.mode.as_ref().zip(two.report.mode.as_ref());
        let side = |meet: Meet| {
            [Meet::Same, Meet::Part, Meet::Words, Meet::OtherWords, Meet::Other].map(|wanted| is(meet == wanted))
        };
        let (actors, recipients) = (side(self.actors), side(self.recipients));
        let near = [Near::Same, Near::Close, Near::OtherName, Near::Far].map(|wanted| is(self.place == wanted));
        let (same, next, overlap, apart) = match self.when {
            When::Gap(0, true) => (1.0, 0.0, 0.0, 0.0),
            When::Gap(1, true) => (0.0, 1.0, 0.0, 0.0),
            When::Gap(0, false) => (0.0, 0.0, 1.0, 0.0),
            When::Gap(gap, _) => (0.0, 0.0, 0.0, 0.5 + f64::from(gap.min(10)) / 20.0),
            When::Open => (0.0, 0.0, 0.0, 0.0),
        };
        let number = |wanted: Ordering| is(self.number.is_some_and(|n| n.0 == wanted));
        let text = texts(views, one, two, self.within);
        let published = one.published.zip(two.published).map_or(0, |(a, b)| (a - b).abs());
        [
            1.0,
            is(one.trigger == two.trigger),
            is(modes.is_some_and(|(a, b)| a == b)),
            is(modes.is_some_and(|(a, b)| a != b)),
            actors[0],
            actors[1],
            actors[2],
            actors[3],
            actors[4],
            recipients[0],
            recipients[1],
            recipients[2],
            recipients[3],
            recipients[4],
            near[0],
            near[1],
            near[2],
            near[3],
            same,
            next,
            overlap,
            apart,
            is(self.when == When::Open),
            is(told_soon(one, two) || told_soon(two, one)),
            is(told_before(one, two) || told_before(two, one)),
            f64::from(published).ln_1p() / 3.0,
            number(Ordering::Equal),
            number(Ordering::Greater),
            number(Ordering::Less),
            text[0],
            text[1],
            text[2],
            text[3],
            text[4],
            text[5],
            is(one.recalled || two.recalled),
            is(one.is_ahead() != two.is_ahead()),
            if self.within { (one.report.at.abs_diff(two.report.at) as f64).min(3_000.0) / 3_000.0 } else { 0.0 },
            is(self.is_of_words_alone(one)),
        ]
    }
}

/// How the words of both agree: of the sentences, with the articles' beginnings, of names alone.
fn texts(views: &Views, one: &View, two: &View, within: bool) -> [f64; 6] {
    let (first, second) = (views.lead(one), views.lead(two));
    let empty = Bag::default();
    // In one article its beginning tells nothing.
    let leads = if within { (&empty, &empty) } else { (first, second) };
    let cover = |a: &View, b: &View, lead: &Bag| Bag::cover(&a.bag.words, [&b.bag, lead]);
    let named = |a: &View, b: &View, lead: &Bag| Bag::cover(&a.names, [&b.bag, lead]);
    let plain = named(one, two, &empty).max(named(two, one, &empty));
    let wide = (named(one, two, leads.1), named(two, one, leads.0));
    let both = !one.names.is_empty() && !two.names.is_empty();
    [
        one.bag.cosine(&two.bag),
        cover(one, two, leads.1).min(cover(two, one, leads.0)),
        plain,
        wide.0.min(wide.1),
        f64::from(u8::from(both && wide.0.max(wide.1) == 0.0)),
        if within { 0.0 } else { first.cosine(second) },
    ]
}

/// Whether the second was published on the day of the first's act or up to three days later, and tells no time itself.
fn told_soon(one: &View, two: &View) -> bool {
    let Some((from, to)) = one.days.filter(|_| one.exact && two.days.is_none()) else { return false };
    two.published.is_some_and(|p| p >= from && p <= to + 3)
}

/// Whether the second was published before the first's act, and does not speak of what is to come.
fn told_before(one: &View, two: &View) -> bool {
    let Some((from, _)) = one.days.filter(|_| one.exact && !two.is_ahead()) else { return false };
    two.published.is_some_and(|p| p < from)
}

/// Who did it and to whom. Acts that two do together have no direction.
fn sides(one: &View, two: &View) -> (Meet, Meet) {
    let straight = (meet(&one.actors, &two.actors), meet(&one.recipients, &two.recipients));
    if !matches!(one.report.kind.as_str(), "CONSULT" | "AGREE" | "COOPERATE" | "SUPPORT") {
        return straight;
    }
    let crossed = (meet(&one.actors, &two.recipients), meet(&one.recipients, &two.actors));
    let worth = |pair: (Meet, Meet)| (pair.0.min(pair.1), pair.0.max(pair.1));
    if worth(crossed) > worth(straight) { crossed } else { straight }
}

fn meet(one: &Side, two: &Side) -> Meet {
    let common = |a: &[_], b: &[_]| a.iter().any(|id| b.binary_search(id).is_ok());
    if common(&one.ids, &two.ids) {
        return Meet::Same;
    }
    if common(&one.wholes, &two.ids) || common(&one.ids, &two.wholes) {
        return Meet::Part;
    }
    if one.words.iter().any(|w| two.words.binary_search(w).is_ok()) {
        return Meet::Words;
    }
    match (one.ids.is_empty(), two.ids.is_empty(), one.words.is_empty(), two.words.is_empty()) {
        (false, false, _, _) => Meet::Other,
        (_, _, false, false) => Meet::OtherWords,
        _ => Meet::Open,
    }
}

fn places(one: &View, two: &View) -> Near {
    let pairs = one.spots.iter().flat_map(|a| two.spots.iter().map(move |b| near(a, b)));
    let best = pairs.max().unwrap_or(Near::Open);
    // Of a sentence that only names other places one cannot tell that its act was elsewhere.
    if best < Near::Open && !(one.own_place && two.own_place) { best.max(Near::OtherName) } else { best }
}

/// So many kilometres are one place, and so many may lie between a town and the middle of its region.
const KILOMETRES: (f64, f64) = (12.0, 150.0);

fn near(one: &Place, two: &Place) -> Near {
    if one.key == two.key || (one.spot.id.is_some() && one.spot.id == two.spot.id) {
        return Near::Same;
    }
    let country = one.spot.country.as_ref().zip(two.spot.country.as_ref());
    let whole = |p: &Place| matches!(p.spot.precision, Precision::Country);
    if whole(one) || whole(two) {
        return match country {
            Some((a, b)) if a == b => Near::Close,
            Some(_) => Near::Far,
            None => Near::Open,
        };
    }
    let exact = is_spot(one.spot.precision) && is_spot(two.spot.precision);
    match kilometres(one, two) {
        Some(km) if km <= if exact { KILOMETRES.0 } else { KILOMETRES.1 } => Near::Close,
        Some(_) => Near::Far,
        None => Near::OtherName,
    }
}

/// The distance on the globe (haversine, a mean radius of 6,371 km).
fn kilometres(one: &Place, two: &Place) -> Option<f64> {
    let at = |p: &Place| Some((p.spot.lat?.to_radians(), p.spot.lon?.to_radians()));
    let (a, b) = (at(one)?, at(two)?);
    let half = |d: f64| (d / 2.0).sin().powi(2);
    let h = half(b.0 - a.0) + a.0.cos() * b.0.cos() * half(b.1 - a.1);
    Some(2.0 * 6_371.0 * h.sqrt().min(1.0).asin())
}

fn times(one: &View, two: &View) -> When {
    let gap = |a: (i32, i32), b: (i32, i32)| (b.0 - a.1).max(a.0 - b.1).max(0);
    let (Some(a), Some(b)) = (one.days, two.days) else { return When::Open };
    // A sentence may tell several times, and which is that of the act is easily mistaken.
    let other = |days, view: &View| view.other_days.iter().any(|o| gap(days, *o) == 0);
    match gap(a, b) {
        0 => When::Gap(0, one.exact && two.exact),
        _ if other(a, two) || other(b, one) => When::Gap(0, false),
        days => When::Gap(days, one.exact && two.exact),
    }
}

/// Equal: some number is the same. Greater: it may have grown, or one is a bound of the other. Less: they exclude each other.
fn numbers(one: &View, two: &View) -> Option<(Ordering, NumberKind)> {
    let pairs = one.report.numbers.iter().flat_map(|a| two.report.numbers.iter().map(move |b| (a, b)));
    let held = pairs.filter(|(a, b)| a.kind == b.kind).filter_map(|(a, b)| Some((compare(a, b)?, a.kind)));
    // The same is best, then what may be.
    held.min_by_key(|(o, _)| match o {
        Ordering::Equal => 0,
        Ordering::Greater => 1,
        Ordering::Less => 2,
    })
}

fn compare(a: &Count, b: &Count) -> Option<Ordering> {
    let bounds = |c: &Count| Some((c.low.or(c.high)?, c.high.or(c.low)?));
    let (x, y) = (bounds(a)?, bounds(b)?);
    if x == y {
        return Some(Ordering::Equal);
    }
    let (small, large) = (x.0.min(y.0), x.1.max(y.1));
    let may = large - small <= 5 || large <= small.saturating_mul(5) / 2;
    Some(if may { Ordering::Greater } else { Ordering::Less })
}

/// Why the first belongs to the second: what agrees, in plain words.
pub(super) fn why(views: &Views, one: &View, two: &View, held: &Held) -> String {
    let mut parts = vec![act(one, two)];
    parts.extend(sides_told(held));
    parts.extend(place_told(one, two, held.place));
    parts.extend(match held.when {
        When::Gap(0, true) => Some("same day".to_owned()),
        When::Gap(1, true) => Some("days next to each other".to_owned()),
        When::Gap(0, false) => Some("days overlap".to_owned()),
        When::Gap(..) => None,
        When::Open => Some("days do not exclude each other".to_owned()),
    });
    parts.extend(number_told(one, two, held));
    parts.extend(words_told(views, one, two));
    parts.join("; ")
}

fn act(one: &View, two: &View) -> String {
    let kind = one.report.kind.as_str();
    let same = one.trigger == two.trigger;
    if same { format!("same act ({kind}, “{}”)", one.report.trigger) } else { format!("same kind of act ({kind})") }
}

fn sides_told(held: &Held) -> Option<String> {
    let told = |meet: Meet, who: &str| match meet {
        Meet::Same => Some(format!("same {who}")),
        Meet::Part => Some(format!("one {who} is a part of the other")),
        Meet::Words => Some(format!("like {who}")),
        _ => None,
    };
    match (told(held.actors, "actor"), told(held.recipients, "recipient")) {
        (Some(a), Some(b)) => Some(format!("{a}, {b}")),
        (a, b) => a.or(b),
    }
}

fn place_told(one: &View, two: &View, near: Near) -> Option<String> {
    match near {
        Near::Same => {
            let same = one.spots.iter().find(|a| two.spots.iter().any(|b| self::near(a, b) == Near::Same))?;
            Some(format!("same place ({})", same.spot.name))
        }
        Near::Close => Some("one place lies in or near the other".to_owned()),
        _ => None,
    }
}

fn number_told(one: &View, two: &View, held: &Held) -> Option<String> {
    let (order, kind) = held.number?;
    let of = |v: &View| v.report.numbers.iter().find(|n| n.kind == kind).map(|n| written(n.low, n.high));
    let kind = format!("{kind:?}").to_lowercase();
    match order {
        Ordering::Equal => Some(format!("both tell of {} {kind}", of(one)?)),
        Ordering::Greater => Some(format!("{} and {} {kind} go together", of(two)?, of(one)?)),
        Ordering::Less => None,
    }
}

/// The rarest words that both sentences have.
fn words_told(views: &Views, one: &View, two: &View) -> Option<String> {
    let mut shared: Vec<(u32, f32)> = one.bag.shared(&two.bag).collect();
    shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    shared.truncate(4);
    let all = crate::record::words::words(&one.report.sentence);
    let form = |id: u32| all.iter().find(|w| views.lexicon.id(w.form) == Some(id)).map(|w| w.form);
    let forms: Vec<&str> = shared.iter().filter_map(|(id, _)| form(*id)).collect();
    (!forms.is_empty()).then(|| format!("both say {}", forms.join(", ")))
}
