//! The cases over a store that speaks S3.

use std::fs;
use std::time::Duration;

use shelf::{Bucket, ShelfError, Store};

use crate::all::house::{Case, House, run};
use crate::all::stores::bucket;

/// Runs one case with its blobs in a bucket.
pub(crate) fn over(case: Case) {
    run(async {
        let far = tempfile::tempdir().unwrap();
        let near = tempfile::tempdir().unwrap();
        let blobs = Store::Bucket(Bucket {
            name: bucket::NAME.to_owned(),
            endpoint: bucket::serve(far.path()).await,
            path_style: true,
            prefix: "under/song".to_owned(),
            region: "us-east-1".to_owned(),
            access_key: bucket::ACCESS_KEY.to_owned(),
            secret_key: bucket::SECRET_KEY.to_owned(),
            folder: near.path().to_owned(),
        });
        let house = House::open(None, Some(blobs)).await;
        case(&house).await;
        house.shelf.close().await;
        let strays = fs::read_dir(far.path().join(bucket::NAME)).unwrap().flatten();
        let strays: Vec<_> = strays.map(|entry| entry.file_name()).filter(|name| name != "under").collect();
        assert!(strays.is_empty(), "beside the prefix: {strays:?}");
    });
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
