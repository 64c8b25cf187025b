//! Incidents of a made-up border: two rivers, nobody real.

use super::{Weights, incidents};
use crate::record::connect;
use hearsay_types::incident::{Count, Party, Report, Spot, Teller, Told};
use hearsay_types::*;

/// A report by a publisher, published on a day of April 2031.
fn report(publisher: &str, day: i8, sentence: &str, trigger: &str) -> Report {
    let article = ArticleId::of(&[publisher.as_bytes(), &[day as u8]]);
    let published = Interval::day(jiff::civil::date(2031, 4, day));
    Report {
        id: EventId::within(&article, &[sentence.as_bytes()]),
        article,
        story: StoryId::parse(&article.to_string()).unwrap(),
        publisher: Some(publisher.to_owned()),
        published,
        kind: "ASSAULT".into(),
        mode: None,
        quad: 4,
        actors: vec![],
        recipients: vec![],
        place: None,
        around: vec![],
        time: Some((published, Precision::Day)),
        times: vec![],
        numbers: vec![],
        status: Status::Happened,
        tellers: vec![teller(publisher, None, Polarity::Positive)],
        at: sentence.find(trigger).unwrap(),
        trigger: trigger.into(),
        sentence: sentence.into(),
    }
}

fn teller(name: &str, claim: Option<&str>, polarity: Polarity) -> Teller {
    let claim = claim.map(|key| ClaimId::of(&[key.as_bytes()]));
    Teller { claim, name: name.into(), actor_id: None, anonymous: false, certainty: Certainty::CT, polarity }
}

fn spot(name: &str, lat: f64) -> Spot {
    let (lat, lon) = (Some(lat), Some(10.0));
    Spot {
        id: Some(format!("made-up:{name}")),
        name: name.into(),
        lat,
        lon,
        country: None,
        precision: Precision::Settlement,
    }
}

fn killed(low: u64) -> Vec<Count> {
    vec![Count { kind: NumberKind::Killed, low: Some(low), high: Some(low) }]
}

/// Shells on a market told by three, one of them a reprint; the toll rises; a denial; and the like act in the next town.
fn archive() -> Vec<Report> {
    let first = "Shells hit the covered market of Velm on Wednesday, killing nine people, doctors said.";
    let mut one =
        Report { place: Some(spot("Velm", 12.0)), numbers: killed(9), ..report("Lake Post", 3, first, "hit") };
    one.tellers.push(teller("doctors", Some("1"), Polarity::Positive));
    let reprint = Report { story: one.story, ..Report { numbers: killed(9), ..report("Hill Mail", 3, first, "hit") } };
    let third = "Eleven people died when shells struck the market of Velm, the hospital said.";
    let mut later =
        Report { place: Some(spot("Velm", 12.0)), numbers: killed(11), ..report("River Wire", 4, third, "struck") };
    later.time = one.time;
    let no = "The River Front denied that it had shelled the market of Velm on Wednesday.";
    let mut denial = Report { place: Some(spot("Velm", 12.0)), ..report("River Wire", 5, no, "shelled") };
    denial.time = one.time;
    denial.status = Status::Denied;
    denial.tellers = vec![teller("River Front", Some("2"), Polarity::Negative)];
    denial.actors = vec![Party { actor_id: Some(ActorId::of(&[b"front"])), name: "River Front".into(), country: None }];
    let other = "Shells hit the harbour of Qarda on Wednesday, killing two.";
    let near = Report { place: Some(spot("Qarda", 13.0)), numbers: killed(2), ..report("Lake Post", 3, other, "hit") };
    vec![one, reprint, later, denial, near]
}

fn told(reports: Vec<Report>) -> Told {
    let leads = reports.iter().map(|r| (r.article, r.sentence.clone())).collect();
    Told { reports, leads, ..Told::default() }
}

fn sizes(linked: &Linked) -> Vec<usize> {
    let mut sizes: Vec<usize> = linked.incidents.iter().map(|i| i.events.len()).collect();
    sizes.sort_unstable();
    sizes
}

#[test]
fn reports_of_one_act_are_joined_and_the_like_act_elsewhere_is_not() {
    let linked = connect(told(archive()));
    assert_eq!(sizes(&linked), [1, 4], "{:#?}", linked.incidents);
    let incident = linked.incidents.iter().find(|i| i.events.len() == 4).unwrap();
    assert_eq!((incident.stories.len(), incident.status), (3, Status::Disputed));
    assert_eq!(incident.publishers.len(), 2, "a reprint is no publisher of its own: {:?}", incident.publishers);
    assert_eq!(incident.tellers_against.iter().map(|v| v.name.as_str()).collect::<Vec<_>>(), ["River Front"]);
    let tally = &incident.numbers[0];
    assert_eq!((tally.low, tally.high, tally.by.len()), (Some(9), Some(11), 2));
    assert!(
        incident.changes.iter().any(|c| (c.before.as_str(), c.now.as_str()) == ("9", "11")),
        "{:?}",
        incident.changes
    );
    let why: Vec<&str> = incident.events.iter().map(|j| j.why.as_str()).collect();
    assert!(why[0].starts_with("It is the first report") && why[1].contains("in a reprint"), "{why:#?}");
    assert!(why[2].contains("same place (Velm)"), "{why:#?}");
    let dispute = &linked.disputes[0];
    assert_eq!((dispute.incident, linked.disputes.len()), (Some(incident.id), 1));
}

#[test]
fn the_order_of_reports_does_not_matter() {
    let mut turned = archive();
    turned.reverse();
    assert_eq!(connect(told(archive())), connect(told(turned)));
}

#[test]
fn people_merge_and_split() {
    let reports = archive();
    let (one, later, near) = (reports[0].id, reports[2].id, reports[4].id);
    let mut split = told(reports.clone());
    split.corrected.apart = vec![(one, later)];
    let incident_of =
        |linked: &[Incident], id| linked.iter().position(|i| i.events.iter().any(|j| j.event == id)).unwrap();
    let linked = connect(split).incidents;
    assert_ne!(incident_of(&linked, one), incident_of(&linked, later));
    let mut merged = told(reports);
    merged.corrected.together = vec![(one, near)];
    let linked = connect(merged).incidents;
    let at = incident_of(&linked, one);
    assert_eq!(at, incident_of(&linked, near));
    assert!(linked[at].events.iter().any(|j| j.why.contains("A person put it together")));
}

#[test]
fn an_incident_keeps_its_id_when_a_report_with_a_greater_id_comes() {
    let mut reports = archive();
    reports.sort_by_key(|r| r.id);
    let all = incidents(&told(reports.clone()), Weights::shipped());
    let kept = all.iter().find(|i| i.events.len() == 4).unwrap();
    let greatest = kept.events.iter().map(|j| j.event).max().unwrap();
    reports.retain(|r| r.id != greatest);
    let fewer = incidents(&told(reports), Weights::shipped());
    assert!(fewer.iter().any(|i| i.id == kept.id));
}

/// Some ten events an article, of a thousand towns and five hundred actors over a year: prints how long joining takes.
#[test]
#[ignore = "prints figures; run it by hand in release"]
#[allow(clippy::print_stdout)] // Figures are what it puts out.
fn figures() {
    let mut seed = 7u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let kinds = ["ASSAULT", "CONSULT", "ACCUSE", "COERCE", "AGREE"];
    let mut reports = Vec::new();
    for n in 0..10_000 {
        let month = random(12) as i8 + 1;
        for at in 0..10 {
            let words: Vec<String> = (0..18).map(|_| format!("word{}", random(4_000))).collect();
            let town = random(1_000);
            let sentence = format!("Group {} struck Town{town} {} on the day.", random(500), words.join(" "));
            let mut one = report(&format!("Paper {}", n % 90), 1 + random(27) as i8, &sentence, "struck");
            one.article = ArticleId::of(&[&(n as u64).to_le_bytes()]);
            one.story = StoryId::parse(&one.article.to_string()).unwrap();
            one.id = EventId::within(&one.article, &[&[at], sentence.as_bytes()]);
            one.published = Interval::day(jiff::civil::date(2031, month, one.published.earliest.unwrap().day()));
            one.time = Some((one.published, Precision::Day)).filter(|_| at % 2 == 0);
            one.kind = kinds[random(kinds.len())].into();
            one.actors =
                vec![Party { actor_id: Some(ActorId::of(&[&(random(500) as u32).to_le_bytes()])), ..Party::default() }];
            one.place = Some(spot(&format!("Town{town}"), town as f64 / 12.0)).filter(|_| at % 3 > 0);
            reports.push(one);
        }
    }
    let told = told(reports);
    let begun = std::time::Instant::now();
    let linked = connect(told);
    println!("{} incidents in {:.1} s", linked.incidents.len(), begun.elapsed().as_secs_f64());
}
