//! `undersong serve`: the doors over HTTP, and `undersong config show`: what they would be set to.

use std::net::SocketAddr;

use clap::{Args, Subcommand};
use tracing_subscriber::filter::LevelFilter;

use super::ending::Ending;
use super::place::Place;
use super::{Done, model, output};
use crate::server::settings::Settings;

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Serve {
    /// Listen here [default: 127.0.0.1:8787]; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    place: Place,
    /// How the world reaches the server, for links [default: as the client calls it]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Need no token: for one person on this machine
    #[arg(long)]
    single_user: bool,
    /// Serve nothing: ask the server of these settings whether it is ready, and end with 0 if it is
    #[arg(long)]
    check: bool,
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
        let mut settings = self.place.settings()?;
        settings.listen = self.listen.unwrap_or(settings.listen);
        settings.public_url = self.public_url.clone().or(settings.public_url);
        settings.single_user |= self.single_user;
        settings.check().map_err(Ending::Usage)?;
        Ok(settings)
    }
}

/// Serves until it is asked to stop.
pub(crate) fn run(wanted: &Serve) -> Done {
    let settings = wanted.settings()?;
    if wanted.check {
        return crate::server::check(&settings).map_err(Ending::Failed);
    }
    let model = model::named()?;
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
    let text = toml::to_string(&wanted.settings()?).map_err(|why| Ending::Usage(why.to_string()))?;
    output::text(&text)
}
