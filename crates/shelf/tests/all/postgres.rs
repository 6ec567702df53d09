//! The cases on PostgreSQL, each in a schema of its own.

use crate::all::house::{Case, House, run, the_ledger_adds_up};
use crate::all::stores::postgres::Postgres;

/// Runs every case, or says why not.
pub(crate) fn each(cases: &[(&str, Case)]) {
    let postgres = match Postgres::open() {
        Ok(postgres) => postgres,
        Err(why) => return println!("skipped: no PostgreSQL here ({why})"),
    };
    for (name, case) in cases {
        println!("on PostgreSQL: {name}");
        run(in_schema(&postgres, &format!("undersong_{name}"), *case));
    }
}

/// One case in an empty schema that is dropped afterwards.
async fn in_schema(postgres: &Postgres, name: &str, case: Case) {
    let house = House::open(Some(postgres.schema(name).await), None).await;
    case(&house).await;
    the_ledger_adds_up(&house.shelf).await;
    house.shelf.close().await;
    postgres.drop_schema(name).await;
}
