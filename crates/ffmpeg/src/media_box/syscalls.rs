//! The system calls a child may make, compiled to BPF before the fork.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen as Length, SeccompCmpOp as Compare,
    SeccompCondition as Condition, SeccompFilter, SeccompRule as Rule,
};

use crate::MediaError;

type Rules = BTreeMap<i64, Vec<Rule>>;

/// The filters in the order they are applied.
///
/// The first answers `clone3` with "no such call", because its arguments lie in memory where no filter can see
/// them: the C library then falls back to `clone`, which the second can check.
///
/// # Errors
/// [`MediaError::NoBox`] on a processor the filters do not know.
pub(super) fn filters() -> Result<[BpfProgram; 2], MediaError> {
    compile().map_err(|error| MediaError::NoBox { why: error.to_string() })
}

fn compile() -> Result<[BpfProgram; 2], BackendError> {
    let processor = std::env::consts::ARCH.try_into()?;
    let errno = |code: i32| SeccompAction::Errno(code as u32);
    let hidden: Rules = [(libc::SYS_clone3, vec![])].into();
    let first = SeccompFilter::new(hidden, SeccompAction::Allow, errno(libc::ENOSYS), processor)?;
    let second = SeccompFilter::new(allowed()?, errno(libc::EPERM), SeccompAction::Allow, processor)?;
    Ok([first.try_into()?, second.try_into()?])
}

fn allowed() -> Result<Rules, BackendError> {
    let every = FILES.iter().chain(&MEMORY).chain(&THREADS).chain(&CLOCKS).chain(OLD);
    let mut rules: Rules = every.map(|call| (*call, vec![])).collect();
    // Threads, never processes, and none in namespaces of their own.
    let thread = libc::CLONE_THREAD as u64;
    rules.insert(libc::SYS_clone, vec![masked(0, thread | NAMESPACES, thread)?]);
    // Questions about a terminal (TCGETS, TIOCGWINSZ, FIONREAD), never input into one.
    rules.insert(libc::SYS_ioctl, any(1, &[0x5401, 0x5413, 0x541b])?);
    rules.insert(libc::SYS_prctl, any(0, &[libc::PR_SET_NAME])?);
    // What a descriptor is and who may lock its file, never whom it signals.
    rules.insert(libc::SYS_fcntl, any(1, &DESCRIPTORS)?);
    // Reading a limit of its own, never setting one.
    let limit = vec![equal(0, 0)?, Condition::new(2, Length::Qword, Compare::Eq, 0)?];
    rules.insert(libc::SYS_prlimit64, vec![Rule::new(limit)?]);
    // Opening may empty a file only for writing, which Landlock sees; it sees emptying as such only since Linux 6.2.
    rules.insert(libc::SYS_openat, opening(2)?);
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_open, opening(1)?);
    // Already answered by the first filter.
    rules.insert(libc::SYS_clone3, vec![]);
    Ok(rules)
}

fn equal(argument: u8, value: i32) -> Result<Condition, BackendError> {
    Condition::new(argument, Length::Dword, Compare::Eq, value as u64)
}

/// Some bits of an argument have these values.
fn masked(argument: u8, mask: u64, value: u64) -> Result<Rule, BackendError> {
    Rule::new(vec![Condition::new(argument, Length::Qword, Compare::MaskedEq(mask), value)?])
}

/// The argument is one of these.
fn any(argument: u8, values: &[i32]) -> Result<Vec<Rule>, BackendError> {
    values.iter().map(|value| Rule::new(vec![equal(argument, *value)?])).collect()
}

/// What the flags of an opening may be.
fn opening(flags: u8) -> Result<Vec<Rule>, BackendError> {
    let access = libc::O_ACCMODE as u64;
    Ok(vec![
        masked(flags, libc::O_TRUNC as u64, 0)?,
        masked(flags, access, libc::O_WRONLY as u64)?,
        masked(flags, access, libc::O_RDWR as u64)?,
    ])
}

const NAMESPACES: u64 = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET) as u64;

const DESCRIPTORS: [i32; 9] = [
    libc::F_DUPFD,
    libc::F_DUPFD_CLOEXEC,
    libc::F_GETFD,
    libc::F_SETFD,
    libc::F_GETFL,
    libc::F_SETFL,
    libc::F_GETLK,
    libc::F_SETLK,
    libc::F_SETLKW,
];

/// Which files these may reach is Landlock's part.
const FILES: [i64; 37] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_pread64,
    libc::SYS_pwrite64,
    libc::SYS_lseek,
    libc::SYS_close,
    libc::SYS_close_range,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_fstatfs,
    libc::SYS_statfs,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_readlinkat,
    libc::SYS_unlinkat,
    libc::SYS_renameat,
    libc::SYS_renameat2,
    libc::SYS_ftruncate,
    libc::SYS_fallocate,
    libc::SYS_fsync,
    libc::SYS_fdatasync,
    libc::SYS_getdents64,
    libc::SYS_getcwd,
    libc::SYS_fadvise64,
    libc::SYS_dup,
    libc::SYS_dup3,
    libc::SYS_pipe2,
    libc::SYS_ppoll,
    libc::SYS_pselect6,
    libc::SYS_uname,
    libc::SYS_getrandom,
    libc::SYS_sysinfo,
    libc::SYS_getrusage,
    // Only the program itself may be executed: Landlock names it.
    libc::SYS_execve,
];

const MEMORY: [i64; 6] = [
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_brk,
    libc::SYS_madvise,
];

const THREADS: [i64; 23] = [
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_set_tid_address,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_restart_syscall,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_sched_getparam,
    libc::SYS_sched_getscheduler,
    libc::SYS_getpriority,
];

const CLOCKS: [i64; 6] = [
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_times,
];

/// Calls that newer processors never had.
#[cfg(target_arch = "x86_64")]
const OLD: &[i64] = &[
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_unlink,
    libc::SYS_rename,
    libc::SYS_dup2,
    libc::SYS_poll,
    libc::SYS_select,
    libc::SYS_arch_prctl,
    libc::SYS_time,
    libc::SYS_getrlimit,
];
#[cfg(not(target_arch = "x86_64"))]
const OLD: &[i64] = &[];
