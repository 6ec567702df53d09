//! Credits: whatever happens, they add up.

use std::cell::Cell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use shelf::{Ask, Balance, EntryKind, Owner, Shelf, ShelfError};
use tokio::runtime::Handle;

use crate::all::house::{House, NOW, after, the_ledger_adds_up};

/// Something that may happen to credits; the first figure tells the reference.
#[derive(Clone, Debug)]
enum Move {
    Grant(u8, i64),
    Reserve(u8, i64),
    Charge(u8, i64),
    Refund(u8),
    Expire,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        1 => (0_u8..4, 0_i64..40).prop_map(|(name, amount)| Move::Grant(name, amount)),
        4 => (0_u8..8, 0_i64..60).prop_map(|(name, amount)| Move::Reserve(name, amount)),
        3 => (0_u8..8, -1_i64..60).prop_map(|(name, amount)| Move::Charge(name, amount)),
        2 => (0_u8..8).prop_map(Move::Refund),
        1 => Just(Move::Expire),
    ];
    prop::collection::vec(one, 1..40)
}

/// What the ledger should hold, in the simplest words.
#[derive(Default)]
struct Model {
    balance: Balance,
    granted: BTreeMap<u8, i64>,
    /// What is held, and whether that was resolved.
    holds: BTreeMap<u8, (i64, bool)>,
}

impl Model {
    fn grant(&mut self, name: u8, amount: i64) -> bool {
        let new = self.granted.insert(name, amount).is_none();
        self.balance.available += if new { amount } else { 0 };
        new
    }

    fn reserve(&mut self, name: u8, amount: i64) -> Result<(), ShelfError> {
        match self.holds.get(&name) {
            Some((held, _)) if *held == amount => Ok(()),
            Some(_) => Err(ShelfError::OtherBody),
            None if amount > self.balance.available => {
                Err(ShelfError::NoCredits { available: self.balance.available })
            }
            None => {
                self.holds.insert(name, (amount, false));
                self.balance.available -= amount;
                self.balance.frozen += amount;
                Ok(())
            }
        }
    }

    fn resolve(&mut self, name: u8, charge: i64) -> Result<bool, ShelfError> {
        let (held, resolved) = self.holds.get_mut(&name).ok_or(ShelfError::Absent)?;
        if !(0..=*held).contains(&charge) {
            return Err(ShelfError::Range("charge"));
        }
        if std::mem::replace(resolved, true) {
            return Ok(false);
        }
        self.balance.available += *held - charge;
        self.balance.frozen -= *held;
        Ok(true)
    }

    fn expire(&mut self) -> u64 {
        let open: Vec<u8> = self.holds.iter().filter(|(_, hold)| !hold.1).map(|(name, _)| *name).collect();
        open.iter().filter(|name| self.resolve(**name, 0) == Ok(true)).count() as u64
    }
}

/// Plays the moves on the shelf and in the model, and holds every answer and balance against it.
async fn play(shelf: &Shelf, owner: &Owner, moves: &[Move]) {
    let (ledger, mut model) = (shelf.ledger(), Model::default());
    // What the guest before left open is not for this one to count.
    ledger.expire(after(1000), NOW).await.unwrap();
    model.balance.available = ledger.balance(owner).await.unwrap().available;
    for (n, one) in moves.iter().enumerate() {
        let (now, name) = (after(n as u64), |name: &u8| format!("{owner} {name}"));
        match one {
            Move::Grant(of, amount) => {
                let given = ledger.grant(owner, &name(of), *amount, now).await.unwrap();
                assert_eq!(given, model.grant(*of, *amount), "{one:?}");
            }
            Move::Reserve(of, amount) => {
                let held = ledger.reserve(owner, &name(of), *amount, now).await;
                assert_eq!(held, model.reserve(*of, *amount), "{one:?}");
            }
            Move::Charge(of, amount) => {
                let charged = ledger.charge(owner, &name(of), *amount, now).await;
                assert_eq!(charged, model.resolve(*of, *amount), "{one:?}");
            }
            Move::Refund(of) => {
                assert_eq!(ledger.refund(owner, &name(of), now).await, model.resolve(*of, 0), "{one:?}");
            }
            Move::Expire => {
                assert_eq!(ledger.expire(after(n as u64 + 1), now).await.unwrap(), model.expire())
            }
        }
        assert_eq!(ledger.balance(owner).await.unwrap(), model.balance, "after {one:?}");
    }
    let lines = ledger.entries(owner, 1000, None).await.unwrap();
    let sum = lines.iter().fold((0, 0), |sum, line| (sum.0 + line.available, sum.1 + line.frozen));
    assert_eq!(sum, (model.balance.available, model.balance.frozen), "the sum of the lines");
}

pub(crate) async fn whatever_happens_adds_up(house: &House) {
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let (handle, guests) = (Handle::current(), Cell::new(0));
    let outcome = tokio::task::block_in_place(|| {
        runner.run(&moves(), |moves| {
            guests.set(guests.get() + 1);
            handle.block_on(async {
                let owner = house.owner(&format!("guest {}", guests.get())).await;
                play(&house.shelf, &owner, &moves).await;
            });
            Ok(())
        })
    });
    outcome.unwrap();
    the_ledger_adds_up(&house.shelf).await;
}

pub(crate) async fn hold_resolves_once_for_many(house: &House) {
    let (owner, ledger) = (house.owner("client").await, house.shelf.ledger());
    for round in 0..5 {
        let reference = format!("work:{round}");
        ledger.reserve(&owner, &reference, 10, NOW).await.unwrap();
        let resolving = (0..20).map(|n| {
            let (shelf, owner, reference) = (house.shelf.clone(), owner.clone(), reference.clone());
            tokio::spawn(async move {
                let ledger = shelf.ledger();
                match n % 2 {
                    0 => ledger.charge(&owner, &reference, 7, NOW).await,
                    _ => ledger.refund(&owner, &reference, NOW).await,
                }
            })
        });
        let mut resolved = 0;
        for one in resolving.collect::<Vec<_>>() {
            resolved += u64::from(one.await.unwrap().unwrap());
        }
        assert_eq!(resolved, 1);
    }
    assert_eq!(ledger.balance(&owner).await.unwrap().frozen, 0);
}

pub(crate) async fn nobody_spends_more_than_there_is(house: &House) {
    let owner = house.owner("client").await;
    let holding = (0..30).map(|n| {
        let (shelf, owner) = (house.shelf.clone(), owner.clone());
        tokio::spawn(
            async move { shelf.ledger().reserve(&owner, &format!("work:{n}"), 9, NOW).await.is_ok() },
        )
    });
    let mut held = 0;
    for one in holding.collect::<Vec<_>>() {
        held += i64::from(one.await.unwrap());
    }
    assert_eq!(held, 11);
    assert_eq!(house.shelf.ledger().balance(&owner).await.unwrap(), Balance { available: 1, frozen: 99 });
}

pub(crate) async fn lines_tell_what_happened(house: &House) {
    let (owner, ledger) = (house.owner("client").await, house.shelf.ledger());
    ledger.reserve(&owner, "job:1", 30, after(1)).await.unwrap();
    ledger.charge(&owner, "job:1", 20, after(2)).await.unwrap();
    let lines = ledger.entries(&owner, 10, None).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.kind, line.available, line.frozen, line.made)).collect();
    let all = [
        (EntryKind::Charge, 10, -30, after(2)),
        (EntryKind::Reserve, -30, 30, after(1)),
        (EntryKind::Grant, 100, 0, NOW),
    ];
    assert_eq!(told, all);
    let rest = ledger.entries(&owner, 10, Some(lines[0].number)).await.unwrap();
    assert_eq!(rest, lines[1..]);
    let other = house.owner("other").await;
    assert_eq!(ledger.charge(&other, "job:1", 1, NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(ledger.reserve(&other, "job:1", 30, NOW).await.unwrap_err(), ShelfError::OtherBody);
    for amount in [-1, i64::MIN, i64::MAX] {
        assert_eq!(
            ledger.grant(&owner, "gift", amount, NOW).await.unwrap_err(),
            ShelfError::Range("credits")
        );
        assert_eq!(
            ledger.reserve(&owner, "work", amount, NOW).await.unwrap_err(),
            ShelfError::Range("credits")
        );
    }
    let stranger = Owner::vouched("nobody");
    assert_eq!(ledger.grant(&stranger, "gift", 1, NOW).await.unwrap_err(), ShelfError::Absent);
    assert_eq!(ledger.balance(&stranger).await.unwrap_err(), ShelfError::Absent);
}

pub(crate) async fn audit_finds_what_is_wrong(house: &House) {
    let owner = house.owner("client").await;
    let (ledger, session) = (house.shelf.ledger(), house.session(&owner).await.id);
    ledger.reserve(&owner, "work", 10, NOW).await.unwrap();
    let ask = Ask { session: &session, kind: "render", key: "k", body: "{}", price: 10, lane: None };
    house.shelf.jobs().ask(&owner, ask, NOW).await.unwrap();
    let breakages = [
        ("UPDATE account SET available = available + 1", "UPDATE account SET available = available - 1"),
        (
            "UPDATE entry SET available = available - 1, frozen = frozen + 1 WHERE reference = 'work'",
            "UPDATE entry SET available = available + 1, frozen = frozen - 1 WHERE reference = 'work'",
        ),
        (
            "UPDATE entry SET kind = 'charge' WHERE reference = 'work'",
            "UPDATE entry SET kind = 'reserve' WHERE reference = 'work'",
        ),
        ("UPDATE job SET state = 'done'", "UPDATE job SET state = 'waiting'"),
    ];
    for (harm, mend) in breakages {
        house.meddle(harm).await;
        let wrong = ledger.audit().await.unwrap();
        assert_eq!(wrong.len(), 1, "{harm}: {wrong:?}");
        house.meddle(mend).await;
        assert_eq!(ledger.audit().await.unwrap(), Vec::<String>::new(), "{mend}");
    }
}

pub(crate) async fn old_holds_expire_unless_their_job_lives(house: &House) {
    let (owner, ledger) = (house.owner("client").await, house.shelf.ledger());
    let session = house.session(&owner).await.id;
    ledger.reserve(&owner, "left behind", 30, NOW).await.unwrap();
    ledger.reserve(&owner, "young", 5, after(60)).await.unwrap();
    let ask = Ask { session: &session, kind: "render", key: "k", body: "{}", price: 10, lane: None };
    house.shelf.jobs().ask(&owner, ask, NOW).await.unwrap();
    assert_eq!(ledger.expire(after(60), after(99)).await.unwrap(), 1);
    assert_eq!(ledger.balance(&owner).await.unwrap(), Balance { available: 85, frozen: 15 });
    assert_eq!(ledger.expire(after(60), after(99)).await.unwrap(), 0);
    assert!(!ledger.charge(&owner, "left behind", 1, after(99)).await.unwrap(), "too late");
}
