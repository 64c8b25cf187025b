//! Benchmarks that print figures; never shipped. One file a subcommand.
//!
//! Benchmark data is looked for in the folder that `HEARSAY_BENCH` names, else in `../shared/bench`. Where a file is
//! absent the command says so and measures nothing.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout)] // Figures are what this program puts out.

mod acts;
mod asked;
mod bench;
mod claims;
mod code;
mod events;
mod generate;
mod incidents;
mod labels;
mod mentions;
mod muc;
mod named;
mod pages;
mod parse;
mod speed;
mod told;
mod treebank;

use std::process::ExitCode;

/// What a subcommand is: its name, what it takes, and what it does.
type Command = (&'static str, &'static str, fn(&[String]) -> anyhow::Result<()>);

const COMMANDS: [Command; 14] = [
    ("acts", "[train|test] [--misses] [--engine TIER] [--weights FILE]", acts::run),
    ("pages", "[SET...] [--peer]", pages::run),
    ("parse", "FILE.conllu... [--engine fast|accurate] [--weights FILE]", parse::run),
    ("claims", "[SPLIT] [--misses] [--engine TIER] [--weights FILE]", claims::run),
    ("code", "FILE.txt... [--trees] [--engine TIER] [--weights FILE]", code::run),
    ("events", "[FILE.tsv] [--misses] [--engine TIER] [--weights FILE]", events::run),
    ("generate", "N FOLDER [--reprints PERCENT]", generate::run),
    (
        "mentions",
        "time|places FILE.jsonl [--misses] | FILE.iob2... [--engine TIER] [--weights FILE] [--held-out]",
        mentions::run,
    ),
    ("incidents", "[train|test] [--data FOLDER] [--misses] [--fit FILE] [--records FOLDER]", incidents::run),
    ("muc", "[dev|tst1|tst2] [--every N] [--misses] [--engine TIER] [--weights FILE]", muc::run),
    ("speed", "[FILE...] [--engine TIER] [--weights FILE] [--articles N] [--spacy PYTHON]", speed::run),
    ("speakers", "[--misses] [--engine TIER] [--weights FILE]", claims::speakers),
    ("stances", "[train|test] [--engine TIER] [--weights FILE]", told::marks),
    ("told", "[train|test] [--misses] [--engine TIER] [--weights FILE]", told::run),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let found = args.first().and_then(|name| COMMANDS.iter().find(|c| c.0 == name));
    let Some((_, _, run)) = found else {
        for (name, takes, _) in COMMANDS {
            eprintln!("hearsay-eval {name} {takes}");
        }
        return ExitCode::FAILURE;
    };
    match run(&args[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hearsay-eval: {error:#}");
            ExitCode::FAILURE
        }
    }
}
