//! Unpacking gzip that may be damaged.

use flate2::bufread::GzDecoder;
use memchr::memchr;
use std::io::{self, BufRead, Read};

/// The bytes that begin a gzip member: magic number and deflate.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// Unpacks the members of a gzip file one after another (RFC 1952).
///
/// A damaged member gives one error and no more; reading on goes on with the next member that can be read. So a WARC
/// file with a member to each record loses only the damaged ones.
pub(super) struct Gunzip<R> {
    state: State<R>,
    /// Set from an error until bytes come again: what is passed over on the way is one damage.
    lost: bool,
}

enum State<R> {
    Between(Source<R>),
    Inside(Box<GzDecoder<Source<R>>>),
    Over,
}

impl<R: BufRead> Gunzip<R> {
    pub fn new(input: R) -> Self {
        Gunzip { state: State::Between(Source { before: &[], input }), lost: false }
    }

    /// Begins the next member, or ends.
    fn begin(&mut self, mut source: Source<R>) -> io::Result<()> {
        if self.lost && !source.seek_member()? || source.skip_padding()? {
            return Ok(());
        }
        self.state = State::Inside(Box::new(GzDecoder::new(source)));
        Ok(())
    }

    /// Reads on in a member. None where there is nothing to hand out yet.
    fn inside(&mut self, mut member: Box<GzDecoder<Source<R>>>, out: &mut [u8]) -> Option<io::Result<usize>> {
        match member.read(out) {
            Ok(0) => self.state = State::Between(member.into_inner()),
            Ok(n) => {
                self.lost = false;
                self.state = State::Inside(member);
                return Some(Ok(n));
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return (!self.lost).then_some(Err(error)),
            Err(error) => {
                self.state = State::Between(member.into_inner());
                let first = !std::mem::replace(&mut self.lost, true);
                return first.then(|| Err(io::Error::new(io::ErrorKind::InvalidData, error)));
            }
        }
        None
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Ok(0),
                State::Between(source) => self.begin(source)?,
                State::Inside(member) => {
                    if let Some(read) = self.inside(member, out) {
                        return read;
                    }
                }
            }
        }
    }
}

/// The packed bytes, with bytes that were looked at put back before them.
struct Source<R> {
    before: &'static [u8],
    input: R,
}

impl<R: BufRead> Source<R> {
    /// Goes to the next place that looks like the beginning of a member. False at the end.
    fn seek_member(&mut self) -> io::Result<bool> {
        let mut matched = 0;
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let at = if matched == 0 { memchr(MAGIC[0], bytes).unwrap_or(bytes.len()) } else { 0 };
            let Some(&byte) = bytes.get(at) else {
                self.input.consume(at);
                continue;
            };
            matched = if byte == MAGIC[matched] { matched + 1 } else { usize::from(byte == MAGIC[0]) };
            self.input.consume(at + 1);
            if matched == MAGIC.len() {
                self.before = &MAGIC;
                return Ok(true);
            }
        }
    }

    /// Passes over zeros, with which tapes and some writers fill up. True at the end.
    fn skip_padding(&mut self) -> io::Result<bool> {
        loop {
            let bytes = self.fill_buf()?;
            let zeros = bytes.iter().take_while(|b| **b == 0).count();
            let (all, empty) = (zeros == bytes.len(), bytes.is_empty());
            self.consume(zeros);
            if empty || !all {
                return Ok(empty);
            }
        }
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.before.is_empty() { self.input.fill_buf() } else { Ok(self.before) }
    }

    fn consume(&mut self, amount: usize) {
        if self.before.is_empty() {
            self.input.consume(amount);
        } else {
            self.before = &self.before[amount..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn member(text: &str) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::default());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    /// Reads to the end through errors. Returns the text and how many errors there were.
    fn drain(bytes: &[u8]) -> (String, usize) {
        let (mut input, mut out, mut errors) = (Gunzip::new(bytes), Vec::new(), 0);
        while input.read_to_end(&mut out).is_err() {
            errors += 1;
        }
        (String::from_utf8_lossy(&out).into_owned(), errors)
    }

    #[test]
    fn members_follow_each_other() {
        let bytes = [member("one "), member("two "), vec![0; 512], member("three"), vec![0; 9]].concat();
        assert_eq!(drain(&bytes), ("one two three".into(), 0));
    }

    #[test]
    fn a_damaged_member_loses_only_itself() {
        let mut bad = member("the second member, which will be damaged on its way");
        for byte in &mut bad[12..30] {
            *byte ^= 0x5a;
        }
        let bytes = [member("one "), bad, member("three")].concat();
        let (text, errors) = drain(&bytes);
        assert!(text.starts_with("one ") && text.ends_with("three"), "{text}");
        assert_eq!(errors, 1);
    }

    #[test]
    fn rubbish_between_members_is_one_error() {
        let bytes = [member("one "), b"\x1f\x8b rubbish \x1f\x8b\x08 rubbish".to_vec(), member("two")].concat();
        assert_eq!(drain(&bytes), ("one two".into(), 1));
    }

    #[test]
    fn a_cut_file_says_so() {
        let whole = member("one and only");
        assert_eq!(
            Gunzip::new(&whole[..whole.len() - 4]).read_to_end(&mut Vec::new()).unwrap_err().kind(),
            io::ErrorKind::UnexpectedEof
        );
    }
}
