//! `generate`: a made-up archive of any size, to measure how the record, the exports and the page stand up to it.
//!
//! Incidents of five years are told by one to seven publishers, each in its own words (`generate/grammar.txt`); numbers grow, some are
//! denied, some are quoted from private people. A stated share of the articles are reprints, cut or lightly edited. Countries, towns,
//! groups and people do not exist. Beside the folder lie the files of its actors and places, for `build --actors` and
//! `--gazetteer`. The same size gives the same files.

mod grammar;
mod world;

use anyhow::Result;
use clap::Parser;
use grammar::{Facts, Grammar, capital};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::fs;
use std::path::{Path, PathBuf};
use world::{State, World};

#[derive(Debug, Parser)]
struct Args {
    /// How many articles.
    count: usize,
    /// Where they are written; the actors and places beside it, as FOLDER.actors.tsv and FOLDER.places.txt.
    folder: PathBuf,
    /// Of a hundred articles so many are reprints.
    #[arg(long, default_value_t = 20)]
    reprints: usize,
}

/// Past and noun of an act.
const ACTS: [(&str, &str); 16] = [
    ("shelled", "shelling of"),
    ("bombed", "bombing of"),
    ("attacked", "attack on"),
    ("raided", "raid on"),
    ("stormed", "storming of"),
    ("ambushed soldiers near", "ambush near"),
    ("opened fire in", "shooting in"),
    ("fired rockets at", "rocket fire on"),
    ("besieged", "siege of"),
    ("withdrew from", "withdrawal from"),
    ("seized", "capture of"),
    ("set fire to houses in", "burning of"),
    ("arrested dozens in", "arrests in"),
    ("abducted drivers near", "abductions near"),
    ("fought rivals in", "battle for"),
    ("clashed with police in", "clashes in"),
];
const WORDS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Numbers that are the same on every machine (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }

    /// As [`Dice::roll`], but the first sides come up far more often.
    fn low(&mut self, sides: usize) -> usize {
        let share = self.roll(10_000) as f64 / 10_000.0;
        ((sides as f64 + 1.0).powf(share) - 1.0) as usize
    }
}

/// Something that happened, as far as anybody tells.
struct Incident<'a> {
    state: &'a State,
    other: &'a State,
    facts: Facts,
    day: Date,
    killed: usize,
}

/// An article, ready to be put on a page or to be printed again.
struct Story {
    title: String,
    paragraphs: Vec<String>,
    day: Date,
}

/// `generate N FOLDER [--reprints PERCENT]`
pub fn run(args: &[String]) -> Result<()> {
    let args: Args = crate::asked::args("generate", args)?;
    let mut dice = Dice(1_998);
    let (world, grammar) = (World::made(&mut dice), Grammar::read()?);
    let mut written = 0;
    while written < args.count {
        let incident = Incident::made(&world, &mut dice);
        for story in stories(&incident, &world, &grammar, args.reprints, &mut dice) {
            if written < args.count {
                write(&args.folder, written, &page(&story, &world, &mut dice))?;
                written += 1;
            }
        }
    }
    for (end, text) in [("actors.tsv", world.actors()), ("places.txt", world.places())] {
        fs::write(args.folder.with_extension(end), text)?;
    }
    println!("{written} articles in {}", args.folder.display());
    Ok(())
}

fn write(folder: &Path, nth: usize, page: &str) -> Result<()> {
    let into = folder.join(format!("{:03}", nth / 1_000));
    fs::create_dir_all(&into)?;
    Ok(fs::write(into.join(format!("{nth:06}.html")), page)?)
}

/// The articles about an incident: reports in words of their own, and reprints of some of them.
fn stories(incident: &Incident, world: &World, grammar: &Grammar, reprints: usize, dice: &mut Dice) -> Vec<Story> {
    let mut stories = Vec::new();
    for nth in 0..1 + dice.low(7) {
        stories.push(incident.told(nth, world, grammar, dice));
        while dice.roll(100) < reprints {
            let again = reprint(&stories[dice.roll(stories.len())], world, dice);
            stories.push(again);
        }
    }
    stories
}

/// The same text, cut at its end or lightly edited.
fn reprint(story: &Story, world: &World, dice: &mut Dice) -> Story {
    let mut paragraphs = story.paragraphs.clone();
    match dice.roll(4) {
        0 => paragraphs.truncate(paragraphs.len().div_ceil(2).max(3)),
        1 => paragraphs.push(format!("Reporting by {}.", world.person(dice))),
        2 => paragraphs.iter_mut().for_each(|p| *p = p.replace(" said that ", " said ").replace("some ", "about ")),
        _ => {}
    }
    Story { title: story.title.clone(), paragraphs, day: story.day + (dice.roll(3) as i64).days() }
}

impl<'a> Incident<'a> {
    fn made(world: &'a World, dice: &mut Dice) -> Incident<'a> {
        let state = &world.states[dice.low(world.states.len())];
        let other = &world.states[dice.roll(world.states.len())];
        let town = &state.towns[dice.low(state.towns.len())];
        let group = state.groups[dice.low(state.groups.len())].clone();
        let army = (format!("the {} army", state.adjective), format!("{} army", state.adjective));
        let group = (format!("the {group}"), group);
        let (doer, victim) = if dice.roll(2) == 0 { (army, group) } else { (group, army) };
        let act = dice.of(&ACTS);
        let facts = [
            ("town", town.name.clone()),
            ("district", state.districts[town.district].clone()),
            ("state", state.name.clone()),
            ("adjective.state", state.adjective.clone()),
            ("state2", other.name.clone()),
            ("doer", doer.0),
            ("doer.short", doer.1),
            ("victim", victim.0),
            ("victim.short", victim.1),
            ("act.past", act.0.to_owned()),
            ("act.noun", act.1.to_owned()),
        ];
        let day = date(2014, 1, 1) + (dice.roll(1_800) as i64).days();
        Incident { state, other, facts: Facts::from(facts), day, killed: 1 + dice.low(60) }
    }

    /// One report, the `nth` of the incident: later ones tell larger numbers.
    fn told(&self, nth: usize, world: &World, grammar: &Grammar, dice: &mut Dice) -> Story {
        let day = self.day + (1 + dice.low(5) as i64).days();
        let mut facts = self.facts.clone();
        let killed = self.killed + nth * dice.roll(3);
        facts.insert("killed", number(killed, dice));
        facts.insert("wounded", number(killed + dice.roll(30), dice));
        let quarter = &self.state.towns[dice.roll(self.state.towns.len())].name;
        facts.insert("quarter", format!("{}{}", ["Old ", "Upper ", "New ", ""][dice.roll(4)], quarter));
        let write = |rule: &str, dice: &mut Dice| {
            grammar.write(rule, &facts, dice, &|name, dice| self.other(name, world, dice))
        };
        let mut paragraphs = vec![write("Lead", dice)];
        if dice.roll(4) > 0 {
            paragraphs.push(write("Toll.line", dice));
        }
        let mut rest = Vec::new();
        for (rule, most) in [("Witness", 4), ("Answer", 2), ("Politics", 4), ("Past", 3), ("Aside", 7)] {
            (0..dice.roll(most + 1)).for_each(|_| rest.push(write(rule, dice)));
        }
        while !rest.is_empty() {
            let next = rest.swap_remove(dice.roll(rest.len()));
            match paragraphs.last_mut() {
                Some(last) if dice.roll(3) == 0 => last.extend([" ", next.as_str()]),
                _ => paragraphs.push(next),
            }
        }
        Story { title: write("Headline", dice), paragraphs, day }
    }

    /// What each use has anew.
    fn other(&self, name: &str, world: &World, dice: &mut Dice) -> Option<String> {
        Some(match name {
            "person" => world.person(dice),
            "town2" | "town3" => self.state.towns[dice.roll(self.state.towns.len())].name.clone(),
            "outlet" => dice.of(&world.outlets.iter().collect::<Vec<_>>()).clone(),
            "few" | "two" => WORDS[1 + dice.roll(8)].to_owned(),
            "times" => format!("{} times", WORDS[1 + dice.roll(6)]),
            "km" => (3 + dice.roll(90)).to_string(),
            "age" => (19 + dice.roll(60)).to_string(),
            "thousands" => format!("{},{:03}", 2 + dice.roll(60), 100 * dice.roll(10)),
            "year" => (1961 + dice.roll(51)).to_string(),
            "month" => MONTHS[dice.roll(12)].to_owned(),
            "weekday" => WEEKDAYS[dice.roll(7)].to_owned(),
            "when" => self.when(dice),
            "later" => ["a day later", "this week", "over the weekend", "in silence"][dice.roll(4)].to_owned(),
            "a.job" => format!("a {}", ["potter", "baker", "nurse", "teacher", "widow", "guard"][dice.roll(6)]),
            "state.other" => self.other.name.clone(),
            _ => return None,
        })
    }

    fn when(&self, dice: &mut Dice) -> String {
        let day = format!("{} {}", self.day.day(), MONTHS[self.day.month() as usize - 1]);
        let weekday = WEEKDAYS[self.day.weekday().to_monday_zero_offset() as usize];
        match dice.roll(6) {
            0 => format!("on {day}"),
            1 => format!("late on {weekday}"),
            2 => format!("on {weekday} night"),
            3 => format!("early on {weekday}, {day}"),
            4 => format!("on the evening of {day}"),
            _ => format!("on {weekday}"),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn number(n: usize, dice: &mut Dice) -> String {
    let word = WORDS.get(n.wrapping_sub(1)).filter(|_| dice.roll(3) > 0);
    word.map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

fn page(story: &Story, world: &World, dice: &mut Dice) -> String {
    let publisher = &world.outlets[dice.low(world.outlets.len())];
    let (title, day) = (capital(&story.title), story.day.strftime("%Y-%m-%d"));
    let host = publisher.to_lowercase().replace(' ', "");
    let slug = format!("{}/{}", story.day.strftime("%Y/%m"), dice.roll(100_000_000));
    let paragraphs: String = story.paragraphs.iter().map(|line| format!("<p>{line}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - {publisher}</title>\n\
         <meta property=\"article:published_time\" content=\"{day}T09:00:00Z\">\n\
         <meta property=\"og:site_name\" content=\"{publisher}\">\n\
         <link rel=\"canonical\" href=\"https://{host}.example/{slug}\">\n\
         <meta property=\"og:url\" content=\"https://{host}.example/{slug}\"></head>\n\
         <body><nav><a href=\"/\">Home</a> <a href=\"/world\">World</a></nav>\n<article><h1>{title}</h1>\n{paragraphs}</article>\n\
         <footer>{publisher}</footer></body></html>\n"
    )
}
