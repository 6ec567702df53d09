//! Runs one boxed child to its end: reads its messages, watches the clock and the wish to stop.

mod message;

use std::io::{BufRead, BufReader, Read};
use std::process::{ChildStderr, ChildStdin, ChildStdout, ExitStatus};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use sound::Progress;

use crate::media_box::{Invocation, kill_group, spawn, wait_unreaped};
use crate::{Limits, MediaError};

/// How often the wish to stop is looked at.
const GLANCE: Duration = Duration::from_millis(100);
/// How much of a child's messages is kept, and how long one may be.
const LOG_BYTES: usize = 16 << 10;

/// The pipes to a running child.
pub(crate) struct Pipes {
    /// Its standard input, where it is fed.
    pub(crate) input: Option<ChildStdin>,
    /// Its standard output.
    pub(crate) output: Option<ChildStdout>,
}

/// How a child ended.
#[derive(Debug)]
pub(crate) struct Ended {
    status: ExitStatus,
    /// The last of its messages.
    pub(crate) log: String,
    /// The files and folders it was given.
    paths: Vec<String>,
}

impl Ended {
    /// Whether it ended by itself and says that all went well.
    pub(crate) fn well(&self) -> bool {
        self.status.success()
    }

    /// The last message, for a person: short, without paths.
    pub(crate) fn why(&self) -> String {
        match message::plain(&self.log, &self.paths) {
            text if text.is_empty() => self.status.to_string(),
            text => text,
        }
    }
}

/// Why a child was killed.
const RUNNING: u8 = 0;
const STOPPED: u8 = 1;
const LATE: u8 = 2;

/// Runs `invocation`; `work` talks to its pipes in this thread, `hear` gets its messages line by line in another
/// and says whether it has used one up (then it is not kept).
///
/// The child is gone when this returns, whatever happened.
///
/// # Errors
/// [`MediaError::Cancelled`], [`MediaError::TimedOut`], what `work` fails with, or what starting fails with.
/// A child that ends badly is no error here: look at [`Ended::well`].
pub(crate) fn run<T>(
    invocation: Invocation,
    limits: &Limits,
    progress: &dyn Progress,
    hear: &(dyn Fn(&str) -> bool + Sync),
    work: impl FnOnce(Pipes) -> Result<T, MediaError>,
) -> Result<(T, Ended), MediaError> {
    progress.check()?;
    let mut child = spawn(&invocation, limits)?;
    let Invocation { stage, program, inherits, patience, reads, writes, .. } = invocation;
    let paths = reads.iter().chain(&writes).map(|path| path.to_string_lossy().into_owned()).collect();
    // Our copy of the child's end must go, or its reader would never see the end.
    drop(inherits);
    let (pipes, messages) =
        (Pipes { input: child.stdin.take(), output: child.stdout.take() }, child.stderr.take());
    let verdict = AtomicU8::new(RUNNING);
    let id = child.id();
    let (worked, log) = std::thread::scope(|scope| {
        let (alive, ended) = channel::<()>();
        let guard = Guard { id, alive: Some(alive) };
        scope.spawn(|| watch(id, patience, progress, ended, &verdict));
        let log = scope.spawn(move || messages.map(|pipe| keep(pipe, hear)).unwrap_or_default());
        let worked = work(pipes);
        if worked.is_err() {
            kill_group(id);
        }
        let waited = wait_unreaped(&child).map_err(MediaError::io("waited for", &program));
        guard.disarm();
        (worked.and_then(|value| waited.map(|()| value)), log.join().unwrap_or_default())
    });
    let status = child.wait().map_err(MediaError::io("waited for", &program))?;
    match verdict.load(Ordering::Acquire) {
        STOPPED => return Err(MediaError::Cancelled),
        LATE => return Err(MediaError::TimedOut { stage, limit: patience }),
        _ => {}
    }
    if out_of_processor_time(status) {
        return Err(MediaError::TimedOut { stage, limit: patience });
    }
    // A pipe that broke because the child died is the child's failure: its own message says more.
    match worked {
        Err(MediaError::Io { source, .. })
            if source.kind() == std::io::ErrorKind::BrokenPipe && !status.success() =>
        {
            Err(MediaError::failed(stage, Ended { status, log, paths }.why()))
        }
        Err(error) => Err(error),
        Ok(value) => Ok((value, Ended { status, log, paths })),
    }
}

/// Kills the child when `work` panics; otherwise the threads that read from it would wait for ever.
struct Guard {
    id: u32,
    alive: Option<std::sync::mpsc::Sender<()>>,
}

impl Guard {
    fn disarm(mut self) {
        self.alive = None;
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.alive.is_some() {
            kill_group(self.id);
        }
    }
}

fn watch(id: u32, patience: Duration, progress: &dyn Progress, ended: Receiver<()>, verdict: &AtomicU8) {
    let deadline = Instant::now() + patience;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match ended.recv_timeout(GLANCE.min(left)) {
            Err(RecvTimeoutError::Timeout) if progress.cancelled() => {
                verdict.store(STOPPED, Ordering::Release)
            }
            Err(RecvTimeoutError::Timeout) if Instant::now() >= deadline => {
                verdict.store(LATE, Ordering::Release);
            }
            Err(RecvTimeoutError::Timeout) => continue,
            _ => return,
        }
        kill_group(id);
        return;
    }
}

fn out_of_processor_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(libc::SIGXCPU)
}

/// Reads messages until the pipe closes and keeps the last of them.
fn keep(pipe: ChildStderr, hear: &(dyn Fn(&str) -> bool + Sync)) -> String {
    let mut reader = BufReader::new(pipe);
    let mut log = String::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut reader).take(LOG_BYTES as u64).read_until(b'\n', &mut line) {
            Ok(1..) => {}
            _ => return log,
        }
        let text = String::from_utf8_lossy(&line);
        if !hear(&text) {
            log.push_str(&text);
            if log.len() > 2 * LOG_BYTES {
                let cut = log.ceil_char_boundary(log.len() - LOG_BYTES);
                log.drain(..cut);
            }
        }
    }
}
