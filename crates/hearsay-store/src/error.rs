//! What can go wrong with a record.

use rusqlite::ErrorCode;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why something could not be done. One opaque error for the crate; [`Error::kind`] tells what a caller can act upon.
///
/// It displays as one plain sentence without a full stop. What to do about it is said by the caller.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    path: Option<PathBuf>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of thing went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// There is no such file.
    Missing,
    /// The file is something else.
    NotARecord,
    /// A newer version of hearsay wrote it.
    NewerVersion {
        /// The format of the file.
        found: u32,
        /// The newest format that is known here.
        known: u32,
    },
    /// Another build is writing to it, or another program keeps it locked.
    Locked,
    /// There is no room left on the disk, or the file has reached its largest size.
    DiskFull,
    /// It may not be written to.
    ReadOnly,
    /// Its bytes are damaged, or a row is not what it should be.
    Corrupt,
    /// A write was asked for before a run was begun.
    NoRun,
    /// There is no public table of this name.
    NoSuchTable(String),
    /// Nothing in the record has this id.
    NotFound(String),
    /// Several rows have an id that begins like this: at most ten of them.
    Ambiguous(Vec<String>),
    /// A correction cannot be made: the reason.
    Correction(String),
    /// The query is not understood, or does more than read.
    BadQuery,
    /// The query took longer than it was allowed to.
    TimedOut,
    /// Reading or writing failed.
    Io,
    /// SQLite refused what should be right: a mistake of this program, or a row that breaks the record's rules.
    Unexpected,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Error(Box::new(Inner { kind, path: None, source: None }))
    }

    pub(crate) fn with(kind: Kind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error(Box::new(Inner { kind, path: None, source: Some(source.into()) }))
    }

    pub(crate) fn at(mut self, path: &Path) -> Self {
        self.0.path.get_or_insert_with(|| path.to_path_buf());
        self
    }

    /// The same error, seen as another kind.
    pub(crate) fn turned(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The file it is about, where it is about one.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{}: ", path.display())?;
        }
        match &self.0.kind {
            Kind::Missing => write!(f, "there is no such record"),
            Kind::NotARecord => write!(f, "this is not a record of hearsay"),
            Kind::NewerVersion { found, known } => {
                write!(f, "a newer version of hearsay wrote this record (format {found}, known up to {known})")
            }
            Kind::Locked => write!(f, "another build is writing to this record"),
            Kind::DiskFull => write!(f, "there is no room left on the disk"),
            Kind::ReadOnly => write!(f, "the record may not be written to"),
            Kind::Corrupt => write!(f, "the record is damaged"),
            Kind::NoRun => write!(f, "nothing can be written before a run is begun"),
            Kind::NoSuchTable(name) => write!(f, "there is no table `{name}`"),
            Kind::NotFound(id) => write!(f, "nothing in the record has the id `{id}`"),
            Kind::Ambiguous(ids) => write!(f, "several rows have an id like this: {}", ids.join(", ")),
            Kind::Correction(why) => write!(f, "{why}"),
            Kind::BadQuery => write!(f, "the query cannot be run"),
            Kind::TimedOut => write!(f, "the query took longer than it may"),
            Kind::Io => write!(f, "reading or writing failed"),
            Kind::Unexpected => write!(f, "the record refused a row or a question"),
        }?;
        match &self.0.source {
            Some(source) => write!(f, " ({source})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|s| &**s as &(dyn std::error::Error + 'static))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Kind::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Kind::ReadOnly,
            Some(ErrorCode::NotADatabase) => Kind::NotARecord,
            Some(ErrorCode::OperationInterrupted) => Kind::TimedOut,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Kind::Io,
            Some(ErrorCode::DatabaseCorrupt) => Kind::Corrupt,
            _ => Kind::Unexpected,
        };
        Error::with(kind, error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Kind::DiskFull,
            std::io::ErrorKind::NotFound => Kind::Missing,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Kind::ReadOnly,
            _ => Kind::Io,
        };
        Error::with(kind, error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::with(Kind::Corrupt, error)
    }
}
