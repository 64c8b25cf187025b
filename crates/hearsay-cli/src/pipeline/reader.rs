//! The reading thread: finds out which files are containers, and hands out what there is to do.

use super::{
    Stop,
    job::{Job, What},
    window::Window,
};
use crate::inputs::{Input, Inputs, missing};
use hearsay::pages;
use hearsay_types::{Failure, Page};
use indicatif::ProgressBar;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;

/// So much of a file shows whether it is a container.
const HEAD: u64 = 4 << 10;

struct Reader<'a> {
    window: &'a Window,
    jobs: Sender<Job>,
    bar: &'a ProgressBar,
    stop: &'a Stop,
}

/// The writer wants no more.
struct Enough;

/// Hands out all inputs, until the user or the writer stops it.
pub fn read(inputs: &Inputs, window: &Window, jobs: Sender<Job>, bar: &ProgressBar, stop: &Stop) {
    let reader = Reader { window, jobs, bar, stop };
    for failure in &inputs.failures {
        if reader.hand_out(What::Failed(failure.clone()), 0).is_err() {
            return;
        }
    }
    for input in &inputs.found {
        let read = match input {
            Input::Stdin => reader.container("-", io::stdin()),
            Input::Shipped(name, bytes) => reader.container(name, bar.wrap_read(*bytes)),
            Input::File(path, size) => reader.file(path, *size),
        };
        if read.is_err() {
            return;
        }
    }
}

impl Reader<'_> {
    fn hand_out(&self, what: What, bytes: u64) -> Result<(), Enough> {
        let room = !self.stop.load(Ordering::Relaxed) && self.window.enter(bytes);
        if room && self.jobs.send(Job { what, bytes }).is_ok() { Ok(()) } else { Err(Enough) }
    }

    fn file(&self, path: &Path, size: u64) -> Result<(), Enough> {
        let name = path.display().to_string();
        match open(path, &name) {
            Ok(Opened::Container(file)) => self.container(&name, self.bar.wrap_read(file)),
            Ok(Opened::Single) => {
                self.bar.inc(size);
                self.hand_out(What::File(path.to_path_buf()), size)
            }
            Err(error) => {
                let failure = Failure { path: name, code: "unreadable", message: missing(&error) };
                self.hand_out(What::Failed(failure), 0)
            }
        }
    }

    fn container(&self, name: &str, input: impl Read + Send) -> Result<(), Enough> {
        pages::read(name, input).try_for_each(|record| match record {
            Ok(page) => {
                let bytes = size(&page);
                self.hand_out(What::Page(Box::new(page)), bytes)
            }
            Err(failure) => self.hand_out(What::Failed(failure), 0),
        })
    }
}

enum Opened {
    Container(File),
    Single,
}

fn open(path: &Path, name: &str) -> io::Result<Opened> {
    let mut file = File::open(path)?;
    // A pipe cannot be opened twice, so it is read here.
    if !file.metadata()?.is_file() {
        return Ok(Opened::Container(file));
    }
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head)?;
    if !pages::may_hold_many(name, &head) {
        return Ok(Opened::Single);
    }
    file.rewind()?;
    Ok(Opened::Container(file))
}

fn size(page: &Page) -> u64 {
    page.original.len() as u64
}
