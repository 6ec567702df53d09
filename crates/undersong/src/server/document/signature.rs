//! What the signature of a handler says: its arguments tell what an operation asks for, its return type what it answers.
//!
//! So the document knows nothing that the compiler does not know, too: what is described is what is read and sent.

use std::net::SocketAddr;

use axum::Extension;
use axum::extract::{ConnectInfo, Path, Query, State};
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

use super::sketch::Sketch;
use crate::server::caller::Caller;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::errors::refusal::Refusal;
use crate::server::house::Shared;

/// An argument of a handler, and what it asks of a request.
pub(crate) trait Asks {
    /// Adds what it asks.
    fn ask(_: &mut Sketch) {}
}

/// What a handler gives back, and what a client gets of it.
pub(crate) trait Answers {
    /// Adds the answers.
    fn answer(sketch: &mut Sketch);
}

/// A handler whose signature can be read; `A` are its arguments.
pub(crate) trait Described<A> {
    /// Adds all that it says.
    fn describe(sketch: &mut Sketch);
}

impl Asks for State<Shared> {}
impl Asks for ConnectInfo<SocketAddr> {}
impl<T> Asks for Extension<T> {}
/// What they are called stands in the address.
impl<T> Asks for Path<T> {}

impl Asks for Caller {
    fn ask(sketch: &mut Sketch) {
        sketch.needs_token();
        sketch.refuses(&[Refusal::BadToken, Refusal::TooOften]);
    }
}

impl<T: IntoParams> Asks for Query<T> {
    fn ask(sketch: &mut Sketch) {
        sketch.asks_all(T::into_params(|| Some(ParameterIn::Query)));
        sketch.refuses(&[Refusal::Malformed]);
    }
}

impl<T: Answers> Answers for Result<T, Problem> {
    fn answer(sketch: &mut Sketch) {
        T::answer(sketch);
        sketch.refuses(&[Refusal::Failed, Refusal::Busy]);
    }
}

macro_rules! described {
    ($($argument:ident)*) => {
        impl<H, Soon, Answer, $($argument),*> Described<($($argument,)*)> for H
        where
            H: Fn($($argument),*) -> Soon,
            Soon: Future<Output = Answer>,
            Answer: Answers,
            $($argument: Asks),*
        {
            fn describe(sketch: &mut Sketch) {
                $($argument::ask(sketch);)*
                Answer::answer(sketch);
            }
        }
    };
}

described!();
described!(A);
described!(A B);
described!(A B C);
described!(A B C D);
described!(A B C D E);
