//! What is counted once and kept until the record changes.

use crate::ask::Ask;
use crate::error::Trouble;
use crate::rows::times::Sums;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// How the record's files stood: when each was last written to, and its length.
type Stamp = [Option<(SystemTime, u64)>; 2];

/// What is kept between two requests.
#[derive(Debug)]
pub struct Cache {
    files: [PathBuf; 2],
    sums: Mutex<Option<(Stamp, Arc<Sums>)>>,
}

impl Cache {
    /// Nothing is kept yet.
    pub fn new(record: &Path) -> Cache {
        let mut log = record.as_os_str().to_owned();
        log.push("-wal");
        Cache { files: [record.to_owned(), log.into()], sums: Mutex::default() }
    }

    fn stamp(&self) -> Stamp {
        self.files.each_ref().map(|file| {
            let about = std::fs::metadata(file).ok()?;
            Some((about.modified().ok()?, about.len()))
        })
    }

    /// The events and claims by their days. A build or a correction that wrote to the record makes them be counted anew.
    pub fn sums(&self, ask: &Ask) -> Result<Arc<Sums>, Trouble> {
        let now = self.stamp();
        let kept = self.sums.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, sums)) = kept.filter(|(stamp, _)| *stamp == now) {
            return Ok(sums);
        }
        // The stamp was taken before: what is written while they are counted makes them be counted again.
        let sums = Arc::new(Sums::read(ask)?);
        *self.sums.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, sums.clone()));
        Ok(sums)
    }

    /// Forgets all: the record was corrected.
    pub fn forget(&self) {
        *self.sums.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
