//! What is never shown: passwords and keys, by themselves or inside an address.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize, Serializer};

/// What stands where a secret would.
const HIDDEN: &str = "***";

/// A secret; printed or written down it is hidden.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

/// The address of a database; printed or written down, the passwords in it are hidden.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Address(String);

impl Secret {
    /// What it is: only for who needs it.
    pub(crate) fn told(&self) -> &str {
        &self.0
    }

    /// What a file holds, without the end of its line.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub(crate) fn kept(file: &Path) -> Result<Secret, String> {
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|why| format!("{} cannot be read ({why}).", file.display()))?;
        match text.trim() {
            "" => Err(format!("{} is empty.", file.display())),
            text => Ok(Secret(text.to_owned())),
        }
    }
}

impl Address {
    pub(crate) fn new(text: &str) -> Address {
        Address(text.to_owned())
    }

    /// What it is: only for who connects.
    pub(crate) fn told(&self) -> &str {
        &self.0
    }

    /// `postgres://user:***@host/name?sslpassword=***`
    fn shown(&self) -> String {
        let Some((scheme, rest)) = self.0.split_once("://") else { return self.0.clone() };
        let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
        // A password may hold an @ that somebody forgot to escape: the last one ends it.
        let place = match place.rsplit_once('@') {
            Some((who, place)) => match who.split_once(':') {
                Some((user, _)) => format!("{user}:{HIDDEN}@{place}"),
                None => format!("{who}@{place}"),
            },
            None => place.to_owned(),
        };
        let hidden = |pair: &str| match pair.split_once('=') {
            Some((key, _)) if key.to_lowercase().contains("password") => format!("{key}={HIDDEN}"),
            _ => pair.to_owned(),
        };
        let query = query.map(|query| query.split('&').map(hidden).collect::<Vec<_>>().join("&"));
        format!("{scheme}://{place}{}", query.map(|query| format!("?{query}")).unwrap_or_default())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Secret {
        Secret(text.to_owned())
    }
}

impl From<Secret> for Address {
    fn from(Secret(text): Secret) -> Address {
        Address(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(HIDDEN)
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.shown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_inside_addresses_are_hidden() {
        for (address, shown) in [
            ("sqlite:/srv/a.db", "sqlite:/srv/a.db"),
            ("postgres://host/name", "postgres://host/name"),
            ("postgres://who@host/name", "postgres://who@host/name"),
            ("postgres://who:pa:ss@host:5432/name", "postgres://who:***@host:5432/name"),
            ("postgres://who:p@ss@host/name?sslmode=require", "postgres://who:***@host/name?sslmode=require"),
            (
                "postgres:///name?host=/run&Password=pass&user=who",
                "postgres:///name?host=/run&Password=***&user=who",
            ),
        ] {
            assert_eq!(Address::new(address).shown(), shown);
            assert_eq!(format!("{:?}", Address::new(address)), shown);
        }
        assert_eq!(format!("{:?}", Secret::from("pass")), "***");
    }
}
