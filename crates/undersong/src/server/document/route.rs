//! A route: where, how and by whom a request is answered, and what is said of it. The router and the document are made of it.

use std::collections::BTreeMap;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::{Value, json};

use super::parameters;
use super::signature::Described;
use super::sketch::Sketch;
use crate::server::dialect::errors::refusal::Refusal;
use crate::server::house::Shared;

/// A route, at one address or several.
#[derive(Debug)]
pub(crate) struct Route {
    /// In small letters, as the document has it.
    method: &'static str,
    /// The operation's name and its address, at each address where it is.
    places: Vec<(&'static str, &'static str)>,
    answerer: MethodRouter<Shared>,
    sketch: Sketch,
    title: &'static str,
    about: &'static str,
    repeatable: bool,
}

/// What was written down of routes so far, each part by its names.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) paths: BTreeMap<String, Value>,
    pub(super) schemas: BTreeMap<String, Value>,
    pub(super) refusals: BTreeMap<String, Value>,
}

/// Routes that belong together.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) routes: Vec<Route>,
}

macro_rules! method {
    ($name:ident, $filter:ident) => {
        pub(crate) fn $name<H, T, A>(name: &'static str, address: &'static str, handler: H) -> Route
        where
            H: Handler<T, Shared> + Described<A>,
            T: 'static,
        {
            let mut sketch = Sketch::default();
            <H as Described<A>>::describe(&mut sketch);
            Route {
                method: stringify!($name),
                places: vec![(name, address)],
                answerer: on(MethodFilter::$filter, handler),
                sketch,
                title: "",
                about: "",
                repeatable: true,
            }
        }
    };
}

method!(get, GET);
method!(post, POST);
method!(head, HEAD);
method!(patch, PATCH);
method!(delete, DELETE);

impl Route {
    /// A title, and a sentence or two for who builds on it.
    pub(crate) fn says(mut self, title: &'static str, about: &'static str) -> Route {
        (self.title, self.about) = (title, about);
        self
    }

    /// The same at another address.
    pub(crate) fn also(mut self, name: &'static str, address: &'static str) -> Route {
        self.places.push((name, address));
        self
    }

    /// How it may be refused, beside what its signature says.
    pub(crate) fn refuses(mut self, refusals: &[Refusal]) -> Route {
        self.sketch.refuses(refusals);
        self
    }

    /// That it is asked where a skill comes from.
    pub(crate) fn attributed(mut self) -> Route {
        parameters::attribution(&mut self.sketch);
        self
    }

    /// That its answer cannot be kept and given again.
    pub(crate) fn unrepeatable(mut self) -> Route {
        self.repeatable = false;
        self
    }

    /// That it takes bodies of any size, which it does not hold in memory.
    pub(crate) fn of_any_size(mut self) -> Route {
        self.answerer = self.answerer.layer(DefaultBodyLimit::disable());
        self
    }

    /// Whether an answer is given again to who sends the same `Idempotency-Key`.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// Its method, and every address of it.
    pub(super) fn places(&self) -> (&'static str, Vec<&'static str>) {
        (self.method, self.places.iter().map(|(_, address)| *address).collect())
    }

    /// Every address of it, with who answers there.
    pub(crate) fn answerers(&self) -> impl Iterator<Item = (&'static str, MethodRouter<Shared>)> {
        self.places.iter().map(|(_, address)| (*address, self.answerer.clone()))
    }

    /// Writes its operations down, and what they share with others.
    pub(super) fn write(mut self, group: &str, written: &mut Written) {
        if let Some((_, address)) = self.places.first() {
            parameters::of_address(address, &mut self.sketch);
        }
        if self.repeatable && self.method == "post" && self.sketch.needs_token {
            parameters::key(&mut self.sketch);
        }
        let answers = self.sketch.all_answers(&mut written.refusals);
        let parameters = self.sketch.all_parameters();
        for (index, (name, address)) in self.places.iter().enumerate() {
            let mut operation = json!({
                "tags": [group], "operationId": name, "summary": self.title, "description": self.about,
                "responses": answers,
                "security": if self.sketch.needs_token { json!([{ "bearer": [] }]) } else { json!([]) },
            });
            if index > 0 {
                let first = self.places[0].1;
                operation["description"] = format!("The same as `{first}`.").into();
            }
            if !parameters.is_empty() {
                operation["parameters"] = json!(parameters);
            }
            if let Some(body) = &self.sketch.body {
                operation["requestBody"] = body.clone();
            }
            written.paths.entry((*address).to_owned()).or_insert_with(|| json!({}))[self.method] = operation;
        }
        written.schemas.append(&mut self.sketch.schemas);
    }
}
