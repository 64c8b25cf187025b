//! Events and claims by day, month or year.
//!
//! They are counted once by their exact days and kept until the record changes: every span and every width of a bucket is
//! put together from those counts.

use super::events::{FIRST, LAST};
use crate::ask::Ask;
use crate::days::By;
use crate::error::Trouble;

/// So many acts of one sort, told in one way, in one bucket.
#[derive(Debug, PartialEq)]
pub struct Cell {
    pub bucket: String,
    pub quad: u8,
    pub status: String,
    pub n: u64,
}

/// Rows with the same days and the same words.
#[derive(Debug)]
struct Sum {
    first: Option<String>,
    last: Option<String>,
    quad: u8,
    word: String,
    n: u64,
}

/// All events and claims of the record, counted by their days.
#[derive(Debug, Default)]
pub struct Sums {
    /// By quad and status; the report's days where the event has none.
    events: Vec<Sum>,
    /// By stance; the days of publication.
    claims: Vec<Sum>,
}

/// A span, either end open.
pub type Ends<'a> = (Option<&'a str>, Option<&'a str>);

impl Sum {
    fn lies_in(&self, (from, to): Ends) -> bool {
        from.is_none_or(|from| self.first.as_deref().is_some_and(|first| first >= from))
            && to.is_none_or(|to| self.last.as_deref().is_some_and(|last| last <= to))
    }

    /// The bucket in which it lies whole.
    fn bucket(&self, by: By) -> Option<&str> {
        let (first, last) = (self.first.as_deref()?.get(..by.width())?, self.last.as_deref()?.get(..by.width())?);
        (first == last).then_some(first)
    }
}

impl Sums {
    /// Counts all of the record.
    pub fn read(ask: &Ask) -> Result<Sums, Trouble> {
        let sum = |r: &rusqlite::Row<'_>| {
            Ok(Sum { first: r.get(0)?, last: r.get(1)?, quad: r.get(2)?, word: r.get(3)?, n: r.get(4)? })
        };
        let events = format!(
            "WITH a AS MATERIALIZED (SELECT key, published_earliest, published_latest FROM t_articles)
             SELECT {FIRST}, {LAST}, e.quad, e.status, count(*) FROM t_events e CROSS JOIN a ON a.key = e.article
             GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        );
        let claims = "WITH a AS MATERIALIZED (SELECT key, published_earliest, published_latest FROM t_articles)
             SELECT a.published_earliest, a.published_latest, 0, c.stance, count(*) FROM t_claims c CROSS JOIN a ON a.key = c.article
             GROUP BY 1, 2, 4 ORDER BY 1, 2, 4";
        Ok(Sums { events: ask.all(&events, [], sum)?, claims: ask.all(claims, [], sum)? })
    }

    /// The first and the last day of the events of a span; of those whose days are known on both sides.
    pub fn span(&self, ends: Ends) -> Option<(String, String)> {
        let known = || self.events.iter().filter(|s| s.first.is_some() && s.last.is_some() && s.lies_in(ends));
        let first = known().filter_map(|s| s.first.clone()).min();
        first.zip(known().filter_map(|s| s.last.clone()).max())
    }

    /// How many events lie in a span.
    pub fn count(&self, ends: Ends) -> u64 {
        self.events.iter().filter(|s| s.lies_in(ends)).map(|s| s.n).sum()
    }

    /// The events by bucket, those that lie in one bucket whole.
    pub fn events(&self, ends: Ends, by: By) -> Vec<Cell> {
        let inside = self.events.iter().filter(|s| s.lies_in(ends));
        cells(inside.filter_map(|s| Some((s.bucket(by)?.to_owned(), s.quad, s.word.clone(), s.n))))
    }

    /// The claims by the bucket of their publication and by stance.
    pub fn claims(&self, ends: Ends, by: By) -> Vec<(String, String, u64)> {
        let inside = self.claims.iter().filter(|s| s.lies_in(ends));
        let all = cells(inside.filter_map(|s| Some((s.bucket(by)?.to_owned(), 0, s.word.clone(), s.n))));
        all.into_iter().map(|cell| (cell.bucket, cell.status, cell.n)).collect()
    }
}

/// Adds up what stands in one bucket, of one sort, told in one way.
pub fn cells(all: impl Iterator<Item = (String, u8, String, u64)>) -> Vec<Cell> {
    let mut sums: std::collections::BTreeMap<(String, u8, String), u64> = std::collections::BTreeMap::new();
    for (bucket, quad, status, n) in all {
        *sums.entry((bucket, quad, status)).or_default() += n;
    }
    sums.into_iter().map(|((bucket, quad, status), n)| Cell { bucket, quad, status, n }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(first: &str, last: &str, quad: u8, n: u64) -> Sum {
        Sum { first: Some(first.into()), last: Some(last.into()), quad, word: "happened".into(), n }
    }

    #[test]
    fn spans_and_buckets_are_put_together_from_days() {
        let events = vec![
            sum("2031-02-01", "2031-02-28", 4, 2),
            sum("2031-02-03", "2031-02-03", 4, 1),
            sum("2031-02-20", "2031-03-02", 1, 5),
            Sum { first: Some("2031-04-01".into()), last: None, quad: 1, word: "denied".into(), n: 7 },
        ];
        let sums = Sums { events, claims: vec![] };
        let all = (None, None);
        assert_eq!(sums.span(all), Some(("2031-02-01".into(), "2031-03-02".into())));
        assert_eq!(sums.count(all), 15);
        let february = (Some("2031-02-01"), Some("2031-02-28"));
        assert_eq!(sums.count(february), 3);
        let months = sums.events(all, By::Month);
        assert_eq!(months, [Cell { bucket: "2031-02".into(), quad: 4, status: "happened".into(), n: 3 }]);
        assert_eq!(sums.events(all, By::Year).iter().map(|c| c.n).sum::<u64>(), 8);
        assert_eq!(sums.events(february, By::Day).len(), 1);
    }
}
