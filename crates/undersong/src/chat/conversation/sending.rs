//! Files on their way to the server.

use std::path::Path;
use std::sync::Arc;

use futures_util::StreamExt;
use reqwest::Body;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::Conversation;
use crate::chat::phrases::Phrase;
use crate::chat::screen::Meter;
use crate::chat::sent::{Sent, opens_a_film};
use crate::chat::trouble::Trouble;

/// Bytes that are read at a time.
const PIECE: usize = 256 << 10;

impl Conversation<'_> {
    /// Sends films, pictures and sound to the session of the film that is spoken of.
    pub(super) async fn send(&mut self, sent: Vec<Sent>) -> Result<(), Trouble> {
        for one in sent {
            self.deliver(&one).await?;
            // The server begins anew with a film that comes after an export.
            let begins = self.project().is_delivered && opens_a_film(&self.project().sent, &one);
            let talk = &mut self.project_mut().talk;
            if talk.name.is_empty() || begins {
                talk.name = one.name();
                talk.film = match &one {
                    Sent::File(path) => Some(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
                    Sent::Address(_) => None,
                };
            }
            let talk = talk.clone();
            self.project_mut().sent.push(one);
            self.project_mut().is_delivered = false;
            self.remember(talk)?;
        }
        Ok(())
    }

    /// Sends one, and says that it is there.
    pub(super) async fn deliver(&mut self, one: &Sent) -> Result<(), Trouble> {
        let name = one.name();
        let what = Phrase::Uploading(&name).say(self.language);
        let meter = self.screen.meter(&what);
        let length = match one {
            Sent::File(path) => length(path)?,
            Sent::Address(_) => 0,
        };
        let told = {
            let name = name.clone();
            let sending = self.with_session(async |wire, session| {
                let path = format!("api/upload-video/nemo_agent/me/{session}");
                match one {
                    Sent::File(file) => wire.upload(&path, form(file, &name, length, &meter).await?).await,
                    Sent::Address(address) => {
                        wire.tell(&path, &json!({ "urls": [address], "source_type": "url" })).await
                    }
                }
            });
            sending.await?
        };
        self.screen.calm();
        let about = about(&told["files"][0]);
        self.say(&Phrase::Uploaded { name: &name, about });
        Ok(())
    }
}

fn length(path: &Path) -> Result<u64, Trouble> {
    let read = std::fs::metadata(path).and_then(|known| match known.is_file() {
        true => Ok(known.len()),
        false => Err(std::io::Error::other("it is no file")),
    });
    read.map_err(|why| Trouble::File(format!("{} cannot be read ({why}).", path.display())))
}

/// A form with the file in it, read as it is sent.
async fn form(path: &Path, name: &str, length: u64, meter: &Meter) -> Result<Form, Trouble> {
    let wrong = |why: std::io::Error| Trouble::File(format!("{} cannot be read ({why}).", path.display()));
    let file = File::open(path).await.map_err(wrong)?;
    let (meter, mut gone) = (Arc::clone(meter), 0);
    let pieces = futures_util::stream::unfold(file, |mut file| async {
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(piece), file))
            }
            Err(why) => Some((Err(why), file)),
        }
    });
    let counted = pieces.inspect(move |piece| {
        gone += piece.as_ref().map_or(0, Vec::len);
        meter((length > 0).then(|| gone as f64 / length as f64));
    });
    let part = Part::stream_with_length(Body::wrap_stream(counted), length).file_name(name.to_owned());
    Ok(Form::new().part("files", part))
}

/// What the server says of a file: `: 30.0 s, 1280x720`.
fn about(file: &Value) -> String {
    let mut told = Vec::new();
    if let Some(seconds) = file["duration"].as_f64().filter(|seconds| *seconds > 0.0) {
        told.push(format!("{seconds:.1} s"));
    }
    if let (Some(width), Some(height)) = (file["width"].as_i64(), file["height"].as_i64()) {
        told.push(format!("{width}x{height}"));
    }
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}
