//! Hostile deeds as plain system calls: what a decoder that was taken over would try.
//!
//! Each is harmless where it succeeds: it touches only files made for it, signals with nothing, and hands the kernel
//! arguments that change no system. They are done in a child that has taken every step into the box and has not yet
//! become another program, so they make system calls and nothing else: no memory is allocated, no lock is taken.
#![allow(unsafe_code)] // raw system calls are the point

mod files;
mod kernel;
mod network;
mod processes;
mod resources;

use std::ffi::{CString, c_long};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// What a deed may be aimed at.
pub(super) struct Scene {
    /// A file in the job's folder.
    inside: CString,
    /// A name in the job's folder that is still free.
    free: CString,
    /// A folder outside.
    outside: CString,
    /// A file in it.
    secret: CString,
    /// A name in it that is still free.
    written: CString,
    /// A file that may be read.
    input: CString,
    /// A program other than the one that was started.
    program: CString,
    /// `/proc/PARENT/environ`, `.../cwd`, `.../mem`.
    environment: CString,
    folder: CString,
    memory: CString,
    /// The process that started this one.
    parent: c_long,
}

impl Scene {
    pub(super) fn new(job: &Path, outside: &Path, input: &Path, program: &Path) -> io::Result<Scene> {
        let text = |path: &Path| CString::new(path.as_os_str().as_bytes()).map_err(io::Error::from);
        let parent = std::process::id();
        let of_parent = |name: &str| text(Path::new(&format!("/proc/{parent}/{name}")));
        Ok(Scene {
            inside: text(&job.join("written"))?,
            free: text(&job.join("free"))?,
            outside: text(outside)?,
            secret: text(&outside.join("secret"))?,
            written: text(&outside.join("written"))?,
            input: text(input)?,
            program: text(program)?,
            environment: of_parent("environ")?,
            folder: of_parent("cwd")?,
            memory: of_parent("mem")?,
            parent: c_long::from(parent),
        })
    }
}

/// One thing to try.
pub(super) struct Deed {
    /// What is tried.
    pub(super) what: &'static str,
    /// Tries it; what the system call gives.
    act: fn(&Scene) -> c_long,
    /// Refusals beside EPERM and EACCES.
    also: &'static [i32],
}

impl Deed {
    const fn new(what: &'static str, act: fn(&Scene) -> c_long) -> Deed {
        Deed { what, act, also: &[] }
    }

    const fn or(what: &'static str, act: fn(&Scene) -> c_long, also: &'static [i32]) -> Deed {
        Deed { what, act, also }
    }

    /// Tries it and tells how it went. A call that fails for another reason is not refused.
    fn outcome(&self, scene: &Scene) -> Outcome {
        if (self.act)(scene) >= 0 {
            return Outcome::Done;
        }
        match io::Error::last_os_error().raw_os_error().unwrap_or(0) {
            libc::EPERM | libc::EACCES => Outcome::Refused,
            code if self.also.contains(&code) => Outcome::Refused,
            _ => Outcome::Failed,
        }
    }
}

/// How a deed went, as the byte that tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Outcome {
    /// It was allowed and worked.
    Done = b'd',
    /// It was forbidden.
    Refused = b'r',
    /// It was not forbidden and did not work.
    Failed = b'f',
}

/// What must be allowed, or a refusal would prove nothing.
pub(super) use files::HARMLESS;

/// All that must be refused. What would end this process stands last.
pub(super) fn hostile() -> impl Iterator<Item = &'static Deed> {
    let files = files::HOSTILE.iter().chain(&network::HOSTILE);
    files.chain(&kernel::HOSTILE).chain(&resources::HOSTILE).chain(&processes::HOSTILE)
}

/// Ends the child of `command` after some seconds whatever it does. To be arranged before the box, which takes no alarm.
pub(super) fn end_soon(command: &mut Command) {
    let wind = || {
        // SAFETY: a plain system call on a value.
        unsafe { libc::alarm(10) };
        Ok(())
    };
    // SAFETY: one call that is safe after a fork.
    unsafe { command.pre_exec(wind) };
}

/// Makes the child of `command`, instead of becoming its program, try these deeds and write for each how it went
/// ([`Outcome`], one byte) to its standard output. What was arranged before, such as the box, comes before.
pub(super) fn instead(command: &mut Command, scene: Scene, deeds: Vec<&'static Deed>) {
    let act = move || -> io::Result<()> {
        // A program would not have what the parent has open, and it counts towards the limit of descriptors.
        // SAFETY: this process will not return to code that uses them.
        unsafe { libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, 0u32) };
        for deed in &deeds {
            let told = [deed.outcome(&scene) as u8];
            // SAFETY: one byte of this stack; an answer that is missing counts as bad.
            unsafe { libc::write(1, told.as_ptr().cast(), 1) };
        }
        // SAFETY: ends the process without running what belongs to the parent.
        unsafe { libc::_exit(0) }
    };
    // SAFETY: a deed is system calls on values and on memory that was made before the fork.
    unsafe { command.pre_exec(act) };
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;
    use crate::media_box::place::Place;

    /// What a system may refuse to everybody or to all but the administrator, beside the kernel's doors.
    const OFTEN_CLOSED: [&str; 15] = [
        "read the memory of its parent",
        "open a terminal",
        "open a file by its handle",
        "listen to every packet",
        "queue calls that no filter sees (io_uring)",
        "keep memory from being swapped",
        "raise its limit of memory",
        "raise its limit of open files",
        "leave an image of its memory",
        "trace its parent",
        "copy memory of its parent",
        "write memory of its parent",
        "compare what its parent has open",
        "start a process of its own namespaces",
        "start a process by arguments in memory",
    ];

    /// How a deed goes without a box, in a child and a place of its own.
    fn unboxed(deed: &'static Deed) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::make(folder.path()).unwrap();
        std::fs::write(place.job.join("written"), "").unwrap();
        let mut command = Command::new("/bin/sh");
        command.stdin(Stdio::null());
        end_soon(&mut command);
        instead(&mut command, place.scene().unwrap(), vec![deed]);
        command.output().unwrap().stdout
    }

    #[test]
    fn without_a_box_they_are_not_refused() {
        let closed = |deed: &Deed| {
            OFTEN_CLOSED.contains(&deed.what) || kernel::HOSTILE.iter().any(|door| door.what == deed.what)
        };
        let mut tried = 0;
        for deed in HARMLESS.iter().chain(hostile()).filter(|deed| !closed(deed)) {
            assert_ne!(
                unboxed(deed),
                [Outcome::Refused as u8],
                "no box is needed to refuse to {}",
                deed.what
            );
            tried += 1;
        }
        assert!(tried >= 36, "{tried}");
    }

    #[test]
    fn each_is_named_once() {
        let mut names: Vec<&str> = HARMLESS.iter().chain(hostile()).map(|deed| deed.what).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(OFTEN_CLOSED.iter().all(|name| names.contains(name)));
    }
}
