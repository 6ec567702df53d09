//! Which server is meant: the flags that every command about it shares.

use std::path::PathBuf;

use clap::Args;

use super::ending::Ending;
use crate::server::settings::{Address, Settings};

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Place {
    /// Keep everything in this folder [default: undersong-server]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The database: sqlite:PATH or postgres://... [default: SQLite in the folder]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Read settings from this TOML file; UNDERSONG_SERVE_... in the environment stand above it, flags above both
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Place {
    /// The settings, as flags, environment, file and defaults make them; not checked yet.
    pub(crate) fn settings(&self) -> Result<Settings, Ending> {
        let mut settings = Settings::read(self.config.as_deref(), std::env::vars()).map_err(Ending::Usage)?;
        settings.folder = self.data.clone().unwrap_or(settings.folder);
        if let Some(database) = &self.database {
            settings.database = Some(Address::new(database));
            settings.database_file = None;
        }
        Ok(settings)
    }
}
