//! Accounts: looked at, given credits and plans, let in and shut out.

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value, json};
use shelf::{Account, Moment, Owner, Plan, Shelf, ShelfError};

use super::{Answer, failed};
use crate::cli::ending::Ending;
use crate::server::clock::rfc3339;
use crate::server::doorstep::welcome;
use crate::server::random;
use crate::server::settings::Settings;

/// Lines of the ledger that are shown, and sessions that are counted.
const LINES: u32 = 20;
const SESSIONS: u32 = 1000;

/// The account of an id or an e-mail address.
async fn find(shelf: &Shelf, user: &str) -> Result<Account, Ending> {
    let accounts = shelf.accounts();
    let found = match user.contains('@') {
        true => accounts.named(user).await,
        // Who runs the server may name anybody.
        false => accounts.find(&Owner::vouched(user)).await,
    };
    found.map_err(|fault| match fault {
        ShelfError::Absent => Ending::Usage(format!("There is no account {user}.")),
        other => failed(other),
    })
}

/// An account as JSON.
fn view(account: &Account) -> Value {
    json!({
        "user": account.owner.as_str(), "plan": account.plan.as_str(), "email": account.email,
        "available": account.available, "frozen": account.frozen, "created": rfc3339(account.created),
    })
}

/// An account in a line.
fn line(account: &Account) -> String {
    let email = account.email.as_deref().unwrap_or("-");
    format!(
        "{}  {:<9}  {:>8} credits  {:>5} held  {}  {email}\n",
        account.owner,
        account.plan.as_str(),
        account.available,
        account.frozen,
        rfc3339(account.created),
    )
}

fn told(account: &Account) -> Answer {
    Answer { text: line(account), json: view(account) }
}

pub(super) async fn list(shelf: &Shelf, most: u32, before: Option<&str>) -> Result<Answer, Ending> {
    let before = match before {
        Some(user) => Some(find(shelf, user).await?.owner),
        None => None,
    };
    let accounts = shelf.accounts().list(most, before.as_ref()).await.map_err(failed)?;
    let json = json!({ "accounts": accounts.iter().map(view).collect::<Vec<_>>() });
    Ok(Answer { text: accounts.iter().map(line).collect(), json })
}

pub(super) async fn one(shelf: &Shelf, user: &str) -> Result<Answer, Ending> {
    let account = find(shelf, user).await?;
    let owner = &account.owner;
    let sessions = shelf.sessions().list(owner, SESSIONS, None).await.map_err(failed)?.len();
    let bytes = shelf.files().bytes_of(owner).await.map_err(failed)?;
    let exports = shelf.jobs().live_of(owner).await.map_err(failed)?;
    let entries = shelf.ledger().entries(owner, LINES, None).await.map_err(failed)?;
    let (mut text, mut json) = (line(&account), view(&account));
    // A string takes whatever is written to it.
    let _ =
        writeln!(text, "  {sessions} sessions, {bytes} bytes of files, {exports} exports waiting or running");
    let mut ledger = Vec::new();
    for entry in entries {
        let (kind, made) = (entry.kind.as_str(), rfc3339(entry.made));
        let (available, frozen) = (entry.available, entry.frozen);
        let _ =
            writeln!(text, "  {made}  {kind:<7}  {available:>+6}  {frozen:>+6} held  {}", entry.reference);
        ledger.push(json!({
            "kind": kind, "reference": entry.reference, "available": available, "frozen": frozen, "made": made,
        }));
    }
    json["sessions"] = sessions.into();
    json["bytes"] = bytes.into();
    json["exports"] = exports.into();
    json["ledger"] = ledger.into();
    Ok(Answer { text, json })
}

pub(super) async fn credits(shelf: &Shelf, user: &str, amount: i64) -> Result<Answer, Ending> {
    let owner = find(shelf, user).await?.owner;
    let reference = format!("admin:{}", random::uuid());
    shelf.ledger().grant(&owner, &reference, amount, Moment::now()).await.map_err(failed)?;
    Ok(told(&shelf.accounts().find(&owner).await.map_err(failed)?))
}

pub(super) async fn plan(
    shelf: &Shelf,
    settings: &Settings,
    user: &str,
    plan: Plan,
) -> Result<Answer, Ending> {
    let owner = find(shelf, user).await?.owner;
    shelf.accounts().set_plan(&owner, plan).await.map_err(failed)?;
    welcome(shelf, settings, &owner, plan).await.map_err(failed)?;
    Ok(told(&shelf.accounts().find(&owner).await.map_err(failed)?))
}

pub(super) async fn revoke(shelf: &Shelf, user: &str) -> Result<Answer, Ending> {
    let owner = find(shelf, user).await?.owner;
    let ended = shelf.accounts().revoke_all(&owner, Moment::now()).await.map_err(failed)?;
    let json = json!({ "user": owner.as_str(), "tokens_ended": ended });
    Ok(Answer { text: format!("{ended} tokens of {owner} open nothing any more.\n"), json })
}

pub(super) async fn invite(
    shelf: &Shelf,
    settings: &Settings,
    user: &str,
    days: u32,
) -> Result<Answer, Ending> {
    let owner = find(shelf, user).await?.owner;
    let (now, life) = (Moment::now(), Duration::from_secs(u64::from(days) * 86_400));
    let invite = shelf.accounts().invite(&owner, life, now).await.map_err(failed)?;
    let base = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", settings.listen));
    let link = format!("{}/register?bind={owner}&invite={invite}", base.trim_end_matches('/'));
    let json = json!({ "user": owner.as_str(), "link": link, "expires": rfc3339(now.plus(life)) });
    Ok(Answer { text: format!("{link}\n"), json })
}

pub(super) async fn audit(shelf: &Shelf) -> Result<Answer, Ending> {
    let wrong = shelf.ledger().audit().await.map_err(failed)?;
    if !wrong.is_empty() {
        return Err(Ending::Failed(format!("The ledger does not add up: {}.", wrong.join("; "))));
    }
    Ok(Answer { text: "The ledger adds up.\n".to_owned(), json: json!({ "wrong": [] }) })
}
