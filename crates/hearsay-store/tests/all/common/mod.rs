//! A made-up archive, coded by hand as the path would code it: two rivers, two towns, nobody real.
#![allow(dead_code)] // Each test uses a part of it.

use hearsay_store::{Entry, Mode, RunCounts, RunInfo, Store};
use hearsay_types::*;
use std::path::Path;

/// What the tests' runs code by.
pub fn info() -> RunInfo {
    RunInfo {
        version: "1.0.0".into(),
        options: serde_json::json!({"read_as": "page"}),
        hashes: [("lexicon".to_owned(), "00ff".to_owned())].into(),
    }
}

/// The n-th page of the made-up archive: one article, or two on every seventh page.
pub fn entry(n: usize) -> Entry {
    let page = page(n);
    let articles = if n % 7 == 3 { 2 } else { 1 };
    let coded: Vec<Coded> = (0..articles).map(|nth| coded(&page, n, nth)).collect();
    let signatures = coded.iter().map(|c| signature(&c.article)).collect();
    let note = Note::new(Stage::Read, "guessed-encoding", "The encoding was guessed.");
    let notes = if n.is_multiple_of(5) { vec![note] } else { vec![] };
    Entry::new(page, coded, signatures, notes)
}

/// The n-th page.
pub fn page(n: usize) -> Page {
    let original = format!("<html><title>Page {n}</title>{}</html>", story(n, 0)).into_bytes();
    Page {
        id: PageId::of(&original),
        path: format!("archive/{n:05}.html"),
        media_type: MediaType::Html,
        declared: Declared { url: Some(format!("https://news.example/{n}")), ..Declared::default() },
        encoding: "utf-8",
        notes: vec![],
        content: PageContent::Html(String::from_utf8_lossy(&original).into_owned()),
        original,
    }
}

const TOWNS: [&str; 4] = ["Qarda", "Velm", "Osti Gate", "Márnok"];
const GROUPS: [&str; 3] = ["River Front", "Hill Guard", "Velm Council"];

fn story(n: usize, nth: u32) -> String {
    let (town, group) = (TOWNS[n % 4], GROUPS[(n + nth as usize) % 3]);
    // Every eleventh page reprints the one before.
    let of = if n % 11 == 10 { n - 1 } else { n };
    format!(
        "{town} – The {group} shelled a bridge near {town} on 3 March, a spokesman for the council said.\n\
         \"We did not fire,\" said Ilka Dorn, who speaks for the {group}. Eight people were wounded.\n\
         Report {of} of part {nth} names no other source. {}",
        "The river was high and the road was closed to all traffic. ".repeat(3 + of % 5)
    )
}

/// One article with sentences, mentions, claims and events.
pub fn coded(page: &Page, n: usize, nth: u32) -> Coded {
    let article = article(page, n, nth);
    let parsed = parsed(&article);
    let entities = entities(&article, n, nth);
    let claims = claims(&article, &entities);
    let events = events(&article, &entities, &claims);
    let notes =
        vec![Note { stage: Stage::Parse, code: "short", message: "It is short.".into(), span: Some(Span::new(0, 4)) }];
    Coded { article, parsed, entities, claims, events, notes: if n.is_multiple_of(9) { notes } else { vec![] } }
}

fn article(page: &Page, n: usize, nth: u32) -> Article {
    let text = story(n, nth);
    let mut at = 0;
    let paragraphs: Vec<Span> = text
        .split('\n')
        .map(|p| {
            let span = Span::new(at, at + p.len());
            at = span.end + 1;
            span
        })
        .collect();
    let town = TOWNS[n % 4];
    let day = "2031-03-04".parse().unwrap();
    let dated = n % 3 != 2;
    Article {
        id: Article::id_of(&page.id, nth),
        page: page.id,
        nth,
        title: (n % 13 != 12).then(|| format!("Bridge near {town} shelled, report {n}")),
        byline: n.is_multiple_of(2).then(|| "Ana Solt".into()),
        publisher: Some(if n.is_multiple_of(2) { "Lake Post".into() } else { "Velm Wire".into() }),
        url: page.declared.url.clone(),
        language: Some("en".into()),
        dateline: Some(Dateline {
            span: Span::new(0, town.len()),
            place: Some(town.into()),
            date: Interval::UNKNOWN,
            agency: None,
        }),
        published: if dated { Interval::day(day) } else { Interval { earliest: Some(day), latest: None } },
        published_basis: if dated { PublishedBasis::Metadata } else { PublishedBasis::Text },
        modified: Interval::UNKNOWN,
        captions: vec![Caption { text: "The bridge, \"before\".".into(), credit: Some("O. Brem".into()) }],
        origins: (0..paragraphs.len()).map(|p| Origin::Element(p as u32 + 10)).collect(),
        passages: vec![
            Passage { role: Role::Dateline, span: Span::new(0, town.len()) },
            Passage { role: Role::Body, span: Span::new(town.len(), text.len()) },
        ],
        paragraphs,
        text,
        comments: (n % 4) as u32,
    }
}

fn parsed(article: &Article) -> Parsed {
    let mut sentences = Vec::new();
    let mut add = |text, role, span| sentences.push(Sentence { text, role, span, tokens: 0..0 });
    if let Some(title) = &article.title {
        add(ArticleText::Title, Role::Headline, Span::new(0, title.len()));
    }
    for paragraph in &article.paragraphs {
        let mut start = paragraph.start;
        for piece in paragraph.of(&article.text).split_inclusive(". ") {
            let span = Span::new(start, start + piece.len()).trimmed(&article.text);
            start += piece.len();
            if !span.is_empty() {
                add(ArticleText::Body, Role::Body, span);
            }
        }
    }
    add(ArticleText::Caption(0), Role::Caption, Span::new(0, article.captions[0].text.len()));
    let dorn = find(&article.text, "Ilka Dorn");
    let at = sentences
        .iter()
        .position(|s| s.text == ArticleText::Body && s.span.start <= dorn.start && dorn.end <= s.span.end);
    let mentions =
        at.map(|sentence| NamedMention { sentence, span: dorn, kind: NamedKind::Person }).into_iter().collect();
    Parsed { sentences, mentions, ..Parsed::default() }
}

/// The first place of `words` in the text.
pub fn find(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} stands in {text:?}"));
    Span::new(start, start + words.len())
}

fn entities(article: &Article, n: usize, nth: u32) -> Entities {
    let group = GROUPS[(n + nth as usize) % 3];
    let whole = ActorId::of(&[b"Velm"]);
    let actor = |name: &str, id, part_of| Actor {
        id,
        name: name.into(),
        kind: ActorKind::ArmedGroup,
        country: Some("VLM".into()),
        sector: Some("REB".into()),
        part_of,
        aliases: vec![format!("the {name}")],
        public: true,
        basis: Basis::Shipped,
    };
    let id = ActorId::of(&[group.as_bytes()]);
    let actors = vec![actor(group, id, Some(whole)), actor("Velm", whole, None)];
    let place = PlaceRef {
        id: Some(format!("made-up:{}", n % 4)),
        name: TOWNS[n % 4].into(),
        lat: Some(12.25 + n as f64 % 4.0),
        lon: Some(-33.5),
        country: Some("VL".into()),
        kind: "settlement".into(),
        precision: Precision::Settlement,
    };
    let time = Timex {
        kind: "DATE",
        value: "XXXX-03-03".into(),
        interval: Interval::day("2031-03-03".parse().unwrap()),
        precision: Precision::Day,
    };
    let at = |words: &str, kind| Mention { sentence: 1, span: find(&article.text, words), kind };
    let mentions = vec![
        at(TOWNS[n % 4], MentionKind::Place(place)),
        at(group, MentionKind::Actor(id)),
        at(group, MentionKind::Actor(whole)),
        at("3 March", MentionKind::Time(time)),
    ];
    Entities { actors, mentions }
}

fn claims(article: &Article, entities: &Entities) -> Vec<Claim> {
    let span = |words: &str| find(&article.text, words);
    let claim = |key: &str, source: Source, cue: &str, content: Span, stance, parent| Claim {
        id: ClaimId::within(&article.id, &[key.as_bytes()]),
        sentence: 1,
        parent,
        source,
        cue: Cue { spans: vec![span(cue)], lemma: "say".into(), class: CueClass::Say, negated: false },
        content: Content { spans: vec![content], quote: Quote::Indirect },
        stance,
        addressee: None,
        medium: None,
        why: vec!["The cue is `said`, the source its subject.".into()],
    };
    let council = Source {
        spans: vec![span("a spokesman for the council")],
        head: Some("spokesman".into()),
        actor_id: None,
        name: Some("a spokesman for the council".into()),
        kind: SourceKind::Office,
        naming: Naming::Described,
        anonymous: true,
        role_text: None,
        relation: Some(Relation { kind: RelationKind::OnBehalfOf, actor: "the council".into(), actor_id: None }),
    };
    let unnamed = Source {
        spans: vec![],
        head: None,
        actor_id: Some(entities.actors[0].id),
        name: None,
        kind: SourceKind::ArmedGroup,
        naming: Naming::None,
        anonymous: false,
        role_text: None,
        relation: None,
    };
    let first = claim("1", council, "said", span("shelled a bridge"), Stance::Asserts, None);
    let second = claim("2", unnamed, "said", span("We did not fire"), Stance::Denies, Some(first.id));
    vec![first, second]
}

fn events(article: &Article, entities: &Entities, claims: &[Claim]) -> Vec<Event> {
    let actor = &entities.actors[0];
    let who = find(&article.text, &actor.name);
    let MentionKind::Place(place) = &entities.mentions[0].kind else { panic!("the first mention is a place") };
    vec![Event {
        id: EventId::within(&article.id, &[b"shelled"]),
        sentence: 1,
        claim: Some(claims[0].id),
        trigger: find(&article.text, "shelled"),
        kind: "ASSAULT",
        mode: Some("aerial"),
        context: vec!["military"],
        quad: 4,
        actors: vec![Participant {
            span: who,
            actor_id: Some(actor.id),
            name: actor.name.clone(),
            country: None,
            sector: Some("REB".into()),
        }],
        recipients: vec![],
        place: Some(Where {
            span: entities.mentions[0].span,
            place_id: place.id.clone(),
            name: place.name.clone(),
            lat: place.lat,
            lon: place.lon,
            precision: place.precision,
        }),
        time: Some(When {
            span: Some(find(&article.text, "3 March")),
            interval: Interval::day("2031-03-03".parse().unwrap()),
            precision: Precision::Day,
        }),
        numbers: vec![Number {
            kind: NumberKind::Wounded,
            span: find(&article.text, "Eight"),
            low: Some(8),
            high: None,
        }],
        status: Status::Disputed,
        tellers: vec![
            Teller { claim: None, certainty: Certainty::U, polarity: Polarity::Underspecified },
            Teller { claim: Some(claims[1].id), certainty: Certainty::CT, polarity: Polarity::Negative },
        ],
        according_to: vec![vec!["Velm Wire".into(), "a spokesman for the council".into()]],
        why: vec!["`shelled` is an assault.".into()],
    }]
}

/// A signature in which equal texts share all bands.
pub fn signature(article: &Article) -> Signature {
    let tail = article.text.split_once("Report").map_or("", |(_, tail)| tail);
    let hash = |text: &str| {
        text.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
    };
    Signature {
        article: article.id,
        sentences: tail.split(". ").map(hash).collect(),
        bands: (0..16u64).map(|band| hash(tail) ^ band.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect(),
        sketch: (0..64).collect(),
    }
}

/// Links all that is not linked yet, as linking would: articles that share a band are one story.
pub fn link_all(store: &mut Store) {
    for id in store.unlinked().unwrap() {
        let mine = store.signature(id).unwrap();
        let others: Vec<ArticleId> =
            store.alike(&mine).iter().map(|s| s.article).filter(|other| *other != id).collect();
        let stories = others.iter().filter_map(|other| store.story(*other));
        let mut members: Vec<ArticleId> = stories.flat_map(|story| store.members(story)).chain([id]).collect();
        members.sort();
        members.dedup();
        let story = StoryId::parse(&members[0].to_string()).unwrap();
        let linked: Vec<ArticleId> = others.into_iter().filter(|other| members.contains(other)).collect();
        let changes = Changes {
            reprints: linked
                .iter()
                .map(|other| Reprint { article: id, other: *other, share: 1.0, why: "All words stand in both.".into() })
                .collect(),
            stories: members.iter().map(|article| StoryChange { article: *article, story }).collect(),
        };
        store.apply(id, &changes).unwrap();
    }
}

/// A record of the first `pages` pages, linked.
pub fn made(path: &Path, pages: usize) -> Store {
    let mut store = Store::open(path, Mode::Create).unwrap();
    store.begin_run(&info()).unwrap();
    store.put(&(0..pages).map(entry).collect::<Vec<_>>()).unwrap();
    link_all(&mut store);
    store.finish_run(&RunCounts::default(), &[]).unwrap();
    store
}

/// A record of twelve pages in a folder of its own.
pub fn record() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = made(&dir.path().join("r.hearsay"), 12);
    (dir, store)
}

/// All rows of all public tables, without what tells of the run and the clock.
pub fn content(store: &Store) -> Vec<(&'static str, Vec<hearsay_store::Row>)> {
    let of_the_run = ["run", "read_at"];
    hearsay_store::tables()
        .iter()
        .filter(|t| t.name != "runs")
        .map(|t| {
            let mut rows = store.rows(t.name).unwrap();
            rows.iter_mut().for_each(|row| row.retain(|name, _| !of_the_run.contains(&name.as_str())));
            (t.name, rows)
        })
        .collect()
}
