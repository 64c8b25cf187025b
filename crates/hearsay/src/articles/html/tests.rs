//! Small pages about places and groups that do not exist, one for each trap.

use super::extract;
use hearsay_types::{Article, Declared, MediaType, Origin, Page, PageContent, PageId};
use jiff::civil::date;

const ONE: &str = "The council of Tarvos said on Monday that the bridge over the Ilmen would stay closed until the spring, after two of its pillars gave way in the flood.";
const TWO: &str = "Engineers from the Northern Works, who had warned of the damage in August, told reporters that repairs would cost four million marks and take at least six months.";
const THREE: &str = "“We asked for money three times, and three times we were sent home,” said their chief, Ada Orlu, who added that the ferries would run day and night.";
const FOUR: &str = "A spokesman for the ministry denied that any request had been refused, and said that the papers were still being read by its lawyers in the capital.";

fn page(html: &str) -> Page {
    Page {
        id: PageId::of(html.as_bytes()),
        path: "page.html".to_owned(),
        media_type: MediaType::Html,
        declared: Declared { url: Some("https://news.example/tarvos/bridge".to_owned()), ..Declared::default() },
        original: Vec::new(),
        encoding: "UTF-8",
        content: PageContent::Html(html.to_owned()),
        notes: Vec::new(),
    }
}

fn articles(html: &str) -> Vec<Article> {
    extract(&page(html), html).0
}

fn story() -> String {
    format!(
        "<h1>Bridge stays closed until spring</h1><div class='article-body'><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{FOUR}</p></div>"
    )
}

/// Around a story: what every site prints.
fn site(inner: &str) -> String {
    let menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li><li><a href='/sport'>Sport</a></li></ul></nav>";
    let foot = "<footer><p>© Tarvos Courier. All rights reserved.</p></footer>";
    format!(
        "<html lang='en'><head><title>Bridge stays closed until spring | Tarvos Courier</title></head><body>{menu}<main><article>{inner}</article></main>{foot}</body></html>"
    )
}

fn body(html: &str) -> String {
    articles(html).first().map(|a| a.text.clone()).unwrap_or_default()
}

#[test]
fn paragraphs_are_lines_with_spans_and_origins() {
    let html = site(&story());
    let article = &articles(&html)[0];
    assert_eq!(article.text, [ONE, TWO, THREE, FOUR].join("\n"));
    let spans: Vec<&str> = article.paragraphs.iter().map(|p| p.of(&article.text)).collect();
    assert_eq!(spans, [ONE, TWO, THREE, FOUR]);
    assert_eq!(article.origins.len(), 4);
    assert!(
        article.origins.windows(2).all(|o| matches!((o[0], o[1]), (Origin::Element(a), Origin::Element(b)) if a < b))
    );
    assert_eq!(article.title.as_deref(), Some("Bridge stays closed until spring"));
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn furniture_stays_out() {
    let cookie = "<div id='cookie-consent' class='modal'><p>We use cookies to make this site better. You can change your choice at any time in your settings.</p><button>Accept all</button></div>";
    let related = "<aside class='related'><h3>Read also</h3><ul><li><a href='/a'>Ferries run again on the lake</a></li><li><a href='/b'>Council meets in Tarvos</a></li></ul></aside>";
    let letter = "<div class='newsletter-signup'><p>Sign up for our newsletter.</p><form><input><button>Subscribe</button></form></div>";
    let share = "<ul class='share'><li><a href='#'>Facebook</a></li><li><a href='#'>E-mail</a></li></ul>";
    let text = body(&site(&format!("{cookie}{}{share}{letter}{related}", story())));
    assert_eq!(text, [ONE, TWO, THREE, FOUR].join("\n"));
}

#[test]
fn comments_are_counted_and_left_out() {
    let comment = |n: u32| {
        format!(
            "<li class='comment' id='comment-{n}'><div class='comment-body'><p>I crossed that bridge every day for twenty years, and nobody ever told us that it was dangerous. Shame on them!</p></div></li>"
        )
    };
    let html = site(&format!(
        "{}<section id='comments' class='comments'><h3>3 comments</h3><ol>{}{}{}</ol></section>",
        story(),
        comment(1),
        comment(2),
        comment(3)
    ));
    let article = &articles(&html)[0];
    assert_eq!(article.comments, 3);
    assert_eq!(article.text, [ONE, TWO, THREE, FOUR].join("\n"));
}

#[test]
fn an_endless_scroll_gives_its_stories_in_order() {
    let second = "<article><header><h1>Ferries of the lake to run at night</h1><p class='byline'>By B. Tam</p><time datetime='2021-05-06'>6 May 2021</time></header>\
        <div class='article-body'><p>The ferries of the Ilmen will run through the night from Friday, the Lake Company said, as long as the bridge is closed.</p>\
        <p>Its director, Coran Vell, told the Courier that four crews had been hired, and that a crossing would cost no more than it did before the flood.</p>\
        <p>Farmers on the eastern shore, who had lost their way to the market, said they would wait and see whether the boats came on time.</p></div></article>";
    let first = site(&format!(
        "<header><h1>Bridge stays closed until spring</h1><p class='byline'>By Ada Reed</p><time datetime='2021-05-04'>4 May 2021</time></header><div class='article-body'><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{FOUR}</p></div>"
    ));
    let html = first.replace("</article>", &format!("</article>{second}"));
    let found = articles(&html);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].text, [ONE, TWO, THREE, FOUR].join("\n"));
    assert_eq!(found[0].published.as_day(), Some(date(2021, 5, 4)));
    assert_eq!(found[1].title.as_deref(), Some("Ferries of the lake to run at night"));
    assert_eq!(found[1].nth, 1);
    assert!(found[1].text.starts_with("The ferries of the Ilmen") && found[1].text.ends_with("came on time."));
    assert_eq!(found[1].published.as_day(), Some(date(2021, 5, 6)));
    assert_eq!(found[1].byline.as_deref(), Some("B. Tam"));
    // A page that has a title of its own.
    let live = html.replace("<title>Bridge stays closed until spring |", "<title>Live: the flood hour by hour |");
    let found = articles(&live);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].title.as_deref(), Some("Bridge stays closed until spring"));
    assert_eq!(found[0].byline.as_deref(), Some("Ada Reed"));
    assert_eq!(found[0].published.as_day(), Some(date(2021, 5, 4)));
    assert_eq!(found[0].text, [ONE, TWO, THREE, FOUR].join("\n"));
}

#[test]
fn the_publisher_is_what_title_and_foot_both_say() {
    let html = site(&story());
    assert_eq!(articles(&html)[0].publisher.as_deref(), Some("Tarvos Courier"));
    // A section that only the menu says is no publisher, nor is what stands behind another title.
    assert_eq!(articles(&html.replace("| Tarvos Courier", "| World"))[0].publisher, None);
    assert_eq!(articles(&html.replace("<title>Bridge stays closed until spring", "<title>Welcome"))[0].publisher, None);
}

#[test]
fn a_live_blog_gives_its_posts() {
    let post = |n: u32, text: &str| {
        format!(
            "<div class='live-post'><time datetime='2021-05-04T1{n}:00'>1{n}:00</time><h2>Hour {n} at the bridge</h2><p>{text}</p></div>"
        )
    };
    let posts: String = [ONE, TWO, THREE, FOUR, ONE]
        .iter()
        .zip(0..)
        .map(|(t, n)| post(n, &t.replace("said", &format!("said at {n}"))))
        .collect();
    let html = format!(
        "<html lang='en'><head><title>Flood: live</title><script type='application/ld+json'>{{\"@type\":\"LiveBlogPosting\",\"headline\":\"Flood: live\"}}</script></head><body><main><h1>Flood: live</h1><div class='liveblog'>{posts}</div></main></body></html>"
    );
    assert!(articles(&html).len() >= 4, "{:?}", articles(&html).len());
}

#[test]
fn a_page_nested_without_end_is_read_in_time() {
    let deep = format!("{}{}{}", "<div><ul><li><b>".repeat(25_000), site(&story()), "</li></ul></div>".repeat(25_000));
    let start = std::time::Instant::now();
    let (found, notes) = extract(&page(&deep), &deep);
    assert!(notes.iter().any(|n| n.code == "depth-capped"));
    assert!(found.iter().any(|a| a.text.contains(TWO)));
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_tag_with_very_many_attributes_is_read_in_time() {
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    let html = format!("<p{attributes}>x</p>{}", site(&story()));
    let start = std::time::Instant::now();
    assert!(body(&html).contains(ONE));
    assert!(start.elapsed().as_secs() < 10);
}

#[test]
fn wrong_nesting_is_mended() {
    let html = format!("<html><body><table><p>{ONE}<b><p>{TWO}</b><i>{THREE}</p></i><tr><td><p>{FOUR}</table>");
    let text = body(&html);
    for part in [ONE, TWO, THREE, FOUR] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn a_layout_of_tables_and_breaks_is_read() {
    let menu = "<table width=100%><tr><td width=120><a href=/>Home</a><br><a href=/n>News</a><br><a href=/s>Sport</a><br><a href=/w>Weather</a></td>";
    let html = format!(
        "<html><head><title>Tarvos Courier - Bridge stays closed until spring</title></head><body bgcolor=white>{menu}<td><font size=5><b>Bridge stays closed until spring</b></font><br><br>{ONE}<br><br>{TWO}<br><br>{THREE}<br><br>{FOUR}<br><br><font size=1><a href=/>Home</a> | <a href=/mail>Mail us</a></font></td></tr></table></body></html>"
    );
    let text = body(&html);
    let lines: Vec<&str> = text.lines().filter(|l| l.len() > 100).collect();
    assert_eq!(lines, [ONE, TWO, THREE, FOUR]);
}

#[test]
fn an_arabic_page_is_read_whatever_language_it_declares() {
    let one = "قال متحدث باسم مجلس تارفوس، يوم الاثنين، إن الجسر فوق نهر إلمن سيبقى مغلقاً حتى الربيع بعد أن انهارت اثنتان من دعائمه في الفيضان.";
    let two =
        "وأضاف المهندسون الذين حذروا من الأضرار في أغسطس، أن الإصلاحات ستكلف أربعة ملايين وستستغرق ستة أشهر على الأقل.";
    let three = "ونفى متحدث باسم الوزارة رفض أي طلب، مؤكداً أن الأوراق لا تزال قيد الدراسة لدى محاميها في العاصمة.";
    let html = format!(
        "<html lang='en'><body><div><a href='/'>الرئيسية</a> <a href='/w'>العالم</a></div><h1>الجسر مغلق حتى الربيع</h1><div class='content'><p>{one}</p><p>{two}</p><p>{three}</p></div></body></html>"
    );
    let article = &articles(&html)[0];
    assert_eq!(article.text, [one, two, three].join("\n"));
    assert_eq!(article.title.as_deref(), Some("الجسر مغلق حتى الربيع"));
    assert_ne!(article.language.as_deref(), Some("en"));
}

#[test]
fn captions_come_once_with_their_credits() {
    let figures = "<figure><img src='a.jpg'><figcaption>The broken pillars of the bridge in Tarvos. <span class='credit'>Foto: A. Lind</span></figcaption></figure>\
        <figure><img src='b.jpg'><figcaption>A ferry on the Ilmen at night (Reuters)</figcaption></figure>\
        <figure><img src='a.jpg'><figcaption>The broken pillars of the bridge in Tarvos.</figcaption></figure>\
        <div class='image-caption'>Market women wait at the eastern shore. Photo: C. Dorr</div>";
    let html = site(&story().replace("<div class='article-body'>", &format!("<div class='article-body'>{figures}")));
    let article = &articles(&html)[0];
    let found: Vec<(&str, Option<&str>)> =
        article.captions.iter().map(|c| (c.text.as_str(), c.credit.as_deref())).collect();
    assert_eq!(
        found,
        [
            ("The broken pillars of the bridge in Tarvos.", Some("A. Lind")),
            ("A ferry on the Ilmen at night (Reuters)", Some("Reuters")),
            ("Market women wait at the eastern shore.", Some("C. Dorr")),
        ]
    );
    assert_eq!(article.text, [ONE, TWO, THREE, FOUR].join("\n"));
}

#[test]
fn structured_data_tells_who_and_when() {
    let data = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
        {"@type":["NewsArticle"],"headline":"Bridge stays closed until spring","datePublished":"2021-05-04T22:10:00+02:00",
        "dateModified":"2021-05-05","author":[{"@type":"Person","name":"Ada Reed"},{"name":"B. Tam"}],
        "publisher":{"@type":"Organization","name":"Tarvos Courier"}}]}</script><script type="application/ld+json">broken {</script>
        <link rel="canonical" href="/tarvos/bridge-closed"><meta property="article:published_time" content="2020-01-01">"#;
    let html = site(&story()).replace("</head>", &format!("{data}</head>"));
    let article = &articles(&html)[0];
    assert_eq!(article.byline.as_deref(), Some("Ada Reed, B. Tam"));
    assert_eq!(article.publisher.as_deref(), Some("Tarvos Courier"));
    assert_eq!(article.published.as_day(), Some(date(2021, 5, 4)));
    assert_eq!(article.modified.as_day(), Some(date(2021, 5, 5)));
    assert_eq!(article.url.as_deref(), Some("https://news.example/tarvos/bridge-closed"));
}

#[test]
fn days_are_found_in_falling_order_of_trust() {
    let with = |extra: &str| articles(&site(&story().replace("</h1>", &format!("</h1>{extra}"))))[0].published.as_day();
    assert_eq!(with("<time datetime='2021-05-04T10:00:00Z'>yesterday</time>"), Some(date(2021, 5, 4)));
    assert_eq!(with("<p class='date'>4 May 2021, 10:15</p>"), Some(date(2021, 5, 4)));
    assert_eq!(with("<p>Posted on 04.05.2021 by the desk</p>"), Some(date(2021, 5, 4)));
    assert_eq!(with(""), None);
}

#[test]
fn nothing_invisible_is_left_in_the_text() {
    let html = site(&story()).replace("bridge over", "bri&shy;dge&nbsp;\u{200b}over").replace("flood", "flo\u{feff}od");
    assert!(body(&html).starts_with(ONE));
}

#[test]
fn a_page_without_a_story_gives_none() {
    assert!(articles("").is_empty());
    assert!(articles("<html><body><img src='a.png'></body></html>").is_empty());
}
