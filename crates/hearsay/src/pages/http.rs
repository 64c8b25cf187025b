//! The body of an HTTP response as an archive saved it.

use fastwarc::stream_io::{brotli::BrotliReader, chunked::ChunkedReader, zstd::ZstdReader};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, Cursor, Read};

/// Takes transfer and content coding off a body.
///
/// Archives often keep the header of a coding that they have already taken off; bytes that are not coded as the header
/// says are taken as they are. `limit` is the most bytes that come out: a body that unpacks to more is an error.
pub(super) fn decode(body: Vec<u8>, transfer: Option<&str>, content: Option<&str>, limit: u64) -> io::Result<Vec<u8>> {
    let body = codings(transfer).try_fold(body, |body, coding| one(body, &coding, limit))?;
    codings(content).try_fold(body, |body, coding| one(body, &coding, limit))
}

/// The codings of a header, the outermost first.
fn codings(header: Option<&str>) -> impl Iterator<Item = String> {
    header.unwrap_or("").rsplit(',').map(|coding| coding.trim().to_ascii_lowercase())
}

fn one(body: Vec<u8>, coding: &str, limit: u64) -> io::Result<Vec<u8>> {
    match coding {
        "chunked" if chunked(&body) => all(ChunkedReader::new(Cursor::new(body)), limit),
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => all(MultiGzDecoder::new(&body[..]), limit),
        "deflate" if zlib(&body) => all(ZlibDecoder::new(&body[..]), limit),
        "deflate" if !text(&body) => all(DeflateDecoder::new(&body[..]), limit),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => all(ZstdReader::new(Cursor::new(body)), limit),
        // Brotli has no magic number: what is text already was unpacked by the archive.
        "br" if !text(&body) => all(BrotliReader::new(Cursor::new(body)), limit),
        _ => Ok(body),
    }
}

fn all(input: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    input.take(limit + 1).read_to_end(&mut out)?;
    if out.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(out) }
}

/// Whether a body begins with the length of a chunk.
fn chunked(body: &[u8]) -> bool {
    let digits = body.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    (1..=16).contains(&digits) && matches!(body.get(digits), Some(b'\r' | b'\n' | b' ' | b';'))
}

/// The header of a zlib stream (RFC 1950): method 8 and a check sum.
fn zlib(body: &[u8]) -> bool {
    matches!(body, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

/// Whether a body begins like markup.
fn text(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    body.first() == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};

    const PAGE: &[u8] = b"<!doctype html><p>The bridge was closed, the ministry said.";

    fn packed(mut encoder: impl Read) -> Vec<u8> {
        let mut out = Vec::new();
        encoder.read_to_end(&mut out).unwrap();
        out
    }

    fn brotli() -> Vec<u8> {
        let mut out = fastwarc::stream_io::brotli::BrotliWriter::new(Cursor::new(Vec::new()));
        io::Write::write_all(&mut out, PAGE).unwrap();
        out.into_inner().unwrap().into_inner()
    }

    #[test]
    fn every_coding_is_taken_off() {
        let level = Compression::default();
        for (coding, body) in [
            ("gzip", packed(GzEncoder::new(PAGE, level))),
            ("deflate", packed(ZlibEncoder::new(PAGE, level))),
            ("deflate", packed(DeflateEncoder::new(PAGE, level))),
            ("zstd", zstd::encode_all(PAGE, 3).unwrap()),
            ("br", brotli()),
            ("identity", PAGE.to_vec()),
        ] {
            assert_ne!(coding == "identity", body != PAGE, "{coding}");
            assert_eq!(decode(body, None, Some(coding), 1 << 20).unwrap(), PAGE, "{coding}");
        }
    }

    #[test]
    fn chunks_are_joined_before_they_are_unpacked() {
        let gzip = packed(GzEncoder::new(PAGE, Compression::fast()));
        let (a, b) = gzip.split_at(20);
        let body = [b"14\r\n", a, b"\r\n", format!("{:x}\r\n", b.len()).as_bytes(), b, b"\r\n0\r\n\r\n"].concat();
        assert_eq!(decode(body, Some("chunked"), Some("gzip"), 1 << 20).unwrap(), PAGE);
    }

    #[test]
    fn a_coding_that_was_taken_off_already_is_passed_over() {
        for coding in ["gzip", "br", "deflate", "zstd"] {
            assert_eq!(decode(PAGE.to_vec(), Some("chunked"), Some(coding), 1 << 20).unwrap(), PAGE);
        }
    }

    #[test]
    fn a_body_that_swells_is_an_error() {
        let bomb = packed(GzEncoder::new(io::repeat(b'a').take(1 << 20), Compression::best()));
        assert_eq!(decode(bomb, None, Some("gzip"), 1000).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}
