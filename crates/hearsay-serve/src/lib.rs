//! The page: a record, looked at in a browser on this machine.
//!
//! [`serve`] answers on 127.0.0.1 and nowhere else. The pages are plain HTML made here from rows of the record; they work
//! without scripts, ask no other host for anything, and never show the saved HTML itself, only its text. The record is
//! opened to be read; only while a correction is made it is opened to be written to.
//!
//! `rows` asks the record, `views` makes HTML of what it gives, `pictures` makes SVG; none of them decides anything about a text.
#![forbid(unsafe_code)]

mod ask;
mod assets;
mod borders;
mod cache;
mod correct;
mod days;
mod error;
mod guard;
mod handlers;
mod pictures;
mod rows;
mod site;
mod views;
mod words;

pub use error::Error;
pub use words::{count, counted};

use hearsay_store::Profile;
use hearsay_types::incident::{Linked, Told};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// The port where the page is, if no other is asked for.
pub const PORT: u16 = 8733;

/// How many ports after [`PORT`] are tried where it is taken.
const TRIES: u16 = 20;

/// What to serve, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The record.
    pub record: PathBuf,
    /// The port; none for [`PORT`], or the next one that is free.
    pub port: Option<u16>,
    /// For whom.
    pub profile: Profile,
    /// Links incidents anew after a correction. Without it, and under another profile than [`Profile::Private`], nothing can be
    /// corrected from the page.
    pub link: Option<fn(Told) -> Linked>,
}

/// Serves the page until the process is interrupted. `ready` is told the address once it can be opened.
///
/// # Errors
/// Where the record cannot be opened, or the port cannot be had.
pub fn serve(options: &Options, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        let address = listener.local_addr()?;
        let site = site::Site::open(options, address.port())?;
        let early = site.clone();
        drop(tokio::task::spawn_blocking(move || early.warm()));
        ready(address);
        let stop = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
        Ok(axum::serve(listener, handlers::router(site)).with_graceful_shutdown(stop).await?)
    })
}

async fn listen(port: Option<u16>) -> Result<tokio::net::TcpListener, Error> {
    let bind = |port| tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return bind(port).await.map_err(|e| Error::Port(port, e));
    }
    for port in PORT..PORT + TRIES {
        match bind(port).await {
            Err(e) if e.kind() == std::io::ErrorKind::AddrInUse => {}
            other => return other.map_err(|e| Error::Port(port, e)),
        }
    }
    bind(0).await.map_err(|e| Error::Port(0, e))
}
