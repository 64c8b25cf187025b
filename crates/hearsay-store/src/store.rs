//! The open record and its transactions.

use crate::profile::Gathered;
use crate::{Error, Kind, cache::Cache, lock::Lock};
use rusqlite::Connection;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// An open record. It may be handed to another thread, but one thread at a time uses it.
#[derive(Debug)]
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    pub(crate) cache: Cache,
    /// The run that has begun.
    pub(crate) run: Option<Current>,
    /// How many changes wait in an open transaction for their commit.
    pub(crate) pending: usize,
    /// What went wrong where the answer had to be a plain value; told by the next call that can.
    pub(crate) trouble: RefCell<Option<Error>>,
    /// The private people that were gathered last.
    pub(crate) gathered: RefCell<Option<Arc<Gathered>>>,
    // Declared last: the lock is given back after the connection is closed.
    lock: Option<Lock>,
}

/// The run that has begun: its key and that of what it codes by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Current {
    pub(crate) run: i64,
    pub(crate) coder: i64,
}

/// So many changes of linking share a transaction.
const CHANGES_A_COMMIT: usize = 1_000;

impl Store {
    pub(crate) fn new(path: PathBuf, conn: Connection, lock: Option<Lock>) -> Self {
        Store {
            conn,
            path,
            cache: Cache::default(),
            run: None,
            pending: 0,
            trouble: RefCell::new(None),
            gathered: RefCell::default(),
            lock,
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, for readers that ask the base tables, as the served page does. It is bound to this format of the
    /// record. A record that was opened to be read refuses to write through it.
    pub fn connection(&self) -> &Connection {
        &self.conn
    }

    /// Breaks off whatever is still being asked through [`Store::connection`] when this time is over.
    pub fn limit(&mut self, time: Duration) -> Result<(), Error> {
        let end = Instant::now() + time;
        Ok(self.conn.progress_handler(10_000, Some(move || Instant::now() >= end))?)
    }

    /// Whether it was opened to be written to.
    pub(crate) fn writable(&self) -> Result<(), Error> {
        self.lock.as_ref().map(|_| ()).ok_or_else(|| Error::new(Kind::ReadOnly).at(&self.path))
    }

    /// The run that has begun.
    pub(crate) fn current(&self) -> Result<Current, Error> {
        self.writable()?;
        self.run.ok_or_else(|| Error::new(Kind::NoRun))
    }

    /// Does `work` in a transaction of its own: all of it, or nothing.
    pub(crate) fn whole<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T, Error>) -> Result<T, Error> {
        self.flush()?;
        self.conn.execute_batch("BEGIN IMMEDIATE")?;
        let done = work(self).and_then(|value| {
            self.conn.execute_batch("COMMIT")?;
            Ok(value)
        });
        done.inspect_err(|_| self.roll_back()).map_err(|e| e.at(&self.path))
    }

    /// Does `work` in a transaction that later work may share.
    pub(crate) fn shared<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T, Error>) -> Result<T, Error> {
        if self.pending == 0 {
            self.conn.execute_batch("BEGIN IMMEDIATE")?;
        }
        self.pending += 1;
        let done = work(self).inspect_err(|_| self.roll_back()).map_err(|e| e.at(&self.path))?;
        if self.pending >= CHANGES_A_COMMIT {
            self.flush()?;
        }
        Ok(done)
    }

    /// Commits what waits.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.pending) > 0 {
            self.conn.execute_batch("COMMIT").map_err(Error::from).inspect_err(|_| self.roll_back())?;
        }
        self.trouble.take().map_or(Ok(()), Err)
    }

    /// After an error: nothing of the open transaction stays, nor what was remembered of it.
    fn roll_back(&mut self) {
        // Some errors have ended the transaction by themselves; then there is nothing to roll back.
        if !self.conn.is_autocommit() {
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        self.pending = 0;
        self.cache = Cache::default();
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // A store that is dropped without finishing its run keeps what linking has found so far.
        let _ = self.flush();
    }
}
