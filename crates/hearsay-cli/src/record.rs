//! Which record a command is about.

use crate::failed::Failed;
use hearsay_store::{Mode, Store};
use std::path::{Path, PathBuf};

/// What a record is called where the user names none.
pub const DEFAULT: &str = "record.hearsay";

/// The record a command is about: the one given, `record.hearsay` in this folder, or the only record there.
pub fn find(given: Option<&Path>) -> Result<PathBuf, Failed> {
    if let Some(path) = given {
        return Ok(path.to_path_buf());
    }
    if Path::new(DEFAULT).exists() {
        return Ok(DEFAULT.into());
    }
    let mut here = records_in(Path::new("."));
    match here.len() {
        1 => Ok(here.remove(0)),
        0 => Err(Failed::new("there is no record in this folder")
            .hint("name one, make one with `hearsay build PATH...`, or try `hearsay demo`")),
        _ => Err(Failed::new(format!("there are several records in this folder: {}", names(&here)))
            .hint("name the one you mean")),
    }
}

/// Opens the record a command is about, to read it.
pub fn open(given: Option<&Path>) -> Result<Store, Failed> {
    Ok(Store::open(&find(given)?, Mode::Read)?)
}

/// What the names of a record and of the files beside it end with.
pub const BESIDE: [&str; 5] = ["", "-wal", "-shm", "-journal", "-lock"];

/// Whether a name is that of a record or of a file that stands beside one.
pub fn is_record(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    BESIDE.iter().any(|end| name.ends_with(&format!(".hearsay{end}")))
}

fn records_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.flatten().map(|e| PathBuf::from(e.file_name())).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "hearsay"));
    found.sort();
    found
}

fn names(paths: &[PathBuf]) -> String {
    paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
}
