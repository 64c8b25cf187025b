//! `muc [dev|tst1|tst2]`: coded events as incidents, against the templates of MUC-3 and MUC-4.
//!
//! The record codes acts and MUC wants incidents, so the acts of a story are joined here: same type of incident, same day,
//! same place, or nothing that tells them apart. Optional templates count neither way. A slot is right where one of its
//! answers and what was found share half of their words.

use crate::asked::EngineArgs;
use crate::bench::{Score, folder};
use anyhow::{Context, Result, bail};
use clap::Parser;
use hearsay::{Hearsay, Options};
use hearsay_types::{Coded, Event, Interval, Participant, ReadAs, SourceKind, Stance, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(Debug, Parser)]
struct Args {
    /// Which part: `dev`, `tst1` or `tst2`.
    #[arg(default_value = "dev")]
    part: String,
    /// Only every n-th story.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Print what is expected and found.
    #[arg(long)]
    misses: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

/// The slots that are scored, with their field in a template of the key.
const SLOTS: [(&str, &[u8]); 4] =
    [("perpetrator organisation", &[10]), ("victim", &[18, 19]), ("place", &[3]), ("date", &[2])];

/// A template of the key: for each field its answers, each a set of wordings.
#[derive(Debug, Default, Clone)]
struct Template {
    kind: String,
    optional: bool,
    fields: BTreeMap<u8, Vec<Vec<String>>>,
    confidence: String,
}

/// An incident: what acts of one story tell of together.
#[derive(Debug, Default, Clone)]
struct Incident {
    kind: &'static str,
    slots: [BTreeSet<String>; 4],
    day: Interval,
    confidence: &'static str,
    /// Whether it is no more than the harm that an act did, with nobody who did it.
    is_effect: bool,
    /// Whether the act itself tells where it was.
    is_placed: bool,
    /// The first act, as its sentence tells it; shown with the misses.
    told: String,
}

#[derive(Debug, Default)]
struct Tally {
    stories: usize,
    types: Score,
    slots: [Score; 4],
    confidence: (usize, usize),
}

/// Prints the scores.
pub fn run(args: &[String]) -> Result<()> {
    let args: Args = crate::asked::args("muc", args)?;
    let base = folder().join("events/muc").join(&args.part);
    if !base.exists() {
        println!("{} is absent; not measured", base.display());
        return Ok(());
    }
    let options = Options {
        engine: args.engine.tier(),
        engine_weights: args.engine.weights,
        read_as: ReadAs::Article,
        ..Options::default()
    };
    let hearsay = Hearsay::new(options)?;
    let keys = templates(&files(&base, true)?)?;
    let mut tally = Tally::default();
    for (id, text) in stories(&files(&base, false)?)?.into_iter().step_by(args.every.max(1)) {
        let none = Vec::new();
        let gold = keys.get(&id).unwrap_or(&none);
        let found = incidents(&hearsay, &id, &text);
        tally.stories += 1;
        tally.add(gold, found, args.misses.then_some(&id));
    }
    tally.print();
    Ok(())
}

fn files(base: &Path, key: bool) -> Result<Vec<PathBuf>> {
    let list = std::fs::read_dir(base).with_context(|| format!("{} cannot be read", base.display()))?;
    let mut paths = list.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    let name = |p: &PathBuf| p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    paths.retain(|p| name(p).starts_with("key") == key && !name(p).contains("info"));
    paths.sort();
    Ok(paths)
}

/// The number of a message, as in `DEV-MUC3-0001`.
fn message(line: &str) -> Option<String> {
    let id = line.split_whitespace().find(|w| w.contains("-MUC"))?;
    id.rsplit('-').next().filter(|n| n.len() == 4).map(|_| id.to_owned())
}

/// The stories with their lines joined to paragraphs.
fn stories(paths: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let mut out: Vec<(String, String)> = Vec::new();
    for path in paths {
        for line in std::fs::read_to_string(path)?.lines() {
            let line = line.trim();
            match message(line).filter(|_| line.ends_with(')') && line.len() < 40) {
                Some(id) => out.push((id, String::new())),
                None => {
                    let Some((_, text)) = out.last_mut() else { continue };
                    let glue = if line.is_empty() { "\n\n" } else { " " };
                    if !text.is_empty() && !(text.ends_with('\n') && (line.is_empty() || glue == " ")) {
                        text.push_str(glue);
                    }
                    text.push_str(line);
                }
            }
        }
    }
    if out.is_empty() {
        bail!("no story was found");
    }
    Ok(out)
}

fn templates(paths: &[PathBuf]) -> Result<BTreeMap<String, Vec<Template>>> {
    let mut out: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    for path in paths {
        let text = std::fs::read_to_string(path)?;
        let (mut id, mut field) = (String::new(), 0u8);
        for line in text.lines() {
            let (head, rest) = (line.get(..33).unwrap_or(""), line.get(33..).unwrap_or("").trim());
            if let Some(number) = head.split_once('.').and_then(|(n, _)| n.trim().parse().ok()) {
                field = number;
            }
            match (field, rest) {
                (_, "" | "*" | "-") => {}
                (0, _) => id = message(rest).unwrap_or_default(),
                (1, _) => out
                    .entry(id.clone())
                    .or_default()
                    .push(Template { optional: rest.contains("OPTIONAL"), ..Template::default() }),
                _ => {
                    if let Some(template) = out.get_mut(&id).and_then(|list| list.last_mut()) {
                        template.fill(field, rest);
                    }
                }
            }
        }
    }
    out.values_mut().for_each(|list| list.retain(|t| !t.kind.is_empty()));
    Ok(out)
}

impl Template {
    fn fill(&mut self, field: u8, text: &str) {
        let text = text.trim_start_matches(['?', ' ']);
        match field {
            4 => self.kind = text.split('/').next().unwrap_or("").trim().to_owned(),
            11 if self.confidence.is_empty() => {
                self.confidence = text.split(':').next().unwrap_or("").trim().to_owned()
            }
            2 | 3 => self.fields.entry(field).or_default().push(vec![text.to_owned()]),
            _ => {
                let answers = text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
                if !answers.is_empty() {
                    self.fields.entry(field).or_default().push(answers);
                }
            }
        }
    }

    /// The answers of a slot: each a list of wordings of which one is enough.
    fn answers(&self, fields: &[u8]) -> Vec<&Vec<String>> {
        fields.iter().filter_map(|f| self.fields.get(f)).flatten().collect()
    }
}

fn incidents(hearsay: &Hearsay, id: &str, text: &str) -> Vec<Incident> {
    let mut out: Vec<Incident> = Vec::new();
    for page in hearsay::pages::read(&format!("{id}.txt"), text.as_bytes()).flatten() {
        for coded in hearsay.run(&page).coded {
            for event in coded.events.iter().filter(|e| matters(e) && is_recent(&coded, e)) {
                let incident = incident(&coded, event);
                match out.iter_mut().find(|o| o.is_one_with(&incident)) {
                    Some(other) => other.join(incident),
                    None => out.push(incident),
                }
            }
        }
    }
    // What tells neither a victim nor, of a bomb, where it went off is told in passing.
    out.retain(|i| !i.slots[1].is_empty() || i.kind == BOMBING && i.is_placed);
    out
}

const BOMBING: &str = "BOMBING";

/// Verbs that tell the harm an act did, by their beginnings.
const EFFECTS: [&str; 9] = ["kill", "wound", "injur", "die", "dead", "destroy", "damag", "hurt", "casualt"];

/// MUC wants violence that was done, tried or threatened, and neither fighting between armed forces nor how things are in a war.
fn matters(event: &Event) -> bool {
    const ARMED: [&str; 22] = [
        "soldier",
        "troop",
        "guerrilla",
        "terrorist",
        "rebel",
        "subversive",
        "extremist",
        "insurgent",
        "patrol",
        "battalion",
        "combatant",
        "army",
        "contra",
        "military",
        "enemy",
        "camp",
        "clash",
        "barracks",
        "fighter",
        "garrison",
        "trafficker",
        "convoy",
    ];
    let armed = |p: &Participant| {
        let name = p.name.to_lowercase();
        ARMED.iter().any(|a| name.contains(a))
    };
    event.kind == "ASSAULT"
        && matches!(
            event.status,
            Status::Happened | Status::Alleged | Status::Disputed | Status::Threatened | Status::Unclear
        )
        && (event.recipients.is_empty() || !event.recipients.iter().all(|r| armed(r) || is_vague(&r.name)))
}

/// So many victims of one incident are beyond what MUC's stories tell: such a figure counts the dead of a war.
const MOST: u32 = 500;

/// "hundreds of peasants", "many journalists", "70,000 people": MUC wants incidents, and this tells how things are.
fn is_vague(name: &str) -> bool {
    const MANY: [&str; 9] =
        ["several", "many", "hundred", "hundreds", "thousands", "dozens", "numerous", "countless", "scores"];
    let plain = name.to_lowercase().replace(',', "");
    let year = |figure: &u32| (1900..2100).contains(figure) && !name.contains(',');
    plain.split(|c: char| !c.is_alphanumeric()).any(|word| {
        MANY.contains(&word) || word.parse().ok().filter(|f| !year(f)).is_some_and(|figure: u32| figure >= MOST)
    })
}

/// MUC leaves out what is older than two months and told as history.
fn is_recent(coded: &Coded, event: &Event) -> bool {
    let (day, told) = (event.time.as_ref().and_then(|t| t.interval.latest), coded.article.published.earliest);
    let old = day.zip(told).is_some_and(|(day, told)| day.duration_until(told).as_hours() > 60 * 24);
    !old && event.status != Status::Background
}

/// Words that name nobody.
fn is_bare(name: &str) -> bool {
    matches!(
        name,
        "HE" | "HIM" | "SHE" | "HER" | "IT" | "THEY" | "THEM" | "WE" | "US" | "I" | "ONES" | "ONE" | "HIMSELF"
    )
}

fn incident(coded: &Coded, event: &Event) -> Incident {
    let text = &coded.article.text;
    let trigger = event.trigger.of(text).to_lowercase();
    let bomb = |word: &str| ["bomb", "explo", "dynamit", "blew", "blast", "blow"].iter().any(|w| word.starts_with(w));
    let sentence = coded.parsed.sentences.get(event.sentence).map_or("", |s| s.span.of(text)).to_lowercase();
    let is_effect = EFFECTS.iter().any(|w| trigger.starts_with(w));
    let kind = match event.mode {
        Some("abduct") => "KIDNAPPING",
        Some("explosives" | "suicide-attack") => BOMBING,
        // Bombs that a plane drops are an attack.
        Some("aerial") => "ATTACK",
        _ if bomb(&trigger) => BOMBING,
        // "killed by a bomb": the harm is told, and the bomb beside it.
        _ if is_effect && sentence.split(|c: char| !c.is_alphanumeric()).any(bomb) => BOMBING,
        _ if ["burn", "torch", "set"].iter().any(|w| trigger.starts_with(w)) => "ARSON",
        _ => "ATTACK",
    };
    let names = |side: &[Participant]| side.iter().map(|p| p.name.to_uppercase()).filter(|n| !is_bare(n)).collect();
    // What tells no place happened, for all that MUC's readers knew, where the story was sent from.
    let sent = coded.article.dateline.as_ref().and_then(|d| d.place.clone());
    let place = event.place.as_ref().map(|p| p.name.clone()).or(sent).into_iter().map(|p| p.to_uppercase()).collect();
    let day = event.time.as_ref().map_or(coded.article.published, |t| t.interval);
    let date = day.as_day().map(|d| d.strftime("%d %b %y").to_string().to_uppercase()).into_iter().collect();
    Incident {
        kind,
        slots: [names(&event.actors), names(&event.recipients), place, date],
        day,
        confidence: sure(coded, event),
        is_effect: is_effect && event.actors.is_empty(),
        is_placed: event.place.is_some(),
        told: told(coded, event),
    }
}

/// An act as its sentence tells it.
fn told(coded: &Coded, event: &Event) -> String {
    let text = &coded.article.text;
    let sentence = coded.parsed.sentences.get(event.sentence);
    format!("{:?} [{}] {}", event.status, event.trigger.of(text), sentence.map_or("", |s| s.span.of(text)))
}

/// Which of two wordings holds for one perpetrator; nothing is told where an act names none.
fn rank(confidence: &str) -> usize {
    let order = [
        "",
        "REPORTED AS FACT",
        "POSSIBLE",
        "SUSPECTED OR ACCUSED",
        "SUSPECTED OR ACCUSED BY AUTHORITIES",
        "CLAIMED OR ADMITTED",
    ];
    order.iter().position(|o| *o == confidence).unwrap_or(0)
}

/// How the perpetrator is told, in MUC's words.
fn sure(coded: &Coded, event: &Event) -> &'static str {
    if event.actors.is_empty() {
        return "";
    }
    let claim = event.claim.and_then(|id| coded.claims.iter().find(|c| c.id == id));
    let Some(claim) = claim else {
        return if event.status == Status::Alleged { "SUSPECTED OR ACCUSED" } else { "REPORTED AS FACT" };
    };
    let source = &claim.source;
    let own = event
        .actors
        .iter()
        .any(|a| source.actor_id.is_some() && a.actor_id == source.actor_id || source.name.as_ref() == Some(&a.name));
    let official = matches!(claim.source.kind, SourceKind::Government | SourceKind::Office);
    match claim.stance {
        _ if own => "CLAIMED OR ADMITTED",
        Stance::Speculates | Stance::Doubts => "POSSIBLE",
        Stance::Accuses if official => "SUSPECTED OR ACCUSED BY AUTHORITIES",
        Stance::Accuses => "SUSPECTED OR ACCUSED",
        _ => "REPORTED AS FACT",
    }
}

impl Incident {
    fn is_one_with(&self, other: &Incident) -> bool {
        let place =
            self.slots[2].is_empty() || other.slots[2].is_empty() || !self.slots[2].is_disjoint(&other.slots[2]);
        // The harm that one sentence tells is that of the act which another told.
        let kind =
            self.kind == other.kind || (self.is_effect || other.is_effect) && !(self.is_effect && other.is_effect);
        kind && place && self.day.meet(other.day).is_some()
    }

    fn join(&mut self, other: Incident) {
        if self.is_effect && !other.is_effect || other.kind == BOMBING && self.kind == "ATTACK" {
            self.kind = other.kind;
        }
        self.is_effect &= other.is_effect;
        self.is_placed |= other.is_placed;
        for (mine, theirs) in self.slots.iter_mut().zip(other.slots) {
            mine.extend(theirs);
        }
        self.day = self.day.meet(other.day).unwrap_or(self.day);
        // Who is named once as a fact and once as a suspect is a suspect: the surer wording tells of the act.
        if rank(other.confidence) > rank(self.confidence) {
            self.confidence = other.confidence;
        }
    }
}

impl Tally {
    fn add(&mut self, gold: &[Template], mut found: Vec<Incident>, show: Option<&String>) {
        for template in gold {
            let right = |i: &&Incident| i.kind == template.kind;
            let shared =
                |i: &Incident| SLOTS.iter().enumerate().map(|(n, s)| hits(template, s.1, &i.slots[n])).sum::<usize>();
            let best = found.iter().filter(right).map(shared).max();
            let at = found.iter().position(|i| right(&i) && Some(shared(i)) == best);
            let incident = at.map(|at| found.remove(at));
            if let Some(id) = show {
                println!("{id} {} {:?} GOT {incident:?}", template.kind, template.fields);
            }
            if template.optional {
                continue;
            }
            self.types.gold += 1;
            self.types.found += usize::from(incident.is_some());
            self.types.right += usize::from(incident.is_some());
            self.compare(template, incident.unwrap_or_default());
        }
        if let Some(id) = show {
            found.iter().for_each(|i| println!("{id} IN VAIN {i:?} | {}", i.told));
        }
        self.types.found += found.len();
    }

    fn compare(&mut self, template: &Template, incident: Incident) {
        for (n, (_, fields)) in SLOTS.iter().enumerate() {
            let right = hits(template, fields, &incident.slots[n]);
            self.slots[n].gold += template.answers(fields).len();
            self.slots[n].found += incident.slots[n].len();
            self.slots[n].right += right;
            if n == 0 && right > 0 && !template.confidence.is_empty() {
                // The key gives alternatives with strokes between them.
                let told = template.confidence.split('/').any(|c| c.trim() == incident.confidence);
                self.confidence.0 += usize::from(told);
                self.confidence.1 += 1;
            }
        }
    }

    fn print(&self) {
        println!("stories {}  templates {}  incidents {}", self.stories, self.types.gold, self.types.found);
        println!("type {}", self.types);
        let mut all = Score::default();
        for (score, (name, _)) in self.slots.iter().zip(SLOTS) {
            println!("{name} {score}");
            all.gold += score.gold;
            all.found += score.found;
            all.right += score.right;
        }
        let (right, of) = self.confidence;
        println!("slots {all}\nconfidence {:.1} % of {of}", 100.0 * right as f64 / of.max(1) as f64);
    }
}

/// How many answers of a slot were found.
fn hits(template: &Template, fields: &[u8], found: &BTreeSet<String>) -> usize {
    let meets = |wording: &String| found.iter().any(|f| shares(wording, f));
    template.answers(fields).into_iter().filter(|answer| answer.iter().any(meets)).count()
}

/// Whether what was found shares half of its words with an answer, or half of the answer's.
fn shares(answer: &str, found: &str) -> bool {
    let bag = |text: &str| -> BTreeSet<String> {
        let small = ["THE", "A", "OF", "CITY", "DEPARTMENT", "TOWN"];
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !small.contains(w));
        words.map(str::to_owned).collect()
    };
    let (answer, found) = (bag(answer), bag(found));
    let shared = answer.intersection(&found).count();
    shared > 0 && (2 * shared >= answer.len() || 2 * shared >= found.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_starts_with_its_number_and_keeps_its_paragraphs() {
        let folder = std::env::temp_dir().join("hearsay-eval-muc");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("dev-one");
        std::fs::write(&path, "DEV-MUC3-0001 (X)\n\n   TOLM, 3 JAN 90 -- ONE\nTWO.\n\n   THREE.\n").unwrap();
        let stories = stories(&[path]).unwrap();
        assert_eq!(stories, [("DEV-MUC3-0001".to_owned(), "TOLM, 3 JAN 90 -- ONE TWO.\n\nTHREE.".to_owned())]);
    }

    #[test]
    fn crowds_without_a_figure_are_vague() {
        for vague in ["HUNDREDS, perhaps more", "many journalists", "70,000 Salvadorans"] {
            assert!(is_vague(vague), "{vague}");
        }
        for told in ["six priests", "victims of the 1989 raid", "134 passengers"] {
            assert!(!is_vague(told), "{told}");
        }
    }

    #[test]
    fn answers_of_one_line_are_wordings_of_one_thing() {
        let mut template = Template::default();
        template.fill(10, "? \"FRONT OF TOLM\" / \"FOT\"");
        template.fill(10, "\"RIDERS\"");
        template.fill(4, "ATTACK");
        assert_eq!((template.kind.as_str(), template.answers(&[10]).len()), ("ATTACK", 2));
        assert_eq!(hits(&template, &[10], &BTreeSet::from(["FOT".to_owned()])), 1);
        assert!(shares("EL SALVADOR: SAN LUIS (TOWN)", "SAN LUIS") && !shares("RIDERS", "WARDENS"));
    }
}
