//! Who may come in.

use std::time::Duration;

use shelf::{Plan, ShelfError, Terms};

use crate::all::house::{House, NOW, WEEK, after};

const TERMS: Terms = Terms { credits: 100, life: WEEK, per_origin: Some(2) };

pub(crate) async fn token_opens_its_account_until_it_ends(house: &House) {
    let accounts = house.shelf.accounts();
    let (account, token) = house.guest("client").await;
    assert!(token.starts_with("nmv_usr_") && token.len() == 51, "{token}");
    assert!(account.owner.as_str().starts_with("anon_"), "{account:?}");
    assert_eq!((account.plan, account.available, account.frozen), (Plan::Anonymous, 100, 0));
    assert_eq!(accounts.by_token(&token, NOW).await.unwrap(), Some(account.clone()));
    let late = NOW.plus(WEEK);
    assert_eq!(accounts.by_token(&token, late).await.unwrap(), None);
    for wrong in ["", "nmv_usr_", "nmv_usr_\0", "%' OR 1=1 --", &token[..50]] {
        assert_eq!(accounts.by_token(wrong, NOW).await.unwrap(), None, "{wrong:?}");
    }
    let (second, expires) = accounts.issue(&account.owner, WEEK, after(10)).await.unwrap();
    assert_eq!(expires, after(10).plus(WEEK));
    accounts.revoke(&token, after(20)).await.unwrap();
    assert_eq!(accounts.by_token(&token, after(20)).await.unwrap(), None);
    assert!(accounts.by_token(&second, after(20)).await.unwrap().is_some());
    assert_eq!(accounts.revoke_all(&account.owner, after(30)).await.unwrap(), 1);
    assert_eq!(accounts.by_token(&second, after(30)).await.unwrap(), None);
}

pub(crate) async fn client_has_one_token_in_its_time(house: &House) {
    let accounts = house.shelf.accounts();
    let first = accounts.anonymous("client", None, &TERMS, NOW).await.unwrap();
    let again = accounts.anonymous("client", None, &TERMS, after(3600)).await.unwrap_err();
    assert_eq!(again, ShelfError::TooOften { wait: WEEK - Duration::from_secs(3600) });
    let later = accounts.anonymous("client", None, &TERMS, NOW.plus(WEEK)).await.unwrap();
    assert_ne!(first.account.owner, later.account.owner, "a client's id is no secret");
    let both = tokio::join!(
        accounts.anonymous("twins", None, &TERMS, NOW),
        accounts.anonymous("twins", None, &TERMS, NOW)
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
}

pub(crate) async fn place_has_its_number_of_accounts(house: &House) {
    let accounts = house.shelf.accounts();
    let place = Some("192.0.2.7");
    for (n, client) in ["a", "b"].into_iter().enumerate() {
        accounts.anonymous(client, place, &TERMS, after(60 * n as u64)).await.unwrap();
    }
    let refused = accounts.anonymous("c", place, &TERMS, after(120)).await.unwrap_err();
    assert_eq!(refused, ShelfError::TooOften { wait: WEEK - Duration::from_secs(120) });
    accounts.anonymous("c", Some("192.0.2.8"), &TERMS, after(120)).await.unwrap();
    accounts.anonymous("d", None, &TERMS, after(120)).await.unwrap();
    accounts.anonymous("e", place, &TERMS, NOW.plus(WEEK)).await.unwrap();
}

pub(crate) async fn registering_keeps_what_there_is(house: &House) {
    let accounts = house.shelf.accounts();
    let (guest, token) = house.guest("client").await;
    let session = house.session(&guest.owner).await;
    let named = accounts.register(&guest.owner, " Ann@Example.ORG ", "correct horse").await.unwrap();
    assert_eq!((named.plan, named.email.as_deref()), (Plan::Free, Some("ann@example.org")));
    assert_eq!((named.available, &named.owner), (100, &guest.owner));
    assert_eq!(accounts.by_token(&token, NOW).await.unwrap(), Some(named.clone()));
    assert!(house.shelf.sessions().find(&named.owner, &session.id).await.is_ok());
    let again = accounts.register(&guest.owner, "bob@example.org", "another").await;
    assert_eq!(again.unwrap_err(), ShelfError::Taken);
    let other = house.owner("other").await;
    let taken = accounts.register(&other, "ANN@example.org", "another").await;
    assert_eq!(taken.unwrap_err(), ShelfError::Taken);
    for odd in ["", "@", "ann", "ann@", "@b", "a b@c", "a\0@b"] {
        assert_eq!(accounts.register(&other, odd, "word").await.unwrap_err(), ShelfError::Text, "{odd:?}");
    }
}

pub(crate) async fn signing_in_needs_the_password(house: &House) {
    let accounts = house.shelf.accounts();
    let owner = house.owner("client").await;
    accounts.register(&owner, "ann@example.org", "correct horse").await.unwrap();
    let welcome = accounts.sign_in("ann@example.org", "correct horse", WEEK, NOW).await.unwrap().unwrap();
    assert_eq!(welcome.account.owner, owner);
    assert!(accounts.by_token(&welcome.token, after(1)).await.unwrap().is_some());
    for (email, password) in [
        ("ann@example.org", "wrong"),
        ("bob@example.org", "correct horse"),
        ("", ""),
        ("ann@example.org", ""),
    ] {
        assert!(accounts.sign_in(email, password, WEEK, NOW).await.unwrap().is_none(), "{email} {password}");
    }
}

pub(crate) async fn claim_opens_one_session(house: &House) {
    let accounts = house.shelf.accounts();
    let (owner, other) = (house.owner("client").await, house.owner("other").await);
    let session = house.session(&owner).await;
    let claim = accounts.claim_token(&owner, &session.id, WEEK, NOW).await.unwrap();
    let claimed = accounts.by_claim(&claim, after(1)).await.unwrap().unwrap();
    assert_eq!(
        (claimed.owner, claimed.session, claimed.task),
        (owner.clone(), session.id.clone(), session.task)
    );
    assert_eq!(accounts.by_claim(&claim, NOW.plus(WEEK)).await.unwrap(), None);
    assert_eq!(accounts.by_token(&claim, NOW).await.unwrap(), None, "a claim is no token");
    let stolen = accounts.claim_token(&other, &session.id, WEEK, NOW).await;
    assert_eq!(stolen.unwrap_err(), ShelfError::Absent);
    house.shelf.sessions().delete(&owner, &session.id, NOW).await.unwrap();
    assert_eq!(accounts.by_claim(&claim, after(1)).await.unwrap(), None);
}

pub(crate) async fn single_user_is_made_once(house: &House) {
    let accounts = house.shelf.accounts();
    let first = accounts.single(5000, NOW).await.unwrap();
    assert_eq!((first.owner.as_str(), first.plan, first.available), ("local", Plan::Pro, 5000));
    assert_eq!(accounts.single(9000, after(9)).await.unwrap(), first);
    accounts.set_plan(&first.owner, Plan::Free).await.unwrap();
    assert_eq!(accounts.find(&first.owner).await.unwrap().plan, Plan::Free);
}

pub(crate) async fn what_has_ended_is_forgotten(house: &House) {
    let accounts = house.shelf.accounts();
    let (account, _) = house.guest("client").await;
    let (lasting, _) = accounts.issue(&account.owner, WEEK * 3, NOW).await.unwrap();
    let later = NOW.plus(WEEK * 2);
    assert_eq!(accounts.forget(NOW).await.unwrap(), 0);
    assert_eq!(accounts.forget(later).await.unwrap(), 2, "a token and a client");
    assert!(accounts.by_token(&lasting, later).await.unwrap().is_some());
    assert_eq!(accounts.find(&account.owner).await.unwrap().available, 100, "the account stays");
}
