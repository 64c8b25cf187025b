//! The tests of this crate that see it from outside, as one program: it links once.

mod cases;
mod engine;
mod layers;
