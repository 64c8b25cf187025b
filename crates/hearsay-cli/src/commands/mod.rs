//! The subcommands, one file each.

mod build;
mod completions;
mod correct;
mod demo;
mod diff;
mod doctor;
mod export;
mod serve;
mod show;
mod sql;
mod verify;

use crate::{failed::Failed, talk::Talk};
use clap::{Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Reads saved news pages about a conflict and keeps a record that can be questioned: who did what to whom, when, where,
/// and who says so.
#[derive(Debug, Parser)]
#[command(name = "hearsay", version, after_help = EXAMPLES, max_term_width = 100)]
#[command(
    long_about = "Reads saved news pages about a conflict and keeps a record that can be questioned: who did what to \
whom, when, where, and who says so.\n\nEvery row of the record opens the sentence it came from. Nothing is called true or \
false: the record shows who asserts it, who denies it, who only repeats it. It reads files on this machine and opens no \
connection to anywhere; `serve` answers on 127.0.0.1 alone."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Say nothing but errors.
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Say more.
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

const EXAMPLES: &str = "Examples:
  hearsay demo                                  see what a record is, on a small made-up archive
  hearsay build saved-pages/                    read a folder of pages into record.hearsay
  hearsay serve                                 look at the record in a browser, on this machine only
  hearsay export --table claims --format csv    all claims, for a spreadsheet

Exit status: 0 all well, 1 could not run, 2 ran but some pages failed (they are named and counted).";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Build(build::Args),
    Serve(serve::Args),
    Export(export::Args),
    Sql(sql::Args),
    Show(show::Args),
    Diff(diff::Args),
    Correct(correct::Args),
    Verify(verify::Args),
    Doctor(doctor::Args),
    Demo(demo::Args),
    Completions(completions::Args),
}

impl Command {
    /// Runs the command.
    pub fn run(self, talk: &Talk) -> Result<ExitCode, Failed> {
        match self {
            Command::Build(args) => build::run(&args, talk),
            Command::Serve(args) => serve::run(&args, talk),
            Command::Export(args) => export::run(&args, talk),
            Command::Sql(args) => sql::run(&args, talk),
            Command::Show(args) => show::run(&args),
            Command::Diff(args) => diff::run(&args),
            Command::Correct(args) => correct::run(&args, talk),
            Command::Verify(args) => verify::run(&args),
            Command::Doctor(args) => doctor::run(&args),
            Command::Demo(args) => demo::run(&args, talk),
            Command::Completions(args) => completions::run(&args),
        }
    }
}

/// How a program wants to hear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON object.
    Json,
}
