//! How often somebody may ask: a bucket for each, which drips.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Buckets that are kept at most; full ones are the same as none.
const MOST: usize = 100_000;

/// The buckets.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// How many may still be asked at once.
    left: f64,
    filled: Instant,
}

impl Rates {
    /// Takes one of `per_minute` from somebody's bucket.
    ///
    /// # Errors
    /// How long to wait for the next.
    pub(crate) fn take(&self, who: &str, per_minute: u32, now: Instant) -> Result<(), Duration> {
        let most = f64::from(per_minute.max(1));
        let drip = most / 60.0;
        let Ok(mut buckets) = self.buckets.lock() else { return Ok(()) };
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| {
                bucket.left + now.duration_since(bucket.filled).as_secs_f64() * drip < most
            });
        }
        let bucket = buckets.entry(who.to_owned()).or_insert(Bucket { left: most, filled: now });
        let since = now.duration_since(bucket.filled).as_secs_f64();
        *bucket = Bucket { left: (bucket.left + since * drip).min(most), filled: now };
        if bucket.left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - bucket.left) / drip));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_drips() {
        let (rates, start) = (Rates::default(), Instant::now());
        assert!((0..60).all(|_| rates.take("a", 60, start).is_ok()));
        assert_eq!(rates.take("a", 60, start).unwrap_err(), Duration::from_secs(1));
        assert!(rates.take("b", 60, start).is_ok(), "one does not pay for the other");
        let later = start + Duration::from_millis(1001);
        assert!(rates.take("a", 60, later).is_ok() && rates.take("a", 60, later).is_err());
    }
}
