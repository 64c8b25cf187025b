//! The shapes of other projects and standards that a record can be written in.

use super::{acled, annotation, coder, ftm, gdelt, geojson, graph, ucdp};
use crate::{Error, Seen};
use std::io::Write;
use std::str::FromStr;

/// A shape of another project or standard. What each gets and loses stands in `docs/exports.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// POLECAT (POLitical Event Classification, Attributes, and Types), 40 columns.
    Polecat,
    /// CAMEO codes with source and target, as Phoenix and ICEWS users know them.
    Cameo,
    /// ACLED, 31 columns.
    Acled,
    /// UCDP's Georeferenced Event Dataset, 49 columns.
    Ucdp,
    /// GDELT 2.0, the table of events, 61 columns.
    Gdelt,
    /// GDELT 2.0, the table of mentions, 16 columns.
    GdeltMentions,
    /// GeoJSON.
    Geojson,
    /// GEXF.
    Gexf,
    /// GraphML.
    Graphml,
    /// FollowTheMoney.
    Ftm,
    /// W3C Web Annotations.
    Webannotation,
}

/// What is to be known of a shape.
struct Known {
    name: &'static str,
    about: &'static str,
    file: &'static str,
    media_type: &'static str,
    columns: &'static [&'static str],
    write: fn(&Seen, &mut dyn Write) -> Result<u64, Error>,
}

impl Shape {
    /// All of them.
    pub const ALL: [Shape; 11] = [
        Shape::Polecat,
        Shape::Cameo,
        Shape::Acled,
        Shape::Ucdp,
        Shape::Gdelt,
        Shape::GdeltMentions,
        Shape::Geojson,
        Shape::Gexf,
        Shape::Graphml,
        Shape::Ftm,
        Shape::Webannotation,
    ];

    /// Its name, as in `polecat`.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.known().about
    }

    /// What its file is called in a folder of exports.
    pub fn file_name(self) -> String {
        self.known().file.to_owned()
    }

    /// Its IANA media type.
    pub fn media_type(self) -> &'static str {
        self.known().media_type
    }

    /// The names of its columns, in order; empty where it is no table.
    pub fn columns(self) -> &'static [&'static str] {
        self.known().columns
    }

    pub(super) fn write(self, seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
        (self.known().write)(seen, out)
    }

    fn known(self) -> Known {
        let table = |name, about, file, columns, write| {
            let media_type = if matches!(self, Shape::Gdelt | Shape::GdeltMentions) {
                "text/tab-separated-values"
            } else {
                "text/csv"
            };
            Known { name, about, file, media_type, columns, write }
        };
        let other = |name, about, file, media_type, write| Known { name, about, file, media_type, columns: &[], write };
        match self {
            Shape::Polecat => {
                table("polecat", "events in POLECAT's 40 columns", "polecat.csv", &coder::POLECAT, coder::write_polecat)
            }
            Shape::Cameo => {
                table("cameo", "events as CAMEO codes, a row a pair", "cameo.csv", &coder::CAMEO, coder::write_cameo)
            }
            Shape::Acled => table("acled", "acts in ACLED's 31 columns", "acled.csv", &acled::COLUMNS, acled::write),
            Shape::Ucdp => {
                table("ucdp", "deadly acts in the 49 columns of UCDP GED", "ucdp.csv", &ucdp::COLUMNS, ucdp::write)
            }
            Shape::Gdelt => {
                table("gdelt", "acts in GDELT's 61 columns", "gdelt.export.CSV", &gdelt::EVENTS, gdelt::write_events)
            }
            Shape::GdeltMentions => table(
                "gdelt-mentions",
                "their reports in GDELT's 16 columns",
                "gdelt.mentions.CSV",
                &gdelt::MENTIONS,
                gdelt::write_mentions,
            ),
            Shape::Geojson => {
                other("geojson", "acts on the map", "acts.geojson", "application/geo+json", geojson::write)
            }
            Shape::Gexf => other(
                "gexf",
                "actors and what passed between them",
                "actors.gexf",
                "application/gexf+xml",
                graph::write_gexf,
            ),
            Shape::Graphml => other(
                "graphml",
                "actors and what passed between them",
                "actors.graphml",
                "application/graphml+xml",
                graph::write_graphml,
            ),
            Shape::Ftm => {
                other("ftm", "FollowTheMoney entities", "entities.ftm.jsonl", "application/json+ftm", ftm::write)
            }
            Shape::Webannotation => other(
                "webannotation",
                "claims and events as W3C Web Annotations",
                "annotations.jsonld",
                "application/ld+json",
                annotation::write,
            ),
        }
    }
}

impl FromStr for Shape {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Shape::ALL.into_iter().find(|s| s.name() == name).ok_or("no shape of this name")
    }
}
