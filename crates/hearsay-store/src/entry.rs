//! A page with all that was made of it, on its way into the record.

use hearsay_types::{Coded, Declared, Note, Page, PageId, Signature};
use serde::Serialize;
use std::cell::RefCell;
use zstd::bulk::Compressor;

/// A page with all that was made of it, ready to be kept. Making one zips the page: do it in the thread that coded it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(crate) id: PageId,
    pub(crate) path: String,
    pub(crate) media_type: hearsay_types::MediaType,
    pub(crate) encoding: &'static str,
    pub(crate) bytes: usize,
    pub(crate) declared: String,
    pub(crate) zipped: Vec<u8>,
    pub(crate) coded: Vec<Coded>,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) notes: Vec<Note>,
}

impl Entry {
    /// Packs a page, its coded articles in page order, a signature for each, and what was remarked about the page itself.
    ///
    /// The page's text is dropped, and so are the tokens and vectors, which are not kept.
    pub fn new(page: Page, mut coded: Vec<Coded>, signatures: Vec<Signature>, notes: Vec<Note>) -> Entry {
        for one in &mut coded {
            one.parsed.tokens = Vec::new();
            one.parsed.vectors = Default::default();
        }
        Entry {
            id: page.id,
            declared: declared(&page),
            zipped: zip(&page.original),
            bytes: page.original.len(),
            path: page.path,
            media_type: page.media_type,
            encoding: page.encoding,
            coded,
            signatures,
            notes,
        }
    }

    /// Whose it is.
    pub fn page_id(&self) -> PageId {
        self.id
    }

    /// Where it was found.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How many articles stand on it.
    pub fn articles(&self) -> usize {
        self.coded.len()
    }

    /// About how many bytes it holds, for a writer that bounds what waits.
    pub fn size(&self) -> usize {
        self.zipped.len() + self.coded.iter().map(|c| c.article.text.len() * 4).sum::<usize>()
    }
}

/// On 150 news pages of 160 kB, level 3 takes a third of the time of level 6 and makes frames that are 7 % larger.
const LEVEL: i32 = 3;

thread_local! {
    /// Making a compressor costs as much as zipping a small page.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    // Compressing memory into memory fails only when memory ends, which ends the process anyway.
    COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = kept.get_or_insert_with(|| Compressor::new(LEVEL).expect("memory to zip pages with"));
        compressor.compress(bytes).expect("memory for a zipped page")
    })
}

/// What a page is known by beside its bytes, as JSON. Of two captures of the same bytes the record keeps the one whose text here
/// comes first, whichever was read first: the earlier capture.
pub(crate) fn declared(page: &Page) -> String {
    let Declared { url, published, title, byline, publisher, captured } = &page.declared;
    let ordered = Ordered { captured, url, published, title, byline, publisher, media_type: page.media_type.as_str() };
    serde_json::to_string(&ordered).expect("text is JSON")
}

#[derive(Serialize)]
struct Ordered<'a> {
    captured: &'a Option<String>,
    url: &'a Option<String>,
    published: &'a Option<String>,
    title: &'a Option<String>,
    byline: &'a Option<String>,
    publisher: &'a Option<String>,
    media_type: &'a str,
}
