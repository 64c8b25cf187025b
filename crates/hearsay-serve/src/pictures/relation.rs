//! What passed between two actors: cooperative acts above the line, hostile ones below.

use super::{patterns, tenth, ticks};
use crate::days::{bounds, bucket};
use crate::rows::times::Cell;
use crate::words::quad_class;
use maud::{Markup, html};

const WIDTH: f64 = 1000.0;
const HALF: f64 = 80.0;

/// The picture. `address` leads to the events of the pair.
pub fn svg(buckets: &[String], cells: &[Cell], address: &str) -> Markup {
    let step = WIDTH / buckets.len().max(1) as f64;
    let wide = (step - 1.0).clamp(1.0, 34.0);
    let at = |name: &str| buckets.binary_search_by(|b| b.as_str().cmp(name)).ok();
    let (mut up, mut down) = (vec![0; buckets.len()], vec![0; buckets.len()]);
    for cell in cells {
        if let Some(nth) = at(&cell.bucket) {
            if cell.quad <= 2 { up[nth] += cell.n } else { down[nth] += cell.n }
        }
    }
    let unit = HALF / up.iter().chain(&down).copied().max().unwrap_or(1).max(1) as f64;
    let (mut above, mut below) = (vec![0.0; buckets.len()], vec![0.0; buckets.len()]);
    let middle = HALF + 18.0;
    html! {
        svg.timeline aria-hidden="true" viewBox={ "0 0 " (WIDTH) " " (tenth(2.0 * HALF + 56.0)) } {
            (patterns())
            g.lane {
                text x="0" y="12" { "Cooperative" }
                text x="0" y=(tenth(2.0 * HALF + 34.0)) { "Hostile" }
                line x1="0" x2=(WIDTH) y1=(tenth(middle)) y2=(tenth(middle)) {}
                @for cell in cells {
                    @if let Some(nth) = at(&cell.bucket) {
                        @let tall = (cell.n as f64 * unit).max(1.5);
                        @let good = cell.quad <= 2;
                        @let y = if good { above[nth] += tall; middle - above[nth] } else { below[nth] += tall; middle + below[nth] - tall };
                        @let (from, to) = bounds(&buckets[nth]);
                        @let class = quad_class(cell.quad);
                        a href={ (address) "&from=" (from) "&to=" (to) } tabindex="-1" {
                            g class=(crate::words::lane(&cell.status).name) {
                                rect class=(class) x=(tenth(nth as f64 * step + (step - wide) / 2.0)) y=(tenth(y)) width=(tenth(wide)) height=(tenth(tall)) fill={ "url(#p-" (class) ")" } {
                                    title { (bucket(&buckets[nth])) ": " (cell.n) " " (cell.status) }
                                }
                            }
                        }
                    }
                }
            }
            g.axis {
                @for (nth, name) in buckets.iter().enumerate().step_by(ticks(buckets.len())) {
                    text x=(tenth((nth as f64 + 0.5) * step)) y=(tenth(2.0 * HALF + 52.0)) text-anchor="middle" { (bucket(name)) }
                }
            }
        }
    }
}
