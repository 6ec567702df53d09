//! Copies of a server's folder: made while it is served from, checked, and taken back.

use std::path::{Path, PathBuf};

use serde_json::json;
use shelf::{Copied, Shelf, ShelfError};

use super::{Answer, failed, folder};
use crate::cli::ending::Ending;
use crate::server::house::LINK_KEY;
use crate::server::settings::Settings;
use crate::server::workshop::rendering::blob;

/// What to do where not everything is on this machine.
const ELSEWHERE: &str = "This copies SQLite and a folder. Copy PostgreSQL with `pg_dump --format=custom` first and the bucket after it \
    (by the store's own replication or `rclone copy`): what is in it never changes under its name, so every row finds its file. \
    Keep the key for links, too.";

/// That there is something this command can copy.
pub(super) fn check(settings: &Settings) -> Result<(), Ending> {
    match settings.is_near().map_err(Ending::Usage)? {
        true => Ok(()),
        false => Err(Ending::Usage(ELSEWHERE.to_owned())),
    }
}

pub(super) async fn backup(shelf: &Shelf, settings: &Settings, to: &Path) -> Result<Answer, Ending> {
    let key = link_key(settings)?;
    let beside: Vec<(&str, PathBuf)> = if key.is_file() { vec![(LINK_KEY, key)] } else { Vec::new() };
    let copied = shelf.copy(to, blob, &beside).await.map_err(|fault| match fault {
        ShelfError::Taken => Ending::Usage(format!("{} is not empty; name a new folder.", to.display())),
        other => failed(other),
    })?;
    told(&copied, to, "is a copy")
}

pub(super) async fn restore(settings: &Settings, from: &Path) -> Result<Answer, Ending> {
    check(settings)?;
    let folder = folder(settings)?;
    let kept = settings.kept(&folder).map_err(Ending::Usage)?;
    let beside = [(LINK_KEY, link_key(settings)?)];
    let copied = Shelf::restore(from, &kept, blob, &beside).await.map_err(|fault| match fault {
        ShelfError::Taken => Ending::Usage(format!(
            "{} holds something already, and nothing is replaced; name an empty folder with --data.",
            folder.display()
        )),
        other => failed(other),
    })?;
    told(&copied, &folder, "is restored")
}

/// The key that links are signed with.
fn link_key(settings: &Settings) -> Result<PathBuf, Ending> {
    let folder = folder(settings)?;
    Ok(settings.link_key_file.clone().unwrap_or_else(|| folder.join(LINK_KEY)))
}

fn told(copied: &Copied, place: &Path, done: &str) -> Result<Answer, Ending> {
    let Copied { blobs, bytes, wrong } = copied;
    let mut text = format!(
        "{} {done}: {blobs} files beside the database, {bytes} bytes, all checked.\n",
        place.display()
    );
    if !wrong.is_empty() {
        text.push_str(&format!("The ledger in it does not add up: {}.\n", wrong.join("; ")));
    }
    let json = json!({ "folder": place, "files": blobs, "bytes": bytes, "checked": true, "wrong": wrong });
    Ok(Answer { text, json })
}
