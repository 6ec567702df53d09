//! A store that speaks S3; its folder of this machine holds what is on its way, and copies of what was fetched.

use std::path::Path;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart, path};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::{Incoming, disk, said};
use crate::error::{Result, ShelfError};
use crate::settings::Bucket;

/// Bytes of a part, up and down; S3 takes parts from 5 MiB on, and 10,000 of them.
const PART: usize = 16 << 20;
/// Bytes read from the disk at once.
const CHUNK: usize = 1 << 20;
/// Parts on their way at once: with [`PART`] what an upload costs in memory.
const AT_ONCE: usize = 2;

/// The bucket that the settings name.
pub(super) fn open(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>> {
    // Whoever installed one before us installed the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_endpoint(endpoint(bucket)?)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.access_key)
        .with_secret_access_key(&bucket.secret_key)
        .with_allow_http(bucket.endpoint.starts_with("http://"))
        .with_virtual_hosted_style_request(!bucket.path_style);
    let store = store.build().map_err(said)?;
    let prefix = bucket.prefix.trim_matches('/');
    if prefix.is_empty() {
        return Ok(Arc::new(store));
    }
    let prefix = path::Path::parse(prefix)
        .map_err(|_| ShelfError::Settings("prefix: names between single slashes".to_owned()))?;
    Ok(Arc::new(PrefixStore::new(store, prefix)))
}

/// Where requests go: the library puts the bucket in the path, but not before the host.
fn endpoint(bucket: &Bucket) -> Result<String> {
    let place = bucket.endpoint.trim_end_matches('/');
    let parts = place.split_once("://").filter(|(scheme, host)| {
        matches!(*scheme, "http" | "https") && !host.is_empty() && !host.contains(['/', '@'])
    });
    match parts {
        None => Err(ShelfError::Settings("endpoint: http://HOST or https://HOST".to_owned())),
        Some(_) if bucket.path_style => Ok(place.to_owned()),
        Some((scheme, host)) => Ok(format!("{scheme}://{}.{host}", bucket.name)),
    }
}

/// Sends a file; it is kept when this answers.
pub(super) async fn send(store: &dyn ObjectStore, key: &path::Path, from: &Path, bytes: u64) -> Result<()> {
    let mut file = File::open(from).await?;
    if bytes <= PART as u64 {
        let mut whole = Vec::new();
        file.read_to_end(&mut whole).await?;
        store.put(key, whole.into()).await.map_err(said)?;
        return Ok(());
    }
    let upload = store.put_multipart(key).await.map_err(said)?;
    let mut parts = WriteMultipart::new_with_chunk_size(upload, PART);
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = match file.read(&mut chunk).await {
            Ok(read) => read,
            Err(error) => {
                // Parts that were sent would be paid for until somebody takes them away.
                let _ = parts.abort().await;
                return Err(error.into());
            }
        };
        if read == 0 {
            break;
        }
        parts.wait_for_capacity(AT_ONCE).await.map_err(said)?;
        parts.write(&chunk[..read]);
    }
    parts.finish().await.map_err(said)?;
    Ok(())
}

/// Fetches a blob of so many bytes to its place below `root`.
pub(super) async fn fetch(
    store: &dyn ObjectStore,
    key: &path::Path,
    bytes: u64,
    incoming: &Path,
    root: &Path,
) -> Result<()> {
    let mut copy = Incoming::begin(incoming, u64::MAX).await?;
    while copy.bytes() < bytes {
        let from = copy.bytes();
        let part = store.get_range(key, from..bytes.min(from + PART as u64)).await.map_err(said)?;
        copy.write(&part).await?;
    }
    let (sealed, root, to) = (copy.seal().await?, root.to_owned(), key.to_string());
    let from = sealed.path().to_owned();
    disk::blocking(move || disk::publish(&from, &root, &to)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(endpoint: &str, path_style: bool) -> Bucket {
        Bucket {
            name: "films".to_owned(),
            endpoint: endpoint.to_owned(),
            path_style,
            prefix: String::new(),
            region: "us-east-1".to_owned(),
            access_key: "who".to_owned(),
            secret_key: "secret".to_owned(),
            folder: "unused".into(),
        }
    }

    #[test]
    fn bucket_stands_in_the_path_or_before_the_host() {
        let place = "https://s3.example.org:9000/";
        assert_eq!(endpoint(&of(place, true)).unwrap(), "https://s3.example.org:9000");
        assert_eq!(endpoint(&of(place, false)).unwrap(), "https://films.s3.example.org:9000");
        for wrong in ["", "s3.example.org", "ftp://s3.example.org", "https://", "https://who:secret@host"] {
            assert!(endpoint(&of(wrong, true)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn prefix_is_a_path() {
        let open_with =
            |prefix: &str| open(&Bucket { prefix: prefix.to_owned(), ..of("http://localhost", true) });
        assert!(open_with("").is_ok() && open_with("/a/b/").is_ok());
        assert!(matches!(open_with("a//b"), Err(ShelfError::Settings(_))));
    }
}
