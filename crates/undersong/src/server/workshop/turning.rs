//! A run: one turn of the conversation, owned by the server and not by the connection that asked for it.

mod reading;
mod succession;

use std::sync::atomic::Ordering::Relaxed;

use agent::Language;
use shelf::{Moment, RunFence, RunState, ShelfError, Step};

use super::rendering::{self, Wish};
use super::telling::{self, Own, own};
use crate::server::caller::Caller;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::Teller;
use crate::server::house::{SESSION, Shared, refused};

pub(crate) use reading::choices;
use reading::{Outcome, read};
pub(crate) use succession::take_over;

/// So often a turn is read again when the session was changed meanwhile.
const TRIES: usize = 4;

/// A run that was begun.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    pub(crate) run: String,
    /// The number of the last event before it.
    pub(crate) before: i64,
}

/// Whether films may be made by who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MayExport(bool);

/// Begins a run.
///
/// # Errors
/// [`Problem::NoSession`], [`Problem::Occupied`] while another goes on, [`Problem::NoCredits`] for a change nobody can pay.
pub(crate) async fn begin(
    house: &Shared,
    caller: &Caller,
    session: &str,
    words: &str,
) -> Result<Begun, Problem> {
    let (shelf, owner) = (&house.shelf, caller.owner());
    let refuse = |fault| caller.refused(fault);
    let limit = &house.settings.limit;
    let place = house.runs.enter(owner.as_str(), limit.turns_per_account, limit.turns_waiting)?;
    let before = shelf.events().last(owner, session).await.map_err(refuse)?;
    let balance = shelf.ledger().balance(owner).await.map_err(refuse)?;
    let price = &house.settings.price;
    if balance.available < price.compose.max(price.edit) {
        let outcome = read(house, owner, session, words, None).await?;
        if outcome.price > balance.available {
            return Err(caller.penniless());
        }
    }
    let begun = shelf.runs().begin(owner, session, words, house.settings.lease(), Moment::now()).await;
    let fence = begun.map_err(refuse)?;
    let run = fence.id().to_owned();
    let may_export = MayExport(!caller.is_blocked());
    house.figures.turns.fetch_add(1, Relaxed);
    house.figures.running.fetch_add(1, Relaxed);
    let carried = carry(house.clone(), fence, words.to_owned(), may_export);
    tokio::spawn(async move {
        carried.await;
        drop(place);
    });
    Ok(Begun { run, before })
}

/// Carries a run to its end, which always has a last word.
async fn carry(house: Shared, fence: RunFence, words: String, may_export: MayExport) {
    let teller = Teller::new(fence.id());
    let alive = tokio::spawn(keep_alive(house.clone(), fence.clone()));
    let said = [teller.said(&words)];
    let began =
        house.shelf.runs().step(&fence, Step { events: &said, ..Step::default() }, Moment::now()).await;
    let done = match began {
        Ok(_) => turn(&house, &fence, &words, &teller, may_export).await,
        Err(fault) => Err(refused(SESSION)(fault)),
    };
    if let Err(fault) = done {
        give_up(&house, &fence, &teller, &fault, Language::of(&words)).await;
    }
    alive.abort();
    house.figures.running.fetch_sub(1, Relaxed);
}

/// Renews the lease of a run while it goes on.
async fn keep_alive(house: Shared, fence: RunFence) {
    let lease = house.settings.lease();
    loop {
        tokio::time::sleep(lease / 3).await;
        if house.shelf.runs().renew(&fence, lease, Moment::now()).await == Err(ShelfError::Lost) {
            return;
        }
    }
}

/// Reads the words, does what they ask, and keeps all of it at once: the change, its price, and the last word that tells of it.
async fn turn(
    house: &Shared,
    fence: &RunFence,
    words: &str,
    teller: &Teller,
    may_export: MayExport,
) -> Result<(), Problem> {
    let (owner, session) = (fence.owner(), fence.session());
    let mut held = None;
    for _ in 0..TRIES {
        let mut outcome = read(house, owner, session, words, Some((fence, teller))).await?;
        if held.is_none() && outcome.price > 0 {
            hold(house, fence, outcome.price).await?;
            held = Some(outcome.price);
        }
        let revision = outcome.document.as_ref().map(|(revision, _)| revision + 1);
        let promise = promised(&mut outcome, teller, may_export);
        if promise.is_none() {
            outcome.events.push(last(teller, &outcome.reply, revision));
        }
        let step = Step {
            save: outcome.document.as_ref().map(|(revision, text)| (*revision, text.as_str())),
            events: &outcome.events,
            // Whoever reads again pays no more than was held, and what is too much of it is given back.
            charge: held.map(|held: i64| (fence.id(), outcome.price.min(held))),
            end: promise.is_none().then_some(RunState::Done),
        };
        match house.shelf.runs().step(fence, step, Moment::now()).await {
            Err(ShelfError::Stale { .. }) => {}
            Err(fault) => return Err(refused(SESSION)(fault)),
            Ok(_) => {
                let Some(call) = promise else { return Ok(()) };
                let made = (outcome.reply.as_str(), revision);
                let kept = keep_promise(house, fence, teller, &call, made, outcome.language).await;
                if let Err(fault) = kept {
                    // The change stands. Whoever takes the run over keeps the promise.
                    tracing::warn!(run = fence.id(), %fault, "a run could not be ended");
                }
                return Ok(());
            }
        }
    }
    Err(Problem::Stale)
}

/// Holds the price of a turn until it is kept, or is given up.
async fn hold(house: &Shared, fence: &RunFence, price: i64) -> Result<(), Problem> {
    let held = house.shelf.runs().hold(fence, price, Moment::now()).await;
    held.map_err(|fault| match fault {
        ShelfError::NoCredits { .. } => {
            Problem::NoCredits { user: fence.owner().as_str().to_owned(), register: String::new() }
        }
        other => refused(SESSION)(other),
    })
}

/// The call for a film that is wanted, told with the change that it is to show; its answer comes with the last word.
fn promised(outcome: &mut Outcome, teller: &Teller, MayExport(may_export): MayExport) -> Option<String> {
    if !outcome.wants_film {
        return None;
    }
    if !may_export {
        let blocked = own(Own::ExportBlocked, outcome.language);
        outcome.reply = match outcome.only_exports {
            // Else the film were said to be written, too.
            true => blocked.to_owned(),
            false => format!("{} {blocked}", outcome.reply),
        };
        return None;
    }
    let (call, event) = teller.call(telling::EXPORT, &serde_json::json!({}));
    outcome.events.push(event);
    Some(call)
}

/// Asks for the film that was promised, and ends the run with its last word. The film is named by the call for it, so whoever keeps
/// the promise again asks for the same one.
async fn keep_promise(
    house: &Shared,
    fence: &RunFence,
    teller: &Teller,
    call: &str,
    (reply, revision): (&str, Option<i64>),
    language: Language,
) -> Result<(), ShelfError> {
    // The change stands already, so what hinders the export is told beside it.
    let asked = rendering::ask(house, fence.owner(), fence.session(), &Wish::named_by(call)).await;
    let (told, answer) = match &asked {
        Ok(job) => (telling::export_begun(&job.key, language), telling::exporting(&job.key)),
        Err(fault) => (fault.sentence(), telling::not_exporting(fault.code())),
    };
    let reply = format!("{reply} {told}");
    let events = [teller.answer(call, telling::EXPORT, &answer), last(teller, &reply, revision)];
    let step = Step { events: &events, end: Some(RunState::Done), ..Step::default() };
    house.shelf.runs().step(fence, step, Moment::now()).await.map(|_| ())
}

/// The last word of a run, with the revision that it made.
fn last(teller: &Teller, reply: &str, revision: Option<i64>) -> String {
    let state = revision
        .map_or_else(|| serde_json::json!({}), |revision| serde_json::json!({ "revision": revision }));
    teller.last(reply.trim(), state)
}

/// The last word of a run that failed; what it holds is given back with it.
async fn give_up(house: &Shared, fence: &RunFence, teller: &Teller, fault: &Problem, language: Language) {
    let text = match fault {
        Problem::NoCredits { .. } => own(Own::NoCredits, language).to_owned(),
        Problem::Stale => own(Own::Changed, language).to_owned(),
        Problem::Failed(_) | Problem::Busy(_) => own(Own::Broken, language).to_owned(),
        other => other.sentence(),
    };
    let events = [teller.failed(&text, fault.code())];
    let step = Step { events: &events, end: Some(RunState::Failed), ..Step::default() };
    if let Err(lost) = house.shelf.runs().step(fence, step, Moment::now()).await {
        tracing::warn!(run = fence.id(), fault = %lost, "a run could not be ended");
    }
}
