//! What dependency trees tell of a clause: who does it, to whom, by whom, and how it is told. Relations are those of
//! Universal Dependencies 2 as the English treebanks use them. Without a parse every question is answered with none.

use super::Words;
use super::subject::{WEEKDAYS, is_month};
use hearsay_types::{Parsed, Token, Upos};
use std::ops::Range;

/// How many steps a question goes up a tree before it gives up.
const STEPS: usize = 6;

/// Verbs whose object does what their infinitive tells: "ordered the police to leave".
const OBJECT_CONTROL: [&str; 21] = [
    "order",
    "urge",
    "ask",
    "force",
    "allow",
    "tell",
    "warn",
    "call",
    "help",
    "permit",
    "compel",
    "let",
    "make",
    "oblige",
    "enable",
    "persuade",
    "want",
    "invite",
    "direct",
    "authorise",
    "authorize",
];

/// The trees over the words of a body.
pub struct Trees<'a> {
    tokens: Vec<&'a Token>,
    heads: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
}

impl<'a> Trees<'a> {
    /// The trees of the sentences of a body, by the numbers of its words.
    pub fn of(words: &Words, parsed: &'a Parsed) -> Self {
        let mut tokens = Vec::with_capacity(words.list.len());
        let mut heads = Vec::with_capacity(words.list.len());
        let mut children = vec![Vec::new(); words.list.len()];
        for (index, range) in &words.sentences {
            let sentence = &parsed.sentences[*index];
            for (at, token) in range.clone().zip(parsed.tokens_of(sentence)) {
                let head = token.head.map(|h| range.start + h - sentence.tokens.start).filter(|h| range.contains(h));
                if let Some(head) = head {
                    children[head].push(at);
                }
                tokens.push(token);
                heads.push(head);
            }
        }
        Trees { tokens, heads, children }
    }

    /// Whether the sentence of this word is parsed.
    pub fn has(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.deprel.is_some())
    }

    /// The relation of a word to its head; empty without a parse.
    pub fn rel(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|t| t.deprel.as_deref()).unwrap_or("")
    }

    /// The word that a word depends on.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.heads.get(at).copied().flatten()
    }

    /// The words that depend on a word, in order.
    pub fn children(&self, at: usize) -> &[usize] {
        self.children.get(at).map_or(&[], Vec::as_slice)
    }

    /// The first word that depends on a word by one of these relations.
    pub fn child(&self, at: usize, rels: &[&str]) -> Option<usize> {
        self.children(at).iter().copied().find(|c| rels.contains(&self.rel(*c)))
    }

    /// The part of speech of a word.
    pub fn upos(&self, at: usize) -> Option<Upos> {
        self.tokens.get(at).and_then(|t| t.upos)
    }

    /// The dictionary form of a word; empty where none is told.
    pub fn lemma(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|t| t.lemma.as_deref()).unwrap_or("")
    }

    /// Whether a word has this feature, as in `Voice=Pass`.
    pub fn feat(&self, at: usize, feature: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.feats.split('|').any(|f| f == feature))
    }

    /// The first and last word below a word, as a range.
    pub fn below_range(&self, at: usize) -> Range<usize> {
        let mut range = at..at + 1;
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            range = range.start.min(next)..range.end.max(next + 1);
            open.extend(self.children(next));
        }
        range
    }

    /// A noun with those that are joined to it: "Orvia, Vell and the union".
    pub fn joined(&self, noun: usize) -> Vec<usize> {
        let mut out = vec![noun];
        out.extend(self.children(noun).iter().copied().filter(|c| self.rel(*c) == "conj" && self.is_nominal(*c)));
        out
    }

    /// Whether a word is a noun, a name, a pronoun or a number.
    pub fn is_nominal(&self, at: usize) -> bool {
        matches!(self.upos(at), Some(Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym))
    }

    /// The phrase of a noun: its determiners, modifiers, names and "of" phrases, without clauses, appositions and what
    /// is joined to it.
    pub fn phrase(&self, noun: usize) -> Range<usize> {
        let mut range = noun..noun + 1;
        for child in self.children(noun).iter().rev().copied().filter(|c| *c < noun) {
            if !self.inside(child) {
                break;
            }
            range.start = self.below_range(child).start;
        }
        for child in self.children(noun).iter().copied().filter(|c| *c > noun) {
            let possessive = self.rel(child) == "case";
            if possessive || !self.inside(child) || self.below_range(child).start > range.end {
                break;
            }
            range.end = self.below_range(child).end;
        }
        range
    }

    /// Whether a word that depends on a noun belongs to its phrase.
    fn inside(&self, child: usize) -> bool {
        match self.rel(child) {
            "det" | "amod" | "compound" | "nummod" | "flat" | "nmod:poss" | "det:predet" | "fixed" | "goeswith"
            | "advmod" | "nmod:unmarked" | "nmod:desc" => true,
            "nmod" => self.preposition(child).is_some_and(|p| matches!(self.lemma(p), "of" | "for")),
            _ => false,
        }
    }

    /// The preposition of a phrase.
    pub fn preposition(&self, noun: usize) -> Option<usize> {
        self.child(noun, &["case", "mark"])
    }

    /// The grammatical subject of a verb: its own, that of the verb it is joined to or governed by, or the noun that its
    /// relative or participial clause modifies.
    pub fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, STEPS)
    }

    fn subject_within(&self, verb: usize, steps: usize) -> Option<usize> {
        if let Some(own) = self.child(verb, &["nsubj", "nsubj:pass", "nsubj:outer"]) {
            return Some(self.antecedent(verb, own));
        }
        let head = self.head(verb).filter(|_| steps > 0)?;
        match self.rel(verb) {
            "acl" if !self.feat(verb, "VerbForm=Inf") && self.preposition(verb).is_none() => Some(head),
            "acl" => self.owner(head, steps),
            "xcomp" | "advcl" if self.controlled(verb, head) => self.patient(head),
            "conj" | "xcomp" | "advcl" if !self.is_nominal(head) || self.child(head, &["cop"]).is_some() => {
                self.subject_within(head, steps - 1)
            }
            // "said ... , killing": the verb of a clause that is told has the subject of what it is joined to.
            "parataxis" if self.feat(verb, "VerbForm=Ger") => self.subject_within(head, steps - 1),
            _ => None,
        }
    }

    /// Whether the object of `head` does what the infinitive `verb` tells.
    fn controlled(&self, verb: usize, head: usize) -> bool {
        let infinitive = self.children(verb).iter().any(|c| self.rel(*c) == "mark" && self.lemma(*c) == "to");
        let bare = self.rel(verb) == "xcomp";
        let accused = matches!(self.lemma(head), "accuse" | "blame" | "suspect" | "charge" | "condemn" | "criticise")
            && self.preposition(verb).is_some_and(|p| matches!(self.lemma(p), "of" | "for" | "with"));
        let told = (infinitive || bare) && OBJECT_CONTROL.contains(&self.lemma(head));
        (told || accused) && self.patient(head).is_some()
    }

    /// Whom a verb is done to: its object, in the passive its subject.
    fn patient(&self, verb: usize) -> Option<usize> {
        if self.is_passive(verb) { self.child(verb, &["nsubj:pass"]) } else { self.object(verb) }
    }

    /// Whose plan or order a noun with an infinitive or a gerund is: "the army's order to leave", "announced plans to leave", "were
    /// jailed on suspicion of killing".
    fn owner(&self, noun: usize, steps: usize) -> Option<usize> {
        let own = self.child(noun, &["nmod:poss"]);
        own.or_else(|| {
            let verb = self.head(noun).filter(|_| matches!(self.rel(noun), "obj" | "obl" | "nsubj:pass"))?;
            self.subject_within(verb, steps - 1)
        })
    }

    /// For "who" and "which" the noun that their clause modifies.
    fn antecedent(&self, verb: usize, subject: usize) -> usize {
        let pronoun = matches!(self.lemma(subject), "who" | "which" | "that") && self.upos(subject) != Some(Upos::Det);
        let relative = std::iter::successors(Some(verb), |v| self.head(*v).filter(|_| self.rel(*v) == "conj"))
            .take(STEPS)
            .find(|v| self.rel(*v).ends_with("relcl"));
        relative.and_then(|v| self.head(v)).filter(|_| pronoun).unwrap_or(subject)
    }

    /// Whether a verb is in the passive, or a participle that tells what was done to its noun.
    pub fn is_passive(&self, verb: usize) -> bool {
        let marked = self.child(verb, &["aux:pass", "nsubj:pass", "obl:agent"]).is_some();
        let participle = self.feat(verb, "VerbForm=Part") && !self.feat(verb, "Tense=Pres");
        let bare = matches!(self.rel(verb), "acl" | "advcl" | "root" | "conj" | "amod")
            && self.child(verb, &["aux", "obj", "nsubj"]).is_none();
        marked || participle && (bare || self.feat(verb, "Voice=Pass"))
    }

    /// Who does what a passive tells: "by" the army, also "in an air strike by the army".
    pub fn agent(&self, verb: usize) -> Option<usize> {
        let own = self.child(verb, &["obl:agent"]).or_else(|| self.oblique(verb, "by"));
        own.filter(|a| !self.is_time(*a)).or_else(|| {
            let act = ["in", "during", "after", "when", "from"].iter().find_map(|p| self.oblique(verb, p))?;
            self.modifier(act, "by").or_else(|| self.child(act, &["nmod:poss"]))
        })
    }

    /// Whether a noun names a time: "Monday", "night", "May".
    pub fn is_time(&self, noun: usize) -> bool {
        const UNITS: [&str; 13] = [
            "night",
            "day",
            "week",
            "month",
            "year",
            "end",
            "weekend",
            "time",
            "today",
            "yesterday",
            "morning",
            "evening",
            "hour",
        ];
        let lemma = self.lemma(noun).to_lowercase();
        UNITS.contains(&lemma.as_str()) || WEEKDAYS.contains(&lemma.as_str()) || is_month(&lemma)
    }

    /// The direct object of a verb; for an object relative clause the noun that it modifies.
    pub fn object(&self, verb: usize) -> Option<usize> {
        let own = self.child(verb, &["obj", "iobj"]);
        let pronoun = own.is_some_and(|o| matches!(self.lemma(o), "who" | "whom" | "which" | "that"));
        let relative = self.rel(verb).ends_with("relcl");
        if !relative || own.is_some() && !pronoun {
            return own;
        }
        let subject = self.child(verb, &["nsubj"])?;
        self.head(verb).filter(|_| self.antecedent(verb, subject) == subject && !self.is_passive(verb))
    }

    /// The noun behind a preposition that depends on a verb.
    pub fn oblique(&self, verb: usize, preposition: &str) -> Option<usize> {
        let rels = ["obl", "obl:agent", "nmod", "advmod", "advcl", "xcomp", "iobj"];
        self.behind(verb, preposition, &rels)
    }

    /// The noun behind a preposition that depends on a noun.
    pub fn modifier(&self, noun: usize, preposition: &str) -> Option<usize> {
        self.behind(noun, preposition, &["nmod", "obl", "acl"])
    }

    fn behind(&self, at: usize, preposition: &str, rels: &[&str]) -> Option<usize> {
        let found = |c: &usize| rels.contains(&self.rel(*c)) && self.is_led_by(*c, preposition) && !self.is_time(*c);
        self.children(at).iter().copied().find(found)
    }

    /// Whether a phrase starts with this preposition.
    fn is_led_by(&self, noun: usize, preposition: &str) -> bool {
        self.children(noun).iter().any(|p| {
            matches!(self.rel(*p), "case" | "mark" | "fixed")
                && (self.lemma(*p) == preposition || self.spells(*p, preposition))
        })
    }

    /// The noun behind a preposition anywhere in the clause of a verb or noun, the first after it. Clauses of their own
    /// are left out.
    pub fn within(&self, top: usize, preposition: &str) -> Option<usize> {
        let mut found: Option<usize> = None;
        let mut open = vec![top];
        while let Some(at) = open.pop() {
            for child in self.children(at).iter().copied().filter(|c| *c > top) {
                if !matches!(
                    self.rel(child),
                    "obj" | "obl" | "nmod" | "iobj" | "obl:agent" | "conj" | "appos" | "nsubj:pass"
                ) || self.rel(child) == "conj" && !self.is_nominal(child)
                {
                    continue;
                }
                if self.is_led_by(child, preposition) && !self.is_time(child) && found.is_none_or(|f| child < f) {
                    found = Some(child);
                }
                open.push(child);
            }
        }
        found
    }

    /// "on to", "out of": a preposition of two words.
    fn spells(&self, case: usize, preposition: &str) -> bool {
        let reason =
            matches!(self.lemma(case), "due" | "owing" | "thanks" | "because" | "accord" | "accordance" | "prior");
        !reason && self.child(case, &["fixed"]).is_some_and(|f| self.lemma(f) == preposition)
    }

    /// Whether a verb or its infinitive is negated by "not", "never" or "no"; "not only" negates nothing.
    pub fn is_negated(&self, verb: usize) -> bool {
        let negative = |c: &usize| {
            let more = matches!(self.lemma(*c), "not") && matches!(self.lemma(c + 1), "only" | "just");
            matches!(self.rel(*c), "advmod" | "det" | "cc:preconj")
                && matches!(self.lemma(*c), "not" | "never" | "no" | "n't" | "neither" | "nor")
                && !more
        };
        let noun = |rel: &str| {
            self.child(verb, &[rel]).is_some_and(|n| {
                matches!(self.lemma(n), "nobody" | "none" | "nothing") || self.children(n).iter().any(&negative)
            })
        };
        self.children(verb).iter().any(negative) || noun("nsubj") || noun("nsubj:pass") || noun("obj")
    }
}
