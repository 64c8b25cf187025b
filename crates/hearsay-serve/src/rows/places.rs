//! Where events were, as exactly as the text tells.

use super::events::{Terms, Wanted};
use crate::ask::Ask;
use crate::error::Trouble;

/// Events of one place, told with one precision.
pub struct Spot {
    pub id: String,
    pub name: String,
    pub precision: String,
    pub lat: f64,
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code, as the mentions tell it.
    pub country: Option<String>,
    /// How many events by PLOVER's four sorts.
    pub quads: [u64; 4],
}

impl Spot {
    /// How many events.
    pub fn total(&self) -> u64 {
        self.quads.iter().sum()
    }
}

/// The places of the events that are wanted, those with most first.
pub fn spots(ask: &Ask, wanted: &Wanted, most: usize) -> Result<Vec<Spot>, Trouble> {
    let terms = Terms::new(wanted, Vec::new());
    let articles =
        if wanted.from.is_some() || wanted.to.is_some() { "JOIN t_articles a ON a.key = e.article" } else { "" };
    let quad = |n: u8| format!("count(*) FILTER (WHERE e.quad = {n})");
    let sql = format!(
        "SELECT e.place_id, min(e.place_name), e.place_precision, min(e.lat), min(e.lon), {}, {}, {}, {}
         FROM t_events e {articles} WHERE e.place_id IS NOT NULL AND e.lat IS NOT NULL AND {}
         GROUP BY e.place_id, e.place_precision ORDER BY -count(*), 1, 3 LIMIT {most}",
        quad(1),
        quad(2),
        quad(3),
        quad(4),
        terms.joined()
    );
    let mut spots = ask.all(&sql, rusqlite::params_from_iter(terms.values), |r| {
        Ok(Spot {
            id: r.get(0)?,
            name: r.get(1)?,
            precision: r.get::<_, Option<String>>(2)?.unwrap_or_default(),
            lat: r.get(3)?,
            lon: r.get(4)?,
            country: None,
            quads: [r.get(5)?, r.get(6)?, r.get(7)?, r.get(8)?],
        })
    })?;
    for spot in spots.iter_mut().filter(|s| s.precision == "country") {
        spot.country = country(ask, &spot.name)?;
    }
    Ok(spots)
}

/// The code of a country by its name, as a mention of it tells.
fn country(ask: &Ask, name: &str) -> Result<Option<String>, Trouble> {
    let sql = "SELECT place->>'country' FROM t_places WHERE place->>'kind' = 'country' AND place->>'name' = ?1 LIMIT 1";
    Ok(ask.one(sql, [name], |r| r.get(0))?.flatten())
}
