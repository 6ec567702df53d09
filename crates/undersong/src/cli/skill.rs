//! `undersong skill install`: puts the skills where an assistant looks for them.

mod agents;
mod folder;
mod pages;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use self::agents::Agent;
use self::folder::Folder;
use self::pages::SKILLS;
use super::ending::Ending;
use super::{Done, output};

#[derive(Debug, Args)]
pub(crate) struct Skills {
    #[command(subcommand)]
    wish: Wish,
}

#[derive(Debug, Subcommand)]
enum Wish {
    /// Write the skills where an assistant looks, so that it knows how to use undersong
    Install(Install),
}

#[derive(Debug, Args)]
struct Install {
    /// The assistant [default: all of them that are installed]
    #[arg(long, value_enum)]
    agent: Option<Agent>,
    /// Write the skills into this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "agent")]
    to: Option<PathBuf>,
    /// Write over files that somebody has changed
    #[arg(long)]
    force: bool,
    /// Answer with one JSON document
    #[arg(long)]
    json: bool,
}

/// What became of one skill in one place.
#[derive(Serialize)]
struct Installed {
    skill: &'static str,
    folder: PathBuf,
    written: usize,
}

impl Skills {
    pub(crate) fn wants_json(&self) -> bool {
        let Wish::Install(wanted) = &self.wish;
        wanted.json
    }
}

/// Installs the skills. Nothing is written before all of it may be.
pub(crate) fn run(wanted: &Skills) -> Done {
    let Wish::Install(wanted) = &wanted.wish;
    let mut folders = Vec::new();
    for place in places(wanted)? {
        for skill in &SKILLS {
            folders.push(Folder::look(place.join(skill.name), skill).map_err(Ending::Failed)?);
        }
    }
    let changed: Vec<&Path> = folders.iter().flat_map(Folder::changed).collect();
    if !changed.is_empty() && !wanted.force {
        return Err(Ending::Failed(refusal(&changed)));
    }
    let install = |folder: &Folder| {
        let written = folder.write()?;
        Ok(Installed { skill: folder.skill(), folder: folder.path().to_owned(), written })
    };
    let installed: Vec<Installed> =
        folders.iter().map(install).collect::<Result<_, String>>().map_err(Ending::Failed)?;
    if wanted.json {
        return output::document(&serde_json::json!({ "installed": installed }));
    }
    output::text(&told(&installed))
}

/// The folders that skills go into.
fn places(wanted: &Install) -> Result<Vec<PathBuf>, Ending> {
    let whole = |place: &PathBuf| {
        std::path::absolute(place)
            .map_err(|why| Ending::Usage(format!("{} is no folder ({why}).", place.display())))
    };
    if let Some(place) = &wanted.to {
        return Ok(vec![whole(place)?]);
    }
    let home = std::env::home_dir().ok_or_else(|| {
        Ending::Usage("There is no home folder here; --to names one for the skills.".to_owned())
    })?;
    if let Some(agent) = wanted.agent {
        return Ok(vec![agent.skills(&home)]);
    }
    let found: Vec<PathBuf> =
        Agent::ALL.into_iter().filter(|agent| agent.lives(&home)).map(|agent| agent.skills(&home)).collect();
    if found.is_empty() {
        let names = Agent::ALL.map(|agent| format!("--agent {agent}")).join(", ");
        return Err(Ending::Usage(format!(
            "No assistant was found below {}; {names} or --to DIR says where.",
            home.display()
        )));
    }
    Ok(found)
}

fn refusal(changed: &[&Path]) -> String {
    let names: Vec<String> = changed.iter().map(|path| path.display().to_string()).collect();
    format!(
        "Nothing was written, as somebody has changed {}; --force writes over it, --to DIR writes elsewhere.",
        names.join(", ")
    )
}

fn told(installed: &[Installed]) -> String {
    let line = |one: &Installed| match one.written {
        0 => format!("Already there: {}\n", one.folder.display()),
        _ => format!("Written: {}\n", one.folder.display()),
    };
    let lines: String = installed.iter().map(line).collect();
    lines + "Start the assistant anew, and tell it for instance: add music to film.mp4\n"
}
