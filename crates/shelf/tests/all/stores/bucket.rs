//! A store that speaks S3, inside the test.

use std::fs;
use std::path::Path;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

/// Its one bucket, and who may use it.
pub(crate) const NAME: &str = "films";
pub(crate) const ACCESS_KEY: &str = "who";
pub(crate) const SECRET_KEY: &str = "secret";

/// Serves the folder; where it is asked for.
pub(crate) async fn serve(folder: &Path) -> String {
    fs::create_dir(folder.join(NAME)).unwrap();
    let mut service = S3ServiceBuilder::new(FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
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
