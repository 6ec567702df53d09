//! One client on standard input and output.

use std::sync::Arc;
use std::time::Duration;

use llm::Model;
use rmcp::transport::stdio;

use super::door::{Door, Tools};
use super::local::Local;
use super::local::folders::Folders;
use crate::cli::stopping;

/// How often somebody looks whether Ctrl-C was pressed.
const GLANCE: Duration = Duration::from_millis(50);
/// How long work that was called off may take to tidy up.
const TIDYING: Duration = Duration::from_secs(10);

/// Serves until the client leaves or somebody asks to stop; what goes on then is called off.
///
/// # Errors
/// A sentence that says what could not be done.
pub(crate) fn run(folders: Folders, model: Option<Model>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|why| format!("Tools cannot be served here ({why})."))?;
    let done = runtime.block_on(async {
        let local = Local::new(folders, model).map_err(|refusal| refusal.message)?;
        let local = Arc::new(local);
        let done = serve(Arc::clone(&local)).await;
        let _ = tokio::time::timeout(TIDYING, local.close()).await;
        done
    });
    // A read of standard input that still waits is left behind.
    runtime.shutdown_background();
    done
}

async fn serve(local: Arc<Local>) -> Result<(), String> {
    let stopped = async {
        while !stopping::asked() {
            tokio::time::sleep(GLANCE).await;
        }
    };
    let served = async {
        // A client that leaves before it says anything has nothing to complain about.
        let Ok(service) = rmcp::serve_server(Door::new(local, Tools::new(false)), stdio()).await else {
            return Ok(());
        };
        service.waiting().await.map(|_| ()).map_err(|why| format!("The tools broke off ({why})."))
    };
    tokio::select! {
        done = served => done,
        () = stopped => Ok(()),
    }
}
