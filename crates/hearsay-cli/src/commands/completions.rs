//! `hearsay completions`: lets the shell complete what is typed.

use super::Cli;
use crate::{failed::Failed, output};
use clap::CommandFactory;
use clap_complete::Shell;
use std::process::ExitCode;

/// Print a script with which a shell completes commands and options.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hearsay completions bash > ~/.local/share/bash-completion/completions/hearsay
  hearsay completions zsh > ~/.zfunc/_hearsay
  hearsay completions fish > ~/.config/fish/completions/hearsay.fish")]
pub struct Args {
    /// The shell.
    shell: Shell,
}

pub fn run(args: &Args) -> Result<ExitCode, Failed> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hearsay", &mut script);
    output::to(None, |out| out.write_all(&script).map_err(|e| Failed::writing("the output", &e)))?;
    Ok(ExitCode::SUCCESS)
}
