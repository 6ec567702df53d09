//! The protocol: lists the tools, takes calls to a desk, and tells what came of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, JsonObject,
    ListToolsResult, PaginatedRequestParams, ProgressNotificationParam, Resource, ServerCapabilities,
    ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::desk::Desk;
use super::refusal::Refusal;
use super::shapes::asked::{CancelJob, JobStatus, ListGenres};
use super::shapes::found::Genres;
use super::shapes::work::{Made, Status, Work};
use super::tools;
use crate::views::genre::listed;

/// The longest that somebody waits for a job in one call, and how often they hear of it meanwhile, where they want to.
const LONGEST: f64 = 30.0;
const BETWEEN: Duration = Duration::from_secs(1);

/// A desk that speaks the protocol.
pub(crate) struct Door<D> {
    desk: Arc<D>,
    tools: Tools,
}

/// Every tool as a client hears of it, written down once.
#[derive(Clone, Debug)]
pub(crate) struct Tools(Arc<[Tool]>);

impl Tools {
    /// The tools of a desk; `open_world` says whether films come from addresses.
    pub(crate) fn new(open_world: bool) -> Tools {
        Tools(tools::all(open_world).into())
    }
}

impl<D: Desk> Door<D> {
    pub(crate) fn new(desk: Arc<D>, tools: Tools) -> Door<D> {
        Door { desk, tools }
    }

    /// Does what one call asks; `None` where there is no such tool.
    async fn answer(
        &self,
        call: CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Option<Told> {
        let (desk, asked) = (&self.desk, call.arguments.unwrap_or_default());
        Some(match call.name.as_ref() {
            "open_film" => told_work(with(asked, |wanted| desk.open(wanted)).await),
            "describe_film" => told_work(with(asked, |wanted| desk.describe(wanted)).await),
            "add_music" => told_work(with(asked, |wanted| desk.add_music(wanted)).await),
            "edit_film" => told_work(with(asked, |wanted| desk.edit(wanted)).await),
            "undo_edit" => told_work(with(asked, |wanted| desk.undo(wanted)).await),
            "list_alternatives" => told_work(with(asked, |wanted| desk.alternatives(wanted)).await),
            "preview_music" => told_work(with(asked, |wanted| desk.preview(wanted)).await),
            "export_film" => told_work(with(asked, |wanted| desk.export(wanted)).await),
            "job_status" => told_state(with(asked, |wanted| self.wait(wanted, context)).await),
            "cancel_job" => {
                told_state(with(asked, |CancelJob { job }| async move { desk.cancel(&job).await }).await)
            }
            "show_timeline" => told(with(asked, |wanted| desk.timeline(wanted)).await),
            "show_licence" => told(with(asked, |wanted| desk.licence(wanted)).await),
            "list_genres" => told(with(asked, genres).await),
            _ => return None,
        })
    }

    /// Waits for a job, and lets who asked for progress hear of it.
    async fn wait(&self, wanted: JobStatus, context: &RequestContext<RoleServer>) -> Result<Work, Refusal> {
        if !(0.0..=LONGEST).contains(&wanted.wait_s) {
            return Err(Refusal::malformed("wait_s must be 0 to 30 seconds."));
        }
        let until = Instant::now() + Duration::from_secs_f64(wanted.wait_s);
        let mut heard = None;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let work = self.desk.status(&wanted.job, left.min(BETWEEN)).await?;
            if !work.is_going() || left.is_zero() || context.ct.is_cancelled() {
                return Ok(work);
            }
            if let Some(token) = context.meta.get_progress_token().filter(|_| heard != Some(work.progress)) {
                let progress = ProgressNotificationParam::new(token, f64::from(work.progress))
                    .with_total(100.0)
                    .with_message(work.stage.clone());
                // Whoever does not hear it asks again.
                let _ = context.peer.notify_progress(progress).await;
                heard = Some(work.progress);
            }
        }
    }
}

impl<D: Desk> ServerHandler for Door<D> {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        let us = Implementation::new("undersong", env!("CARGO_PKG_VERSION"))
            .with_title("undersong")
            .with_description("Scores films: adds original music, composed for exactly this film.");
        ServerConfig::new(capabilities).with_server_info(us).with_instructions(self.desk.about())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.0.to_vec()))
    }

    async fn call_tool(
        &self,
        call: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let name = call.name.clone();
        let told = self.answer(call, &context).await;
        let unknown = || ErrorData::invalid_params(format!("There is no tool called {name}."), None);
        Ok(told.ok_or_else(unknown)?.into())
    }
}

/// What a client is told.
type Told = CallToolResult;

/// Reads what is asked and does it.
async fn with<Asked, Given, Done>(
    asked: JsonObject,
    done: impl FnOnce(Asked) -> Done,
) -> Result<Given, Refusal>
where
    Asked: DeserializeOwned,
    Done: Future<Output = Result<Given, Refusal>>,
{
    let read = serde_json::from_value::<Asked>(Value::Object(asked));
    done(read.map_err(|why| Refusal::malformed(format!("The arguments cannot be used: {why}.")))?).await
}

async fn genres(wanted: ListGenres) -> Result<Genres, Refusal> {
    let library = studio::library()?;
    let about = wanted.about.map(|text| text.to_lowercase());
    let meant = |genre: &score::Genre| {
        let named = |text: &str| {
            genre.id == text
                || genre.words.iter().chain(&genre.occasions).any(|word| text.contains(word.as_str()))
        };
        about.as_deref().is_none_or(named)
    };
    Ok(Genres { genres: library.genres().iter().filter(|genre| meant(genre)).map(listed).collect() })
}

/// Work that failed at once is an error of the tool that was to do it.
fn told_work(done: Result<Work, Refusal>) -> Told {
    match done {
        Ok(Work { status: Status::Failed, error: Some(wrong), .. }) => {
            refused(&Refusal { code: wrong.code, message: wrong.message, retryable: wrong.retryable })
        }
        done => told_state(done),
    }
}

/// How work stands is an answer, however that is.
fn told_state(done: Result<Work, Refusal>) -> Told {
    let made = done.as_ref().ok().and_then(|work| work.result.as_ref()?.output.clone());
    let mut told = told(done);
    told.content.extend(made.as_ref().map(link));
    told
}

fn told<Given: Serialize>(done: Result<Given, Refusal>) -> Told {
    let given = done.and_then(|given| serde_json::to_value(given).map_err(|_| Refusal::broken()));
    match given {
        Ok(given) => {
            let mut told = CallToolResult::success(vec![ContentBlock::text(given.to_string())]);
            told.structured_content = Some(given);
            told
        }
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> Told {
    let again = if refusal.retryable { " It may go well another time." } else { "" };
    let text = format!("{} [{}]{again}", refusal.message, refusal.code);
    CallToolResult::error(vec![ContentBlock::text(text)])
}

fn link(made: &Made) -> ContentBlock {
    let resource = Resource::new(&made.uri, &made.name).with_mime_type(&made.mime_type).with_size(made.bytes);
    ContentBlock::resource_link(resource)
}
