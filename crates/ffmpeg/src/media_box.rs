//! The box every child runs in: what it may read, write and call is settled before it starts.
//!
//! On Linux it has walls (Landlock) and a list of system calls (seccomp); elsewhere only limits on resources.

#[cfg(target_os = "linux")]
mod deeds;
mod enter;
#[cfg(target_os = "linux")]
mod place;
mod proof;
#[cfg(target_os = "linux")]
mod syscalls;
#[cfg(target_os = "linux")]
mod walls;

use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{Limits, MediaError};

pub use proof::Attempt;

pub(crate) use enter::{kill_group, wait_unreaped};

#[cfg(target_os = "linux")]
/// Lets media be opened without a box; for systems that cannot build one and files that are trusted.
const UNSAFE_SWITCH: &str = "UNDERSONG_UNSAFE_MEDIA";

/// One start of a program: its arguments and what it may touch.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// What is being done, for messages: "render", "look at the film".
    pub(crate) stage: &'static str,
    /// The program; an absolute path.
    pub(crate) program: PathBuf,
    /// Its arguments.
    pub(crate) arguments: Vec<OsString>,
    /// Files and folders it may read.
    pub(crate) reads: Vec<PathBuf>,
    /// Folders it may make files in, and existing files it may write.
    pub(crate) writes: Vec<PathBuf>,
    /// The folder it works in; the root where nothing is given.
    pub(crate) folder: Option<PathBuf>,
    /// A pipe it inherits under the number it has here.
    pub(crate) inherits: Option<OwnedFd>,
    /// Whether something is written to its standard input.
    pub(crate) fed: bool,
    /// How long it may take, by the wall clock.
    pub(crate) patience: Duration,
    /// Most address space it may take, in bytes.
    pub(crate) memory_bytes: u64,
}

/// Starts the program inside the box.
///
/// # Errors
/// [`MediaError::NoBox`] where the system cannot build one, [`MediaError::Io`] when the program does not start.
pub(crate) fn spawn(invocation: &Invocation, limits: &Limits) -> Result<Child, MediaError> {
    let mut command = command(invocation);
    enter::arrange(&mut command, invocation, limits)?;
    command.spawn().map_err(MediaError::io("started", &invocation.program))
}

/// The start of a program with everything but the box.
fn command(invocation: &Invocation) -> Command {
    let mut command = Command::new(&invocation.program);
    command
        .args(&invocation.arguments)
        .env_clear()
        // Nothing of the caller's environment reaches the child: FFREPORT, LD_PRELOAD and proxies stay out.
        .envs([("PATH", "/usr/bin:/bin"), ("LC_ALL", "C.UTF-8"), ("HOME", "/nonexistent")])
        // glibc reserves 64 MB of address space for each thread's own heap otherwise, up to eight for each core.
        .env("MALLOC_ARENA_MAX", "4")
        .current_dir(invocation.folder.as_deref().unwrap_or(Path::new("/")))
        .stdin(if invocation.fed { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[cfg(target_os = "linux")]
/// Whether the operator allowed media without a box.
fn unboxed_allowed() -> bool {
    std::env::var_os(UNSAFE_SWITCH).is_some_and(|value| value == "1")
}
