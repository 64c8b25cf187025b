//! The file, the pages, the index and the stories.

use super::Report;
use crate::link::unpack;
use crate::{Error, Kind, Store};
use hearsay_types::PageId;
use std::collections::HashMap;

impl Store {
    /// SQLite's own checks.
    pub(super) fn check_file(&self, report: &mut Report) -> Result<(), Error> {
        let mut pages = 0;
        let mut ask = self.conn.prepare("PRAGMA integrity_check(100)")?;
        let mut rows = ask.query([])?;
        loop {
            // A badly damaged file ends the check itself: that is the finding.
            let said: String = match rows.next().and_then(|r| r.map(|r| r.get(0)).transpose()) {
                Ok(Some(said)) => said,
                Ok(None) => break,
                Err(e) => e.to_string(),
            };
            if said != "ok" {
                report.fault("record", "", said);
                if report.faults.len() >= 100 {
                    break;
                }
            }
        }
        let mut ask = self.conn.prepare("PRAGMA foreign_key_check")?;
        let mut rows = ask.query([])?;
        while let Ok(Some(row)) = rows.next() {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            report.fault("record", "", format!("a row of {table} belongs to no row of {parent}"));
        }
        pages += self.conn.pragma_query_value(None, "page_count", |r| r.get::<_, u64>(0))?;
        report.checked("file pages", pages);
        Ok(())
    }

    /// The bytes of every page unzip to its id; its path is the first of its places.
    pub(super) fn check_pages(&self, report: &mut Report) -> Result<(), Error> {
        let mut ask = self.conn.prepare(
            "SELECT p.id, (SELECT min(path) FROM t_paths WHERE page = p.key) IS p.path FROM t_pages p ORDER BY p.path, p.id",
        )?;
        let mut rows = ask.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let (id, placed): (String, bool) = (row.get(0)?, row.get(1)?);
            count += 1;
            if !placed {
                report.fault("pages", &id, "its path is not the first of its places");
            }
            let found = PageId::parse(&id).map(|page| self.original(page));
            match found {
                None => report.fault("pages", &id, "its id is not 64 hexadecimal digits"),
                Some(Err(e)) if matches!(e.kind(), Kind::Corrupt | Kind::NotFound(_)) => {
                    report.fault("pages", &id, format!("its bytes are lost or damaged: {e}"));
                }
                Some(other) => drop(other?),
            }
        }
        report.checked("pages", count);
        Ok(())
    }

    /// Each article is in the full-text index, with the words it has, and nothing else is.
    pub(super) fn check_search(&self, report: &mut Report) -> Result<(), Error> {
        let mut ask = self.conn.prepare(
            "SELECT a.id FROM t_articles a WHERE NOT EXISTS (SELECT 1 FROM t_search_docsize d WHERE d.id = a.key)",
        )?;
        for id in ask.query_map([], |r| r.get::<_, String>(0))? {
            report.fault("articles", id?, "it is not in the full-text index");
        }
        let indexed: u64 = self.conn.query_row("SELECT count(*) FROM t_search_docsize", [], |r| r.get(0))?;
        let stray: u64 = self.conn.query_row(
            "SELECT count(*) FROM t_search_docsize d WHERE NOT EXISTS (SELECT 1 FROM t_articles a WHERE a.key = d.id)",
            [],
            |r| r.get(0),
        )?;
        if stray > 0 {
            report.fault("record", "", format!("the full-text index holds {stray} articles that are gone"));
        }
        self.compare_index(report)?;
        report.checked("articles in the full-text index", indexed);
        Ok(())
    }

    /// FTS5 holds its index against the texts, word for word. It counts as writing, though nothing is written.
    fn compare_index(&self, report: &mut Report) -> Result<(), Error> {
        if self.conn.is_readonly("main")? {
            report
                .remarks
                .push("The full-text index was not compared word for word: the record is read-only here.".into());
            return Ok(());
        }
        let guarded: bool = self.conn.pragma_query_value(None, "query_only", |r| r.get(0))?;
        self.conn.pragma_update(None, "query_only", false)?;
        let compared = self.conn.execute("INSERT INTO t_search (t_search, rank) VALUES ('integrity-check', 1)", []);
        self.conn.pragma_update(None, "query_only", guarded)?;
        match compared.map_err(Error::from) {
            Ok(_) => Ok(()),
            Err(e) if *e.kind() == Kind::Corrupt => {
                report.fault("record", "", "the full-text index does not hold the words of the articles");
                Ok(())
            }
            Err(e) if *e.kind() == Kind::Locked => {
                report.remarks.push("The full-text index was not compared word for word: a build is writing.".into());
                Ok(())
            }
            Err(e) => Err(e),
        }
    }

    /// A linked article has a story; a story has the smallest id of its articles; what joins its articles is kept.
    pub(super) fn check_stories(&self, report: &mut Report) -> Result<(), Error> {
        let mut of = HashMap::new();
        let mut ask = self.conn.prepare("SELECT id, story FROM t_articles WHERE linked = 1 ORDER BY id")?;
        let mut rows = ask.query([])?;
        while let Some(row) = rows.next()? {
            let (id, story): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            match story {
                None => report.fault("articles", id, "it is linked but has no story"),
                Some(story) => drop(of.insert(id, story)),
            }
        }
        let groups = self.joined(&of, report)?;
        let mut stories: HashMap<&str, Vec<&str>> = HashMap::new();
        for (id, story) in &of {
            stories.entry(story).or_default().push(id);
        }
        let mut names: Vec<_> = stories.keys().copied().collect();
        names.sort_unstable();
        for story in names {
            let members = &stories[story];
            if members.iter().min() != Some(&story) {
                report.fault("stories", story, "its id is not the smallest of its articles");
            }
            if members.iter().any(|m| groups.get(*m) != groups.get(members[0])) {
                report.fault("stories", story, "nothing tells why its articles are one text");
            }
        }
        report.checked("stories", stories.len() as u64);
        self.check_bands(report)
    }

    /// For each article the smallest id that its reprints lead to.
    fn joined(&self, of: &HashMap<String, String>, report: &mut Report) -> Result<HashMap<String, String>, Error> {
        let mut group: HashMap<String, String> = of.keys().map(|id| (id.clone(), id.clone())).collect();
        let mut ask = self.conn.prepare(
            "SELECT a.id, o.id FROM t_reprints r JOIN t_articles a ON a.key = r.article JOIN t_articles o ON o.key = r.other",
        )?;
        let pairs = ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<Vec<(String, String)>, _>>()?;
        for (a, b) in &pairs {
            if of.get(a) != of.get(b) {
                report.fault("stories", a, format!("it shares its text with {b} but not its story"));
            }
            let (a, b) = (root(&group, a), root(&group, b));
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            group.insert(high, low);
        }
        Ok(group.keys().map(|id| (id.clone(), root(&group, id))).collect())
    }

    /// The bands that reprints are looked up by are those of the signatures.
    fn check_bands(&self, report: &mut Report) -> Result<(), Error> {
        let mut ask = self
            .conn
            .prepare("SELECT a.id, s.bands, s.article FROM t_signatures s JOIN t_articles a ON a.key = s.article")?;
        let mut look = self
            .conn
            .prepare("SELECT EXISTS (SELECT 1 FROM t_bands WHERE band = ?1 AND place = ?2 AND article = ?3)")?;
        let mut rows = ask.query([])?;
        let (mut kept, mut signatures) = (0u64, 0);
        while let Some(row) = rows.next()? {
            let mut bands: Vec<u64> = unpack(&row.get::<_, Vec<u8>>(1)?);
            bands.sort_unstable();
            bands.dedup();
            kept += bands.len() as u64;
            signatures += 1;
            let id: String = row.get(0)?;
            let place = hearsay_types::ArticleId::parse(&id).map_or(0, |id| crate::link::place(&id));
            for band in bands {
                let there: bool = look.query_row([band as i64, place, row.get(2)?], |r| r.get(0))?;
                if !there {
                    report.fault("articles", &id, "a band of its signature cannot be looked up");
                }
            }
        }
        let there: u64 = self.conn.query_row("SELECT count(*) FROM t_bands", [], |r| r.get(0))?;
        if there > kept {
            report.fault("record", "", format!("{} bands belong to no article", there - kept));
        }
        report.checked("signatures", signatures);
        Ok(())
    }

    /// What is not wrong but worth knowing.
    pub(super) fn remark(&self, report: &mut Report) -> Result<(), Error> {
        let figure = |ask: &str| self.conn.query_row(ask, [], |r| r.get::<_, u64>(0));
        let unlinked = figure("SELECT count(*) FROM t_articles WHERE linked = 0")?;
        if unlinked > 0 {
            report.remarks.push(format!("{unlinked} articles have not been linked yet: the next build links them."));
        }
        let cut = figure("SELECT count(*) FROM t_runs WHERE finished IS NULL")?;
        if cut > 0 {
            report.remarks.push(format!("{cut} runs were cut off."));
        }
        Ok(())
    }
}

fn root(group: &HashMap<String, String>, id: &str) -> String {
    let mut id = id;
    while let Some(next) = group.get(id)
        && next != id
    {
        id = next;
    }
    id.to_owned()
}
