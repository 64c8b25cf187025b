//! Packs the gazetteer for looking up, and hashes what ships, so that a record can tell by what it was made.
//!
//! One SHA-256 a folder, over the names and bytes of its files in the order of names. Words about the data (`README.md`)
//! and the scripts that make it are left out: they do not bear on what is read.
#![allow(clippy::print_stdout)] // The way a build script speaks to Cargo.

#[path = "src/places/key.rs"]
mod key;
#[path = "src/places/table.rs"]
#[allow(dead_code)] // What looks up.
mod table;

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("Cargo tells it"));
    let mut folders = BTreeMap::new();
    for folder in children(&root)?.into_iter().filter(|path| path.is_dir() && !path.ends_with("src")) {
        println!("cargo::rerun-if-changed={}", folder.display());
        gather(&root, &folder, &mut folders)?;
    }
    let mut table = String::from("&[\n");
    for (name, hash) in folders {
        let hex = hash.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let _ = writeln!(table, "    ({name:?}, {hex:?}),");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo tells it"));
    fs::write(out.join("shipped.rs"), table + "]\n")?;
    places(&root.join("gazetteer"), &out)
}

/// Packs the supplement's rows and those of the gazetteer.
fn places(from: &Path, out: &Path) -> io::Result<()> {
    for file in ["src/places/key.rs", "src/places/table.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    let supplement = fs::read_to_string(from.join("supplement.tsv"))?;
    let shipped = zstd::decode_all(fs::File::open(from.join("places.tsv.zst"))?)?;
    let shipped = String::from_utf8(shipped).map_err(io::Error::other)?;
    let packed = table::pack(&(supplement + &shipped), key::key);
    fs::write(out.join("places.tsv"), packed.rows)?;
    fs::write(out.join("places.names"), packed.index)
}

/// Adds the files of a folder, and of the folders in it, to the hashes.
fn gather(root: &Path, folder: &Path, hashes: &mut BTreeMap<String, Sha256>) -> io::Result<()> {
    for path in children(folder)? {
        if path.is_dir() {
            gather(root, &path, hashes)?;
        } else if bears(&path) {
            let name = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
            let hash = hashes.entry(name(folder)).or_default();
            let bytes = fs::read(&path)?;
            for part in [name(&path).as_bytes(), &bytes] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    Ok(())
}

fn bears(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    !["md", "py", "sh"].iter().any(|left_out| extension == *left_out)
}

fn children(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    paths.sort();
    Ok(paths)
}
