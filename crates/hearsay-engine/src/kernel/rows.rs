use super::{GROUP, Isa};
use crate::math;

/// Rows of activations as numbers of 0 to 127, each with its own scale and zero point: `x = scale * (q - zero)`.
///
/// The padding at the end of a row meets weights of zero, so its value never counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuantRows {
    width: usize,
    stride: usize,
    values: Vec<u8>,
    scales: Vec<f32>,
    zeros: Vec<i32>,
}

impl QuantRows {
    /// Quantises `rows`, which holds rows of `width` numbers, in place of what was here.
    pub(crate) fn fill(&mut self, isa: Isa, rows: &[f32], width: usize) {
        self.reset(width, rows.len() / width);
        for (index, row) in rows.chunks_exact(width).enumerate() {
            self.set(isa, index, row);
        }
    }

    /// Makes room for `len` rows of `width` numbers.
    pub(crate) fn reset(&mut self, width: usize, len: usize) {
        self.width = width;
        self.stride = width.next_multiple_of(GROUP);
        self.values.resize(len * self.stride, 0);
        self.scales.resize(len, 0.0);
        self.zeros.resize(len, 0);
    }

    /// Quantises one row.
    pub(crate) fn set(&mut self, isa: Isa, index: usize, row: &[f32]) {
        let start = index * self.stride;
        let into = &mut self.values[start..start + self.width];
        (self.scales[index], self.zeros[index]) = math::quantise(isa, row, into);
    }

    /// Copies the rows with these numbers from `from`, in place of what was here.
    pub(crate) fn gather(&mut self, from: &QuantRows, picked: impl ExactSizeIterator<Item = usize>) {
        self.reset(from.width, picked.len());
        for (index, source) in picked.enumerate() {
            let start = index * self.stride;
            self.values[start..start + self.stride].copy_from_slice(from.row(source));
            self.scales[index] = from.scales[source];
            self.zeros[index] = from.zeros[source];
        }
    }

    /// Appends a row with its scale and zero point to `into`: [`packed_width`](Self::packed_width) bytes.
    pub(crate) fn pack(&self, index: usize, into: &mut Vec<u8>) {
        into.extend(self.scales[index].to_le_bytes());
        // At most 127, so that a byte holds it.
        into.push(self.zeros[index] as u8);
        into.extend_from_slice(self.row(index));
    }

    /// Takes up a row that [`pack`](Self::pack) made.
    pub(crate) fn unpack(&mut self, index: usize, packed: &[u8]) {
        let (scale, rest) = packed.split_first_chunk().expect("a packed row has a scale");
        self.scales[index] = f32::from_le_bytes(*scale);
        self.zeros[index] = i32::from(rest[0]);
        self.values[index * self.stride..(index + 1) * self.stride].copy_from_slice(&rest[1..]);
    }

    /// Bytes of a packed row of `width` numbers.
    pub(crate) fn packed_width(width: usize) -> usize {
        size_of::<f32>() + 1 + width.next_multiple_of(GROUP)
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Numbers in a row, without padding.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Numbers in a row, padding included; a multiple of four.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// One row with its padding.
    pub(crate) fn row(&self, index: usize) -> &[u8] {
        &self.values[index * self.stride..(index + 1) * self.stride]
    }

    /// All rows from `index` on, with their padding, one after the other.
    pub(crate) fn rows_from(&self, index: usize) -> &[u8] {
        &self.values[index * self.stride..]
    }

    /// The scale of one row.
    pub(crate) fn scale(&self, index: usize) -> f32 {
        self.scales[index]
    }

    /// The zero point of one row, 0 to 127.
    pub(crate) fn zero(&self, index: usize) -> i32 {
        self.zeros[index]
    }
}
