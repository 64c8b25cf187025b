//! What the words of a content tell of the stance of who says it.

use super::Reason;
use crate::claims::draft::Draft;
use crate::shallow::Words;
use hearsay_data::cues::{is_blame, is_wrong};
use hearsay_data::triggers::triggers;
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use hearsay_types::Stance;

/// The content of a draft, with where its main clause has its first finite verb.
pub struct Told<'a> {
    words: &'a Words<'a>,
    draft: &'a Draft,
    /// Its words without marks and without a leading "that".
    inner: Vec<usize>,
    /// The place in `inner` of the first finite verb or auxiliary, if it comes soon.
    finite: Option<usize>,
}

impl<'a> Told<'a> {
    pub fn of(words: &'a Words<'a>, draft: &'a Draft) -> Self {
        let all = draft.content.iter().flat_map(Clone::clone).filter(|i| !words.list[*i].is_mark());
        let inner: Vec<usize> = all.skip_while(|i| words.list[*i].is(Closed::That)).collect();
        let is_finite = |i: &usize| {
            let word = &words.list[*i];
            word.is_any(&[Closed::Be, Closed::Have, Closed::Do, Closed::Modal])
                || word.is_verb(Forms::PAST.or(Forms::THIRD)) && !word.is_capital()
        };
        let finite = inner.iter().take(14).position(is_finite);
        Told { words, draft, inner, finite }
    }

    fn lower(&self, nth: usize) -> &str {
        self.inner.get(nth).map_or("", |i| self.words.lower(*i))
    }

    fn any(&self, reach: usize, words: &[&str]) -> bool {
        self.inner.iter().take(reach).any(|i| words.contains(&self.words.lower(*i)))
    }

    /// Its first words in lower case; a name is "NAME" and a number "#".
    pub fn plain_words(&self, count: usize) -> Vec<&str> {
        let plain = |i: &usize| {
            let word = &self.words.list[*i];
            match () {
                () if word.is_number() => "#",
                () if word.is_capital() && word.closed.is_none() && self.inner.first() != Some(i) => "NAME",
                () => self.words.lower(*i),
            }
        };
        self.inner.iter().take(count).map(plain).collect()
    }

    /// The dictionary forms of what can be a verb among its first words.
    pub fn lemmas(&self, count: usize) -> Vec<&'static str> {
        let words = self.inner.iter().take(count).map(|i| &self.words.list[*i]);
        words.filter(|w| !w.is_capital()).filter_map(|w| Some(w.verb?.lemma)).collect()
    }

    /// Whether its first words name a wrong, or one of who speaks, or put blame.
    pub fn wrongs(&self, count: usize) -> Vec<&'static str> {
        let words = || self.inner.iter().take(count).map(|i| &self.words.list[*i]).filter(|w| !w.is_capital());
        let wrong = words().any(|w| is_wrong(&w.lower) || w.verb.is_some_and(|v| is_wrong(v.lemma)));
        let blame = words().any(|w| is_blame(&w.lower));
        let own = self.is_own();
        [("names a wrong", wrong && !own), ("names an own wrong", wrong && own), ("puts blame", blame)]
            .iter()
            .filter(|f| f.1)
            .map(|f| f.0)
            .collect()
    }

    /// The types of the acts that its first words name, each once.
    pub fn acts(&self, count: usize) -> Vec<&'static str> {
        let words = self.inner.iter().take(count).map(|i| &self.words.list[*i]).filter(|w| !w.is_capital());
        let verbs = words.filter_map(|w| triggers(w.verb?.lemma).iter().find(|t| t.fits(|n| self.any(count, &[n]))));
        let mut kinds: Vec<&'static str> = verbs.filter(|t| t.is_act()).map(|t| t.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Its first finite verb with its negation, and whether who speaks is its subject.
    pub fn main_verb(&self) -> Option<String> {
        let finite = self.finite?;
        let word = &self.words.list[self.inner[finite]];
        let verb = word.verb.map_or(&*word.lower, |v| v.lemma);
        let own = if self.is_own() { "own " } else { "" };
        let not = if self.is_negated(finite) { " not" } else { "" };
        Some(format!("{own}{verb}{not}"))
    }

    /// Whether it opens with the base form of a verb, as an order does, "do not" or "let" before it or not.
    pub fn is_imperative(&self) -> bool {
        let Some(first) = self.inner.first().map(|i| &self.words.list[*i]) else { return false };
        let base = first.verb.is_some_and(|v| v.forms.any(Forms::BASE) && v.lemma == &*first.lower);
        base || matches!(&*first.lower, "do" | "don't" | "don’t" | "let")
    }

    /// Whether its subject is nobody.
    pub fn is_of_nobody(&self) -> bool {
        matches!(self.lower(0), "nobody" | "none" | "nothing")
    }

    /// Whether it makes something depend on something else.
    pub fn has_condition(&self) -> bool {
        self.any(40, &["if", "unless", "or", "otherwise", "failing", "until"])
    }

    /// Whether it is an infinitive: "to", and these words behind it.
    pub fn opens_with(&self, words: &[&str]) -> bool {
        self.lower(0) == "to" && words.iter().enumerate().all(|(n, w)| self.lower(n + 1) == *w)
    }

    /// Whether the cue ends with one of these words, or they stand between it and the content.
    pub fn behind(&self, words: &[&str]) -> bool {
        let end = self.draft.cue.last().map_or(0, |c| c.end);
        words.contains(&self.words.lower(end.saturating_sub(1)))
            || words.contains(&self.words.lower(end))
            || words.contains(&self.lower(0))
    }

    /// Whether who speaks is the subject of the main clause.
    pub fn is_own(&self) -> bool {
        let own = ["i", "we", "he", "she", "it", "they", "its", "our", "his", "her", "their", "my"];
        let start = usize::from(matches!(self.lower(0), "and" | "but" | "so"));
        own.contains(&self.lower(start)) && self.finite.is_some_and(|f| f > start)
    }

    /// Whether the verb at this place is negated.
    fn is_negated(&self, finite: usize) -> bool {
        let after = (finite + 1..finite + 3).take_while(|n| {
            self.inner.get(*n).is_some_and(|i| self.words.list[*i].is_adverb() || self.words.list[*i].is(Closed::Neg))
        });
        after.into_iter().any(|n| self.words.list[self.inner[n]].is(Closed::Neg))
            || self.lower(finite + 1) == "never"
            || self.lower(finite).ends_with("n't")
    }

    /// One's own act to come: a promise, a threat, or a refusal.
    pub fn own_future(&self) -> Option<(Stance, Reason)> {
        let finite = self.finite.filter(|f| self.is_own() || self.is_resolve(*f))?;
        if !matches!(self.lower(finite), "will" | "would" | "shall" | "'ll" | "’ll" | "wo" | "'d" | "’d") {
            return None;
        }
        let conditional = matches!(self.lower(finite), "would" | "'d" | "’d") && self.lower(finite + 1) == "have";
        let feeling =
            matches!(self.lower(finite + 1), "like" | "love" | "prefer" | "be" | "know" | "see" | "need" | "think");
        if conditional || feeling {
            return None;
        }
        if self.is_negated(finite) {
            return Some((Stance::Declines, Some("it says what it will not do")));
        }
        if self.is_threat() {
            return Some((Stance::Threatens, Some("it tells of harm that it will do")));
        }
        Some((Stance::Promises, Some("it commits to a future act")))
    }

    /// "will do everything", "will do its best": whoever says so speaks for the one that will.
    fn is_resolve(&self, finite: usize) -> bool {
        const WHOLE: [&str; 2] = ["everything", "whatever"];
        const BEST: [&str; 2] = ["best", "utmost"];
        let done = self.lower(finite + 1) == "do";
        done && (WHOLE.contains(&self.lower(finite + 2)) || BEST.contains(&self.lower(finite + 3)))
    }

    /// Whether one's own act in it does harm or answers with it.
    pub fn is_threat(&self) -> bool {
        const HARM: [&str; 18] = [
            "retaliate",
            "retaliation",
            "respond",
            "revenge",
            "avenge",
            "punish",
            "ultimatum",
            "crush",
            "fight",
            "boycott",
            "unless",
            "consequences",
            "suspend",
            "sink",
            "pay",
            "regret",
            "blocking",
            "hostile",
        ];
        let from = self.finite.unwrap_or(0);
        let reserved = (0..8).any(|n| self.lower(n).starts_with("reserve") && self.lower(n + 2) == "right");
        reserved
            || self.inner.iter().skip(from).take(14).any(|i| {
                let word = &self.words.list[*i];
                HARM.contains(&&*word.lower)
                    || word.verb.is_some_and(|v| v.forms.any(Forms::BASE) && is_wrong(v.lemma)) && !word.is_capital()
            })
    }

    /// Whether a warning is one of what who warns will do.
    pub fn is_own_warning(&self) -> bool {
        let own = self.is_own() && self.finite.is_some_and(|f| matches!(self.lower(f), "will" | "would" | "shall"));
        own || self.lower(0) == "not"
            || self.draft.content.iter().any(|c| self.words.has(c.start, &["against"]))
            || self.any(14, &["we", "strike", "ultimatum"])
    }

    /// Whether something is called untrue.
    pub fn is_untrue(&self) -> bool {
        const FALSE: [&str; 18] = [
            "false",
            "untrue",
            "baseless",
            "unfounded",
            "fabricated",
            "fabrication",
            "fabrications",
            "lies",
            "lie",
            "groundless",
            "inaccurate",
            "rumors",
            "rumours",
            "forgery",
            "absurd",
            "nonsense",
            "imaginings",
            "contrary",
        ];
        self.inner.iter().enumerate().take(14).any(|(n, i)| {
            let before = |classes: &[Closed]| n > 0 && self.words.list[self.inner[n - 1]].is_any(classes);
            let adverb = n > 0 && self.words.list[self.inner[n - 1]].is_adverb();
            let said_of = before(&[Closed::Be, Closed::Det, Closed::Conj, Closed::Adv]) || adverb || n == 0;
            let not_true = matches!(self.words.lower(*i), "true" | "accurate" | "correct") && before(&[Closed::Neg]);
            FALSE.contains(&self.words.lower(*i)) && said_of || not_true
        })
    }

    /// Whether a question mark closes it.
    pub fn is_question(&self) -> bool {
        let Some(end) = self.draft.content.last().map(|c| c.end) else { return false };
        (end.saturating_sub(2)..end + 1).any(|i| self.words.lower(i) == "?")
    }

    /// "no proof that", "was not persuaded", "did not believe".
    pub fn is_doubt(&self) -> bool {
        (0..self.inner.len().min(12)).any(|n| {
            let none = matches!(self.lower(n), "no" | "little")
                && (1..4).any(|k| matches!(self.lower(n + k), "proof" | "evidence" | "indication" | "sign" | "reason"));
            let negative = self.words.list[self.inner[n]].is(Closed::Neg);
            none || negative
                && matches!(self.lower(n + 1), "believe" | "persuaded" | "convinced" | "sure" | "certain" | "trust")
        })
    }

    /// "it was likely", "may have", "probably" before the verb of the main clause.
    pub fn is_hedged(&self) -> bool {
        let conditional = self.lower(0) == "if" && self.any(24, &["would", "might", "could", "likely", "probably"]);
        conditional
            || self.inner.iter().take(8).any(|i| {
                let word = &self.words.list[*i];
                matches!(&*word.lower, "probably" | "likely" | "unlikely" | "possibly" | "perhaps" | "maybe")
                    && !word.is_capital()
                    || matches!(&*word.lower, "may" | "might") && !word.is_capital()
            })
    }

    /// The main clause says that something is not so, or that there is none of it; wishes and thoughts of the speaker ("I do not
    /// think") are no denials.
    pub fn is_denial(&self) -> bool {
        const MENTAL: [&str; 16] = [
            "think",
            "know",
            "believe",
            "want",
            "expect",
            "understand",
            "like",
            "see",
            "need",
            "care",
            "feel",
            "remember",
            "mean",
            "intend",
            "plan",
            "agree",
        ];
        if matches!(self.lower(0), "no" | "none" | "nobody" | "nothing" | "neither")
            || self.lower(0) == "far" && self.lower(1) == "from"
        {
            return true;
        }
        let Some(finite) = self.finite.filter(|f| *f < 10) else { return false };
        let clause =
            self.inner[..finite].iter().any(|i| self.words.list[*i].is_any(&[Closed::Sub, Closed::Rel, Closed::Wh]));
        if clause {
            return false;
        }
        let there = self.lower(0) == "there" || finite > 0 && self.lower(finite - 1) == "there";
        let none = (1..4).any(|k| matches!(self.lower(finite + k), "no" | "nothing" | "nobody" | "none" | "never"));
        if there && none || self.lower(finite + 1) == "never" || matches!(self.lower(finite + 1), "nothing" | "nobody")
        {
            return true;
        }
        if self.words.list[self.inner[finite]].is(Closed::Modal) {
            return false;
        }
        let verb = (finite + 1..finite + 4).find_map(|n| self.words.list[*self.inner.get(n)?].verb);
        let mental = verb.is_some_and(|v| MENTAL.contains(&v.lemma));
        let holds = matches!(self.lower(finite), "has" | "have" | "had" | "holds" | "hold" | "held")
            && self.lower(finite + 1) == "no";
        self.is_negated(finite) && !mental || holds
    }

    /// Whether it tells of a wrong and of who did it, and that is not who speaks.
    pub fn is_charge(&self) -> bool {
        const THINGS: [&str; 16] = [
            "bomb",
            "bombs",
            "shell",
            "shells",
            "blast",
            "explosion",
            "mortar",
            "mortars",
            "rocket",
            "rockets",
            "fire",
            "storm",
            "clashes",
            "attack",
            "accident",
            "drone",
        ];
        for (n, i) in self.inner.iter().enumerate().take(26) {
            let word = &self.words.list[*i];
            let Some(verb) = word.verb.filter(|v| is_wrong(v.lemma) && !word.is_capital()) else { continue };
            let near = &self.inner[n.saturating_sub(3)..n];
            let passive = near.iter().any(|k| self.words.list[*k].is(Closed::Be));
            if passive {
                let apart = |k: &usize| {
                    let word = self.inner.get(*k).map(|i| &self.words.list[*i]);
                    word.is_none_or(|w| &*w.lower == "by" || w.is_any(&[Closed::Prep, Closed::Conj, Closed::Sub]))
                };
                let by = (n + 1..n + 7).find(apart).filter(|k| self.lower(*k) == "by");
                if by.is_some_and(|b| !(b + 1..b + 4).any(|k| THINGS.contains(&self.lower(k)))) {
                    return true;
                }
                continue;
            }
            let subject = &self.inner[..n];
            let own = subject
                .iter()
                .any(|k| matches!(self.words.lower(*k), "i" | "we" | "its" | "our" | "his" | "her" | "their" | "my"));
            let noun = subject.iter().any(|k| {
                let w = &self.words.list[*k];
                w.closed.is_none() || matches!(&*w.lower, "they" | "you" | "he" | "somebody" | "someone")
            });
            let thing = subject.iter().any(|k| THINGS.contains(&self.words.lower(*k)));
            let negated = subject.iter().any(|k| self.words.list[*k].is(Closed::Neg));
            if verb.forms.any(Forms::PAST.or(Forms::THIRD).or(Forms::ING))
                && noun
                && !own
                && !thing
                && !negated
                && n < 12
            {
                return true;
            }
        }
        self.inner.iter().take(10).any(|i| is_blame(self.words.lower(*i)))
    }

    /// "X a lie", "the move as a crime": what something is called.
    pub fn of_name(&self, lemma: &str) -> Option<(Stance, Reason)> {
        const CHARGES: [&str; 16] = [
            "claim",
            "claims",
            "allegation",
            "allegations",
            "accusation",
            "accusations",
            "report",
            "reports",
            "rumour",
            "rumours",
            "rumor",
            "rumors",
            "charge",
            "charges",
            "talk",
            "recording",
        ];
        if self.is_untrue() || self.any(6, &CHARGES) {
            return Some((Stance::Denies, Some("it calls something untrue")));
        }
        let blamed =
            self.inner.iter().take(20).any(|i| is_blame(self.words.lower(*i)) || is_wrong(self.words.lower(*i)));
        if blamed && lemma != "dismiss" {
            return Some((Stance::Accuses, Some("it calls something a wrong")));
        }
        None
    }

    /// Whether it is something asked for or offered.
    pub fn is_request(&self) -> bool {
        let asked = [
            "offer",
            "proposal",
            "proposals",
            "amnesty",
            "request",
            "demand",
            "demands",
            "agreement",
            "deal",
            "talks",
            "invitation",
            "truce",
            "ceasefire",
            "call",
            "calls",
            "appeal",
            "ultimatum",
            "plan",
            "negotiations",
            "mediation",
        ];
        self.any(6, &asked)
    }

    pub fn is_responsibility(&self) -> bool {
        self.any(3, &["responsibility", "credit", "blame"])
    }

    pub fn is_regret(&self) -> bool {
        self.any(4, &["regret", "sorrow", "remorse", "apologies", "regrets"])
    }

    /// Whether it is an act of one's own that others want: a truce, an amnesty, help; or a clause with "will".
    pub fn is_offer(&self) -> bool {
        let given = ["truce", "ceasefire", "amnesty", "withdrawal", "pardon", "release", "aid", "pause"];
        self.any(6, &given)
            || self.finite.is_some_and(|f| matches!(self.lower(f), "will" | "would") && !self.is_negated(f))
    }
}
