use super::{Isa, PANEL};

/// Sixty-four bytes of weights, aligned so that a load never crosses a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Line(pub(crate) [u8; 64]);

/// How the weights of sixteen outputs lie in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Four inputs; for each input the sixteen outputs, as `i8`.
    ByInput,
    /// Four inputs; for each output its four inputs, as `i8`: what 8-bit dot products want.
    Quads,
    /// Two inputs; for each output its two inputs, as `i16`: what `vpmaddwd` wants.
    Pairs,
}

impl Layout {
    fn of(isa: Isa) -> Layout {
        match isa {
            Isa::Portable => Layout::ByInput,
            Isa::Avx2 => Layout::Pairs,
            Isa::AvxVnni | Isa::Avx512Vnni => Layout::Quads,
        }
    }

    /// Inputs in one line.
    fn group(self) -> usize {
        if self == Layout::Pairs { 2 } else { 4 }
    }

    fn put(self, line: &mut Line, output: usize, input: usize, weight: i8) {
        match self {
            Layout::ByInput => line.0[input * PANEL + output] = weight as u8,
            Layout::Quads => line.0[output * 4 + input] = weight as u8,
            Layout::Pairs => {
                let at = (output * 2 + input) * 2;
                line.0[at..at + 2].copy_from_slice(&i16::from(weight).to_ne_bytes());
            }
        }
    }
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
        // Rows are padded to groups of four in every layout, and so are the lines.
        let lines_per_panel = inputs.next_multiple_of(4) / layout.group();
        let panels = outputs.div_ceil(PANEL);
        let mut lines = vec![Line([0; 64]); panels * lines_per_panel];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let panel = &mut lines[output / PANEL * lines_per_panel..][..lines_per_panel];
            for (line, group) in panel.iter_mut().zip(row.chunks(layout.group())) {
                for (input, &weight) in group.iter().enumerate() {
                    layout.put(line, output % PANEL, input, weight);
                }
            }
        }
        Packed {
            outputs,
            inputs,
            lines_per_panel,
            lines,
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
