//! The model: asks once, waits no longer than it may, and gives edits or says why there are none.

use std::sync::Arc;
use std::time::Duration;

use genai::chat::ChatRequest;
use genai::{Client, webc};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use serde_json::Value;
use sound::Progress;
use timeline::Edit;
use tokio::runtime;
use tokio::time::{sleep, timeout};

use crate::question::FUNCTION;
use crate::server::Server;
use crate::wire::Wire;
use crate::{ModelError, Question, Settings, When, answer, tool_schema};

/// How often somebody who wants to stop is heard.
const HEARD_EVERY: Duration = Duration::from_millis(50);

/// A language model that can be asked for edits. It opens nothing before it is asked.
#[derive(Debug)]
pub struct Model {
    settings: Settings,
    server: Server,
    schema: Value,
}

impl Model {
    /// The model that settings name.
    ///
    /// # Errors
    /// [`ModelError::Settings`] where they make no sense.
    pub fn new(settings: Settings) -> Result<Model, ModelError> {
        Ok(Model { server: Server::of(&settings)?, schema: tool_schema(), settings })
    }

    /// When it is asked.
    pub fn when(&self) -> When {
        self.settings.when
    }

    /// Whether it is shown pictures.
    pub fn sees(&self) -> bool {
        self.settings.vision
    }

    /// The edits that carry out what is asked; they have the form of edits, and nobody has applied them yet.
    ///
    /// It blocks until the answer is there, the patience of the settings is over or `progress` says to stop; not to be
    /// called from within an asynchronous runtime.
    ///
    /// # Errors
    /// A [`ModelError`] that tells why there are none.
    pub fn edits(&self, question: &Question<'_>, progress: &dyn Progress) -> Result<Vec<Edit>, ModelError> {
        let runtime = runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let message = question.message(&self.schema, self.settings.vision);
        let patience = self.settings.patience;
        let answered = runtime.block_on(async {
            tokio::select! {
                answer = timeout(patience, self.ask(message)) => answer.map_err(|_| ModelError::Slow(patience))?,
                () = stopped(progress) => Err(ModelError::Cancelled),
            }
        });
        // A name that is still being looked up would hold us as long as the system likes.
        runtime.shutdown_background();
        let mut edits = Vec::new();
        for argument in answered? {
            edits.extend(answer::edits(argument, &self.schema, question)?);
        }
        if edits.is_empty() { Err(ModelError::NoEdits) } else { Ok(edits) }
    }

    /// The arguments of the calls that the model makes.
    async fn ask(&self, message: ChatRequest) -> Result<Vec<Value>, ModelError> {
        let wire = Wire::lay(&self.server.address)?;
        let (client, trouble) = (self.client(&wire)?, wire.trouble());
        let carried = tokio::spawn(wire.carry());
        let answered = client.exec_chat(self.server.target(), message, None).await;
        carried.abort();
        let answer = answered.map_err(|fault| trouble.told().unwrap_or_else(|| told(&fault)))?;
        let calls = answer.into_tool_calls();
        if calls.iter().any(|call| call.fn_name != FUNCTION) {
            return Err(ModelError::Invalid);
        }
        Ok(calls.into_iter().map(|call| call.fn_arguments).collect())
    }

    /// A client that speaks through a wire: over TLS where the address says so, to nobody else, in no other way.
    fn client(&self, wire: &Wire) -> Result<Client, ModelError> {
        let web = reqwest::Client::builder()
            .unix_socket(wire.socket())
            .tls_backend_preconfigured(self.tls()?)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // What is packed may be larger than what comes over the wire.
            .no_gzip()
            .http1_only()
            .build()
            .map_err(std::io::Error::other)?;
        Client::builder().with_reqwest(web).build().map_err(|_| ModelError::Unreadable)
    }

    fn tls(&self) -> Result<ClientConfig, ModelError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let begun = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(std::io::Error::other)?;
        // Reading the system's certificates takes a while, and a plain address needs none.
        let verified = match self.server.address.scheme() {
            "https" => begun.with_platform_verifier().map_err(std::io::Error::other)?,
            _ => begun.with_root_certificates(RootCertStore::empty()),
        };
        Ok(verified.with_no_client_auth())
    }
}

/// Waits until somebody wants to stop.
async fn stopped(progress: &dyn Progress) {
    while progress.check().is_ok() {
        sleep(HEARD_EVERY).await;
    }
}

/// What a fault of genai comes to; its own words hold what was sent and what came back.
fn told(fault: &genai::Error) -> ModelError {
    match fault {
        genai::Error::WebModelCall {
            webc_error: webc::Error::ResponseFailedStatus { status, .. }, ..
        } => ModelError::Refused(status.as_u16()),
        genai::Error::WebModelCall { webc_error: webc::Error::Reqwest(fault), .. } if !fault.is_decode() => {
            ModelError::Unreachable
        }
        _ => ModelError::Unreadable,
    }
}
