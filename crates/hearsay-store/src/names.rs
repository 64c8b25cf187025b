//! How the values of the nouns are written in the record and in every export.
//!
//! The names are a public format: they stand here on their own and do not follow a change of the nouns by themselves.

use hearsay_types::{
    ActorKind, Basis, Certainty, CueClass, MediaType, Naming, NumberKind, Polarity, Precision, PublishedBasis, Quote,
    RelationKind, Role, SourceKind, Stage, Stance, Status,
};

/// A value that is written as one fixed word.
pub(crate) trait Name {
    /// The word.
    fn name(self) -> &'static str;
}

macro_rules! names {
    ($($kind:ident { $($case:ident $name:literal),+ $(,)? })+) => {$(
        impl Name for $kind {
            fn name(self) -> &'static str {
                match self { $($kind::$case => $name),+ }
            }
        }
    )+};
}

names! {
    Role { Headline "headline", Dateline "dateline", Caption "caption", Body "body" }
    PublishedBasis { Metadata "metadata", Dateline "dateline", Text "text", None "none" }
    ActorKind {
        Government "government", StateBody "state_body", Organisation "organisation", ArmedGroup "armed_group",
        International "international", Media "media", Office "office", Person "person",
    }
    Basis { Shipped "shipped", User "user", Text "text" }
    Precision {
        Point "point", Settlement "settlement", District "district", Region "region", Country "country", Area "area",
        Day "day", Week "week", Month "month", Season "season", Year "year", Decade "decade", Century "century",
        Unknown "unknown",
    }
    SourceKind {
        Person "person", Office "office", Organisation "organisation", ArmedGroup "armed_group",
        Government "government", Media "media", Document "document", Witnesses "witnesses", Public "public",
        Unknown "unknown",
    }
    Naming {
        Named "named", Described "described", Bare "bare", Collective "collective", Outlet "outlet", None "none",
    }
    RelationKind { Of "of", CloseTo "close_to", OnBehalfOf "on_behalf_of" }
    CueClass {
        Say "say", Write "write", Believe "believe", Perceive "perceive", Intend "intend", Decree "decree", Show "show",
    }
    Quote { Direct "direct", Mixed "mixed", Indirect "indirect", Topic "topic" }
    Stance {
        Asserts "asserts", Confirms "confirms", Denies "denies", Doubts "doubts", Speculates "speculates",
        Accuses "accuses", Threatens "threatens", Promises "promises", Demands "demands", Asks "asks",
        Declines "declines", Relays "relays",
    }
    Status {
        Happened "happened", Denied "denied", Disputed "disputed", Alleged "alleged", Planned "planned",
        Threatened "threatened", Hypothetical "hypothetical", Background "background", Unclear "unclear",
    }
    Certainty { CT "CT", PR "PR", PS "PS", U "U" }
    Polarity { Positive "+", Negative "-", Underspecified "u" }
    NumberKind {
        Killed "killed", Wounded "wounded", Displaced "displaced", Arrested "arrested", Abducted "abducted",
        Missing "missing", Released "released",
    }
    Stage {
        Read "read", Extract "extract", Parse "parse", Resolve "resolve", Attribute "attribute", Code "code",
        Link "link",
    }
}

impl Name for MediaType {
    fn name(self) -> &'static str {
        self.as_str()
    }
}
