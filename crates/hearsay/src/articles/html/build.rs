//! From chosen blocks to an article.

use super::blocks::Blocks;
use super::dom::{Dom, NodeId};
use super::head::Head;
use super::{meta, text};
use hearsay_types::{Article, Interval, Origin, Page, Passage, PublishedBasis, Role, Span};

/// What articles of one page are made from.
pub(super) struct Maker<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its tree.
    pub dom: &'a Dom,
    /// What it says about itself.
    pub head: &'a Head,
    /// Its blocks.
    pub blocks: &'a Blocks,
}

impl Maker<'_> {
    /// The article that these blocks tell.
    pub fn article(&self, nth: u32, taken: &[usize]) -> Article {
        let (text, paragraphs) = self.paragraphs(taken);
        let declared = &self.page.declared;
        Article {
            id: Article::id_of(&self.page.id, nth),
            page: self.page.id,
            nth,
            title: meta::title(self.dom, self.head).or_else(|| declared.title.clone()),
            byline: meta::byline(self.head).or_else(|| declared.byline.clone()),
            publisher: meta::publisher(self.head).or_else(|| declared.publisher.clone()),
            url: meta::url(self.page, self.head),
            language: meta::language(self.head, &text),
            dateline: None,
            published: Interval::UNKNOWN,
            published_basis: PublishedBasis::None,
            modified: Interval::UNKNOWN,
            captions: Vec::new(),
            passages: paragraphs.iter().map(|span| Passage { role: Role::Body, span: *span }).collect(),
            origins: self.origins(taken),
            paragraphs,
            text,
            comments: 0,
        }
    }

    fn paragraphs(&self, taken: &[usize]) -> (String, Vec<Span>) {
        let mut out = String::new();
        let mut spans = Vec::with_capacity(taken.len());
        for n in taken {
            if !out.is_empty() {
                out.push('\n');
            }
            let start = out.len();
            out.push_str(&text::composed(self.blocks.text(&self.blocks.all[*n]).to_owned()));
            spans.push(Span::new(start, out.len()));
        }
        (out, spans)
    }

    /// The number of each block's element, counted over all elements of the page in document order.
    fn origins(&self, taken: &[usize]) -> Vec<Origin> {
        let wanted: Vec<NodeId> = taken.iter().map(|n| self.blocks.bx(&self.blocks.all[*n]).node).collect();
        let mut numbers = vec![0u32; self.dom.len()];
        let mut count = 0;
        for id in self.dom.descendants(Dom::ROOT) {
            if self.dom.element(id).is_some() {
                numbers[id as usize] = count;
                count += 1;
            }
        }
        wanted.into_iter().map(|id| Origin::Element(numbers[id as usize])).collect()
    }
}
