//! Title, byline, publisher, address and language of a page's story.

use super::blocks::{Blocks, FAR};
use super::dom::{Dom, Tag};
use super::head::Head;
use super::jsonld;
use super::text::{clean, words};
use hearsay_types::Page;

/// What separates a headline from the site's name in a `title` element.
const SEPARATORS: [&str; 10] = [" | ", " - ", " – ", " — ", " » ", " :: ", " · ", " • ", " / ", " ‹ "];

/// The headline of the page, without the site's name.
pub(super) fn title(dom: &Dom, head: &Head) -> Option<String> {
    let told = told_titles(head);
    let h1s = headings(dom);
    // A heading that another source confirms is the headline as printed.
    let confirmed = h1s.iter().find(|h| told.iter().any(|t| alike(h, t)));
    if let Some(h1) = confirmed {
        return Some(h1.clone());
    }
    if let [only] = &h1s[..]
        && words(only).count() > 2
    {
        return Some(only.clone());
    }
    told.into_iter().next().or_else(|| h1s.into_iter().next())
}

/// What the page gives as its title, likeliest first, without the site's name.
pub(super) fn told_titles(head: &Head) -> Vec<String> {
    let mut out: Vec<String> = head.stories().filter_map(|t| jsonld::string(t, "headline")).take(1).collect();
    let metas = ["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title"];
    out.extend(metas.iter().filter_map(|m| head.first(&[m])).map(|t| without_site(t, head)));
    out.extend(head.title.as_deref().map(|t| without_site(t, head)));
    out.retain(|t| !t.is_empty());
    out
}

/// The block of the headline as the page prints it: the last heading before the text that says what the page gives as
/// its title.
pub(super) fn headline_block(blocks: &Blocks, head: &Head) -> Option<usize> {
    let told = told_titles(head);
    let heading = |n: &usize| {
        let bx = blocks.bx(&blocks.all[*n]);
        let up = &blocks.boxes[bx.parent as usize];
        [bx.tag, up.tag].iter().any(|t| matches!(t, Tag::H1 | Tag::H2))
    };
    (0..blocks.all.len()).filter(heading).find(|n| told.iter().any(|t| alike(blocks.text(&blocks.all[*n]), t)))
}

fn headings(dom: &Dom) -> Vec<String> {
    let h1s = dom.descendants(Dom::ROOT).filter(|id| dom.tag(*id) == Tag::H1);
    let mut out: Vec<String> = h1s.map(|id| clean(&spaced(dom, id))).filter(|t| !t.is_empty()).collect();
    out.dedup();
    out
}

/// The text of an element with spaces between its parts.
fn spaced(dom: &Dom, top: u32) -> String {
    let mut out = String::new();
    for id in dom.descendants(top) {
        match &dom.node(id).kind {
            super::dom::Kind::Text(t) => out.push_str(t),
            super::dom::Kind::Element(e)
                if !matches!(e.tag, Tag::A | Tag::B | Tag::I | Tag::Em | Tag::Strong | Tag::Sup | Tag::Sub) =>
            {
                out.push(' ')
            }
            _ => {}
        }
        if out.len() > 2000 {
            break;
        }
    }
    out
}

/// Whether two titles say the same, but for a part that one has more.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let set = |t: &str| words(t).map(str::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (set(a), set(b));
    let common = a.iter().filter(|w| b.contains(w)).count();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    short > 0 && common * 10 >= short * 8 && common * 10 >= long * 5
}

/// A title without the name of its site at either end.
fn without_site(title: &str, head: &Head) -> String {
    let site = head.first(&["og:site_name", "application-name"]).unwrap_or("");
    for separator in SEPARATORS {
        if let Some((start, end)) = title.rsplit_once(separator) {
            let known = !site.is_empty() && alike(end, site);
            if known || words(start).count() > 2 * words(end).count() {
                return without_site(start, head);
            }
            if !site.is_empty() && title.split_once(separator).is_some_and(|(first, _)| alike(first, site)) {
                return title.split_once(separator).map_or("", |(_, rest)| rest).to_owned();
            }
        }
    }
    title.trim().to_owned()
}

/// Who published it. Where the page's data do not tell, the site's name behind the headline in the `title` element, if the
/// foot of the page says it too.
pub(super) fn publisher(head: &Head, blocks: &Blocks) -> Option<String> {
    let told = head.stories().find_map(|t| jsonld::string(t, "publisher")).filter(|p| !p.starts_with("http"));
    let meta = || {
        head.first(&["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"])
            .map(str::to_owned)
    };
    told.or_else(meta).filter(|p| !p.starts_with("http")).or_else(|| site_in_title(head, blocks))
}

/// A name has at most so many words; what is longer is a part of the headline.
const NAME: usize = 5;

fn site_in_title(head: &Head, blocks: &Blocks) -> Option<String> {
    let title = head.title.as_deref()?;
    let cut = SEPARATORS.iter().filter_map(|s| title.rsplit_once(s)).max_by_key(|(start, _)| start.len());
    let (start, name) = cut.map(|(start, name)| (start.trim(), name.trim()))?;
    let foot = |n: &usize| {
        let (block, text) = (&blocks.all[*n], blocks.text(&blocks.all[*n]));
        let bx = blocks.bx(block);
        let at_foot = bx.around(Tag::Footer) < FAR || bx.hint("footer") < FAR || text.contains('©');
        at_foot && text.contains(name) && words(text).count() > words(name).count()
    };
    let headline = blocks.all.iter().any(|b| alike(blocks.text(b), start));
    ((1..=NAME).contains(&words(name).count()) && headline && (0..blocks.all.len()).any(|n| foot(&n)))
        .then(|| name.to_owned())
}

/// The byline that stands between a story's headline and its text: "By" and names.
pub(super) fn printed_byline(blocks: &Blocks, between: std::ops::Range<usize>) -> Option<String> {
    let signed = blocks.all.get(between)?.iter().filter(|b| b.stats.units < 150.0 && blocks.bx(b).hint("byline") < 2);
    let names = signed.filter_map(|b| blocks.text(b).trim().split_once(' '));
    names.filter(|(by, _)| by.eq_ignore_ascii_case("by")).map(|(_, names)| clean(names)).find(|names| !names.is_empty())
}

/// The address as the page itself gives it, or as it was captured.
pub(super) fn url(page: &Page, head: &Head) -> Option<String> {
    let base = page.declared.url.as_deref().and_then(|u| url::Url::parse(u).ok());
    let told = head.canonical.as_deref().or_else(|| head.first(&["og:url"]));
    let full = told.and_then(|t| match &base {
        Some(base) => base.join(t.trim()).ok(),
        None => url::Url::parse(t.trim()).ok(),
    });
    // A page that gives its site's front page as its address does not give its own.
    let own = full.filter(|u| u.path().len() > 1 || base.as_ref().is_none_or(|b| b.path().len() <= 1));
    own.map(String::from).or_else(|| page.declared.url.clone())
}

/// The language as a BCP 47 tag: the declared one, unless the text is in another script; else none, and the text tells.
pub(super) fn language(head: &Head, text: &str) -> Option<String> {
    let names = ["content-language", "og:locale", "dc.language", "inlanguage"];
    let declared = head.lang.as_deref().and_then(tag).or_else(|| head.first(&names).and_then(tag));
    let script = whatlang::detect_script(text);
    declared.filter(|told| script.is_none_or(|s| same_script(told, s)))
}

fn tag(raw: &str) -> Option<String> {
    let raw = raw.split([',', ';', ' ']).next()?.replace('_', "-");
    let mut parts = raw.split('-');
    let language = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let rest = parts.filter(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric())).map(|p| {
        match p.len() {
            2 => p.to_ascii_uppercase(),
            4 => format!("{}{}", p[..1].to_ascii_uppercase(), p[1..].to_ascii_lowercase()),
            _ => p.to_owned(),
        }
    });
    Some(std::iter::once(language).chain(rest).collect::<Vec<_>>().join("-"))
}

/// Whether a text in this script can be in the language that the page declares: many pages of Arabic sites say `en`.
fn same_script(tag: &str, script: whatlang::Script) -> bool {
    use whatlang::Script;
    let language = tag.split('-').next().unwrap_or("");
    let latin = !matches!(
        language,
        "ar" | "fa"
            | "ur"
            | "ps"
            | "he"
            | "yi"
            | "ru"
            | "uk"
            | "bg"
            | "mk"
            | "be"
            | "zh"
            | "ja"
            | "ko"
            | "th"
            | "hi"
            | "el"
            | "ka"
            | "hy"
            | "am"
            | "bn"
            | "ta"
            | "te"
    );
    match script {
        Script::Latin => latin,
        _ => !matches!(
            language,
            "en" | "fr" | "de" | "es" | "it" | "pt" | "nl" | "sv" | "pl" | "tr" | "cs" | "da" | "fi"
        ),
    }
}

/// Who wrote it.
pub(super) fn byline(head: &Head) -> Option<String> {
    let told: Vec<String> = head.stories().flat_map(|t| jsonld::strings(t, "author")).collect();
    let metas =
        ["author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"];
    let meta = metas.iter().flat_map(|m| head.all(m)).map(str::to_owned);
    let mut names: Vec<String> = Vec::new();
    for name in told.into_iter().chain(meta).map(|n| without_by(&n)) {
        let good = !name.is_empty() && !name.contains("://") && name.chars().count() < 100;
        if good && !names.iter().any(|n| n.contains(&name) || name.contains(n.as_str())) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

fn without_by(name: &str) -> String {
    let lower = name.to_lowercase();
    let by = ["by ", "von ", "par ", "por ", "di "].iter().find(|b| lower.starts_with(*b));
    by.and_then(|b| name.get(b.len()..)).unwrap_or(name).trim().to_owned()
}
