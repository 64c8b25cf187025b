//! What passed between two actors: cooperative acts above the line, hostile ones below; under them the mean of the acts on the
//! scale from -10 to 10, with the turning points.

use super::{patterns, tenth, ticks};
use crate::days::bucket;
use crate::rows::times::Cell;
use crate::words::quad_class;
use maud::{Markup, html};

const WIDTH: f64 = 1000.0;
/// The height of the acts on either side of their line.
const HALF: f64 = 80.0;
/// The same of the scale.
const SCALE: f64 = 40.0;
/// Where the picture of the scale begins.
const BELOW: f64 = 2.0 * HALF + 62.0;

/// The mean of the acts of a month or a year.
pub struct Mean {
    pub bucket: String,
    pub scale: f64,
    /// Why it is a turning point.
    pub turn: Option<String>,
}

/// What is drawn.
pub struct Relation<'a> {
    pub buckets: &'a [String],
    pub cells: &'a [Cell],
    pub means: &'a [Mean],
    /// Leads to the acts of a bucket, whose name is put at its end.
    pub address: &'a str,
}

impl Relation<'_> {
    /// The picture.
    pub fn svg(&self) -> Markup {
        let step = WIDTH / self.buckets.len().max(1) as f64;
        html! {
            svg.timeline aria-hidden="true" viewBox={ "0 0 " (WIDTH) " " (tenth(BELOW + 2.0 * SCALE + 26.0)) } {
                (patterns())
                (self.acts(step))
                (self.scale(step))
                g.axis {
                    @for (nth, name) in self.buckets.iter().enumerate().step_by(ticks(self.buckets.len())) {
                        text x=(tenth((nth as f64 + 0.5) * step)) y=(tenth(BELOW + 2.0 * SCALE + 20.0)) text-anchor="middle" { (bucket(name)) }
                    }
                }
            }
        }
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.buckets.binary_search_by(|b| b.as_str().cmp(name)).ok()
    }

    fn acts(&self, step: f64) -> Markup {
        let wide = (step - 1.0).clamp(1.0, 34.0);
        let (mut up, mut down) = (vec![0; self.buckets.len()], vec![0; self.buckets.len()]);
        for cell in self.cells {
            if let Some(nth) = self.at(&cell.bucket) {
                if cell.quad <= 2 { up[nth] += cell.n } else { down[nth] += cell.n }
            }
        }
        let unit = HALF / up.iter().chain(&down).copied().max().unwrap_or(1).max(1) as f64;
        let (mut above, mut below) = (vec![0.0; self.buckets.len()], vec![0.0; self.buckets.len()]);
        let middle = HALF + 18.0;
        html! {
            g.lane {
                text x="0" y="12" { "Cooperative" }
                text x="0" y=(tenth(2.0 * HALF + 32.0)) { "Hostile" }
                line x1="0" x2=(WIDTH) y1=(tenth(middle)) y2=(tenth(middle)) {}
                @for cell in self.cells {
                    @if let Some(nth) = self.at(&cell.bucket) {
                        @let tall = (cell.n as f64 * unit).max(1.5);
                        @let good = cell.quad <= 2;
                        @let y = if good { above[nth] += tall; middle - above[nth] } else { below[nth] += tall; middle + below[nth] - tall };
                        @let class = quad_class(cell.quad);
                        a href={ (self.address) (cell.bucket) "#acts" } tabindex="-1" {
                            g class=(crate::words::lane(&cell.status).name) {
                                rect class=(class) x=(tenth(nth as f64 * step + (step - wide) / 2.0)) y=(tenth(y)) width=(tenth(wide)) height=(tenth(tall)) fill={ "url(#p-" (class) ")" } {
                                    title { (bucket(&cell.bucket)) ": " (cell.n) " " (cell.status) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn scale(&self, step: f64) -> Markup {
        let middle = BELOW + SCALE;
        let height = |scale: f64| middle - scale.clamp(-10.0, 10.0) / 10.0 * (SCALE - 8.0);
        html! {
            g.lane {
                text x="0" y=(tenth(BELOW - 6.0)) { "Mean of the acts " tspan { "from −10, hostile, to +10, cooperative" } }
                line x1="0" x2=(WIDTH) y1=(tenth(middle)) y2=(tenth(middle)) {}
                @for mean in self.means {
                    @if let Some(nth) = self.at(&mean.bucket) {
                        @let (x, y) = ((nth as f64 + 0.5) * step, height(mean.scale));
                        a href={ (self.address) (mean.bucket) "#acts" } tabindex="-1" {
                            line.stem x1=(tenth(x)) x2=(tenth(x)) y1=(tenth(middle)) y2=(tenth(y)) {}
                            circle class=(if mean.scale < 0.0 { "mean hostile" } else { "mean cooperative" }) cx=(tenth(x)) cy=(tenth(y)) r="4.5" {
                                title { (bucket(&mean.bucket)) ": " (signed(mean.scale)) @if let Some(why) = &mean.turn { ". " (why) } }
                            }
                            @if mean.turn.is_some() { circle.turn cx=(tenth(x)) cy=(tenth(y)) r="9" {} }
                        }
                    }
                }
            }
        }
    }
}

/// A value of the scale, with its sign.
pub fn signed(scale: f64) -> String {
    let text = format!("{scale:+.1}").replace('-', "−");
    if text.ends_with("0.0") && text.chars().count() == 4 { "0.0".into() } else { text }
}
