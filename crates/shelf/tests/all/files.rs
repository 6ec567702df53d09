//! What people bring, and where it is kept.

use std::fs;
use std::path::Path;
use std::time::Duration;

use shelf::{FileDraft, Kept, ShelfError};

use crate::all::house::{House, NOW, after};

const DRAFT: FileDraft<'_> = FileDraft { name: "beach.mp4", kind: "video", about: "{}", key: None };

/// A blob with this content.
async fn kept(house: &House, content: &[u8]) -> Kept {
    let blobs = house.shelf.blobs();
    let mut incoming = blobs.begin(u64::MAX).await.unwrap();
    for chunk in content.chunks(1000) {
        incoming.write(chunk).await.unwrap();
    }
    let sealed = incoming.seal().await.unwrap();
    blobs.keep(sealed, &blobs.fresh_key().unwrap()).await.unwrap()
}

/// Files in a folder of the store.
fn count(house: &House, folder: &str) -> usize {
    fn below(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { below(&path) } else { 1 }).sum()
    }
    below(&house.settings.blobs.folder().join(folder))
}

pub(crate) async fn blob_comes_back_byte_for_byte(house: &House) {
    let content: Vec<u8> = (0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let blob = kept(house, &content).await;
    assert_eq!(blob.bytes, 3_000_000);
    let again = house.again().await;
    let blobs = again.blobs();
    assert!(fs::read(blobs.local(&blob.key).await.unwrap()).unwrap() == content);
    assert_eq!(blobs.size(&blob.key).await.unwrap(), Some(3_000_000));
    let (empty, abc) = (kept(house, b"").await, kept(house, b"abc").await);
    // FIPS 180-2, B.1, and the hash of nothing.
    assert_eq!(abc.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(empty.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(blobs.size(&empty.key).await.unwrap(), Some(0));
    blobs.remove(&blob.key).await.unwrap();
    blobs.remove(&blob.key).await.unwrap();
    assert_eq!(blobs.size(&blob.key).await.unwrap(), None);
    assert_eq!(blobs.local(&blob.key).await.unwrap_err(), ShelfError::Absent);
}

pub(crate) async fn broken_off_blob_vanishes(house: &House) {
    let blobs = house.shelf.blobs();
    let mut incoming = blobs.begin(10).await.unwrap();
    incoming.write(b"12345678").await.unwrap();
    assert_eq!(incoming.write(b"901").await.unwrap_err(), ShelfError::TooLarge { most: 10 });
    assert_eq!(count(house, "incoming"), 1);
    drop(incoming);
    let sealed = blobs.begin(10).await.unwrap().seal().await.unwrap();
    assert!(sealed.path().is_file());
    drop(sealed);
    assert_eq!((count(house, "incoming"), count(house, "kept")), (0, 0));
    // A killed server drops nothing.
    std::mem::forget(blobs.begin(10).await.unwrap());
    assert_eq!(blobs.sweep_incoming(Duration::from_secs(3600)).await.unwrap(), 0);
    assert_eq!(blobs.sweep_incoming(Duration::ZERO).await.unwrap(), 1);
    assert_eq!(count(house, "incoming"), 0);
}

pub(crate) async fn finished_film_is_adopted(house: &House) {
    let blobs = house.shelf.blobs();
    assert!(blobs.list("render", Duration::ZERO).await.unwrap().is_empty(), "there is no such folder yet");
    let film = blobs.scratch().join("out.mp4");
    fs::write(&film, b"abc").unwrap();
    let sealed = blobs.adopt(&film).await.unwrap();
    assert!(!film.exists());
    assert_eq!((sealed.bytes(), &sealed.sha256()[..8]), (3, "ba7816bf"));
    let blob = blobs.keep(sealed, "render/job_1-1.mp4").await.unwrap();
    assert_eq!(fs::read(blobs.local(&blob.key).await.unwrap()).unwrap(), b"abc");
    assert_eq!(blobs.adopt(&film).await.err(), Some(ShelfError::Absent));
    assert_eq!(blobs.list("render", Duration::ZERO).await.unwrap(), ["render/job_1-1.mp4"]);
    assert!(blobs.list("render", Duration::from_secs(3600)).await.unwrap().is_empty());
}

pub(crate) async fn key_stays_inside_the_store(house: &House) {
    let blobs = house.shelf.blobs();
    for key in
        ["", "/etc/passwd", "..", "up/../../x", "up//x", "Up/x", "up/x\0", "up/.x", "up/%2e%2e", "up\\x"]
    {
        assert_eq!(blobs.size(key).await.unwrap_err(), ShelfError::Range("key"), "{key:?}");
        let sealed = blobs.begin(1).await.unwrap().seal().await.unwrap();
        assert_eq!(blobs.keep(sealed, key).await.unwrap_err(), ShelfError::Range("key"), "{key:?}");
    }
    assert_eq!(count(house, "incoming"), 0);
}

pub(crate) async fn file_is_found_by_its_owner_only(house: &House) {
    let (owner, thief) = (house.owner("client").await, house.owner("thief").await);
    let (session, own) = (house.session(&owner).await.id, house.session(&thief).await.id);
    let files = house.shelf.files();
    let blob = kept(house, b"abc").await;
    let draft = FileDraft { name: "../../夏.mp4", about: "{\"fps\":29.97}", ..DRAFT };
    let file = files.put(&owner, &session, draft, blob.clone(), NOW).await.unwrap();
    assert_eq!((file.name.as_str(), file.bytes, &file.blob), ("../../夏.mp4", 3, &blob.key));
    assert_eq!(files.find(&owner, &session, &file.id).await.unwrap(), file);
    assert_eq!(files.same(&owner, &session, &blob.sha256).await.unwrap(), Some(file.clone()));
    for (who, session) in [(&thief, &session), (&thief, &own), (&owner, &own)] {
        assert_eq!(files.find(who, session, &file.id).await.unwrap_err(), ShelfError::Absent);
        assert_eq!(files.list(who, session).await.unwrap(), []);
        assert_eq!(files.same(who, session, &blob.sha256).await.unwrap(), None);
        assert_eq!(files.delete(who, session, &file.id, NOW).await.unwrap_err(), ShelfError::Absent);
        assert_eq!(files.describe(who, session, &file.id, "1").await.unwrap_err(), ShelfError::Absent);
    }
    let stray = kept(house, b"def").await;
    let put = files.put(&thief, &session, DRAFT, stray.clone(), NOW).await;
    assert_eq!(put.unwrap_err(), ShelfError::Absent);
    assert_eq!(house.shelf.blobs().size(&stray.key).await.unwrap(), None, "a stray is removed");
    files.describe(&owner, &session, &file.id, "{\"watched\":true}").await.unwrap();
    assert_eq!(files.find(&owner, &session, &file.id).await.unwrap().about, "{\"watched\":true}");
    assert_eq!((files.bytes_of(&owner).await.unwrap(), files.bytes_of(&thief).await.unwrap()), (3, 0));
}

pub(crate) async fn same_key_is_the_same_file(house: &House) {
    let owner = house.owner("client").await;
    let session = house.session(&owner).await.id;
    let files = house.shelf.files();
    let keyed = FileDraft { key: Some("k"), ..DRAFT };
    let first = files.put(&owner, &session, keyed, kept(house, b"abc").await, NOW).await.unwrap();
    let again = files.put(&owner, &session, keyed, kept(house, b"abc").await, after(1)).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(count(house, "kept"), 1, "the second blob is removed");
    let free = files.put(&owner, &session, DRAFT, kept(house, b"abc").await, after(2)).await.unwrap();
    assert_eq!(files.list(&owner, &session).await.unwrap(), [first, free]);
}

pub(crate) async fn blob_goes_with_its_last_file(house: &House) {
    let owner = house.owner("client").await;
    let (session, other) = (house.session(&owner).await.id, house.session(&owner).await.id);
    let files = house.shelf.files();
    let blob = kept(house, b"abc").await;
    let first = files.put(&owner, &session, DRAFT, blob.clone(), NOW).await.unwrap();
    let second = files.put(&owner, &other, DRAFT, blob.clone(), NOW).await.unwrap();
    files.delete(&owner, &session, &first.id, NOW).await.unwrap();
    assert_eq!(files.find(&owner, &session, &first.id).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(files.gone(10).await.unwrap(), Vec::<String>::new(), "the other names it still");
    assert!(files.names(&blob.key).await.unwrap());
    house.shelf.sessions().delete(&owner, &other, NOW).await.unwrap();
    assert_eq!(files.find(&owner, &other, &second.id).await.unwrap_err(), ShelfError::Absent);
    assert!(!files.names(&blob.key).await.unwrap());
    let gone = files.gone(10).await.unwrap();
    assert_eq!(gone, [blob.key.as_str()]);
    house.shelf.blobs().remove(&gone[0]).await.unwrap();
    files.forget(&gone[0]).await.unwrap();
    assert_eq!(files.gone(10).await.unwrap(), Vec::<String>::new());
}

pub(crate) async fn abandoned_work_is_swept(house: &House) {
    let blobs = house.shelf.blobs();
    let folder = blobs.scratch().join("job-1");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("film.mp4"), "half a film").unwrap();
    assert_eq!(blobs.sweep_scratch(Duration::from_secs(3600)).await.unwrap(), 0, "somebody may be at it");
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(7200);
    let old = |path: &Path| fs::File::open(path).unwrap().set_modified(long_ago).unwrap();
    old(&folder);
    assert_eq!(blobs.sweep_scratch(Duration::from_secs(3600)).await.unwrap(), 0, "a file in it is new");
    old(&folder.join("film.mp4"));
    assert_eq!(blobs.sweep_scratch(Duration::from_secs(3600)).await.unwrap(), 1);
    assert!(!folder.exists() && blobs.scratch().is_dir());
}
