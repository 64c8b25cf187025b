//! One build at a time writes to a record.
//!
//! SQLite's locks guard one transaction; a build makes many. So a build holds an advisory lock on a small file beside
//! the record as long as it runs. The lock ends with the process that holds it, however that ends; the file may stay
//! behind and then means nothing.

use crate::{Error, Kind};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// The right to write; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of the record at `record`, or says at once that another holds it.
    pub(crate) fn take(record: &Path) -> Result<Lock, Error> {
        let mut path = record.as_os_str().to_owned();
        path.push("-lock");
        let path = PathBuf::from(path);
        loop {
            let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path)?;
            match file.try_lock() {
                Ok(()) if same(&file, &path) => return Ok(Lock { path, _file: file }),
                // Its last holder removed it between our opening and our locking: ours has no name any more.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Error::new(Kind::Locked)),
                // A file system without locks: SQLite's own guard of each transaction must do.
                Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => {
                    return Ok(Lock { path, _file: file });
                }
                Err(TryLockError::Error(e)) => return Err(e.into()),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while the lock is still held. Where it cannot be removed it stays, which does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open cannot be removed.
#[cfg(not(unix))]
fn same(_: &File, _: &Path) -> bool {
    true
}
