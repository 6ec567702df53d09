//! Ctrl-C and polite kills: noticed by one handler, looked at wherever something takes long.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use studio::Fault;

use super::ending::Ending;

/// Set by the handler; a process has one.
static ASKED: AtomicBool = AtomicBool::new(false);

/// How often somebody who waits looks up.
const GLANCE: Duration = Duration::from_millis(50);

/// Begins to listen for Ctrl-C and polite kills.
pub(crate) fn listen() {
    // Without a handler Ctrl-C ends the process at once, which is what it does anyway.
    let _ = ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed));
}

/// Whether somebody asked to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Does work that may wait for the other end of a pipe for ever; when asked to stop, it is left alone, and what called
/// this can tidy up.
pub(crate) fn unless_asked<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Ending> {
    let (done, waiting) = channel();
    std::thread::spawn(move || done.send(work()));
    loop {
        match waiting.recv_timeout(GLANCE) {
            Ok(result) => return Ok(result?),
            Err(RecvTimeoutError::Timeout) if !asked() => {}
            Err(_) => return Err(Fault::Cancelled.into()),
        }
    }
}
