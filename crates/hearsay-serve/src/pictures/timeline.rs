//! Events in lanes by how they are told, claims under them.

use super::{patterns, tenth, ticks};
use crate::days::{bounds, bucket};
use crate::rows::times::Cell;
use crate::words::{LANES, counted, lane, quad_class};
use maud::{Markup, html};

/// The drawing's width.
const WIDTH: f64 = 1000.0;
/// The height that the highest bar has.
const TALLEST: f64 = 110.0;
/// The room above a lane for its name.
const HEAD: f64 = 20.0;

/// What is drawn.
pub struct Timeline<'a> {
    pub buckets: &'a [String],
    pub cells: &'a [Cell],
    pub claims: &'a [(String, String, u64)],
}

/// One lane as it is drawn.
struct Drawn {
    name: &'static str,
    title: &'static str,
    top: f64,
    bottom: f64,
    /// Bucket, class, how many; in the order in which they are stacked.
    pieces: Vec<(usize, &'static str, u64)>,
    unit: f64,
    href: &'static str,
}

impl Timeline<'_> {
    /// The picture.
    pub fn svg(&self) -> Markup {
        let (lanes, height) = self.lanes();
        let step = WIDTH / self.buckets.len().max(1) as f64;
        html! {
            svg.timeline aria-hidden="true" viewBox={ "0 0 " (WIDTH) " " (tenth(height + 22.0)) } data-brush {
                (patterns())
                @for drawn in &lanes { (self.lane(drawn, step)) }
                @for (nth, name) in self.buckets.iter().enumerate() {
                    @let (from, to) = bounds(name);
                    rect.slot x=(tenth(nth as f64 * step)) y="0" width=(tenth(step)) height=(tenth(height)) data-from=(from) data-to=(to) data-name=(bucket(name)) {}
                }
                (self.axis(step, height))
            }
        }
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.buckets.binary_search_by(|b| b.as_str().cmp(name)).ok()
    }

    /// The lanes of events share one scale; claims have their own.
    fn lanes(&self) -> (Vec<Drawn>, f64) {
        let mut drawn: Vec<Drawn> = LANES.iter().map(|l| self.events(l.name, l.title)).collect();
        drawn.push(self.stances());
        let tallest = |lane: &Drawn| highest(&lane.pieces, self.buckets.len());
        let most = drawn[..LANES.len()].iter().map(tallest).max().unwrap_or(1).max(1) as f64;
        let claims = drawn.last().map_or(1, tallest).max(1) as f64;
        let mut top = 0.0;
        for lane in &mut drawn {
            lane.unit = if lane.name == "claims" { TALLEST * 0.6 / claims } else { TALLEST / most };
            let tall = (tallest(lane) as f64 * lane.unit).max(10.0);
            (lane.top, lane.bottom) = (top, top + HEAD + tall);
            top = lane.bottom + 8.0;
        }
        (drawn, top)
    }

    fn events(&self, name: &'static str, title: &'static str) -> Drawn {
        let ours = self.cells.iter().filter(|c| lane(&c.status).name == name);
        let mut pieces: Vec<_> =
            ours.filter_map(|c| Some((self.at(&c.bucket)?, quad_class(c.quad), c.n, c.quad))).collect();
        pieces.sort_by_key(|p| (p.0, p.3));
        let pieces = pieces.into_iter().map(|p| (p.0, p.1, p.2)).collect();
        Drawn { name, title, top: 0.0, bottom: 0.0, pieces, unit: 1.0, href: "/events" }
    }

    fn stances(&self) -> Drawn {
        let mut pieces: Vec<_> = self
            .claims
            .iter()
            .filter_map(|(b, stance, n)| Some((self.at(b)?, crate::words::side(stance), *n)))
            .collect();
        pieces.sort_by_key(|p| (p.0, p.1));
        Drawn {
            name: "claims",
            title: "Claims, by the day of the report",
            top: 0.0,
            bottom: 0.0,
            pieces,
            unit: 1.0,
            href: "/claims",
        }
    }

    fn lane(&self, drawn: &Drawn, step: f64) -> Markup {
        let mut heights = vec![0.0; self.buckets.len()];
        let mut stack = |nth: usize, n: u64| {
            let tall = (n as f64 * drawn.unit).max(1.5);
            heights[nth] += tall;
            (tall, drawn.bottom - heights[nth])
        };
        let wide = (step - 1.0).clamp(1.0, 34.0);
        let total: u64 = drawn.pieces.iter().map(|p| p.2).sum();
        html! {
            g class={ "lane " (drawn.name) } {
                text x="0" y=(tenth(drawn.top + 12.0)) { (drawn.title) tspan.n dx="8" { (total) } }
                line x1="0" x2=(WIDTH) y1=(tenth(drawn.bottom)) y2=(tenth(drawn.bottom)) {}
                @for (nth, class, n) in &drawn.pieces {
                    @let (tall, top) = stack(*nth, *n);
                    @let (from, to) = bounds(&self.buckets[*nth]);
                    @let lane = if drawn.name == "claims" { String::new() } else { format!("&lane={}", drawn.name) };
                    a href={ (drawn.href) "?from=" (from) "&to=" (to) (lane) } tabindex="-1" {
                        rect class=(class) x=(tenth(*nth as f64 * step + (step - wide) / 2.0)) y=(tenth(top)) width=(tenth(wide)) height=(tenth(tall)) fill={ "url(#p-" (class) ")" } {
                            title { (bucket(&self.buckets[*nth])) ": " (counted(*n, "row", "rows")) }
                        }
                    }
                }
            }
        }
    }

    fn axis(&self, step: f64, height: f64) -> Markup {
        let every = ticks(self.buckets.len());
        html! {
            g.axis {
                @for (nth, name) in self.buckets.iter().enumerate().step_by(every) {
                    text x=(tenth((nth as f64 + 0.5) * step)) y=(tenth(height + 14.0)) text-anchor="middle" { (bucket(name)) }
                }
            }
        }
    }
}

/// The highest stack.
fn highest(pieces: &[(usize, &str, u64)], n: usize) -> u64 {
    let mut sums = vec![0; n];
    for (at, _, n) in pieces {
        sums[*at] += n;
    }
    sums.into_iter().max().unwrap_or(0)
}
