//! The tests of this crate that see it from outside, as one program: it links once.

mod builds;
mod common;
mod corrections;
mod demo;
mod errors;
mod exports;
mod own;
mod serve;
