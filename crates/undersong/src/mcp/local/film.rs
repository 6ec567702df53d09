//! A film that is open: its document, and what is said about it.

use std::path::PathBuf;
use std::sync::Mutex;

use agent::{Kind, Language};
use llm::Model;
use serde_json::Value;
use studio::{Licence, Onlooker, Project, Showing, Stage, Turned};
use timeline::{History, Timeline};

use super::folders::Folders;
use super::jobs::Afar;
use super::making;
use crate::lock::held;
use crate::mcp::desk::Answer;
use crate::mcp::phrases;
use crate::mcp::refusal::Refusal;
use crate::mcp::shapes::asked::Delivered;
use crate::mcp::shapes::found::{Described, FilmView};
use crate::mcp::shapes::held::{LicenceView, TimelineView};
use crate::mcp::shapes::work::{Alternative, Outcome};
use crate::server::workshop::document::{Choice, Composed, Document};
use crate::server::workshop::{preview, turning};
use crate::views::difference::differences;
use crate::views::state::StateView;
use crate::views::watch::WatchView;

/// A film.
pub(crate) struct Film {
    name: String,
    /// The files it is made of.
    files: Vec<PathBuf>,
    document: Mutex<Document>,
    /// Held while somebody speaks, so that nobody speaks at the same time.
    turning: Mutex<()>,
    licence: Mutex<Option<Licence>>,
    language: Mutex<Language>,
}

/// Something that is said about a film.
pub(crate) struct Said {
    pub(crate) words: String,
    pub(crate) seed: Option<u64>,
    /// How the film is to be made, where it is to be made whatever was said.
    pub(crate) makes: Option<Delivered>,
}

impl Said {
    /// Whether the film is to be made, too.
    pub(crate) fn makes(&self) -> bool {
        self.makes.is_some()
    }

    /// Says it, and makes the film where that is wanted.
    ///
    /// # Errors
    /// What cannot be done; nothing has changed then but where only the file could not be made.
    pub(crate) fn carry(
        self,
        film: &Film,
        model: Option<&Model>,
        folders: &Folders,
        afar: &Afar,
    ) -> Answer<Outcome> {
        let (turned, mut outcome) = film.turn(&self.words, self.seed, model, afar)?;
        let changes = matches!(turned.reading.kind, Kind::Edited | Kind::Exported);
        if !(turned.reading.wants_film || self.makes.is_some() && changes) {
            return Ok(outcome);
        }
        let told = turned.reading.film_name.clone();
        let delivered = self.makes.unwrap_or_default();
        let delivered = Delivered { output: delivered.output.or(told), ..delivered };
        let made = making::export(film, &delivered, folders, afar)?;
        let said = (turned.reading.kind != Kind::Exported).then(|| outcome.reply.take()).flatten();
        let reply: Vec<String> = said.into_iter().chain(made.reply).collect();
        outcome.warnings.extend(made.warnings);
        Ok(Outcome { reply: Some(reply.join(" ")), output: made.output, ..outcome })
    }
}

impl Film {
    /// A film of these files, which were not looked at yet.
    pub(crate) fn new(name: String, files: Vec<PathBuf>) -> Film {
        Film {
            name,
            files,
            document: Mutex::default(),
            turning: Mutex::default(),
            licence: Mutex::default(),
            language: Mutex::new(Language::English),
        }
    }

    pub(crate) fn id(&self) -> String {
        self.name.clone()
    }

    /// The first of its files.
    pub(crate) fn first(&self) -> PathBuf {
        self.files.first().cloned().unwrap_or_default()
    }

    pub(crate) fn document(&self) -> Document {
        held(&self.document).clone()
    }

    pub(crate) fn language(&self) -> Language {
        *held(&self.language)
    }

    /// A sentence in the language that was spoken last.
    pub(crate) fn words(&self, phrase: phrases::Phrase) -> String {
        phrase.said(self.language())
    }

    /// What was said about it so far.
    pub(crate) fn said(&self) -> String {
        let document = held(&self.document);
        let steps = document.history.iter().flat_map(|history| history.past());
        let said: Vec<&str> = steps.map(|step| step.said.as_str()).filter(|said| !said.is_empty()).collect();
        said.join("; ")
    }

    /// The stages of making it.
    pub(crate) fn stages(&self) -> &'static [Stage] {
        let whole = self.now().is_ok_and(|now| now.untouched().is_some());
        if whole { &Stage::UNCUT } else { &Stage::ALL }
    }

    /// What holds now.
    ///
    /// # Errors
    /// Where its files could not be opened.
    pub(crate) fn now(&self) -> Answer<Timeline> {
        self.history().map(|history| history.now().clone())
    }

    fn history(&self) -> Answer<History> {
        let known = held(&self.document).history.clone();
        let unopened =
            || Refusal::absent(format!("{} is not open; please open it with open_film.", self.name));
        known.ok_or_else(unopened)
    }

    /// Opens its files.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub(crate) fn open(&self, afar: &Afar) -> Answer<Outcome> {
        let timeline = studio::begin(&self.files, afar)?;
        held(&self.document).history = Some(History::new(timeline));
        Ok(self.opened())
    }

    /// It, as it is open.
    pub(crate) fn opened(&self) -> Outcome {
        let opened = self.now().ok().map(|now| FilmView::of(&now));
        Outcome { opened, ..Outcome::default() }
    }

    /// What is in the first of its files.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn described(&self, afar: &Afar) -> Answer<Outcome> {
        let found = studio::watch(&self.first(), &Showing::default(), afar)?;
        let picture = &found.probe.picture;
        let described = Described {
            duration_s: found.probe.length.seconds(),
            width: picture.width,
            height: picture.height,
            fps: picture.frames_per_second(),
            has_sound: found.probe.sound.is_some(),
            watched: serde_json::to_value(WatchView::new(&found.profile)).map_err(|_| Refusal::broken())?,
        };
        Ok(Outcome { described: Some(described), warnings: found.warnings, ..Outcome::default() })
    }

    /// Does what somebody says, and keeps what it comes to.
    fn turn(
        &self,
        words: &str,
        seed: Option<u64>,
        model: Option<&Model>,
        afar: &Afar,
    ) -> Answer<(Turned, Outcome)> {
        let _turn = held(&self.turning);
        let before = self.document();
        let project = Project { history: self.history()?, profile: None };
        let turned = studio::turn(&project, words, seed, model, afar)?;
        if afar.cancelled() {
            return Err(Refusal::cancelled());
        }
        if turned.reading.kind == Kind::Refused {
            return Err(Refusal::malformed(turned.reply));
        }
        let history = turned.project.history.clone();
        let choices = turning::choices(&turned, before.choices.clone(), &history);
        let music = turned.after.iter().map(Composed::of).collect();
        let after = Document { history: Some(history), music, choices, ..before.clone() };
        *held(&self.language) = turned.reading.language;
        let (old, new) = (self.state(&before)?, self.state(&after)?);
        let laid = !turned.choices.is_empty();
        let outcome = Outcome {
            reply: Some(turned.reply.clone()),
            kind: Some(turned.reading.kind.name().to_owned()),
            changed: differences(&old, &new),
            alternatives: if laid { alternatives(&after) } else { Vec::new() },
            warnings: turned.warnings.clone(),
            ..Outcome::default()
        };
        *held(&self.document) = after;
        Ok((turned, outcome))
    }

    fn state(&self, document: &Document) -> Answer<Value> {
        let now = document.now().ok_or_else(Refusal::broken)?;
        let view = StateView::new(now, &document.music, self.language());
        serde_json::to_value(view).map_err(|_| Refusal::broken())
    }

    pub(crate) fn has_alternatives(&self) -> bool {
        !held(&self.document).choices.is_empty()
    }

    /// What may be chosen.
    pub(crate) fn alternatives(&self) -> Outcome {
        Outcome { alternatives: alternatives(&self.document()), ..Outcome::default() }
    }

    pub(crate) fn timeline(&self) -> Answer<TimelineView> {
        let (document, history) = (self.document(), self.history()?);
        let state = self.state(&document)?;
        Ok(TimelineView::new(&self.name, &history, state))
    }

    pub(crate) fn licence(&self) -> Answer<LicenceView> {
        let unmade = "No film was made of it yet; please make one with add_music or export_film.";
        let known = held(&self.licence).clone();
        known.map(|licence| LicenceView::new(&self.name, &licence)).ok_or_else(|| Refusal::absent(unmade))
    }

    /// Keeps the record of a film that was made.
    pub(crate) fn keep(&self, licence: Licence) {
        *held(&self.licence) = Some(licence);
    }
}

/// What a document has laid out to be chosen from.
pub(crate) fn alternatives(document: &Document) -> Vec<Alternative> {
    let choices = document.choices.iter().enumerate();
    choices.filter_map(|(place, choice)| alternative(choice, place)).collect()
}

fn alternative(choice: &Choice, place: usize) -> Option<Alternative> {
    let music = choice.music.first()?;
    Some(Alternative {
        name: choice.name.clone(),
        piece: Some(preview::id(music.bed, Some(place))),
        genre: music.genre.clone(),
        mood: music.mood.clone(),
        tempo_bpm: music.tempo_bpm,
        key: music.key.clone(),
        instruments: music.instruments.clone(),
    })
}
