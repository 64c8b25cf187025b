//! From what the user named to the files that are read, in one fixed order.

use crate::record;
use globset::GlobBuilder;
use hearsay_types::Failure;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file, and its size in bytes.
    File(PathBuf, u64),
    /// What comes in on stdin.
    Stdin,
    /// A file that ships inside the program.
    Shipped(&'static str, &'static [u8]),
}

/// What was found.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What to read, in order.
    pub found: Vec<Input>,
    /// What the user named and is not there, or cannot be listed.
    pub failures: Vec<Failure>,
    /// How many files in folders were passed over because their names say that they are no pages.
    pub passed: u64,
}

/// Endings of files that stand beside saved pages and are none. A file that is named by the user is read all the same.
const NO_PAGES: &[&str] = &[
    "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "ico", "svg", "png", "jpg", "jpeg", "gif", "webp",
    "avif", "bmp", "tif", "tiff", "mp3", "mp4", "m4a", "webm", "ogg", "wav", "mov", "avi", "swf", "pdf", "exe", "dll",
    "so", "cdx", "cdxj", "idx", "sqlite", "db", "parquet", "csv", "py", "rs", "sh", "toml", "yaml", "yml", "lock",
];

impl Inputs {
    /// Finds what `named` stands for: files, folders with all that is in them, patterns, and `-`.
    ///
    /// Folders are read in the order of names. Hidden files in them are skipped, symbolic links are followed, loops are not.
    pub fn find(named: &[String]) -> Inputs {
        let mut inputs = Inputs::default();
        for name in named {
            inputs.add(name);
        }
        inputs
    }

    /// Files that ship inside the program, by name.
    pub fn shipped(files: &[(&'static str, &'static [u8])]) -> Inputs {
        Inputs { found: files.iter().map(|(name, bytes)| Input::Shipped(name, bytes)).collect(), ..Inputs::default() }
    }

    /// Leaves out the record that is being written, and what stands beside it, whatever it is called.
    pub fn leave_out(&mut self, record: &Path) {
        let Some(name) = record.file_name().map(|n| n.to_string_lossy().into_owned()) else { return };
        let folder = |path: &Path| {
            std::fs::canonicalize(path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."))).ok()
        };
        let home = folder(record);
        self.found.retain(|input| match input {
            Input::File(path, _) => {
                let own = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let beside = own.strip_prefix(&name).is_some_and(|end| record::BESIDE.contains(&end));
                !beside || folder(path) != home
            }
            _ => true,
        });
    }

    /// The bytes of all files; none where stdin is among them.
    pub fn bytes(&self) -> Option<u64> {
        let size = |input: &Input| match input {
            Input::File(_, size) => Some(*size),
            Input::Shipped(_, bytes) => Some(bytes.len() as u64),
            Input::Stdin => None,
        };
        self.found.iter().map(size).sum()
    }

    fn add(&mut self, name: &str) {
        let path = Path::new(name);
        if name == "-" {
            self.found.push(Input::Stdin);
            return;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(meta) => self.found.push(Input::File(path.to_path_buf(), meta.len())),
            Err(_) if name.contains(['*', '?', '[', '{']) => self.pattern(name),
            Err(error) => self.fail(name, "missing", &missing(&error)),
        }
    }

    fn folder(&mut self, path: &Path) {
        let before = self.found.len();
        let (failures, passed) = (self.failures.len(), self.passed);
        self.walk(path, |_| true);
        if self.found.len() == before && self.failures.len() == failures {
            let why = if self.passed > passed { "the folder holds no pages" } else { "the folder is empty" };
            self.fail(&path.display().to_string(), "no-pages", why);
        }
    }

    /// A pattern that the shell did not expand: `*` and `?` within a name, `**` over folders, `{a,b}`, `[a-z]`.
    fn pattern(&mut self, pattern: &str) {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        let Ok(glob) = glob.map(|glob| glob.compile_matcher()) else {
            return self.fail(pattern, "missing", "there is no such file, and it is no pattern that is understood");
        };
        let before = self.found.len();
        self.walk(&fixed_part(pattern), |path| {
            glob.is_match(path.strip_prefix("./").unwrap_or(path)) || glob.is_match(path)
        });
        if self.found.len() == before {
            self.fail(pattern, "missing", "no file matches");
        }
    }

    fn walk(&mut self, root: &Path, wanted: impl Fn(&Path) -> bool) {
        let shown = |entry: &DirEntry| entry.depth() == 0 || !hidden(entry);
        for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(shown) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() || !wanted(entry.path()) => {}
                Ok(entry) if no_page(entry.path()) => self.passed += 1,
                Ok(entry) => {
                    let size = entry.metadata().map_or(0, |m| m.len());
                    self.found.push(Input::File(entry.into_path(), size));
                }
                // A link to a folder above: all that is behind it is found without it.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => self.listing(&error),
            }
        }
    }

    fn listing(&mut self, error: &walkdir::Error) {
        let path = error.path().map_or_else(String::new, |p| p.display().to_string());
        let why = error.io_error().map_or_else(|| error.to_string(), missing);
        self.fail(&path, "unreadable", &why);
    }

    fn fail(&mut self, path: &str, code: &'static str, message: &str) {
        self.failures.push(Failure { path: path.to_owned(), code, message: message.to_owned() });
    }
}

/// Why something cannot be opened, in plain words.
pub fn missing(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn no_page(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    NO_PAGES.contains(&extension.as_str()) || record::is_record(path)
}

/// The folders of a pattern before its first wild card.
fn fixed_part(pattern: &str) -> PathBuf {
    let wild = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    match pattern[..wild].rfind('/') {
        Some(0) => "/".into(),
        Some(slash) => pattern[..slash].into(),
        None => ".".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("b/2.html", "x"),
            ("b/1.txt", "xx"),
            ("a.html", "x"),
            (".hidden/x.html", "x"),
            ("b/.x.html", "x"),
            ("b/style.css", "x"),
            ("old.hearsay", "x"),
            ("old.hearsay-wal", "x"),
        ] {
            fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
            fs::write(dir.path().join(path), text).unwrap();
        }
        dir
    }

    fn found(root: &Path, named: &[&str]) -> Vec<String> {
        let named: Vec<String> = named.iter().map(|n| root.join(n).display().to_string()).collect();
        let show = |input: &Input| match input {
            Input::File(path, _) => path.strip_prefix(root).unwrap().display().to_string(),
            Input::Stdin | Input::Shipped(..) => "-".to_owned(),
        };
        Inputs::find(&named).found.iter().map(show).collect()
    }

    #[test]
    fn folders_are_read_in_order_without_what_is_hidden_or_no_page() {
        let dir = tree();
        assert_eq!(found(dir.path(), &[""]), ["a.html", "b/1.txt", "b/2.html"]);
        assert_eq!(found(dir.path(), &["b/style.css", "a.html"]), ["b/style.css", "a.html"]);
    }

    #[test]
    fn patterns_are_expanded() {
        let dir = tree();
        assert_eq!(found(dir.path(), &["*.html"]), ["a.html"]);
        assert_eq!(found(dir.path(), &["**/*.html"]), ["a.html", "b/2.html"]);
        assert_eq!(found(dir.path(), &["b/{1,3}.*"]), ["b/1.txt"]);
        let inputs = Inputs::find(&[dir.path().join("*.nothing").display().to_string()]);
        assert_eq!(inputs.failures[0].message, "no file matches");
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let dir = tree();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("b/again")).unwrap();
        assert_eq!(found(dir.path(), &[""]), ["a.html", "b/1.txt", "b/2.html"]);
    }

    #[test]
    fn the_record_itself_is_no_page() {
        let dir = tree();
        fs::write(dir.path().join("out"), "x").unwrap();
        fs::write(dir.path().join("out-wal"), "x").unwrap();
        fs::write(dir.path().join("outlook.html"), "x").unwrap();
        let mut inputs = Inputs::find(&[dir.path().display().to_string()]);
        assert_eq!(inputs.found.len(), 6);
        inputs.leave_out(&dir.path().join("out"));
        assert_eq!(inputs.found.len(), 4);
    }

    #[test]
    fn what_is_missing_is_named() {
        let dir = tree();
        fs::create_dir(dir.path().join("none")).unwrap();
        let named = ["gone.html", "none"].map(|n| dir.path().join(n).display().to_string());
        let messages: Vec<String> = Inputs::find(&named).failures.into_iter().map(|f| f.message).collect();
        assert_eq!(messages, ["there is no such file or folder", "the folder is empty"]);
    }
}
