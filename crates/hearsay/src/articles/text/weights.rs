//! The trained weights at work: how much each line is like a story's text, its title or a caption.

use super::features::{NAMES, WIDTH};
use hearsay_data::press::{LINE_WEIGHTS, LineWeights};
use std::sync::LazyLock;

/// How likely a line is each of these, from 0 to 1, by the weights alone.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Score {
    pub(super) body: f32,
    pub(super) title: f32,
    pub(super) caption: f32,
}

/// Scores every line of a page.
pub(super) fn scores(rows: &[[f32; WIDTH]]) -> Vec<Score> {
    static CHECKED: LazyLock<&LineWeights> = LazyLock::new(|| {
        assert!(LINE_WEIGHTS.names == NAMES, "the line weights were made for other numbers");
        &LINE_WEIGHTS
    });
    rows.iter().map(|row| score(*CHECKED, row)).collect()
}

fn score(weights: &LineWeights, row: &[f32; WIDTH]) -> Score {
    let scaled = scaled(row, &weights.mean, &weights.scale);
    let unit = |(row, bias): (&Vec<f32>, &f32)| (dot(row, &scaled) + bias).max(0.0);
    let hidden: Vec<f32> = weights.hidden.iter().zip(&weights.hidden_bias).map(unit).collect();
    let answer = |n: usize| sigmoid(dot(&weights.out[n], &hidden) + weights.out_bias[n]);
    Score { body: answer(0), title: answer(1), caption: answer(2) }
}

/// How strongly the numbers of a gap speak for a new story behind it; above nought they do.
pub(super) fn gap(numbers: &[f32]) -> f32 {
    let weights = &LINE_WEIGHTS.gap;
    dot(&weights.weights, &scaled(numbers, &weights.mean, &weights.scale)) + weights.bias
}

/// Numbers brought to scale; what lies far outside is cut.
fn scaled(row: &[f32], mean: &[f32], scale: &[f32]) -> Vec<f32> {
    row.iter().zip(mean.iter().zip(scale)).map(|(x, (mean, scale))| ((x - mean) / scale).clamp(-6.0, 6.0)).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::super::{features, lines};
    use super::*;

    #[test]
    fn running_text_scores_above_a_menu() {
        let page = "Home\nSport\nWeather\nThe bridge at Ombra fell on Monday, the mayor said, and the road to the coast is closed.\nNobody was hurt, he told reporters, but the repairs will take until the spring of next year.\nThe province has sent engineers, who are to report within the week on what went wrong there.\nContact\nPrivacy";
        let lines = lines::split(page, Some("en"));
        let scores = scores(&features::rows(&lines, &[]));
        assert!(scores[3].body > 0.5 && scores[4].body > 0.5, "{scores:?}");
        assert!(scores[1].body < 0.5 && scores[7].body < 0.5, "{scores:?}");
    }
}
