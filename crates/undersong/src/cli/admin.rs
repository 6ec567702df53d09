//! `undersong admin`: what who runs a server does beside it, whether it runs or not.

mod accounts;
mod copies;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use shelf::{Plan, Shelf};

use super::ending::Ending;
use super::place::Place;
use super::{Done, output};
use crate::server::settings::Settings;

#[derive(Debug, Args)]
pub(crate) struct Admin {
    #[command(subcommand)]
    wish: Wish,
    #[command(flatten)]
    place: Place,
    /// Answer with one JSON document
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
enum Wish {
    /// List accounts, the newest first, or show one
    Accounts {
        /// Its id (anon_...) or its e-mail address
        user: Option<String>,
        /// List so many at most
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        most: u32,
        /// List those that are older than this one
        #[arg(long, value_name = "USER")]
        before: Option<String>,
    },
    /// Give credits to an account
    Credits {
        user: String,
        #[arg(value_parser = clap::value_parser!(i64).range(1..=1_000_000_000))]
        amount: i64,
    },
    /// Give an account another plan: anonymous, free or pro
    Plan {
        user: String,
        #[arg(value_parser = plan)]
        plan: Plan,
    },
    /// End all tokens of an account
    Revoke { user: String },
    /// Print a link with which an account gets an e-mail address and a new password, once
    Invite {
        user: String,
        /// How many days it holds
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=365))]
        days: u32,
    },
    /// Check that the ledger adds up
    Audit,
    /// Copy database and files into a new folder while the server runs, and check the copy
    Backup { to: PathBuf },
    /// Check a copy, and take it back into an empty folder
    Restore { from: PathBuf },
}

/// A plan by its name.
fn plan(name: &str) -> Result<Plan, String> {
    name.parse().map_err(|_| "a plan is anonymous, free or pro".to_owned())
}

/// An answer: as text, and as JSON.
struct Answer {
    text: String,
    json: serde_json::Value,
}

/// Does what was asked.
pub(crate) fn run(wanted: &Admin) -> Done {
    let settings = wanted.place.settings()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|why| Ending::Failed(format!("Nothing can be started ({why}).")))?;
    let answer = runtime.block_on(answer(&wanted.wish, &settings));
    let Answer { text, json } = answer?;
    if wanted.json { output::document(&json) } else { output::text(&text) }
}

async fn answer(wish: &Wish, settings: &Settings) -> Result<Answer, Ending> {
    if let Wish::Restore { from } = wish {
        return copies::restore(settings, from).await;
    }
    if let Wish::Backup { .. } = wish {
        copies::check(settings)?;
    }
    let shelf = open(settings).await?;
    let done = match wish {
        Wish::Accounts { user: Some(user), .. } => accounts::one(&shelf, user).await,
        Wish::Accounts { user: None, most, before } => accounts::list(&shelf, *most, before.as_deref()).await,
        Wish::Credits { user, amount } => accounts::credits(&shelf, user, *amount).await,
        Wish::Plan { user, plan } => accounts::plan(&shelf, settings, user, *plan).await,
        Wish::Revoke { user } => accounts::revoke(&shelf, user).await,
        Wish::Invite { user, days } => accounts::invite(&shelf, settings, user, *days).await,
        Wish::Audit => accounts::audit(&shelf).await,
        Wish::Backup { to } => copies::backup(&shelf, settings, to).await,
        Wish::Restore { .. } => Err(Ending::Usage("restore opens no shelf.".to_owned())),
    };
    shelf.close().await;
    done
}

/// Opens what the server of these settings keeps; makes nothing.
async fn open(settings: &Settings) -> Result<Shelf, Ending> {
    let folder = folder(settings)?;
    let kept = settings.kept(&folder).map_err(Ending::Usage)?;
    if let Some(path) = kept.database.strip_prefix("sqlite:")
        && !std::path::Path::new(path).is_file()
    {
        return Err(Ending::Usage(format!(
            "There is no database at {path}; --data names the server's folder."
        )));
    }
    Shelf::open(&kept).await.map_err(failed)
}

/// The server's folder, from the root on.
fn folder(settings: &Settings) -> Result<PathBuf, Ending> {
    std::path::absolute(&settings.folder)
        .map_err(|why| Ending::Usage(format!("{} is no folder ({why}).", settings.folder.display())))
}

/// What the shelf says, as a sentence.
fn failed(fault: shelf::ShelfError) -> Ending {
    let said = fault.to_string();
    let mut letters = said.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    Ending::Failed(format!("{first}{}.", letters.as_str().trim_end_matches('.')))
}
