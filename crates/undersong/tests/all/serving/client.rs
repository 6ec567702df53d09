//! Somebody who uses the server with curl, as the skills do.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::server::{Reply, Server};

/// What the skills send with every request.
const ATTRIBUTION: [&str; 6] =
    ["-H", "X-Skill-Source: test", "-H", "X-Skill-Version: 1.0", "-H", "X-Skill-Platform: terminal"];

/// Somebody with a token and a session.
pub(super) struct Client<'s> {
    pub(super) server: &'s Server,
    pub(super) token: String,
    pub(super) user: String,
    pub(super) session: String,
}

impl Client<'_> {
    fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.token)
    }

    pub(super) fn curl(&self, path: &str, arguments: &[&str]) -> Reply {
        let bearer = self.bearer();
        let own = ["-H", bearer.as_str()];
        self.server.curl(path, &[&own[..], &ATTRIBUTION[..], arguments].concat())
    }

    /// Asks without saying which skill this is.
    pub(super) fn curl_plain(&self, path: &str, arguments: &[&str]) -> Reply {
        self.server.curl(path, &[&["-H", &self.bearer()][..], arguments].concat())
    }

    pub(super) fn look(&self, path: &str) -> Reply {
        self.curl(path, &[])
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Reply {
        self.curl(path, &["-H", "Content-Type: application/json", "-d", &body.to_string()])
    }

    pub(super) fn upload(&self, file: &Path) -> Reply {
        let path = format!("/api/upload-video/nemo_agent/me/{}", self.session);
        self.curl(&path, &["-F", &format!("files=@{}", file.display())])
    }

    /// Says something, and gives the stream as it came.
    pub(super) fn say(&self, words: &str) -> Reply {
        let message = json!({ "role": "user", "parts": [{ "text": words }] });
        let body = json!({
            "app_name": "nemo_agent", "user_id": "me", "session_id": self.session, "new_message": message,
            "streaming": false,
        });
        self.curl(
            "/run_sse",
            &[
                "-N",
                "-H",
                "Accept: text/event-stream",
                "-H",
                "Content-Type: application/json",
                "-d",
                &body.to_string(),
            ],
        )
    }

    pub(super) fn state(&self) -> Value {
        self.look(&format!("/api/state/nemo_agent/me/{}/latest", self.session)).json()["data"].clone()
    }

    pub(super) fn export(&self, id: &str) -> Reply {
        let output = json!({ "format": "mp4", "quality": "high" });
        self.post(
            "/api/render/proxy/lambda",
            &json!({ "id": id, "sessionId": self.session, "output": output }),
        )
    }

    /// Looks until an export has ended.
    pub(super) fn exported(&self, id: &str) -> Value {
        let began = Instant::now();
        loop {
            let told = self.look(&format!("/api/render/proxy/lambda/{id}")).json();
            let over = matches!(told["status"].as_str(), Some("completed" | "failed"));
            if over || began.elapsed() > Duration::from_secs(100) {
                return told;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}
