//! Other processes: making them, reading them, stopping them.
#![allow(unsafe_code)] // raw system calls on values

use std::ffi::{c_int, c_long};
use std::ptr::null;

use super::{Deed, Scene};

/// The signal that is none: only the right to send is tried.
const NOTHING: c_int = 0;

/// A call that makes a process; where it does, that process ends at once.
fn fork(call: c_long, flags: c_long) -> c_long {
    // SAFETY: the new process has memory of its own, shares nothing, and makes one call.
    unsafe {
        let made = libc::syscall(call, flags, 0usize, 0usize, 0usize, 0usize);
        if made == 0 {
            libc::_exit(0);
        }
        made
    }
}

/// A call on the parent with two numbers; what it wants beyond is zero or null.
fn on_parent(call: c_long, s: &Scene, first: c_long, second: c_long) -> c_long {
    // SAFETY: plain values.
    unsafe { libc::syscall(call, s.parent, first, second, 0usize, 0usize, 0usize) }
}

pub(super) static HOSTILE: [Deed; 19] = [
    Deed::new("signal its parent", |s| on_parent(libc::SYS_kill, s, NOTHING.into(), 0)),
    Deed::new("signal a thread of its parent", |s| on_parent(libc::SYS_tgkill, s, s.parent, NOTHING.into())),
    Deed::new("queue a signal for its parent", |s| on_parent(libc::SYS_rt_sigqueueinfo, s, 0, 0)),
    Deed::new("signal everybody", |_| {
        // SAFETY: plain values; nothing is sent.
        unsafe { libc::syscall(libc::SYS_kill, -1 as c_long, NOTHING) }
    }),
    Deed::new("have the kernel signal its parent", |s| {
        // SAFETY: plain values.
        unsafe { libc::syscall(libc::SYS_fcntl, 0usize, libc::F_SETOWN, s.parent) }
    }),
    Deed::new("hold on to its parent", |s| on_parent(libc::SYS_pidfd_open, s, 0, 0)),
    Deed::new("trace its parent", |s| {
        // SAFETY: seizing neither stops the parent nor touches memory.
        unsafe { libc::syscall(libc::SYS_ptrace, libc::PTRACE_SEIZE, s.parent, null::<u8>(), null::<u8>()) }
    }),
    Deed::new("copy memory of its parent", |s| on_parent(libc::SYS_process_vm_readv, s, 0, 0)),
    Deed::new("write memory of its parent", |s| on_parent(libc::SYS_process_vm_writev, s, 0, 0)),
    Deed::new("compare what its parent has open", |s| on_parent(libc::SYS_kcmp, s, s.parent, 0)),
    Deed::new("learn where its parent keeps locks", |s| {
        let mut found = [0usize; 2];
        let (head, size) = (&raw mut found[0], &raw mut found[1]);
        // SAFETY: the kernel fills two words of this stack.
        unsafe { libc::syscall(libc::SYS_get_robust_list, s.parent, head, size) }
    }),
    Deed::new("read the limits of its parent", |s| {
        let mut found = [0u64; 2];
        // SAFETY: the kernel fills two words of this stack.
        unsafe {
            libc::syscall(libc::SYS_prlimit64, s.parent, libc::RLIMIT_AS, null::<u8>(), found.as_mut_ptr())
        }
    }),
    Deed::new("slow its parent down", |s| {
        on_parent(libc::SYS_sched_setscheduler, s, libc::SCHED_OTHER.into(), 0)
    }),
    Deed::new("leave its group", |_| {
        // SAFETY: plain values.
        unsafe { libc::syscall(libc::SYS_setpgid, 0usize, 0usize) }
    }),
    Deed::new("outlive its parent", |_| {
        // SAFETY: plain values.
        unsafe { libc::syscall(libc::SYS_prctl, libc::PR_SET_PDEATHSIG, 0usize, 0usize, 0usize, 0usize) }
    }),
    Deed::new("start a process", |_| fork(libc::SYS_clone, libc::SIGCHLD.into())),
    Deed::new("start a process of its own namespaces", |_| {
        fork(libc::SYS_clone, c_long::from(libc::CLONE_NEWUSER | libc::SIGCHLD))
    }),
    // The box hides this call, so that the C library asks for one whose arguments can be seen.
    Deed::or("start a process by arguments in memory", |_| clone3(), &[libc::ENOSYS]),
    Deed::new("become another program", |s| {
        let words = [s.program.as_ptr(), null()];
        // SAFETY: a path and a list that ends with null.
        unsafe { libc::syscall(libc::SYS_execve, s.program.as_ptr(), words.as_ptr(), &raw const words[1]) }
    }),
];

fn clone3() -> c_long {
    // Version 0 of `clone_args` (clone3(2)): eight words, the fifth is the signal at the end.
    let arguments: [u64; 8] = [0, 0, 0, 0, libc::SIGCHLD as u64, 0, 0, 0];
    // SAFETY: as in `fork`; the kernel only reads the arguments.
    unsafe {
        let made = libc::syscall(libc::SYS_clone3, arguments.as_ptr(), size_of_val(&arguments));
        if made == 0 {
            libc::_exit(0);
        }
        made
    }
}
