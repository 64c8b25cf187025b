//! The rows of claims.

use super::article::Context;
use super::{Writer, bounds, list, pairs};
use crate::{Error, names::Name};
use hearsay_types::{Claim, ClaimId, Note, Stage};
use rusqlite::params;

impl Writer<'_> {
    pub(super) fn claims(&self, context: &mut Context) -> Result<(), Error> {
        for (nth, claim) in context.coded.claims.iter().enumerate() {
            if context.claims.get(&claim.id) != Some(&nth) {
                let message = format!("Two claims have the id {}; the first is kept.", claim.id);
                context.notes.push(Note::new(Stage::Attribute, "same-id", message));
                continue;
            }
            self.claim(context, nth, claim)?;
        }
        Ok(())
    }

    fn claim(&self, context: &mut Context, nth: usize, claim: &Claim) -> Result<(), Error> {
        let source = &claim.source;
        let relation = source.relation.as_ref();
        let parent = context.claim(claim.parent, Stage::Attribute);
        let source_actor = context.actor(source.actor_id, Stage::Attribute);
        let relation_actor = context.actor(relation.and_then(|r| r.actor_id), Stage::Attribute);
        let (addressee, medium) = (bounds(claim.addressee), bounds(claim.medium.as_ref().map(|m| m.span)));
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO t_claims (article, nth, id, sentence, parent, source_spans, source_head, source_actor, source_name,
                 source_kind, source_naming, source_anonymous, source_role, relation, relation_text, relation_actor,
                 cue_spans, cue_lemma, cue_class, cue_negated, content_spans, quote, stance, addressee_start,
                 addressee_end, medium_start, medium_end, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                 ?23, ?24, ?25, ?26, ?27, ?28)",
        )?;
        insert.execute(params![
            context.key,
            nth,
            claim.id.to_string(),
            context.sentence(claim.sentence),
            parent,
            pairs(&source.spans),
            source.head,
            source_actor,
            source.name,
            source.kind.name(),
            source.naming.name(),
            source.anonymous,
            source.role_text,
            relation.map(|r| r.kind.name()),
            relation.map(|r| r.actor.as_str()),
            relation_actor,
            pairs(&claim.cue.spans),
            claim.cue.lemma,
            claim.cue.class.name(),
            claim.cue.negated,
            pairs(&claim.content.spans),
            claim.content.quote.name(),
            claim.stance.name(),
            addressee.0,
            addressee.1,
            medium.0,
            medium.1,
            list(&claim.why)?
        ])?;
        Ok(())
    }
}

impl Context<'_> {
    /// The number of a claim. One that the article does not hold is left out, with a note.
    pub(super) fn claim(&mut self, id: Option<ClaimId>, stage: Stage) -> Option<usize> {
        let id = id?;
        let nth = self.claims.get(&id).copied();
        if nth.is_none() {
            let message = format!("A row names the claim {id}, which is not among the article's claims.");
            self.notes.push(Note::new(stage, "unknown-claim", message));
        }
        nth
    }
}
