//! Which place does each name stand for?
//!
//! All names of an article are weighed together: a name stands for one place in one article. A place gains by its people,
//! by what the text says it lies in ("Paris, Texas"), by countries and regions that the text speaks of, and by other
//! names whose places lie near. Two rounds: the second knows what the first thinks of the others.

use super::names::Name;
use super::words::{country, country_of_code};
use crate::shallow::Words;
use hearsay_data::actors::Country;
use hearsay_data::places::{Gazetteer, Place, key};
use hearsay_data::regions::country_point;
use std::collections::HashMap;

/// What a name can stand for.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// A country.
    Country(&'static Country),
    /// A place of a gazetteer.
    Place(Place<'a>),
}

impl Target<'_> {
    /// Where it lies, or where its label stands; degrees north and east.
    pub fn at(&self) -> Option<(f64, f64)> {
        match self {
            Target::Country(c) => country_point(c.alpha2),
            Target::Place(p) => p.at,
        }
    }

    /// ISO 3166-1 alpha-2.
    pub fn country(&self) -> Option<&str> {
        match self {
            Target::Country(c) => Some(c.alpha2),
            Target::Place(p) => p.country,
        }
    }

    fn kind(&self) -> &str {
        match self {
            Target::Country(_) => "country",
            Target::Place(p) => p.kind,
        }
    }

    /// Whether `other` lies in it.
    fn holds(&self, other: &Target) -> bool {
        match (self, other) {
            (Target::Country(_), Target::Country(_)) => false,
            (Target::Country(c), Target::Place(p)) => p.country == Some(c.alpha2),
            (Target::Place(a), Target::Place(p)) if matches!(a.kind, "region" | "district") && !a.inside.is_empty() => {
                let below = p.inside.strip_prefix(a.inside);
                below.is_some_and(|b| b.starts_with('.') || b.is_empty() && p.kind == "settlement")
            }
            _ => false,
        }
    }

    /// How likely a reader thinks of it, before the text is known.
    fn prior(&self) -> f64 {
        match self {
            Target::Country(_) => 26.0,
            Target::Place(p) => {
                let kind = match p.kind {
                    "region" => -0.5,
                    "area" => 26.0,
                    "district" => -2.0,
                    _ => 0.0,
                };
                let capital = country_of_code(p.country.unwrap_or("")).is_some_and(|c| c.capital == p.name);
                ((p.population + 300) as f64).ln() + kind + if capital && p.kind == "settlement" { 4.0 } else { 0.0 }
            }
        }
    }
}

/// A name of the article with all that it can stand for.
struct Group<'a> {
    targets: Vec<Target<'a>>,
    /// What the text alone says for each.
    told: Vec<f64>,
    /// What each weighs among them; one in all.
    weights: Vec<f64>,
}

/// The most places of one name that are weighed.
const MOST: usize = 30;

/// What each name stands for; none where no gazetteer knows it.
pub fn choose<'a>(
    words: &Words,
    names: &[Name],
    spoken: &HashMap<&'static str, usize>,
    maps: &[&'a Gazetteer],
) -> Vec<Option<Target<'a>>> {
    let (index, mut groups) = gather(words, names, maps);
    tell(words, names, &index, &mut groups);
    for group in &mut groups {
        let context: Vec<f64> = group.targets.iter().map(|t| t.prior() + country_spoken(t, spoken)).collect();
        group.told.iter_mut().zip(&context).for_each(|(t, c)| *t += c);
        group.weights = weights(&group.told);
    }
    for _ in 0..2 {
        let scores: Vec<Vec<f64>> = (0..groups.len()).map(|g| scores(g, &groups)).collect();
        groups.iter_mut().zip(&scores).for_each(|(g, s)| g.weights = weights(s));
    }
    let best =
        |g: &Group<'a>| (0..g.targets.len()).max_by(|a, b| g.weights[*a].total_cmp(&g.weights[*b]).then(b.cmp(a)));
    index.iter().map(|i| groups.get((*i)?).and_then(|g| Some(g.targets[best(g)?]))).collect()
}

/// What makes two names one: the key, the country of a short form, the kind told.
type Told<'n> = (&'n str, Option<&'n str>, Option<&'n str>);

/// Names that are one name, and the group of each name.
fn gather<'a>(words: &Words, names: &[Name], maps: &[&'a Gazetteer]) -> (Vec<Option<usize>>, Vec<Group<'a>>) {
    let mut places: HashMap<Told, Option<usize>> = HashMap::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut index = Vec::new();
    for name in names {
        let kind = kind_told(words, name);
        let group = *places.entry((&name.key, name.country, kind)).or_insert_with(|| {
            let targets = targets(name, kind, maps);
            // A place that is called so itself is thought of before one that has the name as a second spelling.
            let own = |t: &Target| matches!(t, Target::Place(p) if p.kind == "settlement" && key(p.name) == name.key);
            let told = targets.iter().map(|t| if own(t) { 0.7 } else { 0.0 }).collect();
            (!targets.is_empty()).then(|| {
                groups.push(Group { targets, told, weights: Vec::new() });
                groups.len() - 1
            })
        });
        index.push(group);
    }
    (index, groups)
}

/// The kind of place that the word behind a name tells: "Corsa province", "Perrin County".
fn kind_told(words: &Words, name: &Name) -> Option<&'static str> {
    match words.lower(name.range.end) {
        "province" | "governorate" | "oblast" | "state" | "region" | "prefecture" => Some("region"),
        "county" | "parish" | "district" => Some("district"),
        _ => None,
    }
}

fn targets<'a>(name: &Name, kind: Option<&str>, maps: &[&'a Gazetteer]) -> Vec<Target<'a>> {
    let state = country(&name.key).filter(|c| name.country.is_none_or(|n| n == c.alpha2)).map(Target::Country);
    let known: Vec<Place> =
        maps.iter().map(|m| m.named(&name.key).collect::<Vec<_>>()).find(|l| !l.is_empty()).unwrap_or_default();
    let fits = |p: &Place| match (name.country, kind) {
        (Some(code), _) => p.country == Some(code) && p.kind == "region",
        (_, Some(kind)) => p.kind == kind,
        _ => true,
    };
    let mut fitting: Vec<Place> = known.iter().copied().filter(|p| fits(p)).collect();
    if fitting.is_empty() {
        fitting = known;
    }
    fitting.sort_by_key(|p| std::cmp::Reverse(p.population));
    fitting.truncate(MOST);
    state.into_iter().chain(fitting.into_iter().map(Target::Place)).collect()
}

/// "Paris, Texas", "Corsa in the province of Perrin": a name and what it is said to lie in; lists of the same kind.
fn tell(words: &Words, names: &[Name], index: &[Option<usize>], groups: &mut [Group]) {
    for (n, pair) in names.windows(2).enumerate() {
        let (Some(a), Some(b)) = (index[n], index[n + 1]) else { continue };
        let between = pair[0].range.end..pair[1].range.start;
        if a == b || pair[0].sentence != pair[1].sentence {
            continue;
        }
        let comma = between.len() == 1 && words.lower(between.start) == ",";
        let within = between.len() < 6 && between.clone().any(|i| matches!(words.lower(i), "in" | "of"));
        if comma || within {
            lies_in(a, b, if comma { 12.0 } else { 5.0 }, groups);
        }
        if within {
            lies_in(b, a, 1.0, groups);
        }
        let list = between.len() < 3 && between.into_iter().all(|i| matches!(words.lower(i), "," | "and" | "or"));
        if list {
            alike(a, b, groups);
        }
    }
}

/// Weighs up the pairs of which the second holds the first.
fn lies_in(inner: usize, outer: usize, weight: f64, groups: &mut [Group]) {
    let (one, two) = (groups[inner].targets.clone(), groups[outer].targets.clone());
    for (i, target) in one.iter().enumerate() {
        if two.iter().any(|o| o.holds(target)) {
            groups[inner].told[i] += weight;
        }
    }
    for (o, target) in two.iter().enumerate() {
        if one.iter().any(|i| target.holds(i)) {
            groups[outer].told[o] += weight / 3.0;
        }
    }
}

/// Weighs up what is of one kind and country, as members of a list are.
fn alike(a: usize, b: usize, groups: &mut [Group]) {
    let same = |x: &Target, y: &Target| {
        x.kind() == y.kind() && (x.kind() == "country" || x.kind() == "region" && x.country() == y.country())
    };
    for (from, to) in [(a, b), (b, a)] {
        let others = groups[from].targets.clone();
        // A name that can be but one kind of thing tells what its neighbour is.
        let sure = others.iter().max_by(|x, y| x.prior().total_cmp(&y.prior())).copied();
        let Some(sure) = sure else { continue };
        let group = &mut groups[to];
        group.targets.iter().zip(&mut group.told).filter(|(t, _)| same(t, &sure)).for_each(|(_, told)| *told += 3.0);
    }
}

/// A country that the text speaks of draws names to it.
fn country_spoken(target: &Target, spoken: &HashMap<&'static str, usize>) -> f64 {
    let n = target.country().and_then(|c| spoken.get(c)).copied().unwrap_or(0);
    if n == 0 || matches!(target, Target::Country(_)) { 0.0 } else { 2.5 + (n as f64).ln().min(3.0) }
}

fn scores(which: usize, groups: &[Group]) -> Vec<f64> {
    let group = &groups[which];
    let support = |t: &Target| {
        let others = groups.iter().enumerate().filter(|(i, _)| *i != which);
        let all: f64 =
            others.map(|(_, g)| g.targets.iter().zip(&g.weights).map(|(o, w)| w * draw(t, o)).sum::<f64>()).sum();
        all.min(12.0)
    };
    group.targets.iter().zip(&group.told).map(|(t, told)| told + support(t)).collect()
}

/// How much a place that the text speaks of draws another to it.
fn draw(target: &Target, other: &Target) -> f64 {
    if matches!(target, Target::Country(_)) || target.kind() == "area" {
        return 0.0;
    }
    let region = matches!(other.kind(), "region" | "district") && other.holds(target);
    let near = match (target.at(), other.at()) {
        (Some(a), Some(b)) if !matches!(other, Target::Country(_)) && other.kind() != "area" => {
            3.0 * (-km(a, b) / 90.0).exp()
        }
        _ => 0.0,
    };
    let country = if target.country() == other.country() { 0.7 } else { 0.0 };
    if region { 4.0f64.max(near) + country } else { near + country }
}

/// Kilometres between two points, near enough for places that are not far apart.
fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let east = (a.1 - b.1).abs();
    let east = east.min(360.0 - east) * ((a.0 + b.0) / 2.0).to_radians().cos();
    111.2 * (a.0 - b.0).hypot(east)
}

fn weights(scores: &[f64]) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let raw: Vec<f64> = scores.iter().map(|s| (s - most).exp()).collect();
    let all: f64 = raw.iter().sum();
    raw.into_iter().map(|r| r / all).collect()
}
