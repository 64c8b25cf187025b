//! B-cubed (Bagga and Baldwin 1998) and CEAF with entity similarity phi-4 (Luo 2005).

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use std::collections::BTreeMap;
use std::fmt;

/// Things in two groupings: the labels' and ours. A thing for which we have no row is alone.
#[derive(Debug, Clone)]
pub struct Grouping(Vec<(usize, Option<usize>)>);

impl Grouping {
    /// Each thing with its group in the labels, and in ours if it has one.
    pub fn new(things: impl Iterator<Item = (usize, Option<usize>)>) -> Self {
        Grouping(things.collect())
    }

    /// Only the things that have a row.
    pub fn found(&self) -> Self {
        Grouping(self.0.iter().copied().filter(|(_, mine)| mine.is_some()).collect())
    }

    /// The groups of either side as lists of things.
    fn groups(&self) -> [Vec<Vec<usize>>; 2] {
        let (mut gold, mut mine) = (BTreeMap::<usize, Vec<usize>>::new(), BTreeMap::<(bool, usize), Vec<usize>>::new());
        for (n, (label, group)) in self.0.iter().enumerate() {
            gold.entry(*label).or_default().push(n);
            mine.entry(group.map_or((true, n), |g| (false, g))).or_default().push(n);
        }
        [gold.into_values().collect(), mine.into_values().collect()]
    }
}

/// Precision and recall, each as a sum and the number that it is divided by.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    precision: (f64, f64),
    recall: (f64, f64),
}

impl Measure {
    fn f1(self) -> f64 {
        let (p, r) = (self.precision.0 / self.precision.1.max(1.0), self.recall.0 / self.recall.1.max(1.0));
        if p + r > 0.0 { 200.0 * p * r / (p + r) } else { 0.0 }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |(sum, count): (f64, f64)| 100.0 * sum / count.max(1.0);
        write!(f, "P {:.1} R {:.1} F1 {:.1}", percent(self.precision), percent(self.recall), self.f1())
    }
}

/// The measures over several archives: no group reaches over two of them.
#[derive(Debug, Default)]
pub struct Grouped {
    b_cubed: Measure,
    ceaf: Measure,
}

impl Grouped {
    /// Measures all.
    pub fn of(all: &[Grouping]) -> Self {
        let mut sum = Grouped::default();
        all.iter().for_each(|one| sum.add(one));
        sum
    }

    fn add(&mut self, one: &Grouping) {
        let [gold, mine] = one.groups();
        let (count, shared) = (one.0.len() as f64, overlaps(&gold, &mine));
        for (g, row) in gold.iter().zip(&shared) {
            for (m, both) in mine.iter().zip(row) {
                self.b_cubed.precision.0 += both * both / m.len() as f64;
                self.b_cubed.recall.0 += both * both / g.len() as f64;
            }
        }
        self.b_cubed.precision.1 += count;
        self.b_cubed.recall.1 += count;
        let alike = aligned(&gold, &mine, &shared);
        self.ceaf.precision = (self.ceaf.precision.0 + alike, self.ceaf.precision.1 + mine.len() as f64);
        self.ceaf.recall = (self.ceaf.recall.0 + alike, self.ceaf.recall.1 + gold.len() as f64);
    }
}

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "B-cubed {}  CEAF-e {:.1}", self.b_cubed, self.ceaf.f1())
    }
}

/// How many things each group of the one shares with each of the other.
fn overlaps(gold: &[Vec<usize>], mine: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let both = |g: &Vec<usize>, m: &Vec<usize>| g.iter().filter(|n| m.contains(n)).count() as f64;
    gold.iter().map(|g| mine.iter().map(|m| both(g, m)).collect()).collect()
}

/// The assignment wants whole numbers.
const FINE: f64 = 1e9;

/// The largest sum of phi-4 over groups that are assigned to each other one to one.
fn aligned(gold: &[Vec<usize>], mine: &[Vec<usize>], shared: &[Vec<f64>]) -> f64 {
    if gold.is_empty() || mine.is_empty() {
        return 0.0;
    }
    let phi = |g: usize, m: usize| 2.0 * shared[g][m] / (gold[g].len() + mine[m].len()) as f64;
    let turned = gold.len() > mine.len();
    let (rows, columns) = if turned { (mine.len(), gold.len()) } else { (gold.len(), mine.len()) };
    let weight = |(r, c): (usize, usize)| ((if turned { phi(c, r) } else { phi(r, c) }) * FINE) as i64;
    let weights = Matrix::from_fn(rows, columns, weight);
    kuhn_munkres(&weights).0 as f64 / FINE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of Bagga and Baldwin (1998): twelve things in groups of five, two and five.
    fn example(join: [usize; 3]) -> Grouped {
        let gold = [0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2];
        Grouped::of(&[Grouping::new(gold.into_iter().map(|g| (g, Some(join[g]))))])
    }

    #[test]
    fn b_cubed_is_that_of_its_paper() {
        let percent = |m: Measure| (100.0 * m.precision.0 / m.precision.1).round();
        assert!((percent(example([0, 1, 1]).b_cubed) - 76.0).abs() < 1e-9);
        assert!((percent(example([0, 1, 0]).b_cubed) - 58.0).abs() < 1e-9);
        assert_eq!(example([0, 1, 2]).b_cubed.f1(), 100.0);
    }

    #[test]
    fn ceaf_assigns_each_group_once() {
        assert!((example([0, 1, 2]).ceaf.f1() - 100.0).abs() < 1e-6);
        // Two groups of ours; the joined one of ten fits one of five best: phi 2*5/15, and the pair fits.
        let alike = 2.0 * 5.0 / 15.0 + 1.0;
        let expected = 200.0 * (alike / 2.0) * (alike / 3.0) / (alike / 2.0 + alike / 3.0);
        assert!((example([0, 1, 0]).ceaf.f1() - expected).abs() < 1e-6);
    }

    #[test]
    fn what_has_no_row_is_alone() {
        let grouping = Grouping::new([(0, Some(7)), (0, None), (0, Some(7))].into_iter());
        assert!((Grouped::of(std::slice::from_ref(&grouping)).b_cubed.recall.0 - (4.0 + 1.0) / 3.0).abs() < 1e-9);
        assert_eq!(Grouped::of(&[grouping.found()]).b_cubed.f1(), 100.0);
    }
}
