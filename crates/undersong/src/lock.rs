//! What several threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Holds a lock, also where somebody who held it panicked: what is behind it is changed whole or not at all.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
