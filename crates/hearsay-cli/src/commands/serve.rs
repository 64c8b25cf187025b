//! `hearsay serve`: the record in a browser, on this machine.

use crate::{failed::Failed, output, record, talk::Talk};
use clap::ValueEnum;
use hearsay_serve::{Error, Options};
use std::path::PathBuf;
use std::process::ExitCode;

/// Look at the record in a browser, on this machine only.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT)]
pub struct Args {
    /// The record, if it is not the one in this folder.
    record: Option<PathBuf>,

    /// The port; without it 8733, or the next that is free.
    #[arg(short, long)]
    port: Option<u16>,

    /// For whom the page is made.
    #[arg(long, value_enum, default_value = "private")]
    profile: Profile,
}

const ABOUT: &str = "Look at the record in a browser, on this machine only.

The page is served on 127.0.0.1 until you stop it with Ctrl-C. It shows text, never the saved HTML, asks no other host for \
anything, works without scripts, and changes nothing in the record but the corrections that you make (docs/corrections.md). Under \
the profiles `team` and `public` nothing can be corrected.";

const EXAMPLES: &str = "Examples:
  hearsay serve                          record.hearsay, or the only record in this folder
  hearsay serve demo.hearsay --port 9000
  hearsay serve --profile public         names of private people are masked";

/// For whom the page is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Profile {
    /// For yourself: all that the record holds.
    Private,
    /// For colleagues: all but the folders of this machine.
    Team,
    /// For anybody: names of private people are masked as well, and bylines are left out.
    Public,
}

pub fn run(args: &Args, talk: &Talk) -> Result<ExitCode, Failed> {
    let profile = match args.profile {
        Profile::Private => hearsay_store::Profile::Private,
        Profile::Team => hearsay_store::Profile::Team,
        Profile::Public => hearsay_store::Profile::Public,
    };
    let options = Options {
        record: record::find(args.record.as_deref())?,
        port: args.port,
        profile,
        link: Some(hearsay::record::connect),
    };
    hearsay_serve::serve(&options, |address| {
        // Where stdout is closed the page is there all the same.
        let _ = output::line(format!("http://{address}/"));
        talk.say(format!("{} is served to this machine only; Ctrl-C stops it", options.record.display()));
    })
    .map_err(|error| match error {
        Error::Record(error) => error.into(),
        Error::Port(..) => Failed::new(error.to_string()).hint("choose another with --port, or leave it out"),
        Error::System(_) => Failed::new(error.to_string()),
    })?;
    Ok(ExitCode::SUCCESS)
}
