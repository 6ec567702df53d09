//! What tools take and give; the schemas that clients see are made of these.

pub(crate) mod asked;
pub(crate) mod found;
pub(crate) mod held;
pub(crate) mod work;
