//! A store that speaks S3, inside the test.

use std::fs;
use std::path::Path;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use shelf::{Bucket, ShelfError, Store};
use tokio::net::TcpListener;

use crate::all::house::{Case, House, run};

/// Runs one case with its blobs in a bucket.
pub(crate) fn over(case: Case) {
    run(async {
        let far = tempfile::tempdir().unwrap();
        let near = tempfile::tempdir().unwrap();
        let blobs = Store::Bucket(Bucket {
            name: "films".to_owned(),
            endpoint: serve(far.path()).await,
            region: "us-east-1".to_owned(),
            access_key: "who".to_owned(),
            secret_key: "secret".to_owned(),
            folder: near.path().to_owned(),
        });
        let house = House::open(None, Some(blobs)).await;
        case(&house).await;
        house.shelf.close().await;
    });
}

/// Serves the folder; where it is asked for.
async fn serve(folder: &Path) -> String {
    fs::create_dir(folder.join("films")).unwrap();
    let mut service = S3ServiceBuilder::new(FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single("who", "secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let service = service.clone();
            tokio::spawn(async move {
                let builder = Builder::new(TokioExecutor::new());
                // A client that goes away is no fault of ours.
                let _ = builder.serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    format!("http://{place}")
}

pub(crate) async fn copy_is_fetched_when_it_is_needed(house: &House) {
    let blobs = house.shelf.blobs();
    // More than two parts, and no whole number of them.
    let content: Vec<u8> = (0..35_000_003_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut incoming = blobs.begin(u64::MAX).await.unwrap();
    incoming.write(&content).await.unwrap();
    let kept = blobs.keep(incoming.seal().await.unwrap(), "render/a-1.mp4").await.unwrap();
    assert_eq!(blobs.sweep_copies(Duration::from_secs(3600)).await.unwrap(), 0);
    assert_eq!(blobs.sweep_copies(Duration::ZERO).await.unwrap(), 1);
    assert_eq!(blobs.size(&kept.key).await.unwrap(), Some(35_000_003));
    let path = blobs.local(&kept.key).await.unwrap();
    assert!(fs::read(path).unwrap() == content, "byte for byte");
    let shown = format!("{:?}", house.settings);
    assert!(shown.contains("films") && !shown.contains("secret"), "{shown}");
}

pub(crate) async fn far_store_that_is_gone_is_told(house: &House) {
    let Store::Bucket(bucket) = house.settings.blobs.clone() else { panic!("no bucket") };
    let settings = shelf::Settings {
        blobs: Store::Bucket(Bucket { secret_key: "wrong".to_owned(), ..bucket }),
        ..house.settings.clone()
    };
    let stranger = shelf::Shelf::open(&settings).await.unwrap();
    let sealed = stranger.blobs().begin(9).await.unwrap().seal().await.unwrap();
    let refused = stranger.blobs().keep(sealed, "up/a").await.unwrap_err();
    assert!(matches!(refused, ShelfError::Blob(_)), "{refused}");
    assert_eq!(house.shelf.blobs().size("up/a").await.unwrap(), None);
    stranger.close().await;
}
