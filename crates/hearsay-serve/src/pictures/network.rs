//! The network of actors. The places of the actors are found by springs, always the same for the same ties.

use super::tenth;
use crate::rows::network::Tie;
use crate::words::counted;
use maud::{Markup, html};

const WIDTH: f64 = 1000.0;
/// The least and the greatest height of the drawing.
const HEIGHTS: (f64, f64) = (540.0, 1500.0);
const ROUNDS: usize = 300;
/// The height of a line of text, and the width that a letter takes at most.
const LINE: f64 = 17.0;
const LETTER: f64 = 7.4;

/// An actor in the drawing.
struct Node<'a> {
    id: &'a str,
    name: &'a str,
    label: String,
    acts: u64,
    /// How large its circle is.
    r: f64,
    at: (f64, f64),
    /// Whether there is room for its name.
    told: bool,
}

impl Node<'_> {
    /// How far it reaches to either side, up, and down with its name.
    fn reach(&self) -> (f64, f64, f64) {
        let letters: f64 = self.label.chars().map(|c| if c.is_ascii() { 1.0 } else { 1.6 }).sum();
        ((letters * LETTER / 2.0).max(self.r) + 2.0, self.r + 2.0, self.r + LINE + 2.0)
    }

    /// By how much it and another reach into one another, from side to side and from top to bottom.
    fn overlap(&self, other: &Node) -> Option<(f64, f64)> {
        let ((w, up, down), (v, over, under)) = (self.reach(), other.reach());
        let x = w + v - (self.at.0 - other.at.0).abs();
        let y = (self.at.1 + down).min(other.at.1 + under) - (self.at.1 - up).max(other.at.1 - over);
        (x > 0.0 && y > 0.0).then_some((x, y))
    }

    fn stay_inside(&mut self, height: f64) {
        let (w, up, down) = self.reach();
        self.at = (self.at.0.clamp(w, WIDTH - w), self.at.1.clamp(up, height - down));
    }
}

/// The picture.
pub fn svg(ties: &[Tie], address: &str) -> Markup {
    let (mut nodes, edges) = graph(ties);
    let height = height(&nodes);
    settle(&mut nodes, &edges, height);
    separate(&mut nodes, height);
    html! {
        svg.network aria-hidden="true" viewBox={ "0 0 " (WIDTH) " " (tenth(height)) } {
            @for (a, b, tie) in &edges {
                @let (from, to) = (nodes[*a].at, nodes[*b].at);
                @let all = (tie.cooperative + tie.hostile).max(1);
                @let wide = 1.2 + 1.8 * (all as f64).ln();
                a href={ "/pair/" (tie.a) "/" (tie.b) (address) } tabindex="-1" {
                    line class=(sort(tie)) x1=(tenth(from.0)) y1=(tenth(from.1)) x2=(tenth(to.0)) y2=(tenth(to.1)) stroke-width=(tenth(wide)) {
                        title { (tie.a_name) " and " (tie.b_name) ": " (tie.cooperative) " cooperative, " (tie.hostile) " hostile" @if tie.near > 0 { ", named together in " (counted(tie.near, "sentence", "sentences")) } }
                    }
                }
            }
            @for node in &nodes {
                a href={ "/actors/" (node.id) } tabindex="-1" data-node=(node.id) {
                    circle cx=(tenth(node.at.0)) cy=(tenth(node.at.1)) r=(tenth(node.r)) { title { (node.name) } }
                    @if node.told { text x=(tenth(node.at.0)) y=(tenth(node.at.1 + node.r + 13.0)) text-anchor="middle" { (node.label) } }
                }
            }
        }
    }
}

/// Whether a tie is cooperative, hostile or both.
pub fn sort(tie: &Tie) -> &'static str {
    match (tie.cooperative, tie.hostile) {
        (0, 0) => "near",
        (_, 0) => "cooperation",
        (0, _) => "conflict",
        _ => "mixed",
    }
}

fn brief(name: &str) -> String {
    let cut: String = name.chars().take(26).collect();
    if cut.len() < name.len() { format!("{}…", cut.trim_end()) } else { cut }
}

fn graph(ties: &[Tie]) -> (Vec<Node<'_>>, Vec<(usize, usize, &Tie)>) {
    let mut nodes: Vec<Node> = Vec::new();
    let mut edges = Vec::new();
    for tie in ties {
        let mut node = |id, name| {
            let at = nodes.iter().position(|n| n.id == id).unwrap_or(nodes.len());
            if at == nodes.len() {
                nodes.push(Node { id, name, label: brief(name), acts: 0, r: 0.0, at: (0.0, 0.0), told: true });
            }
            nodes[at].acts += (tie.cooperative + tie.hostile).max(1);
            at
        };
        let (a, b) = (node(tie.a.as_str(), tie.a_name.as_str()), node(&tie.b, &tie.b_name));
        edges.push((a, b, tie));
    }
    let most = nodes.iter().map(|n| n.acts).max().unwrap_or(1).max(1) as f64;
    nodes.iter_mut().for_each(|n| n.r = 5.0 + 11.0 * (n.acts as f64 / most).sqrt());
    (nodes, edges)
}

/// The height that leaves the names some room.
fn height(nodes: &[Node]) -> f64 {
    let taken: f64 = nodes.iter().map(Node::reach).map(|(w, up, down)| 2.0 * w * (up + down)).sum();
    (taken * 2.6 / WIDTH).clamp(HEIGHTS.0, HEIGHTS.1)
}

/// Pushes apart what overlaps, always in the same order; a name for which there is no room at last is left out: the table has it.
fn separate(nodes: &mut [Node], height: f64) {
    nodes.iter_mut().for_each(|n| n.stay_inside(height));
    for _ in 0..ROUNDS {
        let mut moved = false;
        for i in 0..nodes.len() {
            let (head, tail) = nodes.split_at_mut(i + 1);
            let one = &mut head[i];
            for other in tail {
                let Some((x, y)) = one.overlap(other) else { continue };
                // The shorter way; two on one spot part downwards.
                if y <= x {
                    let sign = if one.at.1 < other.at.1 { -0.5 } else { 0.5 };
                    one.at.1 += sign * (y + 1.0);
                    other.at.1 -= sign * (y + 1.0);
                } else {
                    let sign = if one.at.0 < other.at.0 { -0.5 } else { 0.5 };
                    one.at.0 += sign * (x + 1.0);
                    other.at.0 -= sign * (x + 1.0);
                }
                one.stay_inside(height);
                other.stay_inside(height);
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
    hide(nodes);
}

/// Leaves out the name of the smaller of two that still overlap.
fn hide(nodes: &mut [Node]) {
    for i in 0..nodes.len() {
        for j in i + 1..nodes.len() {
            if nodes[i].told && nodes[j].told && nodes[i].overlap(&nodes[j]).is_some() {
                let small = if nodes[i].acts < nodes[j].acts { i } else { j };
                nodes[small].told = false;
            }
        }
    }
}

/// Fruchterman and Reingold, 1991: ties pull, actors push one another away; begun on a spiral.
fn settle(nodes: &mut [Node], edges: &[(usize, usize, &Tie)], height: f64) {
    let n = nodes.len().max(1) as f64;
    let ideal = ((WIDTH * height / n).sqrt() * 0.6).min(170.0);
    for (i, node) in nodes.iter_mut().enumerate() {
        let (turn, far) = (i as f64 * 2.399_963, (i as f64 + 0.5).sqrt() / n.sqrt());
        node.at = (WIDTH / 2.0 + turn.cos() * far * WIDTH * 0.4, height / 2.0 + turn.sin() * far * height * 0.4);
    }
    for round in 0..ROUNDS {
        let heat = WIDTH / 12.0 * (1.0 - round as f64 / ROUNDS as f64);
        let moves = forces(nodes, edges, ideal, height);
        for (node, (x, y)) in nodes.iter_mut().zip(moves) {
            let far = (x * x + y * y).sqrt().max(0.01);
            let step = far.min(heat) / far;
            node.at.0 = (node.at.0 + x * step).clamp(105.0, WIDTH - 105.0);
            node.at.1 = (node.at.1 + y * step).clamp(24.0, height - 36.0);
        }
    }
}

fn forces(nodes: &[Node], edges: &[(usize, usize, &Tie)], ideal: f64, height: f64) -> Vec<(f64, f64)> {
    let mut moves = vec![(0.0, 0.0); nodes.len()];
    for i in 0..nodes.len() {
        for j in i + 1..nodes.len() {
            let (x, y) = (nodes[i].at.0 - nodes[j].at.0, nodes[i].at.1 - nodes[j].at.1);
            let push = ideal * ideal / (x * x + y * y).max(1.0);
            moves[i] = (moves[i].0 + x * push, moves[i].1 + y * push);
            moves[j] = (moves[j].0 - x * push, moves[j].1 - y * push);
        }
        // A weak pull to the middle keeps those without ties to the rest in sight.
        moves[i].0 += (WIDTH / 2.0 - nodes[i].at.0) * 0.25;
        moves[i].1 += (height / 2.0 - nodes[i].at.1) * 0.45;
    }
    for (a, b, _) in edges {
        let (x, y) = (nodes[*a].at.0 - nodes[*b].at.0, nodes[*a].at.1 - nodes[*b].at.1);
        let pull = (x * x + y * y).sqrt() / ideal;
        moves[*a] = (moves[*a].0 - x * pull, moves[*a].1 - y * pull);
        moves[*b] = (moves[*b].0 + x * pull, moves[*b].1 + y * pull);
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Actors with long names, some of whom have to do with one alone, some with each other.
    fn ties(n: usize) -> Vec<Tie> {
        let name = |k: usize| format!("Movement of the {k} Rivers and Valleys");
        let tie = |k: usize| Tie {
            a: format!("{:04}", k / 3),
            a_name: name(k / 3),
            b: format!("{:04}", k + 1),
            b_name: name(k + 1),
            cooperative: (k % 5) as u64,
            hostile: (k % 3) as u64,
            near: 0,
        };
        (0..n).map(tie).collect()
    }

    #[test]
    fn no_name_lies_on_another() {
        for n in [1, 6, 16, 40, 60] {
            let ties = ties(n);
            let (mut nodes, edges) = graph(&ties);
            let height = height(&nodes);
            settle(&mut nodes, &edges, height);
            separate(&mut nodes, height);
            let hidden = nodes.iter().filter(|n| !n.told).count();
            assert_eq!(hidden, 0, "{n} ties: no room for some names in a height of {height}");
            for (i, one) in nodes.iter().enumerate() {
                let (w, up, down) = one.reach();
                assert!(one.at.0 >= w && one.at.0 <= WIDTH - w && one.at.1 >= up && one.at.1 <= height - down);
                assert!(nodes[i + 1..].iter().all(|other| one.overlap(other).is_none()), "{n} ties: {}", one.name);
            }
        }
    }

    #[test]
    fn the_same_ties_make_the_same_picture() {
        assert_eq!(svg(&ties(20), "").into_string(), svg(&ties(20), "").into_string());
    }
}
