//! The files a child may touch, as a Landlock ruleset made before the fork.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset,
    RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError, Scope,
};

use super::{Invocation, unboxed_allowed};
use crate::MediaError;

/// Where libraries, their cache and fonts live, on Debian and on systems that lay files out otherwise.
const LIBRARIES: [&str; 12] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/nix/store",
    "/gnu/store",
    "/usr/share/fonts",
    "/usr/share/fontconfig",
    "/etc/fonts",
    "/var/cache/fontconfig",
    "/etc/ld.so.cache",
];

/// The ELF interpreters that may be executed beside the program itself.
const INTERPRETERS: [&str; 5] = [
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-aarch64.so.1",
    "/lib/ld-musl-x86_64.so.1",
    "/lib/ld-musl-aarch64.so.1",
    "/lib/ld-linux-riscv64-lp64d.so.1",
];

/// The newest version whose rights are asked for; older kernels enforce what they know (6: signals stay inside).
const NEWEST: ABI = ABI::V6;

/// The ruleset for one start; `None` where the kernel has no Landlock and the operator accepts that.
///
/// # Errors
/// [`MediaError::NoBox`] where the kernel has none and the operator does not accept it.
pub(super) fn raise(invocation: &Invocation) -> Result<Option<OwnedFd>, MediaError> {
    let ruleset = build(invocation).map_err(|error| MediaError::NoBox { why: error.to_string() })?;
    match Option::<OwnedFd>::from(ruleset) {
        Some(descriptor) => Ok(Some(descriptor)),
        None if unboxed_allowed() => Ok(None),
        None => Err(MediaError::NoBox { why: "the kernel does not offer Landlock".into() }),
    }
}

fn build(invocation: &Invocation) -> Result<RulesetCreated, RulesetError> {
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?;
    let mut allow = |path: &Path, rights: BitFlags<AccessFs>| -> Result<(), RulesetError> {
        // What does not exist needs no permission.
        if let Ok(descriptor) = PathFd::new(path) {
            let rights = if path.is_dir() { rights } else { rights & AccessFs::from_file(NEWEST) };
            (&mut ruleset).add_rule(PathBeneath::new(descriptor, rights))?;
        }
        Ok(())
    };
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    for path in LIBRARIES.iter().map(Path::new).chain(own_libraries(&invocation.program).as_deref()) {
        allow(path, read)?;
    }
    for path in INTERPRETERS.iter().map(Path::new).chain([invocation.program.as_path()]) {
        allow(path, AccessFs::Execute | AccessFs::ReadFile)?;
    }
    allow(Path::new("/dev/null"), AccessFs::ReadFile | AccessFs::WriteFile)?;
    allow(Path::new("/dev/urandom"), AccessFs::ReadFile.into())?;
    for path in &invocation.reads {
        allow(path, read)?;
    }
    let write = read | AccessFs::WriteFile | AccessFs::Truncate | AccessFs::MakeReg | AccessFs::RemoveFile;
    for path in &invocation.writes {
        allow(path, write)?;
    }
    Ok(ruleset)
}

/// `lib` beside the program's `bin`, as builds outside the system have it.
fn own_libraries(program: &Path) -> Option<PathBuf> {
    let program = program.canonicalize().ok()?;
    let folder = program.parent()?.parent()?.join("lib");
    folder.is_dir().then_some(folder)
}
