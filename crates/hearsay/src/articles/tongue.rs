//! In which language is a story written?

use whatlang::{Detector, Lang, Script};

/// The BCP 47 tag of a text's language; none where it cannot be told. Reads at most the first 4,000 characters.
pub(super) fn of(text: &str) -> Option<String> {
    let sample: String = text.chars().take(4_000).collect();
    let info = Detector::new().detect(&sample)?;
    let alone = !matches!(
        info.script(),
        Script::Latin | Script::Cyrillic | Script::Arabic | Script::Devanagari | Script::Hebrew
    );
    let enough = info.is_reliable() || info.confidence() > 0.5 || alone;
    (enough && sample.chars().count() >= 20).then(|| tag(info.lang()).to_owned())
}

/// The shortest BCP 47 tag of a language.
fn tag(lang: Lang) -> &'static str {
    TAGS.iter().find(|(l, _)| *l == lang).map_or_else(|| lang.code(), |(_, tag)| tag)
}

/// Languages that have a tag of two letters.
const TAGS: [(Lang, &str); 69] = [
    (Lang::Epo, "eo"),
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_and_says_so_when_it_cannot() {
        assert_eq!(
            of("The army said on Monday that it had taken the village after a long fight.").as_deref(),
            Some("en")
        );
        assert_eq!(of("قال الجيش يوم الاثنين إنه سيطر على القرية بعد معركة طويلة").as_deref(), Some("ar"));
        assert_eq!(
            of("Die Armee teilte am Montag mit, sie habe das Dorf nach langem Kampf eingenommen.").as_deref(),
            Some("de")
        );
        assert_eq!(of("1234 5678"), None);
    }
}
