//! What ships for reading pages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static HINTS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../lexicons/page_hints.toml")).expect("the shipped page hints are well-formed")
});

/// Words in the attributes of HTML elements by the category they hint at. A `*` at the end of a word stands for any ending.
pub fn page_hints() -> &'static BTreeMap<String, Vec<String>> {
    &HINTS
}

/// The weights that tell the blocks of a story from the rest of its page, in the form that its first lines describe.
pub fn block_weights() -> &'static str {
    include_str!("../weights/pages/blocks.txt")
}
