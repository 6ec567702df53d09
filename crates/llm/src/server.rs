//! A server that has language models: its dialect, its address, and what it calls the model.

use genai::adapter::AdapterKind;
use genai::resolver::{AuthData, Endpoint};
use genai::{ModelIden, ServiceTarget};
use reqwest::Url;

use crate::settings::Settings;
use crate::{ModelError, Secret};

/// Where the dialects are at home.
const HOMES: [(&str, AdapterKind, &str); 4] = [
    ("openai", AdapterKind::OpenAI, "https://api.openai.com/v1/"),
    ("anthropic", AdapterKind::Anthropic, "https://api.anthropic.com/v1/"),
    ("gemini", AdapterKind::Gemini, "https://generativelanguage.googleapis.com/v1beta/"),
    ("ollama", AdapterKind::Ollama, "http://localhost:11434/"),
];

/// A model and the server that has it.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    dialect: AdapterKind,
    model: String,
    key: Option<Secret>,
    /// The base address; it ends with `/`.
    pub(crate) address: Url,
}

impl Server {
    /// The server that settings name.
    pub(crate) fn of(settings: &Settings) -> Result<Server, ModelError> {
        let (dialect, model) = match settings.model.split_once("::") {
            Some((name, model)) => (dialect(name)?, model),
            None => (guessed(settings)?, settings.model.as_str()),
        };
        if model.trim().is_empty() {
            return Err(ModelError::Settings("name a language model"));
        }
        let home = HOMES.iter().find(|home| home.1 == dialect).map_or("", |home| home.2);
        let address = address(settings.address.as_deref().unwrap_or(home))?;
        if settings.key.is_some() && address.scheme() == "http" && !is_here(&address) {
            return Err(ModelError::Settings(
                "send the key of a language model over https, or to this machine",
            ));
        }
        Ok(Server { dialect, model: model.to_owned(), key: settings.key.clone(), address })
    }

    /// What genai must know. Every part of it is given, so that it looks into nobody's environment.
    pub(crate) fn target(&self) -> ServiceTarget {
        ServiceTarget {
            endpoint: Endpoint::from_owned(self.address.as_str()),
            auth: AuthData::from_single(self.key.as_ref().map_or("", Secret::reveal)),
            model: ModelIden::new(self.dialect, self.model.clone()),
        }
    }
}

fn dialect(name: &str) -> Result<AdapterKind, ModelError> {
    let unknown = "name the language model's dialect as openai::, anthropic::, gemini:: or ollama::";
    HOMES.iter().find(|home| home.0 == name).map(|home| home.1).ok_or(ModelError::Settings(unknown))
}

/// The dialect that nobody named: OpenAI's at an address of one's own, else that of who makes such models. A key never goes to
/// somebody else than who gave it.
fn guessed(settings: &Settings) -> Result<AdapterKind, ModelError> {
    if settings.address.is_some() {
        return Ok(AdapterKind::OpenAI);
    }
    match AdapterKind::from_model(&settings.model) {
        Ok(kind @ (AdapterKind::Anthropic | AdapterKind::Gemini | AdapterKind::Ollama)) => Ok(kind),
        Ok(AdapterKind::OpenAI | AdapterKind::OpenAIResp) => Ok(AdapterKind::OpenAI),
        _ => Err(ModelError::Settings(
            "say where the language model lies: its address, or openai::, anthropic::, gemini:: or ollama:: before its name",
        )),
    }
}

fn address(text: &str) -> Result<Url, ModelError> {
    let wrong =
        ModelError::Settings("write the language model's address like https://host/v1, without a password");
    let Ok(mut url) = Url::parse(text.trim()) else { return Err(wrong) };
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !plain || url.host_str().is_none() || !matches!(url.scheme(), "http" | "https") {
        return Err(wrong);
    }
    // genai joins the last part of its path to it.
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// Whether an address is on this machine.
fn is_here(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(model: &str, address: Option<&str>) -> Result<Server, ModelError> {
        Server::of(&Settings { address: address.map(str::to_owned), ..Settings::of(model) })
    }

    #[test]
    fn a_prefix_chooses_the_dialect_and_an_address_replaces_its_home() {
        for (model, address, dialect, at) in [
            ("anthropic::claude-x", None, AdapterKind::Anthropic, "https://api.anthropic.com/v1/"),
            ("claude-x", None, AdapterKind::Anthropic, "https://api.anthropic.com/v1/"),
            ("gpt-4o-mini", None, AdapterKind::OpenAI, "https://api.openai.com/v1/"),
            ("qwen3:8b", None, AdapterKind::Ollama, "http://localhost:11434/"),
            ("qwen3:8b", Some("http://127.0.0.1:8000/v1"), AdapterKind::OpenAI, "http://127.0.0.1:8000/v1/"),
            ("gemini::g", Some("http://[::1]:9/x/"), AdapterKind::Gemini, "http://[::1]:9/x/"),
        ] {
            let server = server(model, address).unwrap();
            assert_eq!((server.dialect, server.address.as_str()), (dialect, at), "{model}");
        }
    }

    #[test]
    fn what_is_no_server_is_said_in_a_sentence() {
        for (model, address) in [
            ("", None),
            ("openai::", None),
            ("nobody::m", None),
            ("m", Some("ftp://host/")),
            ("m", Some("http://me:secret@host/v1")),
            ("m", Some("host:80")),
            ("deepseek-chat", None),
            ("grok-4", None),
        ] {
            let told = server(model, address).unwrap_err().to_string();
            assert!(!told.contains("secret") && told.contains("language model"), "{told}");
        }
    }

    #[test]
    fn a_key_goes_over_no_open_line() {
        let with_key = |address: &str| {
            let key = Some(Secret::new("k"));
            Server::of(&Settings { address: Some(address.to_owned()), key, ..Settings::of("m") })
        };
        assert!(with_key("http://models.example/v1").is_err());
        for address in ["https://models.example/v1", "http://localhost:8000", "http://[::1]:8000"] {
            assert!(with_key(address).is_ok(), "{address}");
        }
    }
}
