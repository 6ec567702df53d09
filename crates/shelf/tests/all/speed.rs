//! Figures: how much a shelf writes in a second, and what a large blob costs in memory.
//!
//! `cargo test -p shelf --release -- --ignored --nocapture --test-threads 1 all::speed`

use std::fs;
use std::time::{Duration, Instant};

use crate::all::house::{House, NOW, run};

/// Saves of `callers` who each wait for their own, in a second.
async fn saves(house: &House, callers: u64) -> f64 {
    let owner = house.owner(&format!("{callers} callers")).await;
    let (begun, span) = (Instant::now(), Duration::from_secs(2));
    let tasks = (0..callers).map(|_| {
        let (shelf, owner) = (house.shelf.clone(), owner.clone());
        tokio::spawn(async move {
            let draft = shelf::Draft { name: "speed", language: "en", document: "{}", key: None };
            let id = shelf.sessions().make(&owner, draft, NOW).await.unwrap().id;
            let mut revision = 1;
            while begun.elapsed() < span {
                revision = shelf.sessions().save(&owner, &id, revision, "{\"a\":1}", NOW).await.unwrap();
            }
            revision - 1
        })
    });
    let mut saved = 0;
    for task in tasks.collect::<Vec<_>>() {
        saved += task.await.unwrap();
    }
    saved as f64 / begun.elapsed().as_secs_f64()
}

#[test]
#[ignore = "measures; takes seconds"]
fn writes_in_a_second() {
    run(async {
        let house = House::open(None, None).await;
        for callers in [1, 8, 64, 256, 1000] {
            println!("{callers:5} callers: {:7.0} saves in a second", saves(&house, callers).await);
        }
    });
}

#[test]
#[ignore = "measures; takes seconds"]
fn reads_in_a_second() {
    run(async {
        let house = House::open(None, None).await;
        let (account, token) = house.guest("client").await;
        let id = house.session(&account.owner).await.id;
        let document = format!("\"{}\"", "x".repeat(20_000));
        house.shelf.sessions().save(&account.owner, &id, 1, &document, NOW).await.unwrap();
        let (begun, span) = (Instant::now(), Duration::from_secs(2));
        let tasks = (0..64).map(|_| {
            let (shelf, token, id) = (house.shelf.clone(), token.clone(), id.clone());
            tokio::spawn(async move {
                let mut longest = Vec::new();
                while begun.elapsed() < span {
                    let one = Instant::now();
                    let account = shelf.accounts().by_token(&token, NOW).await.unwrap().unwrap();
                    shelf.sessions().find(&account.owner, &id).await.unwrap();
                    longest.push(one.elapsed());
                }
                longest
            })
        });
        let mut all = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            all.extend(task.await.unwrap());
        }
        all.sort();
        let (rate, p99) = (all.len() as f64 / begun.elapsed().as_secs_f64(), all[all.len() * 99 / 100]);
        println!("64 readers: {rate:.0} tokens looked up with a session of 20 kB in a second, p99 {p99:?}");
    });
}

/// Memory of this process, MB: what it has now.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1000.0
}

#[test]
#[ignore = "measures; takes seconds"]
fn large_blob_in_memory() {
    run(async {
        let house = House::open(None, None).await;
        let chunk = vec![7; 64 << 10];
        let (before, begun, mut most) = (memory(), Instant::now(), 0.0_f64);
        let mut incoming = house.shelf.blobs().begin(u64::MAX).await.unwrap();
        for n in 0..8000 {
            incoming.write(&chunk).await.unwrap();
            if n % 100 == 0 {
                most = most.max(memory());
            }
        }
        let sealed = incoming.seal().await.unwrap();
        let key = house.shelf.blobs().fresh_key().unwrap();
        let kept = house.shelf.blobs().keep(sealed, &key).await.unwrap();
        let (megabytes, seconds) = (kept.bytes as f64 / 1e6, begun.elapsed().as_secs_f64());
        println!("{megabytes:.0} MB in {seconds:.1} s; {:.1} MB more memory at most", most - before);
    });
}
