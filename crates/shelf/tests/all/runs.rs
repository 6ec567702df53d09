//! Turns of a conversation, and the events that they leave.

use std::time::Duration;

use shelf::{Owner, RunFence, RunState, Session, ShelfError, Step, Stepped};

use crate::all::house::{House, NOW, after};

const LEASE: Duration = Duration::from_secs(15);

async fn begun(house: &House) -> (Owner, Session, RunFence) {
    let owner = house.owner("client").await;
    let session = house.session(&owner).await;
    let fence = house.shelf.runs().begin(&owner, &session.id, "add music", LEASE, NOW).await.unwrap();
    (owner, session, fence)
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| format!("{{\"text\":\"{text}\"}}")).collect()
}

pub(crate) async fn events_are_numbered_without_a_hole(house: &House) {
    let owner = house.owner("client").await;
    let session = house.session(&owner).await.id;
    let events = house.shelf.events();
    assert_eq!(events.last(&owner, &session).await.unwrap(), 0);
    let appending = (0..20).map(|n| {
        let (shelf, owner, session) = (house.shelf.clone(), owner.clone(), session.clone());
        let bodies = vec![format!("{n}"), format!("{n}b"), format!("{n}c")];
        tokio::spawn(
            async move { shelf.events().append(&owner, &session, None, &bodies, NOW).await.unwrap() },
        )
    });
    for one in appending.collect::<Vec<_>>() {
        assert_eq!(one.await.unwrap() % 3, 0, "those of one call stand together");
    }
    let all = events.after(&owner, &session, 0, 1000).await.unwrap();
    let numbers: Vec<i64> = all.iter().map(|event| event.number).collect();
    assert_eq!(numbers, (1..=60).collect::<Vec<_>>());
    for three in all.chunks(3) {
        assert_eq!(
            [&three[1].body, &three[2].body],
            [&format!("{}b", three[0].body), &format!("{}c", three[0].body)]
        );
    }
    let some = events.after(&owner, &session, 57, 2).await.unwrap();
    assert_eq!(some, all[57..59]);
    assert_eq!(events.after(&owner, &session, 60, 10).await.unwrap(), []);
    let thief = house.owner("thief").await;
    assert_eq!(events.after(&thief, &session, 0, 10).await.unwrap_err(), ShelfError::Absent);
    let forged = events.append(&thief, &session, None, &texts(&["x"]), NOW).await;
    assert_eq!(forged.unwrap_err(), ShelfError::Absent);
}

pub(crate) async fn listener_hears_what_is_written(house: &House) {
    let owner = house.owner("client").await;
    let (session, other) = (house.session(&owner).await.id, house.session(&owner).await.id);
    let events = house.shelf.events();
    let mut ear = events.listen(&session);
    events.append(&owner, &other, None, &texts(&["elsewhere"]), NOW).await.unwrap();
    assert!(!ear.wait(Duration::from_millis(20)).await);
    events.append(&owner, &session, None, &texts(&["here"]), NOW).await.unwrap();
    assert!(ear.wait(Duration::from_secs(20)).await);
    assert!(!ear.wait(Duration::from_millis(20)).await, "heard once");
    let second = events.listen(&session);
    drop(ear);
    let mut third = events.listen(&session);
    drop(second);
    events.append(&owner, &session, None, &texts(&["again"]), NOW).await.unwrap();
    assert!(third.wait(Duration::from_secs(20)).await, "one that leaves takes nobody along");
}

pub(crate) async fn session_has_one_run_at_a_time(house: &House) {
    let owner = house.owner("client").await;
    let session = house.session(&owner).await.id;
    let beginning = (0..20).map(|_| {
        let (shelf, owner, session) = (house.shelf.clone(), owner.clone(), session.clone());
        tokio::spawn(async move { shelf.runs().begin(&owner, &session, "go", LEASE, NOW).await })
    });
    let mut begun = Vec::new();
    for one in beginning.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(fence) => begun.push(fence),
            Err(error) => assert!(matches!(error, ShelfError::AlreadyRunning { .. }), "{error}"),
        }
    }
    let [fence] = begun.as_slice() else { panic!("{} began", begun.len()) };
    let runs = house.shelf.runs();
    assert_eq!(runs.current(&owner, &session).await.unwrap().unwrap().id, fence.id());
    let refused = runs.begin(&owner, &session, "go", LEASE, after(3600)).await.unwrap_err();
    assert_eq!(refused, ShelfError::AlreadyRunning { run: fence.id().to_owned() }, "even after its lease");
    runs.step(fence, Step { end: Some(RunState::Done), ..Step::default() }, after(5)).await.unwrap();
    assert_eq!(runs.current(&owner, &session).await.unwrap(), None);
    let ended = runs.find(&owner, &session, fence.id()).await.unwrap();
    assert_eq!((ended.state, ended.ended, ended.said.as_str()), (RunState::Done, Some(after(5)), "go"));
    runs.begin(&owner, &session, "more", LEASE, after(6)).await.unwrap();
    let thief = house.owner("thief").await;
    assert_eq!(runs.begin(&thief, &session, "go", LEASE, NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(runs.find(&thief, &session, fence.id()).await.unwrap_err(), ShelfError::Absent);
}

pub(crate) async fn step_is_whole_or_nothing(house: &House) {
    let (owner, session, fence) = begun(house).await;
    let (runs, events, ledger) = (house.shelf.runs(), house.shelf.events(), house.shelf.ledger());
    ledger.reserve(&owner, "run", 10, NOW).await.unwrap();
    let said = texts(&["composing", "done"]);
    let step = Step { save: Some((1, "{\"music\":1}")), events: &said, charge: Some(("run", 4)), end: None };
    for broken in [
        Step { save: Some((7, "{}")), ..step },
        Step { charge: Some(("other", 1)), ..step },
        Step { charge: Some(("run", 11)), ..step },
        Step { end: Some(RunState::Running), ..step },
    ] {
        runs.step(&fence, broken, NOW).await.unwrap_err();
        assert_eq!(events.last(&owner, &session.id).await.unwrap(), 0, "{broken:?}");
        assert_eq!(house.shelf.sessions().find(&owner, &session.id).await.unwrap().revision, 1);
        assert_eq!(ledger.balance(&owner).await.unwrap().frozen, 10);
    }
    let stepped = runs.step(&fence, step, NOW).await.unwrap();
    assert_eq!(stepped, Stepped { revision: Some(2), last_event: 2 });
    assert_eq!(ledger.balance(&owner).await.unwrap().available, 96);
    let written = events.after(&owner, &session.id, 0, 10).await.unwrap();
    assert!(written.iter().all(|event| event.run.as_deref() == Some(fence.id())));
    let idle = runs.step(&fence, Step::default(), NOW).await.unwrap();
    assert_eq!(idle, Stepped { revision: None, last_event: 2 });
}

pub(crate) async fn late_runner_writes_nothing(house: &House) {
    let (owner, session, first) = begun(house).await;
    let runs = house.shelf.runs();
    assert!(runs.take_over(LEASE, after(15)).await.unwrap().is_none(), "its lease holds");
    runs.renew(&first, LEASE, after(10)).await.unwrap();
    assert!(runs.take_over(LEASE, after(20)).await.unwrap().is_none(), "renewed");
    let (second, run) = runs.take_over(LEASE, after(26)).await.unwrap().unwrap();
    assert_eq!((run.attempt, run.said.as_str(), second.owner()), (2, "add music", &owner));
    let said = texts(&["late"]);
    let step = Step { save: Some((1, "{}")), events: &said, charge: None, end: Some(RunState::Done) };
    assert_eq!(runs.step(&first, step, after(27)).await.unwrap_err(), ShelfError::Lost);
    assert_eq!(runs.renew(&first, LEASE, after(27)).await.unwrap_err(), ShelfError::Lost);
    assert_eq!(house.shelf.events().last(&owner, &session.id).await.unwrap(), 0);
    runs.step(&second, step, after(28)).await.unwrap();
    assert_eq!(runs.step(&second, step, after(29)).await.unwrap_err(), ShelfError::Lost, "it has ended");
    assert!(runs.take_over(LEASE, after(1000)).await.unwrap().is_none());
}

pub(crate) async fn run_that_ends_holds_nothing(house: &House) {
    let (owner, _, first) = begun(house).await;
    let (runs, ledger) = (house.shelf.runs(), house.shelf.ledger());
    let frozen = async || ledger.balance(&owner).await.unwrap().frozen;
    let (second, _) = runs.take_over(LEASE, after(26)).await.unwrap().unwrap();
    assert_eq!(runs.hold(&first, 10, after(27)).await.unwrap_err(), ShelfError::Lost, "late");
    assert_eq!(frozen().await, 0);
    runs.hold(&second, 10, after(27)).await.unwrap();
    runs.hold(&second, 10, after(28)).await.unwrap();
    assert_eq!(frozen().await, 10, "once");
    let refused = runs.hold(&second, 1000, after(28)).await.unwrap_err();
    assert_eq!(refused, ShelfError::OtherBody);
    let end = Step { end: Some(RunState::Failed), ..Step::default() };
    runs.step(&second, end, after(29)).await.unwrap();
    let balance = ledger.balance(&owner).await.unwrap();
    assert_eq!((balance.available, balance.frozen), (100, 0));
    assert_eq!(runs.hold(&second, 10, after(30)).await.unwrap_err(), ShelfError::Lost, "it has ended");
    assert!(ledger.audit().await.unwrap().is_empty());
}

pub(crate) async fn charged_run_gives_back_the_rest_only(house: &House) {
    let (owner, _, fence) = begun(house).await;
    let (runs, ledger) = (house.shelf.runs(), house.shelf.ledger());
    runs.hold(&fence, 10, NOW).await.unwrap();
    let end = Step { charge: Some((fence.id(), 4)), end: Some(RunState::Done), ..Step::default() };
    runs.step(&fence, end, after(1)).await.unwrap();
    let balance = ledger.balance(&owner).await.unwrap();
    assert_eq!((balance.available, balance.frozen), (96, 0));
    assert!(ledger.audit().await.unwrap().is_empty());
}

pub(crate) async fn deleted_session_ends_its_run(house: &House) {
    let (owner, session, fence) = begun(house).await;
    let runs = house.shelf.runs();
    runs.hold(&fence, 10, NOW).await.unwrap();
    house.shelf.sessions().delete(&owner, &session.id, NOW).await.unwrap();
    assert_eq!(house.shelf.ledger().balance(&owner).await.unwrap().frozen, 0);
    assert_eq!(runs.step(&fence, Step::default(), NOW).await.unwrap_err(), ShelfError::Lost);
    assert_eq!(runs.find(&owner, &session.id, fence.id()).await.unwrap().state, RunState::Lost);
}
