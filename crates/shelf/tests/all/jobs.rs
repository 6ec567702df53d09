//! Long work, by workers that die, come late and race.

use std::time::Duration;

use shelf::{
    ATTEMPTS, Ask, Asked, Balance, Counts, Failure, Fault, Finish, Job, JobState, Notice, Obituary, Owner,
    ShelfError,
};

use crate::all::house::{House, NOW, after};

const LEASE: Duration = Duration::from_secs(15);
const FINISH: Finish<'_> = Finish { result: "{\"url\":1}", charge: 7, event: Some("\"done\""), notice: None };
const FAILURE: Failure<'_> = Failure {
    code: 5001,
    sentence: "The encoder failed.",
    again: None,
    event: Some("\"failed\""),
    notice: None,
};

/// Somebody with a session; how to ask for work in it.
struct Desk<'h> {
    house: &'h House,
    owner: Owner,
    session: String,
}

impl<'h> Desk<'h> {
    async fn open(house: &'h House, client: &str) -> Self {
        let owner = house.owner(client).await;
        let session = house.session(&owner).await.id;
        Self { house, owner, session }
    }

    fn work<'a>(&'a self, key: &'a str) -> Ask<'a> {
        Ask { session: &self.session, kind: "render", key, body: "{\"fps\":25}", price: 10, lane: None }
    }

    async fn ask(&self, ask: Ask<'_>, second: u64) -> Job {
        match self.house.shelf.jobs().ask(&self.owner, ask, after(second)).await.unwrap() {
            Asked::New(job) => job,
            Asked::Same(job) => panic!("{job:?}"),
        }
    }

    async fn balance(&self) -> (i64, i64) {
        let Balance { available, frozen } = self.house.shelf.ledger().balance(&self.owner).await.unwrap();
        (available, frozen)
    }

    /// The bodies of the session's events.
    async fn told(&self) -> Vec<String> {
        let events = self.house.shelf.events().after(&self.owner, &self.session, 0, 100).await.unwrap();
        events.into_iter().map(|event| event.body).collect()
    }
}

fn obituary(_: &Owner, job: &Job) -> Obituary {
    let sentence = format!("{} attempts", job.attempt);
    Obituary { fault: Fault { code: 5003, sentence }, event: Some("\"died\"".to_owned()), notice: None }
}

pub(crate) async fn key_asks_once(house: &House) {
    let (desk, other) = (Desk::open(house, "client").await, Desk::open(house, "other").await);
    let jobs = house.shelf.jobs();
    let asking = (0..20).map(|_| {
        let (shelf, owner, session) = (house.shelf.clone(), desk.owner.clone(), desk.session.clone());
        tokio::spawn(async move {
            let ask = Ask { session: &session, kind: "render", key: "k", body: "{}", price: 10, lane: None };
            shelf.jobs().ask(&owner, ask, NOW).await.unwrap()
        })
    });
    let mut new = 0;
    for asked in asking.collect::<Vec<_>>() {
        new += i32::from(matches!(asked.await.unwrap(), Asked::New(_)));
    }
    assert_eq!((new, desk.balance().await), (1, (90, 10)));
    let second = house.session(&desk.owner).await.id;
    let ask = Ask { body: "{}", ..desk.work("k") };
    let unlike =
        [Ask { body: "{\"fps\":30}", ..ask }, Ask { kind: "watch", ..ask }, Ask { session: &second, ..ask }];
    for unlike in unlike {
        assert_eq!(jobs.ask(&desk.owner, unlike, NOW).await.unwrap_err(), ShelfError::OtherBody);
    }
    other.ask(other.work("k"), 0).await;
    let foreign = Ask { session: &desk.session, ..desk.work("x") };
    assert_eq!(jobs.ask(&other.owner, foreign, NOW).await.unwrap_err(), ShelfError::Absent);
    let dear = Ask { price: 91, ..desk.work("dear") };
    assert_eq!(jobs.ask(&desk.owner, dear, NOW).await.unwrap_err(), ShelfError::NoCredits { available: 90 });
    assert_eq!(
        jobs.find(&desk.owner, "dear").await.unwrap_err(),
        ShelfError::Absent,
        "no job without its price"
    );
    let found = jobs.find(&desk.owner, "k").await.unwrap();
    assert_eq!(jobs.find(&desk.owner, &found.id).await.unwrap(), found);
    assert_eq!(jobs.find(&other.owner, &found.id).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(jobs.list(&desk.owner, Some(&desk.session), Some("render"), 10).await.unwrap(), [found]);
    assert!(jobs.list(&desk.owner, None, Some("watch"), 10).await.unwrap().is_empty());
    assert_eq!(jobs.counts().await.unwrap(), Counts { waiting: 2, running: 0 });
    assert_eq!(jobs.live_of(&desk.owner).await.unwrap(), 1);
}

pub(crate) async fn finished_job_is_charged_once(house: &House) {
    let (desk, jobs) = (Desk::open(house, "client").await, house.shelf.jobs());
    let hook = house.shelf.hooks().add(&desk.owner, "https://example.org/hook", NOW).await.unwrap();
    let asked = desk.ask(desk.work("k"), 0).await;
    assert_eq!(jobs.claim(&["watch"], LEASE, after(1)).await.unwrap(), None);
    let claim = jobs.claim(&["watch", "render"], LEASE, after(1)).await.unwrap().unwrap();
    assert_eq!((&claim.owner, &claim.job.id, claim.fence.attempt()), (&desk.owner, &asked.id, 1));
    assert_eq!(jobs.claim(&["render"], LEASE, after(1)).await.unwrap(), None, "it is taken");
    for (progress, shown) in [(30, 30), (20, 30), (900, 100)] {
        jobs.renew(&claim.fence, progress, LEASE, after(2)).await.unwrap();
        assert_eq!(jobs.find(&desk.owner, "k").await.unwrap().progress, shown);
    }
    let dear = jobs.finish(&claim.fence, Finish { charge: 11, ..FINISH }, after(3)).await.unwrap_err();
    assert_eq!((dear, desk.told().await.len()), (ShelfError::Range("charge"), 0));
    let notice = Some(Notice { kind: "render.completed", body: "{}" });
    let mut ear = house.shelf.events().listen(&desk.session);
    let done = jobs.finish(&claim.fence, Finish { notice, ..FINISH }, after(3)).await.unwrap();
    assert!(ear.wait(Duration::from_secs(20)).await);
    assert_eq!(
        (done.state, done.progress, done.result.as_deref()),
        (JobState::Done, 100, Some(FINISH.result))
    );
    assert_eq!(jobs.finish(&claim.fence, FINISH, after(4)).await.unwrap_err(), ShelfError::Lost);
    assert_eq!(jobs.renew(&claim.fence, 1, LEASE, after(4)).await.unwrap_err(), ShelfError::Lost);
    assert_eq!((desk.balance().await, desk.told().await), ((93, 0), vec!["\"done\"".to_owned()]));
    assert_eq!(house.shelf.deliveries().list(&desk.owner, &hook.id, 10).await.unwrap().len(), 1);
    let again = jobs.ask(&desk.owner, desk.work("k"), after(5)).await.unwrap();
    assert_eq!(again, Asked::Same(done.clone()));
    let finished = jobs.finished_before("render", after(4), 10).await.unwrap();
    assert_eq!(finished, [(desk.owner.clone(), done)]);
    jobs.forget_result(&desk.owner, &asked.id).await.unwrap();
    assert!(jobs.finished_before("render", after(4), 10).await.unwrap().is_empty());
}

pub(crate) async fn late_worker_writes_nothing(house: &House) {
    let (desk, jobs) = (Desk::open(house, "client").await, house.shelf.jobs());
    desk.ask(desk.work("k"), 0).await;
    let late = jobs.claim(&["render"], LEASE, after(0)).await.unwrap().unwrap();
    assert!(jobs.sweep(after(15), obituary).await.unwrap().is_empty());
    assert_eq!(jobs.claim(&["render"], LEASE, after(15)).await.unwrap(), None, "its lease holds");
    assert!(jobs.sweep(after(16), obituary).await.unwrap().is_empty(), "it waits again, and has not failed");
    let next = jobs.claim(&["render"], LEASE, after(16)).await.unwrap().unwrap();
    assert_eq!((&next.job.id, next.fence.attempt()), (&late.job.id, 2));
    assert_eq!(jobs.finish(&late.fence, FINISH, after(17)).await.unwrap_err(), ShelfError::Lost);
    assert_eq!(jobs.fail(&late.fence, FAILURE, after(17)).await.unwrap_err(), ShelfError::Lost);
    assert_eq!(jobs.renew(&late.fence, 99, LEASE, after(17)).await.unwrap_err(), ShelfError::Lost);
    let stands = jobs.find(&desk.owner, "k").await.unwrap();
    assert_eq!((stands.state, stands.progress, stands.attempt), (JobState::Running, 0, 2));
    assert_eq!((desk.balance().await, desk.told().await.len()), ((90, 10), 0));
    jobs.finish(&next.fence, FINISH, after(18)).await.unwrap();
    assert_eq!((desk.balance().await, desk.told().await.len()), ((93, 0), 1));
}

pub(crate) async fn job_whose_workers_die_fails_for_good(house: &House) {
    let (desk, jobs) = (Desk::open(house, "client").await, house.shelf.jobs());
    desk.ask(desk.work("k"), 0).await;
    for attempt in 1..=ATTEMPTS {
        let second = 100 * attempt as u64;
        let claim = jobs.claim(&["render"], LEASE, after(second)).await.unwrap().unwrap();
        assert_eq!(claim.fence.attempt(), attempt);
        let failed = jobs.sweep(after(second + 50), obituary).await.unwrap();
        assert_eq!(failed.len(), usize::from(attempt == ATTEMPTS));
    }
    assert_eq!(jobs.claim(&["render"], LEASE, after(1000)).await.unwrap(), None);
    let failed = jobs.find(&desk.owner, "k").await.unwrap();
    assert_eq!(failed.fault, Some(Fault { code: 5003, sentence: "3 attempts".to_owned() }));
    assert_eq!((failed.state, desk.balance().await), (JobState::Failed, (100, 0)));
    assert_eq!(desk.told().await, ["\"died\""]);
    assert!(jobs.sweep(after(2000), obituary).await.unwrap().is_empty());
}

pub(crate) async fn failure_is_tried_again_or_given_back(house: &House) {
    let (desk, jobs) = (Desk::open(house, "client").await, house.shelf.jobs());
    desk.ask(desk.work("k"), 0).await;
    let again = Failure { again: Some(Duration::from_secs(30)), ..FAILURE };
    let mut second = 0;
    for attempt in 1..=ATTEMPTS {
        let claim = jobs.claim(&["render"], LEASE, after(second)).await.unwrap().unwrap();
        let job = jobs.fail(&claim.fence, again, after(second)).await.unwrap();
        let state = if attempt < ATTEMPTS { JobState::Waiting } else { JobState::Failed };
        assert_eq!((job.state, job.fault.map(|fault| fault.code)), (state, Some(5001)));
        assert_eq!(jobs.claim(&["render"], LEASE, after(second + 29)).await.unwrap(), None);
        second += 30;
    }
    assert_eq!((desk.balance().await, desk.told().await), ((100, 0), vec!["\"failed\"".to_owned()]));
    desk.ask(desk.work("hopeless"), 200).await;
    let claim = jobs.claim(&["render"], LEASE, after(200)).await.unwrap().unwrap();
    let job = jobs.fail(&claim.fence, FAILURE, after(200)).await.unwrap();
    assert_eq!((job.state, job.attempt, desk.balance().await), (JobState::Failed, 1, (100, 0)));
}

pub(crate) async fn cancelled_job_costs_nothing(house: &House) {
    let (desk, jobs) = (Desk::open(house, "client").await, house.shelf.jobs());
    let thief = house.owner("thief").await;
    for key in ["waiting", "running"] {
        desk.ask(desk.work(key), 0).await;
        let claim = if key == "running" { jobs.claim(&["render"], LEASE, NOW).await.unwrap() } else { None };
        assert_eq!(jobs.cancel(&thief, key, NOW).await.unwrap_err(), ShelfError::Absent);
        let job = jobs.cancel(&desk.owner, key, after(1)).await.unwrap();
        assert_eq!((job.state, desk.balance().await), (JobState::Cancelled, (100, 0)));
        if let Some(claim) = claim {
            assert_eq!(jobs.renew(&claim.fence, 50, LEASE, after(2)).await.unwrap_err(), ShelfError::Lost);
            assert_eq!(jobs.finish(&claim.fence, FINISH, after(2)).await.unwrap_err(), ShelfError::Lost);
        }
        assert_eq!(jobs.cancel(&desk.owner, key, after(3)).await.unwrap(), job, "once is enough");
    }
    desk.ask(Ask { price: 0, ..desk.work("free") }, 4).await;
    let claim = jobs.claim(&["render"], LEASE, after(4)).await.unwrap().unwrap();
    jobs.finish(&claim.fence, Finish { charge: 0, ..FINISH }, after(5)).await.unwrap();
    let done = jobs.cancel(&desk.owner, "free", after(6)).await.unwrap();
    assert_eq!((done.state, desk.balance().await), (JobState::Done, (100, 0)), "what is done stays done");
}

pub(crate) async fn deleted_session_calls_its_jobs_off(house: &House) {
    let (desk, jobs) = (Desk::open(house, "client").await, house.shelf.jobs());
    desk.ask(desk.work("first"), 0).await;
    desk.ask(desk.work("second"), 1).await;
    let claim = jobs.claim(&["render"], LEASE, after(2)).await.unwrap().unwrap();
    house.shelf.sessions().delete(&desk.owner, &desk.session, after(3)).await.unwrap();
    assert_eq!(jobs.finish(&claim.fence, FINISH, after(4)).await.unwrap_err(), ShelfError::Lost);
    assert_eq!(jobs.claim(&["render"], LEASE, after(4)).await.unwrap(), None);
    assert_eq!(desk.balance().await, (100, 0));
}

pub(crate) async fn lane_runs_one_after_the_other(house: &House) {
    let (desk, jobs) = (Desk::open(house, "client").await, house.shelf.jobs());
    for n in 0..3 {
        desk.ask(Ask { lane: Some("render:1"), ..desk.work(&format!("k{n}")) }, n).await;
    }
    let claiming = (0..6).map(|_| {
        let shelf = house.shelf.clone();
        tokio::spawn(async move { shelf.jobs().claim(&["render"], LEASE, after(9)).await.unwrap() })
    });
    let mut claims = Vec::new();
    for claim in claiming.collect::<Vec<_>>() {
        claims.extend(claim.await.unwrap());
    }
    assert_eq!(claims.len(), 1, "of one lane one runs");
    assert_eq!(claims[0].job.key, "k0");
    jobs.finish(&claims[0].fence, FINISH, after(9)).await.unwrap();
    assert_eq!(jobs.claim(&["render"], LEASE, after(9)).await.unwrap().unwrap().job.key, "k1");
}

pub(crate) async fn workers_are_shared_fairly(house: &House) {
    let (greedy, modest) = (Desk::open(house, "greedy").await, Desk::open(house, "modest").await);
    for n in 0..4 {
        greedy.ask(greedy.work(&format!("k{n}")), n).await;
    }
    modest.ask(modest.work("only"), 50).await;
    let mut order = Vec::new();
    while let Some(claim) = house.shelf.jobs().claim(&["render"], LEASE, after(60)).await.unwrap() {
        order.push(claim.job.key);
    }
    assert_eq!(order, ["k0", "only", "k1", "k2", "k3"]);
}

pub(crate) async fn one_worker_is_shared_fairly(house: &House) {
    let (greedy, modest) = (Desk::open(house, "greedy").await, Desk::open(house, "modest").await);
    for n in 0..20 {
        greedy.ask(Ask { price: 1, ..greedy.work(&format!("k{n:02}")) }, n).await;
    }
    for (key, second) in [("first", 50), ("second", 51)] {
        modest.ask(Ask { price: 1, ..modest.work(key) }, second).await;
    }
    let (jobs, mut order) = (house.shelf.jobs(), Vec::new());
    for second in 60..65 {
        let claim = jobs.claim(&["render"], LEASE, after(second)).await.unwrap().unwrap();
        jobs.finish(&claim.fence, Finish { charge: 1, ..FINISH }, after(second)).await.unwrap();
        order.push(claim.job.key);
    }
    assert_eq!(order, ["k00", "first", "k01", "second", "k02"], "in turns, whoever has how many waiting");
}

pub(crate) async fn every_job_is_done_once_by_many_workers(house: &House) {
    let desk = Desk::open(house, "client").await;
    for n in 0..40 {
        desk.ask(Ask { price: 2, ..desk.work(&format!("k{n}")) }, n).await;
    }
    let working = (0..8).map(|_| {
        let shelf = house.shelf.clone();
        tokio::spawn(async move {
            let (jobs, mut done) = (shelf.jobs(), 0);
            while let Some(claim) = jobs.claim(&["render"], LEASE, after(60)).await.unwrap() {
                jobs.finish(&claim.fence, Finish { charge: 2, ..FINISH }, after(61)).await.unwrap();
                done += 1;
            }
            done
        })
    });
    let mut done = 0;
    for worker in working.collect::<Vec<_>>() {
        done += worker.await.unwrap();
    }
    assert_eq!((done, desk.balance().await, desk.told().await.len()), (40, (20, 0), 40));
}
