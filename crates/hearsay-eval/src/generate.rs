//! `generate`: a made-up archive of any size, to measure how the record, the exports and the page stand up to it.
//!
//! Incidents are told by one to five publishers, some by reprints of one text; numbers grow, some are denied, some are quoted from
//! private people. Countries, towns, groups and people do not exist. The same size gives the same files.

use anyhow::{Context, Result};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const TOWNS: [&str; 24] = [
    "Qarda",
    "Velm",
    "Osti Gate",
    "Marnok",
    "Sur Hadda",
    "Umm Dair",
    "Tolmere",
    "Brakka",
    "Ilvane",
    "Dorsk",
    "Khanat",
    "Pell Ford",
    "Sarrin",
    "Wadi Teyn",
    "Ombre",
    "Hadrin",
    "Merun",
    "Qasrel",
    "Ustar",
    "Belm",
    "Torva",
    "Anzeh",
    "Rukka",
    "Lenn",
];
const GROUPS: [&str; 12] = [
    "Ilvane Liberation Front",
    "Stone Brigades",
    "River Front",
    "Hill Guard",
    "Khanat Resistance Movement",
    "Army of the Salt Road",
    "Northern Islamic Front",
    "Brakka Martyrs Brigade",
    "Free Velm Movement",
    "Torva People's Army",
    "Sarrin Defence Forces",
    "Umm Dair Battalion",
];
const STATES: [(&str, &str); 4] =
    [("Tolvar", "Tolvaran"), ("Belquar", "Belquari"), ("Orvia", "Orvian"), ("Marnland", "Marnish")];
const PUBLISHERS: [&str; 12] = [
    "Hadrin Courier",
    "Lake Post",
    "Northlight",
    "Velm Wire",
    "Iven Today",
    "Merun Herald",
    "Salt Road Times",
    "Orvia Monitor",
    "The Crossing",
    "Delta Review",
    "Border Gazette",
    "Qarda Evening News",
];
const FIRST: [&str; 16] = [
    "Ilka", "Samir", "Tam", "Oda", "Ren", "Mahir", "Sela", "Jonas", "Huda", "Petar", "Nadia", "Anton", "Leyla",
    "Viktor", "Rima", "Osan",
];
const LAST: [&str; 20] = [
    "Dorn", "Haddun", "Reed", "Velmar", "Talem", "Krost", "Besim", "Ardane", "Solt", "Marrak", "Ostrey", "Qadir",
    "Lunde", "Farrow", "Zaher", "Brem", "Nasrin", "Holt", "Varga", "Yusuf",
];
const ACTS: [(&str, &str); 10] = [
    ("shelled", "shelling"),
    ("bombed", "bombing"),
    ("attacked", "attack on"),
    ("raided", "raid on"),
    ("stormed", "storming of"),
    ("ambushed a convoy near", "ambush near"),
    ("opened fire in", "shooting in"),
    ("fired rockets at", "rocket fire on"),
    ("besieged", "siege of"),
    ("withdrew from", "withdrawal from"),
];
const ASIDES: [&str; 10] = [
    "The road to the river was closed to all traffic for most of the day.",
    "Shops in the old market stayed shut, and schools sent pupils home at noon.",
    "The area has changed hands three times since the truce of 1998.",
    "It was not possible to reach the governor's office by telephone.",
    "Rain had fallen for a week, and parts of the valley were under water.",
    "Aid agencies said they had stopped their convoys until further notice.",
    "Talks between the two sides were broken off in the spring.",
    "Electricity was cut in the eastern quarters and came back towards evening.",
    "A curfew was announced for the night by the district council.",
    "The price of bread has doubled since the bridge was damaged.",
];

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
}

/// Something that happened, as far as anybody tells.
struct Incident {
    town: &'static str,
    group: &'static str,
    state: (&'static str, &'static str),
    act: (&'static str, &'static str),
    day: usize,
    killed: usize,
    witness: String,
    spokesman: String,
    by_state: bool,
}

/// `generate N FOLDER`
pub fn run(args: &[String]) -> Result<()> {
    let [count, folder] = args else { anyhow::bail!("generate N FOLDER") };
    let (count, folder) = (count.parse::<usize>().context("N is a number")?, Path::new(folder));
    let mut dice = Dice(1_998);
    let mut written = 0;
    while written < count {
        let incident = incident(&mut dice);
        let told = 1 + dice.roll(5);
        let mut wire: Option<String> = None;
        for nth in 0..told.min(count - written) {
            let body = match &wire {
                Some(text) if dice.roll(3) == 0 => text.clone(),
                _ => body(&incident, nth, &mut dice),
            };
            let page = page(&incident, nth, &body, &mut dice);
            let into = folder.join(format!("{:03}", written / 1_000));
            fs::create_dir_all(&into)?;
            fs::write(into.join(format!("{written:06}.html")), page)?;
            wire.get_or_insert(body);
            written += 1;
        }
    }
    println!("{written} articles in {}", folder.display());
    Ok(())
}

fn incident(dice: &mut Dice) -> Incident {
    let person = |dice: &mut Dice| format!("{} {}", dice.of(&FIRST), dice.of(&LAST));
    Incident {
        town: dice.of(&TOWNS),
        group: dice.of(&GROUPS),
        state: dice.of(&STATES),
        act: dice.of(&ACTS),
        day: dice.roll(730),
        killed: dice.roll(14),
        witness: person(dice),
        spokesman: person(dice),
        by_state: dice.roll(2) == 0,
    }
}

/// A day counted from the first of January 2014, in years of twelve months of thirty days.
fn date(day: usize) -> (usize, usize, usize) {
    (2014 + day / 360, day / 30 % 12 + 1, day % 28 + 1)
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

fn body(i: &Incident, nth: usize, dice: &mut Dice) -> String {
    let (_, month, day) = date(i.day);
    let when = format!("on {day} {}", MONTHS[month - 1]);
    let army = format!("the {} army", i.state.1);
    let (doer, victim) = if i.by_state { (army.as_str(), i.group) } else { (i.group, army.as_str()) };
    let doer = if i.by_state { doer.to_owned() } else { format!("the {doer}") };
    // Numbers grow as reports come in.
    let killed = if i.killed == 0 { 0 } else { i.killed + nth * dice.roll(2) };
    let mut out = String::new();
    let lead = match dice.roll(3) {
        0 => format!("Fighters and residents said that {doer} {} {} {when}.", i.act.0, i.town),
        1 => format!("{} {} {} {when}, a spokesman for the district council said.", capital(&doer), i.act.0, i.town),
        _ => format!(
            "{} {} {} {when}, according to the {} Observatory for Human Rights.",
            capital(&doer),
            i.act.0,
            i.town,
            i.state.1
        ),
    };
    let _ = writeln!(out, "{lead}");
    if killed > 0 {
        let who = ["people", "soldiers", "fighters", "civilians"][dice.roll(4)];
        let _ = writeln!(
            out,
            "At least {killed} {who} were killed and {} were wounded, hospital officials said.",
            killed + dice.roll(9)
        );
    }
    let _ = writeln!(
        out,
        "“We heard it from the river, and then the windows broke,” said {}, who keeps a shop in {}.",
        i.witness, i.town
    );
    match dice.roll(4) {
        0 => {
            let _ = writeln!(
                out,
                "{}, a spokesman for {victim}, denied that anybody had been hit. “Nothing of the kind took place,” he said.",
                i.spokesman
            );
        }
        1 => {
            let _ = writeln!(
                out,
                "{} denied the {} {}. “Our men were not there,” {}, its spokesman, said.",
                capital(&doer),
                i.act.1,
                i.town,
                i.spokesman
            );
        }
        2 => {
            let _ = writeln!(
                out,
                "{}'s foreign ministry accused {doer} of breaking the truce and threatened to close the border.",
                i.state.0
            );
        }
        _ => {
            let _ = writeln!(
                out,
                "Two officials, who spoke on condition of anonymity, said {doer} planned to send more men to {}.",
                dice.of(&TOWNS)
            );
        }
    }
    for _ in 0..2 + dice.roll(4) {
        let _ = writeln!(out, "{}", dice.of(&ASIDES));
    }
    out
}

fn page(i: &Incident, nth: usize, body: &str, dice: &mut Dice) -> String {
    let (year, month, day) = date(i.day + 1 + nth.min(1));
    let publisher = dice.of(&PUBLISHERS);
    let title = format!("{} {}: what is known", capital(i.act.1), i.town);
    let slug = format!("{year}/{month:02}/{}-{nth}-{}", i.town.to_lowercase().replace(' ', "-"), dice.roll(1_000_000));
    let host = publisher.to_lowercase().replace(' ', "");
    let paragraphs: String = body.lines().map(|line| format!("<p>{line}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - {publisher}</title>\n\
         <meta property=\"article:published_time\" content=\"{year}-{month:02}-{day:02}T09:00:00Z\">\n\
         <meta property=\"og:site_name\" content=\"{publisher}\">\n\
         <link rel=\"canonical\" href=\"https://{host}.example/{slug}\">\n\
         <meta property=\"og:url\" content=\"https://{host}.example/{slug}\"></head>\n\
         <body><nav><a href=\"/\">Home</a> <a href=\"/world\">World</a></nav>\n<article><h1>{title}</h1>\n{paragraphs}</article>\n\
         <footer>{publisher}</footer></body></html>\n"
    )
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + chars.as_str())
}
