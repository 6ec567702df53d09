//! Writes: acknowledged only when they are kept.

use std::time::Duration;

use shelf::{Draft, Settings, Shelf, ShelfError};

use crate::all::house::{House, NOW, WEEK};

const DRAFT: Draft<'_> = Draft { name: "project", language: "en", document: "{}", key: None };

pub(crate) async fn acknowledged_writes_outlive_the_shelf(house: &House) {
    let owner = house.owner("client").await;
    let making = (0..200).map(|_| {
        let (shelf, owner) = (house.shelf.clone(), owner.clone());
        tokio::spawn(async move { shelf.sessions().make(&owner, DRAFT, NOW).await.unwrap().id })
    });
    let mut made = Vec::new();
    for id in making.collect::<Vec<_>>() {
        made.push(id.await.unwrap());
    }
    // Not closed: as after a kill, another process reads what was acknowledged.
    let again = house.again().await;
    let mut kept: Vec<_> =
        again.sessions().list(&owner, 1000, None).await.unwrap().into_iter().map(|row| row.id).collect();
    kept.sort();
    made.sort();
    assert_eq!(kept, made);
}

pub(crate) async fn refused_write_leaves_its_neighbours_alone(house: &House) {
    let owner = house.owner("client").await;
    let ledger = house.shelf.ledger();
    let mut holding = Vec::new();
    for n in 0..40 {
        let (shelf, owner) = (house.shelf.clone(), owner.clone());
        let amount = if n % 2 == 0 { 5 } else { 1000 };
        holding.push(tokio::spawn(async move {
            shelf.ledger().reserve(&owner, &format!("work:{n}"), amount, NOW).await
        }));
    }
    let mut held = 0;
    for (n, hold) in holding.into_iter().enumerate() {
        match hold.await.unwrap() {
            Ok(()) => held += 1,
            Err(error) => {
                assert!(n % 2 == 1 && matches!(error, ShelfError::NoCredits { .. }), "{n}: {error}")
            }
        }
    }
    assert_eq!(held, 20);
    let balance = ledger.balance(&owner).await.unwrap();
    assert_eq!((balance.available, balance.frozen), (0, 100));
    assert_eq!(ledger.entries(&owner, 1000, None).await.unwrap().len(), 21, "the refused left no line");
}

pub(crate) async fn dropped_caller_does_not_stop_a_write(house: &House) {
    let owner = house.owner("client").await;
    let sessions = house.shelf.sessions();
    for n in 0..20 {
        let key = format!("k{n}");
        let making = sessions.make(&owner, Draft { key: Some(&key), ..DRAFT }, NOW);
        // Polled once, then dropped: whatever was begun is whole, whatever was not leaves nothing.
        let _ = tokio::time::timeout(Duration::from_micros(n * 50), making).await;
    }
    for row in sessions.list(&owner, 100, None).await.unwrap() {
        assert_eq!(sessions.find(&owner, &row.id).await.unwrap().document, "{}");
    }
    house.shelf.ping().await.unwrap();
}

pub(crate) async fn closed_shelf_says_so(house: &House) {
    let owner = house.owner("client").await;
    let other = house.again().await;
    other.close().await;
    assert_eq!(other.sessions().make(&owner, DRAFT, NOW).await.unwrap_err(), ShelfError::Closed);
    assert_eq!(other.sessions().list(&owner, 1, None).await.unwrap_err(), ShelfError::Closed);
    assert_eq!(other.ping().await.unwrap_err(), ShelfError::Closed);
    house.shelf.ping().await.unwrap();
}

pub(crate) async fn newer_database_is_refused(house: &House) {
    house.meddle("UPDATE step SET number = number + 7").await;
    let refused = Shelf::open(&house.settings).await.err().unwrap();
    assert!(matches!(refused, ShelfError::Newer { found, known } if found == known + 7), "{refused}");
}

pub(crate) async fn older_database_is_brought_up(house: &House) {
    let owner = house.owner("client").await;
    // As the first step left it.
    for statement in [
        "DROP TABLE invite",
        "ALTER TABLE account DROP COLUMN served_ms",
        "DROP INDEX session_gone",
        "DROP INDEX run_session",
        "DROP INDEX event_made",
        "UPDATE step SET number = 1",
    ] {
        house.meddle(statement).await;
    }
    for _ in 0..2 {
        let again = house.again().await;
        assert_eq!(again.accounts().find(&owner).await.unwrap().available, 100);
        assert!(again.accounts().invite(&owner, WEEK, NOW).await.is_ok());
        assert!(again.ledger().audit().await.unwrap().is_empty());
        again.close().await;
    }
}

pub(crate) async fn backup_is_a_shelf_of_its_moment(house: &House) {
    let owner = house.owner("client").await;
    let kept = house.session(&owner).await.id;
    let file = house.folder.path().join("copy's 100%.db");
    let copied = house.shelf.backup(&file).await;
    if house.settings.database.starts_with("postgres") {
        assert!(matches!(copied, Err(ShelfError::Settings(_))), "{copied:?}");
        return;
    }
    copied.unwrap();
    let later = house.session(&owner).await.id;
    assert_eq!(house.shelf.backup(&file).await.unwrap_err(), ShelfError::Taken);
    let settings = Settings { database: format!("sqlite:{}", file.display()), ..house.settings.clone() };
    let copy = Shelf::open(&settings).await.unwrap();
    assert!(copy.sessions().find(&owner, &kept).await.is_ok());
    assert_eq!(copy.sessions().find(&owner, &later).await.unwrap_err(), ShelfError::Absent);
    assert!(copy.ledger().audit().await.unwrap().is_empty());
    copy.close().await;
}
