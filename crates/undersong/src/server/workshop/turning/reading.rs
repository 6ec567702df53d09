//! Reads what was said: what it comes to, and how far that is while it takes long.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use agent::{Kind, Language};
use shelf::{Moment, Owner, RunFence, Step};
use studio::{Project, Stage, Turned};
use timeline::{Edit, History};

use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::Teller;
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::{Choice, Composed, Document};
use crate::server::workshop::films::Films;
use crate::server::workshop::onlooker::Afar;
use crate::server::workshop::telling::{self, Own, own};
use crate::server::workshop::{apart, problem};

/// The stages of a turn.
const STAGES: [Stage; 3] = [Stage::Probe, Stage::Watch, Stage::Ask];
/// How long between two words on how far a run is.
const BETWEEN: Duration = Duration::from_secs(1);

/// What a turn came to, to be kept in one step.
pub(super) struct Outcome {
    pub(super) document: Option<(i64, String)>,
    pub(super) events: Vec<String>,
    pub(super) reply: String,
    pub(super) price: i64,
    pub(super) wants_film: bool,
    /// Whether nothing is wanted but the film, and the reply is about that alone.
    pub(super) only_exports: bool,
    pub(super) language: Language,
}

/// Reads the words against the session as it stands; nothing is kept yet. A run that is there hears how far it is.
///
/// # Errors
/// Where the session is gone, or the studio cannot do it.
pub(super) async fn read(
    house: &Shared,
    owner: &Owner,
    session: &str,
    words: &str,
    run: Option<(&RunFence, &Teller)>,
) -> Result<Outcome, Problem> {
    let found = house.shelf.sessions().find(owner, session).await.map_err(refused(SESSION))?;
    let document = Document::read(&found.document)?;
    let language = Language::of(words);
    let Some(history) = &document.history else {
        let reply = own(Own::NothingToWorkOn, language).to_owned();
        return Ok(Outcome {
            document: None,
            events: vec![],
            reply,
            price: 0,
            wants_film: false,
            only_exports: false,
            language,
        });
    };
    if let Some(film) = history.now().clips.first().and_then(|clip| history.now().source(clip.source)) {
        // What is found then is remembered, so that it is watched once.
        house.watched.settled(film.file.as_deref().unwrap_or_default()).await;
    }
    let films = Films::of(house, owner, session).await?;
    let project = Project { history: films.placed_all(history), profile: None };
    let turned = turned(house, project, words, run).await?;
    let after = films.numbered_all(&turned.project.history);
    let music = turned.after.iter().map(Composed::of).collect();
    let changed = after != *history;
    let choices = choices(&turned, document.choices, &after);
    let kept = Document { history: Some(after), music, choices, ..document };
    let first = history.past().len() == 1;
    let events = run.map(|(_, teller)| told(&turned, first, teller)).unwrap_or_default();
    Ok(Outcome {
        document: changed.then(|| (found.revision, kept.written())),
        events,
        price: price(house, &turned),
        reply: [&[turned.reply][..], &turned.warnings].concat().join(" "),
        wants_film: turned.reading.wants_film,
        only_exports: turned.reading.kind == Kind::Exported,
        language,
    })
}

/// Has the studio do it when there is room, and tells a run how far it is.
async fn turned(
    house: &Shared,
    project: Project,
    words: &str,
    run: Option<(&RunFence, &Teller)>,
) -> Result<Turned, Problem> {
    let _slot = house.turns.acquire().await.map_err(|_| Problem::Failed("The server ends.".to_owned()))?;
    let (said, model) = (words.to_owned(), house.model.clone());
    let afar = Arc::new(Afar::new(&STAGES));
    let watched = Arc::clone(&afar);
    let work = apart(move || studio::turn(&project, &said, None, model.as_deref(), &*watched));
    let turned = match run {
        Some(run) => tokio::select! {
            turned = work => turned?,
            never = tell_progress(house, run, &afar) => match never {},
        },
        None => work.await?,
    };
    turned.map_err(|fault| problem(&fault))
}

/// Tells how far a run is as long as it goes on, whenever it is further.
async fn tell_progress(house: &Shared, (fence, teller): (&RunFence, &Teller), afar: &Afar) -> Infallible {
    let mut told = None;
    loop {
        tokio::time::sleep(BETWEEN).await;
        let now = Some((afar.stage(), afar.percent()));
        if let Some((stage, percent)) = now.filter(|_| now != told) {
            let events = [teller.progress(stage, percent)];
            let step = Step { events: &events, ..Step::default() };
            // What is lost of it nobody misses.
            let _ = house.shelf.runs().step(fence, step, Moment::now()).await;
            told = now;
        }
    }
}

/// What may be chosen after a turn: what it laid out, else what still is.
pub(crate) fn choices(turned: &Turned, before: Vec<Choice>, history: &History) -> Vec<Choice> {
    let music = |choice: &studio::Choice| choice.pieces.iter().map(Composed::of).collect();
    let laid = turned.choices.iter();
    let laid: Vec<Choice> =
        laid.map(|choice| Choice { name: choice.name.clone(), music: music(choice) }).collect();
    let kept = if laid.is_empty() { before } else { laid };
    kept.into_iter().filter(|choice| history.version(&choice.name).is_some()).collect()
}

/// The deeds of a turn as events; who speaks of a film for the first time hears that it was watched.
fn told(turned: &Turned, first: bool, teller: &Teller) -> Vec<String> {
    let now = turned.project.history.now();
    let deeds = telling::deeds(turned);
    let watched = (first && !deeds.is_empty()).then(|| telling::watched(now.name(), now.length().seconds()));
    watched.iter().chain(&deeds).flat_map(|deed| teller.deed(deed)).collect()
}

/// What a turn costs: questions, and going back and forth in the history, are free.
fn price(house: &Shared, turned: &Turned) -> i64 {
    let edits = &turned.reading.edits;
    let composes =
        |edit: &Edit| matches!(edit, Edit::AddBed { .. } | Edit::Rescore { .. } | Edit::Retake { .. });
    match turned.reading.through_history || edits.is_empty() {
        true => 0,
        false if edits.iter().any(composes) => house.settings.price.compose,
        false => house.settings.price.edit,
    }
}
