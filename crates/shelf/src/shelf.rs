//! The shelf itself: opened once, shared by everybody.

use std::path::Path;
use std::sync::Arc;

use crate::accounts::Accounts;
use crate::base::Base;
use crate::blobs::{Blobs, Vault};
use crate::deliveries::Deliveries;
use crate::error::Result;
use crate::events::Events;
use crate::files::Files;
use crate::hooks::Hooks;
use crate::jobs::Jobs;
use crate::ledger::Ledger;
use crate::replies::Replies;
use crate::runs::Runs;
use crate::sessions::Sessions;
use crate::settings::Settings;

/// All that is kept. Cloning it is cheap, and every clone is the same shelf.
#[derive(Clone)]
pub struct Shelf {
    base: Arc<Base>,
    vault: Arc<Vault>,
}

impl Shelf {
    /// Opens what `settings` name, makes what is not there, and brings the database to the newest step.
    ///
    /// # Errors
    /// [`Settings`](crate::ShelfError::Settings) where they make no sense, [`Newer`](crate::ShelfError::Newer) where a newer undersong
    /// wrote the database, [`Database`](crate::ShelfError::Database) or [`Blob`](crate::ShelfError::Blob) where it cannot be opened.
    pub async fn open(settings: &Settings) -> Result<Self> {
        let vault = Arc::new(Vault::open(&settings.blobs).await?);
        Ok(Self { base: Arc::new(Base::open(settings).await?), vault })
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Reads and writes once, without leaving a trace: whether the shelf can be worked with.
    ///
    /// # Errors
    /// What stands in the way, [`Full`](crate::ShelfError::Full) for one.
    pub async fn ping(&self) -> Result<()> {
        self.base.ping().await
    }

    /// Copies the database, as of one moment and while it is in use, to a file that is not there yet; [`open`](Self::open) opens it.
    /// [`copy`](Self::copy) copies the blobs, too.
    ///
    /// # Errors
    /// [`Taken`](crate::ShelfError::Taken) where the file is there; [`Settings`](crate::ShelfError::Settings) on PostgreSQL, which
    /// `pg_dump` copies; [`Full`](crate::ShelfError::Full), and what else the disk says.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        self.base.backup(to).await
    }

    /// Ends it: writes that were begun are finished, later ones fail with [`Closed`](crate::ShelfError::Closed).
    pub async fn close(&self) {
        self.base.close().await;
    }

    /// Who may come in.
    #[must_use]
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(&self.base)
    }

    /// What people work on.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(&self.base)
    }

    /// Credits, and where they went.
    #[must_use]
    pub fn ledger(&self) -> Ledger<'_> {
        Ledger(&self.base)
    }

    /// What happened, in order.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events(&self.base)
    }

    /// Turns of a conversation.
    #[must_use]
    pub fn runs(&self) -> Runs<'_> {
        Runs(&self.base)
    }

    /// What people brought.
    #[must_use]
    pub fn files(&self) -> Files<'_> {
        Files { base: &self.base, vault: &self.vault }
    }

    /// Films, songs and exports as bytes.
    #[must_use]
    pub fn blobs(&self) -> Blobs<'_> {
        Blobs(&self.vault)
    }

    /// Long work.
    #[must_use]
    pub fn jobs(&self) -> Jobs<'_> {
        Jobs(&self.base)
    }

    /// What was answered to requests that may come again.
    #[must_use]
    pub fn replies(&self) -> Replies<'_> {
        Replies(&self.base)
    }

    /// Where accounts want to be told.
    #[must_use]
    pub fn hooks(&self) -> Hooks<'_> {
        Hooks(&self.base)
    }

    /// Notices on their way.
    #[must_use]
    pub fn deliveries(&self) -> Deliveries<'_> {
        Deliveries(&self.base)
    }
}
