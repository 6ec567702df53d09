//! The server killed again and again, and stopped and overtaken, while clients use it: what it acknowledged holds, and happened once.

mod book;
mod client;
mod look;
mod victim;
mod wire;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Mutex, RwLock};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::super::program::has;
use book::{Page, Sums};
use client::{Client, Place};
use victim::{Home, Victim};

/// Kills of the test; more by the first variable, others by the second.
const KILLS: &str = "UNDERSONG_KILLS";
const SEED: &str = "UNDERSONG_KILLS_SEED";
const CLIENTS: usize = 4;
/// After so many kills everything is looked at.
const LOOK: u64 = 50;
/// In one of so many rounds the server is not killed at once, but overtaken.
const OVERTAKE: u64 = 20;
/// Longer than a lease and a round of who looks after it.
const OVERTAKING: Duration = Duration::from_millis(3300);
/// How long a server may take to bring everything to an end when nothing new is asked.
const SETTLING: Duration = Duration::from_secs(300);

#[test]
fn a_server_that_is_killed_keeps_its_word() {
    if !has("ffmpeg") {
        return;
    }
    let told = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let (kills, seed) = (told(KILLS).unwrap_or(20), told(SEED).unwrap_or(7));
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(folder.path());
    let first = home.start(([127, 0, 0, 1], 0).into()).unwrap_or_else(|| panic!("{}", home.log()));
    let place = Place {
        address: RwLock::new(first.address),
        over: AtomicBool::new(false),
        calm: AtomicBool::new(false),
        busy: AtomicUsize::new(0),
        pages: Mutex::new(vec![Vec::new(); CLIENTS]),
        faults: Mutex::default(),
        film: film(folder.path()),
    };
    let began = Instant::now();
    scope(|threads| {
        for number in 0..CLIENTS {
            let place = &place;
            threads.spawn(move || Client::new(place, number, seed).work());
        }
        // Clients end though the killer fails.
        let _end = End(&place);
        Killer { place: &place, home: &home, chance: ChaCha8Rng::seed_from_u64(seed) }.work(kills, first);
    });
    let pages = place.pages.into_inner().unwrap().concat();
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    println!("{kills} kills in {minutes:.1} minutes: {:?}", Sums::of(&pages));
    let sums = Sums::of(&pages);
    assert!(sums.uploads > 0 && sums.events > 0 && sums.exports > 0, "the clients did nothing: {sums:?}");
}

struct End<'p>(&'p Place);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, SeqCst);
    }
}

/// A film of half a second.
fn film(folder: &Path) -> Vec<u8> {
    let path = folder.join("film.mp4");
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=0.5"])
        .args(["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"])
        .arg(&path)
        .status();
    assert!(made.unwrap().success());
    fs::read(path).unwrap()
}

/// Who kills.
struct Killer<'p> {
    place: &'p Place,
    home: &'p Home,
    chance: ChaCha8Rng,
}

impl Killer<'_> {
    fn work(&mut self, kills: u64, first: Victim) {
        let (mut victim, mut slowest) = (first, Duration::ZERO);
        let mut seen = [0; CLIENTS];
        for kill in 1..=kills {
            sleep(self.moment());
            victim = match kill % OVERTAKE == OVERTAKE / 2 {
                true => self.overtaken(victim),
                false => {
                    let address = victim.address;
                    victim.kill();
                    self.started(address, &mut slowest)
                }
            };
            if kill.is_multiple_of(LOOK) || kill == kills {
                victim = self.looked_at(victim, &mut seen, kill == kills);
                println!("{kill} kills; a start takes at most {slowest:?}");
            }
            let faults = self.place.faults.lock().unwrap();
            assert!(faults.is_empty(), "{faults:#?}\n{}", self.home.log());
        }
    }

    /// Mostly in the middle of the first request, sometimes when much has been done.
    fn moment(&mut self) -> Duration {
        let most = [150, 150, 150, 150, 150, 150, 600, 600, 600, 2000][self.chance.next_u32() as usize % 10];
        Duration::from_micros(self.chance.next_u64() % (most * 1000))
    }

    fn started(&self, at: std::net::SocketAddr, slowest: &mut Duration) -> Victim {
        let began = Instant::now();
        let victim = self.home.start(at).unwrap_or_else(|| panic!("no server: {}", self.home.log()));
        *slowest = began.elapsed().max(*slowest);
        victim
    }

    /// Stops the server where it stands; another takes over what it had; then the first goes on, late, and is killed.
    fn overtaken(&self, first: Victim) -> Victim {
        first.stop();
        let Some(second) = self.home.start(([127, 0, 0, 1], 0).into()) else {
            // It stood in the middle of a write, and nobody else can write.
            let address = first.address;
            first.kill();
            return self.started(address, &mut Duration::default());
        };
        *self.place.address.write().unwrap() = second.address;
        sleep(OVERTAKING);
        first.go_on();
        sleep(Duration::from_millis(700));
        first.kill();
        second
    }

    /// Asks for the state of sessions until all films in them were watched: who dies while it watches leaves that to the next.
    fn watched(&self, pages: &[Page]) {
        let began = Instant::now();
        for page in pages {
            while client::is_watching(self.place, page) {
                assert!(began.elapsed() < SETTLING, "{}: never watched: {}", page.session, self.home.log());
                sleep(Duration::from_millis(20));
            }
        }
    }

    /// Lets all come to its end, and compares what is kept with what was acknowledged.
    fn looked_at(&self, victim: Victim, seen: &mut [usize; CLIENTS], all: bool) -> Victim {
        self.place.calm.store(true, SeqCst);
        let address = victim.address;
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let written = |from: &[usize]| -> Vec<Page> {
            let pages = self.place.pages.lock().unwrap();
            let pages = pages.iter().zip(from).flat_map(|(pages, from)| pages[*from..].to_vec());
            pages.filter(|page| !page.hook.is_empty()).collect()
        };
        while self.place.busy.load(SeqCst) > 0 {
            sleep(Duration::from_millis(5));
        }
        self.watched(&written(seen));
        let settled = runtime.block_on(look::settled(&self.home.kept(), &written(seen), SETTLING));
        assert!(settled.is_ok(), "not everything ended: {settled:?}\n{}", self.home.log());
        victim.kill();
        let pages = written(if all { &[0; CLIENTS] } else { seen });
        let found = runtime.block_on(look::look(&self.home.kept(), &pages));
        assert!(found.is_empty(), "{found:#?}\n{}", self.home.log());
        // The last page of each is still written.
        *seen = std::array::from_fn(|n| self.place.pages.lock().unwrap()[n].len().saturating_sub(1));
        self.place.calm.store(false, SeqCst);
        self.started(address, &mut Duration::default())
    }
}
