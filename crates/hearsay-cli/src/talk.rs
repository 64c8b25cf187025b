//! What is said to the person at the terminal, on stderr. Data goes to stdout and never through here.

use crate::failed::Failed;
use anstyle::{AnsiColor, Effects, Style};
pub use hearsay_serve::{count, counted};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
const HINT: Style = AnsiColor::Cyan.on_default().effects(Effects::BOLD);

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Quiet,
    Usual,
    Verbose,
}

/// Says things on stderr, as much as the user wants to hear. Colours are left out where there is no terminal and where
/// `NO_COLOR` is set.
#[derive(Debug)]
pub struct Talk {
    level: Level,
}

impl Talk {
    /// `quiet` wins over `verbose`.
    pub fn new(quiet: bool, verbose: bool) -> Self {
        let level = match (quiet, verbose) {
            (true, _) => Level::Quiet,
            (_, true) => Level::Verbose,
            _ => Level::Usual,
        };
        Talk { level }
    }

    /// Whether everything is to be told.
    pub fn is_verbose(&self) -> bool {
        self.level == Level::Verbose
    }

    /// Whether only errors are to be told.
    pub fn is_quiet(&self) -> bool {
        self.level == Level::Quiet
    }

    /// Something the user wants to know.
    pub fn say(&self, text: impl AsRef<str>) {
        if self.level >= Level::Usual {
            line(text.as_ref());
        }
    }

    /// Why a command could not run, and what to do about it.
    pub fn failed(&self, failed: &Failed) -> ExitCode {
        line(&format!("{ERROR}error:{ERROR:#} {}", failed.message));
        if let Some(hint) = &failed.hint {
            line(&format!("{HINT}hint:{HINT:#} {hint}"));
        }
        ExitCode::from(1)
    }

    /// Something that went wrong without stopping the command.
    pub fn trouble(&self, text: impl AsRef<str>) {
        if self.level >= Level::Usual {
            line(&format!("{ERROR}failed:{ERROR:#} {}", text.as_ref()));
        }
    }

    /// What to do next.
    pub fn hint(&self, text: impl AsRef<str>) {
        if self.level >= Level::Usual {
            line(&format!("{HINT}hint:{HINT:#} {}", text.as_ref()));
        }
    }

    /// A bar over so many bytes, on a terminal only.
    pub fn progress(&self, total: Option<u64>) -> ProgressBar {
        if self.is_quiet() || !std::io::stderr().is_terminal() {
            return ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        }
        let shape = match total {
            Some(_) => "{bar:30} {percent:>3} %  {msg}  {eta} left",
            None => "{spinner} {elapsed}  {msg}",
        };
        // The shape is part of the program; where it is not understood the usual one does.
        let style = ProgressStyle::with_template(shape).unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5)).with_style(style)
    }
}

/// Writes a line to stderr. Where that is closed there is nobody to tell it to.
fn line(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "page", "pages"), "1 page");
    }
}
