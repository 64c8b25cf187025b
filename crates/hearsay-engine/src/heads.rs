//! Heads: what is read off the word vectors.
//!
//! A head is known by its name alone. One of a known kind needs no change here, only its tensors and a line in the
//! configuration of the file.

use std::ops::Range;

use crate::encoded::Encoded;
use crate::error::Error;
use crate::format::{Kind, Rel, TaskConfig, Weights};
use crate::kernel::{Isa, Packed, QuantRows, matmul};
use crate::math;
use crate::products::Columns;
use crate::spans::{Rules, argmax};
use crate::tree;

/// Words that are made into one tree, and words that are labelled at once; a longer sentence is cut.
const MOST_WORDS: usize = 512;

/// Pairs whose labels are scored at once.
const PAIRS_TOGETHER: usize = 64;

/// The head of a word in the tree of its sentence, and the label of the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The head, counted from the start of the sentence; none for the root of the tree.
    pub head: Option<usize>,
    /// The place of the label in the head's list.
    pub label: u32,
}

/// A head of the network.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) labels: Vec<String>,
    wide: bool,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Words(Box<WordHead>),
    Trees(Box<TreeHead>),
    Pairs(Box<PairHead>),
}

/// Scores for each word by itself.
#[derive(Debug)]
struct WordHead {
    hidden: Option<Packed>,
    out: Packed,
    rules: Option<Rules>,
}

/// Scores for each word as the head of each other word (Dozat and Manning 2017, arXiv 1611.01734).
#[derive(Debug)]
struct TreeHead {
    dependent: Packed,
    head: Packed,
    product: Packed,
    pairs: PairHead,
    /// The artificial root: its vector as a row, and what it is to every word as a head.
    root: QuantRows,
    root_product: Vec<f32>,
    root_label: Option<usize>,
}

/// Scores of labels for pairs of words.
#[derive(Debug)]
struct PairHead {
    rel: Rel,
    labels: usize,
    dependent: Packed,
    head: Packed,
    out: Packed,
}

impl Head {
    /// Reads the head of a tier; none if the file has no such head for that tier. Widths are those of the last layer's
    /// vectors, and of the vectors that wide heads read.
    pub(crate) fn load(
        isa: Isa,
        tier: &str,
        task: TaskConfig,
        [hidden, width]: [usize; 2],
        weights: &Weights,
    ) -> Result<Option<Head>, Error> {
        let prefix = format!("head.{tier}.{}", task.name);
        if !weights.has(&format!("{prefix}.")) {
            return Ok(None);
        }
        if task.labels.is_empty() {
            return Err(Error::config(format!("the head {} has no labels", task.name)));
        }
        let inputs = if task.wide { width } else { hidden };
        let body = match task.kind {
            Kind::Linear | Kind::Bio => Body::Words(Box::new(WordHead::load(&prefix, &task, inputs, weights)?)),
            Kind::Biaffine => Body::Trees(Box::new(TreeHead::load(isa, &prefix, &task, inputs, weights)?)),
            Kind::Pairs => Body::Pairs(Box::new(PairHead::load(&prefix, &task, inputs, weights)?)),
        };
        Ok(Some(Head { name: task.name, kind: task.kind, labels: task.labels, wide: task.wide, body }))
    }

    /// One row of scores for each word, one for each label.
    pub(crate) fn scores(&self, isa: Isa, encoded: &Encoded) -> Result<Vec<f32>, Error> {
        match &self.body {
            Body::Words(head) => Ok(head.scores(isa, encoded.rows_for(self.wide))),
            _ => Err(self.wrong("linear or bio")),
        }
    }

    /// The best label of each word, or the best that keep the rules of spans.
    pub(crate) fn label(&self, isa: Isa, encoded: &Encoded) -> Result<Vec<u32>, Error> {
        let width = self.labels.len();
        match &self.body {
            Body::Words(head) if let Some(rules) = &head.rules => {
                let scores = head.scores(isa, encoded.rows_for(self.wide));
                let of = |words: Range<usize>| rules.best(&scores[words.start * width..words.end * width]);
                Ok((0..encoded.len()).flat_map(|sentence| of(encoded.words(sentence))).collect())
            }
            Body::Words(head) => Ok(head.best(isa, encoded.rows_for(self.wide))),
            _ => Err(self.wrong("linear or bio")),
        }
    }

    /// The tree of each sentence, one arc for each word.
    pub(crate) fn trees(&self, isa: Isa, encoded: &Encoded) -> Result<Vec<Arc>, Error> {
        match &self.body {
            Body::Trees(head) => Ok(head.trees(isa, encoded, encoded.rows_for(self.wide))),
            _ => Err(self.wrong("biaffine")),
        }
    }

    /// A row of label scores for each pair of words (dependent, head).
    pub(crate) fn pairs(&self, isa: Isa, encoded: &Encoded, pairs: &[(usize, usize)]) -> Result<Vec<f32>, Error> {
        let head = match &self.body {
            Body::Pairs(head) => head,
            Body::Trees(head) => &head.pairs,
            Body::Words(_) => return Err(self.wrong("pairs or biaffine")),
        };
        let words = encoded.rows_for(self.wide);
        let (dependents, dependent_at) = chosen(words, pairs.iter().map(|pair| pair.0));
        let (heads, head_at) = chosen(words, pairs.iter().map(|pair| pair.1));
        let places: Vec<(usize, usize)> = dependent_at.into_iter().zip(head_at).collect();
        Ok(head.scores(isa, &head.sides(isa, &dependents, &heads), &places))
    }

    fn wrong(&self, kind: &'static str) -> Error {
        Error::Task { task: self.name.clone(), kind }
    }
}

impl WordHead {
    fn load(prefix: &str, task: &TaskConfig, hidden: usize, weights: &Weights) -> Result<WordHead, Error> {
        let name = format!("{prefix}.hidden");
        let between =
            weights.has(&format!("{name}.")).then(|| weights.matrix_of_any_width(&name, hidden)).transpose()?;
        let width = between.as_ref().map_or(hidden, Packed::outputs);
        Ok(WordHead {
            out: weights.matrix(&format!("{prefix}.out"), task.labels.len(), width)?,
            hidden: between,
            rules: (task.kind == Kind::Bio).then(|| Rules::new(&task.labels)),
        })
    }

    /// The best label of each word by itself. The scores of many labels would fill the memory, so words come in parts.
    fn best(&self, isa: Isa, words: &QuantRows) -> Vec<u32> {
        let (mut part, mut labels) = (QuantRows::default(), Vec::with_capacity(words.len()));
        for start in (0..words.len()).step_by(MOST_WORDS) {
            part.gather(words, start..(start + MOST_WORDS).min(words.len()));
            let scores = self.scores(isa, &part);
            labels.extend(scores.chunks_exact(self.out.outputs()).map(|row| argmax(row) as u32));
        }
        labels
    }

    fn scores(&self, isa: Isa, words: &QuantRows) -> Vec<f32> {
        match &self.hidden {
            None => product(isa, words, &self.out),
            Some(hidden) => {
                let mut between = product(isa, words, hidden);
                math::gelu(isa, &mut between);
                product(isa, &quantised(isa, &between, hidden.outputs()), &self.out)
            }
        }
    }
}

impl TreeHead {
    fn load(isa: Isa, prefix: &str, task: &TaskConfig, hidden: usize, weights: &Weights) -> Result<TreeHead, Error> {
        let dependent = weights.matrix_of_any_width(&format!("{prefix}.arc_dep"), hidden)?;
        let width = dependent.outputs();
        let mut head = TreeHead {
            head: weights.matrix(&format!("{prefix}.arc_head"), width, hidden)?,
            product: weights.matrix_without_biases(&format!("{prefix}.arc.U"), width + 1, width, false)?,
            dependent,
            pairs: PairHead::load(prefix, task, hidden, weights)?,
            root: quantised(isa, &weights.floats(&format!("{prefix}.root"), &[hidden])?, hidden),
            root_product: Vec::new(),
            root_label: task.labels.iter().position(|label| label == "root"),
        };
        head.root_product = head.head_products(isa, &head.root);
        Ok(head)
    }

    /// What each word is to every other as a head: a vector to multiply with, and at its end a number to add.
    fn head_products(&self, isa: Isa, words: &QuantRows) -> Vec<f32> {
        let mut heads = product(isa, words, &self.head);
        math::gelu(isa, &mut heads);
        product(isa, &quantised(isa, &heads, self.head.outputs()), &self.product)
    }

    /// The tree of each sentence of `encoded`, made from `rows`, its words.
    fn trees(&self, isa: Isa, encoded: &Encoded, rows: &QuantRows) -> Vec<Arc> {
        let mut dependents = product(isa, rows, &self.dependent);
        math::gelu(isa, &mut dependents);
        let products = self.head_products(isa, rows);
        let (width, mut columns, mut heads) =
            (self.dependent.outputs(), Columns::default(), Vec::<Option<usize>>::new());
        for sentence in 0..encoded.len() {
            let words = encoded.words(sentence);
            for start in words.clone().step_by(MOST_WORDS) {
                let part = start..(start + MOST_WORDS).min(words.end);
                let part_of = &dependents[part.start * width..part.end * width];
                let found =
                    self.heads(isa, part_of, &products[part.start * (width + 1)..part.end * (width + 1)], &mut columns);
                // A part's root hangs on the root of the first part.
                let first_root = heads[words.start..].iter().position(Option::is_none);
                heads.extend(found.into_iter().map(|head| match head {
                    0 => first_root,
                    head => Some(start - words.start + head - 1),
                }));
            }
        }
        self.labelled(isa, encoded, rows, heads)
    }

    /// The head of each word of one part: 0 for the root, else one more than its place.
    fn heads(&self, isa: Isa, dependents: &[f32], products: &[f32], columns: &mut Columns) -> Vec<usize> {
        let width = self.dependent.outputs();
        let words = dependents.len() / width;
        columns.reset(width, words + 1);
        let mut biases = vec![self.root_product[width]];
        columns.set_column(0, &self.root_product);
        for (word, row) in products.chunks_exact(width + 1).enumerate() {
            columns.set_column(word + 1, row);
            biases.push(row[width]);
        }
        let mut padded = vec![0.0; words * columns.padded()];
        columns.multiply(isa, dependents, width, &mut padded);
        let rows = padded.chunks_exact(columns.padded());
        let scores: Vec<f32> = rows.flat_map(|row| row.iter().zip(&biases).map(|(x, bias)| x + bias)).collect();
        tree::best(&scores, words)
    }

    /// Gives every edge its best label: that of the root to the root's child, and to no other.
    fn labelled(&self, isa: Isa, encoded: &Encoded, rows: &QuantRows, heads: Vec<Option<usize>>) -> Vec<Arc> {
        let root = rows.len();
        let mut sides = self.pairs.sides(isa, rows, rows);
        sides.heads.extend(self.pairs.side(isa, &self.root, &self.pairs.head));
        let starts = (0..encoded.len()).flat_map(|s| encoded.words(s).map(move |_| encoded.words(s).start));
        let pairs: Vec<(usize, usize)> = starts
            .zip(&heads)
            .enumerate()
            .map(|(word, (start, head))| (word, head.map_or(root, |head| start + head)))
            .collect();
        let labels = self.pairs.labels;
        let mut scores = self.pairs.scores(isa, &sides, &pairs);
        let rows = scores.chunks_exact_mut(labels).zip(heads);
        rows.map(|(row, head)| Arc { head, label: self.label(row, head.is_none()) as u32 }).collect()
    }

    fn label(&self, row: &mut [f32], of_root: bool) -> usize {
        match self.root_label {
            Some(root) if of_root => root,
            Some(root) => {
                row[root] = f32::NEG_INFINITY;
                argmax(row)
            }
            None => argmax(row),
        }
    }
}

/// The words of some sentences, as dependents and as heads.
struct Sides {
    dependents: Vec<f32>,
    heads: Vec<f32>,
}

impl PairHead {
    fn load(prefix: &str, task: &TaskConfig, hidden: usize, weights: &Weights) -> Result<PairHead, Error> {
        let dependent = weights.matrix_of_any_width(&format!("{prefix}.rel_dep"), hidden)?;
        let (width, labels) = (dependent.outputs(), task.labels.len());
        let out = match task.rel {
            Rel::Biaffine => {
                weights.matrix_without_biases(&format!("{prefix}.rel.U"), labels * (width + 1), width, true)?
            }
            Rel::Mlp => weights.matrix(&format!("{prefix}.rel.out"), labels, width)?,
        };
        let head = weights.matrix(&format!("{prefix}.rel_head"), width, hidden)?;
        Ok(PairHead { rel: task.rel, labels, dependent, head, out })
    }

    fn sides(&self, isa: Isa, dependents: &QuantRows, heads: &QuantRows) -> Sides {
        Sides { dependents: self.side(isa, dependents, &self.dependent), heads: self.side(isa, heads, &self.head) }
    }

    fn side(&self, isa: Isa, words: &QuantRows, matrix: &Packed) -> Vec<f32> {
        let mut side = product(isa, words, matrix);
        if self.rel == Rel::Biaffine {
            math::gelu(isa, &mut side);
        }
        side
    }

    /// A row of label scores for each pair (dependent, head).
    fn scores(&self, isa: Isa, sides: &Sides, pairs: &[(usize, usize)]) -> Vec<f32> {
        let of = |pairs: &[(usize, usize)]| match self.rel {
            Rel::Mlp => self.sums(isa, sides, pairs),
            Rel::Biaffine => self.products(isa, sides, pairs),
        };
        pairs.chunks(PAIRS_TOGETHER).flat_map(of).collect()
    }

    /// A layer over the sum of both sides.
    fn sums(&self, isa: Isa, sides: &Sides, pairs: &[(usize, usize)]) -> Vec<f32> {
        let width = self.dependent.outputs();
        let mut rows = Vec::with_capacity(pairs.len() * width);
        for &(dependent, head) in pairs {
            let (left, right) = (&sides.dependents[dependent * width..], &sides.heads[head * width..]);
            rows.extend(left.iter().zip(right).take(width).map(|(a, b)| a + b));
        }
        math::gelu(isa, &mut rows);
        product(isa, &quantised(isa, &rows, width), &self.out)
    }

    /// A product of both sides for each label.
    fn products(&self, isa: Isa, sides: &Sides, pairs: &[(usize, usize)]) -> Vec<f32> {
        let width = self.dependent.outputs();
        let heads: Vec<f32> =
            pairs.iter().flat_map(|&(_, h)| &sides.heads[h * width..(h + 1) * width]).copied().collect();
        let products = product(isa, &quantised(isa, &heads, width), &self.out);
        let rows = products.chunks_exact(self.out.outputs()).zip(pairs);
        rows.flat_map(|(row, &(dependent, _))| {
            let left = &sides.dependents[dependent * width..(dependent + 1) * width];
            row.chunks_exact(width + 1).map(move |label| math::dot(isa, left, &label[..width]) + label[width])
        })
        .collect()
    }
}

/// The rows of these words, each once, and for every word which of the rows is its own.
fn chosen(rows: &QuantRows, words: impl Iterator<Item = usize>) -> (QuantRows, Vec<usize>) {
    let (mut places, mut list) = (vec![None; rows.len()], Vec::new());
    let mut place = |word: usize| {
        *places[word].get_or_insert_with(|| {
            list.push(word);
            list.len() - 1
        })
    };
    let at = words.map(&mut place).collect();
    let mut few = QuantRows::default();
    few.gather(rows, list.into_iter());
    (few, at)
}

fn product(isa: Isa, rows: &QuantRows, matrix: &Packed) -> Vec<f32> {
    let mut out = vec![0.0; rows.len() * matrix.outputs()];
    matmul(isa, rows, matrix, &mut out);
    out
}

fn quantised(isa: Isa, rows: &[f32], width: usize) -> QuantRows {
    let mut quantised = QuantRows::default();
    quantised.fill(isa, rows, width);
    quantised
}
