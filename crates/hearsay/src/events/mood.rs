//! How the tree of a clause tells its act: as done, to come, possible or not done.

use super::find::Mood;
use super::parsed::Reader;
use hearsay_data::cues::cue;

impl Reader<'_> {
    /// Whether a word stands aside of what its sentence tells: a noun that only dates or names another act, a relative clause.
    pub(super) fn is_aside(&self, at: usize) -> bool {
        let trees = self.trees;
        match trees.rel(at) {
            "nmod" | "obl" => trees.is_nominal(at),
            "acl" => trees.is_passive(at),
            rel => rel.ends_with("relcl") && trees.feat(at, "Tense=Past"),
        }
    }

    /// How a clause tells its act: by its own words, else by those of what governs it.
    pub(super) fn mood(&self, at: usize, steps: usize) -> Mood {
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
        if helper(&["could", "might", "may", "should", "can", "if", "unless", "whether", "lest"]) {
            return Mood::Possible;
        }
        if helper(&["would", "'d"]) {
            return if self.is_told_ahead(at) { Mood::Ahead } else { Mood::Possible };
        }
        let infinitive = trees.children(at).iter().any(|c| trees.rel(*c) == "mark" && trees.lemma(*c) == "to");
        if helper(&["will", "shall", "'ll"]) || infinitive && self.is_to_be(at) || self.is_dated_ahead(at) {
            return Mood::Ahead;
        }
        let Some(head) = trees.head(at).filter(|_| steps > 0) else { return Mood::Done };
        let own_subject = trees.child(at, &["nsubj", "nsubj:pass"]).is_some();
        match trees.rel(at) {
            "ccomp" if self.is_wished(head) => Mood::Possible,
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

    /// "said it would withdraw": what was to come when it was told, and hangs on no condition.
    fn is_told_ahead(&self, at: usize) -> bool {
        let trees = self.trees;
        let first = std::iter::successors(Some(at), |a| trees.head(*a).filter(|_| trees.rel(*a) == "conj")).last();
        let says = |verb: usize| cue(trees.lemma(verb)).is_some_and(|c| matches!(c.class, "say" | "write" | "decree"));
        let told = first.is_some_and(|first| {
            matches!(trees.rel(first), "ccomp" | "parataxis") && trees.head(first).is_some_and(says)
                || trees.child(first, &["parataxis", "ccomp"]).is_some_and(says)
        });
        let condition = |c: &usize| {
            trees.rel(*c) == "advcl"
                && trees.child(*c, &["mark"]).is_some_and(|m| matches!(trees.lemma(m), "if" | "unless" | "were"))
        };
        told && !trees.children(at).iter().any(condition)
    }

    /// "is to free the prisoners", and a headline's "to visit". In "is said to be behind it" the infinitive's own verb comes later.
    fn is_to_be(&self, at: usize) -> bool {
        let trees = self.trees;
        let to = trees.children(at).iter().copied().find(|c| trees.rel(*c) == "mark" && trees.lemma(*c) == "to");
        let led = |c: usize| c < to.unwrap_or(at).min(at);
        let be = |c: &usize| led(*c) && matches!(trees.rel(*c), "aux" | "cop") && trees.lemma(*c) == "be";
        trees.children(at).iter().any(be)
            || trees.rel(at) == "root" && trees.child(at, &["nsubj", "nsubj:pass"]).is_some()
    }

    /// "planned rallies", "the coming visit".
    fn is_dated_ahead(&self, noun: usize) -> bool {
        let trees = self.trees;
        let ahead = |c: &usize| {
            trees.rel(*c) == "amod"
                && matches!(trees.lemma(*c), "plan" | "planned" | "upcoming" | "schedule" | "scheduled" | "forthcoming")
        };
        trees.is_nominal(noun) && trees.children(noun).iter().any(ahead)
    }

    /// "demanded that the nurses be freed".
    fn is_wished(&self, head: usize) -> bool {
        matches!(self.trees.lemma(head), "demand" | "insist" | "urge" | "propose" | "suggest" | "wish" | "hope")
    }

    /// How a word tells what hangs on it.
    fn governed(&self, lemma: &str) -> Option<Mood> {
        Some(match lemma {
            "fail" | "refuse" | "decline" | "unable" | "stop" | "avoid" | "refrain" | "prevent" | "avert" | "foil"
            | "thwart" => Mood::Negated,
            "plan" | "intend" | "prepare" | "expect" | "schedule" | "set" | "ready" | "go" | "agree" | "vow"
            | "pledge" | "promise" | "offer" | "likely" | "decide" | "due" | "decision" | "intention" | "poise"
            | "order" | "willing" | "mean" | "readiness" | "willingness" | "undertake" | "commit" => Mood::Ahead,
            "want" | "hope" | "wish" | "seek" | "consider" | "mull" | "urge" | "ask" | "demand" | "call"
            | "threaten" | "request" | "try" | "attempt" | "threat" | "appeal" | "invite" | "propose" | "need"
            | "possibility" | "risk" | "able" | "allow" | "warn" => Mood::Possible,
            _ => return None,
        })
    }
}
