//! Asks the server, and reads its envelope.

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use reqwest::multipart::Form;
use reqwest::{Client, Method, RequestBuilder, Response, Url};
use serde_json::Value;

use super::trouble::{Refusal, Trouble};
use crate::tls;

/// How long a server may take to be there, and to say the next word of an answer.
const CONNECTING: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(900);
/// An answer longer than this is none.
const LONGEST: usize = 64 << 20;

/// The way to a server.
pub(crate) struct Wire {
    http: Client,
    /// For what is long on its way, which nobody answers until it is there.
    carrier: Client,
    base: Url,
    attribution: Attribution,
    token: Option<String>,
}

/// Who asks, as every request tells it.
#[derive(Clone, Debug)]
pub(crate) struct Attribution {
    pub(crate) source: String,
    pub(crate) platform: &'static str,
}

impl Wire {
    /// The way to the server at an address, without a token.
    ///
    /// # Errors
    /// Where the text is no address of a server, or this machine cannot make connections.
    pub(crate) fn new(base: &str, attribution: Attribution) -> Result<Wire, String> {
        let wrong =
            || format!("{base} is no address of a server; it should look like http://127.0.0.1:8787.");
        let mut base_url = Url::parse(base).map_err(|_| wrong())?;
        let is_plain = base_url.username().is_empty() && base_url.password().is_none();
        if !matches!(base_url.scheme(), "http" | "https") || !base_url.has_host() || !is_plain {
            return Err(wrong());
        }
        // What is joined to it comes after its own path.
        base_url.set_path(&format!("{}/", base_url.path().trim_end_matches('/')));
        let made =
            |silence| client(silence).map_err(|why| format!("This machine cannot make connections ({why})."));
        Ok(Wire {
            http: made(Some(SILENCE))?,
            carrier: made(None)?,
            base: base_url,
            attribution,
            token: None,
        })
    }

    /// The address, without a slash at its end.
    pub(crate) fn base(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    pub(crate) fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// Whether requests go with this token.
    pub(crate) fn is(&self, token: Option<&str>) -> bool {
        self.token.as_deref() == token
    }

    pub(crate) fn set_token(&mut self, token: Option<String>) {
        self.token = token;
    }

    /// What stands at a path.
    pub(crate) async fn look(&self, path: &str) -> Result<Value, Trouble> {
        read(send(self.ask(Method::GET, path)?).await?).await
    }

    /// Sends a document.
    pub(crate) async fn tell(&self, path: &str, body: &Value) -> Result<Value, Trouble> {
        let request = self.ask(Method::POST, path)?.header(CONTENT_TYPE, "application/json");
        read(send(request.body(body.to_string())).await?).await
    }

    /// Asks for a token in the name of a client.
    pub(crate) async fn introduce(&self, client: &str) -> Result<Value, Trouble> {
        let request = self.ask(Method::POST, "api/auth/anonymous-token")?.header("X-Client-Id", client);
        read(send(request).await?).await
    }

    /// Sends files.
    pub(crate) async fn upload(&self, path: &str, form: Form) -> Result<Value, Trouble> {
        read(send(self.ask_by(&self.carrier, Method::POST, path)?.multipart(form)).await?).await
    }

    /// Begins a stream of events, or takes one up behind the event of this number.
    pub(crate) async fn stream(
        &self,
        path: &str,
        body: &Value,
        after: Option<&str>,
    ) -> Result<Response, Trouble> {
        let mut request = self.ask(Method::POST, path)?.header(ACCEPT, "text/event-stream");
        if let Some(number) = after {
            request = request.header("Last-Event-ID", number);
        }
        let request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        let answer = send(request).await?;
        let streams = answer
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/event-stream")));
        if streams && answer.status().is_success() {
            return Ok(answer);
        }
        read(answer).await?;
        Err(Trouble::Unreadable)
    }

    /// A file by its address; ours goes with the token, a signed one without.
    pub(crate) async fn fetch(&self, address: &str) -> Result<Response, Trouble> {
        let url = self.base.join(address).map_err(|_| Trouble::Unreadable)?;
        let request = match address.contains("://") {
            true => self.http.get(url),
            false => self.ask(Method::GET, address)?,
        };
        let answer = send(request).await?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        read(answer).await?;
        Err(Trouble::Unreadable)
    }

    fn ask(&self, method: Method, path: &str) -> Result<RequestBuilder, Trouble> {
        self.ask_by(&self.http, method, path)
    }

    fn ask_by(&self, http: &Client, method: Method, path: &str) -> Result<RequestBuilder, Trouble> {
        let url = self.base.join(path).map_err(|_| Trouble::Unreadable)?;
        let request = http
            .request(method, url)
            .header("X-Skill-Source", &self.attribution.source)
            .header("X-Skill-Version", env!("CARGO_PKG_VERSION"))
            .header("X-Skill-Platform", self.attribution.platform);
        Ok(match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    }
}

fn client(silence: Option<Duration>) -> Result<Client, Box<dyn std::error::Error>> {
    let client = Client::builder().tls_backend_preconfigured(tls::client()?).http1_only();
    let client = client.connect_timeout(CONNECTING);
    Ok(match silence {
        Some(silence) => client.read_timeout(silence),
        None => client,
    }
    .build()?)
}

async fn send(request: RequestBuilder) -> Result<Response, Trouble> {
    request.send().await.map_err(|fault| broken(&fault))
}

/// What became of a connection, without the address: it may hold a signature.
pub(crate) fn broken(fault: &reqwest::Error) -> Trouble {
    let mut cause: &dyn std::error::Error = fault;
    while let Some(next) = cause.source() {
        cause = next;
    }
    match fault.is_connect() {
        true => Trouble::Unreachable(cause.to_string()),
        false => Trouble::Cut(cause.to_string()),
    }
}

/// The data of an envelope, or the whole of what has none.
async fn read(mut answer: Response) -> Result<Value, Trouble> {
    let status = answer.status().as_u16();
    let wait = answer.headers().get(RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
    let mut bytes = Vec::new();
    while let Some(more) = answer.chunk().await.map_err(|fault| broken(&fault))? {
        if bytes.len() + more.len() > LONGEST {
            return Err(Trouble::Unreadable);
        }
        bytes.extend_from_slice(&more);
    }
    let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if let Some(refusal) = Refusal::of(status, &body, wait.map(Duration::from_secs)) {
        return Err(refusal.into());
    }
    match &body["data"] {
        Value::Object(_) => Ok(body["data"].clone()),
        _ if body.is_object() => Ok(body),
        _ => Err(Trouble::Unreadable),
    }
}
