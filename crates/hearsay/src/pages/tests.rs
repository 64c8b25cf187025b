use super::*;
use flate2::{Compression, write::GzEncoder};
use hearsay_types::{MediaType, PageContent, PageId};
use std::io::Write;

const HTML: &str = "<!doctype html><title>Bridge closed</title><p>The ministry said the bridge at Karsut was closed.";

fn all(path: &str, bytes: &[u8]) -> Vec<Result<Page, Failure>> {
    read(path, bytes).collect()
}

fn only(path: &str, bytes: &[u8]) -> Page {
    let mut pages = all(path, bytes);
    assert_eq!(pages.len(), 1, "{path}");
    pages.remove(0).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// What came of each record: the path of a page, or the path and code of a failure.
fn told(path: &str, bytes: &[u8]) -> Vec<String> {
    all(path, bytes).into_iter().map(|p| p.map_or_else(|f| format!("{} {}", f.path, f.code), |p| p.path)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn html(page: &Page) -> &str {
    match &page.content {
        PageContent::Html(html) => html,
        PageContent::Text(_) => panic!("{} is text", page.path),
    }
}

fn text(page: &Page) -> &str {
    match &page.content {
        PageContent::Text(text) => text,
        PageContent::Html(_) => panic!("{} is HTML", page.path),
    }
}

fn record(kind: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://karsut.example/bridge\r\n\
         WARC-Date: 2031-04-02T08:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    let content = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat();
    record("response", "application/http; msgtype=response", &content)
}

fn page_record(n: usize) -> Vec<u8> {
    response("Content-Type: text/html; charset=utf-8\r\n", format!("{HTML} Record {n}.").as_bytes())
}

#[test]
fn a_file_is_a_page_by_its_bytes() {
    let page = only("saved/bridge.html", HTML.as_bytes());
    assert_eq!((page.path.as_str(), page.media_type, html(&page)), ("saved/bridge.html", MediaType::Html, HTML));
    assert_eq!(page.id, PageId::of(HTML.as_bytes()));
    assert_eq!(page.original, HTML.as_bytes());
    let page = only("bridge.txt", b"Bridge closed\n\nThe ministry said so.");
    assert_eq!((page.media_type, text(&page)), (MediaType::Text, "Bridge closed\n\nThe ministry said so."));
}

#[test]
fn a_packed_file_is_the_same_page() {
    let plain = only("bridge.html", HTML.as_bytes());
    for packed in [gzip(HTML.as_bytes()), zstd::encode_all(HTML.as_bytes(), 3).unwrap()] {
        let page = only("bridge.html.packed", &packed);
        assert_eq!((page.id, html(&page)), (plain.id, HTML));
    }
}

#[test]
fn what_is_no_page_is_named() {
    assert_eq!(told("a.html", b""), ["a.html empty-file"]);
    assert_eq!(told("a.html", &gzip(b"")), ["a.html empty-file"]);
    assert_eq!(told("a.txt", b" \n\n "), ["a.txt empty-file"]);
    assert_eq!(told("a.pdf", b"%PDF-1.7\n..."), ["a.pdf not-a-page"]);
    let failure = all("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").remove(0).unwrap_err();
    assert_eq!(failure.message, "the file is a PNG image, not a saved page");
}

#[test]
fn a_packed_file_that_was_cut_is_named() {
    let packed = gzip(HTML.repeat(50).as_bytes());
    assert_eq!(told("a.html.gz", &packed[..packed.len() / 2]), ["a.html.gz truncated-file"]);
    let packed = zstd::encode_all(HTML.as_bytes(), 3).unwrap();
    assert_eq!(told("a.html.zst", &packed[..packed.len() / 2]), ["a.html.zst truncated-file"]);
}

#[test]
fn damage_behind_the_first_bytes_is_not_lost() {
    let mut packed = [gzip(HTML.as_bytes()), gzip(HTML.as_bytes())].concat();
    let middle = packed.len() * 3 / 4;
    packed[middle] ^= 0x55;
    assert_eq!(told("a.html.gz", &packed), ["a.html.gz damaged-file"]);
}

#[test]
fn a_page_may_be_large_but_not_without_end() {
    let limits = Limits { page: 1000, large: 200 };
    let read = |n: usize| read_within("a.txt", io::repeat(b'a').take(n as u64), limits).next().unwrap();
    assert_eq!(read(1000).unwrap().notes[0].code, "large-page");
    assert!(read(200).unwrap().notes.is_empty());
    assert_eq!(read(1001).unwrap_err().code, "too-large");
}

#[test]
fn an_unreadable_input_is_named() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let failure = read("a.html", Broken).next().unwrap().unwrap_err();
    assert_eq!((failure.code, failure.message.as_str()), ("unreadable", "the file cannot be read: the disk is gone"));
    let late = HTML.as_bytes().chain(Broken);
    assert_eq!(read("a.html", late).next().unwrap().unwrap_err().code, "unreadable");
}

#[test]
fn a_warc_gives_its_responses_that_are_html() {
    let bytes = [
        record("warcinfo", "application/warc-fields", b"software: made up\r\n"),
        record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        page_record(3),
        response("Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n"),
        record("response", "application/http", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone"),
        page_record(6),
        record("conversion", "text/plain", "Words of a pàge".as_bytes()),
    ]
    .concat();
    assert_eq!(told("a.warc", &bytes), ["a.warc#3", "a.warc#6", "a.warc#7"]);
    let pages: Vec<Page> = all("a.warc", &bytes).into_iter().map(Result::unwrap).collect();
    let body = format!("{HTML} Record 3.");
    assert_eq!((html(&pages[0]), pages[0].id), (body.as_str(), PageId::of(body.as_bytes())));
    assert_eq!(pages[0].declared.url.as_deref(), Some("https://karsut.example/bridge"));
    assert_eq!(pages[0].declared.captured.as_deref(), Some("2031-04-02T08:00:00Z"));
    assert_eq!(text(&pages[2]), "Words of a pàge");
}

#[test]
fn a_feed_in_a_warc_gives_its_entries() {
    let xml = "Content-Type: application/rss+xml\r\n";
    let bytes = [
        response(xml, RSS.replace("\\xe9", "e").as_bytes()),
        response("Content-Type: text/xml\r\n", b"<?xml version='1.0'?><urlset><url><loc>x</loc></url></urlset>"),
        response(
            xml,
            b"<rss version='2.0'><channel><title>T</title><item><title>No words</title></item></channel></rss>",
        ),
        page_record(4),
    ]
    .concat();
    assert_eq!(told("a.warc", &bytes), ["a.warc#1#1", "a.warc#1#3", "a.warc#4"]);
    let first = all("a.warc", &bytes).remove(0).unwrap();
    assert_eq!((first.media_type, first.declared.title.as_deref()), (MediaType::Feed, Some("Bridge closed")));
    assert_eq!(first.declared.captured.as_deref(), Some("2031-04-02T08:00:00Z"));
}

#[test]
fn a_packed_warc_is_read_in_members_or_in_one() {
    let whole = gzip(&[page_record(1), page_record(2)].concat());
    let members = [gzip(&page_record(1)), gzip(&page_record(2))].concat();
    let zstd = zstd::encode_all(&[page_record(1), page_record(2)].concat()[..], 1).unwrap();
    for bytes in [whole, members, zstd] {
        assert_eq!(told("a.warc.gz", &bytes), ["a.warc.gz#1", "a.warc.gz#2"]);
    }
}

#[test]
fn a_response_is_decoded_by_its_headers() {
    let windows = encoding_rs::WINDOWS_1251.encode("<p>Мост закрыт").0.into_owned();
    let bytes = response("content-type: text/html; charset=\"windows-1251\"\r\n", &windows);
    assert_eq!(html(&only("a.warc", &bytes)), "<p>Мост закрыт");
    let chunked = [format!("{:x}\r\n", HTML.len()).as_bytes(), HTML.as_bytes(), b"\r\n0\r\n\r\n"].concat();
    let bytes = response("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", &chunked);
    assert_eq!(html(&only("a.warc", &bytes)), HTML);
    let bytes = response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &gzip(HTML.as_bytes()));
    assert_eq!(only("a.warc", &bytes).id, PageId::of(HTML.as_bytes()));
}

#[test]
fn a_response_without_a_type_is_told_by_its_bytes() {
    assert_eq!(told("a.warc", &response("Server: x\r\n", HTML.as_bytes())), ["a.warc#1"]);
    assert_eq!(told("a.warc", &response("Server: x\r\n", b"plain words")), ["a.warc no-pages"]);
}

#[test]
fn one_bad_record_does_not_end_a_warc() {
    let rubbish = b"these bytes are no record\nWARC? no\r\n".to_vec();
    let bytes = [page_record(1), rubbish, page_record(2)].concat();
    assert_eq!(told("a.warc", &bytes), ["a.warc#1", "a.warc bad-record", "a.warc#2"]);
    let endless = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n<p>no length\r\n\r\n".to_vec();
    let bytes = [page_record(1), endless, page_record(3)].concat();
    assert_eq!(told("a.warc", &bytes), ["a.warc#1", "a.warc#2 bad-record", "a.warc#3"]);
    let broken = response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", b"\x1f\x8b\x08 no gzip");
    let bytes = [broken, page_record(2)].concat();
    assert_eq!(told("a.warc", &bytes), ["a.warc#1 bad-record", "a.warc#2"]);
}

#[test]
fn one_damaged_member_does_not_end_a_packed_warc() {
    let mut bad = gzip(&page_record(2));
    let middle = bad.len() / 2;
    bad[middle..middle + 9].fill(0xff);
    let bytes = [gzip(&page_record(1)), bad, gzip(&page_record(3))].concat();
    let told = told("a.warc.gz", &bytes);
    assert_eq!(told.first().map(String::as_str), Some("a.warc.gz#1"));
    assert!(told.iter().any(|t| t.ends_with("bad-record")), "{told:?}");
    let last = all("a.warc.gz", &bytes).pop().unwrap().unwrap();
    assert!(html(&last).ends_with("Record 3."));
}

#[test]
fn a_cut_warc_gives_what_it_holds_and_one_failure() {
    let plain = [page_record(1), page_record(2)].concat();
    assert_eq!(told("a.warc", &plain[..plain.len() - 40]), ["a.warc#1", "a.warc#2 truncated-file"]);
    let header = page_record(1).len() + 30;
    assert_eq!(told("a.warc", &plain[..header]), ["a.warc#1", "a.warc#2 truncated-file"]);
    let packed = [gzip(&page_record(1)), gzip(&page_record(2))].concat();
    assert_eq!(told("a.warc.gz", &packed[..packed.len() - 30]), ["a.warc.gz#1", "a.warc.gz#2 truncated-file"]);
}

#[test]
fn a_large_record_is_passed_over() {
    let limits = Limits { page: 2000, large: 1000 };
    let big = response("Content-Type: text/html\r\n", "<p>long ".repeat(60_000).as_bytes());
    let bytes = [big, page_record(2)].concat();
    let codes: Vec<_> = read_within("a.warc", &bytes[..], limits).map(|p| p.map_err(|f| f.code).is_ok()).collect();
    assert_eq!(codes, [false, true]);
}

#[test]
fn json_lines_give_a_page_a_line() {
    let bytes = b"\xef\xbb\xbf{\"url\": \"https://a.example/1\", \"html\": \"<p>one\", \"published\": \"2031-04-02\", \"author\": [{\"name\": \"Ila Dorn\"}, \"B. Keo\"]}\n\n{\"text\": \"two\", \"title\": \"Second\", \"byline\": \"X\", \"publisher\": \"Tolvar Post\"}\r\n";
    let pages: Vec<Page> = all("a.jsonl", bytes).into_iter().map(Result::unwrap).collect();
    assert_eq!((pages[0].path.as_str(), html(&pages[0])), ("a.jsonl#1", "<p>one"));
    assert_eq!(pages[0].declared.byline.as_deref(), Some("Ila Dorn, B. Keo"));
    assert_eq!(pages[0].declared.published.as_deref(), Some("2031-04-02"));
    assert_eq!((pages[1].path.as_str(), text(&pages[1])), ("a.jsonl#3", "two"));
    assert_eq!(pages[1].declared.publisher.as_deref(), Some("Tolvar Post"));
    assert!(pages[1].original.ends_with(b"Post\"}"));
}

#[test]
fn a_bad_line_fails_alone() {
    let bytes = b"{\"text\": \"one\"}\n{\"text\": \"cut\n{\"url\": \"https://a.example\"}\n{\"text\": \"\xff\"}\n7\n{\"text\": \"six\"}";
    assert_eq!(
        told("a.jsonl", bytes),
        [
            "a.jsonl#1",
            "a.jsonl#2 bad-json",
            "a.jsonl#3 no-text",
            "a.jsonl#4 bad-json",
            "a.jsonl#5 bad-json",
            "a.jsonl#6"
        ]
    );
}

#[test]
fn an_endless_line_is_passed_over() {
    let limits = Limits { page: 100, large: 50 };
    let bytes = format!("{{\"text\": \"one\"}}\n{{\"text\": \"{}\"}}\n{{\"text\": \"three\"}}\n", "a".repeat(500));
    let told: Vec<_> =
        read_within("a", bytes.as_bytes(), limits).map(|p| p.map(|p| p.path).map_err(|f| f.code)).collect();
    assert_eq!(told, [Ok("a#1".into()), Err("too-large"), Ok("a#3".into())]);
}

#[test]
fn json_may_be_printed_prettily_or_saved_as_utf16() {
    let pretty = "{\n  \"text\": \"one\"\n}\n{\"text\": \"two\"}\n";
    assert_eq!(told("a.json", pretty.as_bytes()), ["a.json#1", "a.json#4"]);
    let utf16: Vec<u8> = format!("\u{feff}{pretty}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told("a.json", &utf16), ["a.json#1", "a.json#4"]);
}

const RSS: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tolvar Post</title>
<link>https://post.example/</link><description>News</description>
<item><title>Bridge closed</title><link>https://post.example/bridge</link><pubDate>Wed, 02 Apr 2031 23:30:00 -0500</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>The ministry said the caf\xe9 bridge was closed.</p>]]></content:encoded></item>
<item><title>Only a title</title><link>https://post.example/x</link></item>
<item><title>Third</title><description>Plain words of a third story.</description></item>
</channel></rss>"#;

#[test]
fn a_feed_gives_its_entries_that_have_content() {
    let bytes = encoding_rs::WINDOWS_1252.encode(&RSS.replace("\\xe9", "é")).0.into_owned();
    let pages: Vec<Page> = all("feed.xml", &bytes).into_iter().map(Result::unwrap).collect();
    assert_eq!(pages.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["feed.xml#1", "feed.xml#3"]);
    assert_eq!(
        (pages[0].media_type, html(&pages[0])),
        (MediaType::Feed, "<p>The ministry said the café bridge was closed.</p>")
    );
    let declared = &pages[0].declared;
    assert_eq!(declared.title.as_deref(), Some("Bridge closed"));
    assert_eq!(declared.publisher.as_deref(), Some("Tolvar Post"));
    assert_eq!(declared.published.as_deref(), Some("Wed, 02 Apr 2031 23:30:00 -0500"));
    assert_eq!(declared.url.as_deref(), Some("https://post.example/bridge"));
    assert!(pages[0].original.starts_with(b"<item>") && pages[0].original.ends_with(b"</item>"));
    assert_eq!(text(&pages[1]), "Plain words of a third story.");
}

#[test]
fn atom_is_read_too() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Karsut Radio</title><id>urn:1</id><updated>2031-04-02T08:00:00Z</updated>
      <entry><title>Bridge</title><id>urn:2</id><link href="https://radio.example/2"/><author><name>Ila Dorn</name></author>
      <published>2031-04-02T01:00:00+05:00</published><content type="html">&lt;p&gt;Closed, the ministry said.&lt;/p&gt;</content></entry></feed>"#;
    let page = only("a.atom", atom.as_bytes());
    assert_eq!(html(&page), "<p>Closed, the ministry said.</p>");
    assert_eq!(page.declared.published.as_deref(), Some("2031-04-02T01:00:00+05:00"));
    assert_eq!(page.declared.byline.as_deref(), Some("Ila Dorn"));
}

#[test]
fn a_broken_feed_is_named() {
    assert_eq!(told("a.rss", b"<rss version='2.0'><channel><item></rss>"), ["a.rss bad-feed"]);
    let bare = "<rss version='2.0'><channel><title>T</title><link>https://a.example</link><description>d</description><item><title>x</title></item></channel></rss>";
    assert_eq!(told("a.rss", bare.as_bytes()), ["a.rss no-pages"]);
}

#[test]
fn containers_are_known_by_their_first_bytes() {
    assert!(may_hold_many("a", b"WARC/1.0\r\n"));
    assert!(may_hold_many("a", &gzip(b"x")));
    assert!(may_hold_many("a", b"{\"text\": \"x\"}"));
    assert!(!may_hold_many("a.html", HTML.as_bytes()));
    assert!(!may_hold_many("a.html", b""));
}
