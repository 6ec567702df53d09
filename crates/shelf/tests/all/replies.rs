//! Requests that come again, and notices to those who asked for them.

use std::time::Duration;

use shelf::{Before, DeliveryState, ShelfError};

use crate::all::house::{House, NOW, after};

const LEASE: Duration = Duration::from_secs(15);

pub(crate) async fn request_that_comes_again_is_answered_alike(house: &House) {
    let (owner, other) = (house.owner("client").await, house.owner("other").await);
    let replies = house.shelf.replies();
    assert_eq!(replies.begin(&owner, "k", "body", LEASE, NOW).await.unwrap(), Before::Fresh);
    assert_eq!(replies.begin(&owner, "k", "body", LEASE, after(15)).await.unwrap_err(), ShelfError::Busy);
    assert_eq!(replies.begin(&owner, "k", "else", LEASE, after(1)).await.unwrap_err(), ShelfError::OtherBody);
    assert_eq!(replies.begin(&other, "k", "else", LEASE, NOW).await.unwrap(), Before::Fresh);
    assert_eq!(replies.begin(&owner, "k", "body", LEASE, after(16)).await.unwrap(), Before::Fresh, "it died");
    replies.answer(&owner, "k", 201, "{\"code\":0}").await.unwrap();
    assert_eq!(replies.answer(&owner, "k", 500, "").await.unwrap_err(), ShelfError::Lost);
    let answered = Before::Answered { status: 201, body: "{\"code\":0}".to_owned() };
    assert_eq!(replies.begin(&owner, "k", "body", LEASE, after(99)).await.unwrap(), answered);
    replies.abandon(&owner, "k").await.unwrap();
    assert_eq!(replies.begin(&owner, "k", "body", LEASE, after(99)).await.unwrap(), answered, "it stands");
    replies.abandon(&other, "k").await.unwrap();
    assert_eq!(replies.begin(&other, "k", "third", LEASE, after(1)).await.unwrap(), Before::Fresh);
    assert_eq!(replies.forget(after(1)).await.unwrap(), 1);
    assert_eq!(replies.begin(&owner, "k", "else", LEASE, after(100)).await.unwrap(), Before::Fresh);
}

pub(crate) async fn one_of_many_requests_is_done(house: &House) {
    let owner = house.owner("client").await;
    let asking = (0..20).map(|_| {
        let (shelf, owner) = (house.shelf.clone(), owner.clone());
        tokio::spawn(async move { shelf.replies().begin(&owner, "k", "body", LEASE, NOW).await })
    });
    let mut fresh = 0;
    for asked in asking.collect::<Vec<_>>() {
        match asked.await.unwrap() {
            Ok(before) => fresh += i32::from(before == Before::Fresh),
            Err(error) => assert_eq!(error, ShelfError::Busy),
        }
    }
    assert_eq!(fresh, 1);
}

pub(crate) async fn notice_reaches_every_hook_once(house: &House) {
    let (owner, other) = (house.owner("client").await, house.owner("other").await);
    let (hooks, deliveries) = (house.shelf.hooks(), house.shelf.deliveries());
    let first = hooks.add(&owner, "https://example.org/a", NOW).await.unwrap();
    let second = hooks.add(&owner, "https://example.org/b", after(1)).await.unwrap();
    hooks.add(&other, "https://example.org/c", NOW).await.unwrap();
    assert!(first.secret.starts_with("whsec_") && first.secret != second.secret);
    assert_eq!(hooks.list(&owner).await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(deliveries.send(&owner, "render.completed", "{}", after(2)).await.unwrap(), 2);
    let parcel = deliveries.claim(LEASE, after(2)).await.unwrap().unwrap();
    let beside = deliveries.claim(LEASE, after(2)).await.unwrap().unwrap();
    assert_ne!(parcel.delivery.id, beside.delivery.id);
    assert_eq!(deliveries.claim(LEASE, after(16)).await.unwrap(), None, "both are taken");
    let hook = if parcel.url == first.url { &first } else { &second };
    assert_eq!((&parcel.url, &parcel.secret, parcel.delivery.attempt), (&hook.url, &hook.secret, 1));
    deliveries.failed(&parcel, Some(503), "busy", Some(Duration::from_secs(60)), after(3)).await.unwrap();
    let late = deliveries.claim(LEASE, after(17)).await.unwrap().unwrap();
    assert_eq!((&late.delivery.id, late.delivery.attempt), (&beside.delivery.id, 2), "its sender died");
    assert_eq!(deliveries.sent(&beside, 200, after(18)).await.unwrap_err(), ShelfError::Lost);
    deliveries.sent(&late, 204, after(18)).await.unwrap();
    let again = deliveries.claim(LEASE, after(63)).await.unwrap().unwrap();
    assert_eq!((&again.delivery.id, again.delivery.status), (&parcel.delivery.id, Some(503)));
    deliveries.failed(&again, None, "no route", None, after(64)).await.unwrap();
    assert_eq!(deliveries.claim(LEASE, after(9999)).await.unwrap(), None);
    let log = deliveries.list(&owner, &hook.id, 10).await.unwrap();
    assert_eq!(
        (log[0].state, log[0].error.as_deref(), log.len()),
        (DeliveryState::Failed, Some("no route"), 1)
    );
    assert!(deliveries.list(&other, &hook.id, 10).await.unwrap().is_empty());
    assert_eq!(deliveries.forget(after(9999)).await.unwrap(), 2);
}

pub(crate) async fn removed_hook_hears_no_more(house: &House) {
    let (owner, other) = (house.owner("client").await, house.owner("other").await);
    let (hooks, deliveries) = (house.shelf.hooks(), house.shelf.deliveries());
    let hook = hooks.add(&owner, "https://example.org/a", NOW).await.unwrap();
    deliveries.send(&owner, "render.failed", "{}", NOW).await.unwrap();
    assert_eq!(hooks.remove(&other, &hook.id, NOW).await.unwrap_err(), ShelfError::Absent);
    hooks.remove(&owner, &hook.id, NOW).await.unwrap();
    assert_eq!(hooks.remove(&owner, &hook.id, NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(deliveries.claim(LEASE, after(1)).await.unwrap(), None);
    assert_eq!(deliveries.send(&owner, "render.failed", "{}", NOW).await.unwrap(), 0);
    assert!(hooks.list(&owner).await.unwrap().is_empty());
}
