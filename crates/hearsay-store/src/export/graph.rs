//! The actors and what passed between them, as a graph: GEXF 1.2 and GraphML.
//!
//! A node is an actor. An edge is what one did to another in one month: several edges may lead from one actor to another.

use super::act::{self, Act, Party, text};
use super::codes;
use crate::{Error, Seen};
use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// A node: the actor's id, its name, and the values of [`NODE`].
type Node = (String, String, [String; 3]);
/// An edge: from, to, its month, and what passed.
type Edge = ((String, String, Option<Date>), Passed);

struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// What one actor did to another in a month.
#[derive(Debug, Default, Clone, PartialEq)]
struct Passed {
    cooperative: u64,
    hostile: u64,
    /// Acts that are only denied, planned, threatened or supposed; they count nowhere else.
    not_done: u64,
    /// The sum of the acts' places on PLOVER's scale.
    scale: f64,
    acts: Vec<String>,
}

/// What is told of an actor, by name and type.
const NODE: [(&str, &str); 3] = [("kind", "string"), ("country", "string"), ("sector", "string")];
/// What is told of an edge.
const EDGE: [(&str, &str); 6] = [
    ("month", "string"),
    ("cooperative", "integer"),
    ("hostile", "integer"),
    ("not_done", "integer"),
    ("scale", "double"),
    ("acts", "string"),
];

impl Passed {
    fn values(&self, month: Option<Date>) -> [String; 6] {
        let done = self.cooperative + self.hostile;
        let mean = if done == 0 { 0.0 } else { self.scale / done as f64 };
        let month = month.map_or(String::new(), |m| format!("{:04}-{:02}", m.year(), m.month()));
        [
            month,
            self.cooperative.to_string(),
            self.hostile.to_string(),
            self.not_done.to_string(),
            format!("{mean:.2}"),
            self.acts.join(" "),
        ]
    }

    fn add(&mut self, act: &Act) {
        self.acts.push(act.id.clone());
        if !act.is_told_as_done() {
            self.not_done += 1;
            return;
        }
        self.scale += codes::cameo(&act.kind, &act.mode).0.parse::<f64>().unwrap_or(0.0);
        *(if act.quad < 3 { &mut self.cooperative } else { &mut self.hostile }) += 1;
    }
}

impl Graph {
    fn of(seen: &Seen) -> Result<Graph, Error> {
        let mut edges: BTreeMap<(String, String, Option<Date>), Passed> = BTreeMap::new();
        act::each(seen, &mut |act| {
            for (from, to) in pairs(&act) {
                edges.entry((from, to, month(&act))).or_default().add(&act);
            }
            Ok(())
        })?;
        let mut nodes = Vec::new();
        seen.each("actors", &mut |row| {
            nodes.push((text(&row, "id"), text(&row, "name"), ["kind", "country", "sector"].map(|c| text(&row, c))));
            Ok(())
        })?;
        let known: BTreeSet<&String> = nodes.iter().map(|n| &n.0).collect();
        edges.retain(|(from, to, _), _| known.contains(from) && known.contains(to));
        Ok(Graph { nodes, edges: edges.into_iter().collect() })
    }
}

/// Who did it to whom; what several did together goes both ways.
fn pairs(act: &Act) -> BTreeSet<(String, String)> {
    let ids = |side: &[Party]| side.iter().filter_map(|p| p.actor.clone()).collect::<Vec<_>>();
    let (from, to) = (ids(&act.actors), ids(&act.recipients));
    let to = if act.recipients.is_empty() { from.clone() } else { to };
    let all = from.iter().flat_map(|f| to.iter().map(move |t| (f.clone(), t.clone())));
    all.filter(|(f, t)| f != t).collect()
}

/// The first day of the month in which it was; none where no month is told.
fn month(act: &Act) -> Option<Date> {
    act.day().map(|d| d.date.first_of_month())
}

pub(super) fn write_gexf(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    let graph = Graph::of(seen)?;
    let mut xml = begin(out)?;
    let program = format!("hearsay {}, profile {}", env!("CARGO_PKG_VERSION"), seen.profile().name());
    xml.create_element("gexf")
        .with_attributes([("xmlns", "http://www.gexf.net/1.2draft"), ("version", "1.2")])
        .write_inner_content(|xml| {
            xml.create_element("meta").write_inner_content(|xml| {
                xml.create_element("creator").write_text_content(BytesText::new(&program))?;
                Ok(())
            })?;
            let dynamic = [("mode", "dynamic"), ("defaultedgetype", "directed"), ("timeformat", "date")];
            xml.create_element("graph").with_attributes(dynamic).write_inner_content(|xml| {
                gexf_attributes(xml, "node", &NODE)?;
                gexf_attributes(xml, "edge", &EDGE)?;
                xml.create_element("nodes")
                    .write_inner_content(|xml| graph.nodes.iter().try_for_each(|n| gexf_node(xml, n)))?;
                xml.create_element("edges").write_inner_content(|xml| {
                    graph.edges.iter().enumerate().try_for_each(|(nth, edge)| gexf_edge(xml, nth, edge))
                })?;
                Ok(())
            })?;
            Ok(())
        })?;
    writeln!(out)?;
    Ok(graph.edges.len() as u64)
}

fn begin(out: &mut dyn Write) -> io::Result<Writer<&mut dyn Write>> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

fn gexf_attributes<W: Write>(xml: &mut Writer<W>, class: &str, all: &[(&str, &str)]) -> io::Result<()> {
    xml.create_element("attributes").with_attribute(("class", class)).write_inner_content(|xml| {
        for (name, kind) in all {
            let described = [("id", *name), ("title", *name), ("type", *kind)];
            xml.create_element("attribute").with_attributes(described).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn gexf_values<W: Write>(xml: &mut Writer<W>, names: &[(&str, &str)], values: &[String]) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for ((name, _), value) in names.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
            let value = clean(value);
            xml.create_element("attvalue").with_attributes([("for", *name), ("value", &*value)]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn gexf_node<W: Write>(xml: &mut Writer<W>, (id, name, values): &Node) -> io::Result<()> {
    let label = clean(name);
    let named = [("id", id.as_str()), ("label", &*label)];
    xml.create_element("node").with_attributes(named).write_inner_content(|xml| gexf_values(xml, &NODE, values))?;
    Ok(())
}

fn gexf_edge<W: Write>(xml: &mut Writer<W>, nth: usize, ((from, to, month), passed): &Edge) -> io::Result<()> {
    let (id, weight) = (nth.to_string(), passed.acts.len().to_string());
    let days = month.map(|m| (m.to_string(), m.last_of_month().to_string()));
    let mut led = vec![("id", id.as_str()), ("source", from), ("target", to), ("weight", &weight)];
    if let Some((start, end)) = &days {
        led.extend([("start", start.as_str()), ("end", end.as_str())]);
    }
    xml.create_element("edge")
        .with_attributes(led)
        .write_inner_content(|xml| gexf_values(xml, &EDGE, &passed.values(*month)))?;
    Ok(())
}

pub(super) fn write_graphml(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    let graph = Graph::of(seen)?;
    let mut xml = begin(out)?;
    xml.create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|xml| {
            graphml_keys(xml, "node", &[("label", "string")])?;
            graphml_keys(xml, "node", &NODE)?;
            graphml_keys(xml, "edge", &EDGE)?;
            let kind = [("id", "actors"), ("edgedefault", "directed")];
            xml.create_element("graph").with_attributes(kind).write_inner_content(|xml| {
                graph.nodes.iter().try_for_each(|n| graphml_node(xml, n))?;
                graph.edges.iter().enumerate().try_for_each(|(nth, edge)| graphml_edge(xml, nth, edge))
            })?;
            Ok(())
        })?;
    writeln!(out)?;
    Ok(graph.edges.len() as u64)
}

fn graphml_keys<W: Write>(xml: &mut Writer<W>, class: &str, all: &[(&str, &str)]) -> io::Result<()> {
    for (name, kind) in all {
        let (id, kind) = (format!("{class}_{name}"), if *kind == "integer" { "long" } else { kind });
        let key = [("id", id.as_str()), ("for", class), ("attr.name", name), ("attr.type", kind)];
        xml.create_element("key").with_attributes(key).write_empty()?;
    }
    Ok(())
}

fn graphml_values<W: Write>(
    xml: &mut Writer<W>,
    class: &str,
    names: &[(&str, &str)],
    values: &[String],
) -> io::Result<()> {
    for ((name, _), value) in names.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        let key = format!("{class}_{name}");
        let data = xml.create_element("data").with_attribute(("key", key.as_str()));
        data.write_text_content(BytesText::new(&clean(value)))?;
    }
    Ok(())
}

fn graphml_node<W: Write>(xml: &mut Writer<W>, (id, name, values): &Node) -> io::Result<()> {
    xml.create_element("node").with_attribute(("id", id.as_str())).write_inner_content(|xml| {
        graphml_values(xml, "node", &[("label", "string")], std::slice::from_ref(name))?;
        graphml_values(xml, "node", &NODE, values)
    })?;
    Ok(())
}

fn graphml_edge<W: Write>(xml: &mut Writer<W>, nth: usize, ((from, to, month), passed): &Edge) -> io::Result<()> {
    let id = format!("e{nth}");
    let led = [("id", id.as_str()), ("source", from), ("target", to)];
    xml.create_element("edge")
        .with_attributes(led)
        .write_inner_content(|xml| graphml_values(xml, "edge", &EDGE, &passed.values(*month)))?;
    Ok(())
}

/// XML 1.0 has no way to write control characters, not even escaped.
fn clean(text: &str) -> String {
    let allowed = |c: char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().map(|c| if allowed(c) { c } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(id: &str) -> Party {
        Party { actor: Some(id.into()), ..Party::default() }
    }

    #[test]
    fn what_is_done_together_goes_both_ways() {
        let both = Act { actors: vec![party("a"), party("b")], ..Act::default() };
        let own =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect::<BTreeSet<_>>();
        assert_eq!(pairs(&both), own(&[("a", "b"), ("b", "a")]));
        let done = Act { actors: vec![party("a")], recipients: vec![party("b"), party("a")], ..Act::default() };
        assert_eq!(pairs(&done), own(&[("a", "b")]));
    }

    #[test]
    fn what_is_not_done_counts_apart() {
        let mut passed = Passed::default();
        let act = |status: &str, quad| Act { kind: "ASSAULT".into(), status: status.into(), quad, ..Act::default() };
        passed.add(&act("denied", 4));
        passed.add(&act("happened", 4));
        assert_eq!((passed.hostile, passed.not_done, passed.scale), (1, 1, -9.0));
    }

    #[test]
    fn control_characters_leave_xml() {
        assert_eq!(clean("a\u{1}b\u{FFFF}"), "a b ");
    }
}
