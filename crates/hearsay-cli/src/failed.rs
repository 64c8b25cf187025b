//! What stops a command, in words for a person: what is wrong, and what to do about it.

use hearsay_store::{Error, Kind};
use std::io;

/// Why a command could not run.
#[derive(Debug)]
pub struct Failed {
    /// What is wrong: one plain sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    broken_pipe: bool,
}

impl Failed {
    /// A failure without advice.
    pub fn new(message: impl Into<String>) -> Self {
        Failed { message: message.into(), hint: None, broken_pipe: false }
    }

    /// The same with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether the reader of our output went away, which is no failure: `hearsay export | head`.
    pub fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }

    /// What went wrong while writing to `what`.
    pub fn writing(what: &str, error: &io::Error) -> Self {
        let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge);
        let message = if full { "there is no room left on the disk".to_owned() } else { error.to_string() };
        Failed {
            message: format!("{what} cannot be written: {message}"),
            hint: full.then(|| "make room and run the same command again".to_owned()),
            broken_pipe: error.kind() == io::ErrorKind::BrokenPipe,
        }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed { broken_pipe: broken_pipe(&error), message: error.to_string(), hint: advice(&error) }
    }
}

fn broken_pipe(error: &Error) -> bool {
    let source = std::error::Error::source(error).and_then(|s| s.downcast_ref::<io::Error>());
    source.is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// What to do about an error of the record.
fn advice(error: &Error) -> Option<String> {
    let path = error.path().map_or_else(|| "RECORD".to_owned(), |p| p.display().to_string());
    Some(match error.kind() {
        Kind::Missing => format!("make one with `hearsay build PATH... -o {path}`, or try `hearsay demo`"),
        Kind::NotARecord => {
            "a record is a file that `hearsay build` made; its name usually ends in .hearsay".to_owned()
        }
        Kind::NewerVersion { .. } => "use that newer hearsay, or build another record from the pages".to_owned(),
        Kind::Locked => "wait until it has finished, or build into another record with `-o`".to_owned(),
        Kind::DiskFull => "make room and run the same command again: it goes on where it stopped".to_owned(),
        Kind::ReadOnly => "check who may write the file and its folder".to_owned(),
        Kind::Corrupt => format!("`hearsay verify {path}` tells what is damaged; the pages can be built again"),
        Kind::NoSuchTable(_) => format!("there are: {}", tables()),
        Kind::NotFound(_) => "ids stand in every row that `hearsay export` and `hearsay sql` give".to_owned(),
        Kind::Ambiguous(_) => "give more of its characters".to_owned(),
        Kind::Correction(_) => {
            "nothing was changed; `hearsay correct --help` shows how corrections are made".to_owned()
        }
        Kind::BadQuery => format!("the tables are {}; see `hearsay sql --help`", tables()),
        Kind::TimedOut => "ask for less, or allow more with `--timeout SECONDS`".to_owned(),
        Kind::Io => {
            "check the disk; when it is well again, run the same command again: it goes on where it stopped".to_owned()
        }
        _ => return None,
    })
}

/// The names of the public tables.
pub fn tables() -> String {
    hearsay_store::tables().iter().map(|t| t.name).collect::<Vec<_>>().join(", ")
}
