//! Where the files of a session lie: documents name them by number, the studio by path.

use std::collections::BTreeMap;

use shelf::Owner;
use timeline::{History, Music, Timeline};

use crate::server::dialect::errors::Problem;
use crate::server::house::{SESSION, Shared, refused};

/// Numbers and paths of a session's files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Films {
    paths: BTreeMap<String, String>,
}

impl Films {
    /// Finds all files of a session.
    ///
    /// # Errors
    /// Where the session or the store of files cannot be asked.
    pub(crate) async fn of(house: &Shared, owner: &Owner, session: &str) -> Result<Films, Problem> {
        let files = house.shelf.files().list(owner, session).await.map_err(refused(SESSION))?;
        let mut paths = BTreeMap::new();
        for file in files {
            let path = house.shelf.blobs().local(&file.blob).await.map_err(refused("file"))?;
            paths.insert(file.id, path.to_string_lossy().into_owned());
        }
        Ok(Films { paths })
    }

    /// A timeline that names paths.
    pub(crate) fn placed(&self, timeline: &Timeline) -> Timeline {
        renamed(timeline, |name| self.paths.get(name).cloned())
    }

    /// A timeline that names numbers again.
    pub(crate) fn numbered(&self, timeline: &Timeline) -> Timeline {
        let number =
            |path: &String| self.paths.iter().find(|(_, known)| *known == path).map(|(id, _)| id.clone());
        renamed(timeline, number)
    }

    /// A history that names paths.
    pub(crate) fn placed_all(&self, history: &History) -> History {
        history.with_each(|timeline| self.placed(timeline))
    }

    /// A history that names numbers again.
    pub(crate) fn numbered_all(&self, history: &History) -> History {
        history.with_each(|timeline| self.numbered(timeline))
    }

    /// The path of a file.
    pub(crate) fn path(&self, file: &str) -> Option<&str> {
        self.paths.get(file).map(String::as_str)
    }
}

/// The same timeline with other names for what it is made of; what has no other name keeps its own.
fn renamed(timeline: &Timeline, other: impl Fn(&String) -> Option<String>) -> Timeline {
    let mut timeline = timeline.clone();
    let sources = timeline.sources.iter_mut().filter_map(|source| source.file.as_mut());
    let recordings = timeline.beds.iter_mut().filter_map(|bed| match &mut bed.music {
        Music::Recording(path) => Some(path),
        Music::Composed(_) => None,
    });
    for name in sources.chain(recordings) {
        if let Some(found) = other(name) {
            *name = found;
        }
    }
    timeline
}

#[cfg(test)]
mod tests {
    use sound::Time;
    use timeline::Source;

    use super::*;

    #[test]
    fn names_go_there_and_back() {
        let films = Films { paths: [("file_1".to_owned(), "/x/1".to_owned())].into() };
        let source =
            |file: &str| Source { file: Some(file.into()), ..Source::film("a.mp4", Time::from_seconds(9.0)) };
        let mut kept = History::new(Timeline::new(source("file_1")));
        kept.name("first");
        let placed = films.placed_all(&kept);
        let version = placed.version("first").unwrap();
        assert_eq!(version.sources[0].file.as_deref(), Some("/x/1"), "versions have films, too");
        assert_eq!(placed.now().sources[0].file.as_deref(), Some("/x/1"));
        assert_eq!(films.numbered_all(&placed), kept);
        let strange = Timeline::new(source("file_2"));
        assert_eq!(films.placed(&strange), strange, "another's number is nowhere");
        assert_eq!((films.path("file_1"), films.path("file_2")), (Some("/x/1"), None));
    }
}
