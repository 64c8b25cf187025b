//! The command line of hearsay. It calls and shows; what a page says is decided elsewhere.
#![forbid(unsafe_code)]

mod commands;
mod failed;
mod inputs;
mod output;
mod pipeline;
mod record;
mod shipped;
mod talk;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match commands::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error),
    };
    let talk = talk::Talk::new(cli.quiet, cli.verbose);
    match cli.command.run(&talk) {
        Ok(code) => code,
        Err(failed) if failed.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failed) => talk.failed(&failed),
    }
}

/// Help and version are answers; anything else is a command that could not run. The code 2, which other programs give for
/// it, means here that some pages failed.
fn not_understood(error: &clap::Error) -> ExitCode {
    // Where not even this can be written there is nobody to tell it to.
    let _ = error.print();
    ExitCode::from(u8::from(error.use_stderr()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        commands::Cli::command().debug_assert();
    }
}
