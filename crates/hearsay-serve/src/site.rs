//! What all requests share: the record, and for whom the page is made.

use crate::ask::Ask;
use crate::cache::Cache;
use crate::error::Trouble;
use crate::{Error, Options, views};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use hearsay_store::{Kind, Mode, Profile, Store};
use hearsay_types::correction::Wish;
use hearsay_types::incident::{Linked, Told};
use maud::Markup;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long one page may take.
const LIMIT: Duration = Duration::from_secs(10);

/// So many open connections are kept for later requests.
const KEPT: usize = 4;

/// The record, and for whom the page is made.
#[derive(Debug)]
pub struct Site {
    path: PathBuf,
    profile: Profile,
    hosts: [String; 2],
    pool: Mutex<Vec<Store>>,
    cache: Cache,
    token: String,
    link: Option<fn(Told) -> Linked>,
}

impl Site {
    /// Opens the record once, to tell at once whether it can be opened.
    pub fn open(options: &Options, port: u16) -> Result<Arc<Site>, Error> {
        let store = Store::open(&options.record, Mode::Read)?;
        Ok(Arc::new(Site {
            path: options.record.clone(),
            profile: options.profile,
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            pool: Mutex::new(vec![store]),
            cache: Cache::new(&options.record),
            token: token(),
            link: options.link.filter(|_| options.profile == Profile::Private),
        }))
    }

    /// What forms send; none where nothing can be corrected.
    fn token(&self) -> Option<&str> {
        self.link.map(|_| self.token.as_str())
    }

    /// Corrects the record in a thread that may wait for the disk, and links incidents anew.
    pub async fn change(
        self: Arc<Self>,
        token: &str,
        wish: Result<Wish, Trouble>,
        who: &str,
        why: &str,
    ) -> Result<(), Response> {
        if self.token() != Some(token) {
            return Err((StatusCode::FORBIDDEN, "a change must come from these pages\n").into_response());
        }
        let (who, why) = (who.to_owned(), why.to_owned());
        let made = tokio::task::spawn_blocking(move || self.corrected(&wish?, &who, &why)).await;
        let broken = |_| Err(Trouble::Failed("the correction could not be made".into()));
        made.unwrap_or_else(broken).map_err(|trouble| wrong(&trouble))
    }

    fn corrected(&self, wish: &Wish, who: &str, why: &str) -> Result<(), Trouble> {
        let refused = |e: hearsay_store::Error| match e.kind() {
            Kind::Correction(_) | Kind::NotFound(_) | Kind::Ambiguous(_) | Kind::Locked | Kind::ReadOnly => {
                Trouble::Refused(e.to_string())
            }
            _ => e.into(),
        };
        let link = self.link.ok_or(Trouble::NotFound)?;
        let mut store = Store::open(&self.path, Mode::Write).map_err(refused)?;
        store.correct(wish, who, why).map_err(refused)?;
        let linked = link(store.told()?);
        let kept = store.keep(&linked);
        self.cache.forget();
        Ok(kept?)
    }

    /// Whether a host is this page's own.
    pub fn is_own(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }

    /// Makes a page in a thread that may wait for the disk.
    pub async fn page(
        self: Arc<Self>,
        make: impl FnOnce(&Ask) -> Result<Markup, Trouble> + Send + 'static,
    ) -> Response {
        match self.ask(|ask| Ok(make(ask)?.into_string())).await {
            Ok(page) => Html(page).into_response(),
            Err(response) => response,
        }
    }

    /// Asks the record something in a thread that may wait for the disk.
    pub async fn ask<T: Send + 'static>(
        self: Arc<Self>,
        ask: impl FnOnce(&Ask) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Response> {
        let made = tokio::task::spawn_blocking(move || self.make(ask)).await;
        let broken = |_| Err(Trouble::Failed("the page could not be made".into()));
        made.unwrap_or_else(broken).map_err(|trouble| wrong(&trouble))
    }

    /// Counts beforehand what the first page over time would have to count. Nobody waits for it; a page that needs it tells
    /// what went wrong.
    pub fn warm(&self) {
        let _ = self.make(|ask| ask.sums().map(drop));
    }

    fn make<T>(&self, make: impl FnOnce(&Ask) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let mut store = self.take()?;
        store.limit(LIMIT)?;
        let made = Ask::new(&store, self.profile, &self.cache).and_then(|ask| make(&ask.with_token(self.token())));
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < KEPT {
            pool.push(store);
        }
        made
    }

    fn take(&self) -> Result<Store, Trouble> {
        let kept = self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(kept.map_or_else(|| Store::open(&self.path, Mode::Read), Ok)?)
    }
}

/// Another one for every run. The hasher's keys come from the system's source of random numbers.
fn token() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

fn wrong(trouble: &Trouble) -> Response {
    let (status, title, text) = match trouble {
        Trouble::NotFound => (StatusCode::NOT_FOUND, "Not in this record", "There is no such row in this record."),
        Trouble::Slow => (StatusCode::GATEWAY_TIMEOUT, "Too slow", "The record took too long to answer."),
        Trouble::Refused(why) => (StatusCode::BAD_REQUEST, "Nothing was corrected", why.as_str()),
        Trouble::Failed(why) => (StatusCode::INTERNAL_SERVER_ERROR, "It did not work", why.as_str()),
    };
    (status, Html(views::wrong(title, text).into_string())).into_response()
}
