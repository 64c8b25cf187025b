//! A set of byte strings that answers which of its members a text starts with.

use std::ops::Range;

const NONE: u32 = u32::MAX;

/// Nodes in breadth-first order, so that the children of a node stand together, sorted by their byte.
#[derive(Debug)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    first: u32,
    count: u32,
    id: u32,
}

impl Trie {
    /// Builds the trie of `members`, each with its id. Of equal members the first one counts; empty ones are left out.
    pub(crate) fn new<'a>(members: impl Iterator<Item = (&'a [u8], u32)>) -> Trie {
        let mut members: Vec<(&[u8], u32)> = members.filter(|(bytes, _)| !bytes.is_empty()).collect();
        members.sort();
        members.dedup_by_key(|(bytes, _)| *bytes);
        let mut trie = Trie { nodes: vec![Node { first: 0, count: 0, id: NONE }], bytes: vec![0] };
        let mut level = vec![(0, 0..members.len())];
        let mut depth = 0;
        while !level.is_empty() {
            level = level.into_iter().flat_map(|(node, range)| trie.grow(node, &members, range, depth)).collect();
            depth += 1;
        }
        trie
    }

    /// Gives a node its children: the bytes at `depth` of the members in `range`, all of which share what comes before.
    fn grow(
        &mut self,
        node: usize,
        members: &[(&[u8], u32)],
        range: Range<usize>,
        depth: usize,
    ) -> Vec<(usize, Range<usize>)> {
        let first = self.nodes.len();
        let mut children = Vec::new();
        let mut rest = range;
        while !rest.is_empty() {
            let byte = members[rest.start].0[depth];
            let same = members[rest.clone()].partition_point(|(bytes, _)| bytes[depth] == byte);
            let mut range = rest.start..rest.start + same;
            rest.start = range.end;
            let mut id = NONE;
            if members[range.start].0.len() == depth + 1 {
                id = members[range.start].1;
                range.start += 1;
            }
            children.push((self.nodes.len(), range));
            self.nodes.push(Node { first: 0, count: 0, id });
            self.bytes.push(byte);
        }
        self.nodes[node].first = first as u32;
        self.nodes[node].count = children.len() as u32;
        children.retain(|(_, range)| !range.is_empty());
        children
    }

    /// Calls `found` with the length and the id of every member that `text` starts with, shortest first.
    pub(crate) fn prefixes(&self, text: &[u8], mut found: impl FnMut(usize, u32)) {
        let mut node = self.nodes[0];
        for (depth, byte) in text.iter().enumerate() {
            let (first, count) = (node.first as usize, node.count as usize);
            let Ok(child) = self.bytes[first..first + count].binary_search(byte) else { return };
            node = self.nodes[first + child];
            if node.id != NONE {
                found(depth + 1, node.id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefixes(members: &[&str], text: &str) -> Vec<(usize, u32)> {
        let trie = Trie::new(members.iter().enumerate().map(|(i, m)| (m.as_bytes(), i as u32)));
        let mut found = Vec::new();
        trie.prefixes(text.as_bytes(), |length, id| found.push((length, id)));
        found
    }

    #[test]
    fn finds_every_member_that_a_text_starts_with() {
        let members = ["abc", "b", "a", "", "abd", "a", "é", "abcde"];
        assert_eq!(prefixes(&members, "abcdef"), [(1, 2), (3, 0), (5, 7)]);
        assert_eq!(prefixes(&members, "éa"), [(2, 6)]);
        assert_eq!(prefixes(&members, "x"), []);
        assert_eq!(prefixes(&[], "x"), []);
    }
}
