//! The file of weights: safetensors, with a JSON configuration in its metadata under the key `config`.
//!
//! Every matrix `M` is three tensors: `M.q` (`i8`, outputs times inputs), `M.s` (one scale an output) and `M.b` (one
//! bias an output).

use std::collections::BTreeMap;

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::Deserialize;

use crate::error::Error;
use crate::kernel::{Isa, Packed};

/// Sums of more products than this might leave the range of `i32`.
const MOST_INPUTS: usize = 32_768;

/// What the file says about itself. Keys that are not listed here are for people and other tools.
#[derive(Debug, Deserialize)]
pub(crate) struct Config {
    pub(crate) version: u32,
    pub(crate) hidden: usize,
    pub(crate) heads: usize,
    pub(crate) ffn: usize,
    pub(crate) layers: usize,
    pub(crate) max_positions: usize,
    pub(crate) activation: String,
    pub(crate) layer_norm_eps: f32,
    pub(crate) vocab: VocabConfig,
    pub(crate) tiers: BTreeMap<String, TierConfig>,
    pub(crate) tasks: Vec<TaskConfig>,
}

/// The vocabulary of a SentencePiece unigram model.
#[derive(Debug, Deserialize)]
pub(crate) struct VocabConfig {
    pub(crate) kind: String,
    pub(crate) size: usize,
    pub(crate) bos: u32,
    pub(crate) eos: u32,
    pub(crate) unk: u32,
    pub(crate) pad: u32,
    pub(crate) unk_score: f32,
    pub(crate) normalise: String,
}

/// How deep a tier goes.
#[derive(Debug, Deserialize)]
pub(crate) struct TierConfig {
    pub(crate) layers: usize,
    /// Earlier layers, counted from 1, that wide heads read beside the last one.
    #[serde(default)]
    pub(crate) taps: Vec<usize>,
}

/// One head.
#[derive(Debug, Deserialize)]
pub(crate) struct TaskConfig {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) labels: Vec<String>,
    #[serde(default)]
    pub(crate) rel: Rel,
    /// Whether it reads the tapped layers too.
    #[serde(default)]
    pub(crate) wide: bool,
}

/// What a head says, and about what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// One label a word.
    Linear,
    /// One label a word, of the kinds `O`, `B-x` and `I-x`: spans of words.
    Bio,
    /// A head and a label for every word: a tree.
    Biaffine,
    /// A label for pairs of words.
    Pairs,
}

/// How the label of a pair of words is scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Rel {
    /// A product of both vectors for every label.
    #[default]
    Biaffine,
    /// A layer over the sum of both vectors.
    Mlp,
}

/// The tensors of an opened file.
pub(crate) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    isa: Isa,
}

impl<'a> Weights<'a> {
    /// Opens a file; its matrices will be packed for `isa`.
    pub(crate) fn open(bytes: &'a [u8], isa: Isa) -> Result<(Config, Weights<'a>), Error> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)?;
        let config = metadata.metadata().as_ref().and_then(|m| m.get("config"));
        let config = config.ok_or_else(|| Error::config("there is none"))?;
        let config: Config = serde_json::from_str(config).map_err(Error::config)?;
        config.check()?;
        Ok((config, Weights { tensors: SafeTensors::deserialize(bytes)?, isa }))
    }

    /// Whether any tensor's name starts with `prefix`.
    pub(crate) fn has(&self, prefix: &str) -> bool {
        self.tensors.names().iter().any(|name| name.starts_with(prefix))
    }

    /// Numbers of `f32` or `f16`, with a given shape.
    pub(crate) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let tensor = self.tensor(name)?;
        match tensor.dtype() {
            Dtype::F32 if tensor.shape() == shape => {
                Ok(tensor.data().as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect())
            }
            Dtype::F16 if tensor.shape() == shape => {
                Ok(tensor.data().as_chunks().0.iter().map(|&b| half(u16::from_le_bytes(b))).collect())
            }
            _ => Err(mismatch(name, &tensor, Dtype::F32, shape)),
        }
    }

    /// Numbers of `i8`, with a given shape.
    pub(crate) fn bytes(&self, name: &str, shape: &[usize]) -> Result<&'a [i8], Error> {
        let tensor = self.tensor(name)?;
        if tensor.dtype() != Dtype::I8 || tensor.shape() != shape {
            return Err(mismatch(name, &tensor, Dtype::I8, shape));
        }
        let data = tensor.data();
        // SAFETY: `u8` and `i8` have the same size and alignment, and every pattern of bits is a valid `i8`.
        Ok(unsafe { std::slice::from_raw_parts(data.as_ptr().cast(), data.len()) })
    }

    /// A text in UTF-8.
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, Error> {
        let tensor = self.tensor(name)?;
        std::str::from_utf8(tensor.data()).map_err(|e| Error::config(format!("{name} is not UTF-8: {e}")))
    }

    /// All texts that are not part of the vocabulary, by name.
    pub(crate) fn texts(&self) -> Result<BTreeMap<String, String>, Error> {
        let is_text = |tensor: &TensorView| tensor.dtype() == Dtype::U8;
        let names = self.tensors.iter().filter(|(name, tensor)| is_text(tensor) && !name.starts_with("vocab."));
        names.map(|(name, _)| Ok((name.to_owned(), self.text(name)?.to_owned()))).collect()
    }

    /// The packed matrix of this name.
    pub(crate) fn matrix(&self, name: &str, outputs: usize, inputs: usize) -> Result<Packed, Error> {
        let [packed] = self.matrices(name, [outputs], inputs)?;
        Ok(packed)
    }

    /// The packed matrix of this name, of which the file has no biases: they are zero, or the last of its inputs.
    pub(crate) fn matrix_without_biases(
        &self,
        name: &str,
        outputs: usize,
        inputs: usize,
        one_is_last: bool,
    ) -> Result<Packed, Error> {
        let stored = inputs + usize::from(one_is_last);
        check_size(name, outputs, stored)?;
        let scales = self.floats(&format!("{name}.s"), &[outputs])?;
        let rows = self.bytes(&format!("{name}.q"), &[outputs, stored])?.chunks_exact(stored).zip(&scales);
        let biases: Vec<f32> =
            rows.clone().map(|(row, s)| if one_is_last { f32::from(row[inputs]) * s } else { 0.0 }).collect();
        let weights: Vec<i8> = rows.flat_map(|(row, _)| &row[..inputs]).copied().collect();
        Ok(Packed::new(self.isa, inputs, &weights, &scales, &biases))
    }

    /// The packed matrix of this name, as wide as the file has it.
    pub(crate) fn matrix_of_any_width(&self, name: &str, inputs: usize) -> Result<Packed, Error> {
        let outputs = self.tensor(&format!("{name}.q"))?.shape().first().copied().unwrap_or(0);
        self.matrix(name, outputs, inputs)
    }

    /// One matrix of the file, cut by its outputs into several.
    pub(crate) fn matrices<const N: usize>(
        &self,
        name: &str,
        outputs: [usize; N],
        inputs: usize,
    ) -> Result<[Packed; N], Error> {
        self.scaled_matrices(name, outputs, inputs, [1.0; N])
    }

    /// The same, with each part's outputs multiplied by a factor.
    pub(crate) fn scaled_matrices<const N: usize>(
        &self,
        name: &str,
        outputs: [usize; N],
        inputs: usize,
        factors: [f32; N],
    ) -> Result<[Packed; N], Error> {
        let total = outputs.iter().sum();
        check_size(name, total, inputs)?;
        let weights = self.bytes(&format!("{name}.q"), &[total, inputs])?;
        let scales = self.floats(&format!("{name}.s"), &[total])?;
        let biases = self.floats(&format!("{name}.b"), &[total])?;
        let mut start = 0;
        Ok(std::array::from_fn(|part| {
            let range = start..start + outputs[part];
            start = range.end;
            let times = |values: &[f32]| values.iter().map(|x| x * factors[part]).collect::<Vec<f32>>();
            let weights = &weights[range.start * inputs..range.end * inputs];
            Packed::new(self.isa, inputs, weights, &times(&scales[range.clone()]), &times(&biases[range]))
        }))
    }

    fn tensor(&self, name: &str) -> Result<TensorView<'a>, Error> {
        self.tensors.tensor(name).map_err(|_| Error::Missing(name.to_owned()))
    }
}

impl Config {
    fn check(&self) -> Result<(), Error> {
        let whole = self.heads > 0 && self.hidden > 0 && self.hidden.is_multiple_of(self.heads);
        let facts = [
            (self.version == 1, "its version is not 1"),
            (whole, "hidden is not a multiple of heads"),
            (self.activation == "gelu", "the activation is not gelu"),
            (self.layers > 0 && self.max_positions > 2, "there are no layers or no positions"),
            (self.vocab.kind == "sentencepiece-unigram", "the vocabulary is no sentencepiece-unigram"),
            (self.vocab.normalise == "nfkc", "the normalisation is not nfkc"),
        ];
        match facts.iter().find(|(holds, _)| !holds) {
            Some((_, reason)) => Err(Error::config(reason)),
            None => Ok(()),
        }
    }
}

fn check_size(name: &str, outputs: usize, inputs: usize) -> Result<(), Error> {
    if inputs == 0 || inputs > MOST_INPUTS || outputs == 0 {
        return Err(Error::config(format!("{name} cannot have {outputs} outputs of {inputs} inputs")));
    }
    Ok(())
}

fn mismatch(name: &str, tensor: &TensorView, dtype: Dtype, shape: &[usize]) -> Error {
    Error::Tensor {
        name: name.to_owned(),
        expected: format!("{dtype:?} {shape:?}"),
        found: format!("{:?} {:?}", tensor.dtype(), tensor.shape()),
    }
}

/// The number that an IEEE 754 half-precision pattern stands for.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * 2f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (fraction + 1024.0) * 2f32.powi(exponent - 25),
    };
    sign * size
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn halves_are_read_exactly() {
        for (bits, number) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0x7bff, 65504.0)]
        {
            assert_eq!(half(bits), number);
        }
        assert_eq!(half(0xfc00), f32::NEG_INFINITY);
        assert!(half(0x7e00).is_nan());
    }
}
