//! What nobody needs any more: found, and struck out.

use std::time::Duration;

use shelf::{Ask, FileDraft, Finish, JobState, Moment, Owner, Plan, RunState, ShelfError, Step};

use crate::all::house::{House, NOW, WEEK, after};

const LEASE: Duration = Duration::from_secs(15);

/// A film that was made in a session, and what it is called.
async fn film(house: &House, owner: &Owner, session: &str, key: &str) -> String {
    let ask = Ask { session, kind: "render", key, body: "{}", price: 2, lane: None };
    house.shelf.jobs().ask(owner, ask, NOW).await.unwrap();
    let claim = house.shelf.jobs().claim(&["render"], LEASE, NOW).await.unwrap().unwrap();
    let result = format!("{{\"blob\":\"render/{}-1.mp4\"}}", claim.fence.id());
    let finish = Finish { result: &result, charge: 1, event: None, notice: None };
    house.shelf.jobs().finish(&claim.fence, finish, NOW).await.unwrap().id
}

pub(crate) async fn idle_sessions_are_found(house: &House) {
    let (shelf, sessions) = (&house.shelf, house.shelf.sessions());
    let (owner, other) = (house.owner("client").await, house.owner("other").await);
    shelf.accounts().register(&other, "ann@example.org", "correct horse").await.unwrap();
    house.session(&other).await;
    let all = [(); 5].map(|()| house.session(&owner));
    let mut ids = Vec::new();
    for session in all {
        ids.push(session.await.id);
    }
    let idle = async |before: Moment| {
        let found = sessions.idle(Plan::Anonymous, before, 100).await.unwrap();
        let mut found: Vec<String> = found.into_iter().map(|(_, id)| id).collect();
        found.sort_unstable();
        found
    };
    assert!(idle(NOW).await.is_empty());
    // One is changed, one is spoken in, one gets a file, one has work waiting; the last is left alone.
    sessions.save(&owner, &ids[0], 1, "{}", after(10)).await.unwrap();
    shelf.events().append(&owner, &ids[1], None, &["1".to_owned()], after(10)).await.unwrap();
    let sealed = shelf.blobs().begin(9).await.unwrap().seal().await.unwrap();
    let kept = shelf.blobs().keep(sealed, "up/a").await.unwrap();
    let draft = FileDraft { name: "a.mp4", kind: "video", about: "{}", key: None };
    shelf.files().put(&owner, &ids[2], draft, kept, after(10)).await.unwrap();
    let ask = Ask { session: &ids[3], kind: "render", key: "k", body: "{}", price: 0, lane: None };
    shelf.jobs().ask(&owner, ask, NOW).await.unwrap();
    assert_eq!(idle(after(5)).await, [ids[4].as_str()]);
    let mut most = ids.clone();
    most.remove(3);
    most.sort_unstable();
    assert_eq!(idle(after(11)).await, most, "but for the one that is worked in");
    assert_eq!(sessions.idle(Plan::Free, after(11), 100).await.unwrap().len(), 1);
}

pub(crate) async fn deleted_session_leaves_nothing(house: &House) {
    let (shelf, owner) = (&house.shelf, house.owner("client").await);
    let (session, other) = (house.session(&owner).await.id, house.session(&owner).await.id);
    let job = film(house, &owner, &session, "k").await;
    film(house, &owner, &other, "o").await;
    shelf.accounts().claim_token(&owner, &session, WEEK, NOW).await.unwrap();
    let run = shelf.runs().begin(&owner, &session, "hello", LEASE, NOW).await.unwrap();
    let said = ["1".to_owned()];
    let step = Step { events: &said, end: Some(RunState::Done), ..Step::default() };
    shelf.runs().step(&run, step, NOW).await.unwrap();
    assert!(shelf.jobs().orphaned("render", 10).await.unwrap().is_empty());
    shelf.sessions().delete(&owner, &session, after(1)).await.unwrap();
    assert_eq!(shelf.sessions().forget(after(1), 10).await.unwrap(), 0, "not yet");
    assert_eq!(shelf.sessions().forget(after(2), 10).await.unwrap(), 0, "its film is still there");
    let orphans = shelf.jobs().orphaned("render", 10).await.unwrap();
    assert_eq!((orphans.len(), &orphans[0].0, &orphans[0].1.id), (1, &owner, &job));
    shelf.jobs().forget_result(&owner, &job).await.unwrap();
    assert_eq!(shelf.sessions().forget(after(2), 10).await.unwrap(), 1);
    assert_eq!(shelf.sessions().forget(after(2), 10).await.unwrap(), 0);
    assert_eq!(shelf.jobs().find(&owner, &job).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(shelf.jobs().find(&owner, "o").await.unwrap().state, JobState::Done);
    assert_eq!(shelf.ledger().balance(&owner).await.unwrap().available, 98, "what was paid stays paid");
}

pub(crate) async fn old_events_are_forgotten(house: &House) {
    let (events, owner) = (house.shelf.events(), house.owner("client").await);
    let session = house.session(&owner).await.id;
    for second in 0..4 {
        events.append(&owner, &session, None, &[second.to_string()], after(second)).await.unwrap();
    }
    let run = house.shelf.runs().begin(&owner, &session, "hello", LEASE, NOW).await.unwrap();
    events.append(&owner, &session, Some(run.id()), &["said".to_owned()], NOW).await.unwrap();
    assert_eq!(events.forget(after(3), 2).await.unwrap(), 2, "a handful at a time");
    assert_eq!(events.forget(after(3), 9).await.unwrap(), 1);
    assert_eq!(events.forget(after(3), 9).await.unwrap(), 0, "a run that goes on keeps its words");
    let left = events.after(&owner, &session, 0, 9).await.unwrap();
    assert_eq!(left.iter().map(|event| event.number).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(events.append(&owner, &session, None, &["next".to_owned()], after(9)).await.unwrap(), 6);
}

pub(crate) async fn result_is_known_to_be_named(house: &House) {
    let owner = house.owner("client").await;
    let session = house.session(&owner).await.id;
    let job = film(house, &owner, &session, "k").await;
    let jobs = house.shelf.jobs();
    assert!(jobs.names(&job, &format!("render/{job}-1.mp4")).await.unwrap());
    assert!(!jobs.names(&job, &format!("render/{job}-2.mp4")).await.unwrap());
    assert!(!jobs.names("job_0", "render/job_0-1.mp4").await.unwrap());
}
