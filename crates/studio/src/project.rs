//! Projects: the timeline with its history, as a file.

use std::path::Path;

use footage::Profile;
use serde_json::Value;
use timeline::{History, Timeline};

use crate::Fault;
use crate::publish::Results;
use crate::stage::Onlooker;

/// A saved project.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// What was done, and what holds now.
    pub history: History,
    /// What is in its film, where that is told and not to be found out.
    pub profile: Option<Profile>,
}

/// The key under which a project keeps a profile that was told.
const PROFILE: &str = "profile";

impl Project {
    /// Reads the text of a project's file: a history, or a timeline alone.
    ///
    /// # Errors
    /// What serde says of a document that is neither.
    pub fn parse(document: Value) -> Result<Project, serde_json::Error> {
        let mut document = document;
        let profile = document.as_object_mut().and_then(|fields| fields.remove(PROFILE));
        let history = match document.get("steps") {
            Some(_) => serde_json::from_value(document)?,
            None => History::new(serde_json::from_value::<Timeline>(document)?),
        };
        let profile = profile.map(serde_json::from_value::<Profile>).transpose()?;
        // A profile that does not hold together would lead music astray: better none.
        Ok(Project { history, profile: profile.filter(Profile::is_sound) })
    }

    /// Writes it where it was, or anew; all or nothing.
    ///
    /// # Errors
    /// [`Fault::File`].
    pub fn save(&self, path: &Path, onlooker: &dyn Onlooker) -> Result<(), Fault> {
        let mut results = Results::default();
        results.write(path, &self.written())?;
        results.publish(onlooker)
    }

    /// The bytes of its file.
    pub(crate) fn written(&self) -> Vec<u8> {
        let mut document = serde_json::to_value(&self.history).unwrap_or_default();
        if let (Some(fields), Some(profile)) = (document.as_object_mut(), &self.profile) {
            fields.insert(PROFILE.to_owned(), serde_json::to_value(profile).unwrap_or_default());
        }
        serde_json::to_vec_pretty(&document).unwrap_or_default()
    }
}

/// Reads a project.
///
/// # Errors
/// [`Fault::File`] when the file cannot be read, [`Fault::Project`] when it is no project.
pub fn read_project(path: &Path) -> Result<Project, Fault> {
    let document = read_document(path)?;
    Project::parse(document).map_err(|why| Fault::Project { path: path.to_owned(), why: why.to_string() })
}

/// Reads a file that holds one JSON document.
///
/// # Errors
/// As [`read_project`].
pub fn read_document(path: &Path) -> Result<Value, Fault> {
    let text = std::fs::read_to_string(path).map_err(Fault::file("read", path))?;
    serde_json::from_str(&text).map_err(|why| Fault::Project { path: path.to_owned(), why: why.to_string() })
}
