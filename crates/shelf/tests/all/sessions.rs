//! What people work on.

use shelf::{Draft, ShelfError};

use crate::all::house::{House, NOW, after};

const DRAFT: Draft<'_> = Draft { name: "project", language: "en", document: "{}", key: None };

pub(crate) async fn saved_documents_come_back(house: &House) {
    let (sessions, owner) = (house.shelf.sessions(), house.owner("client").await);
    let draft = Draft { name: "夏の旅 🎬", language: "zh-Hans", document: "{\"a\":1.50}", key: None };
    let made = sessions.make(&owner, draft, NOW).await.unwrap();
    assert!(made.id.len() == 19 && made.id.parse::<i64>().is_ok(), "{}", made.id);
    assert!(made.task.starts_with("task_"));
    assert_eq!((made.revision, made.name.as_str(), made.language.as_str()), (1, "夏の旅 🎬", "zh-Hans"));
    let long = format!("{{\"text\":\"{}\"}}", "长".repeat(1 << 20));
    assert_eq!(sessions.save(&owner, &made.id, 1, &long, after(5)).await.unwrap(), 2);
    sessions.rename(&owner, &made.id, "autumn", after(6)).await.unwrap();
    let found = house.again().await.sessions().find(&owner, &made.id).await.unwrap();
    assert!(found.document == long, "byte for byte");
    assert_eq!((found.revision, found.created, found.updated), (2, NOW, after(6)));
    assert_eq!(found.name, "autumn");
}

pub(crate) async fn stale_save_changes_nothing(house: &House) {
    let (sessions, owner) = (house.shelf.sessions(), house.owner("client").await);
    let id = house.session(&owner).await.id;
    sessions.save(&owner, &id, 1, "{\"mine\":1}", NOW).await.unwrap();
    for expected in [0, 1, 3, i64::MAX] {
        let stale = sessions.save(&owner, &id, expected, "{\"late\":1}", NOW).await.unwrap_err();
        assert_eq!(stale, ShelfError::Stale { revision: 2 });
    }
    assert_eq!(sessions.find(&owner, &id).await.unwrap().document, "{\"mine\":1}");
}

pub(crate) async fn one_of_many_saves_wins(house: &House) {
    let owner = house.owner("client").await;
    let id = house.session(&owner).await.id;
    let saving = (0..20).map(|n| {
        let (shelf, owner, id) = (house.shelf.clone(), owner.clone(), id.clone());
        tokio::spawn(async move { shelf.sessions().save(&owner, &id, 1, &format!("{n}"), NOW).await })
    });
    let mut won = 0;
    for saved in saving.collect::<Vec<_>>() {
        match saved.await.unwrap() {
            Ok(revision) => won += revision - 1,
            Err(error) => assert_eq!(error, ShelfError::Stale { revision: 2 }),
        }
    }
    assert_eq!(won, 1);
}

pub(crate) async fn key_makes_one_session(house: &House) {
    let (sessions, owner) = (house.shelf.sessions(), house.owner("client").await);
    let keyed = Draft { key: Some("k"), ..DRAFT };
    let (first, again) =
        tokio::join!(sessions.make(&owner, keyed, NOW), sessions.make(&owner, keyed, after(1)));
    assert_eq!(first.unwrap().id, again.unwrap().id);
    assert_eq!(sessions.list(&owner, 10, None).await.unwrap().len(), 1);
    let other = house.owner("other").await;
    sessions.make(&other, keyed, NOW).await.unwrap();
    assert_eq!(sessions.list(&other, 10, None).await.unwrap().len(), 1, "a key is its owner's own");
}

pub(crate) async fn nobody_finds_what_is_not_theirs(house: &House) {
    let sessions = house.shelf.sessions();
    let (owner, thief) = (house.owner("client").await, house.owner("thief").await);
    let id = house.session(&owner).await.id;
    assert_eq!(sessions.find(&thief, &id).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.save(&thief, &id, 1, "{}", NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.rename(&thief, &id, "mine", NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.delete(&thief, &id, NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.list(&thief, 10, None).await.unwrap(), []);
    assert_eq!(sessions.find(&owner, "1").await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.find(&owner, &id).await.unwrap().revision, 1);
}

pub(crate) async fn list_goes_on_where_it_ended(house: &House) {
    let (sessions, owner) = (house.shelf.sessions(), house.owner("client").await);
    let mut made = Vec::new();
    for n in 0..7 {
        // Some share their moment: then their ids decide.
        made.push(sessions.make(&owner, DRAFT, after(n / 3)).await.unwrap());
    }
    made.sort_by(|a, b| (b.created, &b.id).cmp(&(a.created, &a.id)));
    let mut seen: Vec<String> = Vec::new();
    loop {
        let page = sessions.list(&owner, 3, seen.last().map(String::as_str)).await.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page.into_iter().map(|row| row.id));
    }
    assert_eq!(seen, made.into_iter().map(|session| session.id).collect::<Vec<_>>());
}

pub(crate) async fn deleted_session_is_gone(house: &House) {
    let (sessions, owner) = (house.shelf.sessions(), house.owner("client").await);
    let id = sessions.make(&owner, Draft { key: Some("k"), ..DRAFT }, NOW).await.unwrap().id;
    sessions.delete(&owner, &id, after(1)).await.unwrap();
    assert_eq!(sessions.find(&owner, &id).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.save(&owner, &id, 1, "{}", NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.delete(&owner, &id, after(1)).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(sessions.list(&owner, 10, None).await.unwrap(), []);
}

pub(crate) async fn odd_text_is_refused_and_kept_alike(house: &House) {
    let (sessions, owner) = (house.shelf.sessions(), house.owner("client").await);
    let long = "x".repeat(1025);
    for name in ["a\0b", long.as_str()] {
        let refused = sessions.make(&owner, Draft { name, ..DRAFT }, NOW).await;
        assert_eq!(refused.unwrap_err(), ShelfError::Text);
    }
    for name in ["", "' OR ''='", "$1 {} %s \\", "\u{202e}evil", "\u{feff}\u{ffff}"] {
        let made = sessions.make(&owner, Draft { name, ..DRAFT }, NOW).await.unwrap();
        assert_eq!(sessions.find(&owner, &made.id).await.unwrap().name, name);
    }
}
