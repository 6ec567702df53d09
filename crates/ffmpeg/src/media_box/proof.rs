//! Tries, from inside the box, what the box forbids.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use sound::Silent;

use super::Invocation;
use crate::child;
use crate::{Limits, MediaError, Tools};

const STAGE: &str = "proof of the box";

/// One forbidden thing that was tried inside the box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// What was tried.
    pub what: &'static str,
    /// Whether the box refused it.
    pub refused: bool,
}

/// A shell is the handiest hostile program: everything here is one of its builtins, `$1` is the job folder, `$2` a
/// folder outside, `$3` a file that may be read.
const HOSTILE: [(&str, &str); 8] = [
    ("read a file of the system", "exec 3< /etc/passwd"),
    ("read the environment of its parent", "exec 3< /proc/$PPID/environ"),
    ("list a folder outside", "set -- \"$2\"/*; test -e \"$1\""),
    ("write outside its folder", "exec 3> \"$2/written\""),
    ("write into its input", "exec 3>> \"$3\""),
    ("start a process", "/bin/true & wait $!"),
    ("become another program", "exec /bin/ls /"),
    ("signal another process", "kill -0 $PPID"),
];

/// What must be allowed, or a refusal would prove nothing.
const HARMLESS: [(&str, &str); 2] =
    [("read its input", "exec 3< \"$3\""), ("write into its folder", "exec 3> \"$1/written\"")];

struct Place {
    _folder: tempfile::TempDir,
    job: PathBuf,
    outside: PathBuf,
    input: PathBuf,
}

impl Tools {
    /// Tries from inside the box what it forbids: files, processes, signals, the network.
    ///
    /// # Errors
    /// [`MediaError::NoBox`] where there is no box or it is so tight that nothing runs in it; other errors when the
    /// attempts cannot be made.
    pub fn prove_box(&self) -> Result<Vec<Attempt>, MediaError> {
        let place = Place::make().map_err(MediaError::io("made", "a temporary folder"))?;
        for (what, script) in HARMLESS {
            if !shell(script, &place, &self.limits)? {
                return Err(MediaError::NoBox { why: format!("a child could not {what}") });
            }
        }
        let mut attempts = Vec::new();
        for (what, script) in HOSTILE {
            attempts.push(Attempt { what, refused: !shell(script, &place, &self.limits)? });
        }
        for (what, url) in [
            ("open a network connection", "tcp://127.0.0.1:9?timeout=1000000"),
            ("send to the network", "udp://127.0.0.1:9?timeout=1000000"),
        ] {
            attempts.push(Attempt { what, refused: self.network_refused(url)? });
        }
        Ok(attempts)
    }

    /// ffmpeg itself, allowed by its own list to use the network.
    fn network_refused(&self, url: &str) -> Result<bool, MediaError> {
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(["-protocol_whitelist", "tcp,udp,pipe", "-f", "u8", "-i", url, "-f", "u8", "pipe:1"]);
        let ((), ended) = child::run(invocation, &self.limits, &Silent, &|_| false, |_| Ok(()))?;
        // Nobody listens at that port: without a box the answer is another one.
        Ok(!ended.well() && ended.log.contains("not permitted"))
    }
}

impl Place {
    fn make() -> std::io::Result<Place> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().canonicalize()?;
        let place = Place {
            _folder: folder,
            job: root.join("job"),
            outside: root.join("outside"),
            input: root.join("film"),
        };
        fs::create_dir(&place.job)?;
        fs::create_dir(&place.outside)?;
        fs::write(place.outside.join("secret"), "secret")?;
        fs::write(&place.input, "film")?;
        Ok(place)
    }

    fn arguments(&self, script: &str) -> [PathBuf; 6] {
        let (job, outside, input) = (self.job.clone(), self.outside.clone(), self.input.clone());
        [Path::new("-c").to_owned(), script.into(), "sh".into(), job, outside, input]
    }
}

/// Whether a script comes to a good end inside the box.
fn shell(script: &str, place: &Place, limits: &Limits) -> Result<bool, MediaError> {
    let program = Path::new("/bin/sh").canonicalize().map_err(MediaError::io("found", "/bin/sh"))?;
    let invocation = Invocation {
        stage: STAGE,
        program,
        arguments: place.arguments(script).map(Into::into).to_vec(),
        reads: vec![place.input.clone()],
        writes: vec![place.job.clone()],
        folder: None,
        inherits: None,
        fed: false,
        patience: Duration::from_secs(20),
        memory_bytes: limits.memory_bytes,
    };
    let ((), ended) = child::run(invocation, limits, &Silent, &|_| false, |_| Ok(()))?;
    Ok(ended.well())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_refuses_what_succeeds_outside_of_it() {
        let place = Place::make().unwrap();
        for (what, script) in HOSTILE.into_iter().chain(HARMLESS) {
            let status = std::process::Command::new("/bin/sh")
                .args(place.arguments(script))
                .stdout(std::process::Stdio::null())
                .status();
            assert!(status.unwrap().success(), "without a box it should work to {what}");
        }
        let tools = match Tools::find() {
            Ok(tools) => tools,
            Err(error) => {
                assert!(std::env::var_os("CI").is_none(), "{error}");
                println!("skipped: {error}");
                return;
            }
        };
        for attempt in tools.prove_box().unwrap() {
            assert!(attempt.refused, "the box let a child {}", attempt.what);
        }
    }
}
