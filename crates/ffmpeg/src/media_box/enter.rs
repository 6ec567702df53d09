//! The steps a child takes between fork and exec, and the few other calls that need `unsafe`.
#![allow(unsafe_code)] // fork, exec and process groups have no safe interface

use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use super::Invocation;
use crate::{Limits, MediaError};

/// How far a child steps back behind whoever waits for an answer.
const NICE: libc::c_int = 10;

/// Everything the child needs between fork and exec, made before the fork.
///
/// After a fork only async-signal-safe calls are allowed: another thread may have held the allocator's lock.
/// So [`Steps::take`] allocates nothing, opens nothing and reads no clock.
struct Steps {
    resources: [(Resource, u64); 6],
    inherits: Option<RawFd>,
    #[cfg(target_os = "linux")]
    parent: u32,
    #[cfg(target_os = "linux")]
    walls: Option<std::os::fd::OwnedFd>,
    #[cfg(target_os = "linux")]
    filters: Option<[seccompiler::BpfProgram; 2]>,
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
type Resource = libc::__rlimit_resource_t;
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
type Resource = libc::c_int;

/// Makes `command` enter the box when it is spawned.
///
/// # Errors
/// [`MediaError::NoBox`] where the system cannot build one.
pub(super) fn arrange(
    command: &mut Command,
    invocation: &Invocation,
    limits: &Limits,
) -> Result<(), MediaError> {
    let steps = Steps::prepare(invocation, limits)?;
    // SAFETY: `Steps::take` makes only async-signal-safe calls (see there) and touches no shared state.
    unsafe { command.pre_exec(move || steps.take()) };
    Ok(())
}

impl Steps {
    fn prepare(invocation: &Invocation, limits: &Limits) -> Result<Steps, MediaError> {
        // All cores at once can burn at most this much within the wall clock.
        let cores = std::thread::available_parallelism().map_or(4, |n| n.get() as u64);
        let seconds = invocation.patience.as_secs().max(1).saturating_mul(cores);
        #[cfg(target_os = "linux")]
        let walls = super::walls::raise(invocation)?;
        Ok(Steps {
            resources: [
                (libc::RLIMIT_AS as Resource, invocation.memory_bytes),
                (libc::RLIMIT_CPU as Resource, seconds),
                (libc::RLIMIT_FSIZE as Resource, limits.file_bytes),
                (libc::RLIMIT_NOFILE as Resource, 256),
                (libc::RLIMIT_CORE as Resource, 0),
                (libc::RLIMIT_MEMLOCK as Resource, 0),
            ],
            inherits: invocation.inherits.as_ref().map(AsRawFd::as_raw_fd),
            #[cfg(target_os = "linux")]
            parent: std::process::id(),
            #[cfg(target_os = "linux")]
            filters: match super::syscalls::filters() {
                Ok(filters) => Some(filters),
                Err(_) if super::unboxed_allowed() => None,
                Err(error) => return Err(error),
            },
            #[cfg(target_os = "linux")]
            walls,
        })
    }

    /// Runs in the child. `setsid`, `prctl`, `getpriority`, `setpriority`, `setrlimit`, `close_range`, `fcntl` and the raw
    /// Landlock and seccomp calls are system calls that take no lock of this process.
    fn take(&self) -> io::Result<()> {
        // SAFETY: plain system calls on values and on memory owned by `self`.
        unsafe {
            check(libc::setsid())?;
            // Being nice is a courtesy, not a wall: a refusal is no reason to stop. Whoever stepped back further stays there.
            let behind = libc::getpriority(libc::PRIO_PROCESS as _, 0).max(NICE);
            libc::setpriority(libc::PRIO_PROCESS as _, 0, behind);
        }
        #[cfg(target_os = "linux")]
        self.bind_to_parent()?;
        for (resource, most) in self.resources {
            let lowered = lower(resource, most);
            // Other systems know some of these limits in name only.
            if cfg!(target_os = "linux") {
                lowered?;
            }
        }
        #[cfg(target_os = "linux")]
        self.close_in()?;
        if let Some(descriptor) = self.inherits {
            // SAFETY: the parent keeps this descriptor open until the child has started.
            check(unsafe { libc::fcntl(descriptor, libc::F_SETFD, 0) })?;
        }
        #[cfg(target_os = "linux")]
        self.lock()?;
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn bind_to_parent(&self) -> io::Result<()> {
        // SAFETY: plain system calls on values.
        unsafe {
            // The signal comes when the forking *thread* ends; whoever spawns therefore waits in the same thread.
            check(libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL))?;
            // The parent may have died before that call.
            if libc::getppid() as u32 != self.parent {
                return Err(io::Error::from_raw_os_error(libc::ESRCH));
            }
            check(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))?;
        }
        Ok(())
    }

    /// Marks instead of closing: the standard library reports a failed exec through a pipe of its own.
    #[cfg(target_os = "linux")]
    fn close_in(&self) -> io::Result<()> {
        // SAFETY: a plain system call on values.
        let done = unsafe { libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, libc::CLOSE_RANGE_CLOEXEC) };
        if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    }

    #[cfg(target_os = "linux")]
    fn lock(&self) -> io::Result<()> {
        if let Some(walls) = &self.walls {
            // SAFETY: the descriptor is a Landlock ruleset owned by `self`; NO_NEW_PRIVS is set.
            let done = unsafe { libc::syscall(libc::SYS_landlock_restrict_self, walls.as_raw_fd(), 0u32) };
            if done != 0 {
                return Err(io::Error::last_os_error());
            }
        }
        for filter in self.filters.iter().flatten() {
            let program = libc::sock_fprog {
                len: filter.len() as libc::c_ushort,
                filter: filter.as_ptr().cast_mut().cast(),
            };
            // SAFETY: `seccompiler::sock_filter` is `repr(C)` with the kernel's layout; the kernel only reads it.
            let done =
                unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program) };
            check(done)?;
        }
        Ok(())
    }
}

/// Lowers a limit, never above what the parent itself is held to.
fn lower(resource: Resource, most: u64) -> io::Result<()> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls get a valid `rlimit` on this stack.
    unsafe {
        check(libc::getrlimit(resource, &raw mut limit))?;
        let most = (most as libc::rlim_t).min(limit.rlim_max);
        check(libc::setrlimit(resource, &libc::rlimit { rlim_cur: most, rlim_max: most }))?;
    }
    Ok(())
}

fn check(result: libc::c_int) -> io::Result<()> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Kills the child and whatever it may have started. The child must not have been reaped yet.
pub(crate) fn kill_group(child: u32) {
    // SAFETY: the child called `setsid`, so its group bears its number, which is not reused before it is reaped.
    unsafe { libc::kill(-(child as libc::pid_t), libc::SIGKILL) };
}

/// Blocks until the child has ended, and leaves its number taken so that [`kill_group`] cannot hit another.
pub(crate) fn wait_unreaped(child: &Child) -> io::Result<()> {
    loop {
        // SAFETY: `siginfo_t` is plain memory; the call fills it.
        let result = unsafe {
            let mut report: libc::siginfo_t = std::mem::zeroed();
            libc::waitid(libc::P_PID, child.id(), &raw mut report, libc::WEXITED | libc::WNOWAIT)
        };
        match check(result) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
