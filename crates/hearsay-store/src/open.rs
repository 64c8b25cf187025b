//! Opening a record: is it one, is it ours to write, and is it of a format that is known here?

use crate::{Error, Kind, Store, lock::Lock, schema};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// What a record is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To write; it is made where there is none.
    Create,
    /// To write; it must be there.
    Write,
    /// To read. Several may read while one writes.
    Read,
}

/// Marks the file as a record of hearsay: "HRSY" in the file's header, where `file` and SQLite look for it.
pub(crate) const APPLICATION_ID: u32 = 0x4852_5359;

/// How long to wait for another program that holds SQLite's own lock for a moment.
const BUSY: Duration = Duration::from_secs(5);

impl Store {
    /// Opens a record.
    ///
    /// One at a time may write: a second gets [`Kind::Locked`] at once. A file that is something else, or of a newer
    /// format, is told by its first bytes and not touched.
    pub fn open(path: &Path, mode: Mode) -> Result<Store, Error> {
        open(path, mode).map_err(|e| e.at(path))
    }
}

fn open(path: &Path, mode: Mode) -> Result<Store, Error> {
    let fresh = match peek(path) {
        Ok(fresh) => fresh,
        Err(e) if *e.kind() == Kind::Missing && mode == Mode::Create => true,
        Err(e) => return Err(e),
    };
    if fresh && mode != Mode::Create {
        return Err(Error::new(Kind::NotARecord));
    }
    let lock = match mode {
        Mode::Read => None,
        Mode::Create | Mode::Write => Some(Lock::take(path)?),
    };
    let conn = connect(path, mode)?;
    if mode != Mode::Read {
        prepare_to_write(&conn)?;
    }
    check_format(&conn)?;
    Ok(Store::new(path.to_path_buf(), conn, lock))
}

/// Reads the header that SQLite keeps in the first 100 bytes. True for an empty file, which may become a record.
fn peek(path: &Path) -> Result<bool, Error> {
    if path.is_dir() {
        return Err(Error::new(Kind::NotARecord));
    }
    let mut head = Vec::new();
    File::open(path)?.take(100).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(true);
    }
    if head.len() < 100 || !head.starts_with(b"SQLite format 3\0") {
        return Err(Error::new(Kind::NotARecord));
    }
    let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    match (number(68), number(60)) {
        // A build that was killed while it made the record leaves a first page without marks and a journal.
        (0, 0) if has_journal(path) => Ok(true),
        (APPLICATION_ID, found) => known(found).map(|()| false),
        _ => Err(Error::new(Kind::NotARecord)),
    }
}

fn has_journal(path: &Path) -> bool {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    Path::new(&journal).exists()
}

fn known(found: u32) -> Result<(), Error> {
    if found > schema::FORMAT {
        return Err(Error::new(Kind::NewerVersion { found, known: schema::FORMAT }));
    }
    Ok(())
}

/// A reader opens the file so that it could write, where it may: only then can SQLite tidy up a write-ahead log that a
/// killed build left behind. `query_only` keeps it from writing anything else. On a read-only disk it is opened as
/// a file that nobody changes.
fn connect(path: &Path, mode: Mode) -> Result<Connection, Error> {
    let base = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let write = base | OpenFlags::SQLITE_OPEN_READ_WRITE;
    let conn = match mode {
        Mode::Create => Connection::open_with_flags(path, write | OpenFlags::SQLITE_OPEN_CREATE)?,
        Mode::Write => Connection::open_with_flags(path, write)?,
        Mode::Read => Connection::open_with_flags(path, write)
            .and_then(touch)
            .or_else(|_| Connection::open_with_flags(path, base | OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(touch))
            .or_else(|_| connect_immutable(path).and_then(touch))?,
    };
    settle(&conn)?;
    if mode == Mode::Read {
        schema::lend(&conn)?;
        conn.pragma_update(None, "query_only", true)?;
    }
    Ok(conn)
}

/// SQLite opens lazily: only a first read shows whether it can.
fn touch(conn: Connection) -> rusqlite::Result<Connection> {
    conn.busy_timeout(BUSY)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(conn)
}

pub(crate) fn connect_immutable(path: &Path) -> rusqlite::Result<Connection> {
    let mut uri = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' => uri.push_str(&format!("%{byte:02x}")),
            _ => uri.push(byte as char),
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(uri, flags)
}

pub(crate) fn settle(conn: &Connection) -> Result<(), Error> {
    conn.busy_timeout(BUSY)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // Without this a statement is planned anew whenever its values change.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cache_size", -65_536)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    Ok(())
}

/// Write-ahead log, so that readers go on while a build writes and a commit appends to one file.
///
/// `synchronous=NORMAL`: a killed process loses nothing that was committed, since the log is written by then and the
/// system keeps it. A power cut may lose the last commits but never the record's soundness: each frame of the log is
/// checksummed and the log is synced before it is copied into the record. Lost pages are read again by the next build.
fn prepare_to_write(conn: &Connection) -> Result<(), Error> {
    if conn.is_readonly("main")? {
        return Err(Error::new(Kind::ReadOnly));
    }
    if format(conn)?.is_none() {
        schema::create(conn, APPLICATION_ID)?;
    }
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "normal")?;
    conn.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    schema::migrate(conn)
}

/// The format of the record; none where there is nothing in the file yet.
fn format(conn: &Connection) -> Result<Option<u32>, Error> {
    let number = |name: &str| conn.pragma_query_value(None, name, |r| r.get::<_, u32>(0));
    let tables: u32 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    match (number("application_id")?, number("user_version")?) {
        (APPLICATION_ID, found) => Ok(Some(found)),
        (0, 0) if tables == 0 => Ok(None),
        _ => Err(Error::new(Kind::NotARecord)),
    }
}

fn check_format(conn: &Connection) -> Result<(), Error> {
    known(format(conn)?.ok_or_else(|| Error::new(Kind::NotARecord))?)
}
