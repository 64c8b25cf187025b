//! The reader: an article as clean text, with what was found in it.

use super::{Frame, correct, lists};
use crate::ask::Ask;
use crate::error::Trouble;
use crate::rows::articles::{Article, Mention, Sentence, Whole};
use crate::rows::claims::{self, Claim};
use crate::rows::events::Event;
use crate::words::{counted, kind, naming, quad_class};
use maud::{Markup, html};

/// A span of one of the article's texts and what it is in a row.
type Mark = (usize, usize, &'static str);

/// The page of an article; the row with this id is opened and marked.
pub fn page(ask: &Ask, article: &Article, whole: &Whole, row: Option<&str>) -> Result<Markup, Trouble> {
    let chosen = row.and_then(|id| Chosen::find(whole, id));
    let body = Body::new(article, whole, chosen.as_ref(), 1);
    let title = article.headline();
    Ok(Frame::new(&title, "/articles").show(html! {
        div.reader {
            article lang=[article.language.as_deref()] {
                (head(article, &Body::new(article, whole, chosen.as_ref(), 0)))
                div.text { @for paragraph in &article.paragraphs { p dir="auto" { (body.stretch(*paragraph)) } } }
                (captions(article, whole, chosen.as_ref()))
            }
            aside.panel aria-label="What was found" {
                @match (&chosen, row) {
                    (Some(chosen), _) => (opened(ask, article, whole, chosen)?),
                    (None, Some(row)) => (correct::rejected(ask, row, &lists::row_address(article, row, None))?),
                    (None, None) => {}
                }
                (found(article, whole, row))
                (provenance(article, whole))
            }
        }
    }))
}

/// The row that is opened.
enum Chosen<'a> {
    Claim(&'a Claim),
    Event(&'a Event),
}

impl<'a> Chosen<'a> {
    fn find(whole: &'a Whole, id: &str) -> Option<Chosen<'a>> {
        let claim = whole.claims.iter().find(|c| c.id == id).map(Chosen::Claim);
        claim.or_else(|| whole.events.iter().find(|e| e.id == id).map(Chosen::Event))
    }

    fn sentence(&self) -> Option<i64> {
        match self {
            Chosen::Claim(c) => c.sentence,
            Chosen::Event(e) => e.sentence,
        }
    }

    fn part(&self) -> i64 {
        match self {
            Chosen::Claim(c) => c.part,
            Chosen::Event(e) => e.part,
        }
    }

    fn marks(&self) -> Vec<Mark> {
        match self {
            Chosen::Claim(claim) => claim_marks(claim),
            Chosen::Event(event) => event_marks(event),
        }
    }
}

fn claim_marks(claim: &Claim) -> Vec<Mark> {
    let of = |spans: &[(usize, usize)], class| spans.iter().map(|s| (s.0, s.1, class)).collect::<Vec<_>>();
    [of(&claim.content, "content"), of(&claim.source.spans, "source"), of(&claim.cue, "cue")].concat()
}

fn event_marks(event: &Event) -> Vec<Mark> {
    let mut marks = vec![(event.trigger.0, event.trigger.1, "trigger")];
    marks.extend(event.actors.iter().map(|w| (w.start, w.end, "doer")));
    marks.extend(event.recipients.iter().map(|w| (w.start, w.end, "done-to")));
    marks.extend(event.place_span.map(|s| (s.0, s.1, "where")));
    marks.extend(event.numbers.iter().map(|n| (n.start, n.end, "number")));
    marks
}

/// The body, the title or a caption, with all that is marked in it.
struct Body<'a> {
    article: &'a Article,
    part: i64,
    sentences: Vec<&'a Sentence>,
    mentions: Vec<&'a Mention>,
    marks: Vec<Mark>,
    hidden: Vec<std::ops::Range<usize>>,
    chosen: Option<i64>,
    edges: Vec<usize>,
}

impl<'a> Body<'a> {
    fn new(article: &'a Article, whole: &'a Whole, chosen: Option<&Chosen>, part: i64) -> Body<'a> {
        let marks = match chosen {
            Some(chosen) if chosen.part() == part => chosen.marks(),
            Some(_) => Vec::new(),
            None => whole.claims.iter().filter(|c| c.part == part).flat_map(claim_marks).collect(),
        };
        let hidden = article.mask.masked(part as usize);
        let mentions: Vec<&Mention> = whole.mentions.iter().filter(|m| m.part == part).collect();
        let mut edges: Vec<usize> = marks.iter().flat_map(|m| [m.0, m.1]).collect();
        edges.extend(mentions.iter().flat_map(|m| [m.start, m.end]));
        edges.extend(hidden.iter().flat_map(|h| [h.start, h.end]));
        edges.retain(|at| article.part(part).is_char_boundary(*at));
        edges.sort_unstable();
        edges.dedup();
        Body {
            article,
            part,
            sentences: whole.sentences.iter().filter(|s| s.part == part).collect(),
            mentions,
            marks,
            hidden,
            chosen: chosen.and_then(Chosen::sentence),
            edges,
        }
    }

    /// All of the text.
    fn all(&self) -> Markup {
        self.stretch((0, self.article.part(self.part).len()))
    }

    /// A stretch of the text, sentence by sentence.
    fn stretch(&self, (start, end): (usize, usize)) -> Markup {
        let inside: Vec<_> = self.sentences.iter().filter(|s| s.start >= start && s.end <= end).collect();
        let gaps = std::iter::once(start).chain(inside.iter().map(|s| s.end));
        let rest = inside.last().map_or(start, |s| s.end);
        html! {
            @for (sentence, gap) in inside.iter().zip(gaps) {
                (self.pieces(gap, sentence.start))
                span.sent id={ "s" (sentence.nth) } aria-current=[(self.chosen == Some(sentence.nth)).then_some("true")] { (self.pieces(sentence.start, sentence.end)) }
            }
            (self.pieces(rest, end))
        }
    }

    /// Text cut at every edge of a mark.
    fn pieces(&self, start: usize, end: usize) -> Markup {
        let from = self.edges.partition_point(|e| *e <= start);
        let mut at = start;
        let mut cuts = Vec::new();
        for &edge in self.edges[from..].iter().take_while(|e| **e < end) {
            cuts.push((at, edge));
            at = edge;
        }
        cuts.push((at, end));
        html! { @for (a, b) in cuts { @if a < b { (self.piece(a, b)) } } }
    }

    fn piece(&self, a: usize, b: usize) -> Markup {
        if let Some(name) = self.hidden.iter().find(|h| h.start <= a && b <= h.end) {
            return html! { @if name.start == a { span.withheld { (self.article.slice(self.part, name.start, name.end)) } } };
        }
        let text = self.article.part(self.part).get(a..b).unwrap_or_default();
        let mut classes: Vec<&str> = self.marks.iter().filter(|m| m.0 <= a && b <= m.1).map(|m| m.2).collect();
        classes.sort_unstable();
        classes.dedup();
        let mention = self.mentions.iter().rfind(|m| m.start <= a && b <= m.end);
        let inner = named(text, mention.copied());
        if classes.is_empty() {
            inner
        } else {
            html! { mark class=(classes.join(" ")) { (inner) } }
        }
    }
}

fn named(text: &str, mention: Option<&Mention>) -> Markup {
    let Some(mention) = mention else { return html! { (text) } };
    let told = mention.interval.told();
    html! {
        @match (&mention.actor, &mention.place) {
            (Some((id, name)), _) => a.named.actor href={ "/actors/" (id) } title=(name) { (text) },
            (_, Some(place)) => span.named.place title=(place) { (text) },
            _ if !told.is_empty() => span.named.time title=(told) { (text) },
            _ => span.named.time { (text) },
        }
    }
}

fn head(article: &Article, title: &Body) -> Markup {
    html! {
        header.article-head {
            h1 dir="auto" { @if title.sentences.is_empty() { (article.headline()) } @else { (title.all()) } }
            p.origin {
                @if let Some(publisher) = &article.publisher { a href={ "/articles?publisher=" (crate::words::escaped(publisher)) } { bdi { (publisher) } } " · " }
                @let told = article.published.told();
                @if told.is_empty() { "the page does not tell when it was published" } @else { time { (told) } }
                @if let Some(byline) = &article.byline { " · " bdi { (byline) } }
            }
        }
    }
}

fn captions(article: &Article, whole: &Whole, chosen: Option<&Chosen>) -> Markup {
    html! {
        @if !article.captions.is_empty() {
            section.captions aria-label="Captions" {
                @for (nth, (_, credit)) in article.captions.iter().enumerate() {
                    p dir="auto" { (Body::new(article, whole, chosen, nth as i64 + 2).all()) @if let Some(credit) = credit { " " small { bdi { (credit) } } } }
                }
            }
        }
    }
}

fn opened(ask: &Ask, article: &Article, whole: &Whole, chosen: &Chosen) -> Result<Markup, Trouble> {
    let (acts, id) = match chosen {
        Chosen::Claim(claim) => (correct::CLAIM, &claim.id),
        Chosen::Event(event) => (correct::EVENT, &event.id),
    };
    let corrected = correct::section(ask, acts, id, &lists::row_address(article, id, chosen.sentence()))?;
    let card = match chosen {
        Chosen::Claim(claim) => claim_card(article, claim, &claims::chain(ask, claim)?),
        Chosen::Event(event) => {
            let teller = event.claim.and_then(|nth| whole.claims.iter().find(|c| c.nth == nth));
            let chain = teller.map(|c| claims::chain(ask, c)).transpose()?.unwrap_or_default();
            event_card(article, event, &chain, teller)
        }
    };
    Ok(html! { (card) (corrected) })
}

/// From the publisher to the innermost source.
fn chain_list(article: &Article, outer: &[Claim], last: Option<&Claim>) -> Markup {
    html! {
        ol.chain-list {
            li { bdi { (article.publisher.as_deref().unwrap_or("the publisher")) } }
            @for claim in outer.iter().chain(last) { li { (lists::source(claim, article)) " " (lists::stance(&claim.stance)) } }
        }
    }
}

fn claim_card(article: &Article, claim: &Claim, chain: &[Claim]) -> Markup {
    html! {
        section.card aria-labelledby="row" {
            h2 #row { "Claim " (lists::stance(&claim.stance)) }
            dl {
                dt { mark.source { "source" } }
                dd {
                    (lists::source(claim, article))
                    div.muted { (claim.source.kind.replace('_', " ")) ", " (naming(&claim.source.naming)) @if let Some(role) = &claim.source.role { ", " bdi { (article.say(role)) } } }
                }
                dt { mark.cue { "cue" } } dd { bdi { (article.words(claim.part, &claim.cue)) } }
                dt { mark.content { "content" } } dd dir="auto" { (article.words(claim.part, &claim.content)) div.muted { (claim.quote) } }
                dt { "told by" } dd { (chain_list(article, chain, Some(claim))) }
                (why(&claim.why))
                dt { "id" } dd { code { (claim.id) } }
            }
        }
    }
}

fn event_card(article: &Article, event: &Event, chain: &[Claim], teller: Option<&Claim>) -> Markup {
    let when = event.time.told();
    html! {
        section.card aria-labelledby="row" {
            h2 #row { "Event " (lists::status(&event.status)) }
            dl {
                dt { mark.trigger { "act" } } dd { span class={ "kind " (quad_class(event.quad)) } { (kind(&event.kind)) @if let Some(mode) = &event.mode { " · " (mode) } } }
                @if !event.actors.is_empty() { dt { mark.doer { "who" } } dd { (lists::who(&event.actors, article)) } }
                @if !event.recipients.is_empty() { dt { mark.done-to { "to whom" } } dd { (lists::who(&event.recipients, article)) } }
                @if let Some(place) = &event.place { dt { mark.where { "where" } } dd { bdi { (place) } @if let Some(precision) = &event.precision { div.muted { "known to the " (precision) } } } }
                @if !when.is_empty() { dt { "when" } dd { (when) } }
                @if !event.numbers.is_empty() {
                    dt { mark.number { "how many" } }
                    dd { @for n in &event.numbers { div { bdi { (article.slice(event.part, n.start, n.end)) } " " (n.kind) } } }
                }
                dt { "told by" } dd { (chain_list(article, chain, teller)) }
                (why(&event.why))
                dt { "id" } dd { code { (event.id) } }
            }
        }
    }
}

fn why(why: &[String]) -> Markup {
    html! { @if !why.is_empty() { dt { "why" } dd { ul.plain { @for line in why { li { (line) } } } } } }
}

/// A row of the list, with its place in the text.
struct Entry {
    at: usize,
    id: String,
    line: Markup,
    sentence: Option<i64>,
}

fn found(article: &Article, whole: &Whole, row: Option<&str>) -> Markup {
    let mut entries: Vec<Entry> = whole.claims.iter().map(|c| claim_entry(article, c)).collect();
    entries.extend(whole.events.iter().map(|e| event_entry(article, e)));
    entries.sort_by_key(|e| e.at);
    html! {
        section aria-labelledby="found" {
            h2 #found { (counted(whole.claims.len() as u64, "claim", "claims")) ", " (counted(whole.events.len() as u64, "event", "events")) }
            @if row.is_some() { p { a href={ "/articles/" (article.id) } { "Mark all claims" } } }
            ol.entries {
                @for entry in &entries {
                    li { a href=(lists::row_address(article, &entry.id, entry.sentence)) aria-current=[(row == Some(entry.id.as_str())).then_some("true")] { (entry.line) } }
                }
            }
        }
    }
}

fn claim_entry(article: &Article, claim: &Claim) -> Entry {
    let at = claim.cue.first().or(claim.content.first()).map_or(0, |s| s.0);
    let called = claim.source.called(article.part(claim.part));
    let content = article.words(claim.part, &claim.content);
    let line = html! {
        (lists::stance(&claim.stance)) " " bdi.by { (article.say(&called)) } ": " bdi { (short(&content)) }
    };
    Entry { at, id: claim.id.clone(), line, sentence: claim.sentence }
}

fn event_entry(article: &Article, event: &Event) -> Entry {
    let names = |all: &[crate::rows::events::Who]| all.iter().map(|w| w.name.clone()).collect::<Vec<_>>().join(", ");
    let (actors, recipients) = (names(&event.actors), names(&event.recipients));
    let line = html! {
        span class={ "kind " (quad_class(event.quad)) } { (kind(&event.kind)) } " " (lists::status(&event.status)) " "
        bdi { (article.say(&actors)) } @if !recipients.is_empty() { " → " bdi { (article.say(&recipients)) } }
    };
    Entry { at: event.trigger.0, id: event.id.clone(), line, sentence: event.sentence }
}

/// The first words of a text.
fn short(text: &str) -> &str {
    const LONGEST: usize = 110;
    if text.len() <= LONGEST {
        return text;
    }
    let cut = text.floor_char_boundary(LONGEST);
    &text[..text[..cut].rfind(' ').unwrap_or(cut)]
}

fn provenance(article: &Article, whole: &Whole) -> Markup {
    let page = &whole.page;
    let url = article.url.as_deref().or(page.url.as_deref());
    html! {
        section aria-labelledby="whence" {
            h2 #whence { "Where it is from" }
            dl {
                dt { "file" } dd { bdi { (page.path) } }
                @if let Some(url) = url { dt { "address" } dd { bdi { (url) } } }
                dt { "sha-256" } dd { code.hash { (page.id) } }
                dt { "saved as" } dd { (page.media_type) ", " (crate::words::count(page.bytes)) " bytes" }
                dt { "read" } dd { (page.read_at) }
                dt { "published" } dd { @let told = article.published.told(); @if told.is_empty() { "not told" } @else { (told) } " (" (article.basis) ")" }
                dt { "article" } dd { code { (article.id) } }
                @if article.comments > 0 { dt { "comments" } dd { (article.comments) " left out" } }
            }
            @if !whole.reprints.is_empty() {
                h3 { "The same text elsewhere" }
                ul.plain { @for line in &whole.reprints { li { a href={ "/articles/" (line.id) } dir="auto" { (article.say(line.title.as_deref().unwrap_or("Without a title"))) } " " span.muted { (line.publisher.as_deref().unwrap_or("")) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::days::Interval;
    use crate::rows::articles::Page;
    use crate::rows::claims::Source;
    use std::sync::Arc;

    fn article() -> Article {
        Article {
            key: 1,
            id: "a".into(),
            title: Some("Bridge shelled, council says".into()),
            byline: None,
            publisher: None,
            url: None,
            language: None,
            published: Interval::default(),
            basis: "none".into(),
            text: "The town was calm.".into(),
            captions: vec![("The bridge, “before”.".into(), None)],
            paragraphs: vec![(0, 18)],
            story: None,
            comments: 0,
            page: 1,
            mask: Arc::default(),
        }
    }

    fn claim(part: i64, content: (usize, usize)) -> Claim {
        let source = Source {
            spans: vec![],
            actor: None,
            name: None,
            kind: "unknown".into(),
            naming: "none".into(),
            anonymous: false,
            role: None,
        };
        Claim {
            key: 1,
            article: 1,
            nth: 0,
            id: "c".into(),
            sentence: Some(part),
            part,
            parent: None,
            source,
            cue: vec![],
            content: vec![content],
            quote: "indirect".into(),
            stance: "asserts".into(),
            why: vec![],
        }
    }

    /// The title, the body and the caption are one sentence each.
    fn whole(claim: Claim) -> Whole {
        let lengths = [28, 18, "The bridge, “before”.".len()];
        let sentence = |(part, end): (usize, usize)| Sentence { nth: part as i64, part: part as i64, start: 0, end };
        let page = Page {
            id: "p".into(),
            path: "p.html".into(),
            url: None,
            media_type: "text/html".into(),
            bytes: 1,
            read_at: String::new(),
        };
        let sentences = lengths.into_iter().enumerate().map(sentence).collect();
        Whole { page, sentences, mentions: vec![], claims: vec![claim], events: vec![], reprints: vec![] }
    }

    #[test]
    fn a_row_is_marked_in_the_text_that_it_stands_in() {
        let article = article();
        for (part, content, marked) in [(0, (0, 14), "Bridge shelled"), (1, (4, 8), "town"), (2, (4, 10), "bridge")] {
            let whole = whole(claim(part, content));
            let chosen = Chosen::find(&whole, "c");
            for text in 0..3 {
                let html = Body::new(&article, &whole, chosen.as_ref(), text).all().into_string();
                let mark = format!("<mark class=\"content\">{marked}</mark>");
                assert_eq!(html.contains(&mark), text == part, "{html}");
                assert_eq!(html.contains("aria-current"), text == part, "{html}");
            }
            assert_eq!(article.words(part, &[content]), marked);
        }
    }
}
