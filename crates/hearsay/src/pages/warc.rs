//! WARC files (ISO 28500).
//!
//! The frames of the records are cut here, so that a damaged one costs only itself; what stands in a frame is read by
//! `fastwarc`. A page is a response or resource that is HTML, or the plain text of a conversion record (WET); a feed gives a
//! page for each of its entries. Other records, images and error pages are no pages and are passed over.

use super::kind::{self, Kind};
use super::make::{self, Raw};
use super::{Input, Limits, fail, feed, http, too_large, unreadable};
use fastwarc::warc::header::HeaderMap;
use fastwarc::warc::record::{WarcRecord, WarcRecordType};
use hearsay_types::{Declared, Failure, MediaType, Note, Page, Stage};
use std::collections::VecDeque;
use std::io::{self, BufRead, Cursor, Read};

/// The most bytes that the header of a record, or of the HTTP response in it, may have.
const HEADER: usize = 256 << 10;

/// The pages of a WARC file.
pub(super) struct Records<'a> {
    path: String,
    input: Input<'a>,
    limits: Limits,
    /// How many records were begun.
    nth: usize,
    /// How many pages or failures were handed out.
    given: usize,
    /// What the last record gave and was not handed out yet.
    waiting: VecDeque<Result<Page, Failure>>,
    /// Whether bytes were passed over that belong to no record.
    astray: bool,
    /// Whether the damage that those bytes come from was told already.
    told: bool,
    over: bool,
}

enum Step {
    Given(Box<Result<Page, Failure>>),
    Passed,
    End,
}

impl<'a> Records<'a> {
    pub fn new(path: &str, input: Input<'a>, limits: Limits) -> Self {
        let waiting = VecDeque::new();
        Records {
            path: path.to_owned(),
            input,
            limits,
            nth: 0,
            given: 0,
            waiting,
            astray: false,
            told: false,
            over: false,
        }
    }

    fn name(&self) -> String {
        format!("{}#{}", self.path, self.nth)
    }

    fn step(&mut self) -> Step {
        match self.record() {
            Ok(step) => step,
            Err(error) => self.damage(&error),
        }
    }

    /// An error of the input: the end of a file that was cut off, or a damage after which reading goes on.
    fn damage(&mut self, error: &io::Error) -> Step {
        let failure = unreadable(&self.name(), error);
        self.over = failure.code != "damaged-file";
        if self.over { Step::Given(Box::new(Err(failure))) } else { self.bad("the record is damaged") }
    }

    fn record(&mut self) -> io::Result<Step> {
        let Some(line) = self.version_line()? else { return Ok(Step::End) };
        self.nth += 1;
        let (astray, told) = (std::mem::take(&mut self.astray), std::mem::take(&mut self.told));
        if astray && !told { self.stray(line) } else { self.after_version(line) }
    }

    /// Tells of the bytes before this record, which is then read as if nothing had been.
    fn stray(&mut self, line: Vec<u8>) -> io::Result<Step> {
        let rest = std::mem::replace(&mut self.input, Box::new(io::empty()));
        self.input = Box::new(Cursor::new(line).chain(rest));
        self.nth -= 1;
        let message = format!("bytes after record {} belong to no record and were passed over", self.nth);
        Ok(Step::Given(Box::new(Err(fail(&self.path, "bad-record", message)))))
    }

    fn after_version(&mut self, mut header: Vec<u8>) -> io::Result<Step> {
        if !self.header(&mut header)? {
            return Ok(self.bad("the record's header does not end"));
        }
        let Ok(record) = WarcRecord::from_reader_with_opts(Cursor::new(header), true, HEADER) else {
            return Ok(self.bad("the record's header cannot be read"));
        };
        let Some(length) = length(&record) else {
            return Ok(self.bad("the record does not tell its length"));
        };
        if !may_hold_a_page(&record) {
            self.pass(length)?;
            return Ok(Step::Passed);
        }
        if length > self.limits.page + HEADER as u64 {
            self.pass(length)?;
            return Ok(Step::Given(Box::new(Err(too_large(&self.name(), self.limits)))));
        }
        let content = self.content(length)?;
        match pages(self.name(), record, content, self.limits) {
            Ok(pages) => self.waiting.extend(pages),
            Err(failure) => return Ok(Step::Given(Box::new(Err(failure)))),
        }
        Ok(self.waiting.pop_front().map_or(Step::Passed, |page| Step::Given(Box::new(page))))
    }

    fn bad(&mut self, message: &str) -> Step {
        self.told = true;
        Step::Given(Box::new(Err(fail(&self.name(), "bad-record", message))))
    }

    /// The line that begins the next record. None at the end of the file.
    fn version_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let mut line = Vec::new();
            if (&mut self.input).take(HEADER as u64).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            if line.starts_with(b"WARC/") && line.len() < 32 {
                return Ok(Some(line));
            }
            self.astray |= !line.trim_ascii().is_empty();
        }
    }

    /// Reads the header's lines up to the empty one. False where it is too long to be one.
    fn header(&mut self, header: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let from = header.len();
            let room = HEADER.saturating_sub(from) as u64;
            if (&mut self.input).take(room).read_until(b'\n', header)? == 0 {
                return if room == 0 { Ok(false) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
            if header[from..].trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }

    fn content(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        (&mut self.input).take(length).read_to_end(&mut content)?;
        if (content.len() as u64) < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(content) }
    }

    fn pass(&mut self, length: u64) -> io::Result<()> {
        let passed = io::copy(&mut (&mut self.input).take(length), &mut io::sink())?;
        if passed < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// What there is to say at the end of the file.
    fn end(&mut self) -> Option<Failure> {
        self.over = true;
        if self.astray && !self.told {
            let message = format!("bytes after record {} belong to no record and were passed over", self.nth);
            return Some(fail(&self.path, "bad-record", message));
        }
        let message = || format!("none of its {} records is an HTML page", self.nth);
        (self.given == 0).then(|| fail(&self.path, "no-pages", message()))
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Page, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(waiting) = self.waiting.pop_front() {
            return Some(waiting);
        }
        while !self.over {
            let given = match self.step() {
                Step::Given(given) => Some(*given),
                Step::Passed => None,
                Step::End => self.end().map(Err),
            };
            if given.is_some() {
                self.given += 1;
                return given;
            }
        }
        None
    }
}

fn length(record: &WarcRecord) -> Option<u64> {
    header(record.headers(), "Content-Length")?.trim().parse().ok()
}

/// A header's value. Names are the same in any case, by both standards.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut items = headers.items();
    items.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

fn may_hold_a_page(record: &WarcRecord) -> bool {
    let content_type = header(record.headers(), "Content-Type").unwrap_or_default().to_ascii_lowercase();
    match kind(record) {
        WarcRecordType::Response => content_type.starts_with("application/http"),
        WarcRecordType::Resource => is_html(&content_type) || may_be_feed(&content_type),
        WarcRecordType::Conversion => content_type.starts_with("text/plain"),
        _ => false,
    }
}

fn kind(record: &WarcRecord) -> WarcRecordType {
    let name = header(record.headers(), "WARC-Type").unwrap_or_default();
    WarcRecordType::try_from(name.as_str()).unwrap_or(WarcRecordType::Unknown)
}

fn is_html(content_type: &str) -> bool {
    content_type.contains("text/html") || content_type.contains("application/xhtml+xml")
}

/// What feeds are sent as; much else is sent so too.
fn may_be_feed(content_type: &str) -> bool {
    ["rss+xml", "atom+xml", "text/xml", "application/xml"].iter().any(|kind| content_type.contains(kind))
}

/// The pages of a record: none where it is something else.
fn pages(
    path: String,
    record: WarcRecord,
    content: Vec<u8>,
    limits: Limits,
) -> Result<Vec<Result<Page, Failure>>, Failure> {
    let declared = Declared {
        url: header(record.headers(), "WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>']).to_owned()),
        captured: header(record.headers(), "WARC-Date"),
        ..Declared::default()
    };
    let cut = header(record.headers(), "WARC-Truncated");
    let content_type = header(record.headers(), "Content-Type").unwrap_or_default().to_ascii_lowercase();
    let (body, markup) = match kind(&record) {
        WarcRecordType::Response => (response(&path, record, content, limits)?, true),
        WarcRecordType::Conversion => (Some(Body { bytes: content, label: Some("utf-8".to_owned()) }), false),
        _ if is_html(&content_type) => (Some(Body { bytes: content, label: None }), true),
        _ => (feed_only(Body { bytes: content, label: None }), true),
    };
    let Some(body) = body else { return Ok(Vec::new()) };
    if markup && is_feed(&body) {
        let mut entries = feed::read(&path, Box::new(Cursor::new(body.bytes)), limits);
        // A feed of titles alone is no page, as a picture is none.
        entries.retain(Result::is_ok);
        entries.iter_mut().flatten().for_each(|page| page.declared.captured = declared.captured.clone());
        return Ok(entries);
    }
    let media_type = if markup { MediaType::Html } else { MediaType::Text };
    let raw = Raw { path, media_type, markup, original: body.bytes, declared, label: body.label.as_deref() };
    let mut page = make::decoded(raw, limits)?;
    page.notes.extend(cut.map(|why| {
        Note::new(Stage::Read, "cut-when-saved", format!("the archive cut the page off when it was saved: {why}"))
    }));
    Ok(vec![Ok(page)])
}

/// The body of a response.
struct Body {
    bytes: Vec<u8>,
    /// The label of its encoding, if the header tells one.
    label: Option<String>,
}

/// The body of a response that is a page. None where it is something else.
fn response(path: &str, mut record: WarcRecord, content: Vec<u8>, limits: Limits) -> Result<Option<Body>, Failure> {
    let broken = |what: &io::Error| fail(path, "bad-record", format!("the HTTP response cannot be read: {what}"));
    let length = content.len();
    record.set_bytes_payload(content);
    record.set_is_http(true);
    record.parse_http_with_opts(Default::default(), HEADER.min(length), true).map_err(|e| broken(&e))?;
    let headers = record.http_headers().cloned().unwrap_or_default();
    let content_type = header(&headers, "Content-Type").unwrap_or_default().to_ascii_lowercase();
    let found = headers.status_code().is_none_or(|code| (200..300).contains(&code));
    if !found || !(is_html(&content_type) || may_be_feed(&content_type) || content_type.is_empty()) {
        return Ok(None);
    }
    let mut body = Vec::new();
    let reader = record.reader_mut().ok_or_else(|| broken(&io::ErrorKind::NotFound.into()))?;
    reader.read_to_end(&mut body).map_err(|e| broken(&e))?;
    let (transfer, coding) = (header(&headers, "Transfer-Encoding"), header(&headers, "Content-Encoding"));
    let body = http::decode(body, transfer.as_deref(), coding.as_deref(), limits.page).map_err(|e| match e.kind() {
        io::ErrorKind::FileTooLarge => too_large(path, limits),
        _ => broken(&e),
    })?;
    let body = Body { bytes: body, label: charset(&content_type) };
    Ok(if is_html(&content_type) || content_type.is_empty() && body.kind() == Kind::Html {
        Some(body)
    } else {
        feed_only(body)
    })
}

/// A body that is a feed; none where it is something else.
fn feed_only(body: Body) -> Option<Body> {
    is_feed(&body).then_some(body)
}

fn is_feed(body: &Body) -> bool {
    body.kind() == Kind::Feed
}

impl Body {
    /// What it looks like.
    fn kind(&self) -> Kind {
        kind::tell("", &self.bytes[..self.bytes.len().min(1024)])
    }
}

fn charset(content_type: &str) -> Option<String> {
    let (_, rest) = content_type.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ';', ' ', ',']).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}
