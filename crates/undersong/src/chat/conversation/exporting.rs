//! The finished film: asked for, waited for, fetched.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::Response;
use serde_json::{Map, Value, json};
use studio::Fault;
use tokio::time::{Instant, sleep};

use super::{Conversation, Deed};
use crate::chat::phrases::Phrase;
use crate::chat::routing::Output;
use crate::chat::screen::Meter;
use crate::chat::tracks;
use crate::chat::trouble::{Refusal, Trouble};
use crate::chat::wire::broken;
use crate::cli::film::beside;
use crate::free_name::FreeName;

/// Letters that a film takes over from the name of its source.
const LETTERS: usize = 60;
/// How often in a row an export may not be looked at, as the network is as it is.
const BLINKS: u32 = 12;

impl Conversation<'_> {
    /// Has the film made and puts it beside its source. A failed export is asked for once more.
    pub(super) async fn export(&mut self, output: &Output) -> Result<Deed, Trouble> {
        let draft = self.draft().await?;
        if !tracks::is_exportable(&draft) {
            self.say(&Phrase::NoFilm);
            return Ok(Deed::of("answered"));
        }
        let first = self.start_export(&draft, output).await?;
        match self.fetch_export(&first).await {
            Err(trouble) if failed(&trouble) => {
                self.say(&Phrase::ExportAgain);
                let second = self.start_export(&draft, output).await?;
                self.fetch_export(&second).await
            }
            fetched => fetched,
        }
    }

    /// Asks for the film; gives the number of the export, which is remembered until the film is there.
    async fn start_export(&mut self, draft: &Value, output: &Output) -> Result<String, Trouble> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
        let export = format!("render_{since}");
        let mut wanted = Map::from_iter([("format".to_owned(), json!("mp4"))]);
        wanted.insert("quality".to_owned(), json!(output.quality.unwrap_or("high")));
        wanted.extend(output.resolution.map(|resolution| ("resolution".to_owned(), json!(resolution))));
        self.with_session(async |wire, session| {
            let body = json!({ "id": export, "sessionId": session, "draft": draft, "output": wanted });
            wire.tell("api/render/proxy/lambda", &body).await
        })
        .await?;
        self.note_export(Some(export.clone()))?;
        Ok(export)
    }

    /// Waits for an export and fetches the film.
    pub(super) async fn fetch_export(&mut self, export: &str) -> Result<Deed, Trouble> {
        let name = self.project().talk.name.clone();
        let meter = self.screen.meter(&Phrase::Exporting(&name).say(self.language));
        let made = self.made(export, &meter).await;
        if made.as_ref().is_err_and(is_over) {
            self.note_export(None)?;
        }
        let film = self.download(export, &made?).await?;
        self.project_mut().is_delivered = true;
        self.screen.calm();
        self.note_export(None)?;
        self.say(&Phrase::Exported(&film.display().to_string()));
        Ok(Deed { did: "exported", output: Some(film) })
    }

    fn note_export(&mut self, export: Option<String>) -> Result<(), Trouble> {
        let talk = &mut self.project_mut().talk;
        talk.export = export;
        let talk = talk.clone();
        self.remember(talk)
    }

    /// The address of the film, once it is made. Waits as long as it moves.
    async fn made(&mut self, export: &str, meter: &Meter) -> Result<String, Trouble> {
        let (mut wait, mut blinks, mut reached) = (self.pace.glance, 0, -1.0);
        let (mut late, mut word) = (Instant::now() + self.pace.patience, Instant::now() + self.pace.word);
        loop {
            let told = self.wire.look(&format!("api/render/proxy/lambda/{export}")).await;
            let told = match told {
                Err(Trouble::Unreachable(_) | Trouble::Cut(_)) if blinks < BLINKS => {
                    blinks += 1;
                    sleep(wait).await;
                    wait = longer(wait, self.pace.most);
                    continue;
                }
                told => told?,
            };
            blinks = 0;
            match told["status"].as_str() {
                Some("completed") => return address(&told).ok_or(Trouble::Unreadable),
                Some("failed") => {
                    return Err(Refusal::told(FAILED, told["error"].as_str().unwrap_or_default()).into());
                }
                _ => {}
            }
            let progress = told["progress"].as_f64().unwrap_or(0.0);
            meter(Some(progress / 100.0));
            if progress > reached {
                (reached, late) = (progress, Instant::now() + self.pace.patience);
            } else if Instant::now() > late {
                return Err(Trouble::Late);
            }
            if Instant::now() > word {
                word += self.pace.word;
                self.screen.say(&Phrase::StillWorking.say(self.language));
            }
            sleep(wait).await;
            wait = longer(wait, self.pace.most);
        }
    }

    /// Fetches the film by its address, or by the token where that does not do.
    async fn download(&mut self, export: &str, address: &str) -> Result<PathBuf, Trouble> {
        let answer = match self.wire.fetch(address).await {
            Err(Trouble::Refused(_) | Trouble::Unreachable(_) | Trouble::Cut(_)) => {
                self.wire.fetch(&format!("api/render/proxy/{export}/download")).await?
            }
            answer => answer?,
        };
        let talk = &self.project().talk;
        // Where the film's folder is gone, the film goes where the user is.
        let beside = talk.film.clone().filter(|film| film.parent().is_some_and(Path::is_dir));
        let beside = beside.unwrap_or_else(|| PathBuf::from(&talk.name));
        keep(answer, &beside).await
    }
}

/// The code of an export that failed.
const FAILED: &str = "5001";

fn failed(trouble: &Trouble) -> bool {
    trouble.refused(5001).is_some()
}

/// Whether nothing will come of an export any more; after anything else it may be fetched later.
fn is_over(trouble: &Trouble) -> bool {
    failed(trouble) || trouble.refused(404).is_some()
}

/// The next wait after this one.
fn longer(wait: Duration, most: Duration) -> Duration {
    wait.mul_f64(1.5).min(most)
}

fn address(told: &Value) -> Option<String> {
    let address = told["output"]["url"].as_str().or_else(|| told["outputUrl"].as_str())?;
    Some(address.to_owned())
}

/// Writes the film beside another, whole or not at all, under a name that nothing has yet.
async fn keep(mut answer: Response, source: &Path) -> Result<PathBuf, Trouble> {
    let target = beside(&shortened(source));
    let name = FreeName::like(&target);
    let refused = |fault: Fault| Trouble::File(fault.to_string());
    let private = name.private().map_err(refused)?;
    let whole = private.path().join("film.mp4");
    let wrong =
        |source: std::io::Error| refused(Fault::File { done: "written", path: target.clone(), source });
    let length = answer.content_length();
    let mut file = File::create(&whole).map_err(wrong)?;
    let mut written = 0;
    while let Some(bytes) = answer.chunk().await.map_err(|fault| broken(&fault))? {
        file.write_all(&bytes).map_err(wrong)?;
        written += bytes.len() as u64;
    }
    if length.is_some_and(|length| length != written) {
        return Err(Trouble::Cut("the film is not whole".to_owned()));
    }
    file.sync_all().map_err(wrong)?;
    name.give(&whole).map_err(|why| Trouble::File(why.sentence()))
}

/// A film with a name that any file system takes.
fn shortened(source: &Path) -> PathBuf {
    let stem = source.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stem: String = stem.chars().take(LETTERS).collect();
    source.with_file_name(if stem.is_empty() { "film.mp4".to_owned() } else { format!("{stem}.mp4") })
}
