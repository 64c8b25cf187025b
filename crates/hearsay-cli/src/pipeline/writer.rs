//! The writing thread: keeps what comes, in batches.

use super::{
    job::{Finished, Outcome},
    window::Window,
};
use crate::{failed::Failed, talk};
use hearsay_store::{Entry, Store};
use hearsay_types::{Failure, PageId};
use indicatif::ProgressBar;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// A batch is kept when it has so many pages, so many bytes, or is so old: what a kill costs is small.
const PAGES: usize = 256;
const BYTES: usize = 32 << 20;
const AGE: Duration = Duration::from_millis(250);

/// So many failures are kept in memory to be named.
pub const NAMED: usize = 1_000;

/// What came of a build so far.
#[derive(Debug, Default)]
pub struct Tally {
    /// Pages read and coded.
    pub read: u64,
    /// Pages that were in already.
    pub skipped: u64,
    /// Articles on the pages read.
    pub articles: u64,
    /// How many inputs could not be read.
    pub failed: u64,
    /// What could not be read, by path: the first [`NAMED`] of them. The record keeps them all.
    pub failures: Vec<Failure>,
    /// Whether the user stopped it.
    pub stopped: bool,
}

#[derive(Default)]
struct Batch {
    entries: Vec<Entry>,
    again: Vec<(PageId, String)>,
    failures: Vec<Failure>,
    bytes: usize,
    begun: Option<Instant>,
}

/// Keeps all that comes, until no worker is left.
pub fn write(
    store: &mut Store,
    results: &Receiver<Finished>,
    window: &Window,
    bar: &ProgressBar,
) -> Result<Tally, Failed> {
    let (mut tally, mut batch) = (Tally::default(), Batch::default());
    loop {
        match results.recv_timeout(AGE) {
            Ok(finished) => {
                for outcome in finished.outcomes {
                    tally.count(&outcome);
                    batch.add(outcome);
                }
                window.leave(finished.bytes);
                bar.set_message(tally.message());
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if batch.is_due() {
            std::mem::take(&mut batch).keep(store)?;
        }
    }
    batch.keep(store)?;
    tally.failures.sort_by(|a, b| (&a.path, a.code).cmp(&(&b.path, b.code)));
    Ok(tally)
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Coded(entry) => {
                self.read += 1;
                self.articles += entry.articles() as u64;
            }
            Outcome::Again(..) => self.skipped += 1,
            Outcome::Failed(failure) => {
                self.failed += 1;
                if self.failures.len() < NAMED {
                    self.failures.push(failure.clone());
                }
            }
        }
    }

    fn message(&self) -> String {
        let mut message = talk::counted(self.read + self.skipped, "page", "pages");
        if self.failed > 0 {
            message += &format!(", {} failed", talk::count(self.failed));
        }
        message
    }
}

impl Batch {
    fn add(&mut self, outcome: Outcome) {
        self.begun.get_or_insert_with(Instant::now);
        match outcome {
            Outcome::Coded(entry) => {
                self.bytes += entry.size();
                self.entries.push(*entry);
            }
            Outcome::Again(id, path) => self.again.push((id, path)),
            Outcome::Failed(failure) => self.failures.push(failure),
        }
    }

    fn is_due(&self) -> bool {
        let pages = self.entries.len() + self.again.len() / 16;
        pages >= PAGES || self.bytes >= BYTES || self.begun.is_some_and(|begun| begun.elapsed() >= AGE)
    }

    fn keep(self, store: &mut Store) -> Result<(), Failed> {
        if !self.entries.is_empty() {
            store.put(&self.entries)?;
        }
        if !self.again.is_empty() {
            store.again(&self.again)?;
        }
        if !self.failures.is_empty() {
            store.fail(&self.failures)?;
        }
        Ok(())
    }
}
