//! The network of actors. The places of the actors are found by springs, always the same for the same ties.

use super::tenth;
use crate::rows::network::Tie;
use crate::words::counted;
use maud::{Markup, html};

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 540.0;
const ROUNDS: usize = 300;

/// An actor in the drawing.
struct Node<'a> {
    id: &'a str,
    name: &'a str,
    acts: u64,
    at: (f64, f64),
}

/// The picture.
pub fn svg(ties: &[Tie], address: &str) -> Markup {
    let (mut nodes, edges) = graph(ties);
    settle(&mut nodes, &edges);
    let most = nodes.iter().map(|n| n.acts).max().unwrap_or(1).max(1) as f64;
    html! {
        svg.network aria-hidden="true" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } {
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
                @let r = 5.0 + 11.0 * (node.acts as f64 / most).sqrt();
                a href={ "/actors/" (node.id) } tabindex="-1" data-node=(node.id) {
                    circle cx=(tenth(node.at.0)) cy=(tenth(node.at.1)) r=(tenth(r)) { title { (node.name) } }
                    text x=(tenth(node.at.0)) y=(tenth(node.at.1 + r + 13.0)) text-anchor="middle" { (brief(node.name)) }
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
                nodes.push(Node { id, name, acts: 0, at: (0.0, 0.0) });
            }
            nodes[at].acts += (tie.cooperative + tie.hostile).max(1);
            at
        };
        let (a, b) = (node(tie.a.as_str(), tie.a_name.as_str()), node(&tie.b, &tie.b_name));
        edges.push((a, b, tie));
    }
    (nodes, edges)
}

/// Fruchterman and Reingold, 1991: ties pull, actors push one another away; begun on a spiral.
fn settle(nodes: &mut [Node], edges: &[(usize, usize, &Tie)]) {
    let n = nodes.len().max(1) as f64;
    let ideal = ((WIDTH * HEIGHT / n).sqrt() * 0.6).min(170.0);
    for (i, node) in nodes.iter_mut().enumerate() {
        let (turn, far) = (i as f64 * 2.399_963, (i as f64 + 0.5).sqrt() / n.sqrt());
        node.at = (WIDTH / 2.0 + turn.cos() * far * WIDTH * 0.4, HEIGHT / 2.0 + turn.sin() * far * HEIGHT * 0.4);
    }
    for round in 0..ROUNDS {
        let heat = WIDTH / 12.0 * (1.0 - round as f64 / ROUNDS as f64);
        let moves = forces(nodes, edges, ideal);
        for (node, (x, y)) in nodes.iter_mut().zip(moves) {
            let far = (x * x + y * y).sqrt().max(0.01);
            let step = far.min(heat) / far;
            node.at.0 = (node.at.0 + x * step).clamp(105.0, WIDTH - 105.0);
            node.at.1 = (node.at.1 + y * step).clamp(24.0, HEIGHT - 36.0);
        }
    }
}

fn forces(nodes: &[Node], edges: &[(usize, usize, &Tie)], ideal: f64) -> Vec<(f64, f64)> {
    let mut moves = vec![(0.0, 0.0); nodes.len()];
    for i in 0..nodes.len() {
        for j in 0..nodes.len() {
            let (x, y) = (nodes[i].at.0 - nodes[j].at.0, nodes[i].at.1 - nodes[j].at.1);
            let far = (x * x + y * y).max(1.0);
            if i != j {
                moves[i].0 += x * ideal * ideal / far;
                moves[i].1 += y * ideal * ideal / far;
            }
        }
        // A weak pull to the middle keeps those without ties to the rest in sight.
        moves[i].0 += (WIDTH / 2.0 - nodes[i].at.0) * 0.25;
        moves[i].1 += (HEIGHT / 2.0 - nodes[i].at.1) * 0.45;
    }
    for (a, b, _) in edges {
        let (x, y) = (nodes[*a].at.0 - nodes[*b].at.0, nodes[*a].at.1 - nodes[*b].at.1);
        let pull = (x * x + y * y).sqrt() / ideal;
        moves[*a] = (moves[*a].0 - x * pull, moves[*a].1 - y * pull);
        moves[*b] = (moves[*b].0 + x * pull, moves[*b].1 + y * pull);
    }
    moves
}
