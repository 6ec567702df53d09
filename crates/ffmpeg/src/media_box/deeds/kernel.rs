//! The kernel's own doors: those that need rights, and those with a history of holes.
#![allow(unsafe_code)] // raw system calls on values and null pointers

use std::ffi::{c_int, c_long};
use std::ptr::null;

use super::Deed;

/// A call with up to three numbers; what it wants beyond is zero or null.
fn call(number: c_long, arguments: [c_long; 3]) -> c_long {
    let [first, second, third] = arguments;
    // SAFETY: no argument is a valid address, so the kernel neither reads nor writes this process's memory.
    unsafe { libc::syscall(number, first, second, third, 0usize, 0usize, 0usize) }
}

/// A kind of file system and of key that no kernel knows, so that nothing happens where the call is allowed.
const NONE: &std::ffi::CStr = c"undersong-none";

pub(super) static HOSTILE: [Deed; 22] = [
    Deed::new("load a program into the kernel", |_| call(libc::SYS_bpf, [-1, 0, 0])),
    Deed::new("watch the processor", |_| call(libc::SYS_perf_event_open, [0, 0, -1])),
    Deed::new("reach the keys of the user", |_| call(libc::SYS_keyctl, [-1, 0, 0])),
    Deed::new("leave a key", |_| {
        // SAFETY: strings that live for ever; the kind of key does not exist.
        unsafe {
            libc::syscall(libc::SYS_add_key, NONE.as_ptr(), NONE.as_ptr(), null::<u8>(), 0usize, 0usize)
        }
    }),
    Deed::new("handle its own page faults", |_| call(libc::SYS_userfaultfd, [libc::O_CLOEXEC.into(), 0, 0])),
    Deed::new("make itself a user with all rights", |_| {
        call(libc::SYS_unshare, [libc::CLONE_NEWUSER.into(), 0, 0])
    }),
    Deed::new("enter the namespaces of another", |_| call(libc::SYS_setns, [0, 0, 0])),
    Deed::new("place its memory predictably", |_| {
        call(libc::SYS_personality, [c_long::from(libc::ADDR_NO_RANDOMIZE), 0, 0])
    }),
    Deed::new("type into a terminal", |_| {
        // SAFETY: one byte is read.
        unsafe { libc::syscall(libc::SYS_ioctl, 0usize, libc::TIOCSTI, c"x".as_ptr()) }
    }),
    Deed::new("mount a file system", |_| {
        // SAFETY: strings that live for ever; the kind of file system does not exist.
        unsafe {
            libc::syscall(libc::SYS_mount, NONE.as_ptr(), NONE.as_ptr(), NONE.as_ptr(), 0usize, null::<u8>())
        }
    }),
    Deed::new("unmount a file system", |_| {
        // SAFETY: a string that lives for ever; there is no such place.
        unsafe { libc::syscall(libc::SYS_umount2, NONE.as_ptr(), 0usize) }
    }),
    Deed::new("change its root", |_| {
        // SAFETY: a string that lives for ever.
        unsafe { libc::syscall(libc::SYS_chroot, c"/".as_ptr()) }
    }),
    Deed::new("exchange the root", |_| {
        // SAFETY: strings that live for ever; there are no such places.
        unsafe { libc::syscall(libc::SYS_pivot_root, NONE.as_ptr(), NONE.as_ptr()) }
    }),
    Deed::new("swap to a file", |_| {
        // SAFETY: a string that lives for ever; there is no such file.
        unsafe { libc::syscall(libc::SYS_swapon, NONE.as_ptr(), 0usize) }
    }),
    // Without the two magic numbers nothing is restarted, whoever asks.
    Deed::new("restart the machine", |_| call(libc::SYS_reboot, [0, 0, 0])),
    Deed::new("load a module", |_| call(libc::SYS_finit_module, [-1, 0, 0])),
    Deed::new("load another kernel", |_| call(libc::SYS_kexec_load, [0, -1, 0])),
    Deed::new("set the clock", |_| call(libc::SYS_clock_settime, [-1, 0, 0])),
    Deed::new("rename the machine", |_| call(libc::SYS_sethostname, [0, -1, 0])),
    Deed::new("read the log of the kernel", |_| call(libc::SYS_syslog, [10, 0, 0])),
    Deed::new("become another user", |_| call(libc::SYS_setresuid, [-1, -1, -1])),
    Deed::new("have a file without a folder to run", |_| {
        // SAFETY: a string that lives for ever.
        unsafe { libc::syscall(libc::SYS_memfd_create, NONE.as_ptr(), libc::MFD_CLOEXEC as c_int) }
    }),
];
