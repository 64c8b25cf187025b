//! One job: a page, or a file that is one, taken through the path.

use crate::inputs::missing;
use hearsay::{Hearsay, pages};
use hearsay_store::{Done, Entry};
use hearsay_types::{Failure, Page, PageId};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// What a worker needs.
pub struct Coder {
    /// The path, with all that it needs.
    pub hearsay: Hearsay,
    /// The pages that are in already.
    pub done: Done,
}

/// What is to be done.
pub enum What {
    /// A file that is one page.
    File(PathBuf),
    /// A page of a container.
    Page(Box<Page>),
    /// A record that could not be read.
    Failed(Failure),
}

/// A job on its way, with the room it takes.
pub struct Job {
    pub what: What,
    pub bytes: u64,
}

/// What came of a page.
pub enum Outcome {
    /// Coded.
    Coded(Box<Entry>),
    /// In already.
    Again(PageId, String),
    /// Not read, or not coded.
    Failed(Failure),
}

/// What came of a job.
pub struct Finished {
    pub outcomes: Vec<Outcome>,
    pub bytes: u64,
}

impl Job {
    pub fn done(self, coder: &Coder) -> Finished {
        let outcomes = match self.what {
            What::File(path) => file(&path, coder),
            What::Page(page) => vec![coder.outcome(*page)],
            What::Failed(failure) => vec![Outcome::Failed(failure)],
        };
        Finished { outcomes, bytes: self.bytes }
    }
}

fn file(path: &std::path::Path, coder: &Coder) -> Vec<Outcome> {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => {
            pages::read(&name, file).map(|page| page.map_or_else(Outcome::Failed, |p| coder.outcome(p))).collect()
        }
        Err(error) => {
            vec![Outcome::Failed(Failure { path: name, code: "unreadable", message: missing(&error) })]
        }
    }
}

impl Coder {
    fn outcome(&self, page: Page) -> Outcome {
        if self.done.has(&page) {
            return Outcome::Again(page.id, page.path);
        }
        let path = page.path.clone();
        // A defect of ours costs the page it shows on, not the run.
        match catch_unwind(AssertUnwindSafe(|| self.entry(page))) {
            Ok(entry) => Outcome::Coded(Box::new(entry)),
            Err(panic) => Outcome::Failed(Failure { path, code: "defect", message: defect(&*panic) }),
        }
    }

    fn entry(&self, page: Page) -> Entry {
        let outcome = self.hearsay.run(&page);
        let signatures = outcome.coded.iter().map(|coded| hearsay::record::signature(&coded.article)).collect();
        Entry::new(page, outcome.coded, signatures, outcome.notes)
    }
}

fn defect(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
    format!("hearsay has a defect that this page brings out; please report it: {}", text.unwrap_or("no message"))
}
