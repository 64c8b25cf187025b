//! The language engine: a small BERT-like encoder with several heads, in 8-bit numbers, on a plain CPU.
//!
//! Words go in, and one vector a word comes out ([`Engine::encode`]); heads read labels, spans and trees off the
//! vectors ([`Engine::label`], [`Engine::trees`], [`Engine::pairs`]). The weights file says which heads there are.
//!
//! The same words give the same bits on every processor, in any batch, in any order and on any number of threads:
//! sums of 8-bit products are exact, and all other sums have a fixed order.

mod attention;
mod encoded;
mod encoder;
mod engine;
mod error;
mod format;
mod heads;
mod kernel;
mod math;
mod products;
mod spans;
mod tokenizer;
mod tree;
mod trie;
mod windows;

pub use encoded::Encoded;
pub use engine::{Engine, Tier, WordInput};
pub use error::Error;
pub use format::Kind;
pub use heads::Arc;
pub use kernel::Isa;
pub use spans::{Span, spans};
