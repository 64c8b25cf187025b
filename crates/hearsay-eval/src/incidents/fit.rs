//! Fits the weights of linking: a logistic regression over the pairs of labelled reports that linking holds against each other.
//! Few pairs are labelled, so the weights are pulled towards first guesses made by hand.

use super::archive::Found;
use super::measures::Grouped;
use anyhow::Result;
use hearsay::record::incidents::{FEATURES, Features, HeldPair, Weights, held_pairs};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Strength of the pull towards the first guesses (L2), on the sum of the losses.
const PULL: f64 = 4.0;
const STEPS: usize = 2_000;

type Example = (Features, bool);

/// The labelled pairs in two articles, and within one.
type Pairs = [Vec<Example>; 2];

/// Fits the weights and writes them into the file; prints what is reached on archives that a fit has not seen.
pub fn run(rows: &[Found], file: &Path) -> Result<()> {
    let table = std::fs::read_to_string(file)?;
    let guess = Weights::read(&table, 3);
    let pairs: Vec<Pairs> = rows.iter().map(examples).collect();
    let fitted = fit_all(pairs.iter(), &guess);
    for (within, name) in ["in two articles", "within one article"].iter().enumerate() {
        let all: Vec<&Example> = pairs.iter().flat_map(|p| &p[within]).collect();
        let right = all.iter().filter(|(f, same)| (score(&fitted.features[within], f) > 0.0) == *same).count();
        let same = all.iter().filter(|(_, same)| *same).count();
        println!("{name}: {} pairs, {same} of one act, {right} told rightly", all.len());
    }
    let unseen: Vec<_> = (0..rows.len())
        .flat_map(|left_out| {
            let others = pairs.iter().enumerate().filter(|(n, _)| *n != left_out).map(|(_, p)| p);
            super::group(&rows[left_out..=left_out], |found| super::joined(found, &fit_all(others.clone(), &guess)))
        })
        .collect();
    let found: Vec<_> = unseen.iter().map(super::measures::Grouping::found).collect();
    println!("each archive by weights fitted on the others: {}", Grouped::of(&found));
    let guessed: Vec<_> =
        super::group(rows, |f| super::joined(f, &guess)).iter().map(super::measures::Grouping::found).collect();
    println!("by the first guesses: {}", Grouped::of(&guessed));
    Ok(std::fs::write(file, written(&table, &fitted)?)?)
}

/// The table with the new weights.
fn written(table: &str, fitted: &Weights) -> Result<String> {
    let mut out = String::new();
    for line in table.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match FEATURES.iter().position(|name| fields[0] == *name) {
            Some(n) => {
                let [two, one] = [0, 1].map(|within| fitted.features[within][n]);
                writeln!(out, "{}\t{two:.2}\t{one:.2}\t{}", fields[0], fields[3..].join("\t"))?;
            }
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(out)
}

fn fit_all<'a>(pairs: impl Iterator<Item = &'a Pairs> + Clone, guess: &Weights) -> Weights {
    let all = |within: usize| pairs.clone().flat_map(|p| &p[within]).collect::<Vec<_>>();
    Weights { features: [fit(&all(0), &guess.features[0]), fit(&all(1), &guess.features[1])], ..guess.clone() }
}

/// The pairs whose two reports are both labelled.
fn examples(found: &Found) -> Pairs {
    let labels: BTreeMap<_, _> =
        found.rows.iter().filter_map(|r| Some((found.told.reports[r.event?].id, r.incident))).collect();
    let example = |pair: HeldPair| {
        let (one, two) = (labels.get(&pair.one)?, labels.get(&pair.two)?);
        Some((pair.within, (pair.features, one == two)))
    };
    let mut pairs = Pairs::default();
    for (within, example) in held_pairs(&found.told).into_iter().filter_map(example) {
        pairs[usize::from(within)].push(example);
    }
    pairs
}

fn score(weights: &Features, features: &Features) -> f64 {
    weights.iter().zip(features).map(|(w, f)| w * f).sum()
}

/// Gradient descent with momentum on the mean loss.
fn fit(examples: &[&Example], guess: &Features) -> Features {
    let (mut weights, mut speed) = (*guess, [0.0; FEATURES.len()]);
    let count = examples.len().max(1) as f64;
    for _ in 0..STEPS {
        let mut slope = [0.0; FEATURES.len()];
        for (features, same) in examples {
            let error = 1.0 / (1.0 + (-score(&weights, features)).exp()) - f64::from(u8::from(*same));
            slope.iter_mut().zip(features).for_each(|(s, f)| *s += error * f);
        }
        for n in 0..FEATURES.len() {
            speed[n] = 0.9 * speed[n] - 0.1 * (slope[n] + PULL * (weights[n] - guess[n])) / count;
            weights[n] += speed[n];
        }
    }
    weights
}
