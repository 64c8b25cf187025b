//! The map: precision is drawn as area, and a country never as a point.

use super::tenth;
use crate::borders::countries;
use crate::rows::places::Spot;
use crate::words::{counted, escaped};
use maud::{Markup, html};
use std::fmt::Write;

const WIDTH: f64 = 1000.0;
/// The highest that a map is drawn.
const TALLEST: f64 = 640.0;
/// Kilometres of one degree of latitude.
const DEGREE: f64 = 111.2;

/// A stretch of the globe, as it is drawn.
pub struct View {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
    /// How much shorter a degree of longitude is here.
    squeeze: f64,
    unit: f64,
}

/// How far around a place an event can have been, in kilometres; none for a country, which is drawn by its borders.
fn radius(precision: &str) -> Option<f64> {
    match precision {
        "country" => None,
        "region" => Some(60.0),
        "area" => Some(30.0),
        "district" => Some(12.0),
        _ => Some(0.0),
    }
}

impl View {
    /// The stretch that holds nearly all events, with some room around them: a few far ones must not make the rest too small.
    /// With `whole` it holds all of them.
    pub fn of(spots: &[Spot], whole: bool) -> Option<View> {
        let exact: Vec<&Spot> = spots.iter().filter(|s| s.precision != "country").collect();
        let used = if exact.is_empty() { spots.iter().collect() } else { exact };
        let (w, e) = middle(used.iter().map(|s| (s.lon, s.total())).collect(), whole)?;
        let (s, n) = middle(used.iter().map(|s| (s.lat, s.total())).collect(), whole)?;
        let (wide, tall) = ((e - w) * 0.12 + 1.2, (n - s) * 0.12 + 1.2);
        Some(View::new(w - wide, e + wide, (s - tall).max(-85.0), (n + tall).min(85.0)))
    }

    /// Whether a place is in sight.
    pub fn holds(&self, spot: &Spot) -> bool {
        (self.west..=self.east).contains(&spot.lon) && (self.south..=self.north).contains(&spot.lat)
    }

    fn new(mut west: f64, mut east: f64, mut south: f64, mut north: f64) -> View {
        let squeeze = ((south + north) / 2.0).to_radians().cos().max(0.2);
        // Neither a strip nor a tower.
        let ratio = (east - west) * squeeze / (north - south);
        if ratio < 1.5 {
            let add = ((north - south) * 1.5 / squeeze - (east - west)) / 2.0;
            (west, east) = (west - add, east + add);
        } else if ratio > 2.4 {
            let add = ((east - west) * squeeze / 2.4 - (north - south)) / 2.0;
            (south, north) = (south - add, north + add);
        }
        let unit = (WIDTH / ((east - west) * squeeze)).min(TALLEST / (north - south));
        View { west, east, south, north, squeeze, unit }
    }

    fn x(&self, lon: f64) -> f64 {
        (lon - self.west) * self.squeeze * self.unit
    }

    fn y(&self, lat: f64) -> f64 {
        (self.north - lat) * self.unit
    }

    /// A ring as a path; nothing where it lies outside. What is far outside is cut off.
    fn path(&self, ring: &[(f64, f64)], out: &mut String) {
        let margin = (self.east - self.west) * 0.05;
        let (w, e, s, n) = (self.west - margin, self.east + margin, self.south - margin, self.north + margin);
        let cut = clip(ring, |p| p.0 - w, |p| e - p.0);
        let cut = clip(&cut, |p| p.1 - s, |p| n - p.1);
        if cut.len() < 3 {
            return;
        }
        // Steps that nobody sees are left out.
        let mut last = (f64::MAX, f64::MAX);
        for (nth, (lon, lat)) in cut.iter().enumerate() {
            let (x, y) = (self.x(*lon), self.y(*lat));
            if nth == 0 || (x - last.0).abs() + (y - last.1).abs() > 1.2 {
                let _ = write!(out, "{}{x:.1} {y:.1}", if nth == 0 { 'M' } else { 'L' });
                last = (x, y);
            }
        }
        out.push('Z');
    }

    /// The picture.
    pub fn svg(&self, spots: &[Spot], address: &str) -> Markup {
        let (wide, tall) = (self.x(self.east), self.y(self.south));
        let of = |code: &str| spots.iter().find(|s| s.country.as_deref() == Some(code));
        let shapes = countries().iter().filter_map(|c| {
            let mut path = String::new();
            c.rings.iter().for_each(|ring| self.path(ring, &mut path));
            if self.east > 180.0 || self.west < -180.0 {
                let turned =
                    |by: f64| move |ring: &Vec<(f64, f64)>| ring.iter().map(|p| (p.0 + by, p.1)).collect::<Vec<_>>();
                let both = c.rings.iter().map(turned(360.0)).chain(c.rings.iter().map(turned(-360.0)));
                both.for_each(|ring| self.path(&ring, &mut path));
            }
            (!path.is_empty()).then_some((c, path, of(c.code)))
        });
        let most = spots.iter().map(Spot::total).max().unwrap_or(1).max(1) as f64;
        let mut points: Vec<&Spot> = spots.iter().filter(|s| radius(&s.precision).is_some()).collect();
        points.sort_by(|a, b| {
            radius(&b.precision).partial_cmp(&radius(&a.precision)).unwrap_or(std::cmp::Ordering::Equal)
        });
        html! {
            svg.map aria-hidden="true" viewBox={ "0 0 " (tenth(wide)) " " (tenth(tall)) } {
                defs { pattern id="p-country" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { path.hatch d="M0 3.5H7" {} } }
                @for (country, path, spot) in shapes {
                    path.land d=(path) { title { (country.name) } }
                    @if let Some(spot) = spot {
                        a href={ (address) "place=" (escaped(&spot.id)) } tabindex="-1" {
                            path.told d=(path) fill="url(#p-country)" { title { (country.name) ", somewhere in it: " (counted(spot.total(), "event", "events")) } }
                        }
                    }
                }
                @for spot in &points { (self.spot(spot, most, address)) }
                (self.labels(&points))
            }
        }
    }

    fn spot(&self, spot: &Spot, most: f64, address: &str) -> Markup {
        let area = radius(&spot.precision).unwrap_or(0.0) / DEGREE * self.unit;
        let dot = 3.0 + 8.0 * (spot.total() as f64 / most).sqrt();
        let exact = area < 1.0;
        let conflict = spot.quads[2] + spot.quads[3] > spot.quads[0] + spot.quads[1];
        let class = if conflict { "conflict" } else { "cooperation" };
        html! {
            a href={ (address) "place=" (escaped(&spot.id)) } tabindex="-1" {
                circle class={ (if exact { "dot " } else { "area " }) (class) } cx=(tenth(self.x(spot.lon))) cy=(tenth(self.y(spot.lat))) r=(tenth(if exact { dot } else { area.max(dot) })) {
                    title { (spot.name) " (" (spot.precision) "): " (counted(spot.total(), "event", "events")) }
                }
            }
        }
    }

    /// The names of the places with most events, where there is room for them.
    fn labels(&self, points: &[&Spot]) -> Markup {
        let mut sorted = points.to_vec();
        sorted.sort_by_key(|s| std::cmp::Reverse(s.total()));
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        let mut shown = Vec::new();
        for spot in sorted {
            let (x, y) = (self.x(spot.lon) + 9.0, self.y(spot.lat) + 4.0);
            let wide = spot.name.chars().count() as f64 * 7.4;
            let free = taken.iter().all(|(a, b, w)| (y - b).abs() > 14.0 || x > a + w || x + wide < *a);
            if free && shown.len() < 30 {
                taken.push((x, y, wide));
                shown.push((x, y, spot));
            }
        }
        html! { @for (x, y, spot) in shown { text.place x=(tenth(x)) y=(tenth(y)) { (spot.name) } } }
    }
}

/// Between which values nearly all of the weight lies; all of it for the whole.
fn middle(mut values: Vec<(f64, u64)>, whole: bool) -> Option<(f64, f64)> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: u64 = values.iter().map(|v| v.1).sum();
    let spare = if whole { 0 } else { all / 16 };
    let from = |values: &mut dyn Iterator<Item = &(f64, u64)>| {
        let mut left = spare;
        for (value, weight) in values {
            if *weight > left {
                return Some(*value);
            }
            left -= weight;
        }
        None
    };
    Some((from(&mut values.iter())?, from(&mut values.iter().rev())?))
}

/// Cuts a ring by two parallel edges (Sutherland and Hodgman); a point is inside where a distance is not negative.
fn clip(ring: &[(f64, f64)], low: impl Fn(&(f64, f64)) -> f64, high: impl Fn(&(f64, f64)) -> f64) -> Vec<(f64, f64)> {
    cut(&cut(ring, low), high)
}

fn cut(ring: &[(f64, f64)], inside: impl Fn(&(f64, f64)) -> f64) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    let Some(mut last) = ring.last() else { return out };
    for point in ring {
        let (a, b) = (inside(last), inside(point));
        if (a < 0.0) != (b < 0.0) {
            let t = a / (a - b);
            out.push((last.0 + t * (point.0 - last.0), last.1 + t * (point.1 - last.1)));
        }
        if b >= 0.0 {
            out.push(*point);
        }
        last = point;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(precision: &str, lon: f64, lat: f64, country: Option<&str>) -> Spot {
        let name = "Somewhere".to_owned();
        Spot {
            id: "x:1".into(),
            name,
            precision: precision.into(),
            lat,
            lon,
            country: country.map(str::to_owned),
            quads: [0, 0, 0, 2],
        }
    }

    #[test]
    fn a_country_is_no_point() {
        let spots = [spot("country", 2.0, 46.0, Some("FR")), spot("settlement", 2.35, 48.85, None)];
        let svg = View::of(&spots, false).unwrap().svg(&spots, "/events?").into_string();
        assert_eq!(svg.matches("<circle").count(), 1);
        assert_eq!(svg.matches("class=\"told\"").count(), 1);
    }

    #[test]
    fn one_far_place_does_not_make_the_rest_small() {
        let mut spots: Vec<Spot> = (0..20).map(|n| spot("settlement", 35.0 + f64::from(n) * 0.1, 33.0, None)).collect();
        spots.push(spot("settlement", -70.0, -30.0, None));
        let view = View::of(&spots, false).unwrap();
        assert!(view.holds(&spots[10]) && !view.holds(&spots[20]));
        assert!(View::of(&spots, true).unwrap().holds(&spots[20]));
    }

    #[test]
    fn rings_are_cut_at_the_edge() {
        let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
        let cut = clip(&square, |p| p.0 - 2.0, |p| 5.0 - p.0);
        assert!(cut.iter().all(|p| (2.0..=5.0).contains(&p.0)), "{cut:?}");
        assert!(clip(&square, |p| p.0 - 20.0, |p| 30.0 - p.0).is_empty());
    }
}
