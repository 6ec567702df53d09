//! Remembers what was found in films, by their content: one that is scored again need not be watched again.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use footage::{Profile, Watcher};
use sound::{Progress, Time};
use tempfile::NamedTempFile;
use twox_hash::XxHash3_128;

use crate::Fault;

/// Names the folder; `none` remembers nothing.
const FOLDER: &str = "UNDERSONG_CACHE";
/// So many films are remembered at most: a few hundred kilobytes each.
const MOST: usize = 256;
/// Bytes read at once.
const BLOCK: usize = 1 << 20;

/// Where profiles are kept. Without a folder nothing is, and a folder that fails is as good as none: what is lost can
/// be watched again.
pub(crate) struct Memory {
    folder: Option<PathBuf>,
}

/// The name of a film's profile: what the film's file holds, and who watched it how.
pub(crate) struct Key(String);

impl Memory {
    /// The folder `UNDERSONG_CACHE`, else `undersong` where the user's programs keep what can be made again.
    pub(crate) fn open() -> Memory {
        let named = std::env::var_os(FOLDER).filter(|value| !value.is_empty()).map(PathBuf::from);
        let own = || own(std::env::var_os("XDG_CACHE_HOME"), std::env::var_os("HOME"));
        Memory { folder: named.or_else(own).filter(|folder| folder != Path::new("none")) }
    }

    /// The key of a film watched this way; `None` where nothing is remembered.
    ///
    /// # Errors
    /// [`Fault::File`] when the film cannot be read; the progress's own when it is cancelled.
    pub(crate) fn key(
        &self,
        film: &Path,
        patient: bool,
        progress: &dyn Progress,
    ) -> Result<Option<Key>, Fault> {
        if self.folder.is_none() {
            return Ok(None);
        }
        let mut file = File::open(film).map_err(Fault::file("read", film))?;
        let (mut hash, mut block) = (XxHash3_128::new(), vec![0; BLOCK]);
        loop {
            progress.check()?;
            match file.read(&mut block).map_err(Fault::file("read", film))? {
                0 => break,
                count => hash.write(&block[..count]),
            }
        }
        let (version, generation) = (env!("CARGO_PKG_VERSION"), Watcher::GENERATION);
        let pace = if patient { "patient" } else { "hurried" };
        Ok(Some(Key(format!("{:032x}-{version}-{generation}-{pace}.json", hash.finish_128()))))
    }

    /// What was found in a film of this length, if it is remembered. A file that somebody edited is as good as none.
    pub(crate) fn recall(&self, key: Option<&Key>, length: Time) -> Option<Profile> {
        let path = self.folder.as_ref()?.join(&key?.0);
        let profile: Profile = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
        if profile.length != length || !profile.is_sound() {
            return None;
        }
        // What is asked for again is forgotten last.
        let _ = File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(profile)
    }

    /// Keeps what was found in a film, and forgets what was not asked for longest where it is too much.
    pub(crate) fn keep(&self, key: Option<&Key>, profile: &Profile) {
        if let (Some(folder), Some(key)) = (&self.folder, key) {
            // A full disk or a folder that cannot be written costs a second watching, nothing else.
            let _ = write(folder, key, profile).and_then(|()| forget(folder));
        }
    }
}

/// `undersong` where the user's programs keep what can be made again. A name that is not absolute would mean another
/// folder in every place, and the specification of these variables says to pass over it.
fn own(cache: Option<OsString>, home: Option<OsString>) -> Option<PathBuf> {
    let absolute = |name: Option<OsString>| name.map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = absolute(cache).or_else(|| absolute(home).map(|home| home.join(".cache")));
    cache.map(|cache| cache.join("undersong"))
}

/// Whole or not at all: another process may read at the same time.
fn write(folder: &Path, key: &Key, profile: &Profile) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec(profile)?)?;
    file.persist(folder.join(&key.0))?;
    Ok(())
}

/// Whether a file's name is one that a [`Key`] gives, of whatever version: the folder may be shared with others.
fn is_ours(name: &str) -> bool {
    let parts = || {
        let (hash, rest) = name.strip_suffix(".json")?.split_once('-')?;
        let (rest, pace) = rest.rsplit_once('-')?;
        let (version, generation) = rest.rsplit_once('-')?;
        Some((hash, version, generation, pace))
    };
    parts().is_some_and(|(hash, version, generation, pace)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        hash.len() == 32
            && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && version.split('.').next().is_some_and(digits)
            && digits(generation)
            && ["patient", "hurried"].contains(&pace)
    })
}

fn forget(folder: &Path) -> std::io::Result<()> {
    let mut kept: Vec<(SystemTime, PathBuf)> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let ours = path.file_name().and_then(OsStr::to_str).is_some_and(is_ours);
            let used = path.metadata().ok()?.modified().ok()?;
            ours.then_some((used, path))
        })
        .collect();
    kept.sort();
    let many = kept.len().saturating_sub(MOST);
    kept[..many].iter().try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use footage::{Cut, Picture, Probe, Transition};
    use sound::{Silent, Span};

    use super::*;

    /// Of three seconds in which nothing was shown, and something was found.
    fn profile() -> Profile {
        let picture = Picture {
            stream: 0,
            codec: "h264".to_owned(),
            width: 64,
            height: 36,
            frame_rate: (25, 1),
            pixel_format: "yuv420p".to_owned(),
            variable_rate: false,
            interlaced: false,
        };
        let probe = Probe { container: "mp4".to_owned(), length: LENGTH, picture, sound: None };
        let mut profile = Watcher::new(&probe, &[]).finish();
        profile.cuts.push(Cut {
            at: Time::from_ratio(1001, 30_000),
            weight: 0.1 + 0.2,
            kind: Transition::Dissolve,
            span: Span::seconds(0.0, 1.0),
        });
        profile.motion.values[..3].copy_from_slice(&[0.1, 1.0 / 3.0, f32::MIN_POSITIVE]);
        profile
    }

    const LENGTH: Time = Time::from_ticks(3 * sound::TICKS_PER_SECOND);

    #[test]
    fn what_was_found_is_recalled_to_the_bit_and_by_content() {
        let place = tempfile::tempdir().unwrap();
        let film = place.path().join("film.mp4");
        let memory = Memory { folder: Some(place.path().join("memory")) };
        let key = |patient| memory.key(&film, patient, &Silent).unwrap();
        fs::write(&film, b"a film").unwrap();
        assert_eq!(memory.recall(key(false).as_ref(), LENGTH), None);
        memory.keep(key(false).as_ref(), &profile());
        assert_eq!(memory.recall(key(false).as_ref(), LENGTH), Some(profile()));
        assert_eq!(memory.recall(key(true).as_ref(), LENGTH), None);
        fs::write(&film, b"another").unwrap();
        assert_eq!(memory.recall(key(false).as_ref(), LENGTH), None);
    }

    #[test]
    fn what_is_damaged_is_not_recalled_and_a_folder_that_fails_changes_nothing() {
        let place = tempfile::tempdir().unwrap();
        let key = Key("film.json".to_owned());
        fs::write(place.path().join("film.json"), b"{\"length\":").unwrap();
        let memory = Memory { folder: Some(place.path().to_owned()) };
        assert_eq!(memory.recall(Some(&key), LENGTH), None);
        let nowhere = Memory { folder: Some(place.path().join("film.json")) };
        nowhere.keep(Some(&key), &profile());
        assert_eq!(nowhere.recall(Some(&key), LENGTH), None);
    }

    #[test]
    fn what_somebody_edited_or_is_of_another_length_is_not_recalled() {
        let place = tempfile::tempdir().unwrap();
        let memory = Memory { folder: Some(place.path().to_owned()) };
        let key = Key("film.json".to_owned());
        memory.keep(Some(&key), &profile());
        assert_eq!(memory.recall(Some(&key), LENGTH), Some(profile()));
        assert_eq!(memory.recall(Some(&key), LENGTH * 2), None);
        let path = place.path().join("film.json");
        let kept: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let late = serde_json::to_value(LENGTH * 9).unwrap();
        for (place, value) in
            [("/cuts/0/at", late), ("/motion/values/0", 12.into()), ("/sections", serde_json::json!([]))]
        {
            let mut edited = kept.clone();
            *edited.pointer_mut(place).unwrap() = value;
            fs::write(&path, edited.to_string()).unwrap();
            assert_eq!(memory.recall(Some(&key), LENGTH), None, "{place}");
        }
    }

    #[test]
    fn only_absolute_names_of_the_system_count() {
        let folder =
            |cache: Option<&str>, home: Option<&str>| own(cache.map(Into::into), home.map(Into::into));
        assert_eq!(folder(Some("/c"), Some("/h")), Some("/c/undersong".into()));
        assert_eq!(folder(None, Some("/h")), Some("/h/.cache/undersong".into()));
        assert_eq!(folder(Some("c"), Some("/h")), Some("/h/.cache/undersong".into()));
        assert_eq!(folder(Some(""), Some("h")), None);
        assert_eq!(folder(None, None), None);
    }

    #[test]
    fn what_was_not_asked_for_longest_is_forgotten() {
        let place = tempfile::tempdir().unwrap();
        let memory = Memory { folder: Some(place.path().to_owned()) };
        let key = |index: usize| Key(format!("{index:032x}-0.1.0-1-hurried.json"));
        for index in 0..MOST + 3 {
            memory.keep(Some(&key(index)), &profile());
            let used = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(index as u64);
            File::open(place.path().join(&key(index).0)).unwrap().set_modified(used).unwrap();
        }
        memory.recall(Some(&key(3)), LENGTH);
        memory.keep(Some(&key(MOST + 3)), &profile());
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), MOST);
        assert!(
            memory.recall(Some(&key(3)), LENGTH).is_some() && memory.recall(Some(&key(4)), LENGTH).is_none()
        );
    }

    #[test]
    fn what_others_keep_in_the_folder_is_left_alone_and_not_counted() {
        let place = tempfile::tempdir().unwrap();
        let memory = Memory { folder: Some(place.path().to_owned()) };
        let hash = "0123456789abcdef".repeat(2);
        let foreign = [
            "notes.json".to_owned(),
            format!("{hash}.json"),
            format!("{hash}-0.1.0-1-patient.txt"),
            format!("{hash}-draft-1-patient.json"),
            format!("{hash}-0.1.0-1-copy.json"),
            format!("{}-0.1.0-1-patient.json", hash.to_uppercase()),
        ];
        for name in &foreign {
            fs::write(place.path().join(name), b"{}").unwrap();
            let file = File::open(place.path().join(name)).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        }
        for index in 0..MOST + 3 {
            memory.keep(Some(&Key(format!("{index:032x}-1.2.3-rc-1-9-patient.json"))), &profile());
        }
        assert!(foreign.iter().all(|name| place.path().join(name).exists()));
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), MOST + foreign.len());
    }
}
