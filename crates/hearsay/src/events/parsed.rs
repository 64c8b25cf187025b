//! The rules that find acts in a parsed sentence: words of the lexicon with what the tree says of their clause.

use super::find::Act;
use super::heads::Hints;
use crate::shallow::Words;
use crate::shallow::trees::Trees;
use hearsay_data::triggers::{Trigger, is_deed, noun_triggers, triggers};
use hearsay_types::Upos;
use std::ops::Range;

/// Verbs that say no more than that somebody did what a noun names: "carried out a raid".
const DOES: [&str; 9] = ["carry", "launch", "conduct", "stage", "mount", "execute", "perpetrate", "commit", "wage"];

/// Verbs that lend a noun its act and say somewhat more: "ordered a raid", "began the siege".
const BEGINS: [&str; 8] = ["order", "announce", "hold", "make", "begin", "start", "lead", "open"];

/// Whether a verb lends a noun its act.
fn is_light(verb: &str) -> bool {
    DOES.contains(&verb) || BEGINS.contains(&verb)
}

/// Whether a verb says no more than that somebody did what its object names.
pub fn does(verb: &str) -> bool {
    DOES.contains(&verb)
}

/// How sure a head must be that a verb of many meanings names an act for it to be weighed at all.
const WEAK_VERB: f32 = 0.15;

/// The same for a noun of many meanings.
const WEAK_NOUN: f32 = 0.3;

/// The same for a noun that names an act by itself, with nobody who does it or suffers it.
const BARE_NOUN: f32 = 0.15;

/// How sure a head must be of the act that did a harm, for it to stand for both.
const CAUSE: f32 = 0.5;

/// The acts of one parsed sentence, in order.
pub fn acts(words: &Words, trees: &Trees, hints: &Hints, sentence: &Range<usize>) -> Vec<Act> {
    let reader = Reader { words, trees, hints };
    let mut out: Vec<Act> = Vec::new();
    for at in sentence.clone() {
        let found = match trees.upos(at) {
            _ if reader.is_verb(at) => reader.verb(at),
            Some(Upos::Noun) => reader.noun(at),
            _ => None,
        };
        let Some(act) = found else { continue };
        match out.iter_mut().find(|before| reader.swallows(before, &act)) {
            Some(before) => reader.pass_on(before, act),
            None => out.push(act),
        }
    }
    reader.gather(&mut out);
    out
}

/// Whether a word can name an act: a verb that is no mere telling, or a noun that nobody says has ended.
pub fn can_name(words: &Words, trees: &Trees, hints: &Hints, at: usize) -> bool {
    let reader = Reader { words, trees, hints };
    reader.is_verb(at)
        && !reader.is_idle(at)
        && !matches!(trees.lemma(at), "say" | "tell" | "be" | "have" | "report" | "add" | "accord")
        || trees.upos(at) == Some(Upos::Noun) && !reader.is_ended(at)
}

/// Whether an act that the heads hear is none beside one that the rules found: both are one, told by a verb and by a noun ("launched an
/// attack", "the murder committed by the Wardens"), or it is refused or demanded there, or the harm that the other did.
pub fn is_told_by(words: &Words, trees: &Trees, hints: &Hints, known: &Act, heard: &Act) -> bool {
    let reader = Reader { words, trees, hints };
    let done = |noun: &Act, verb: &Act| reader.done(noun.at) == Some(verb.at);
    let one = || reader.swallows(heard, known) || done(known, heard) || done(heard, known);
    reader.swallows(known, heard)
        || reader.is_harm_of(heard, known)
        || reader.is_harm_of(known, heard) && hints.heard(heard.at, heard.trigger.kind) < CAUSE
        || known.trigger.kind == heard.trigger.kind && (one() || reader.begins(heard.at, known.at))
}

/// Gives the harm that some acts are to the acts that did it: "killed in a raid" is one act.
pub fn gather(words: &Words, trees: &Trees, hints: &Hints, acts: &mut Vec<Act>) {
    Reader { words, trees, hints }.gather(acts);
}

/// Reads acts from the trees of an article.
pub(super) struct Reader<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) trees: &'a Trees<'a>,
    pub(super) hints: &'a Hints,
}

impl Reader<'_> {
    fn verb(&self, at: usize) -> Option<Act> {
        let trees = self.trees;
        let around = self.around(at);
        let (trigger, hit) = self.reading(triggers(self.lemma(at)), &around, at)?;
        if !trigger.is_act() || self.is_no_act(trigger, at) {
            return None;
        }
        let trigger = self.threat(trigger, at).unwrap_or(trigger);
        let subject = trees.subject(at);
        let passive = trees.is_passive(at);
        let object = if passive { subject } else { trees.object(at).or_else(|| self.object_inside(at)) };
        if self.dies(at) {
            return self.made(trigger, at, None, subject);
        }
        let actor = if passive { trees.agent(at) } else { subject.or_else(|| self.begun_by(at)) };
        let recipient = self
            .recipient(trigger, at, object, hit)
            .or_else(|| self.named_near(trigger, at, actor))
            .or_else(|| self.named_after(trigger, at, actor));
        self.made(trigger, at, actor, recipient)
    }

    /// Whether a word is the first of a phrase that the other ends: "air strike".
    fn begins(&self, first: usize, last: usize) -> bool {
        self.trees.rel(first) == "compound" && self.trees.head(first) == Some(last)
    }

    /// Whether a verb tells that its subject dies: they do nothing, it is done to them.
    pub(super) fn dies(&self, at: usize) -> bool {
        matches!(self.trees.lemma(at), "die" | "perish" | "drown")
            && self.is_verb(at)
            && self.trees.object(at).is_none()
    }

    /// "accuses Vell of having shelled it", "found him guilty": whom the act is done to, read as the subject of what follows.
    fn object_inside(&self, verb: usize) -> Option<usize> {
        let trees = self.trees;
        let clause = trees.child(verb, &["ccomp", "xcomp"])?;
        let marked = trees.child(clause, &["mark"]).is_some_and(|m| {
            matches!(trees.lemma(m), "that" | "if" | "whether" | "how" | "because")
                || m < trees.child(clause, &["nsubj"]).unwrap_or(m)
        });
        let finite = trees.feat(clause, "VerbForm=Fin")
            || trees.children(clause).iter().any(|c| trees.rel(*c) == "aux" && trees.feat(*c, "VerbForm=Fin"));
        let subject = trees.child(clause, &["nsubj", "nsubj:pass"]).filter(|s| *s > verb);
        subject.filter(|s| !finite && !marked && trees.is_nominal(*s))
    }

    /// "has begun withdrawing": who began it, where the tree does not join the two.
    fn begun_by(&self, verb: usize) -> Option<usize> {
        let before = verb.checked_sub(1).filter(|b| self.trees.upos(*b) == Some(Upos::Verb))?;
        let began = matches!(self.trees.lemma(before), "begin" | "start" | "continue" | "resume" | "keep" | "stop");
        self.trees.subject(before).filter(|_| began)
    }

    /// A name right behind one of the trigger's prepositions, wherever the tree hangs it: "against visiting Crown Prince ...".
    fn named_after(&self, trigger: &Trigger, at: usize, actor: Option<usize>) -> Option<usize> {
        let trees = self.trees;
        let end = (at + 14).min(self.words.list.len());
        let name = |n: &usize| trees.upos(*n) == Some(Upos::Propn) && !trees.is_time(*n);
        let leads = |i: &usize, preposition: &str| {
            self.words.lower(*i) == preposition && matches!(trees.rel(*i), "case" | "mark")
        };
        let top = |n: usize| {
            let part = |a: &usize| matches!(trees.rel(*a), "compound" | "flat" | "nmod:desc" | "amod");
            std::iter::successors(Some(n), |a| trees.head(*a).filter(|h| part(a) && trees.is_nominal(*h)))
                .take(6)
                .last()
        };
        let found = trigger.recipient.iter().filter(|p| **p != "obj" && **p != "that").find_map(|preposition| {
            let behind = (at + 1..end).find(|i| leads(i, preposition))? + 1;
            (behind..(behind + 2).min(end)).find(name).and_then(top)
        });
        found.filter(|f| Some(*f) != actor && *f > at)
    }

    /// "suspended aid deliveries in Vell": a name behind another preposition, where the lexicon's ones lead nowhere. An assault
    /// in a place is not one on it.
    fn named_near(&self, trigger: &Trigger, at: usize, actor: Option<usize>) -> Option<usize> {
        let named = |n: &usize| self.trees.upos(*n) == Some(Upos::Propn) && Some(*n) != actor;
        let found = ["on", "against", "with", "to", "from", "for", "into", "of", "in"];
        // Where people met is not whom they met.
        let far = if matches!(trigger.kind, "CONSULT" | "ACCUSE") { found.len() - 1 } else { found.len() };
        let found = found[..far].iter().find_map(|p| self.trees.within(at, p).filter(named));
        found.filter(|_| !matches!(trigger.kind, "ASSAULT" | "PROTEST") && !self.trees.is_passive(at))
    }

    /// The dictionary form of a verb: the engine's, else that of the lexicon.
    fn lemma(&self, at: usize) -> &str {
        let told = self.trees.lemma(at);
        let known = self.words.list[at].verb.map(|v| v.lemma);
        if triggers(told).is_empty() { known.unwrap_or(told) } else { told }
    }

    /// Whether a word stands as a verb: by its part of speech, or with a subject or object of its own.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        let trees = self.trees;
        let own = trees.child(at, &["nsubj", "nsubj:pass", "obj", "aux", "aux:pass"]).is_some();
        trees.rel(at) != "amod"
            && (trees.upos(at) == Some(Upos::Verb)
                || own && self.words.list[at].verb.is_some() && trees.upos(at) != Some(Upos::Aux))
    }

    /// Whether the lexicon says of a verb with these words around it that it names no act: "took place".
    fn is_idle(&self, at: usize) -> bool {
        let around = self.around(at);
        triggers(self.lemma(at)).iter().find(|t| self.fits(t, &around)).is_some_and(|t| !t.is_act())
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
        let (trigger, _) = self.reading(readings, trees.children(at), at)?;
        let light = trees
            .head(at)
            .filter(|h| matches!(trees.rel(at), "obj" | "nsubj:pass" | "obl") && is_light(trees.lemma(*h)));
        if light.is_some_and(|h| !triggers(trees.lemma(h)).is_empty())
            || matches!(trees.rel(at), "compound" | "nmod:poss")
            || self.is_ended(at)
        {
            return None;
        }
        let possessor = trees.child(at, &["nmod:poss"]).map(|p| self.owner(p, at)).filter(|p| trees.is_nominal(*p));
        let (owner, suffers) = if trigger.possessor_suffers { (None, possessor) } else { (possessor, None) };
        let actor = trees
            .modifier(at, "by")
            .or_else(|| trees.modifier(at, "between"))
            .or_else(|| trees.modifier(at, "of").filter(|_| trigger.of_does))
            .or(owner)
            .or_else(|| self.people(at))
            .or_else(|| light.and_then(|h| if trees.is_passive(h) { trees.agent(h) } else { trees.subject(h) }));
        let answers = self.answers_for(at);
        let done = self.done(at);
        let actor = actor.or(answers).or_else(|| done.and_then(|v| trees.agent(v)));
        // Harm is committed "against" somebody, whatever preposition its noun has.
        let beside = |verb: usize| trigger.recipient.iter().chain(&["against"]).find_map(|p| trees.oblique(verb, p));
        let near = || [done, light].into_iter().flatten().find_map(beside).filter(|r| Some(*r) != actor);
        let recipient = trigger.recipient.iter().find_map(|p| trees.modifier(at, p)).or(suffers).or_else(near);
        let bare = trigger.alone || trigger.of_does && actor.is_some();
        let told = recipient.is_some() || answers.is_some() || bare && self.stands_out(at);
        let told = told && (actor.is_some() || !trigger.controls);
        if !told && !self.is_heard(at, trigger) {
            return None;
        }
        self.made(trigger, at, actor, recipient)
    }

    /// "the murder committed by the Wardens against two nuns": the verb that tells who did what a noun names.
    fn done(&self, noun: usize) -> Option<usize> {
        let trees = self.trees;
        let lends = |verb: &usize| {
            trees.upos(*verb) == Some(Upos::Verb) && DOES.contains(&trees.lemma(*verb)) && trees.is_passive(*verb)
        };
        let mut own = trees.children(noun).iter().copied().filter(|c| trees.rel(*c).starts_with("acl"));
        // Right behind the noun it is the noun's, wherever the tree hangs it.
        let behind =
            Some(noun + 1).filter(|v| *v < self.words.list.len() && trees.child(*v, &["nsubj", "aux:pass"]).is_none());
        own.find(lends).or_else(|| behind.filter(lends))
    }

    /// "claimed responsibility for the raid", "is responsible for killings": who answers for what a noun names.
    fn answers_for(&self, noun: usize) -> Option<usize> {
        let trees = self.trees;
        let first = if trees.rel(noun) == "conj" { trees.head(noun)? } else { noun };
        let head = trees.head(first).filter(|_| self.is_led_by_for(first))?;
        match trees.lemma(head) {
            "responsible" => trees.subject(head),
            "responsibility" | "credit" => {
                let verb = trees.head(head)?;
                if trees.is_passive(verb) { trees.agent(verb) } else { trees.subject(verb) }
            }
            "take" | "claim" | "assume" => {
                let object = trees.object(head).filter(|o| matches!(trees.lemma(*o), "responsibility" | "credit"));
                object.and_then(|_| trees.subject(head))
            }
            _ => None,
        }
    }

    fn is_led_by_for(&self, noun: usize) -> bool {
        self.trees.preposition(noun).is_some_and(|p| self.trees.lemma(p) == "for")
    }

    /// "lifted the siege", "an end to the boycott": a measure that somebody ends is no act beside its end.
    fn is_ended(&self, noun: usize) -> bool {
        let trees = self.trees;
        let ends = |at: usize| {
            matches!(
                trees.lemma(at),
                "lift" | "ease" | "end" | "drop" | "relax" | "lifting" | "easing" | "suspend" | "halt" | "remove"
            )
        };
        matches!(trees.rel(noun), "obj" | "nsubj:pass" | "nmod") && trees.head(noun).is_some_and(ends)
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

    pub(super) fn made(
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
        let actors = people(actor.map(|a| self.doer(a)).filter(|a| !self.trees.is_time(*a)));
        let recipients = people(recipient.map(|r| self.concerned(r)).filter(|r| !self.trees.is_time(*r)));
        let nobody = actors.is_empty() && recipients.is_empty() && !trigger.alone && !self.is_heard(at, trigger);
        if nobody || trigger.needs_recipient && recipients.is_empty() {
            return None;
        }
        let end = self.trees.below_range(at).end;
        let told = Act::told(at, trigger, actors, recipients, end);
        Some(Act { mood: self.mood(at, 4), aside: self.is_aside(at), ..told })
    }

    /// "completed its withdrawal": the subject of the clause that "its" stands in.
    fn owner(&self, possessor: usize, noun: usize) -> usize {
        let trees = self.trees;
        let pronoun = matches!(trees.lemma(possessor), "its" | "their" | "it" | "they");
        let verb = trees.head(noun).filter(|_| pronoun && matches!(trees.rel(noun), "obj" | "obl"));
        verb.and_then(|v| trees.subject(v)).filter(|s| trees.is_nominal(*s)).unwrap_or(possessor)
    }

    /// "put out a report accusing the army": what a paper does, they do whose it is.
    fn doer(&self, noun: usize) -> usize {
        let trees = self.trees;
        let paper = matches!(
            trees.lemma(noun),
            "report"
                | "statement"
                | "letter"
                | "resolution"
                | "ruling"
                | "message"
                | "document"
                | "communique"
                | "lawsuit"
                | "decree"
        );
        if !paper {
            let parties = trees.modifier(noun, "between").filter(|_| is_deed(trees.lemma(noun)));
            return parties.unwrap_or(noun);
        }
        let owner = trees.child(noun, &["nmod:poss"]);
        let author = || ["by", "from"].iter().find_map(|p| trees.modifier(noun, p));
        let maker = || trees.head(noun).filter(|_| trees.rel(noun) == "obj").and_then(|verb| trees.subject(verb));
        owner.or_else(author).or_else(maker).unwrap_or(noun)
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
        // "the ban that they imposed on the agencies"
        let imposed = || {
            let clause = trees.child(noun, &["acl:relcl", "acl"])?;
            ["on", "against"].iter().find_map(|p| trees.oblique(clause, p))
        };
        let near = || near().map(|n| if n == noun { n } else { self.concerned(n) });
        owner.or_else(giver).or_else(near).or_else(imposed).unwrap_or(noun)
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

    /// Whether the heads hold a word for an act of the type that a reading gives it. Only of deeds: talks, aid and demands
    /// named in passing are most often the matter of another act.
    fn is_heard(&self, at: usize, trigger: &Trigger) -> bool {
        let (kinds, least): (&[&str], f32) = match (self.is_verb(at), trigger.weak) {
            (true, _) => (&["ASSAULT", "COERCE", "PROTEST", "RETREAT", "MOBILIZE", "SANCTION"], WEAK_VERB),
            (false, true) => (&["ASSAULT", "COERCE", "PROTEST"], WEAK_NOUN),
            (false, false) => (&["ASSAULT", "PROTEST"], BARE_NOUN),
        };
        kinds.contains(&trigger.kind) && self.hints.heard(at, trigger.kind) >= least
    }

    /// Whether the words around a verb or noun give a reading what it needs.
    fn fits(&self, trigger: &Trigger, around: &[usize]) -> bool {
        trigger.fits(|w| around.iter().any(|c| self.is_word(*c, w)))
    }

    /// The first reading that fits, of those that need it one that the heads hear too, and the noun that it needs.
    fn reading(
        &self,
        readings: &'static [Trigger],
        around: &[usize],
        at: usize,
    ) -> Option<(&'static Trigger, Option<usize>)> {
        let trigger = readings.iter().filter(|t| self.fits(t, around)).find(|t| !t.weak || self.is_heard(at, t))?;
        let needed = |c: &usize| trigger.needs.iter().flatten().any(|w| self.is_word(*c, w));
        Some((trigger, around.iter().copied().filter(|c| self.trees.is_nominal(*c)).find(needed)))
    }

    /// The recipient where the trigger looks for it.
    pub(super) fn recipient(
        &self,
        trigger: &Trigger,
        at: usize,
        object: Option<usize>,
        hit: Option<usize>,
    ) -> Option<usize> {
        let trees = self.trees;
        let own = object.filter(|o| Some(*o) != hit && !trees.joined(*o).contains(&hit.unwrap_or(at)));
        let found = trigger.recipient.iter().find_map(|place| match *place {
            "obj" if object.is_some_and(|o| self.is_person_given(at, o)) => trees.child(at, &["iobj"]),
            "obj" => own,
            "that" => trees.child(at, &["ccomp"]).and_then(|c| trees.subject(c)),
            preposition => {
                let near = trees.oblique(at, preposition).or_else(|| trees.within(at, preposition));
                let found = near.or_else(|| object.filter(|o| *o < at).and_then(|o| trees.modifier(o, preposition)))?;
                if trees.is_nominal(found) { Some(found) } else { self.named_below(found) }
            }
        });
        // "banned the newspapers": what the reading needs is itself what the act is done to.
        found
            .or_else(|| object.filter(|_| trigger.recipient == ["obj"]))
            .or_else(|| hit.and_then(|h| trees.child(h, &["nmod:poss"])).filter(|p| trees.upos(*p) != Some(Upos::Pron)))
    }

    /// "gave the rebels weapons": the one who is given something stands as indirect object.
    fn is_person_given(&self, verb: usize, object: usize) -> bool {
        self.trees.child(verb, &["iobj"]).is_some_and(|i| i != object)
    }

    /// "agreed to lift a ban on X": whom what is agreed concerns: one who stands with the verb itself, whose request or ban it
    /// is about, the first name below it, else its object.
    fn named_below(&self, verb: usize) -> Option<usize> {
        let trees = self.trees;
        let range = trees.below_range(verb);
        let named = |n: &usize| {
            trees.upos(*n) == Some(Upos::Propn)
                && matches!(trees.rel(*n), "obl" | "nmod" | "obj" | "nmod:poss" | "iobj")
                && !trees.is_time(*n)
        };
        let modified = |n: &usize| trees.is_nominal(*n) && self.people(*n).is_some() && !trees.is_time(*n);
        let with = |n: &usize| {
            let led = |p: usize| matches!(trees.lemma(p), "with" | "to" | "from" | "against" | "on");
            matches!(trees.rel(*n), "obj" | "iobj") || trees.rel(*n) == "obl" && trees.preposition(*n).is_some_and(led)
        };
        let own = trees.children(verb).iter().copied().filter(|n| *n > verb && with(n));
        let close = own.clone().find(|n| (named(n) || modified(n)) && !is_deed(trees.lemma(*n)));
        let deed = || own.clone().find_map(|n| Some(self.concerned(n)).filter(|c| *c != n));
        let mut inside = (verb..range.end).filter(|n| trees.is_nominal(*n));
        close
            .or_else(deed)
            .or_else(|| inside.clone().find(named).or_else(|| inside.find(modified)))
            .or_else(|| trees.object(verb))
    }
}
