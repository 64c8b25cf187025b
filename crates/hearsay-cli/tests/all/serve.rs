//! The served page, asked as a browser asks it.

use crate::common::Room;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A page whose title and text would be markup if they were not text, with names of private people.
const NASTY: &str = "<!doctype html><html lang=en><head><title>Crossing &lt;script&gt;alert(1)&lt;/script&gt; closed</title>\
<meta property=\"article:published_time\" content=\"2014-04-08T08:00:00Z\"></head><body><article>\
<h1>Crossing &lt;script&gt;alert(1)&lt;/script&gt; closed</h1>\
<p>HADRIN, April 8 - The driver Omar Telvan said on Tuesday that soldiers had closed the crossing &lt;img src=x onerror=alert(2)&gt; at noon.</p>\
<p>“We saw forty lorries and no soldier,” Telvan told the newspaper. The ministry denied that the crossing was closed.</p>\
<p>Residents of the town said the road had been closed since the morning, and that nobody had told them why.</p>\
</article></body></html>";

/// The page, served until this goes away.
struct Served {
    child: Child,
    port: u16,
}

impl Served {
    fn start(room: &Room, args: &[&str]) -> Served {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("hearsay"))
            .arg("serve")
            .args(args)
            .current_dir(room.0.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        Served { child, port }
    }

    /// Sends a request as it stands; gives the status, the head and the body.
    fn send(&self, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        let host = format!("127.0.0.1:{}", self.port);
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    /// The body of a page that is there.
    fn body(&self, path: &str) -> String {
        let (status, _, body) = self.get(path);
        assert_eq!(status, 200, "{path}");
        body
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A room with a record of the demo and of the nasty page, made once for all tests.
fn room() -> &'static Room {
    static MADE: OnceLock<Room> = OnceLock::new();
    MADE.get_or_init(|| {
        let room = Room::new();
        assert_eq!(room.run(&["demo", "--pages", "pages", "-q"]).0, 0);
        room.file("pages/nasty.html", NASTY);
        room.file("pages/broken.warc.gz", b"\x1f\x8b\x08 this is no gzip");
        let (code, _, err) = room.run(&["build", "pages", "-o", "served.hearsay", "-q"]);
        assert!(code == 0 || code == 2, "{err}");
        room
    })
}

fn served(args: &[&str]) -> Served {
    Served::start(room(), &[&["served.hearsay"], args].concat())
}

/// The addresses of this site that a page names.
fn links(body: &str) -> Vec<String> {
    let parts = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = parts.filter(|href| href.starts_with('/')).map(|href| href.replace("&amp;", "&"));
    own.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_page_opens_with_its_guards() {
    let served = served(&[]);
    let mut seen = vec!["/".to_owned()];
    let mut at = 0;
    while at < seen.len() && at < 160 {
        let path = seen[at].clone();
        let (status, head, body) = served.get(&path);
        // A row is shown in its article.
        assert_eq!(status, if path.starts_with("/rows/") { 303 } else { 200 }, "{path}");
        assert!(head.contains("content-security-policy: default-src 'none'; script-src 'self';"), "{path}: {head}");
        assert!(
            head.contains("x-content-type-options: nosniff") && head.contains("referrer-policy: same-origin"),
            "{head}"
        );
        assert!(!body.contains("<script>") && !body.contains("<img") && !body.contains(" style="), "{path}");
        for link in links(&body) {
            if !seen.contains(&link) {
                seen.push(link);
            }
        }
        at += 1;
    }
    assert!(at > 60, "only {at} pages were found");
}

#[test]
fn what_a_page_held_stays_text() {
    let body = served(&[]).body("/search?q=crossing+alert");
    assert!(body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{body}");
}

#[test]
fn only_its_own_host_is_answered() {
    let served = served(&[]);
    let ask = |host: &str| served.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).0;
    assert_eq!(ask(&format!("localhost:{}", served.port)), 200);
    assert_eq!(ask("evil.example"), 403);
    assert_eq!(ask("127.0.0.1:1"), 403);
}

#[test]
fn a_change_must_come_from_here() {
    let served = served(&[]);
    let own = format!("127.0.0.1:{}", served.port);
    let post = |origin: &str| {
        let head = format!("POST / HTTP/1.1\r\nHost: {own}\r\n{origin}Content-Length: 0\r\nConnection: close\r\n\r\n");
        served.send(&head).0
    };
    assert_eq!(post(""), 403);
    assert_eq!(post("Origin: http://evil.example\r\n"), 403);
    assert_eq!(post("Origin: null\r\n"), 403);
    assert_eq!(post(&format!("Origin: http://{own}\r\n")), 405);
}

/// Corrections go into a record of their own, so that the other tests see theirs as it was built.
#[test]
fn a_row_is_corrected_from_the_page() {
    let room = room();
    std::fs::copy(room.path("served.hearsay"), room.path("own.hearsay")).unwrap();
    let served = Served::start(room, &["own.hearsay"]);
    let own = format!("127.0.0.1:{}", served.port);
    let post = |form: &str| {
        let head = format!("POST /correct HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nConnection: close\r\n");
        let kind = "Content-Type: application/x-www-form-urlencoded";
        served.send(&format!("{head}{kind}\r\nContent-Length: {}\r\n\r\n{form}", form.len()))
    };
    let event = room.rows("own.hearsay", "events")[0].clone();
    let id = event["id"].as_str().unwrap();
    let address = format!("/articles/{}?row={id}", event["article_id"].as_str().unwrap());
    let page = served.body(&address);
    let token = page.split("name=\"token\" value=\"").nth(1).and_then(|t| t.split('"').next()).expect("a form");
    let form = |act: &str, row: &str, value: &str| {
        format!("token={token}&act={act}&row={row}&value={value}&who=Ana&why=The+page+says+so.&back=/events?kind=AID")
    };
    let (status, head, _) = post(&form("re-type", id, "AID"));
    assert!(status == 303 && head.contains("location: /events?kind=aid"), "{head}");
    let now = room.rows("own.hearsay", "events").into_iter().find(|e| e["id"] == id).unwrap();
    assert_eq!(now["type"], "AID");
    assert!(served.body(&address).contains("The page says so."));
    let incidents = room.rows("own.hearsay", "incidents");
    let of = |i: &&serde_json::Value| i["events"].as_array().unwrap().contains(&event["id"]);
    assert_eq!(incidents.iter().find(of).unwrap()["corrected"], now["corrected"]);
    // Rejected, shown as such, and taken back from there.
    assert_eq!(post(&form("reject", id, "")).0, 303);
    assert!(served.body(&address).contains("This row was taken out of the record."));
    let log = room.rows("own.hearsay", "corrections");
    assert_eq!(post(&form("undo", log[1]["id"].as_str().unwrap(), "")).0, 303);
    assert!(!served.body(&address).contains("taken out"));
    // What cannot be is told; what does not come from a form of this page is refused.
    let (status, _, body) = post(&form("re-type", id, "BOMB"));
    assert!(status == 400 && body.contains("there is no type"), "{body}");
    assert_eq!(post(&form("re-type", id, "AID").replace(token, "0123")).0, 403);
    assert_eq!(room.rows("own.hearsay", "corrections").len(), 3);
    let public = Served::start(room, &["own.hearsay", "--profile", "public"]);
    assert!(!public.body(&address).contains("/correct"));
}

#[test]
fn right_to_left_text_is_marked() {
    let served = served(&[]);
    let list = served.body("/articles");
    let row = list.split("<tr>").find(|row| row.contains("النهر")).expect("the Arabic article is listed");
    assert!(row.contains("lang=\"ar\"") && row.contains("dir=\"auto\""), "{row}");
    let article = served.body(links(row).iter().find(|l| l.starts_with("/articles/")).unwrap());
    assert!(article.contains("<article lang=\"ar\">") && article.contains("<p dir=\"auto\">"));
}

#[test]
fn a_row_opens_in_its_sentence() {
    let (room, served) = (room(), served(&[]));
    let claims = room.rows("served.hearsay", "claims");
    for claim in claims.iter().filter(|c| c["stance"] == "denies") {
        let id = claim["id"].as_str().unwrap();
        let (status, head, _) = served.get(&format!("/rows/{id}"));
        assert_eq!(status, 303);
        let to = head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap();
        let body = served.body(to);
        assert!(body.contains(id) && body.contains("<mark class=\"content"), "{to}");
    }
    assert_eq!(served.get("/rows/0123456789abcdef").0, 404);
    assert_eq!(served.get("/nowhere").0, 404);
}

#[test]
fn a_pair_is_told_year_by_year() {
    let served = served(&[]);
    let network = served.body("/network");
    let pair = links(&network).into_iter().find(|l| l.starts_with("/pair/")).expect("two that are named together");
    let body = served.body(&pair);
    assert!(body.contains("id=\"y2014\"") && body.contains("names both"), "{body}");
    // Its acts and claims open from there, and only the year that is asked for is shown.
    assert!(body.contains("/articles/") && body.contains("#s"));
    let none = served.body(&format!("{pair}?year=1950"));
    assert!(!none.contains("id=\"y2014\""));
    let alone = served.body(&format!("{pair}?alone=1"));
    assert!(alone.contains("aria-current=\"true\">the two alone"), "{alone}");
}

#[test]
fn anonymous_sources_are_all_there() {
    let (room, served) = (room(), served(&[]));
    let body = served.body("/sources");
    let claims = room.rows("served.hearsay", "claims");
    let anonymous = claims.iter().filter(|c| c["source"]["anonymous"] == true);
    let ids: Vec<&str> = anonymous.map(|c| c["id"].as_str().unwrap()).collect();
    assert!(!ids.is_empty());
    assert!(ids.iter().all(|id| body.contains(id)), "a claim of an anonymous source is missing");
}

#[test]
fn names_of_private_people_are_masked_for_the_public() {
    let claims = room().rows("served.hearsay", "claims");
    let person = |c: &&serde_json::Value| c["source"]["kind"] == "person" && c["source"]["actor_id"].is_null();
    let private =
        claims.iter().find(|c| person(c) && c["source"]["name"].is_string()).expect("a private person speaks");
    let name = private["source"]["name"].as_str().unwrap();
    let path = format!("/articles/{}?row={}", private["article_id"].as_str().unwrap(), private["id"].as_str().unwrap());
    assert!(served(&[]).body(&path).contains(name));
    let public = served(&["--profile", "public"]);
    let body = public.body(&path);
    assert!(!body.contains(name) && body.contains("[person "), "{name} is shown");
    assert!(!public.body("/claims").contains(name));
}

#[test]
fn what_could_not_be_read_is_named() {
    let body = served(&[]).body("/failures");
    assert!(body.contains("broken.warc.gz"), "{body}");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let served = served(&[]);
    let (code, _, err) = room().run(&["serve", "served.hearsay", "--port", &served.port.to_string()]);
    assert_eq!(code, 1);
    assert!(err.contains("cannot be used") && err.contains("hint"), "{err}");
}
