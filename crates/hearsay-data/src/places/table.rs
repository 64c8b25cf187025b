//! The gazetteer packed for looking up: nothing is read at the start of the program. The build script uses this file too.
//!
//! A row is a line of the table without its other names. An index leads from a name's key to rows. It is three lists of
//! numbers, lowest byte first: the hashes of the keys (u64, rising), where the rows of each begin in the last list (u32, one more
//! than there are keys), and the rows by their first bytes in the table (u32). A key is known by its hash of 64 bits alone:
//! that a million other names never meet one of 250,000 keys is certain to one in 70 million.

/// The columns: id, kind, name, latitude, longitude, country, population, other names, inside.
const COLUMNS: usize = 9;
const NAME: usize = 2;
const OTHERS: usize = 7;

/// Rows ready to be looked up.
pub struct Table {
    /// The rows, a line each, without other names.
    pub rows: String,
    /// The number of keys, and the three lists.
    pub index: Vec<u8>,
}

/// Packs rows of the gazetteer's table. Lines that begin with `#` and lines with too few columns are left out.
pub fn pack(table: &str, key: impl Fn(&str) -> String) -> Table {
    let (mut rows, mut names) = (String::new(), Vec::new());
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut fields: Vec<&str> = line.split('\t').take(COLUMNS).collect();
        if fields.len() <= OTHERS {
            continue;
        }
        let at = u32::try_from(rows.len()).expect("a gazetteer of less than 4 GB");
        let others = std::mem::take(&mut fields[OTHERS]).split('|');
        names.extend(others.chain([fields[NAME]]).filter(|n| !n.is_empty()).map(|n| (hash(&key(n)), at)));
        rows += &fields.join("\t");
        rows.push('\n');
    }
    names.sort_unstable();
    names.dedup();
    Table { rows, index: lists(&names) }
}

fn lists(names: &[(u64, u32)]) -> Vec<u8> {
    let keys: Vec<&[(u64, u32)]> = names.chunk_by(|a, b| a.0 == b.0).collect();
    let mut out = (keys.len() as u64).to_le_bytes().to_vec();
    keys.iter().for_each(|rows| out.extend(rows[0].0.to_le_bytes()));
    let mut at = 0u32;
    for rows in &keys {
        out.extend(at.to_le_bytes());
        at += rows.len() as u32;
    }
    out.extend(at.to_le_bytes());
    names.iter().for_each(|(_, row)| out.extend(row.to_le_bytes()));
    out
}

/// Where the rows of a key begin.
pub fn look_up<'a>(index: &'a [u8], key: &str) -> impl Iterator<Item = usize> + use<'a> {
    rows_of(index, hash(key)).unwrap_or_default().chunks_exact(4).map(|row| number(row) as usize)
}

fn rows_of(index: &[u8], wanted: u64) -> Option<&[u8]> {
    let (count, rest) = index.split_first_chunk::<8>()?;
    let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
    let (hashes, rest) = rest.split_at_checked(count * 8)?;
    let (starts, rows) = rest.split_at_checked(count * 4 + 4)?;
    let found = search(hashes, wanted)?;
    let start = |n: usize| starts.get(n * 4..n * 4 + 4).map(|bytes| number(bytes) as usize * 4);
    rows.get(start(found)?..start(found + 1)?)
}

/// The place of a hash in the rising list.
fn search(hashes: &[u8], wanted: u64) -> Option<usize> {
    let (hashes, _) = hashes.as_chunks::<8>();
    hashes.binary_search_by_key(&wanted, |bytes| u64::from_le_bytes(*bytes)).ok()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |n, byte| n << 8 | u32::from(*byte))
}

/// FNV-1a, mixed by the finaliser of SplitMix64.
fn hash(key: &str) -> u64 {
    let seed =
        key.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}
