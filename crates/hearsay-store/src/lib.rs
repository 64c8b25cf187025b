//! The record: one SQLite file that holds the pages and all that was found in them.
//!
//! A build opens the record with [`Store::open`], begins a run, asks [`Store::done`] which pages are in already, hands over
//! what it coded as [`Entry`]s in batches with [`Store::put`], links what is new ([`Store::unlinked`], [`Store::apply`]) and
//! finishes the run. A batch is one transaction: after a kill at any moment the record holds whole pages only, and the next
//! build goes on with those that are missing.
//!
//! A person's corrections go in with [`Store::correct`]; they are kept as a log and replayed over what every build codes.
//!
//! Reading goes through the public tables ([`tables`]): they are the views of the record, the exports, and what
//! `docs/record.md` describes.
//!
//! This crate knows the nouns of `hearsay-types` and none of the verbs: it decides nothing about a text.
#![forbid(unsafe_code)]

mod cache;
mod correct;
mod diff;
mod entry;
mod error;
mod export;
mod fold;
mod known;
mod link;
mod linked;
mod lock;
mod names;
mod open;
mod profile;
mod put;
mod read;
mod run;
mod schema;
mod search;
mod show;
mod sql;
mod store;
mod summary;
mod tables;
mod texts;
mod told;
mod verify;

pub use correct::Replayed;
pub use diff::{Change, Diff, Field, TableDiff, Why};
pub use entry::Entry;
pub use error::{Error, Kind};
pub use export::{Format, Resource, Shape, alpha2};
pub use known::Done;
pub use open::Mode;
pub use profile::{Mask, Profile, Seen};
pub use read::Row;
pub use run::{RunCounts, RunInfo};
pub use search::Hit;
pub use show::Shown;
pub use sql::{Answer, Cell, Limits, Take};
pub use store::Store;
pub use summary::Summary;
pub use tables::{Column, ColumnKind, Table, tables};
pub use texts::part;
pub use verify::{Fault, Report};
