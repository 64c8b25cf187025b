use super::{GROUP, Isa, PANEL};
use crate::math::MOST;

/// Sixty-four bytes of weights, aligned so that a load never crosses a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Line(pub(crate) [u8; 64]);

/// How the weights of sixteen outputs for four inputs lie in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// For each input the sixteen outputs.
    ByInput,
    /// For each output its four inputs: what products of bytes want.
    Quads,
}

impl Layout {
    fn of(isa: Isa) -> Layout {
        if isa == Isa::Portable { Layout::ByInput } else { Layout::Quads }
    }

    fn put(self, line: &mut Line, output: usize, input: usize, weight: i8) {
        let at = if self == Layout::ByInput { input * PANEL + output } else { output * GROUP + input };
        line.0[at] = weight as u8;
    }
}

/// The order of a panel's lines, for the kernel that adds the products of two lines in 16 bits.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// For each line, which group of four inputs it is for.
    pub(crate) groups: Vec<u32>,
    /// This many lines at the start are pairs whose products may be added, two and two.
    pub(crate) paired: usize,
}

impl Order {
    /// Brings the lines of a panel into a new order: first the pairs that cannot overflow, then the others.
    fn arrange(lines: &mut [Line]) -> Order {
        let groups = 0..lines.len() as u32;
        let fits = |group: u32| {
            let first = group as usize / 2 * 2;
            first + 1 < lines.len() && fit(&lines[first], &lines[first + 1])
        };
        let (mut order, others): (Vec<u32>, Vec<u32>) = groups.partition(|&group| fits(group));
        let paired = order.len();
        order.extend(others);
        let moved: Vec<Line> = order.iter().map(|&group| lines[group as usize]).collect();
        lines.copy_from_slice(&moved);
        Order { groups: order, paired }
    }
}

/// Whether the products of two neighbouring inputs of both lines stay within 16 bits, whatever the activations are.
fn fit(one: &Line, other: &Line) -> bool {
    let pairs = one.0.chunks_exact(2).zip(other.0.chunks_exact(2));
    pairs.into_iter().all(|(a, b)| {
        let weights = || a.iter().chain(b).map(|&w| i32::from(w as i8));
        let most: i32 = weights().filter(|&w| w > 0).sum();
        let least: i32 = weights().filter(|&w| w < 0).sum();
        most * MOST <= i32::from(i16::MAX) && least * MOST >= i32::from(i16::MIN)
    })
}

/// A matrix of `i8` weights with one scale and one bias an output, packed for one instruction set.
///
/// For a row `q` with scale `s` and zero point `z`, output `o` is `sum((q - z) * w) * scale[o] * s + bias[o]`.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    outputs: usize,
    inputs: usize,
    lines_per_panel: usize,
    lines: Vec<Line>,
    /// One for each panel, for the kernel that needs it.
    orders: Vec<Order>,
    scales: Vec<f32>,
    biases: Vec<f32>,
    /// The sum of each output's weights, for what a zero point adds.
    sums: Vec<i32>,
}

impl Packed {
    /// Packs `weights`, which holds the inputs of one output after the other, for `isa`.
    pub(crate) fn new(isa: Isa, inputs: usize, weights: &[i8], scales: &[f32], biases: &[f32]) -> Packed {
        let outputs = scales.len();
        assert_eq!(weights.len(), outputs * inputs, "weights have the wrong size");
        assert_eq!(biases.len(), outputs, "biases have the wrong size");
        let layout = Layout::of(isa);
        let lines_per_panel = inputs.div_ceil(GROUP);
        let panels = outputs.div_ceil(PANEL);
        let mut lines = vec![Line([0; 64]); panels * lines_per_panel];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let panel = &mut lines[output / PANEL * lines_per_panel..][..lines_per_panel];
            for (line, group) in panel.iter_mut().zip(row.chunks(GROUP)) {
                for (input, &weight) in group.iter().enumerate() {
                    layout.put(line, output % PANEL, input, weight);
                }
            }
        }
        let orders = match isa {
            Isa::Avx2 => lines.chunks_exact_mut(lines_per_panel).map(Order::arrange).collect(),
            _ => Vec::new(),
        };
        Packed {
            outputs,
            inputs,
            lines_per_panel,
            lines,
            orders,
            scales: padded(scales),
            biases: padded(biases),
            sums: padded(&sums(weights, inputs)),
        }
    }

    /// Numbers in a row of the product.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Numbers in a row that the matrix takes.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Panels of sixteen outputs, the last one perhaps padded.
    pub(crate) fn panels(&self) -> usize {
        self.scales.len() / PANEL
    }

    /// The lines of `count` panels, one panel after the other.
    pub(crate) fn lines(&self, first: usize, count: usize) -> &[Line] {
        &self.lines[first * self.lines_per_panel..][..count * self.lines_per_panel]
    }

    /// The order of the lines of a panel; only where the matrix was packed for AVX2.
    pub(crate) fn order(&self, panel: usize) -> &Order {
        &self.orders[panel]
    }

    /// Turns the exact sums of one row and one panel into the numbers of the product; `out` may be shorter than a panel.
    ///
    /// Inlined everywhere, so that each kernel does it with its own instructions.
    #[inline(always)]
    pub(crate) fn finish(&self, panel: usize, sums: &[i32; PANEL], scale: f32, zero: i32, out: &mut [f32]) {
        let at = panel * PANEL;
        let scales: &[f32; PANEL] = self.scales[at..at + PANEL].try_into().expect("a whole panel");
        let biases: &[f32; PANEL] = self.biases[at..at + PANEL].try_into().expect("a whole panel");
        let weights: &[i32; PANEL] = self.sums[at..at + PANEL].try_into().expect("a whole panel");
        let mut line = [0.0f32; PANEL];
        for i in 0..PANEL {
            line[i] = (sums[i] - zero * weights[i]) as f32 * scales[i] * scale + biases[i];
        }
        match <&mut [f32; PANEL]>::try_from(&mut *out) {
            Ok(whole) => *whole = line,
            Err(_) => out.copy_from_slice(&line[..out.len()]),
        }
    }
}

fn sums(weights: &[i8], inputs: usize) -> Vec<i32> {
    weights.chunks_exact(inputs).map(|row| row.iter().map(|&w| i32::from(w)).sum()).collect()
}

fn padded<T: Copy + Default>(values: &[T]) -> Vec<T> {
    let mut values = values.to_vec();
    values.resize(values.len().next_multiple_of(PANEL), T::default());
    values
}
