//! Which address shows what.

use crate::days::By;
use crate::error::Trouble;
use crate::rows::actors::group;
use crate::rows::{articles, claims, events};
use crate::site::Site;
use crate::views::timeline::Span;
use crate::words::{LANES, escaped, kind};
use crate::{assets, correct, days, guard, rows, views};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::middleware::from_fn_with_state;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use maud::html;
use serde::Deserialize;
use std::sync::Arc;

type Shared = State<Arc<Site>>;

/// All addresses.
pub fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(start))
        .route("/search", get(search))
        .route("/timeline", get(timeline))
        .route("/board", get(board))
        .route("/incidents/{id}", get(incident))
        .route("/pair/{a}/{b}", get(pair))
        .route("/network", get(network))
        .route("/map", get(map))
        .route("/events", get(list_events))
        .route("/claims", get(list_claims))
        .route("/actors", get(list_actors))
        .route("/actors/{id}", get(actor))
        .route("/sources", get(sources))
        .route("/articles", get(list_articles))
        .route("/articles/{id}", get(article))
        .route("/rows/{id}", get(row))
        .route("/correct", post(correct::correct))
        .route("/failures", get(failures))
        .route("/help", get(async || axum::response::Html(views::help::page().into_string())))
        .route("/style.css", get(assets::style))
        .route("/app.js", get(assets::script))
        .route("/icon.svg", get(assets::icon))
        .fallback(async |State(site): Shared| site.page(|_| Err(Trouble::NotFound)).await)
        .layer(from_fn_with_state(site.clone(), guard::guard))
        .with_state(site)
}

async fn start(State(site): Shared) -> Response {
    site.page(|ask| {
        let name = ask.store.path().file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(views::start::page(&rows::start::start(ask)?, &name, views::board::short(ask)?))
    })
    .await
}

/// What a picture over time is asked for.
#[derive(Deserialize, Default)]
struct SpanQuery {
    from: Option<String>,
    to: Option<String>,
    by: Option<String>,
    whole: Option<String>,
}

impl SpanQuery {
    fn span(&self) -> Span {
        let (from, to) = (self.from.as_deref().and_then(days::valid), self.to.as_deref().and_then(days::valid));
        Span { from, to, by: self.by.as_deref().and_then(By::of), whole: self.whole.is_some() }
    }
}

async fn timeline(State(site): Shared, Query(query): Query<SpanQuery>) -> Response {
    site.page(move |ask| views::timeline::page(ask, &query.span())).await
}

/// What the page of a pair is asked for.
#[derive(Deserialize, Default)]
struct PairQuery {
    by: Option<String>,
    /// The month or year whose acts are shown.
    at: Option<String>,
    /// The year whose sentences are all shown; `none` for those without one.
    year: Option<String>,
    /// Whether parts, members and places are left out.
    alone: Option<String>,
}

async fn pair(State(site): Shared, Path((a, b)): Path<(String, String)>, Query(query): Query<PairQuery>) -> Response {
    let asked = views::pair::Asked {
        a,
        b,
        by: query.by.as_deref().and_then(By::of),
        at: query.at.filter(|at| days::is_bucket(at)),
        year: query.year.filter(|year| year == views::pair::NO_YEAR || days::is_bucket(year)),
        alone: query.alone.is_some(),
    };
    site.page(move |ask| views::pair::page(ask, &asked)).await
}

async fn network(State(site): Shared, Query(query): Query<SpanQuery>) -> Response {
    site.page(move |ask| views::places::network(ask, &query.span())).await
}

async fn map(State(site): Shared, Query(query): Query<SpanQuery>) -> Response {
    site.page(move |ask| views::places::map(ask, &query.span())).await
}

#[derive(Deserialize)]
struct BoardQuery {
    #[serde(default)]
    show: String,
    #[serde(default)]
    after: String,
}

async fn board(State(site): Shared, Query(query): Query<BoardQuery>) -> Response {
    site.page(move |ask| views::board::page(ask, &query.show, &query.after)).await
}

async fn incident(State(site): Shared, Path(id): Path<String>) -> Response {
    site.page(move |ask| views::board::one(ask, &id)).await
}

#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    after: String,
}

async fn search(State(site): Shared, Query(words): Query<Words>) -> Response {
    site.page(move |ask| views::search::page(ask, &words.q)).await
}

async fn list_actors(State(site): Shared, Query(words): Query<Words>) -> Response {
    site.page(move |ask| views::actors::list(ask, words.q.trim(), words.kind.as_deref(), &words.after)).await
}

async fn actor(State(site): Shared, Path(id): Path<String>) -> Response {
    site.page(move |ask| views::actors::page(ask, &id)).await
}

async fn sources(State(site): Shared, Query(words): Query<Words>) -> Response {
    site.page(move |ask| views::articles::sources(ask, words.after.parse().unwrap_or(0))).await
}

async fn list_articles(State(site): Shared, Query(words): Query<Words>) -> Response {
    site.page(move |ask| views::articles::list(ask, words.publisher.as_deref(), words.after.parse().unwrap_or(0))).await
}

async fn failures(State(site): Shared, Query(words): Query<Words>) -> Response {
    site.page(move |ask| views::articles::failures(ask, &words.after)).await
}

#[derive(Deserialize)]
struct Opened {
    row: Option<String>,
}

async fn article(State(site): Shared, Path(id): Path<String>, Query(opened): Query<Opened>) -> Response {
    site.page(move |ask| {
        let article = ask.article(articles::key(ask, &id)?)?;
        let whole = articles::whole(ask, &article)?;
        views::reader::page(ask, &article, &whole, opened.row.as_deref())
    })
    .await
}

/// The way from an id, as `hearsay show` prints it, to its sentence.
async fn row(State(site): Shared, Path(id): Path<String>) -> Result<Redirect, Response> {
    let found = site.clone().ask(move |ask| {
        let shown = ask.store.show(&id)?;
        let word = |row: &hearsay_store::Row, name: &str| row.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        let id = word(&shown.row, "id").unwrap_or_default();
        Ok(match shown.table {
            "actors" => format!("/actors/{id}"),
            "articles" => format!("/articles/{id}"),
            "incidents" => format!("/incidents/{id}"),
            _ => {
                let article =
                    ask.article(articles::key(ask, &word(&shown.row, "article_id").ok_or(Trouble::NotFound)?)?)?;
                let nth = shown.sentence.as_ref().and_then(|s| word(s, "id"));
                let nth = nth.map(|id| articles::sentence(ask, article.key, &id)).transpose()?.flatten();
                views::lists::row_address(&article, &id, nth)
            }
        })
    });
    found.await.map(|to| Redirect::to(&to))
}

/// What a list of events is asked for.
#[derive(Deserialize, Default)]
struct EventQuery {
    from: Option<String>,
    to: Option<String>,
    kind: Option<String>,
    quad: Option<u8>,
    status: Option<String>,
    lane: Option<String>,
    actor: Option<String>,
    side: Option<u8>,
    with: Option<String>,
    place: Option<String>,
    #[serde(default)]
    after: String,
}

impl EventQuery {
    /// The address without where it goes on.
    fn address(&self) -> String {
        let words = [
            ("from", &self.from),
            ("to", &self.to),
            ("kind", &self.kind),
            ("status", &self.status),
            ("lane", &self.lane),
            ("actor", &self.actor),
            ("with", &self.with),
            ("place", &self.place),
        ];
        let mut parts: Vec<String> =
            words.iter().filter_map(|(name, v)| v.as_ref().map(|v| format!("{name}={}", escaped(v)))).collect();
        parts.extend(self.quad.map(|q| format!("quad={q}")));
        parts.extend(self.side.map(|s| format!("side={s}")));
        if parts.is_empty() { "/events".into() } else { format!("/events?{}", parts.join("&")) }
    }

    fn statuses(&self) -> Vec<String> {
        let lane = LANES.iter().find(|l| Some(l.name) == self.lane.as_deref());
        let of_lane = lane.map(|l| l.statuses.iter().map(|s| (*s).to_owned()).collect());
        of_lane.unwrap_or_else(|| self.status.iter().cloned().collect())
    }
}

async fn list_events(State(site): Shared, Query(query): Query<EventQuery>) -> Response {
    site.page(move |ask| {
        let group = |id: &Option<String>| id.as_deref().map_or(Ok(Vec::new()), |id| group(ask, id));
        let wanted = events::Wanted {
            from: query.from.as_deref().and_then(days::valid),
            to: query.to.as_deref().and_then(days::valid),
            kind: query.kind.clone(),
            quad: query.quad,
            statuses: query.statuses(),
            actors: group(&query.actor)?,
            side: query.side,
            with: group(&query.with)?,
            place: query.place.clone(),
        };
        let found = events::list(ask, &wanted, &events::After::of(&query.after), 60)?;
        let span = days::Interval::new(wanted.from.clone(), wanted.to.clone()).told();
        let title = html! {
            "Events"
            @if let Some(k) = &query.kind { ": " (kind(k)) }
            @if let Some(lane) = LANES.iter().find(|l| Some(l.name) == query.lane.as_deref()) { ", " (lane.title.to_lowercase()) }
            @if let Some(status) = &query.status { ", " (status) }
            @if !span.is_empty() { ", " (span) }
        };
        views::articles::events(ask, &title, &html! {}, &found, &query.address())
    })
    .await
}

/// What a list of claims is asked for.
#[derive(Deserialize, Default)]
struct ClaimQuery {
    stance: Option<String>,
    source: Option<String>,
    actor: Option<String>,
    about: Option<String>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    after: String,
}

async fn list_claims(State(site): Shared, Query(query): Query<ClaimQuery>) -> Response {
    site.page(move |ask| {
        let group = |id: &Option<String>| id.as_deref().map_or(Ok(Vec::new()), |id| group(ask, id));
        let wanted = claims::Wanted {
            stance: query.stance.clone(),
            by: group(&query.actor)?,
            source: query.source.clone(),
            anonymous: false,
            from: query.from.as_deref().and_then(days::valid),
            to: query.to.as_deref().and_then(days::valid),
            about: group(&query.about)?,
        };
        let found = claims::list(ask, &wanted, query.after.parse().unwrap_or(0), 60)?;
        let words = [
            ("stance", &query.stance),
            ("source", &query.source),
            ("actor", &query.actor),
            ("about", &query.about),
            ("from", &query.from),
            ("to", &query.to),
        ];
        let parts: Vec<String> =
            words.iter().filter_map(|(name, v)| v.as_ref().map(|v| format!("{name}={}", escaped(v)))).collect();
        let address = if parts.is_empty() { "/claims".into() } else { format!("/claims?{}", parts.join("&")) };
        views::articles::claims(ask, &wanted, &found, &address)
    })
    .await
}
