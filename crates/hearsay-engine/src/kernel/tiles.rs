use super::{PANEL, Packed, QuantRows};

/// Where the exact sums of a kernel's tiles go: each becomes sixteen numbers of the product.
pub(super) struct Target<'a> {
    pub(super) rows: &'a QuantRows,
    pub(super) matrix: &'a Packed,
    pub(super) out: &'a mut [f32],
}

impl Target<'_> {
    /// Takes the sums of one row and one panel.
    #[inline(always)]
    pub(super) fn put(&mut self, row: usize, panel: usize, sums: &[i32; PANEL]) {
        let outputs = self.matrix.outputs();
        let from = row * outputs + panel * PANEL;
        let to = (from + PANEL).min((row + 1) * outputs);
        let out = &mut self.out[from..to];
        self.matrix.finish(panel, sums, self.rows.scale(row), self.rows.zero(row), out);
    }
}

/// Evaluates `$body` for the rows `$from..$to`, `$most` (six or fewer) at a time and then the rest together. In it, `$row` is the first
/// row and `$count` a constant, the number of rows.
macro_rules! each_row_block {
    ($most:literal, $from:expr, $to:expr, |$row:ident, $count:ident| $body:expr) => {{
        let (mut next, to) = ($from, $to);
        while next < to {
            let $row = next;
            match (to - next).min($most) {
                6 => {
                    const $count: usize = 6;
                    $body
                }
                5 => {
                    const $count: usize = 5;
                    $body
                }
                4 => {
                    const $count: usize = 4;
                    $body
                }
                3 => {
                    const $count: usize = 3;
                    $body
                }
                2 => {
                    const $count: usize = 2;
                    $body
                }
                _ => {
                    const $count: usize = 1;
                    $body
                }
            }
            next += $most;
        }
    }};
}
pub(super) use each_row_block;
