//! What can go wrong.

use std::fmt;
use std::io;

/// Why the page could not be served.
#[derive(Debug)]
pub enum Error {
    /// The record could not be opened or read.
    Record(hearsay_store::Error),
    /// The port could not be had.
    Port(u16, io::Error),
    /// The system did not do what it was asked for.
    System(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Record(e) => write!(f, "{e}"),
            Error::Port(port, e) => write!(f, "port {port} cannot be used: {e}"),
            Error::System(e) => write!(f, "{e}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<hearsay_store::Error> for Error {
    fn from(error: hearsay_store::Error) -> Self {
        Error::Record(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::System(error)
    }
}

/// Why one page could not be made.
#[derive(Debug)]
pub enum Trouble {
    /// There is no such row.
    NotFound,
    /// The question took too long.
    Slow,
    /// A correction that cannot be made, in words.
    Refused(String),
    /// Anything else, in words.
    Failed(String),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => Trouble::Slow,
            _ => Trouble::Failed(error.to_string()),
        }
    }
}

impl From<hearsay_store::Error> for Trouble {
    fn from(error: hearsay_store::Error) -> Self {
        match error.kind() {
            hearsay_store::Kind::NotFound(_) => Trouble::NotFound,
            _ => Trouble::Failed(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Trouble::Failed(error.to_string())
    }
}
