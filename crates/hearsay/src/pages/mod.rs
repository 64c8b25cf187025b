//! Reading: which pages does this file hold, and what do they say?
//!
//! What a file is, is told by its first bytes, then by its name. A file is one page (HTML or text scraped from a page)
//! or a container: WARC, JSON lines, a saved feed. Files packed with gzip or zstd are unpacked on the way. A record that
//! cannot be read is one [`Failure`]; the rest of its file is read all the same.
//!
//! | what | its `original` bytes, whose SHA-256 is the page's id |
//! |---|---|
//! | a file | the file; unpacked, if it was packed |
//! | a line of JSON | the line, without its line feed |
//! | a WARC record | the payload, without transfer and content coding: what a browser would have saved |
//! | an entry of a feed | the entry's element as it stands in the feed |

mod charset;
mod feed;
mod gunzip;
mod http;
mod kind;
mod lines;
mod make;
mod warc;

use gunzip::Gunzip;
use hearsay_types::{Failure, Page};
use kind::Kind;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// The pages of one input, in order, each read or failed. Bad records do not end it.
pub type Pages<'a> = Box<dyn Iterator<Item = Result<Page, Failure>> + Send + 'a>;

/// The largest page that is read, in bytes after unpacking: 256 MiB. A larger one is a failure, `too-large`.
pub const MAX_PAGE: u64 = 256 << 20;

/// The size, in bytes after unpacking, above which a page is read with a note, `large-page`: 16 MiB.
pub const LARGE_PAGE: usize = 16 << 20;

/// How many bytes are looked at to tell what a file is.
const HEAD: u64 = 16 << 10;

/// How large a page may be. Tests set it lower than a user can.
#[derive(Debug, Clone, Copy)]
struct Limits {
    page: u64,
    large: usize,
}

impl Limits {
    const SHIPPED: Limits = Limits { page: MAX_PAGE, large: LARGE_PAGE };
}

/// What all readers read from: unpacked bytes.
type Input<'a> = Box<dyn BufRead + Send + 'a>;

/// Reads the pages of one file or stream.
///
/// `path` names it in the record and tells, with the first bytes, what it is. Memory holds one record at a time.
/// Records of a container are numbered from 1: every record of a WARC, every line of JSON lines, every entry of a feed.
pub fn read<'a>(path: &str, input: impl Read + Send + 'a) -> Pages<'a> {
    read_within(path, input, Limits::SHIPPED)
}

/// Whether a file that begins with `head` can hold many pages. A caller that works in parallel hands single pages out
/// as whole files and reads the others itself.
pub fn may_hold_many(path: &str, head: &[u8]) -> bool {
    packing(head) != Packing::None || matches!(kind::tell(path, head), Kind::Warc | Kind::JsonLines | Kind::Feed)
}

fn read_within<'a>(path: &str, input: impl Read + Send + 'a, limits: Limits) -> Pages<'a> {
    match open(input) {
        Ok((head, input)) => dispatch(path, &head, input, limits),
        Err(error) => one(Err(unreadable(path, &error))),
    }
}

fn dispatch<'a>(path: &str, head: &[u8], input: Input<'a>, limits: Limits) -> Pages<'a> {
    match kind::tell(path, head) {
        Kind::Empty => one(Err(fail(path, "empty-file", "the file is empty"))),
        Kind::Foreign(what) => one(Err(fail(path, "not-a-page", format!("the file is {what}, not a saved page")))),
        Kind::Warc => Box::new(warc::Records::new(path, input, limits)),
        Kind::JsonLines => match utf8(path, head, input, limits) {
            Ok(input) => Box::new(lines::Lines::new(path, input, limits)),
            Err(failure) => one(Err(failure)),
        },
        Kind::Feed => Box::new(feed::read(path, input, limits).into_iter()),
        Kind::Html => one(make::file(path, input, true, limits)),
        Kind::Text => one(make::file(path, input, false, limits)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Zstd,
}

fn packing(head: &[u8]) -> Packing {
    match head {
        [0x1f, 0x8b, 0x08, ..] => Packing::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Packing::Zstd,
        _ => Packing::None,
    }
}

/// Unpacks the input and looks at its beginning.
fn open<'a>(input: impl Read + Send + 'a) -> io::Result<(Vec<u8>, Input<'a>)> {
    let (head, input) = peek(BufReader::with_capacity(64 << 10, input))?;
    match packing(&head) {
        Packing::None => Ok((head, Box::new(input))),
        Packing::Gzip => boxed_peek(BufReader::new(Gunzip::new(input))),
        Packing::Zstd => boxed_peek(BufReader::new(zstd::stream::read::Decoder::with_buffer(input)?)),
    }
}

fn boxed_peek<'a, R: BufRead + Send + 'a>(input: R) -> io::Result<(Vec<u8>, Input<'a>)> {
    let (head, input) = peek(input)?;
    Ok((head, Box::new(input)))
}

/// The first bytes of an input, and the input with those bytes still before it. An error that came after some bytes
/// stands behind them, for the reader to meet.
fn peek<R: BufRead>(mut input: R) -> io::Result<(Vec<u8>, impl BufRead + use<R>)> {
    let mut head = Vec::new();
    let read = (&mut input).take(HEAD).read_to_end(&mut head);
    let error = match read {
        Err(error) if head.is_empty() => return Err(error),
        read => Pending(read.err()),
    };
    Ok((head.clone(), Cursor::new(head).chain(error).chain(input)))
}

/// An error that waits to be met once; then nothing.
struct Pending(Option<io::Error>);

impl Read for Pending {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Pending {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// The same text in UTF-8. JSON is never in anything else but, by a slip of some programs, in UTF-16.
fn utf8<'a>(path: &str, head: &[u8], input: Input<'a>, limits: Limits) -> Result<Input<'a>, Failure> {
    let Some(encoding) = charset::utf16(head) else { return Ok(input) };
    let text = encoding.decode_with_bom_removal(&read_all(path, input, limits)?).0.into_owned();
    Ok(Box::new(Cursor::new(text)))
}

fn one<'a>(page: Result<Page, Failure>) -> Pages<'a> {
    Box::new(std::iter::once(page))
}

fn fail(path: &str, code: &'static str, message: impl Into<String>) -> Failure {
    Failure { path: path.to_owned(), code, message: message.into() }
}

/// What an error of the input means to a person.
fn unreadable(path: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => fail(path, "truncated-file", "the file ends in the middle: it was cut off"),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            fail(path, "damaged-file", format!("the file is damaged: {error}"))
        }
        _ => fail(path, "unreadable", format!("the file cannot be read: {error}")),
    }
}

fn too_large(path: &str, limits: Limits) -> Failure {
    let megabytes = limits.page.div_ceil(1 << 20);
    fail(path, "too-large", format!("the page is larger than {megabytes} MB, the most that is read"))
}

/// All that is left of the input, or a failure where that is more than a page may have.
fn read_all(path: &str, input: impl Read, limits: Limits) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    input.take(limits.page + 1).read_to_end(&mut bytes).map_err(|e| unreadable(path, &e))?;
    if bytes.len() as u64 > limits.page { Err(too_large(path, limits)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests;
