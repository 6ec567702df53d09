//! Who has how much going on at the moment: counted for each account, and for all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::dialect::errors::Problem;

/// A count of one kind of thing, such as open streams.
#[derive(Debug)]
pub(crate) struct Tally {
    /// What is counted, as people are told: "streams".
    what: &'static str,
    /// How long who finds no place is to wait.
    wait: Duration,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    each: HashMap<String, usize>,
}

/// A place; it is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Entered {
    tally: Arc<Tally>,
    who: String,
}

impl Tally {
    pub(crate) fn new(what: &'static str, wait: Duration) -> Arc<Tally> {
        Arc::new(Tally { what, wait, counts: Mutex::default() })
    }

    /// A place for one of at most `each` of an account and `all` of everybody.
    ///
    /// # Errors
    /// [`Problem::TooMany`] of one's own, [`Problem::Busy`] where others have them all.
    pub(crate) fn enter(self: &Arc<Tally>, who: &str, each: usize, all: usize) -> Result<Entered, Problem> {
        // Whoever panicked between these lines has left whole counts.
        let mut counts = self.counts.lock().unwrap_or_else(|broken| broken.into_inner());
        if counts.each.get(who).copied().unwrap_or_default() >= each {
            return Err(Problem::TooMany(self.what, self.wait));
        }
        if counts.all >= all {
            return Err(Problem::Busy(self.wait));
        }
        counts.all += 1;
        *counts.each.entry(who.to_owned()).or_default() += 1;
        Ok(Entered { tally: Arc::clone(self), who: who.to_owned() })
    }

    /// How many there are of everybody.
    pub(crate) fn all(&self) -> usize {
        self.counts.lock().unwrap_or_else(|broken| broken.into_inner()).all
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut counts = self.tally.counts.lock().unwrap_or_else(|broken| broken.into_inner());
        counts.all = counts.all.saturating_sub(1);
        let left = counts.each.get(&self.who).map_or(0, |count| count.saturating_sub(1));
        match left {
            0 => _ = counts.each.remove(&self.who),
            left => _ = counts.each.insert(self.who.clone(), left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_does_not_take_the_places_of_all() {
        let tally = Tally::new("streams", Duration::from_secs(9));
        let enter = |who: &str| tally.enter(who, 2, 3);
        let (first, _second) = (enter("a").unwrap(), enter("a").unwrap());
        assert_eq!(enter("a").unwrap_err().code(), 429);
        let _third = enter("b").unwrap();
        assert_eq!(enter("b").unwrap_err(), Problem::Busy(Duration::from_secs(9)));
        drop(first);
        let _again = enter("a").unwrap();
        assert_eq!(tally.all(), 3);
        assert_eq!(tally.counts.lock().unwrap().each.len(), 2, "who has left is not remembered");
    }
}
