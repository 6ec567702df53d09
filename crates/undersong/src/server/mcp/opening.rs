//! Films come in by their addresses, and are looked at.

use shelf::{Draft, Moment};

use super::desk::Sessions;
use super::handle::Handle;
use crate::mcp::desk::Answer;
use crate::mcp::refusal::Refusal;
use crate::mcp::shapes::found::{Described, FilmView};
use crate::mcp::shapes::work::{Outcome, Work};
use crate::server::dialect::errors::Problem;
use crate::server::house::{SESSION, refused};
use crate::server::verbs::upload;
use crate::server::workshop::document::Document;
use crate::server::workshop::intake::{self, About};
use crate::server::workshop::{fetching, watching};

impl Sessions {
    /// Makes a session, and begins to fetch films into it.
    pub(super) async fn begin(&self, addresses: Vec<String>) -> Answer<Handle> {
        for address in &addresses {
            // Told before anything is made.
            fetching::read(address, &self.house.settings.upload.private_hosts)?;
        }
        let place = upload::room(&self.house, &self.caller, 0).await?;
        let document = Document::default().written();
        let draft = Draft { name: "project", language: "en", document: &document, key: None };
        let made = self.house.shelf.sessions().make(self.caller.owner(), draft, Moment::now()).await;
        let session = made.map_err(refused(SESSION))?.id;
        let (desk, id) = (self.clone(), session.clone());
        let fetching = async move {
            let done = desk.fetch(&id, &addresses).await.map_err(Refusal::from);
            drop(place);
            desk.house.errands.fetched(&id, done);
        };
        self.house.errands.fetch(&session, fetching);
        Ok(Handle::Open { session })
    }

    async fn fetch(&self, session: &str, addresses: &[String]) -> Result<(), Problem> {
        let taken = upload::fetched(&self.house, &self.caller, session, addresses).await?;
        intake::show(&self.house, self.caller.owner(), session, &taken).await.map(|_| ())
    }

    /// How far opening is.
    pub(super) async fn opening(&self, handle: &Handle, session: &str) -> Answer<Work> {
        let (job, document) = (handle.to_string(), self.document(session).await?);
        let done = match (self.house.errands.is_fetching(session), document.now()) {
            (Ok(true), _) => return Ok(Work::going(&job, session, 0, "fetch")),
            // What came in later by another way counts more than that the first way failed.
            (_, Some(now)) => Ok(Outcome { opened: Some(FilmView::of(now)), ..Outcome::default() }),
            (Err(refusal), None) => Err(refusal),
            // The server that fetched it has ended.
            (Ok(false), None) => {
                Err(Refusal::absent("There is no film in it; please open one by its address."))
            }
        };
        Ok(Work::ended(&job, session, &done, 0))
    }

    /// How far watching is.
    pub(super) async fn watching(&self, handle: &Handle, session: &str) -> Answer<Work> {
        let (house, owner, job) = (&self.house, self.caller.owner(), handle.to_string());
        // Whose it is counts before anything else.
        self.document(session).await?;
        let files =
            house.shelf.files().list(owner, session).await.map_err(|fault| self.caller.refused(fault))?;
        let film = files.iter().find(|file| file.kind == "video");
        let film = film.ok_or_else(|| Refusal::absent("There is no film in it that could be watched."))?;
        watching::resume(house, owner, session, &files);
        let about = About::of(film);
        let done = match about.analysis {
            Some(watched) => Ok(Described {
                duration_s: about.seconds.unwrap_or_default(),
                width: about.width.unwrap_or_default(),
                height: about.height.unwrap_or_default(),
                fps: about.fps.unwrap_or_default(),
                has_sound: about.has_sound,
                watched,
            }),
            None if house.watched.has_failed(&film.id) => {
                Err(Problem::Unreadable("The film could not be watched.".to_owned()).into())
            }
            None => return Ok(Work::going(&job, session, 0, "watch")),
        };
        let done = done.map(|described| Outcome { described: Some(described), ..Outcome::default() });
        Ok(Work::ended(&job, session, &done, 0))
    }
}
