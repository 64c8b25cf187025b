//! The borders of countries, as they ship.

use std::sync::LazyLock;

/// A country: its code (ISO 3166-1 alpha-2), its name, its rings of degrees east and north.
pub struct Country {
    pub code: &'static str,
    pub name: &'static str,
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// All countries, read at first use.
pub fn countries() -> &'static [Country] {
    static ALL: LazyLock<Vec<Country>> = LazyLock::new(|| read(include_str!("../borders/countries.txt")));
    &ALL
}

fn read(table: &'static str) -> Vec<Country> {
    let lines = || table.lines().filter_map(|l| l.split_once('\t'));
    let arcs: Vec<Vec<(f64, f64)>> = lines().filter(|(kind, _)| *kind == "a").map(|(_, points)| arc(points)).collect();
    lines().filter(|(kind, _)| *kind == "c").filter_map(|(_, row)| country(row, &arcs)).collect()
}

fn arc(points: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<i32> = points.split(' ').filter_map(|n| n.parse().ok()).collect();
    let (mut x, mut y) = (0, 0);
    let step = |pair: &[i32]| {
        (x, y) = (x + pair[0], y + pair[1]);
        (f64::from(x) / 100.0, f64::from(y) / 100.0)
    };
    numbers.chunks_exact(2).map(step).collect()
}

fn country(row: &'static str, arcs: &[Vec<(f64, f64)>]) -> Option<Country> {
    let mut cells = row.split('\t');
    let (code, name, rings) = (cells.next()?, cells.next()?, cells.next()?);
    // What was thinned to a line or a point cannot be seen.
    let rings = rings.split('|').map(|ring| stitched(ring, arcs)).filter(|ring| ring.len() > 3).collect();
    Some(Country { code, name, rings })
}

fn stitched(ring: &str, arcs: &[Vec<(f64, f64)>]) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for n in ring.split(',').filter_map(|n| n.parse::<i32>().ok()) {
        let forward = n >= 0;
        let Some(arc) = arcs.get(if forward { n } else { !n } as usize) else { continue };
        // The first point of a line is the last of the one before.
        out.pop();
        if forward { out.extend(arc) } else { out.extend(arc.iter().rev()) }
    }
    unwound(out)
}

/// A ring that crosses the line where east meets west goes on beyond it.
fn unwound(mut ring: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    for at in 1..ring.len() {
        let step = ring[at].0 - ring[at - 1].0;
        ring[at].0 -= 360.0 * (step / 360.0).round();
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_closed_and_on_the_globe() {
        assert!(countries().len() > 170);
        for country in countries() {
            for ring in &country.rings {
                assert!(ring.len() >= 3, "{}", country.name);
                let (first, last) = (ring[0], ring[ring.len() - 1]);
                assert!((first.0 - last.0).abs() + (first.1 - last.1).abs() < 1e-6, "{}", country.name);
                assert!(ring.iter().all(|(x, y)| x.abs() <= 360.0 && y.abs() <= 90.01), "{}", country.name);
            }
        }
        let france = countries().iter().find(|c| c.code == "FR").unwrap();
        assert!(france.rings.iter().flatten().any(|(x, y)| (2.0..3.0).contains(x) && (50.5..51.5).contains(y)));
    }
}
