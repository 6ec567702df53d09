//! Uploads that may be broken off and gone on with: what is there so far lies in a folder of its own, beside what it is to be.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};
use shelf::{Moment, Owner, Sealed};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

use crate::server::dialect::errors::Problem;
use crate::server::disk;
use crate::server::house::{House, Shared, refused};
use crate::server::random;

/// Digits of the number of an upload.
const DIGITS: usize = 32;

/// What an upload is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    owner: String,
    pub(crate) session: String,
    /// What the file is called: display text.
    pub(crate) name: String,
    /// Bytes of the whole file.
    pub(crate) length: u64,
    /// When it was begun, in milliseconds since 1970.
    begun: i64,
}

/// How far an upload is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    pub(crate) parcel: Parcel,
    /// Bytes that are on the disk.
    pub(crate) offset: u64,
}

impl Parcel {
    pub(crate) fn new(owner: &Owner, session: String, name: String, length: u64) -> Parcel {
        Parcel { owner: owner.as_str().to_owned(), session, name, length, begun: Moment::now().0 }
    }
}

fn folder(house: &House) -> PathBuf {
    house.folder.join("resumable")
}

/// Where the bytes of an upload lie, and what it is to be; none for what is no number of ours.
fn places(house: &House, id: &str) -> Option<(PathBuf, PathBuf)> {
    let plain = id.len() == DIGITS && id.bytes().all(|digit| digit.is_ascii_hexdigit());
    plain.then(|| (folder(house).join(format!("{id}.part")), folder(house).join(format!("{id}.json"))))
}

fn broken(why: std::io::Error) -> Problem {
    tracing::error!(kind = ?why.kind(), "an upload cannot be kept");
    match why.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Problem::Busy(Duration::from_secs(60)),
        _ => Problem::Failed("The upload could not be kept.".to_owned()),
    }
}

/// Begins an upload; gives its number.
///
/// # Errors
/// [`Problem::Busy`] where the disk is full.
pub(crate) async fn begin(house: &Shared, parcel: &Parcel) -> Result<String, Problem> {
    let id = random::hex(&random::bytes::<16>());
    let (part, about) = places(house, &id).ok_or(Problem::NotThere("upload"))?;
    fs::create_dir_all(folder(house)).await.map_err(broken)?;
    let text = serde_json::to_vec(parcel).map_err(|why| broken(why.into()))?;
    // The bytes first: what has no bytes yet is no upload.
    File::create_new(&part).await.map_err(broken)?;
    fs::write(&about, text).await.map_err(broken)?;
    Ok(id)
}

/// How far an upload of this owner is.
///
/// # Errors
/// [`Problem::NotThere`] for another's, too.
pub(crate) async fn standing(house: &Shared, owner: &Owner, id: &str) -> Result<Standing, Problem> {
    let gone = || Problem::NotThere("upload");
    let (part, about) = places(house, id).ok_or_else(gone)?;
    let text = fs::read(&about).await.map_err(|_| gone())?;
    let parcel: Parcel = serde_json::from_slice(&text).map_err(|_| gone())?;
    let offset = fs::metadata(&part).await.map_err(|_| gone())?.len();
    if parcel.owner != owner.as_str() {
        return Err(gone());
    }
    Ok(Standing { parcel, offset })
}

/// Adds bytes that begin at `offset`; what came before a connection broke is kept. Gives how far the upload is then.
///
/// # Errors
/// [`Problem::Elsewhere`] where the upload is not so far, [`Problem::Occupied`] while others add to it, [`Problem::Malformed`]
/// for more than it was to be.
pub(crate) async fn add<E>(
    house: &Shared,
    owner: &Owner,
    id: &str,
    offset: u64,
    mut bytes: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<Standing, Problem> {
    let (part, _) = places(house, id).ok_or(Problem::NotThere("upload"))?;
    let mut file = File::options().append(true).open(&part).await.map_err(|_| Problem::NotThere("upload"))?;
    flock(&file, FlockOperation::NonBlockingLockExclusive).map_err(|_| Problem::Occupied("upload"))?;
    let mut standing = standing(house, owner, id).await?;
    if standing.offset != offset {
        return Err(Problem::Elsewhere(standing.offset));
    }
    // What breaks off is gone on with later.
    while let Some(Ok(more)) = bytes.next().await {
        if standing.offset + more.len() as u64 > standing.parcel.length {
            return Err(Problem::Malformed("There are more bytes than Upload-Length said.".to_owned()));
        }
        disk::room(house, 0)?;
        file.write_all(&more).await.map_err(broken)?;
        standing.offset += more.len() as u64;
    }
    file.flush().await.map_err(broken)?;
    file.sync_all().await.map_err(broken)?;
    Ok(standing)
}

/// Takes a whole upload out of the folder.
///
/// # Errors
/// Where it cannot be read.
pub(crate) async fn whole(house: &Shared, id: &str) -> Result<Sealed, Problem> {
    let (part, about) = places(house, id).ok_or(Problem::NotThere("upload"))?;
    let sealed = house.shelf.blobs().adopt(&part).await.map_err(refused("upload"))?;
    fs::remove_file(&about).await.map_err(broken)?;
    Ok(sealed)
}

/// Gives an upload up.
///
/// # Errors
/// [`Problem::NotThere`] for another's, too.
pub(crate) async fn give_up(house: &Shared, owner: &Owner, id: &str) -> Result<(), Problem> {
    standing(house, owner, id).await?;
    let (part, about) = places(house, id).ok_or(Problem::NotThere("upload"))?;
    fs::remove_file(&about).await.map_err(broken)?;
    fs::remove_file(&part).await.map_err(broken)
}

/// Removes uploads that nobody went on with for so long.
///
/// # Errors
/// Where the folder cannot be read.
pub(crate) fn sweep(house: &House, older: Duration) -> std::io::Result<()> {
    let folder = folder(house);
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let idle = |path: &PathBuf| {
            let written = std::fs::metadata(path).and_then(|about| about.modified());
            written.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age > older))
        };
        if path.extension().is_some_and(|kind| kind == "part") && idle(&path) {
            std::fs::remove_file(path.with_extension("json")).or_else(unless_gone)?;
            std::fs::remove_file(&path).or_else(unless_gone)?;
        }
    }
    Ok(())
}

fn unless_gone(why: std::io::Error) -> std::io::Result<()> {
    if why.kind() == ErrorKind::NotFound { Ok(()) } else { Err(why) }
}
