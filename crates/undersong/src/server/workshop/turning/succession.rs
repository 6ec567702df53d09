//! Ends runs whose server died, so that nobody waits for ever, and says what became of them.

use agent::Language;
use shelf::{Moment, RunFence, RunState, ShelfError, Step};

use super::keep_promise;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::{Teller, unanswered};
use crate::server::house::Shared;
use crate::server::workshop::telling::{EXPORT, Own, own};

/// Events of a session that are looked through for those of its last run.
const RECENT: u32 = 500;

/// Ends one run that nobody renewed in time; whether there was one.
///
/// What a run changes is kept with its last word, but where a film was promised: then the change stands, and the promise is kept.
pub(crate) async fn take_over(house: &Shared) -> Result<bool, ShelfError> {
    let lost = house.shelf.runs().take_over(house.settings.lease(), Moment::now()).await?;
    let Some((fence, run)) = lost else { return Ok(false) };
    let (teller, language) = (Teller::new(fence.id()), Language::of(&run.said));
    let told = told(house, &fence).await?;
    if let Some(call) = unanswered(told.iter().map(String::as_str), EXPORT) {
        let found = house.shelf.sessions().find(fence.owner(), fence.session()).await?;
        let stands = (own(Own::Stands, language), Some(found.revision));
        keep_promise(house, &fence, &teller, &call, stands, language).await?;
        return Ok(true);
    }
    let code = Problem::Failed(String::new()).code();
    let events = [teller.failed(own(Own::Interrupted, language), code)];
    let step = Step { events: &events, end: Some(RunState::Lost), ..Step::default() };
    house.shelf.runs().step(&fence, step, Moment::now()).await?;
    Ok(true)
}

/// What a run has told.
async fn told(house: &Shared, fence: &RunFence) -> Result<Vec<String>, ShelfError> {
    let (events, owner, session) = (house.shelf.events(), fence.owner(), fence.session());
    let last = events.last(owner, session).await?;
    let recent = events.after(owner, session, (last - i64::from(RECENT)).max(0), RECENT).await?;
    let ours = recent.into_iter().filter(|event| event.run.as_deref() == Some(fence.id()));
    Ok(ours.map(|event| event.body).collect())
}
