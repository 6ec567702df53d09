//! The doors over HTTP: the wire that published skills speak, over the studio and the shelf.

mod caller;
pub(crate) mod clock;
mod dialect;
mod disk;
mod document;
pub(crate) mod doorstep;
pub(crate) mod house;
mod links;
mod listening;
mod mcp;
mod once;
mod origin;
mod outer;
mod page;
pub(crate) mod random;
mod rate;
mod routes;
mod seal;
pub(crate) mod settings;
mod tally;
mod verbs;
pub(crate) mod workshop;

use std::net::SocketAddr;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use llm::Model;

use house::{House, Shared};
use settings::Settings;

/// How long those who are served may take to the end when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(25);

/// Serves until it is asked to stop; says where it listens.
///
/// # Errors
/// A sentence that says what could not be opened.
pub(crate) fn run(
    settings: Settings,
    model: Option<Model>,
    listening: impl FnOnce(SocketAddr),
) -> Result<(), String> {
    settings.check()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|why| format!("The server cannot start ({why})."))?;
    let done = runtime.block_on(serve(settings, model, listening));
    runtime.shutdown_timeout(Duration::from_secs(1));
    done
}

/// Asks the server of these settings whether it is ready.
///
/// # Errors
/// A sentence that says how it is instead.
pub(crate) fn check(settings: &Settings) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|why| format!("Nothing can be asked here ({why})."))?;
    runtime.block_on(workshop::fetching::is_ready(settings.listen))
}

async fn serve(
    settings: Settings,
    model: Option<Model>,
    listening: impl FnOnce(SocketAddr),
) -> Result<(), String> {
    let mut settings = settings;
    let listen = settings.listen;
    let taken = |why| format!("{listen} cannot be listened on ({why}).");
    let door = listening::open(listen).await.map_err(taken)?;
    settings.listen = door.local_addr().map_err(taken)?;
    let house = House::open(settings, model).await?;
    let workers = work(&house);
    listening(house.settings.listen);
    let router = routes::router(house.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(door, router).with_graceful_shutdown(closing(house.clone()));
    let (ended, mut stopped) = (serving.into_future(), house.closing.subscribe());
    let late = async {
        // A closed channel is as good as the word.
        let _ = stopped.wait_for(|closing| *closing).await;
        tokio::time::sleep(GRACE).await;
    };
    let done = tokio::select! {
        done = ended => done.map_err(|why| format!("The server failed ({why}).")),
        () = late => Ok(()),
    };
    // What does not end in time is taken up by the next server, as its lease runs out.
    let _ = tokio::time::timeout(GRACE, async { tokio::join!(workers, quiet(&house)) }).await;
    house.shelf.close().await;
    done
}

/// Waits until no run goes on.
async fn quiet(house: &Shared) {
    while house.figures.running.load(Relaxed) > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Starts those who work behind the doors; ends when all of them have.
fn work(house: &Shared) -> impl Future<Output = ()> + use<> {
    let mut workers = vec![
        tokio::spawn(workshop::keeping::work(house.clone())),
        tokio::spawn(workshop::fetching::notice::work(house.clone())),
        tokio::spawn(workshop::preview::work(house.clone())),
    ];
    for _ in 0..house.settings.export.at_once.max(1) {
        workers.push(tokio::spawn(workshop::rendering::work(house.clone())));
    }
    async move {
        for worker in workers {
            // Whoever panicked has ended, too.
            let _ = worker.await;
        }
    }
}

/// Waits for a polite kill or Ctrl-C, and tells everybody.
async fn closing(house: Shared) {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminated, interrupted) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    match (terminated, interrupted) {
        (Ok(mut terminated), Ok(mut interrupted)) => {
            tokio::select! { _ = terminated.recv() => {}, _ = interrupted.recv() => {} }
        }
        _ => std::future::pending::<()>().await,
    }
    tracing::info!("the server ends");
    house.closing.send_replace(true);
}
