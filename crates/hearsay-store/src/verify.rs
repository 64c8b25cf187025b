//! Is the record sound? Every page, span, reference and story is held against what it should be.

mod coded;
mod corrected;
mod kept;

use crate::{Error, Store};
use serde::Serialize;

/// What was held against what it should be, and what was not right.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Report {
    /// What was checked, and how many of each.
    pub checked: Vec<(&'static str, u64)>,
    /// What is wrong: at most a thousand are named.
    pub faults: Vec<Fault>,
    /// How many more are wrong.
    pub more_faults: u64,
    /// What is not wrong but worth knowing.
    pub remarks: Vec<String>,
}

/// Something that is not what it should be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fault {
    /// The public table it is in, or `record`.
    pub table: &'static str,
    /// The id of the row; empty where there is none.
    pub id: String,
    /// What is wrong, in one sentence.
    pub message: String,
}

/// So many faults are named.
const MOST: usize = 1_000;

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, table: &'static str, id: impl Into<String>, message: impl Into<String>) {
        if self.faults.len() < MOST {
            self.faults.push(Fault { table, id: id.into(), message: message.into() });
        } else {
            self.more_faults += 1;
        }
    }

    fn checked(&mut self, what: &'static str, count: u64) {
        self.checked.push((what, count));
    }
}

impl Store {
    /// Holds everything in the record against what it should be. Reads the whole file; memory holds one article at a time,
    /// and the ids of the linked ones.
    ///
    /// An error is told only where the check itself cannot go on; damage that it meets is a fault in the report.
    pub fn verify(&self) -> Result<Report, Error> {
        let mut report = Report::default();
        self.check_file(&mut report)?;
        if !report.is_sound() {
            report.remarks.push("The file is damaged: its rows were not checked.".into());
            return Ok(report);
        }
        self.check_pages(&mut report)?;
        self.check_articles(&mut report)?;
        self.check_ids(&mut report)?;
        self.check_search(&mut report)?;
        self.check_stories(&mut report)?;
        self.check_corrections(&mut report)?;
        self.remark(&mut report)?;
        Ok(report)
    }
}
