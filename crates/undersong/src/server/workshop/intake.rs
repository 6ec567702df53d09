//! Takes a file in: looks what it is, keeps it, and shows it in the session's film.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use shelf::{File, FileDraft, Moment, Owner, Sealed, ShelfError};
use studio::{Opened, Unattended};
use timeline::{Edit, History, Source, Timeline};

use super::document::Document;
use super::{apart, films::Films, problem, rendering, watching};
use crate::server::dialect::errors::Problem;
use crate::server::house::{SESSION, Shared, refused};

/// So often a change of a session is tried again when somebody else was faster.
const TRIES: usize = 8;

/// What is known of a file beside its bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct About {
    pub(crate) seconds: Option<f64>,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
    pub(crate) fps: Option<f64>,
    pub(crate) has_sound: bool,
    pub(crate) container: Option<String>,
    /// What a timeline knows of it; `None` for what is only heard.
    pub(crate) source: Option<Source>,
    /// What was seen and heard in it; `None` before it was watched.
    pub(crate) analysis: Option<Value>,
}

/// A file that was taken in.
pub(crate) struct Taken {
    pub(crate) file: File,
    source: Option<Source>,
}

/// A film or photo as a timeline knows it, named by the number of its file; `None` for what is only heard.
pub(crate) fn source(file: &File) -> Option<Source> {
    let source = About::of(file).source?;
    Some(Source { name: file.name.clone(), file: Some(file.id.clone()), ..source })
}

impl About {
    pub(crate) fn of(file: &File) -> About {
        serde_json::from_str(&file.about).unwrap_or_default()
    }

    pub(crate) fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn new(opened: &Opened) -> (&'static str, About) {
        let (kind, about) = About::plain(opened);
        (kind, About { source: opened.source(""), ..about })
    }

    fn plain(opened: &Opened) -> (&'static str, About) {
        match opened {
            Opened::Film { length, size, frames_per_second, has_sound, container } => {
                let kind = if container == "gif" { "image" } else { "video" };
                let about = About {
                    seconds: Some(length.seconds()),
                    width: Some(size.width),
                    height: Some(size.height),
                    fps: Some(*frames_per_second),
                    has_sound: *has_sound,
                    container: Some(container.clone()),
                    ..About::default()
                };
                (kind, about)
            }
            Opened::Photo { size } => {
                ("image", About { width: Some(size.width), height: Some(size.height), ..About::default() })
            }
            Opened::Recording { length } => {
                ("audio", About { seconds: Some(length.seconds()), has_sound: true, ..About::default() })
            }
        }
    }
}

/// Looks what a file is and keeps it for good; nothing shows it yet.
///
/// # Errors
/// What is wrong with the file; nothing is kept then.
pub(crate) async fn take(
    house: &Shared,
    owner: &Owner,
    session: &str,
    name: &str,
    sealed: Sealed,
) -> Result<Taken, Problem> {
    let path = sealed.path().to_owned();
    let opened = apart(move || studio::open(&path, &Unattended)).await?.map_err(|fault| problem(&fault))?;
    let (kind, about) = About::new(&opened);
    let (blobs, name) = (house.shelf.blobs(), displayed(name));
    let key = blobs.fresh_key().map_err(refused("file"))?;
    let kept = blobs.keep(sealed, &key).await.map_err(refused("file"))?;
    let written = about.written();
    let draft = FileDraft { name: &name, kind, about: &written, key: None };
    let put = house.shelf.files().put(owner, session, draft, kept, Moment::now()).await;
    let file = put.map_err(refused(SESSION))?;
    Ok(Taken { source: source(&file), file })
}

/// Shows what was taken in, one after the other, after what the session shows already; then it is watched. Where what the
/// session shows was exported as it stands, a film begins the next one: so several are done one by one in one session.
///
/// # Errors
/// Where the session is gone, or others change it all the time.
pub(crate) async fn show(
    house: &Shared,
    owner: &Owner,
    session: &str,
    taken: &[Taken],
) -> Result<i64, Problem> {
    let shelf = &house.shelf;
    for _ in 0..TRIES {
        let found = shelf.sessions().find(owner, session).await.map_err(refused(SESSION))?;
        let mut document = Document::read(&found.document)?;
        let films = Films::of(house, owner, session).await?;
        let begins_anew = match document.now() {
            Some(now) => rendering::is_delivered(house, owner, session, now).await?,
            None => false,
        };
        if !shown(&mut document, taken, &films, begins_anew).await? {
            return Ok(found.revision);
        }
        let saved =
            shelf.sessions().save(owner, session, found.revision, &document.written(), Moment::now()).await;
        match saved {
            Err(ShelfError::Stale { .. }) => {}
            saved => {
                let revision = saved.map_err(refused(SESSION))?;
                taken.iter().filter(|one| one.file.kind == "video").for_each(|one| {
                    watching::begin(house, owner, session, &one.file.id);
                });
                return Ok(revision);
            }
        }
    }
    Err(Problem::Stale)
}

/// Shows in a document what was taken in; where a film `begins_anew`, what was there before is one step back. Whether there is
/// anything to show now.
async fn shown(
    document: &mut Document,
    taken: &[Taken],
    films: &Films,
    begins_anew: bool,
) -> Result<bool, Problem> {
    let mut sources: Vec<Source> = taken.iter().filter_map(|one| one.source.clone()).collect();
    let is_film = taken.iter().find(|one| one.source.is_some()).is_some_and(|one| one.file.kind == "video");
    if begins_anew && is_film {
        document.begin_anew(Timeline::new(sources.remove(0)));
    }
    let history = match &mut document.history {
        Some(history) => history,
        None if sources.is_empty() => return Ok(false),
        None if sources[0].is_photo() => {
            document.history = Some(photos_first(&sources, films).await?);
            return Ok(true);
        }
        none => none.insert(History::new(Timeline::new(sources.remove(0)))),
    };
    let edits: Vec<Edit> =
        sources.into_iter().map(|source| Edit::AddClip { source, span: None, at: None }).collect();
    let wrong = |why| Problem::Malformed(format!("The file cannot be shown in this session ({why})."));
    history.edit("", &edits).map_err(wrong)?;
    Ok(true)
}

/// A film that begins with a photo is shown as the studio shows photos.
async fn photos_first(sources: &[Source], films: &Films) -> Result<History, Problem> {
    let paths: Vec<_> = sources.iter().filter_map(|source| films.path(source.file.as_deref()?)).collect();
    let paths = paths.into_iter().map(Into::into).collect::<Vec<std::path::PathBuf>>();
    let begun = apart(move || studio::begin(&paths, &Unattended)).await?.map_err(|fault| problem(&fault))?;
    let mut timeline = films.numbered(&begun);
    for source in &mut timeline.sources {
        if let Some(known) = sources.iter().find(|known| known.file == source.file) {
            source.name.clone_from(&known.name);
        }
    }
    Ok(History::new(timeline))
}

/// A name as it is shown: the last part of what the client called it, without what steers terminals and pages.
fn displayed(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: &char| {
        !c.is_control()
            && !matches!(*c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}'..='\u{2029}')
    };
    let mut short = String::new();
    for c in last.chars().filter(plain) {
        if short.len() + c.len_utf8() > 255 {
            break;
        }
        short.push(c);
    }
    let short = short.trim();
    if short.is_empty() { "file".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_for_showing_only() {
        assert_eq!(displayed("../../etc/passwd"), "passwd");
        assert_eq!(displayed("C:\\films\\city.mp4"), "city.mp4");
        assert_eq!(displayed("a\u{202e}gpj\r\n.mp4"), "agpj.mp4");
        assert_eq!(displayed(" 城市.mp4 "), "城市.mp4");
        assert_eq!(displayed("\u{0}/"), "file");
        assert!(displayed(&"é".repeat(300)).len() <= 255);
    }
}
