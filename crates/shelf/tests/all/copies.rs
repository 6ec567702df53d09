//! Copies of all that is kept, and the way back.

use std::fs;
use std::path::Path;

use shelf::{Ask, FileDraft, Finish, Owner, Settings, Shelf, ShelfError};

use crate::all::house::{House, NOW, after};

/// The blob that a result names: all of it.
fn named(result: &str) -> Option<String> {
    Some(result.trim_matches('"').to_owned())
}

/// Keeps a blob with this content under this key.
async fn keep(house: &House, key: &str, content: &[u8]) -> shelf::Kept {
    let mut incoming = house.shelf.blobs().begin(u64::MAX).await.unwrap();
    incoming.write(content).await.unwrap();
    house.shelf.blobs().keep(incoming.seal().await.unwrap(), key).await.unwrap()
}

/// Somebody with a session, a file and a film; the session.
async fn furnish(house: &House, owner: &Owner) -> String {
    let session = house.session(owner).await.id;
    let kept = keep(house, "up/aa/file", b"a film").await;
    let draft = FileDraft { name: "a.mp4", kind: "video", about: "{}", key: None };
    house.shelf.files().put(owner, &session, draft, kept, NOW).await.unwrap();
    keep(house, "render/job-1.mp4", b"a film with music").await;
    keep(house, "render/nobodys-1.mp4", b"a film that no row names").await;
    let ask = Ask { session: &session, kind: "render", key: "k", body: "{}", price: 1, lane: None };
    house.shelf.jobs().ask(owner, ask, NOW).await.unwrap();
    let lease = std::time::Duration::from_secs(9);
    let claim = house.shelf.jobs().claim(&["render"], lease, NOW).await.unwrap().unwrap();
    let finish = Finish { result: "\"render/job-1.mp4\"", charge: 1, event: None, notice: None };
    house.shelf.jobs().finish(&claim.fence, finish, NOW).await.unwrap();
    session
}

pub(crate) async fn copy_is_taken_back(house: &House) {
    let owner = house.owner("client").await;
    let session = furnish(house, &owner).await;
    let place = tempfile::tempdir().unwrap();
    let (copy, key) = (place.path().join("copy"), place.path().join("link.key"));
    fs::write(&key, "the key").unwrap();
    let copied = house.shelf.copy(&copy, named, &[("link.key", key.clone())]).await;
    if house.settings.database.starts_with("postgres") {
        assert!(matches!(copied, Err(ShelfError::Settings(_))), "{copied:?}");
        return;
    }
    let copied = copied.unwrap();
    assert_eq!((copied.blobs, copied.wrong.len()), (2, 0), "what no row names stays behind");
    assert_eq!(house.shelf.copy(&copy, named, &[]).await.unwrap_err(), ShelfError::Taken);
    let later = house.session(&owner).await.id;
    let settings = Settings::local(&place.path().join("new"));
    let link = place.path().join("new/link.key");
    let restored = Shelf::restore(&copy, &settings, named, &[("link.key", link.clone())]).await.unwrap();
    assert_eq!((restored.blobs, restored.bytes), (2, copied.bytes));
    assert_eq!(fs::read_to_string(link).unwrap(), "the key");
    let shelf = Shelf::open(&settings).await.unwrap();
    let file = shelf.files().list(&owner, &session).await.unwrap().remove(0);
    assert_eq!(fs::read(shelf.blobs().local(&file.blob).await.unwrap()).unwrap(), b"a film");
    assert_eq!(
        fs::read(shelf.blobs().local("render/job-1.mp4").await.unwrap()).unwrap(),
        b"a film with music"
    );
    assert_eq!(shelf.blobs().size("render/nobodys-1.mp4").await.unwrap(), None);
    assert_eq!(shelf.sessions().find(&owner, &later).await.unwrap_err(), ShelfError::Absent);
    assert!(shelf.ledger().audit().await.unwrap().is_empty());
    shelf.close().await;
    let again = Shelf::restore(&copy, &settings, named, &[]).await;
    assert_eq!(again.unwrap_err(), ShelfError::Taken, "nothing is replaced");
}

pub(crate) async fn damaged_copy_is_refused(house: &House) {
    if house.settings.database.starts_with("postgres") {
        return;
    }
    let owner = house.owner("client").await;
    furnish(house, &owner).await;
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("copy");
    house.shelf.copy(&copy, named, &[]).await.unwrap();
    let settings = Settings::local(&place.path().join("new"));
    let refused = async || Shelf::restore(&copy, &settings, named, &[]).await.unwrap_err();
    for name in ["blobs/kept/up/aa/file", "undersong.db"] {
        let (path, whole) = (copy.join(name), fs::read(copy.join(name)).unwrap());
        let mut other = whole.clone();
        let end = other.len() - 1;
        other[end] ^= 1;
        for damage in [Some(&other[..]), Some(&whole[..end]), None] {
            match damage {
                Some(bytes) => fs::write(&path, bytes).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            assert!(matches!(refused().await, ShelfError::Damaged(why) if why.contains(name)), "{name}");
        }
        fs::write(&path, whole).unwrap();
    }
    fs::remove_file(copy.join("SHA256SUMS")).unwrap();
    assert!(matches!(refused().await, ShelfError::Settings(why) if why.contains("no copy")));
    assert!(!place.path().join("new").exists(), "nothing was written");
}

pub(crate) async fn blob_that_is_lost_is_told(house: &House) {
    if house.settings.database.starts_with("postgres") {
        return;
    }
    let owner = house.owner("client").await;
    furnish(house, &owner).await;
    let place = tempfile::tempdir().unwrap();
    let kept = house.settings.blobs.folder().join("kept");
    fs::write(kept.join("up/aa/file"), "another film").unwrap();
    let told = house.shelf.copy(&place.path().join("copy"), named, &[]).await.unwrap_err();
    assert!(matches!(&told, ShelfError::Damaged(why) if why.contains("up/aa/file")), "{told}");
    fs::remove_file(kept.join("up/aa/file")).unwrap();
    let told = house.shelf.copy(&place.path().join("copy"), named, &[]).await.unwrap_err();
    assert!(matches!(&told, ShelfError::Damaged(why) if why.contains("missing")), "{told}");
    assert_eq!(entries(place.path()), 0, "no half a copy is left");
    // A file that was deleted since takes its blob with it: that is no loss.
    house.shelf.sessions().delete(&owner, &sessions_of(house, &owner).await, after(1)).await.unwrap();
    house.shelf.copy(&place.path().join("copy"), named, &[]).await.unwrap();
}

fn entries(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// The owner's one session.
async fn sessions_of(house: &House, owner: &Owner) -> String {
    house.shelf.sessions().list(owner, 1, None).await.unwrap().remove(0).id
}
