//! From chosen blocks to an article.

use super::blocks::Blocks;
use super::dom::{Dom, NodeId};
use super::head::Head;
use super::stories::Story;
use super::when::{self, Evidence, When};
use super::{captions, comments, meta, text};
use hearsay_types::{Article, Interval, Origin, Page, PublishedBasis, Span};

/// How many blocks before a story's first paragraph its pictures can stand.
const AROUND: usize = 30;

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
    /// The articles that these stories are.
    pub fn articles(&self, stories: &[Story]) -> Vec<Article> {
        let mut articles: Vec<Article> = stories.iter().zip(0..).map(|(story, nth)| self.article(nth, story)).collect();
        if let Some(first) = articles.first_mut() {
            first.comments = comments::count(self.dom, self.blocks);
        }
        articles
    }

    fn article(&self, nth: u32, story: &Story) -> Article {
        let (text, paragraphs) = self.paragraphs(&story.taken);
        let declared = &self.page.declared;
        let url = meta::url(self.page, self.head);
        let language = meta::language(self.head, &text);
        let when = self.when(nth, story, url.as_deref(), language.as_deref());
        let heading = story.heading.map(|n| self.blocks.text(&self.blocks.all[n]).to_owned());
        let told = || meta::byline(self.head).or_else(|| declared.byline.clone());
        let byline = story.byline(self.blocks).or_else(|| told().filter(|_| nth == 0));
        Article {
            id: Article::id_of(&self.page.id, nth),
            page: self.page.id,
            nth,
            title: heading.or_else(|| meta::title(self.dom, self.head)).or_else(|| declared.title.clone()),
            byline,
            publisher: meta::publisher(self.head, self.blocks).or_else(|| declared.publisher.clone()),
            url,
            language,
            dateline: None,
            published: when.published.map_or(Interval::UNKNOWN, Interval::day),
            published_basis: when.published.map_or(PublishedBasis::None, |_| PublishedBasis::Metadata),
            modified: when.modified.map_or(Interval::UNKNOWN, Interval::day),
            captions: captions::find(self.dom, self.blocks, self.region(story), &story.taken),
            passages: Vec::new(),
            origins: self.origins(&story.taken),
            paragraphs,
            text,
            comments: 0,
        }
    }

    fn when(&self, nth: u32, story: &Story, url: Option<&str>, language: Option<&str>) -> When {
        let evidence = Evidence { dom: self.dom, head: self.head, blocks: self.blocks, url, language };
        match story.heading {
            None => {
                let declared = || self.page.declared.published.as_deref().and_then(when::machine_day);
                let told = evidence.when(&story.taken);
                When { published: told.published.or_else(declared), ..told }
            }
            Some(heading) => {
                let below = evidence.when_below(&story.taken, heading);
                if below.published.is_none() && nth == 0 { evidence.when(&story.taken) } else { below }
            }
        }
    }

    /// The boxes in which a story's pictures can stand.
    fn region(&self, story: &Story) -> (usize, usize) {
        let first = story.taken.first().map_or(story.from, |n| n.saturating_sub(AROUND)).max(story.from) as u32;
        let last = story.taken.last().map_or(story.to, |n| n + AROUND / 2).min(story.to) as u32;
        let boxes = &self.blocks.boxes;
        (boxes.partition_point(|b| b.blocks.0 < first), boxes.partition_point(|b| b.blocks.0 <= last))
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
