//! What passed between two actors, year by year.

use super::lists::{self, choice};
use super::{Frame, articles, board};
use crate::ask::Ask;
use crate::days::{By, bucket};
use crate::error::Trouble;
use crate::pictures::{
    self,
    relation::{Mean, Relation, signed},
};
use crate::rows::actors::{self, Actor};
use crate::rows::incidents::{self, Incident};
use crate::rows::relation::{Act, Meeting, Meetings, Pair, Passed, Turn};
use crate::rows::{claims, events, times};
use crate::words::{count, counted, kind, quad_class};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The most months or years that are drawn.
const MOST: usize = 400;

/// So many acts, and so many sentences, of a year are shown at first.
const OF_A_YEAR: usize = 8;

/// So many are shown of a year that is asked for.
const OF_THE_YEAR: usize = 200;

/// How an address names what no year is told of.
pub const NO_YEAR: &str = "none";

/// What the page is asked for.
#[derive(Debug)]
pub struct Asked {
    pub a: String,
    pub b: String,
    pub by: Option<By>,
    /// The month or year whose acts are shown.
    pub at: Option<String>,
    /// The year whose sentences are all shown.
    pub year: Option<String>,
    /// Without parts, members and places.
    pub alone: bool,
}

impl Asked {
    /// The address of this page with some words, `by=year`, at its end.
    fn address(&self, alone: bool, words: &str) -> String {
        let words: Vec<&str> =
            [if alone { "alone=1" } else { "" }, words].into_iter().filter(|w| !w.is_empty()).collect();
        let sign = if words.is_empty() { "" } else { "?" };
        format!("/pair/{}/{}{sign}{}", self.a, self.b, words.join("&"))
    }
}

/// The two, and who counts for them.
struct Two {
    one: Actor,
    other: Actor,
    our_parts: Vec<Actor>,
    their_parts: Vec<Actor>,
    pair: Pair,
}

impl Two {
    fn find(ask: &Ask, asked: &Asked) -> Result<Two, Trouble> {
        let (one, other) = (actors::by_id(ask, &asked.a)?, actors::by_id(ask, &asked.b)?);
        let (mut our_parts, mut their_parts) = (Vec::new(), Vec::new());
        if !asked.alone {
            our_parts = actors::parts(ask, &asked.a)?;
            their_parts = actors::parts(ask, &asked.b)?;
            // Where one is a part of the other, what belongs to the part counts for it alone.
            let (ours, theirs) = (ids(&one, &our_parts), ids(&other, &their_parts));
            our_parts.retain(|p| !theirs.contains(&p.id) || ours.len() < theirs.len());
            their_parts.retain(|p| !ours.contains(&p.id) || theirs.len() < ours.len());
        }
        let country = |actor: &Actor| {
            let code = actor.country.as_deref().filter(|_| actor.kind == "government" && !asked.alone)?;
            hearsay_store::alpha2(code).map(str::to_owned)
        };
        let (our_country, their_country) = (country(&one), country(&other));
        // Two governments of one country have no places of their own.
        let same = our_country == their_country;
        let pair = Pair {
            ours: ids(&one, &our_parts),
            theirs: ids(&other, &their_parts),
            our_country: our_country.filter(|_| !same),
            their_country: their_country.filter(|_| !same),
        };
        Ok(Two { one, other, our_parts, their_parts, pair })
    }

    /// Who counts for whom.
    fn told(&self) -> Markup {
        let side = |actor: &Actor, parts: &[Actor], country: &Option<String>| {
            html! {
                @if !parts.is_empty() || country.is_some() {
                    bdi { (actor.name) } " with "
                    @for (n, part) in parts.iter().take(12).enumerate() { @if n > 0 { ", " } a href={ "/actors/" (part.id) } { bdi { (part.name) } } }
                    @if parts.len() > 12 { " and " (parts.len() - 12) " more" }
                    @if country.is_some() { @if !parts.is_empty() { ", and " } "the places of the country, in sentences" }
                    ". "
                }
            }
        };
        html! {
            (side(&self.one, &self.our_parts, &self.pair.our_country))
            (side(&self.other, &self.their_parts, &self.pair.their_country))
        }
    }
}

fn ids(actor: &Actor, parts: &[Actor]) -> Vec<String> {
    std::iter::once(actor).chain(parts).map(|a| a.id.clone()).collect()
}

/// The page of a pair of actors.
pub fn page(ask: &Ask, asked: &Asked) -> Result<Markup, Trouble> {
    let two = Two::find(ask, asked)?;
    let passed = two.pair.passed(ask)?;
    let meetings = two.pair.meetings(ask, &passed)?;
    let apart = two.pair.apart(ask)?;
    let title = format!("{} and {}", two.one.name, two.other.name);
    let counts = |alone| asked.address(alone, "");
    let who = [
        ("with parts, members and places".to_owned(), counts(false), !asked.alone),
        ("the two alone".to_owned(), counts(true), asked.alone),
    ];
    Ok(Frame::new(&title, "/actors").show(html! {
        h1 { a.plainlink href={ "/actors/" (asked.a) } { bdi { (two.one.name) } } " and " a.plainlink href={ "/actors/" (asked.b) } { bdi { (two.other.name) } } }
        p.intro { "What passed between them, year by year, the newest last." }
        (choice("Who counts", &who))
        @if !asked.alone { p.muted { (two.told()) } }
        (summary(&passed, &apart, &meetings))
        (relation(asked, &two, &passed))
        (years(ask, asked, &two, &passed, &meetings)?)
        (set_apart(ask, &apart)?)
        (said(ask, &two)?)
    }))
}

/// How much of it is coded, and how much only sentences.
fn summary(passed: &Passed, apart: &[Incident], meetings: &Meetings) -> Markup {
    let (acts, good) = (passed.acts.len() as u64, passed.acts.iter().filter(|a| a.incident.quad <= 2).count() as u64);
    let sentences = meetings.all.len() as u64;
    html! {
        p {
            @if acts == 0 { strong { "No act between them is coded." } }
            @else { strong { (counted(acts, "coded act", "coded acts")) } " between them: " (count(good)) " cooperative, " (count(acts - good)) " hostile." }
            @if !apart.is_empty() { " " (counted(apart.len() as u64, "more is", "more are")) " only denied, planned or supposed and " a href="#apart" { "stand apart" } "." }
            " " strong { (counted(sentences, "sentence names", "sentences name")) " both" @if acts > 0 { " beside them" } } "; what passed in them is for you to read."
        }
        @if meetings.read < meetings.articles {
            p.muted { "Of " (counted(meetings.articles, "article", "articles")) " that may hold such sentences, " (count(meetings.read)) " were read through, those that name both first." }
        }
    }
}

/// The bucket of an act.
fn bucket_of(act: &Act, by: By) -> Option<&str> {
    act.month.as_deref()?.get(..by.width())
}

/// The acts as a picture and as a table, the turning points, and the acts of one bucket.
fn relation(asked: &Asked, two: &Two, passed: &Passed) -> Markup {
    let months: Vec<&str> = passed.acts.iter().filter_map(|a| a.month.as_deref()).collect();
    let (Some(first), Some(last)) = (months.iter().min(), months.iter().max()) else { return html! {} };
    let (first, last) = (crate::days::bounds(first).0, crate::days::bounds(last).1);
    let by = asked.by.filter(|by| *by != By::Day).unwrap_or_else(|| match By::fitting(&first, &last) {
        // Acts of which only the year is told need years.
        _ if months.iter().any(|m| m.len() == 4) => By::Year,
        By::Year => By::Year,
        _ => By::Month,
    });
    let buckets = by.buckets(&first, &last, MOST);
    let inside = |act: &Act| Some((bucket_of(act, by)?.to_owned(), act.incident.quad, act.incident.status.clone(), 1));
    let cells = times::cells(passed.acts.iter().filter_map(inside));
    let means = means(passed, by);
    let undated = passed.acts.iter().filter(|a| bucket_of(a, by).is_none()).count() as u64;
    let options = [By::Month, By::Year]
        .map(|b| (b.name().to_owned(), asked.address(asked.alone, &format!("by={}", b.name())), b == by));
    let address = asked.address(asked.alone, &format!("by={}&at=", by.name()));
    html! {
        section aria-labelledby="coded" {
            h2 #coded { "Coded acts by " (by.name()) }
            (choice("By", &options))
            figure {
                div.picture tabindex="0" role="region" aria-label="Picture of the relation" {
                    (Relation { buckets: &buckets, cells: &cells, means: &means, address: &address }.svg())
                }
                (pictures::key())
                figcaption.muted {
                    "An act counts once, however many report it. Its value on PLOVER's scale is that of its type. "
                    @if undated > 0 { (counted(undated, "act is", "acts are")) " not known to the " (by.name()) ". " }
                    @if buckets.len() == MOST { "Only the first " (MOST) " are drawn." }
                }
            }
            (table(two, passed, by, &means, &address))
            (turns(two, &passed.turns, asked))
        }
    }
}

/// The mean of each bucket, in their order.
fn means(passed: &Passed, by: By) -> Vec<Mean> {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for act in &passed.acts {
        if let Some(bucket) = bucket_of(act, by) {
            let sum = sums.entry(bucket).or_default();
            *sum = (sum.0 + act.scale, sum.1 + 1.0);
        }
    }
    let turn = |bucket: &str| {
        let of = passed.turns.iter().filter(|t| t.month.starts_with(bucket)).map(|t| t.why.as_str());
        Some(of.collect::<Vec<_>>().join(" ")).filter(|why| !why.is_empty())
    };
    let mean =
        |(bucket, (sum, n)): (&str, (f64, f64))| Mean { bucket: bucket.into(), scale: sum / n, turn: turn(bucket) };
    sums.into_iter().map(mean).collect()
}

fn table(two: &Two, passed: &Passed, by: By, means: &[Mean], address: &str) -> Markup {
    let of = |bucket: &str, is: &dyn Fn(&Act) -> bool| {
        passed.acts.iter().filter(|a| bucket_of(a, by) == Some(bucket) && is(a)).count() as u64
    };
    html! {
        div.wide tabindex="0" role="region" aria-label="The relation as a table" {
            table.narrow {
                thead { tr {
                    th scope="col" { "When" } th.n scope="col" { "Cooperative" } th.n scope="col" { "Hostile" } th.n scope="col" { "Mean" }
                    th.n scope="col" { "By " bdi { (two.one.name) } } th.n scope="col" { "By " bdi { (two.other.name) } }
                } }
                tbody {
                    @for mean in means {
                        @let b = mean.bucket.as_str();
                        tr {
                            th scope="row" { a href={ (address) (b) "#acts" } { (bucket(b)) } @if mean.turn.is_some() { span.tag { "turning point" } } }
                            td.n { (of(b, &|a| a.incident.quad <= 2)) } td.n { (of(b, &|a| a.incident.quad > 2)) } td.n { (signed(mean.scale)) }
                            td.n { (of(b, &|a| a.by.0)) } td.n { (of(b, &|a| a.by.1)) }
                        }
                    }
                }
            }
        }
    }
}

fn turns(two: &Two, turns: &[Turn], asked: &Asked) -> Markup {
    let of_the_two = |t: &Turn| {
        let both = [&t.one.0, &t.other.0];
        both.contains(&&two.one.id) && both.contains(&&two.other.id)
    };
    html! {
        @if !turns.is_empty() {
            h3 { "Turning points" }
            ul.plain.dense {
                @for turn in turns {
                    li {
                        a href={ (asked.address(asked.alone, &format!("by=month&at={}", turn.month))) "#acts" } { (bucket(&turn.month)) } ": " (turn.why)
                        @if !of_the_two(turn) { span.muted { " Between " bdi { (turn.one.1) } " and " bdi { (turn.other.1) } "." } }
                    }
                }
            }
        }
    }
}

/// Acts and sentences of one year.
#[derive(Default)]
struct Year<'a> {
    acts: Vec<&'a Act>,
    sentences: Vec<&'a Meeting>,
}

/// What is told of each year; what no year is told of comes last.
fn by_year<'a>(passed: &'a Passed, meetings: &'a Meetings) -> BTreeMap<&'a str, Year<'a>> {
    // Letters come after digits.
    let mut years: BTreeMap<&str, Year> = BTreeMap::new();
    for act in &passed.acts {
        years.entry(act.month.as_deref().and_then(|m| m.get(..4)).unwrap_or(NO_YEAR)).or_default().acts.push(act);
    }
    for meeting in &meetings.all {
        years.entry(meeting.year().unwrap_or(NO_YEAR)).or_default().sentences.push(meeting);
    }
    // Both named before one and a place; otherwise in their order.
    years.values_mut().for_each(|y| y.sentences.sort_by_key(|m| !m.places.is_empty()));
    years
}

fn name(year: &str) -> &str {
    if year == NO_YEAR { "No year is told" } else { year }
}

fn years(ask: &Ask, asked: &Asked, two: &Two, passed: &Passed, meetings: &Meetings) -> Result<Markup, Trouble> {
    let all = by_year(passed, meetings);
    let mut shown = Vec::new();
    for (year, of) in &all {
        // The acts of a point of the picture are shown alone.
        if asked.at.as_ref().is_some_and(|at| at.get(..4) != Some(year))
            || asked.year.as_deref().is_some_and(|y| y != *year)
        {
            continue;
        }
        shown.push(one_year(ask, asked, two, year, of)?);
    }
    let narrowed = asked.at.is_some() || asked.year.is_some();
    Ok(html! {
        section aria-labelledby="acts" {
            h2 #acts { "Year by year" @if let Some(at) = &asked.at { ": " (bucket(at)) } }
            @if all.is_empty() { p.muted { "No sentence names both." } }
            nav.choice aria-label="Years" {
                @if narrowed { a href={ (asked.address(asked.alone, "")) "#acts" } { "all years" } }
                @else { @for (year, of) in &all { a href={ "#y" (year) } { (name(year)) " " span.n { (of.acts.len() + of.sentences.len()) } } } }
            }
            @for year in shown { (year) }
        }
    })
}

fn one_year(ask: &Ask, asked: &Asked, two: &Two, year: &str, of: &Year) -> Result<Markup, Trouble> {
    let most = if asked.year.is_some() || asked.at.is_some() { OF_THE_YEAR } else { OF_A_YEAR };
    let at = asked.at.as_deref().unwrap_or_default();
    let mut rows = Vec::new();
    let wanted: Vec<_> = of.acts.iter().filter(|a| a.month.as_deref().unwrap_or_default().starts_with(at)).collect();
    for act in wanted.iter().take(most) {
        rows.push(coded(ask, &act.incident)?);
    }
    // A point of the picture leads to its acts alone.
    let sentences = if at.is_empty() { of.sentences.as_slice() } else { &[] };
    let (mut told, mut again, mut shown) = (BTreeSet::new(), 0, 0);
    for meeting in sentences {
        if shown == most {
            break;
        }
        // A reprint tells it once more.
        let article = ask.article(meeting.article)?;
        let (part, start, end) = meeting.at;
        let words = article.slice(part, start, end).to_owned();
        if told.insert((article.story.clone().unwrap_or_else(|| article.id.clone()), words)) {
            rows.push(sentence(ask, two, meeting)?);
            shown += 1;
        } else {
            again += 1;
        }
    }
    let (acts, more) = (wanted.len(), sentences.len() > shown + again || wanted.len() > most);
    Ok(html! {
        h3.year id={ "y" (year) } {
            (name(year))
            span.n.muted {
                " " @if acts > 0 { (counted(acts as u64, "coded act", "coded acts")) @if !sentences.is_empty() { ", " } }
                @if !sentences.is_empty() { (counted(sentences.len() as u64, "sentence", "sentences")) }
            }
        }
        ul.rows { @for row in rows { (row) } }
        @if again > 0 { p.muted { (counted(again as u64, "sentence more stands", "sentences more stand")) " in reprints of these articles." } }
        @if more && asked.year.is_none() { p { a href={ (asked.address(asked.alone, &format!("year={year}"))) "#acts" } { @if year == NO_YEAR { "All of them" } @else { "All of " (year) } } } }
        @else if more { p.muted { "The first " (most) " of each sort." } }
    })
}

/// An incident with the sentence that reports it first.
fn coded(ask: &Ask, incident: &Incident) -> Result<Markup, Trouble> {
    let first = incidents::first_report(ask, incident.key)?;
    let event = first.map(|id| events::by_id(ask, &id)).transpose()?.flatten();
    let when = incident.time.told();
    let body = match &event {
        Some(event) => {
            let article = ask.article(event.article)?;
            html! { (lists::event_sentence(ask, &article, event)?) p.foot { (lists::chains(event, &article)) (lists::origin(&article)) } }
        }
        None => html! {},
    };
    Ok(html! {
        li class={ "row " (quad_class(incident.quad)) } {
            p.head {
                span.tag.coded { "coded act" }
                a href={ "/incidents/" (incident.id) } { (board::title(ask, incident)?) } " " (lists::status(&incident.status))
                @if !when.is_empty() { time { (when) } }
                @if incident.stories > 1 { span.muted { "in " (counted(incident.stories as u64, "story", "stories")) } }
            }
            (body)
        }
    })
}

/// A sentence that names both, with the acts and claims in it marked.
fn sentence(ask: &Ask, two: &Two, meeting: &Meeting) -> Result<Markup, Trouble> {
    let article = ask.article(meeting.article)?;
    let acts = events::of_sentence(ask, meeting.article, meeting.sentence)?;
    let said = claims::of_sentence(ask, meeting.article, meeting.sentence, meeting.at)?;
    let mut marks: Vec<_> = acts.iter().map(|e| (e.trigger.0, e.trigger.1, "trigger")).collect();
    marks.extend(said.iter().flat_map(|c| lists::claim_marks(c).into_iter().filter(|m| m.2 != "content")));
    let days = meeting.days.told();
    Ok(html! {
        li.row {
            p.head {
                @if meeting.places.is_empty() { span.tag { "names both" } }
                @else { span.tag { "names " bdi { (named(two, meeting)) } " and " bdi { (meeting.places.join(", ")) } } }
                @if meeting.own { time.kind { (days) } } @else if !days.is_empty() { time.muted { "reported " (days) } }
                @for claim in &said {
                    a class={ "chip " (crate::words::side(&claim.stance)) } href=(lists::row_address(&article, &claim.id, claim.sentence)) { bdi { (article.say(&claim.source.called(article.part(claim.part)))) } " " (claim.stance) }
                }
                @for act in &acts {
                    a.chip.act href=(lists::row_address(&article, &act.id, act.sentence)) { (kind(&act.kind)) ", " (act.status) }
                }
            }
            p.sentence dir="auto" lang=[article.language.as_deref()] { a href={ "/articles/" (article.id) "#s" (meeting.sentence) } { (lists::marked(&article, meeting.at, &marks)) } }
            p.foot { (lists::origin(&article)) }
        }
    })
}

/// The one of the two whose country's places do not stand for it.
fn named<'a>(two: &'a Two, meeting: &Meeting) -> &'a str {
    match (&two.pair.our_country, &two.pair.their_country) {
        (None, _) => &two.one.name,
        (_, None) => &two.other.name,
        _ if meeting.places.is_empty() => &two.one.name,
        _ => "one of them",
    }
}

/// Acts that are only denied, planned, threatened or supposed.
fn set_apart(ask: &Ask, apart: &[Incident]) -> Result<Markup, Trouble> {
    let rows = apart.iter().map(|i| coded(ask, i)).collect::<Result<Vec<_>, _>>()?;
    Ok(html! {
        @if !rows.is_empty() {
            section aria-labelledby="apart" {
                h2 #apart { "Only denied, planned, threatened or supposed" span.n { (rows.len()) } }
                p.muted { "They are in no figure above." }
                ul.rows { @for row in rows { (row) } }
            }
        }
    })
}

/// What each said of the other.
fn said(ask: &Ask, two: &Two) -> Result<Markup, Trouble> {
    let of = |by: &[String], about: &[String]| {
        let wanted = claims::Wanted { by: by.to_vec(), about: about.to_vec(), ..claims::Wanted::default() };
        Ok::<_, Trouble>(claims::list(ask, &wanted, 0, 30)?.rows)
    };
    let (ours, theirs) = (of(&two.pair.ours, &two.pair.theirs)?, of(&two.pair.theirs, &two.pair.ours)?);
    Ok(html! {
        @if !ours.is_empty() {
            section aria-labelledby="said" { h2 #said { "What " bdi { (two.one.name) } " said of " bdi { (two.other.name) } } (articles::claim_rows(ask, &ours)?) }
        }
        @if !theirs.is_empty() {
            section aria-labelledby="heard" { h2 #heard { "What " bdi { (two.other.name) } " said of " bdi { (two.one.name) } } (articles::claim_rows(ask, &theirs)?) }
        }
    })
}
