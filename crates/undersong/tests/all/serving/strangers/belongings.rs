//! One of everything that an account can have.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::{Value, json};

use super::super::super::program::film;
use super::super::resume::begin;
use super::super::server::{Client, events};

/// What a user has, by number and by name.
pub(super) struct Belongings {
    pub(super) token: String,
    pub(super) user: String,
    pub(super) session: String,
    pub(super) task: String,
    pub(super) file: String,
    /// The number of a run, which stands in its events.
    run: String,
    /// An upload that was begun.
    pub(super) upload: String,
    /// What the user calls its export, and the number that it has in links.
    pub(super) render: String,
    pub(super) job: String,
    /// A link to the film.
    link: String,
    pub(super) webhook: String,
    secret: String,
    delivery: String,
    pub(super) claim: String,
    pub(super) email: String,
    pub(super) password: String,
    /// The name of a request that was answered.
    pub(super) key: String,
}

/// A hook that takes one notice; gives its address.
fn listener() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    });
    url
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
}

impl Belongings {
    /// Makes one of everything; `None` where there is no film to begin with.
    pub(super) fn made(client: &Client) -> Option<Belongings> {
        let film = film("bikes_street_cuts_640x272_noaudio.mp4")?;
        let hook = client.post("/api/webhooks", &json!({ "url": listener() })).json()["data"].clone();
        let email = format!("{}@example.org", client.user);
        let password = format!("horse of {}", client.user);
        let registration = json!({ "email": email, "password": password });
        assert_eq!(client.post("/api/auth/register", &registration).status, 200);
        let file = client.upload(&film).json()["files"][0].clone();
        let told = events(&client.say("add calm piano music").text());
        let upload = begin(client, "begun.mp4", 9).headers["location"].rsplit('/').next().unwrap().to_owned();
        let claim = client.post("/api/auth/claim-token", &json!({ "session_id": client.session })).json();
        let key = format!("key of {}", client.user);
        let make = ["-X", "POST", "-H", &format!("Idempotency-Key: {key}")];
        assert_eq!(client.curl("/api/tasks/me/with-session/nemo_agent", &make).status, 200);
        // The name of an export is its owner's choice; two owners may choose the same.
        let render = format!("render of {}", client.user).replace(' ', "_");
        client.export(&render);
        let made = client.exported(&render);
        let link = text(&made["outputUrl"]);
        let job = link.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
        let (webhook, secret) = (text(&hook["id"]), text(&hook["secret"]));
        let delivery = delivered(client, &webhook);
        Some(Belongings {
            token: client.token.clone(),
            user: client.user.clone(),
            session: client.session.clone(),
            task: text(&client.state()["task_id"]),
            file: text(&file["file_id"]),
            run: text(&told[0].0["invocationId"]),
            claim: text(&claim["data"]["claim_token"]),
            upload,
            render,
            job,
            link,
            webhook,
            secret,
            delivery,
            email,
            password,
            key,
        })
    }

    /// A word of the link to the film: `u`, `w`, `e` or `s`.
    pub(super) fn of_link(&self, name: &str) -> String {
        let query = self.link.split_once('?').unwrap().1;
        let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        found.unwrap_or_else(|| panic!("{name}: {query}")).to_owned()
    }

    /// What nobody else may read.
    pub(super) fn secrets(&self) -> Vec<&str> {
        let Belongings { token, user, session, task, file, run, upload, render, .. } = self;
        let Belongings { job, link, webhook, secret, delivery, claim, email, password, key, .. } = self;
        [
            token, user, session, task, file, run, upload, render, job, link, webhook, secret, delivery,
            claim, email, password, key,
        ]
        .map(String::as_str)
        .to_vec()
    }
}

/// The number of a delivery, when it has arrived.
fn delivered(client: &Client, webhook: &str) -> String {
    loop {
        let told = client.look(&format!("/api/webhooks/{webhook}/deliveries")).json();
        let delivery = &told["data"]["deliveries"][0];
        if delivery["state"] == "sent" {
            return text(&delivery["id"]);
        }
        assert_ne!(delivery["state"], "failed", "{told}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}
