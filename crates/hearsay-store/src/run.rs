//! Runs: which version, options and data a build works with, and what came of it.

use crate::{Error, Store, store::Current};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a run codes pages by. Two runs that agree in all of it make the same rows of the same page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunInfo {
    /// The version of the path.
    pub version: String,
    /// What the user chose, as far as it bears on the rows.
    pub options: serde_json::Value,
    /// The hashes of the data and weights that are used, by name.
    pub hashes: BTreeMap<String, String>,
}

/// What came of a run.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct RunCounts {
    /// Pages read and coded.
    pub read: u64,
    /// Pages that were in already.
    pub skipped: u64,
    /// Inputs that could not be read.
    pub failed: u64,
    /// Articles found on the pages read.
    pub articles: u64,
    /// How long it took.
    pub seconds: f64,
}

/// Now, in UTC (RFC 3339, whole seconds).
pub(crate) const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')";

impl Store {
    /// Begins a run; gives its number, from 1. The store must be open to write.
    pub fn begin_run(&mut self, info: &RunInfo) -> Result<i64, Error> {
        self.writable()?;
        let (options, hashes) = (info.options.to_string(), serde_json::to_string(&info.hashes)?);
        let current = self.whole(|store| {
            let coder = store.conn.query_row(
                "INSERT INTO t_coders (version, options, hashes) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET version = version RETURNING key",
                params![info.version, options, hashes],
                |r| r.get(0),
            )?;
            let begin = format!("INSERT INTO t_runs (coder, started) VALUES (?1, {NOW}) RETURNING key");
            let run = store.conn.query_row(&begin, [coder], |r| r.get(0))?;
            Ok(Current { run, coder })
        })?;
        self.run = Some(current);
        Ok(current.run)
    }

    /// Ends the run: commits what waits, notes what came of it, and brings the write-ahead log into the file.
    pub fn finish_run(&mut self, counts: &RunCounts, notes: &[String]) -> Result<(), Error> {
        let current = self.current()?;
        let (counts, notes) = (serde_json::to_string(counts)?, serde_json::to_string(notes)?);
        self.whole(|store| {
            let end = format!("UPDATE t_runs SET finished = {NOW}, counts = ?2, notes = ?3 WHERE key = ?1");
            store.conn.execute(&end, params![current.run, counts, notes])?;
            Ok(())
        })?;
        self.run = None;
        self.tidy()
    }

    /// Lets SQLite look at the shape of the data, and empties the write-ahead log; a reader that is busy may keep it.
    fn tidy(&mut self) -> Result<(), Error> {
        self.conn.execute_batch("PRAGMA analysis_limit = 400; PRAGMA optimize;")?;
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}
