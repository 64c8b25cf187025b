//! The made-up world of a made-up archive: states, towns, groups, outlets, people.

use super::Dice;
use std::fmt::Write;

/// A state and what belongs to it.
pub(super) struct State {
    pub(super) name: String,
    pub(super) adjective: String,
    /// Two letters that no country has (ISO 3166 leaves XA to XZ to users).
    pub(super) code: String,
    pub(super) districts: Vec<String>,
    pub(super) towns: Vec<Town>,
    /// Armed groups that fight it.
    pub(super) groups: Vec<String>,
}

pub(super) struct Town {
    pub(super) name: String,
    pub(super) district: usize,
    pub(super) at: (f64, f64),
}

pub(super) struct World {
    pub(super) states: Vec<State>,
    pub(super) outlets: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
}

const ONSETS: [&str; 24] = [
    "b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kh", "l", "m", "n", "p", "q", "r", "s", "sh", "t", "tr", "v", "w",
    "y", "z",
];
const VOWELS: [&str; 9] = ["a", "e", "i", "o", "u", "aa", "ei", "ou", "ia"];
const ENDS: [&str; 14] = ["n", "r", "l", "m", "sk", "th", "d", "rt", "nn", "st", "k", "rra", "vo", "ne"];
const GROUPS: [&str; 14] = [
    "{} Liberation Front",
    "{} Brigades",
    "Army of {}",
    "{} Martyrs Brigade",
    "Free {} Movement",
    "{} People's Army",
    "{} Defence Forces",
    "{} Battalion",
    "National Council of {}",
    "{} Resistance",
    "Guard of {}",
    "Sons of {}",
    "{} Revolutionary Front",
    "Union of {} Fighters",
];
const OUTLETS: [&str; 12] = [
    "{} Courier",
    "{} Post",
    "{} Wire",
    "{} Today",
    "{} Herald",
    "{} Times",
    "{} Monitor",
    "{} Review",
    "{} Gazette",
    "{} Evening News",
    "Radio {}",
    "{} Observer",
];

/// A made-up name of `parts` syllables.
fn name(dice: &mut Dice, parts: usize) -> String {
    let mut name = String::new();
    for _ in 0..parts {
        let _ = write!(name, "{}{}", dice.of(&ONSETS), dice.of(&VOWELS));
    }
    super::grammar::capital(&(name + dice.of(&ENDS)))
}

/// So many names, no two the same.
fn names(dice: &mut Dice, count: usize, parts: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    while names.len() < count {
        let next = name(dice, parts);
        if !names.contains(&next) {
            names.push(next);
        }
    }
    names
}

impl World {
    pub(super) fn made(dice: &mut Dice) -> World {
        let states = (0..6u8).map(|n| State::made(n, dice)).collect();
        let outlets =
            names(dice, 60, 2).iter().enumerate().map(|(n, name)| OUTLETS[n % 12].replace("{}", name)).collect();
        World { states, outlets, first: names(dice, 150, 1), last: names(dice, 900, 2) }
    }

    pub(super) fn person(&self, dice: &mut Dice) -> String {
        format!("{} {}", self.first[dice.roll(self.first.len())], self.last[dice.roll(self.last.len())])
    }

    /// The actors, as `hearsay build --actors` reads them.
    pub(super) fn actors(&self) -> String {
        let mut out = String::new();
        for state in &self.states {
            let (low, three) = (state.name.to_lowercase(), format!("{}A", state.code));
            let _ = writeln!(out, "{low}\t{}\tgovernment\t{three}\tGOV\t-\t{} government", state.name, state.adjective);
            for (part, sector) in
                [("army", "MIL"), ("police", "COP"), ("interior ministry", "GOV"), ("defence ministry", "GOV")]
            {
                let key = part.replace(' ', "-");
                let _ =
                    writeln!(out, "{low}-{key}\t{0} {part}\tstate_body\t{three}\t{sector}\t{low}\t-", state.adjective);
            }
            for (n, group) in state.groups.iter().enumerate() {
                let _ = writeln!(out, "{low}-{n}\t{group}\tarmed_group\t{three}\tREB\t-\t-");
            }
        }
        for (n, outlet) in self.outlets.iter().enumerate() {
            let _ = writeln!(out, "outlet-{n}\t{outlet}\tmedia\t-\tMED\t-\t-");
        }
        out
    }

    /// The places, as `hearsay build --gazetteer` reads them.
    pub(super) fn places(&self) -> String {
        let mut out = String::new();
        let mut row = |name: &str, at: (f64, f64), kind: &str, state: &State, district: usize, people: usize| {
            let id = 990_000_000 + out.lines().count();
            let (lat, lon, code) = (at.0, at.1, &state.code);
            let _ = writeln!(
                out,
                "{id}\t{name}\t{name}\t\t{lat:.3}\t{lon:.3}\t{kind}\t{code}\t\t{district:02}\t\t\t\t{people}\t\t10\t\t2020-01-01"
            );
        };
        for state in &self.states {
            for (n, district) in state.districts.iter().enumerate() {
                let first = state.towns.iter().find(|t| t.district == n).map_or((0.0, 0.0), |t| t.at);
                row(district, first, "A\tADM1", state, n, 90_000);
            }
            state.towns.iter().for_each(|t| row(&t.name, t.at, "P\tPPL", state, t.district, 9_000));
        }
        out
    }
}

impl State {
    fn made(nth: u8, dice: &mut Dice) -> State {
        let stem = name(dice, 2);
        let districts = names(dice, 9, 2);
        let corner = (f64::from(nth) * 3.0 - 8.0, f64::from(nth) * 4.0 - 30.0);
        let spot = |dice: &mut Dice| dice.roll(2_000) as f64 / 1_000.0;
        let towns = names(dice, 60, 2).into_iter().map(|name| Town {
            name,
            district: dice.roll(9),
            at: (corner.0 + spot(dice), corner.1 + spot(dice)),
        });
        let towns = towns.collect();
        let groups = names(dice, 10, 2).into_iter().enumerate();
        let groups = groups.map(|(n, name)| GROUPS[(n + usize::from(nth) * 5) % 14].replace("{}", &name)).collect();
        State {
            adjective: format!("{stem}ian"),
            name: format!("{stem}ia"),
            code: format!("X{}", char::from(b'A' + nth)),
            districts,
            towns,
            groups,
        }
    }
}
