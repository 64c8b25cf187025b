//! The log of corrections.

use super::Report;
use crate::{Error, Store, correct};

impl Store {
    /// Each correction says what it said when it was made; those that wait are told.
    pub(super) fn check_corrections(&self, report: &mut Report) -> Result<(), Error> {
        let lines = correct::lines(&self.conn)?;
        report.checked("corrections", lines.len() as u64);
        for line in &lines {
            if line.correction.is_err() {
                report.fault("corrections", &line.id, "it does not say what it said when it was made");
            }
        }
        let figure = |ask: &str| self.conn.query_row(ask, [], |r| r.get::<_, u64>(0));
        let waiting = figure("SELECT count(*) FROM corrections WHERE state = 'waiting'")?;
        if waiting > 0 {
            report
                .remarks
                .push(format!("{waiting} corrections wait: the record holds nothing that they could change."));
        }
        let fresh = figure("SELECT count(*) FROM corrections WHERE state IS NULL")?;
        if fresh > 0 {
            report
                .remarks
                .push(format!("{fresh} corrections have not been replayed yet: the next build replays them."));
        }
        Ok(())
    }
}
