//! From source to tokens, after the tokenisation chapter of the HTML Standard, fitted to extraction.
//!
//! It feeds html5ever's tree construction, as html5ever's own tokeniser does, but drops what nobody asks for before it
//! costs anything: the insides of scripts, styles and drawings, comments, and most attributes. It is linear in the
//! size of the page, also for a tag with a million attributes, and it caps the depth of the tree: the tree construction
//! walks its open elements at almost every tag, so without a cap its time grows with the square of the depth.

use super::dom::{Dom, Sink, keeps};
use super::entities;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2, memmem};

/// How deep elements may nest; deeper ones are taken as if their tags were not there.
const DEPTH_CAP: u32 = 256;

/// How many nodes a page may have; tags beyond are taken as if they were not there.
const NODE_CAP: usize = 8_000_000;

/// What is remembered of the tags that were passed over, so that their end tags are too.
const DROPPED_CAP: usize = 4096;

/// Builds the tree of a page. The second value tells whether the depth or the number of nodes was capped.
pub(super) fn parse(html: &str) -> (Dom, bool) {
    let builder = TreeBuilder::new(Sink::new(html.len()), TreeBuilderOpts::default());
    let mut tokens = Tokens {
        source: html,
        whole: StrTendril::from_slice(html),
        at: 0,
        builder,
        dropped: Vec::new(),
        capped: false,
        open_drawing: false,
    };
    tokens.run();
    (tokens.builder.sink.finish(), tokens.capped)
}

struct Tokens<'a> {
    source: &'a str,
    /// The source again, as the shared buffer that text and attribute values are slices of.
    whole: StrTendril,
    at: usize,
    builder: TreeBuilder<u32, Sink>,
    dropped: Vec<LocalName>,
    capped: bool,
    /// A drawing without an end was met; no further end is looked for, which would take time with every drawing.
    open_drawing: bool,
}

/// Where the next token takes up.
enum After {
    Data,
    Raw(RawKind, LocalName, bool),
    Plaintext,
    Svg,
}

impl Tokens<'_> {
    fn run(&mut self) {
        while self.at < self.source.len() {
            match self.data() {
                After::Data => {}
                After::Raw(kind, name, keep) => self.raw(kind, &name, keep),
                After::Plaintext => self.emit_text(self.at, self.source.len(), false),
                After::Svg => self.skip_drawing(),
            }
        }
        let _ = self.builder.process_token(Token::EOFToken, 1);
        self.builder.end();
    }

    fn bytes(&self) -> &[u8] {
        self.source.as_bytes()
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Text up to the next `<`, then what stands there.
    fn data(&mut self) -> After {
        let from = self.at;
        let mut look = from;
        loop {
            let Some(found) = memchr(b'<', &self.bytes()[look..]) else {
                self.emit_text(from, self.source.len(), true);
                return After::Data;
            };
            look += found;
            self.at = look;
            if matches!(self.peek(1), b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?') {
                break;
            }
            look += 1;
        }
        self.emit_text(from, look, true);
        self.at = look;
        self.markup()
    }

    fn markup(&mut self) -> After {
        match self.peek(1) {
            b'!' => self.declaration(),
            b'?' => self.skip_to(b'>'),
            b'/' if self.peek(2).is_ascii_alphabetic() => {
                self.at += 2;
                self.end_tag();
            }
            b'/' => self.skip_to(b'>'),
            _ => {
                self.at += 1;
                return self.start_tag();
            }
        }
        After::Data
    }

    fn skip_to(&mut self, byte: u8) {
        let rest = &self.bytes()[self.at..];
        self.at += memchr(byte, rest).map_or(rest.len(), |n| n + 1);
    }

    /// Stands at `<!`: a comment, a doctype, a CDATA section in a drawing or formula, or something bogus.
    fn declaration(&mut self) {
        let rest = &self.source[self.at + 2..];
        if rest.starts_with("--") {
            self.comment();
        } else if rest.get(..7).is_some_and(|s| s.eq_ignore_ascii_case("doctype")) {
            self.doctype();
        } else if rest.starts_with("[CDATA[") && self.builder.adjusted_current_node_present_but_not_in_html_namespace()
        {
            let start = self.at + 9;
            let end = memmem::find(&self.bytes()[start..], b"]]>").map_or(self.source.len(), |n| start + n);
            self.emit_text(start, end, false);
            self.at = (end + 3).min(self.source.len());
        } else {
            self.skip_to(b'>');
        }
    }

    fn comment(&mut self) {
        let start = self.at + 4;
        let rest = &self.bytes()[start.min(self.source.len())..];
        let end = match rest {
            [b'>', ..] => Some(1),
            [b'-', b'>', ..] => Some(2),
            _ => {
                let plain = memmem::find(rest, b"-->").map(|n| n + 3);
                let banged = memmem::find(&rest[..plain.unwrap_or(rest.len())], b"--!>").map(|n| n + 4);
                banged.or(plain)
            }
        };
        self.at = end.map_or(self.source.len(), |n| start + n);
    }

    fn doctype(&mut self) {
        let start = self.at + 9;
        self.skip_to(b'>');
        let inner = self.source.get(start..self.at.saturating_sub(1)).unwrap_or("").trim();
        let mut words = inner.split_ascii_whitespace();
        let name = words.next().map(|n| n.to_ascii_lowercase().into());
        let public = words.next().is_some_and(|w| w.eq_ignore_ascii_case("public"));
        let mut ids = inner.split(['"', '\'']).skip(1).step_by(2).map(StrTendril::from);
        let public_id = if public { ids.next() } else { None };
        let doctype = Doctype { name, public_id, system_id: ids.next(), force_quirks: false };
        let _ = self.builder.process_token(Token::DoctypeToken(doctype), 1);
    }

    fn end_tag(&mut self) {
        let Some((name, _, _)) = self.tag() else { return };
        if self.dropped.iter().rev().take(64).any(|d| *d == name) {
            while self.dropped.pop().is_some_and(|d| d != name) {}
            return;
        }
        let tag = Tag {
            kind: TagKind::EndTag,
            name,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        let _ = self.builder.process_token(Token::TagToken(tag), 1);
    }

    fn start_tag(&mut self) -> After {
        let Some((name, attrs, self_closing)) = self.tag() else { return After::Data };
        if self.over_cap(&name) {
            return After::Data;
        }
        let is_svg = &*name == "svg" && !self_closing;
        let keep = &*name != "script" || attrs.iter().any(|a| &*a.name.local == "type" && a.value.contains("ld+json"));
        let tag =
            Tag { kind: TagKind::StartTag, name: name.clone(), self_closing, attrs, had_duplicate_attributes: false };
        match self.builder.process_token(Token::TagToken(tag), 1) {
            TokenSinkResult::RawData(kind) => After::Raw(kind, name, keep),
            TokenSinkResult::Plaintext => After::Plaintext,
            _ if is_svg => After::Svg,
            _ => After::Data,
        }
    }

    /// Passes over a start tag where the tree is deep or large enough.
    fn over_cap(&mut self, name: &LocalName) -> bool {
        let over = self.builder.sink.depth() >= DEPTH_CAP || self.builder.sink.len() >= NODE_CAP;
        let raw = matches!(&**name, "script" | "style" | "title" | "textarea" | "noscript" | "iframe" | "xmp");
        if !over || raw {
            return false;
        }
        self.capped = true;
        let void = matches!(&**name, "br" | "img" | "hr" | "input" | "meta" | "link" | "wbr" | "source");
        if !void && self.dropped.len() < DROPPED_CAP {
            self.dropped.push(name.clone());
        }
        true
    }

    /// Reads a tag from its name on: name, kept attributes, whether it closes itself. None where the page ends in it.
    fn tag(&mut self) -> Option<(LocalName, Vec<Attribute>, bool)> {
        let name = self.name();
        let mut attrs = Vec::new();
        loop {
            match self.skip_space()? {
                b'>' => {
                    self.at += 1;
                    return Some((name, attrs, false));
                }
                b'/' if self.peek(1) == b'>' => {
                    self.at += 2;
                    return Some((name, attrs, true));
                }
                b'/' => self.at += 1,
                _ => self.attribute(&mut attrs)?,
            }
        }
    }

    fn name(&mut self) -> LocalName {
        let rest = &self.bytes()[self.at..];
        let len = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len());
        let name = &self.source[self.at..self.at + len];
        self.at += len;
        if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
    }

    fn skip_space(&mut self) -> Option<u8> {
        let rest = &self.bytes()[self.at..];
        let len = rest.iter().position(|b| !b.is_ascii_whitespace())?;
        let byte = rest[len];
        self.at += len;
        Some(byte)
    }

    fn attribute(&mut self, attrs: &mut Vec<Attribute>) -> Option<()> {
        let start = self.at;
        let rest = &self.bytes()[start + 1..];
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=');
        let end = start + 1 + rest.iter().position(ends)?;
        self.at = end;
        let value = if self.skip_space()? == b'=' {
            self.at += 1;
            Some(self.value()?)
        } else {
            None
        };
        self.keep(attrs, start, end, value);
        Some(())
    }

    fn keep(&self, attrs: &mut Vec<Attribute>, start: usize, end: usize, value: Option<(usize, usize)>) {
        let name = &self.source[start..end];
        let lower;
        let name = match name.bytes().any(|b| b.is_ascii_uppercase()) {
            true => {
                lower = name.to_ascii_lowercase();
                &*lower
            }
            false => name,
        };
        if !keeps(name) || attrs.iter().any(|a| &*a.name.local == name) {
            return;
        }
        let value = value.map_or_else(StrTendril::new, |(from, to)| self.decoded(from, to, true));
        attrs.push(Attribute { name: QualName::new(None, ns!(), LocalName::from(name)), value });
    }

    /// The range of an attribute's value; stands behind the `=`.
    fn value(&mut self) -> Option<(usize, usize)> {
        let quote = self.skip_space()?;
        if quote == b'>' {
            return Some((self.at, self.at));
        }
        if quote == b'"' || quote == b'\'' {
            let start = self.at + 1;
            let end = start + memchr(quote, &self.bytes()[start..])?;
            self.at = end + 1;
            return Some((start, end));
        }
        let start = self.at;
        let rest = &self.bytes()[start..];
        self.at = start + rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?;
        Some((start, self.at))
    }

    /// The inside of an element whose content is not markup, up to its end tag.
    fn raw(&mut self, kind: RawKind, name: &LocalName, keep: bool) {
        let start = self.at;
        let end = match kind {
            RawKind::ScriptData => self.script_end(start),
            _ => self.raw_end(start, name),
        };
        self.at = end;
        match kind {
            RawKind::Rcdata => self.emit_text(start, end, true),
            RawKind::ScriptData if keep => self.emit_text(start, end, false),
            _ => {}
        }
        self.at = end;
    }

    /// Where the end tag `</name` begins, at or behind `from`.
    fn raw_end(&self, from: usize, name: &str) -> usize {
        let mut at = from;
        while let Some(found) = memmem::find(&self.bytes()[at..], b"</") {
            let here = at + found;
            if self.is_named(here + 2, name) {
                return here;
            }
            at = here + 2;
        }
        self.source.len()
    }

    fn is_named(&self, at: usize, name: &str) -> bool {
        let bytes = self.bytes();
        let same = bytes.get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        same && bytes.get(at + name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
    }

    /// The end of a script, minding that `<!-- <script>` hides one end tag ("script data double escaped").
    fn script_end(&self, from: usize) -> usize {
        let end = self.raw_end(from, "script");
        let Some(comment) = memmem::rfind(&self.bytes()[from..end], b"<!--").map(|n| from + n) else { return end };
        let closed = memmem::find(&self.bytes()[comment..end], b"-->").is_some();
        if closed || end == self.source.len() || !self.opens_script(comment, end) {
            return end;
        }
        let second = self.raw_end(end + 2, "script");
        if second == self.source.len() { end } else { second }
    }

    fn opens_script(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        while let Some(found) = memchr(b'<', &self.bytes()[at..to]) {
            if self.is_named(at + found + 1, "script") {
                return true;
            }
            at += found + 1;
        }
        false
    }

    /// Passes over the inside of `<svg>`, where its end tag is found.
    fn skip_drawing(&mut self) {
        if self.open_drawing {
            return;
        }
        let mut depth = 1;
        let mut at = self.at;
        while let Some(found) = memmem::find(&self.bytes()[at..], b"svg") {
            let here = at + found;
            let before = &self.bytes()[..here];
            if before.ends_with(b"</") {
                depth -= 1;
                if depth == 0 {
                    self.at = here - 2;
                    return;
                }
            } else if before.ends_with(b"<") {
                depth += 1;
            }
            at = here + 3;
        }
        self.open_drawing = true;
    }

    fn decoded(&self, from: usize, to: usize, in_attribute: bool) -> StrTendril {
        let raw = &self.source[from..to];
        match memchr2(b'&', 0, raw.as_bytes()) {
            None => self.whole.subtendril(from as u32, (to - from) as u32),
            Some(_) => entities::decode(raw, in_attribute).into(),
        }
    }

    fn emit_text(&mut self, from: usize, to: usize, entities: bool) {
        self.at = to;
        if from == to {
            return;
        }
        let text = match entities {
            true => self.decoded(from, to, false),
            false => self.whole.subtendril(from as u32, (to - from) as u32),
        };
        if !text.is_empty() {
            let _ = self.builder.process_token(Token::CharacterTokens(text), 1);
        }
    }
}
