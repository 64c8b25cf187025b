//! What a page says about itself: its `head`, its structured data, and a few elements of its body.

use super::dom::{Dom, NodeId, Tag};
use super::jsonld::{self, Thing};
use super::text::clean;

/// Pages repeat their structured data; more scripts than this are not read.
const SCRIPTS: usize = 64;

/// What a page says about itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `meta` elements: name, property or itemprop in small letters, and content.
    pub metas: Vec<(String, String)>,
    /// Things that JSON-LD describes.
    pub things: Vec<Thing>,
    /// The `title` element.
    pub title: Option<String>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// The language that the root element names.
    pub lang: Option<String>,
    /// `time` elements, `abbr` with a title, and elements with a date's itemprop.
    pub times: Vec<NodeId>,
}

impl Head {
    /// Reads it in one pass.
    pub fn read(dom: &Dom) -> Head {
        let mut head = Head::default();
        let mut scripts = 0;
        for id in dom.descendants(Dom::ROOT) {
            let Some(element) = dom.element(id) else { continue };
            match element.tag {
                Tag::Meta => head.meta(dom, id),
                Tag::Link => head.link(dom, id),
                Tag::Title if head.title.is_none() => {
                    head.title = Some(clean(&dom.text(id, 2000))).filter(|t| !t.is_empty())
                }
                Tag::Script if dom.node(id).first != super::dom::NONE && scripts < SCRIPTS => {
                    scripts += 1;
                    head.things.extend(jsonld::things(&dom.text(id, usize::MAX)));
                }
                Tag::Html | Tag::Body if head.lang.is_none() => {
                    let lang = element.attr("lang").or_else(|| element.attr("xml:lang"));
                    head.lang = lang.map(str::to_owned).filter(|l| !l.trim().is_empty());
                }
                Tag::Time => head.times.push(id),
                _ if element.attr("itemprop").is_some_and(|p| p.contains("date")) => head.times.push(id),
                Tag::Abbr if element.attr("class").is_some_and(|c| c.contains("published")) => head.times.push(id),
                _ => {}
            }
        }
        head
    }

    fn meta(&mut self, dom: &Dom, id: NodeId) {
        let Some(element) = dom.element(id) else { return };
        let Some(content) = element.attr("content") else { return };
        if element.attr("itemprop").is_some_and(|p| p.starts_with("date")) {
            self.times.push(id);
        }
        let content = clean(content);
        if content.is_empty() {
            return;
        }
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = element.attr(key) {
                self.metas.push((name.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }

    fn link(&mut self, dom: &Dom, id: NodeId) {
        let Some(element) = dom.element(id) else { return };
        let canonical = element.attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
        if canonical && self.canonical.is_none() {
            self.canonical = element.attr("href").map(str::to_owned).filter(|h| !h.trim().is_empty());
        }
    }

    /// The first meta element of one of these names, in the order of the names.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name).map(|(_, c)| c.as_str()))
    }

    /// All meta elements of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.metas.iter().filter(move |(n, _)| n == name).map(|(_, content)| content.as_str())
    }

    /// The stories among the things that JSON-LD describes.
    pub fn stories(&self) -> impl Iterator<Item = &Thing> {
        self.things.iter().filter(|t| jsonld::is_story(t))
    }

    /// The longest text that the page's structured data gives as a story's body.
    pub fn article_body(&self) -> Option<&str> {
        let bodies = self.things.iter().filter_map(|t| t.get("articleBody").and_then(|v| v.as_str()));
        bodies.max_by_key(|b| b.len())
    }

    /// What the page gives as its summary, in several wordings.
    pub fn descriptions(&self) -> Vec<String> {
        let metas = ["description", "og:description", "twitter:description", "dcterms.abstract", "dc.description"];
        let mut out: Vec<String> = metas.into_iter().flat_map(|n| self.all(n)).map(str::to_owned).collect();
        out.extend(self.stories().filter_map(|t| jsonld::string(t, "description")));
        out.sort();
        out.dedup();
        out
    }
}
