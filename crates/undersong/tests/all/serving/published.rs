//! The published texts of the two skills, walked against our server with only the address changed: every call that they
//! document, with their headers and bodies, and the sentences that they suggest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::super::program::film;
use super::server::{Reply, Server, last_word};

/// Where the published texts say the service is.
const THERE: &str = "https://mega-api-prod.nemovideo.ai";

/// A published text.
struct Published(String);

impl Published {
    /// The texts; none, and a word about it, where they are not beside the checkout.
    fn all() -> Vec<Published> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
        let Ok(entries) = fs::read_dir(&folder) else {
            println!("skipped: there are no published skills in ../shared/seeds");
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.iter().map(|path| Published(fs::read_to_string(path).unwrap())).collect()
    }

    /// What stands in backticks.
    fn codes(&self) -> impl Iterator<Item = &str> {
        self.0
            .lines()
            .filter(|line| !line.starts_with("```"))
            .flat_map(|line| line.split('`').skip(1).step_by(2))
    }

    /// The paths it documents, without the address before them.
    fn paths(&self) -> BTreeSet<&str> {
        let paths = self.codes().map(|code| code.strip_prefix(THERE).unwrap_or(code));
        // `/api/state` is what one text calls the state for short.
        paths
            .filter(|path| path.starts_with("/api/") && *path != "/api/state" || *path == "/run_sse")
            .collect()
    }

    /// The first body it shows that holds a key.
    fn body(&self, key: &str) -> Option<&str> {
        self.codes().find(|code| code.starts_with('{') && code.contains(&format!("\"{key}\"")))
    }

    /// What it suggests to say.
    fn sentences(&self) -> Vec<&str> {
        let said = self.0.lines().filter_map(|line| line.strip_prefix("- \"")?.strip_suffix('"'));
        said.collect()
    }

    /// The skill as it calls itself in `X-Skill-Source`.
    fn source(&self) -> &str {
        let row = self.0.lines().find(|line| line.starts_with("| `X-Skill-Source` |")).unwrap();
        row.split('`').nth(3).unwrap()
    }
}

/// Somebody who does what a published text says.
struct Walk<'s> {
    server: &'s Server,
    text: &'s Published,
    headers: Vec<String>,
    asked: BTreeSet<&'static str>,
}

impl Walk<'_> {
    /// Asks at a path as the text writes it, with what stands for its placeholders.
    fn ask(&mut self, path: &'static str, known: &[(&str, &str)], more: &[&str]) -> Reply {
        self.asked.insert(path);
        let path = known.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
        let headers = self.headers.iter().flat_map(|header| ["-H", header]);
        self.server.curl(&path, &headers.chain(more.iter().copied()).collect::<Vec<_>>())
    }

    fn post(&mut self, path: &'static str, known: &[(&str, &str)], body: &str) -> Reply {
        self.ask(path, known, &["-X", "POST", "-H", "Content-Type: application/json", "-d", body])
    }

    /// Says a sentence, and gives the last word; the body is the published one.
    fn say(&mut self, session: &str, sentence: &str) -> String {
        let shown = "{\"app_name\":\"nemo_agent\",\"user_id\":\"me\",\"session_id\":\"<sid>\",\
                     \"new_message\":{\"parts\":[{\"text\":\"<msg>\"}]}}";
        let body = self.text.body("new_message").unwrap_or(shown);
        let body = body.replace("<sid>", session).replace("<msg>", sentence);
        let stream = [
            "-X",
            "POST",
            "-H",
            "Accept: text/event-stream",
            "-H",
            "Content-Type: application/json",
            "-d",
            &body,
        ];
        last_word(&self.ask("/run_sse", &[], &stream).text())
    }

    /// Token, session, files, sentences, credits, state, export, film.
    fn all(&mut self, film: &Path) -> Vec<u8> {
        let path = "/api/auth/anonymous-token";
        let told = self
            .ask(path, &[], &["-X", "POST", "-H", "X-Client-Id: 5c7f1a52-3d0e-4c0e-9a54-0d7f3b1f2a11"])
            .json();
        assert_eq!(told["data"]["credits"], 100, "100 credits");
        self.headers.push(format!("Authorization: Bearer {}", told["data"]["token"].as_str().unwrap()));
        let body = self.text.body("task_name").unwrap().replace("<lang>", "en");
        let told = self.post("/api/tasks/me/with-session/nemo_agent", &[], &body).json();
        let session = told["data"]["session_id"].as_str().or(told["session_id"].as_str()).unwrap().to_owned();
        let sid = [("<sid>", session.as_str())];
        let file = format!("files=@{}", film.display());
        let told = self.ask("/api/upload-video/nemo_agent/me/<sid>", &sid, &["-F", &file]).json();
        for sentence in self.text.sentences() {
            assert!(!self.say(&session, sentence).is_empty(), "{sentence}");
        }
        let from = told["data"]["files"][0]["cdn_url"].as_str().unwrap();
        let body = self.text.body("urls").unwrap_or("{\"urls\":[\"<url>\"],\"source_type\":\"url\"}");
        let told =
            self.post("/api/upload-video/nemo_agent/me/<sid>", &sid, &body.replace("<url>", from)).json();
        assert_eq!(told["code"], 0, "{told}");
        let credits = self.ask("/api/credits/balance/simple", &[], &[]).json()["data"].clone();
        assert!(["available", "frozen", "total"].iter().all(|key| credits[key].is_number()), "{credits}");
        let state =
            self.ask("/api/state/nemo_agent/me/<sid>/latest", &sid, &[]).json()["data"]["state"].clone();
        let filled = |key: &str| state[key].as_array().is_some_and(|list| !list.is_empty());
        assert!(filled("video_infos") && filled("generated_media"), "{state}");
        self.export(&session, &state["draft"])
    }

    /// The film, as the text says to have it made and fetched.
    fn export(&mut self, session: &str, draft: &Value) -> Vec<u8> {
        let body = self.text.body("sessionId").unwrap();
        let body = body.replace("<ts>", "1").replace("<sid>", session).replace("<json>", &draft.to_string());
        let mut told = self.post("/api/render/proxy/lambda", &[], &body).json();
        let late = Instant::now() + Duration::from_secs(120);
        while told["status"] != "completed" {
            assert!(told["status"] != "failed" && Instant::now() < late, "{told}");
            std::thread::sleep(Duration::from_millis(100));
            told = self.ask("/api/render/proxy/lambda/<id>", &[("<id>", "render_1")], &[]).json();
        }
        let film = self.server.curl(told["output"]["url"].as_str().unwrap(), &[]);
        assert_eq!((film.status, film.headers["content-type"].as_str()), (200, "video/mp4"));
        film.bytes
    }
}

#[test]
fn every_call_of_the_published_skills_works_here() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    for text in Published::all() {
        let Some(server) = Server::start("[upload]\nprivate_hosts = [\"127.0.0.1\"]\n") else { return };
        let headers = vec![
            format!("X-Skill-Source: {}", text.source()),
            "X-Skill-Version: 1.0.0".to_owned(),
            "X-Skill-Platform: unknown".to_owned(),
        ];
        let mut walk = Walk { server: &server, text: &text, headers, asked: BTreeSet::new() };
        assert!(walk.all(&film).len() > 10_000, "a film");
        let documented = text.paths();
        let unasked: Vec<_> = documented.iter().filter(|path| !walk.asked.contains(**path)).collect();
        assert!(unasked.is_empty(), "{}: {unasked:?}", text.source());
        assert!(
            text.paths().len() >= 6 && text.sentences().len() == 3,
            "the text is read: {:?}",
            text.paths()
        );
    }
}
