//! The rules that find acts in a parsed sentence: words of the lexicon with what the tree says of their clause.

use super::find::{Act, Mood};
use super::heads::Hint;
use crate::shallow::Words;
use crate::shallow::trees::Trees;
use hearsay_data::triggers::{Trigger, is_deed, noun_triggers, triggers};
use hearsay_types::Upos;
use std::ops::Range;

/// Verbs that lend a noun its act: "carried out a raid", "came under attack".
const LIGHT: [&str; 17] = [
    "carry",
    "launch",
    "conduct",
    "stage",
    "mount",
    "order",
    "announce",
    "hold",
    "make",
    "begin",
    "start",
    "lead",
    "open",
    "execute",
    "perpetrate",
    "commit",
    "wage",
];

/// The acts of one parsed sentence, in order.
pub fn acts(words: &Words, trees: &Trees, sentence: &Range<usize>) -> Vec<Act> {
    let reader = Reader { words, trees };
    let mut out: Vec<Act> = Vec::new();
    for at in sentence.clone() {
        let found = match trees.upos(at) {
            _ if reader.is_verb(at) => reader.verb(at),
            Some(Upos::Noun) => reader.noun(at),
            _ => None,
        };
        if let Some(act) = found.filter(|act| !out.iter().any(|before| reader.swallows(before, act))) {
            out.push(act);
        }
    }
    reader.gather(&mut out);
    out
}

/// Whether a word can name an act: a verb, or a noun that its clause is about.
pub fn can_name(words: &Words, trees: &Trees, at: usize) -> bool {
    let reader = Reader { words, trees };
    reader.is_verb(at) && !matches!(trees.lemma(at), "say" | "tell" | "be" | "have" | "report" | "add" | "accord")
        || trees.upos(at) == Some(Upos::Noun) && reader.stands_out(at)
}

/// An act that the engine's heads found: its clause tells who, where the heads' own roles do not.
pub fn hinted(words: &Words, trees: &Trees, hint: &Hint) -> Option<Act> {
    let reader = Reader { words, trees };
    let (at, trigger) = (hint.at, hint.trigger);
    let (subject, passive) = (trees.subject(at), trees.is_passive(at));
    let object = if passive { subject } else { trees.object(at) };
    let actor = if passive { trees.agent(at) } else { subject };
    let verb = reader.is_verb(at);
    let actor = if verb { actor } else { trees.modifier(at, "by").or_else(|| trees.child(at, &["nmod:poss"])) };
    let recipient = if verb { reader.recipient(trigger, at, object, None) } else { trees.modifier(at, "of") };
    let mut act = reader.made(trigger, at, actor, recipient)?;
    if !hint.actors.is_empty() {
        act.actors.clone_from(&hint.actors);
    }
    if act.recipients.is_empty() || !hint.recipients.is_empty() {
        act.recipients.clone_from(&hint.recipients);
    }
    (act.mood != Mood::Negated || trigger.kind != "REJECT").then_some(act)
}

/// Reads acts from the trees of an article.
struct Reader<'a> {
    words: &'a Words<'a>,
    trees: &'a Trees<'a>,
}

impl Reader<'_> {
    fn verb(&self, at: usize) -> Option<Act> {
        let trees = self.trees;
        let around = self.around(at);
        let (trigger, hit) = self.reading(triggers(self.lemma(at)), &around)?;
        if self.is_no_act(trigger, at) {
            return None;
        }
        let trigger = self.threat(trigger, at).unwrap_or(trigger);
        let subject = trees.subject(at);
        let passive = trees.is_passive(at);
        let object = if passive { subject } else { trees.object(at) };
        let actor = if passive { trees.agent(at) } else { subject };
        let recipient = self.recipient(trigger, at, object, hit).or_else(|| self.named_near(trigger, at, actor));
        self.made(trigger, at, actor, recipient)
    }

    /// "suspended aid deliveries in Vell": a name behind another preposition, where the lexicon's ones lead nowhere. An assault
    /// in a place is not one on it.
    fn named_near(&self, trigger: &Trigger, at: usize, actor: Option<usize>) -> Option<usize> {
        let named = |n: &usize| self.trees.upos(*n) == Some(Upos::Propn) && Some(*n) != actor;
        let found = ["on", "against", "with", "to", "from", "for", "into", "of", "in"];
        let found = found.iter().find_map(|p| self.trees.within(at, p).filter(named));
        found.filter(|_| !matches!(trigger.kind, "ASSAULT" | "PROTEST") && !self.trees.is_passive(at))
    }

    /// The dictionary form of a verb: the engine's, else that of the lexicon.
    fn lemma(&self, at: usize) -> &str {
        let told = self.trees.lemma(at);
        let known = self.words.list[at].verb.map(|v| v.lemma);
        if triggers(told).is_empty() { known.unwrap_or(told) } else { told }
    }

    /// Whether a word stands as a verb: by its part of speech, or with a subject or object of its own.
    fn is_verb(&self, at: usize) -> bool {
        let trees = self.trees;
        let own = trees.child(at, &["nsubj", "nsubj:pass", "obj", "aux", "aux:pass"]).is_some();
        trees.rel(at) != "amod"
            && (trees.upos(at) == Some(Upos::Verb)
                || own && self.words.list[at].verb.is_some() && trees.upos(at) != Some(Upos::Aux))
    }

    /// What has the form of an act and is none: to refuse to comment, to be backed by somebody, to call a thing a name.
    fn is_no_act(&self, trigger: &Trigger, at: usize) -> bool {
        let trees = self.trees;
        let clause = trees.child(at, &["xcomp", "ccomp"]);
        let silent = trigger.kind == "REJECT"
            && clause.is_some_and(|c| {
                matches!(
                    trees.lemma(c),
                    "comment"
                        | "say"
                        | "answer"
                        | "confirm"
                        | "discuss"
                        | "elaborate"
                        | "name"
                        | "identify"
                        | "rule"
                        | "specify"
                        | "disclose"
                        | "speculate"
                        | "give"
                        | "provide"
                        | "be"
                        | "deny"
                        | "reveal"
                )
            });
        let attribute = trees.rel(at) == "acl"
            && trees.is_passive(at)
            && matches!(trigger.kind, "SUPPORT" | "CONSULT" | "AGREE" | "REQUEST" | "REJECT" | "ACCUSE" | "SANCTION");
        let named = trees.object(at).is_some_and(|o| trees.upos(o) == Some(Upos::Propn));
        let quoted = self.words.list.get(at + 1).is_some_and(|w| matches!(w.text, "\"" | "“" | "'" | "‘" | "``"));
        trigger.bare && (clause.is_some() || quoted || !named) || silent || attribute
    }

    /// A vow or promise to do harm is a threat.
    fn threat(&self, trigger: &Trigger, at: usize) -> Option<&'static Trigger> {
        let trees = self.trees;
        if !(trigger.kind == "AGREE" && trigger.controls) {
            return None;
        }
        let told = trees.child(at, &["xcomp", "ccomp"])?;
        let deeper = trees.child(told, &["xcomp"]);
        let harmful = |t: &Trigger| matches!(t.kind, "ASSAULT" | "SANCTION" | "COERCE" | "PROTEST");
        let harm = [Some(told), deeper].into_iter().flatten().any(|c| {
            let readings = triggers(self.lemma(c));
            readings.len() == 1 && readings.iter().all(harmful) && !trees.is_negated(c)
        });
        triggers("threaten").first().filter(|_| harm)
    }

    /// An act that a noun names, where it has a doer or a sufferer of its own and no verb has told it.
    fn noun(&self, at: usize) -> Option<Act> {
        let trees = self.trees;
        let readings =
            [self.words.lower(at), trees.lemma(at)].map(noun_triggers).into_iter().find(|r| !r.is_empty())?;
        let (trigger, _) = self.reading(readings, trees.children(at))?;
        let light = trees
            .head(at)
            .filter(|h| matches!(trees.rel(at), "obj" | "nsubj:pass" | "obl") && LIGHT.contains(&trees.lemma(*h)));
        if light.is_some_and(|h| !triggers(trees.lemma(h)).is_empty())
            || matches!(trees.rel(at), "compound" | "nmod:poss")
        {
            return None;
        }
        let owner = trees.child(at, &["nmod:poss"]).filter(|p| trees.is_nominal(*p));
        let actor = trees
            .modifier(at, "by")
            .or(owner)
            .or_else(|| self.people(at))
            .or_else(|| light.and_then(|h| if trees.is_passive(h) { trees.agent(h) } else { trees.subject(h) }));
        let recipient = trigger.recipient.iter().find_map(|p| trees.modifier(at, p));
        if recipient.is_none() && !(trigger.alone && self.stands_out(at)) || actor.is_none() && trigger.controls {
            return None;
        }
        self.made(trigger, at, actor, recipient)
    }

    /// Whether a noun is what its clause is about: its subject, its object or its head.
    fn stands_out(&self, noun: usize) -> bool {
        matches!(self.trees.rel(noun), "nsubj" | "nsubj:pass" | "obj" | "root")
    }

    /// "Orvian strikes", "army shelling": whose act a noun is by the name before it.
    fn people(&self, noun: usize) -> Option<usize> {
        let named = |c: &usize| {
            *c < noun
                && matches!(self.trees.rel(*c), "amod" | "compound")
                && self.words.list[*c].is_capital()
                && self.trees.upos(*c) != Some(Upos::Verb)
        };
        self.trees.children(noun).iter().copied().find(named)
    }

    fn made(
        &self,
        trigger: &'static Trigger,
        at: usize,
        actor: Option<usize>,
        recipient: Option<usize>,
    ) -> Option<Act> {
        let people = |noun: Option<usize>| -> Vec<Range<usize>> {
            let heads = noun.map(|n| self.trees.joined(n)).unwrap_or_default();
            heads.into_iter().map(|n| self.trees.phrase(n)).collect()
        };
        let actors = people(actor.filter(|a| !self.trees.is_time(*a)));
        let recipients = people(recipient.map(|r| self.concerned(r)).filter(|r| !self.trees.is_time(*r)));
        let nobody = actors.is_empty() && recipients.is_empty() && !trigger.alone;
        if nobody || trigger.needs_recipient && recipients.is_empty() {
            return None;
        }
        let end = self.trees.below_range(at).end;
        let told = Act::told(at, trigger, actors, recipients, end);
        Some(Act { mood: self.mood(at, 4), aside: self.is_aside(at), ..told })
    }

    /// Whether a word stands aside of what its sentence tells: a noun that only dates or names another act, a relative clause.
    fn is_aside(&self, at: usize) -> bool {
        let trees = self.trees;
        match trees.rel(at) {
            "nmod" | "obl" => trees.is_nominal(at),
            "acl" => trees.is_passive(at),
            rel => rel.ends_with("relcl") && trees.feat(at, "Tense=Past"),
        }
    }

    /// For "its proposal", "a raid by the army", "sanctions on Vell" whose it is, where a name tells.
    fn concerned(&self, noun: usize) -> usize {
        let trees = self.trees;
        if trees.upos(noun) == Some(Upos::Propn) || !is_deed(trees.lemma(noun)) {
            return noun;
        }
        let owner = trees.child(noun, &["nmod:poss"]).filter(|n| trees.upos(*n) == Some(Upos::Propn));
        let giver = || ["by", "from"].iter().find_map(|p| trees.modifier(noun, p));
        let near =
            || ["on", "against", "with", "to", "of", "in", "for", "into"].iter().find_map(|p| trees.within(noun, p));
        owner.or_else(giver).or_else(|| near().map(|n| if n == noun { n } else { self.concerned(n) })).unwrap_or(noun)
    }

    /// The words that a reading can find what it needs in: what hangs on the verb, and one step below.
    fn around(&self, verb: usize) -> Vec<usize> {
        let trees = self.trees;
        let subject = trees.subject(verb).filter(|_| trees.is_passive(verb));
        let other = |c: &usize| !matches!(trees.rel(*c), "nsubj" | "punct" | "conj" | "ccomp" | "advcl" | "parataxis");
        let own = trees.children(verb).iter().copied().filter(other).chain(subject).filter(|c| *c != verb);
        own.flat_map(|c| std::iter::once(c).chain(trees.children(c).iter().copied()))
            .filter(|c| *c != verb && !trees.rel(*c).ends_with("relcl"))
            .collect()
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.words.lower(at) == word || self.trees.lemma(at) == word
    }

    /// The first reading that fits, and the noun that it needs.
    fn reading(&self, readings: &'static [Trigger], around: &[usize]) -> Option<(&'static Trigger, Option<usize>)> {
        let trigger = readings.iter().find(|t| t.fits(|w| around.iter().any(|c| self.is_word(*c, w))))?;
        let needed = |c: &usize| trigger.needs.iter().flatten().any(|w| self.is_word(*c, w));
        Some((trigger, around.iter().copied().filter(|c| self.trees.is_nominal(*c)).find(needed)))
    }

    /// The recipient where the trigger looks for it.
    fn recipient(&self, trigger: &Trigger, at: usize, object: Option<usize>, hit: Option<usize>) -> Option<usize> {
        let trees = self.trees;
        let own = object.filter(|o| Some(*o) != hit && !trees.joined(*o).contains(&hit.unwrap_or(at)));
        trigger.recipient.iter().find_map(|place| match *place {
            "obj" if object.is_some_and(|o| self.is_person_given(at, o)) => trees.child(at, &["iobj"]),
            "obj" => own,
            "that" => trees.child(at, &["ccomp"]).and_then(|c| trees.subject(c)),
            preposition => {
                let near = trees.oblique(at, preposition).or_else(|| trees.within(at, preposition));
                let found = near.or_else(|| object.filter(|o| *o < at).and_then(|o| trees.modifier(o, preposition)))?;
                if trees.is_nominal(found) { Some(found) } else { self.named_below(found) }
            }
        })
    }

    /// "gave the rebels weapons": the one who is given something stands as indirect object.
    fn is_person_given(&self, verb: usize, object: usize) -> bool {
        self.trees.child(verb, &["iobj"]).is_some_and(|i| i != object)
    }

    /// "agreed to lift a ban on X": whom what is agreed concerns, the first name below it, else its object.
    fn named_below(&self, verb: usize) -> Option<usize> {
        let trees = self.trees;
        let range = trees.below_range(verb);
        let named = |n: &usize| {
            trees.upos(*n) == Some(Upos::Propn)
                && matches!(trees.rel(*n), "obl" | "nmod" | "obj" | "nmod:poss" | "iobj")
                && !trees.is_time(*n)
        };
        let modified = |n: &usize| trees.is_nominal(*n) && self.people(*n).is_some() && !trees.is_time(*n);
        let mut inside = (verb..range.end).filter(|n| trees.is_nominal(*n));
        inside.clone().find(named).or_else(|| inside.find(modified)).or_else(|| trees.object(verb))
    }

    /// How a clause tells its act: by its own words, else by those of what governs it.
    fn mood(&self, at: usize, steps: usize) -> Mood {
        let trees = self.trees;
        if trees.is_negated(at) {
            return Mood::Negated;
        }
        let helper = |list: &[&str]| {
            trees
                .children(at)
                .iter()
                .any(|c| matches!(trees.rel(*c), "aux" | "mark") && list.contains(&trees.lemma(*c)))
        };
        if helper(&["would", "could", "might", "may", "should", "can", "if", "unless", "whether", "lest"]) {
            return Mood::Possible;
        }
        if helper(&["will", "shall", "'ll"]) {
            return Mood::Ahead;
        }
        let Some(head) = trees.head(at).filter(|_| steps > 0) else { return Mood::Done };
        let infinitive = trees.children(at).iter().any(|c| trees.rel(*c) == "mark" && trees.lemma(*c) == "to");
        let own_subject = trees.child(at, &["nsubj", "nsubj:pass"]).is_some();
        match trees.rel(at) {
            "xcomp" | "acl" | "advcl" | "ccomp" if infinitive || trees.rel(at) == "xcomp" => {
                self.governed(trees.lemma(head)).unwrap_or_else(|| match self.mood(head, steps - 1) {
                    Mood::Done if trees.rel(at) == "advcl" => Mood::Ahead,
                    mood => mood,
                })
            }
            "conj" if !own_subject && trees.child(at, &["aux", "aux:pass"]).is_none() && !trees.is_nominal(head) => {
                match self.mood(head, steps - 1) {
                    // "did not attack but captured": a negation is not shared.
                    Mood::Negated => Mood::Done,
                    mood => mood,
                }
            }
            "obj" | "obl" | "nmod" | "nsubj:pass" if trees.is_nominal(at) => {
                self.governed(trees.lemma(head)).unwrap_or(Mood::Done)
            }
            _ => Mood::Done,
        }
    }

    /// How a word tells what hangs on it.
    fn governed(&self, lemma: &str) -> Option<Mood> {
        Some(match lemma {
            "fail" | "refuse" | "decline" | "unable" | "stop" | "avoid" | "refrain" | "prevent" | "avert" | "foil"
            | "thwart" => Mood::Negated,
            "plan" | "intend" | "prepare" | "expect" | "schedule" | "set" | "ready" | "go" | "agree" | "vow"
            | "pledge" | "promise" | "offer" | "likely" | "decide" | "due" | "decision" | "intention" | "poise"
            | "order" => Mood::Ahead,
            "want" | "hope" | "wish" | "seek" | "consider" | "mull" | "urge" | "ask" | "demand" | "call"
            | "threaten" | "request" | "try" | "attempt" | "threat" | "appeal" | "invite" | "propose" | "need"
            | "possibility" | "risk" | "able" | "allow" | "readiness" | "warn" => Mood::Possible,
            _ => return None,
        })
    }

    /// Whether an act is no act of its own beside one before it: it stands under a refusal or demand, or it is the harm
    /// that the other did.
    fn swallows(&self, before: &Act, act: &Act) -> bool {
        let trees = self.trees;
        let inner = |top: usize, at: usize| {
            let mut steps = std::iter::successors(Some(at), |a| trees.head(*a)).take(24);
            steps.find(|a| trees.head(*a) == Some(top)).is_some_and(|branch| {
                matches!(trees.rel(branch), "xcomp" | "ccomp" | "obj" | "obl" | "advcl" | "csubj" | "nmod")
            })
        };
        before.trigger.controls && inner(before.at, act.at)
            || before.trigger.kind == act.trigger.kind
                && inner(before.at, act.at)
                && !self.is_harm_of(before, act)
                && !self.is_harm_of(act, before)
    }

    /// "shelled the town, killing eight and wounding two", "were killed when jets bombed the town": the harm of an act goes to
    /// the act that did it.
    fn gather(&self, acts: &mut Vec<Act>) {
        let mut at = 0;
        while at < acts.len() {
            let cause = (0..acts.len()).find(|other| *other != at && self.is_harm_of(&acts[at], &acts[*other]));
            let Some(cause) = cause else {
                at += 1;
                continue;
            };
            let harm = acts.remove(at);
            let cause = &mut acts[if cause > at { cause - 1 } else { cause }];
            cause.harm.extend(harm.recipients.iter().map(|r| (harm.trigger.lemma, r.clone())));
            cause.harm.extend(harm.harm);
            if cause.actors.is_empty() {
                cause.actors = harm.actors;
            }
            if cause.recipients.is_empty() {
                cause.recipients = harm.recipients;
            }
        }
    }

    fn is_harm_of(&self, harm: &Act, cause: &Act) -> bool {
        let harmful = |a: &Act| matches!(a.trigger.lemma, "kill" | "wound" | "injure");
        let trees = self.trees;
        let step = |below: usize, above: usize| {
            std::iter::successors(Some(below), |a| trees.head(*a).filter(|_| trees.rel(*a) == "conj" || *a == below))
                .take(4)
                .skip(1)
                .any(|a| a == above)
                && matches!(trees.rel(below), "advcl" | "conj" | "obl" | "xcomp" | "obl:agent" | "nsubj")
        };
        let both = harmful(harm) && harmful(cause) && harm.at > cause.at;
        harm.trigger.kind == "ASSAULT"
            && cause.trigger.kind == "ASSAULT"
            && harmful(harm)
            && (both || !harmful(cause))
            && harm.mood == cause.mood
            && (step(harm.at, cause.at) || step(cause.at, harm.at))
    }
}
