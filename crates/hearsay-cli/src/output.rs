//! Where data goes: stdout, or a file that appears whole or not at all.

use crate::failed::Failed;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Lets `write` write to stdout, or to `file` where one is given.
///
/// A file is written beside its place under another name and renamed when it is complete.
pub fn to<T>(
    file: Option<&Path>,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Failed>,
) -> Result<T, Failed> {
    match file {
        Some(path) if path != Path::new("-") && !special(path) => whole(path, write),
        Some(path) if path != Path::new("-") => direct(path, write),
        _ => {
            let mut out = BufWriter::new(io::stdout());
            let value = write(&mut out)?;
            out.flush().map_err(|e| Failed::writing("the output", &e))?;
            Ok(value)
        }
    }
}

/// Writes a line to stdout.
pub fn line(text: impl AsRef<str>) -> Result<(), Failed> {
    to(None, |out| writeln!(out, "{}", text.as_ref()).map_err(|e| Failed::writing("the output", &e)))
}

/// Writes a line with colours to stdout; without them where there is no terminal, and where `NO_COLOR` is set.
pub fn styled(text: impl AsRef<str>) -> Result<(), Failed> {
    writeln!(anstream::stdout().lock(), "{}", text.as_ref()).map_err(|e| Failed::writing("the output", &e))
}

/// Whether a path is no plain file: `/dev/stdout`, a named pipe.
fn special(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| !m.is_file())
}

fn direct<T>(path: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Failed>) -> Result<T, Failed> {
    let fail = |e: &io::Error| Failed::writing(&path.display().to_string(), e);
    let mut out = BufWriter::new(File::options().write(true).open(path).map_err(|e| fail(&e))?);
    let value = write(&mut out)?;
    out.flush().map_err(|e| fail(&e))?;
    Ok(value)
}

fn whole<T>(path: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Failed>) -> Result<T, Failed> {
    let fail = |e: &io::Error| Failed::writing(&path.display().to_string(), e);
    let part = Part(part(path));
    let mut out = BufWriter::new(File::create(&part.0).map_err(|e| fail(&e))?);
    let value = write(&mut out)?;
    let file = out.into_inner().map_err(|e| fail(e.error()))?;
    file.sync_all().map_err(|e| fail(&e))?;
    std::fs::rename(&part.0, path).map_err(|e| fail(&e))?;
    Ok(value)
}

fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// A file that is removed unless it was renamed.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
