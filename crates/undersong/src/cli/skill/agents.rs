//! The assistants, and the folders in which each looks for a person's skills.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(super) enum Agent {
    /// Claude Code
    Claude,
    /// Cursor
    Cursor,
    /// OpenClaw
    Openclaw,
    /// Codex
    Codex,
}

impl Agent {
    pub(super) const ALL: [Agent; 4] = [Agent::Claude, Agent::Cursor, Agent::Openclaw, Agent::Codex];

    /// Whether somebody with this home has the assistant: it has made its own folder.
    pub(super) fn lives(self, home: &Path) -> bool {
        self.own(home).is_dir()
    }

    /// Where it looks for the skills of a person, whatever project is open.
    pub(super) fn skills(self, home: &Path) -> PathBuf {
        match self {
            // Codex reads the folder that assistants share; its own is for what comes with it.
            Agent::Codex => home.join(".agents/skills"),
            Agent::Claude | Agent::Cursor | Agent::Openclaw => self.own(home).join("skills"),
        }
    }

    /// The folder in which the assistant keeps its settings.
    fn own(self, home: &Path) -> PathBuf {
        let (variable, usual) = match self {
            Agent::Claude => (Some("CLAUDE_CONFIG_DIR"), ".claude"),
            Agent::Cursor => (None, ".cursor"),
            Agent::Openclaw => (None, ".openclaw"),
            Agent::Codex => (Some("CODEX_HOME"), ".codex"),
        };
        let named = variable.and_then(env::var_os).filter(|named| !named.is_empty());
        named.map_or_else(|| home.join(usual), PathBuf::from)
    }
}

impl fmt::Display for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Agent::Claude => "claude",
            Agent::Cursor => "cursor",
            Agent::Openclaw => "openclaw",
            Agent::Codex => "codex",
        })
    }
}
