//! Corrections: a log that only grows, and its replay over what was coded.
//!
//! The rows that a correction changes are changed where they stand, so that every reader sees them corrected and none pays for it. As
//! they were coded they are kept beside ([`rows`]). A replay first puts everything back as it was coded and then goes through the
//! log from its beginning: what comes of it depends on the pages, the version and the log alone, and not on what was done first.

mod actors;
mod change;
mod log;
mod pairs;
mod pin;
mod replay;
mod rows;
mod wish;

pub(crate) use log::lines;
pub use replay::Replayed;

use crate::{Error, Kind, Store};
use hearsay_types::correction::Wish;
use hearsay_types::incident::Corrected;
use hearsay_types::{Correction, CorrectionId};

impl Store {
    /// Makes a correction: appends it to the log and replays the log, all or nothing. Incidents, disputes and relations are
    /// to be linked anew afterwards ([`Store::told`], [`Store::keep`]).
    ///
    /// A wish that cannot be fulfilled gives [`Kind::Correction`], [`Kind::NotFound`] or [`Kind::Ambiguous`].
    pub fn correct(&mut self, wish: &Wish, who: &str, why: &str) -> Result<Correction, Error> {
        self.writable()?;
        for (what, text) in [("who makes it", who), ("why", why)] {
            if text.trim().is_empty() {
                return Err(refused(format!("a correction needs to say {what}")));
            }
        }
        self.whole(|store| {
            let act = wish::resolve(&store.conn, wish)?;
            let correction = log::made(&store.conn, act, who.trim(), why.trim())?;
            log::append(&store.conn, &correction)?;
            replay::replay(&store.conn)?;
            Ok(correction)
        })
    }

    /// Goes through the log over what the record holds now. A build calls it when its pages are in, before incidents are linked.
    pub fn replay(&mut self) -> Result<Replayed, Error> {
        self.writable()?;
        self.whole(|store| replay::replay(&store.conn))
    }

    /// What merges and splits of incidents say: linking obeys.
    pub fn corrected(&self) -> Result<Corrected, Error> {
        pairs::corrected(&self.conn)
    }

    /// The log, in the order in which it is replayed.
    pub fn corrections(&self) -> Result<Vec<Correction>, Error> {
        log::all(&self.conn).map(|log| log.into_iter().map(|(_, correction)| correction).collect())
    }

    /// Takes corrections over from another record and replays the log; gives the ids of those that were not in it yet.
    ///
    /// The text holds one a line, as JSON, as [`Correction`] is written. A line whose id is not that of what it says is
    /// refused, and with it all of them.
    pub fn import_corrections(&mut self, lines: &str) -> Result<Vec<CorrectionId>, Error> {
        self.writable()?;
        let read = log::read_lines(lines)?;
        self.whole(|store| {
            let mut new = Vec::new();
            for correction in &read {
                if log::append(&store.conn, correction)? {
                    new.push(correction.id);
                }
            }
            replay::replay(&store.conn)?;
            Ok(new)
        })
    }
}

/// A correction that cannot be made, with the reason.
fn refused(why: impl Into<String>) -> Error {
    Error::new(Kind::Correction(why.into()))
}
