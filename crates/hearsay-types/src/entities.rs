//! Actors, places and times: what the mentions of an article stand for.

use crate::{ActorId, Interval, Span};
use serde::{Deserialize, Serialize};

/// What kind of thing an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A state's government, also named by its country or capital.
    Government,
    /// A ministry, army, police or another body of a government.
    StateBody,
    /// A party, company, aid body or another organisation.
    Organisation,
    /// A group under arms that is no state's.
    ArmedGroup,
    /// The United Nations and bodies of several states.
    International,
    /// A newspaper, agency, channel, site.
    Media,
    /// An office, whoever holds it.
    Office,
    /// A person in a public role.
    Person,
}

/// Where an actor or a place comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The data that ships.
    Shipped,
    /// The user's own file.
    User,
    /// Named in the text together with its kind or public role.
    Text,
}

/// An actor. Private people are not actors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Hash of its key in the data, or of the article and name it was found in.
    pub id: ActorId,
    /// The name it is shown by.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
    /// PLOVER sector code, as in `GOV`, `MIL`, `REB`.
    pub sector: Option<String>,
    /// The actor it is a part of.
    pub part_of: Option<ActorId>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Whether its name may be shown under the profile `public`.
    pub public: bool,
    /// Where it comes from.
    pub basis: Basis,
}

/// How exactly a place or a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum Precision {
    Point,
    Settlement,
    District,
    Region,
    Country,
    Area,
    Day,
    Week,
    Month,
    Season,
    Year,
    Decade,
    Century,
    Unknown,
}

/// A place of the gazetteer, or a place that only the text knows (no coordinates then).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// Its id in the gazetteer, as in `geonames:281133`.
    pub id: Option<String>,
    /// Its name in the gazetteer, or as it is written.
    pub name: String,
    /// Degrees north. The point of a country, a region or an area is where its label stands, and nothing happened there:
    /// draw by [`PlaceRef::precision`].
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// What it is, as in `settlement`, `region`, `country`.
    pub kind: String,
    /// How exactly it is told.
    pub precision: Precision,
}

/// A time expression (TIMEX3 of TimeML, values in ISO 8601).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// Its value, as in `2012-02`, `XXXX-06`, `P2D`.
    pub value: String,
    /// The days it can mean; open where the page does not tell.
    pub interval: Interval,
    /// How exactly it is told.
    pub precision: Precision,
}

/// What a mention stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum MentionKind {
    /// An actor of [`Entities::actors`].
    Actor(ActorId),
    /// A place.
    Place(PlaceRef),
    /// A time.
    Time(Timex),
}

/// A span of [`crate::Article::text`] that names an actor, a place or a time. Mentions may overlap: "Damascus" can be a
/// government and a place.
///
/// Serves also as the marker type of mention ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The sentence it stands in, an index of [`crate::Parsed::sentences`].
    pub sentence: usize,
    /// Where it stands.
    pub span: Span,
    /// What it stands for.
    pub kind: MentionKind,
}

/// The actors of an article and all its resolved mentions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entities {
    /// Each actor that a mention stands for, and the wholes that they are parts of, by id.
    pub actors: Vec<Actor>,
    /// In reading order.
    pub mentions: Vec<Mention>,
}

impl Entities {
    /// The actor with this id.
    pub fn actor(&self, id: ActorId) -> Option<&Actor> {
        self.actors.iter().find(|a| a.id == id)
    }

    /// The actors mentioned inside `span`, with where they are mentioned.
    pub fn actors_in(&self, span: Span) -> impl Iterator<Item = (Span, &Actor)> {
        self.mentions.iter().filter(move |m| span.contains(m.span)).filter_map(|m| match m.kind {
            MentionKind::Actor(id) => self.actor(id).map(|a| (m.span, a)),
            _ => None,
        })
    }
}
