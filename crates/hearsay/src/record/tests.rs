//! Made-up stories, and what newspapers do with them.

use super::*;
use hearsay_types::{CROWD, Interval, Origin, PageId, Passage, PublishedBasis, Role, Span};
use std::cell::Cell;
use std::collections::BTreeMap;

/// A record in memory.
#[derive(Default)]
struct Memory {
    signatures: BTreeMap<ArticleId, Signature>,
    bands: BTreeMap<u64, BTreeSet<ArticleId>>,
    stories: BTreeMap<ArticleId, StoryId>,
    pairs: Vec<Reprint>,
    /// How many signatures and members linking asked for.
    asked: Cell<usize>,
}

impl Known for Memory {
    fn alike(&self, to: &Signature) -> Vec<Signature> {
        let near = to.bands.iter().filter_map(|b| self.bands.get(b)).flat_map(|b| b.iter().take(CROWD));
        let near: BTreeSet<&ArticleId> = near.collect();
        self.asked.set(self.asked.get() + near.len());
        near.into_iter().map(|id| self.signatures[id].clone()).collect()
    }
    fn label(&self, _: ArticleId) -> String {
        "the other".to_owned()
    }
    fn story(&self, article: ArticleId) -> Option<StoryId> {
        self.stories.get(&article).copied()
    }
    fn members(&self, story: StoryId) -> Vec<ArticleId> {
        let members: Vec<ArticleId> = self.stories.iter().filter(|(_, s)| **s == story).map(|(a, _)| *a).collect();
        self.asked.set(self.asked.get() + members.len());
        members
    }
}

impl Memory {
    fn add(&mut self, text: &str) -> ArticleId {
        let signature = signature(&article(text));
        self.keep(signature.clone());
        self.link(&signature);
        signature.article
    }

    /// All texts first, then linked in the order of their ids, as a build does.
    fn of(texts: &[String]) -> Memory {
        let mut memory = Memory::default();
        texts.iter().for_each(|text| memory.keep(signature(&article(text))));
        let all: Vec<Signature> = memory.signatures.values().cloned().collect();
        all.iter().for_each(|signature| memory.link(signature));
        memory
    }

    fn keep(&mut self, signature: Signature) {
        for band in &signature.bands {
            self.bands.entry(*band).or_default().insert(signature.article);
        }
        self.signatures.insert(signature.article, signature);
    }

    fn link(&mut self, signature: &Signature) {
        let changes = link(signature, self);
        self.stories.extend(changes.stories.iter().map(|c| (c.article, c.story)));
        self.pairs.extend(changes.reprints);
    }

    fn count(&self) -> usize {
        self.stories.values().collect::<BTreeSet<_>>().len()
    }
}

fn article(text: &str) -> Article {
    let page = PageId::of(text.as_bytes());
    let span = Span::new(0, text.len());
    Article {
        id: Article::id_of(&page, 0),
        page,
        nth: 0,
        title: None,
        byline: None,
        publisher: None,
        url: None,
        language: None,
        dateline: None,
        published: Interval::UNKNOWN,
        published_basis: PublishedBasis::None,
        modified: Interval::UNKNOWN,
        captions: Vec::new(),
        text: text.to_owned(),
        paragraphs: vec![span],
        origins: vec![Origin::Bytes(span)],
        passages: vec![Passage { role: Role::Body, span }],
        comments: 0,
    }
}

/// Whether two texts become one story, in either order, with the same pair.
fn one_story(a: &str, b: &str) -> bool {
    let run = |first: &str, second: &str| {
        let mut memory = Memory::default();
        let ids = [memory.add(first), memory.add(second)];
        (memory.stories[&ids[0]] == memory.stories[&ids[1]], memory.pairs)
    };
    let (forth, back) = (run(a, b), run(b, a));
    assert_eq!(forth, back, "the relation is symmetric");
    forth.0
}

const WIRE: &str = "Fighters of the Northern Front seized the border post at Tel Sarim on Sunday after two days of clashes with the garrison, residents and a security official said. \
The official, who was not allowed to speak to the press, said that eleven soldiers had been killed and that the rest had withdrawn towards Ombra. \
The Front said in a statement on its channel that it had taken the post without losses and captured four vehicles. \
Neither account could be confirmed. The post controls the only paved road between the valley and the coast, and lorries carrying flour have been waiting there for a week. \
The governor of the province, Halim Daroud, called the loss of the post a setback and promised that the army would retake it within days. \
Aid workers said that about six hundred families had left the villages nearby since Friday and were sleeping in schools and in the open.";

const BACKGROUND: &str = "The Front took up arms four years ago after the collapse of the coalition government, and it controls most of the uplands. \
Talks that were brokered by the neighbouring republic broke down in the spring over the release of prisoners. \
The army has lost three posts along the road since the beginning of the year.";

#[test]
fn the_same_copy_is_one_story_and_says_why() {
    let edited = format!("REUX: {WIRE}");
    assert!(one_story(WIRE, &edited));
    let mut memory = Memory::default();
    memory.add(WIRE);
    memory.add(&edited);
    assert_eq!(memory.pairs.len(), 1);
    assert!(memory.pairs[0].share > 0.95, "{:?}", memory.pairs);
    let why = &memory.pairs[0].why;
    assert!(why.contains("of “the other” stand in “the other”") || why.contains("stand, in the same order"), "{why}");
}

#[test]
fn a_copy_cut_at_its_end_is_one_story() {
    let cut: String = WIRE.split_inclusive(". ").take(3).collect();
    assert!(one_story(WIRE, &cut));
    let long = format!("{WIRE} {BACKGROUND} {BACKGROUND2} {BACKGROUND3}");
    let short: String = WIRE.split_inclusive(". ").take(2).collect();
    assert!(one_story(&long, &short), "cut to a fifth");
}

#[test]
fn a_lightly_edited_copy_is_one_story() {
    let edited = WIRE
        .replace("seized", "captured")
        .replace("clashes with the garrison", "clashes with soldiers")
        .replace("eleven", "11")
        .replace("about six hundred", "some 600")
        .replace("called the loss of the post a setback and promised", "vowed");
    assert!(one_story(WIRE, &edited));
}

#[test]
fn another_story_on_the_same_thing_is_another_story() {
    let other = "Northern Front rebels have overrun a frontier crossing near Tel Sarim, cutting the valley off from the sea, according to people who live there. \
        They spoke of heavy shelling through Saturday night and of soldiers who fled on foot. A spokesman for the rebels put the number of dead soldiers at twenty. \
        The army did not comment. Traders in Ombra said that the price of flour had doubled since the road was closed.";
    assert!(!one_story(WIRE, other));
}

#[test]
fn shared_background_makes_no_reprint() {
    let monday = format!("{WIRE} {BACKGROUND}");
    let thursday = format!(
        "The army said on Thursday that it had shelled positions of the Northern Front in the uplands and destroyed two depots. \
        A doctor at the hospital of Ombra said that nine civilians had been brought in with wounds, among them three children. \
        Colonel Sami Taleb said that the operation would go on until the road was open again. {BACKGROUND}"
    );
    assert!(!one_story(&monday, &thursday));
}

#[test]
fn a_brief_inside_a_round_up_is_no_reprint_of_it() {
    let brief = BACKGROUND;
    let roundup = format!("{WIRE} {BACKGROUND2} {BACKGROUND} {BACKGROUND3} {WIRE2}");
    assert!(!one_story(brief, &roundup));
}

/// A first line that thousands of pages share brings them together as candidates; it is not to cost a comparison each.
#[test]
fn a_common_first_line_is_passed_over_quickly() {
    let line = "This page is brought to you by the readers of the Northern Courant and its friends.";
    let one = signature(&article(&format!("{line} {WIRE}")));
    let two = signature(&article(&format!("{line} {BACKGROUND2} {BACKGROUND3}")));
    assert!(one.bands.iter().any(|band| two.bands.contains(band)), "they share a band");
    assert!(!overlap::Runs::of(&one).may_be_reprint(&two));
    assert!(overlap::Runs::of(&one).may_be_reprint(&signature(&article(WIRE))));
}

/// Thousands of near-alike texts cost each the same few looks at others: twice as many, twice the looks.
#[test]
fn a_crowd_of_alike_texts_takes_linear_time() {
    // Reports of one template: less than three quarters of their words are the same, so that each is a story of its own.
    let report = |n: usize| format!("{BACKGROUND} {} {BACKGROUND3}", made_up(n, 60));
    // One text that everybody prints, each with a line of its own.
    let copy = |n: usize| format!("{} {WIRE} {BACKGROUND}", made_up(n, 6));
    for (text, stories) in [(&report as &dyn Fn(usize) -> String, None), (&copy, Some(1))] {
        let asked = |count: usize| {
            let memory = Memory::of(&(0..count).map(text).collect::<Vec<_>>());
            assert_eq!(memory.count(), stories.unwrap_or(count));
            memory.asked.get()
        };
        let (half, whole) = (asked(1_000), asked(2_000));
        assert!(whole < half * 9 / 4, "{half} looks at 1,000 texts, {whole} at 2,000");
        assert!(whole < 2_000 * CROWD * 24, "{whole} looks");
    }
}

/// True copies are found among texts of one template, each pair in a story of its own.
#[test]
fn copies_are_found_in_a_crowd() {
    let report = |n: usize| format!("{BACKGROUND} {} {BACKGROUND3}", made_up(n, 60));
    let mut texts: Vec<String> = (0..1_000).map(report).collect();
    texts.extend((0..100).map(|n| format!("{} It gave no details.", report(n * 7))));
    assert_eq!(Memory::of(&texts).count(), 1_000);
}

/// So many made-up words, others for each number.
fn made_up(n: usize, count: usize) -> String {
    let word = |at: usize| {
        let spread = |seed: u64| (seed ^ (seed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (spread(spread((n * 1_009 + at + 1) as u64)) >> 32) as usize;
        let parts = ["ka", "ru", "mel", "to", "is", "dra", "vo", "an", "sti", "el", "ho", "per"];
        [mixed % 12, mixed / 12 % 12, mixed / 144 % 12].map(|p| parts[p]).concat()
    };
    let words: Vec<String> = (0..count).map(word).collect();
    let lines: Vec<String> = words.chunks(12).map(|line| line.join(" ")).collect();
    format!("{}.", lines.join(". "))
}

#[test]
fn short_texts_and_empty_ones_are_left_apart() {
    assert!(!one_story("He gave no details.", "He gave no details. She left."));
    assert!(!one_story("", "Text."));
}

#[test]
fn a_chain_of_copies_is_one_story_in_any_order() {
    let half: String = WIRE.split_inclusive(". ").take(5).collect();
    let texts = [
        WIRE.to_owned(),
        half.clone(),
        format!("{half} {BACKGROUND}"),
        "Another story about a harvest of olives in the valley, which was good.".to_owned(),
    ];
    let outcome = |order: [usize; 4]| {
        let mut memory = Memory::default();
        for n in order {
            memory.add(&texts[n]);
        }
        memory.pairs.sort_by_key(|p| (p.article, p.other));
        (memory.stories, memory.pairs)
    };
    let first = outcome([0, 1, 2, 3]);
    let stories: BTreeSet<StoryId> = first.0.values().copied().collect();
    assert_eq!(stories.len(), 2);
    for order in [[3, 2, 1, 0], [1, 0, 2, 3], [2, 0, 3, 1], [0, 2, 1, 3]] {
        assert_eq!(outcome(order), first, "{order:?}");
    }
    assert!(first.0.iter().all(|(a, s)| s.to_string() <= a.to_string()));
}

#[test]
fn copies_in_other_scripts_are_found() {
    let arabic = "قال مسؤول أمني يوم الأحد إن مقاتلي الجبهة الشمالية سيطروا على معبر تل صارم بعد يومين من الاشتباكات مع الحامية. وأضاف أن أحد عشر جنديا قتلوا وأن الباقين انسحبوا نحو عمبرة. وقالت الجبهة في بيان إنها استولت على أربع مركبات ولم تخسر أحدا.";
    assert!(one_story(arabic, &format!("{arabic} ولم يتسن التأكد من ذلك.")));
}

const BACKGROUND2: &str = "Olive growers in the coastal district expect the best harvest for ten years, the chamber of farmers said after rain in the early autumn. \
Prices are likely to fall, and exporters have asked the ministry of trade to reopen the harbour, which has been closed to foreign ships since the summer. \
The ministry said that it would decide before the end of the month whether the dredging of the basin was far enough along.";

const BACKGROUND3: &str = "In the capital, teachers went on strike for the third time over wages that have not been paid since June. \
A union leader said that half of the schools were shut. The ministry of finance blamed the fall of the currency and said that it would pay a part of the arrears.";

const WIRE2: &str = "A court in the capital sentenced a former mayor to six years in prison for taking bribes from building firms. \
His lawyer said that he would appeal. The case is the first of its kind since the new law on public contracts came into force, \
and several other officials are waiting for their trials to open in the winter. Observers of the bar association followed the hearings.";
