//! Links that the operator hands out, and accounts as the operator sees them.

use shelf::{Plan, ShelfError};

use crate::all::house::{House, NOW, WEEK, after};

pub(crate) async fn invitation_is_accepted_once(house: &House) {
    let accounts = house.shelf.accounts();
    let (guest, token) = house.guest("client").await;
    let old = accounts.invite(&guest.owner, WEEK, NOW).await.unwrap();
    let invite = accounts.invite(&guest.owner, WEEK, NOW).await.unwrap();
    assert!(invite.starts_with("inv_") && invite.len() == 4 + 43, "{invite}");
    for dead in [old.as_str(), token.as_str(), "inv_", ""] {
        assert_eq!(accounts.invited(dead, after(1)).await.unwrap(), None, "{dead}");
        let refused = accounts.accept(dead, "ann@example.org", "correct horse", after(1)).await;
        assert_eq!(refused.unwrap_err(), ShelfError::Absent);
    }
    assert_eq!(accounts.by_token(&invite, after(1)).await.unwrap(), None, "an invitation is no token");
    assert_eq!(accounts.invited(&invite, after(1)).await.unwrap().unwrap().owner, guest.owner);
    assert_eq!(accounts.invited(&invite, NOW.plus(WEEK)).await.unwrap(), None);
    let other = house.owner("other").await;
    accounts.register(&other, "bob@example.org", "another horse").await.unwrap();
    let taken = accounts.accept(&invite, "Bob@example.org", "correct horse", after(2)).await;
    assert_eq!(taken.unwrap_err(), ShelfError::Taken);
    let named = accounts.accept(&invite, "Ann@example.org", "correct horse", after(3)).await.unwrap();
    assert_eq!((named.owner, named.plan, named.available), (guest.owner, Plan::Free, 100));
    assert_eq!(named.email.as_deref(), Some("ann@example.org"));
    let again = accounts.accept(&invite, "eve@example.org", "correct horse", after(4)).await;
    assert_eq!(again.unwrap_err(), ShelfError::Absent, "once");
    assert!(accounts.by_token(&token, after(5)).await.unwrap().is_some(), "what was anonymous goes on");
}

pub(crate) async fn invitation_gives_a_new_password(house: &House) {
    let accounts = house.shelf.accounts();
    let (guest, token) = house.guest("client").await;
    accounts.register(&guest.owner, "ann@example.org", "forgotten horse").await.unwrap();
    accounts.set_plan(&guest.owner, Plan::Pro).await.unwrap();
    let invite = accounts.invite(&guest.owner, WEEK, NOW).await.unwrap();
    let named = accounts.accept(&invite, "ann@example.org", "correct horse", after(1)).await.unwrap();
    assert_eq!((named.owner, named.plan), (guest.owner, Plan::Pro));
    assert_eq!(accounts.by_token(&token, after(2)).await.unwrap(), None, "whoever had it has it no more");
    assert!(accounts.sign_in("ann@example.org", "forgotten horse", WEEK, NOW).await.unwrap().is_none());
    assert!(accounts.sign_in("ann@example.org", "correct horse", WEEK, NOW).await.unwrap().is_some());
}

pub(crate) async fn operator_finds_every_account(house: &House) {
    let accounts = house.shelf.accounts();
    let mut all = Vec::new();
    for n in 0..5 {
        all.push(house.owner(&format!("client {n}")).await);
    }
    accounts.register(&all[2], "ann@example.org", "correct horse").await.unwrap();
    assert_eq!(accounts.named(" Ann@example.org").await.unwrap().owner, all[2]);
    assert_eq!(accounts.named("bob@example.org").await.unwrap_err(), ShelfError::Absent);
    let (mut found, mut last) = (Vec::new(), None);
    loop {
        let page = accounts.list(2, last.as_ref()).await.unwrap();
        let Some(end) = page.last() else { break };
        last = Some(end.owner.clone());
        found.extend(page.into_iter().map(|account| account.owner.as_str().to_owned()));
    }
    found.sort_unstable();
    let mut all: Vec<String> = all.iter().map(|owner| owner.as_str().to_owned()).collect();
    all.sort_unstable();
    assert_eq!(found, all);
}
