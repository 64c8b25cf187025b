//! What the subcommands of the language engine are asked with.

use anyhow::Result;
use clap::ValueEnum;
use hearsay::language::engine::Parser;
use hearsay::{Hearsay, Options};
use std::path::PathBuf;

/// The engine's tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tier {
    /// The first layers only.
    Fast,
    /// All layers.
    Accurate,
}

/// Which engine to use.
#[derive(Debug, Clone, clap::Args)]
pub struct EngineArgs {
    /// Let the language engine read; the accurate tier where only weights are named.
    #[arg(long)]
    pub engine: Option<Tier>,
    /// Weights other than those that ship.
    #[arg(long)]
    pub weights: Option<PathBuf>,
}

impl EngineArgs {
    /// The tier that was asked for, if any was.
    pub fn tier(&self) -> Option<hearsay::Tier> {
        match self.engine {
            Some(Tier::Fast) => Some(hearsay::Tier::Fast),
            Some(Tier::Accurate) => Some(hearsay::Tier::Accurate),
            None => self.weights.is_some().then_some(hearsay::Tier::Accurate),
        }
    }

    /// Loads the engine that was asked for.
    pub fn load(&self) -> Result<Option<Parser>> {
        Ok(self.tier().map(|tier| Parser::open(self.weights.as_deref(), tier)).transpose()?)
    }
}

/// Reads the arguments of a subcommand.
pub fn args<T: clap::Parser>(name: &str, args: &[String]) -> Result<T> {
    Ok(T::try_parse_from([&format!("hearsay-eval {name}")].into_iter().chain(args))?)
}

/// What the subcommands that read whole articles are asked with.
#[derive(Debug, Clone, clap::Parser)]
pub struct PathArgs {
    /// A split or files.
    pub names: Vec<String>,
    /// Print what was missed and what was found for nothing.
    #[arg(long)]
    pub misses: bool,
    /// The language engine.
    #[command(flatten)]
    pub engine: EngineArgs,
}

impl PathArgs {
    /// The path with the engine that was asked for.
    pub fn hearsay(&self) -> Result<Hearsay> {
        let engine_weights = self.engine.weights.clone();
        Ok(Hearsay::new(Options { engine: self.engine.tier(), engine_weights, ..Options::default() })?)
    }
}
