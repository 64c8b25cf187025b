//! The tests of this crate that see it from outside, as one program: it links once.

mod common;
mod corrections;
mod diff;
mod docs;
mod exports;
mod files;
mod kill;
mod linked;
mod profile;
mod questions;
mod record;
mod search;
mod shapes;
mod speed;
