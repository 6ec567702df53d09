//! Files come in: as parts of a form, or by their addresses.

use std::convert::Infallible;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request, State};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use shelf::Sealed;
use utoipa::ToSchema;

use crate::server::caller::Caller;
use crate::server::dialect::envelope::Twice;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::errors::refusal::Refusal;
use crate::server::dialect::message::{Body, Read};
use crate::server::dialect::session::{FileView, Uploaded};
use crate::server::disk;
use crate::server::document::signature::Asks;
use crate::server::document::sketch::{Sketch, bytes};
use crate::server::house::{Shared, refused};
use crate::server::routes::BODY;
use crate::server::tally::Entered;
use crate::server::workshop::fetching::{self, Fetched};
use crate::server::workshop::intake::{self, Taken};

/// Bytes of a megabyte, as people who send files count.
const MEGABYTE: u64 = 1_000_000;
/// How long a client may go on to send what is refused.
const DRAIN: std::time::Duration = std::time::Duration::from_secs(60);

/// A request with files in it, as parts of a form or by their addresses.
pub(crate) struct Uploading(Request);

/// Files that are to be fetched.
#[derive(Debug, ToSchema)]
pub(crate) struct Addresses {
    /// Public http or https addresses.
    urls: Vec<String>,
    /// `url`.
    #[allow(dead_code)] // nothing else is known
    source_type: Option<String>,
}

impl FromRequest<Shared> for Uploading {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &Shared) -> Result<Uploading, Infallible> {
        Ok(Uploading(request))
    }
}

impl Asks for Uploading {
    fn ask(sketch: &mut Sketch) {
        let files = json!({ "type": "array", "minItems": 1, "description": "Films, photos and recordings.", "items": bytes() });
        let form = json!({ "type": "object", "required": ["files"], "properties": { "files": files } });
        sketch.takes("multipart/form-data", true, form);
        let addresses = sketch.schema_of::<Addresses>();
        sketch.takes("application/json", true, addresses);
        sketch.refuses(&Refusal::OF_FILES);
        sketch.refuses(&[Refusal::Malformed, Refusal::BadAddress, Refusal::NotFetched]);
    }
}

/// Takes files in.
pub(crate) async fn upload(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
    Uploading(request): Uploading,
) -> Result<Twice<Uploaded>, Problem> {
    caller.is(&user)?;
    house.shelf.sessions().find(caller.owner(), &id).await.map_err(|fault| caller.refused(fault))?;
    let _slot = room(&house, &caller, declared(&request)).await?;
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let taken = if kind.starts_with("multipart/form-data") {
        let form = Multipart::from_request(request, &()).await;
        let mut form = form.map_err(|why| Problem::Malformed(why.body_text()))?;
        let taken = parts(&house, &caller, &id, &mut form).await;
        if taken.is_err() {
            drain(&mut form).await;
        }
        taken?
    } else {
        let mut request = request;
        // Files may be of any size, since they are not held in memory; this is.
        DefaultBodyLimit::max(BODY).apply(&mut request);
        let body = Body::<Addresses>::from_request(request, &house).await;
        let wanted = body.map_err(|why| Problem::of_status(why.status(), why.body_text()))?.read()?;
        fetched(&house, &caller, &id, &wanted.urls).await?
    };
    if taken.is_empty() {
        return Err(Problem::Malformed("There is no file in the field files.".to_owned()));
    }
    let revision = intake::show(&house, caller.owner(), &id, &taken).await?;
    let files = taken.iter().map(|one| FileView::of(&house, &caller, &one.file)).collect();
    Ok(Twice(Uploaded { files, session_state_applied: true, revision }))
}

/// The length that a request says it has.
fn declared(request: &Request) -> u64 {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// A place among the uploads, where there is one and the account may keep more.
pub(crate) async fn room(house: &Shared, caller: &Caller, bytes: u64) -> Result<Entered, Problem> {
    disk::room(house, bytes)?;
    let kept = house.shelf.files().bytes_of(caller.owner()).await.map_err(refused("account"))?;
    if kept.saturating_add(bytes) > caller.rights.account_megabytes.saturating_mul(MEGABYTE) {
        let most = caller.rights.account_megabytes;
        return Err(Problem::OverLimit(format!(
            "This account keeps {most} MB at most; delete old sessions first."
        )));
    }
    let terms = &house.settings.upload;
    house.uploads.enter(caller.owner().as_str(), terms.per_account, terms.at_once)
}

/// The files of a form; fields of another kind are read over.
async fn parts(
    house: &Shared,
    caller: &Caller,
    id: &str,
    form: &mut Multipart,
) -> Result<Vec<Taken>, Problem> {
    let mut taken = Vec::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let named = field.file_name().map(str::to_owned);
        let ours = matches!(field.name(), Some("files" | "file" | "files[]"));
        let Some(name) = named.or_else(|| ours.then(|| "file".to_owned())) else { continue };
        if taken.len() == house.settings.upload.files {
            let most = house.settings.upload.files;
            return Err(Problem::OverLimit(format!("At most {most} files can be sent at once.")));
        }
        let sealed = received(house, caller, field).await?;
        taken.push(intake::take(house, caller.owner(), id, &name, sealed).await?);
    }
    Ok(taken)
}

/// Reads what is left of a form: many clients hear a refusal only when they have said all.
async fn drain(form: &mut Multipart) {
    let all = async { while let Ok(Some(_)) = form.next_field().await {} };
    let _ = tokio::time::timeout(DRAIN, all).await;
}

/// The files at some addresses.
pub(crate) async fn fetched(
    house: &Shared,
    caller: &Caller,
    id: &str,
    urls: &[String],
) -> Result<Vec<Taken>, Problem> {
    if urls.len() > house.settings.upload.files {
        let most = house.settings.upload.files;
        return Err(Problem::OverLimit(format!("At most {most} files can be sent at once.")));
    }
    let mut taken = Vec::new();
    for url in urls {
        let Fetched { name, sealed } = fetching::fetch(house, url, caller.rights.megabytes).await?;
        taken.push(intake::take(house, caller.owner(), id, &name, sealed).await?);
    }
    Ok(taken)
}

/// Writes a file down as it comes; memory does not grow with it.
async fn received(house: &Shared, caller: &Caller, mut field: Field<'_>) -> Result<Sealed, Problem> {
    let most = caller.rights.megabytes.saturating_mul(MEGABYTE);
    let mut incoming = house.shelf.blobs().begin(most).await.map_err(refused("file"))?;
    while let Some(bytes) = field.chunk().await.map_err(broken)? {
        disk::room(house, 0)?;
        incoming.write(&bytes).await.map_err(refused("file"))?;
    }
    incoming.seal().await.map_err(refused("file"))
}

fn broken(why: MultipartError) -> Problem {
    match why.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::Malformed("The form is too large.".to_owned()),
        _ => {
            Problem::Malformed(format!("The form cannot be read: {}.", why.body_text().trim_end_matches('.')))
        }
    }
}

impl Read for Addresses {
    type Written = Addresses;

    fn read(body: &Value) -> Result<Addresses, Problem> {
        let urls: Vec<String> = match body.get("urls").or_else(|| body.get("url")) {
            Some(Value::String(url)) => vec![url.clone()],
            Some(Value::Array(urls)) => {
                urls.iter().filter_map(|url| url.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        match urls.is_empty() {
            true => {
                Err(Problem::Malformed("Send a form with the field files, or JSON with urls.".to_owned()))
            }
            false => Ok(Addresses { urls, source_type: None }),
        }
    }
}
