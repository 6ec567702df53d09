//! `undersong serve`: the doors over HTTP, and `undersong config show`: what they would be set to.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use tracing_subscriber::filter::LevelFilter;

use super::ending::Ending;
use super::{Done, model, output};
use crate::server::settings::Settings;

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Serve {
    /// Listen here [default: 127.0.0.1:8787]; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Keep everything in this folder [default: undersong-server]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The database: sqlite:PATH or postgres://... [default: SQLite in the folder]
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// How the world reaches the server, for links [default: as the client calls it]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Need no token: for one person on this machine
    #[arg(long)]
    single_user: bool,
    /// Read settings from this TOML file; UNDERSONG_SERVE_... in the environment stand above it, flags above both
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    wish: Wish,
}

#[derive(Debug, Subcommand)]
enum Wish {
    /// Print every setting as TOML, as flags, environment, file and defaults make it
    Show(Serve),
}

impl Serve {
    /// The settings, as flags, environment, file and defaults make them.
    fn settings(&self) -> Result<Settings, Ending> {
        let mut settings = Settings::read(self.config.as_deref(), std::env::vars()).map_err(Ending::Usage)?;
        settings.listen = self.listen.unwrap_or(settings.listen);
        settings.folder = self.data.clone().unwrap_or(settings.folder);
        settings.database = self.database.clone().or(settings.database);
        settings.public_url = self.public_url.clone().or(settings.public_url);
        settings.single_user |= self.single_user;
        settings.check().map_err(Ending::Usage)?;
        Ok(settings)
    }
}

/// Serves until it is asked to stop.
pub(crate) fn run(wanted: &Serve) -> Done {
    let (settings, model) = (wanted.settings()?, model::named()?);
    // Another subscriber can only be there in tests; the first one counts.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(std::io::stderr)
        .with_max_level(LevelFilter::INFO)
        .try_init();
    let listening = |place: SocketAddr| _ = output::text(&format!("Listening on http://{place}\n"));
    crate::server::run(settings, model, listening).map_err(Ending::Usage)
}

/// Prints the settings.
pub(crate) fn config(wanted: &Config) -> Done {
    let Wish::Show(wanted) = &wanted.wish;
    let mut settings = wanted.settings()?;
    // A database's address may hold its password.
    if let Some(database) = settings.database.as_mut().filter(|database| !database.starts_with("sqlite:")) {
        *database = "postgres://...".to_owned();
    }
    let text = toml::to_string(&settings).map_err(|why| Ending::Usage(why.to_string()))?;
    output::text(&text)
}
