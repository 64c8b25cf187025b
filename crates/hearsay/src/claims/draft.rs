//! A claim in the making: ranges of words instead of spans.

use hearsay_data::stances::Row as Shares;
use std::ops::Range;

/// One act of attribution, as the rules found it.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Who says it; empty where nobody is named.
    pub source: Vec<Range<usize>>,
    /// The words of the cue.
    pub cue: Vec<Range<usize>>,
    /// Dictionary form of the cue's main word.
    pub lemma: &'static str,
    /// Class of the cue, as the record names it.
    pub class: &'static str,
    /// Stance of the cue's plain use.
    pub stance: &'static str,
    /// Whether the cue is negated.
    pub negated: bool,
    /// How likely the engine's head finds each stance among all, in the order of [`hearsay_data::stances::NAMES`].
    pub likely: Option<Shares>,
    /// What is said.
    pub content: Vec<Range<usize>>,
    /// Whether only a topic is told.
    pub topic: bool,
    /// The word that the cue of the claim that tells this one starts with, where it does not stand in its content.
    pub told_by: Option<usize>,
    /// To whom.
    pub addressee: Option<Range<usize>>,
    /// Through what.
    pub medium: Option<Range<usize>>,
    /// The rules that made it.
    pub why: Vec<String>,
}

impl Draft {
    /// The words that all its parts cover.
    pub fn hull(&self) -> Range<usize> {
        let all = self.source.iter().chain(&self.cue).chain(&self.content);
        let start = all.clone().map(|r| r.start).min().unwrap_or(0);
        start..all.map(|r| r.end).max().unwrap_or(0)
    }

    /// Whether its content covers a word.
    pub fn tells(&self, word: usize) -> bool {
        self.content.iter().any(|r| r.contains(&word))
    }
}
