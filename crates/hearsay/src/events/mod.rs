//! Events: who did what to whom, when and where?
//!
//! Verbs and nouns of a lexicon (`triggers.tsv`), with the subject, object and agent that their clause shows, and words that the
//! engine's heads hold for acts are weighed together (`weighed`). Without the engine the rules stand alone, and prefer to say
//! nothing over saying something wrong.

mod find;
mod gather;
mod heads;
mod heard;
mod mood;
mod nouns;
mod numbers;
mod parsed;
mod status;
#[cfg(test)]
mod tests;
mod weighed;

use crate::shallow::Words;
use crate::shallow::quotes::{self, Quotations};
use crate::shallow::trees::Trees;
use find::{Act, Mood};
use heads::Hints;
use hearsay_data::cues::{cue, is_plural_source};
use hearsay_data::triggers::{is_unlike, mode};
use hearsay_engine::Engine;
use hearsay_types::plover;
use hearsay_types::{
    ActorId, Article, ArticleText, Claim, Entities, Event, EventId, MentionKind, NamedKind, Naming, Parsed,
    Participant, Precision, SourceKind, Span, Status, Upos, When, Where,
};
use std::ops::Range;

/// Finds every reported act in an article.
///
/// `engine` gives the network whose heads read [`Parsed::vectors`]; without it, or where its weights have no such heads, the rules
/// work alone.
pub fn code(
    article: &Article,
    parsed: &Parsed,
    entities: &Entities,
    claims: &[Claim],
    engine: Option<&Engine>,
) -> Vec<Event> {
    let words = Words::of_body(article, parsed);
    let quotes = quotes::find(&words, &article.paragraphs);
    let trees = Trees::of(&words, parsed);
    let hints = Hints::of(engine, parsed, &words);
    let coder = Coder { article, words: &words, parsed, entities, claims, hints: &hints };
    let mut out: Vec<Event> = Vec::new();
    for (index, range) in &words.sentences {
        let acts = if trees.has(range.start) && hints.has(range.start) {
            let told = weighed::acts(&words, &trees, &hints, range);
            told.into_iter().map(|c| (Some(c.why()), c.act)).collect()
        } else {
            by_rule(&words, &quotes, &trees, &hints, range).into_iter().map(|act| (None, act)).collect::<Vec<_>>()
        };
        for (why, act) in acts {
            let event = coder.event(*index, range, &act, why);
            if let Some(event) = event.filter(|e| !out.iter().any(|o| o.id == e.id)) {
                out.push(event);
            }
        }
    }
    out
}

/// What the rules find in a sentence where no head is asked.
fn by_rule(words: &Words, quotes: &Quotations, trees: &Trees, hints: &Hints, range: &Range<usize>) -> Vec<Act> {
    if is_unlike(words.list[range.clone()].iter().map(|w| &*w.lower)) {
        return Vec::new();
    }
    if trees.has(range.start) {
        return parsed::acts(words, trees, hints, range);
    }
    find::acts(words, quotes, range).into_iter().chain(nouns::acts(words, quotes, range)).collect()
}

/// An act that may be told: the word that names it, its type, and the marks that it is weighed by with their values.
pub type Weighed = (Span, &'static str, Vec<(String, f32)>);

/// The marks that the acts of an article are weighed by, those that are found too light among them: what weights are fitted on.
pub fn marks(article: &Article, parsed: &Parsed, engine: Option<&Engine>) -> Vec<Weighed> {
    let words = Words::of_body(article, parsed);
    let hints = Hints::of(engine, parsed, &words);
    let trees = Trees::of(&words, parsed);
    let sentences = words.sentences.iter().filter(|(_, r)| trees.has(r.start) && hints.has(r.start));
    let all = sentences.flat_map(|(_, range)| weighed::candidates(&words, &trees, &hints, range));
    all.filter_map(|c| Some((words.list[c.act.at].span, kind(&c.act)?, c.marks))).collect()
}

/// The type: cooperation to come is an agreement, cooperation that is refused a rejection. Force that was not used stands as denied;
/// words that were not said are no act.
fn kind(act: &Act) -> Option<&'static str> {
    let kind = act.trigger.kind;
    match act.mood {
        Mood::Negated if matches!(kind, "AGREE" | "AID" | "COOPERATE" | "CONSULT" | "SUPPORT" | "CONCEDE") => {
            Some("REJECT")
        }
        Mood::Negated if matches!(kind, "ASSAULT" | "COERCE" | "MOBILIZE" | "SANCTION") => Some(kind),
        Mood::Negated => None,
        Mood::Ahead if matches!(kind, "AID" | "COOPERATE" | "RETREAT" | "CONCEDE" | "CONSULT" | "SUPPORT") => {
            Some("AGREE")
        }
        _ => Some(kind),
    }
}

struct Coder<'a> {
    article: &'a Article,
    words: &'a Words<'a>,
    parsed: &'a Parsed,
    entities: &'a Entities,
    claims: &'a [Claim],
    hints: &'a Hints,
}

impl Coder<'_> {
    fn event(&self, sentence: usize, range: &Range<usize>, act: &Act, why: Option<String>) -> Option<Event> {
        let trigger = self.words.list[act.at].span;
        let kind = kind(act)?;
        let here = |claim: &&Claim| self.text(claim.sentence) == self.text(sentence);
        let claim = status::teller(self.claims.iter().filter(here), trigger);
        let mut actors = self.participants(&act.actors, sentence, claim);
        // "the Tolm massacre" was in Tolm, and nobody is said to have done it.
        let named_by_noun = self.parsed.sentences.get(sentence).is_some_and(|s| {
            let tokens = self.parsed.tokens_of(s);
            tokens.iter().any(|t| t.span == trigger && t.upos == Some(Upos::Noun))
        });
        actors.retain(|p| !named_by_noun || p.actor_id.is_some() || !self.is_place(sentence, p.span));
        let recipients = self.participants(&act.recipients, sentence, claim);
        let ids = |list: &[Participant]| list.iter().filter_map(|p| p.actor_id).collect::<Vec<ActorId>>();
        let denied =
            status::is_denied(self.claims, self.entities, &ids(&actors), &ids(&recipients), claim, (act, sentence));
        let time = self.time(sentence, trigger);
        let past = time.as_ref().is_some_and(|t| t.precision == Precision::Year);
        let (status, reason) = status::status(act, self.claims, claim, denied, past);
        // The head reads one sentence: what a teller in another made of the act is not its to take back, nor is a negation, by which
        // the type and the tellers go.
        let within = |c: &Claim| status::told_by(self.claims, c).take(status::NESTED).all(|c| c.sentence == sentence);
        let own = status == Status::Happened || claim.is_none_or(within);
        let seen = own && act.mood != Mood::Negated;
        let (status, reason) = match self.hints.status(act.at, status).filter(|_| seen) {
            Some(told) => (told, "by the head of the language engine"),
            None => (status, reason),
        };
        let factive = claim.is_some_and(|c| cue(&c.cue.lemma).is_some_and(|c| c.frame.factive));
        let taken: Vec<Span> = act.actors.iter().chain(&act.recipients).map(|r| self.words.span(r)).collect();
        let clause = self.words.span(&(range.start..act.end.max(act.at + 1)));
        Some(Event {
            id: EventId::within(&self.article.id, &[b"event", &trigger.start.to_le_bytes(), kind.as_bytes()]),
            sentence,
            claim: claim.map(|c| c.id),
            trigger,
            kind,
            mode: self.mode(kind, act, range),
            context: act.trigger.context.into_iter().collect(),
            quad: plover::quad(kind).unwrap_or(4),
            place: self.place(sentence, trigger, clause, &taken),
            time,
            numbers: numbers::find(self.words, act, range),
            actors,
            recipients,
            status,
            tellers: status::tellers(act, claim, factive),
            according_to: self.chain(claim),
            why: [self.evidence(act, kind), reason.to_owned()].into_iter().chain(why).collect(),
        })
    }

    /// In which of the article's texts a sentence stands.
    fn text(&self, sentence: usize) -> Option<ArticleText> {
        self.parsed.sentences.get(sentence).map(|s| s.text)
    }

    fn evidence(&self, act: &Act, kind: &str) -> String {
        match act.trigger.lemma {
            "" => format!("\"{}\" as {kind}, by the head of the language engine", self.words.lower(act.at)),
            lemma => format!("\"{lemma}\" as {kind}, by the lexicon"),
        }
    }

    /// The mode: the trigger's own, else what the words of its clause tell.
    fn mode(&self, kind: &str, act: &Act, sentence: &Range<usize>) -> Option<&'static str> {
        let own = act.trigger.mode.filter(|_| kind == act.trigger.kind);
        if own.is_some() && !act.trigger.weak_mode {
            return own;
        }
        let from = act.actors.iter().map(|a| a.start).min().unwrap_or(act.at).min(act.at).max(sentence.start);
        let clause = from..act.end.max(act.at + 1).min(sentence.end);
        mode(kind, |word| clause.clone().any(|i| self.words.lower(i) == word)).or(own)
    }

    /// The participants that a phrase names: the whole phrase, resolved to the actor that its head names.
    fn participants(&self, ranges: &[Range<usize>], sentence: usize, claim: Option<&Claim>) -> Vec<Participant> {
        let mut out: Vec<Participant> = Vec::new();
        for range in ranges {
            let new = self.participant(&self.whole(range, sentence), claim);
            // A name that two phrases are pieces of is one side.
            if !out.iter().any(|o| o.span.overlaps(new.span)) {
                out.push(new);
            }
        }
        out
    }

    /// A phrase with the names that reach beyond it: a tree can cut "Secretary of State Ana Torvald" in two.
    fn whole(&self, range: &Range<usize>, sentence: usize) -> Range<usize> {
        let span = self.words.span(range);
        let who = |k: NamedKind| {
            matches!(k, NamedKind::Person | NamedKind::Organisation | NamedKind::ArmedGroup | NamedKind::Government)
        };
        let named = self.parsed.mentions.iter().filter(|m| m.sentence == sentence && who(m.kind)).map(|m| m.span);
        let known = self.entities.mentions.iter().filter(|m| m.sentence == sentence);
        let known = known.filter(|m| matches!(m.kind, MentionKind::Actor(_))).map(|m| m.span);
        let cut = |s: &Span| s.overlaps(span) && !span.contains(*s);
        let whole = named.chain(known).filter(cut).fold(span, |all, s| all.to(s).to(all));
        let list = &self.words.list;
        list.partition_point(|w| w.span.end <= whole.start)..list.partition_point(|w| w.span.start < whole.end)
    }

    fn participant(&self, range: &Range<usize>, claim: Option<&Claim>) -> Participant {
        let article = usize::from(matches!(self.words.lower(range.start), "the" | "a" | "an") && range.len() > 1);
        let span = self.words.span(&(range.start + article..range.end));
        let inside: Vec<_> = self.entities.actors_in(self.words.span(range)).collect();
        let comma = range.clone().find(|i| self.words.lower(*i) == ",");
        let head_end = comma.map_or(span.end, |c| self.words.list[c].span.start);
        let actor = inside
            .iter()
            .filter(|(s, _)| s.end <= head_end)
            .find(|(s, _)| s.end == head_end || s.start <= span.start)
            .map(|(_, a)| *a);
        let back = self.speaker(range, claim).or_else(|| self.antecedent(range)).filter(|_| actor.is_none());
        let name = actor.map(|a| a.name.clone()).or_else(|| back.as_ref().map(|b| b.name.clone()));
        let id = actor.map(|a| a.id).or(back.as_ref().and_then(|b| b.actor_id));
        Participant {
            span,
            actor_id: id,
            name: name.unwrap_or_else(|| span.of(self.words.text).to_owned()),
            country: actor.and_then(|a| a.country.clone()).or(back.as_ref().and_then(|b| b.country.clone())),
            sector: actor.and_then(|a| a.sector.clone()).or(back.and_then(|b| b.sector)),
        }
    }

    /// "The mayor said he had ...": a pronoun inside what someone says is most often the speaker.
    fn speaker(&self, range: &Range<usize>, claim: Option<&Claim>) -> Option<Participant> {
        let pronoun =
            range.len() == 1 && matches!(self.words.lower(range.start), "he" | "she" | "it" | "they" | "we" | "i");
        let source = &claim.filter(|_| pronoun)?.source;
        // "Officials in Hadrin denied that they ...": several people hold no office together.
        let head = source.head.as_deref().filter(|_| source.naming != Naming::Named);
        let many = head.is_some_and(|h| is_plural_source(&h.to_lowercase()));
        let person = matches!(source.kind, SourceKind::Person | SourceKind::Office) && !many;
        if matches!(self.words.lower(range.start), "he" | "she") != person {
            return None;
        }
        let actor = source.actor_id.and_then(|id| self.entities.actor(id));
        Some(Participant {
            span: Span::new(0, 0),
            actor_id: source.actor_id,
            name: source.name.clone()?,
            country: actor.and_then(|a| a.country.clone()),
            sector: actor.and_then(|a| a.sector.clone()),
        })
    }

    /// Whom "it", "they" or "the group" stands for: the last actor named before that can be meant.
    fn antecedent(&self, range: &Range<usize>) -> Option<Participant> {
        let first = self.words.lower(range.start);
        let group = range.len() <= 2
            && matches!(
                self.words.lower(range.end - 1),
                "group" | "movement" | "organisation" | "organization" | "faction" | "militants" | "brigades"
            );
        if !(range.len() == 1 && matches!(first, "it" | "they" | "them") || group) {
            return None;
        }
        let before = self.words.list[range.start].span.start;
        let recent = self.entities.mentions.iter().rev().filter(|m| m.span.end <= before);
        let fits = |id: ActorId| {
            self.entities.actor(id).filter(|a| {
                !group
                    || matches!(a.kind, hearsay_types::ActorKind::ArmedGroup | hearsay_types::ActorKind::Organisation)
            })
        };
        let actor = recent
            .filter_map(|m| match m.kind {
                MentionKind::Actor(id) => fits(id),
                _ => None,
            })
            .next()?;
        Some(Participant {
            span: Span::new(0, 0),
            actor_id: Some(actor.id),
            name: actor.name.clone(),
            country: actor.country.clone(),
            sector: actor.sector.clone(),
        })
    }

    /// Whether a span is the name of a place, or a piece of one.
    fn is_place(&self, sentence: usize, span: Span) -> bool {
        let known = self.entities.mentions.iter().filter(|m| matches!(m.kind, MentionKind::Place(_)));
        let known = known.map(|m| (m.sentence, m.span));
        let seen = self.parsed.mentions.iter().filter(|m| m.kind == NamedKind::Place).map(|m| (m.sentence, m.span));
        known.chain(seen).any(|(at, place)| at == sentence && place.contains(span))
    }

    /// The place of the clause: the first behind the trigger, else the last before it, that is no participant.
    fn place(&self, sentence: usize, trigger: Span, clause: Span, taken: &[Span]) -> Option<Where> {
        let free = |s: Span| !taken.iter().any(|t| t.contains(s));
        let places = || {
            self.entities.mentions.iter().filter(|m| m.sentence == sentence && matches!(m.kind, MentionKind::Place(_)))
        };
        let behind = places().find(|m| m.span.start >= trigger.end && free(m.span));
        let found = behind
            .or_else(|| places().rfind(|m| clause.contains(m.span) && m.span.end <= trigger.start && free(m.span)))
            .or_else(|| places().find(|m| clause.contains(m.span) && m.span.start >= trigger.end))?;
        let MentionKind::Place(place) = &found.kind else { return None };
        Some(Where {
            span: found.span,
            place_id: place.id.clone(),
            name: place.name.clone(),
            lat: place.lat,
            lon: place.lon,
            precision: place.precision,
        })
    }

    /// The nearest date of the sentence.
    fn time(&self, sentence: usize, trigger: Span) -> Option<When> {
        let dates = self.entities.mentions.iter().filter(|m| m.sentence == sentence).filter_map(|m| match &m.kind {
            MentionKind::Time(t)
                if matches!(t.kind, "DATE" | "TIME")
                    && !t.value.ends_with("_REF")
                    && t.precision != Precision::Unknown =>
            {
                Some((m.span, t))
            }
            _ => None,
        });
        let (span, timex) = dates.min_by_key(|(s, _)| {
            if s.start >= trigger.start { s.start - trigger.start } else { 2 * (trigger.start - s.start) }
        })?;
        Some(When { span: Some(span), interval: timex.interval, precision: timex.precision })
    }

    /// Publisher, relays, ultimate source.
    fn chain(&self, claim: Option<&Claim>) -> Vec<Vec<String>> {
        let name = |c: &Claim| c.source.name.clone().unwrap_or_else(|| "unnamed".to_owned());
        let mut names: Vec<String> =
            claim.into_iter().flat_map(|c| status::told_by(self.claims, c)).take(status::NESTED).map(name).collect();
        names.push(self.article.publisher.clone().unwrap_or_else(|| "publisher".to_owned()));
        names.reverse();
        vec![names]
    }
}
