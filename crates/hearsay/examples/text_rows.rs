//! Writes, for every page on standard input (JSON lines with `text` and `url`), one JSON line: its lines and their numbers,
//! `[[line, [number, ...]], ...]`. The first line of the output names the numbers. `training/pages/lines.py` reads it.
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (n, line) in std::io::stdin().lock().lines().enumerate() {
        let page: serde_json::Value = serde_json::from_str(&line?)?;
        let text = page["text"].as_str().unwrap_or("");
        let (names, rows) = hearsay::articles::text_rows(text, page["url"].as_str());
        if n == 0 {
            writeln!(out, "{}", serde_json::to_string(&names)?)?;
        }
        writeln!(out, "{}", serde_json::to_string(&rows)?)?;
    }
    Ok(())
}
