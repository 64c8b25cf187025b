//! Keys of rows that many articles share, so that each is looked up once.

use hearsay_types::ActorId;
use std::collections::HashMap;

/// A map that is emptied when it is full: what is shared comes back soon, and memory stays bounded.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pub(crate) actors: Bounded<ActorId, (i64, u64)>,
    pub(crate) places: Bounded<String, i64>,
}

/// At most so many entries.
const MOST: usize = 50_000;

#[derive(Debug)]
pub(crate) struct Bounded<K, V>(HashMap<K, V>);

impl<K, V> Default for Bounded<K, V> {
    fn default() -> Self {
        Bounded(HashMap::new())
    }
}

impl<K: std::hash::Hash + Eq, V: Copy> Bounded<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        self.0.get(key).copied()
    }

    pub(crate) fn keep(&mut self, key: K, value: V) {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(key, value);
    }
}
