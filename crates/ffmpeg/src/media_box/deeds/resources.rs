//! More than is due: files, memory, descriptors, and higher limits.
#![allow(unsafe_code)] // raw system calls on values

use std::ffi::{c_int, c_long};

use super::{Deed, Scene};

/// Bytes beyond every limit the box is given, which a file system and an address space could still have.
const LONG: c_long = 1 << 42;
const WIDE: c_long = 1 << 45;

fn raise(resource: c_long, most: u64) -> c_long {
    let most = [most; 2];
    // SAFETY: the kernel only reads the limit.
    unsafe { libc::syscall(libc::SYS_prlimit64, 0usize, resource, most.as_ptr(), std::ptr::null::<u8>()) }
}

pub(super) static HOSTILE: [Deed; 7] = [
    Deed::or("write a file without end", endless_file, &[libc::EFBIG]),
    Deed::or("take memory without end", |_| endless_memory(), &[libc::ENOMEM]),
    Deed::or("open files without end", |_| endless_descriptors(), &[libc::EMFILE]),
    Deed::new("keep memory from being swapped", |_| {
        // SAFETY: plain values.
        unsafe { libc::syscall(libc::SYS_mlockall, libc::MCL_FUTURE) }
    }),
    Deed::new("raise its limit of memory", |_| raise(libc::RLIMIT_AS as c_long, u64::MAX)),
    Deed::new("raise its limit of open files", |_| raise(libc::RLIMIT_NOFILE as c_long, 512)),
    Deed::new("leave an image of its memory", |_| raise(libc::RLIMIT_CORE as c_long, u64::MAX)),
];

/// A file that is one hole counts by its length.
fn endless_file(s: &Scene) -> c_long {
    // SAFETY: a path, values, and a descriptor opened here; the signal of a file that is too large is not wanted.
    unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
        let file = libc::open(s.inside.as_ptr(), libc::O_WRONLY | libc::O_CLOEXEC);
        let result = libc::syscall(libc::SYS_ftruncate, file, LONG);
        let code = *libc::__errno_location();
        libc::syscall(libc::SYS_ftruncate, file, 0usize);
        libc::close(file);
        *libc::__errno_location() = code;
        result
    }
}

fn endless_memory() -> c_long {
    let (access, kind) = (libc::PROT_NONE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE);
    // SAFETY: new memory that nothing is mapped over.
    unsafe { libc::syscall(libc::SYS_mmap, 0usize, WIDE, access, kind, -1 as c_long, 0usize) }
}

/// Many copies of its standard input, closed again.
fn endless_descriptors() -> c_long {
    let mut held: [c_int; 1024] = [-1; 1024];
    // SAFETY: values; only what was opened here is closed.
    unsafe {
        let last = held.iter_mut().map(|slot| (*slot = libc::dup(0), *slot).1).find(|slot| *slot < 0);
        let code = *libc::__errno_location();
        for slot in held.into_iter().filter(|slot| *slot >= 0) {
            libc::close(slot);
        }
        *libc::__errno_location() = code;
        c_long::from(last.unwrap_or(0))
    }
}
