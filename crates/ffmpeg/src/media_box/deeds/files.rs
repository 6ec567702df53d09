//! Files: those of others, and what one's own folder is not for.
#![allow(unsafe_code)] // raw system calls on strings that live as long as the scene

use std::ffi::{CStr, c_int, c_long};

use super::Deed;

const HERE: c_int = libc::AT_FDCWD;

fn open(path: &CStr, flags: c_int) -> c_long {
    // SAFETY: a path and values.
    let opened = unsafe { libc::syscall(libc::SYS_openat, HERE, path.as_ptr(), flags, 0o600) };
    if opened >= 0 {
        // SAFETY: it was opened a moment ago.
        unsafe { libc::close(opened as c_int) };
    }
    opened
}

/// A call on two paths.
fn both(call: c_long, from: &CStr, to: &CStr) -> c_long {
    // SAFETY: two paths and values.
    unsafe { libc::syscall(call, HERE, from.as_ptr(), HERE, to.as_ptr(), 0 as c_long) }
}

/// A call on a path with two numbers; what it wants beyond is zero.
fn at(call: c_long, path: &CStr, first: c_long, second: c_long) -> c_long {
    // SAFETY: a path and values.
    unsafe { libc::syscall(call, HERE, path.as_ptr(), first, second, 0 as c_long) }
}

/// A call whose first argument is a path.
fn bare(call: c_long, path: &CStr, number: c_long) -> c_long {
    // SAFETY: a path and a value.
    unsafe { libc::syscall(call, path.as_ptr(), number) }
}

const WRITE: c_int = libc::O_WRONLY | libc::O_CREAT;

pub(in super::super) static HARMLESS: [Deed; 2] = [
    Deed::new("read its input", |s| open(&s.input, libc::O_RDONLY)),
    Deed::new("write into its folder", |s| open(&s.inside, WRITE)),
];

pub(super) static HOSTILE: [Deed; 29] = [
    Deed::new("read a file of the system", |_| open(c"/etc/passwd", libc::O_RDONLY)),
    Deed::new("read the environment of its parent", |s| open(&s.environment, libc::O_RDONLY)),
    Deed::new("read the memory of its parent", |s| open(&s.memory, libc::O_RDONLY)),
    Deed::new("list the folder its parent works in", |s| open(&s.folder, libc::O_DIRECTORY)),
    Deed::new("read a file of another job", |s| open(&s.secret, libc::O_RDONLY)),
    Deed::new("list the folder of another job", |s| open(&s.outside, libc::O_DIRECTORY)),
    Deed::new("list the root", |_| open(c"/", libc::O_DIRECTORY)),
    Deed::new("list all processes", |_| open(c"/proc", libc::O_DIRECTORY)),
    Deed::new("open a terminal", |_| open(c"/dev/ptmx", libc::O_RDWR | libc::O_NOCTTY)),
    Deed::new("write outside its folder", |s| open(&s.written, WRITE)),
    Deed::new("hide a file without a name outside", |s| open(&s.outside, libc::O_TMPFILE | libc::O_WRONLY)),
    Deed::new("write into its input", |s| open(&s.input, libc::O_WRONLY | libc::O_APPEND)),
    Deed::new("empty its input while reading", |s| open(&s.input, libc::O_RDONLY | libc::O_TRUNC)),
    Deed::new("cut its input off", |s| bare(libc::SYS_truncate, &s.input, 1)),
    Deed::new("remove its input", |s| at(libc::SYS_unlinkat, &s.input, 0, 0)),
    // Landlock says "another file system" of moves between folders that are not granted.
    Deed::or(
        "rename a file out of its folder",
        |s| both(libc::SYS_renameat2, &s.inside, &s.written),
        &[libc::EXDEV],
    ),
    Deed::or(
        "rename its input into its folder",
        |s| both(libc::SYS_renameat2, &s.input, &s.free),
        &[libc::EXDEV],
    ),
    Deed::new("hard link a file out of its folder", |s| both(libc::SYS_linkat, &s.inside, &s.written)),
    Deed::new("hard link another's file into its folder", |s| both(libc::SYS_linkat, &s.secret, &s.free)),
    Deed::new("leave a symbolic link to another's file", |s| {
        // SAFETY: two paths and a value.
        unsafe { libc::syscall(libc::SYS_symlinkat, s.secret.as_ptr(), HERE, s.free.as_ptr()) }
    }),
    Deed::new("make a folder outside", |s| at(libc::SYS_mkdirat, &s.written, 0o700, 0)),
    Deed::new("make a pipe in its folder", |s| {
        at(libc::SYS_mknodat, &s.free, c_long::from(libc::S_IFIFO | 0o600), 0)
    }),
    Deed::new("change who may read a file", |s| at(libc::SYS_fchmodat, &s.secret, 0o644, 0)),
    Deed::new("give a file away", |s| at(libc::SYS_fchownat, &s.secret, -1, -1)),
    Deed::new("change the time of a file", |s| at(libc::SYS_utimensat, &s.secret, 0, 0)),
    Deed::new("put an attribute on a file", |s| {
        let name = c"user.undersong";
        // SAFETY: two strings, one byte of the second, and values.
        unsafe {
            libc::syscall(libc::SYS_setxattr, s.secret.as_ptr(), name.as_ptr(), name.as_ptr(), 1usize, 0)
        }
    }),
    Deed::new("work in another folder", |s| bare(libc::SYS_chdir, &s.outside, 0)),
    Deed::new("watch a folder for changes", |_| {
        // SAFETY: plain values.
        unsafe { libc::syscall(libc::SYS_inotify_init1, libc::IN_CLOEXEC) }
    }),
    Deed::new("open a file by its handle", |_| {
        // The number of bytes, the kind, and room for the handle itself.
        let handle = [8u32, 1, 0, 0];
        // SAFETY: the kernel only reads the handle.
        unsafe { libc::syscall(libc::SYS_open_by_handle_at, HERE, handle.as_ptr(), libc::O_RDONLY) }
    }),
];
