//! What an account may do, by its plan.

use serde::{Deserialize, Serialize};
use shelf::Plan;

use super::Settings;

/// What differs between the plans from what holds for everybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Plans {
    pub(crate) anonymous: Differs,
    pub(crate) free: Differs,
    pub(crate) pro: Differs,
}

/// What one plan has otherwise than the general settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Differs {
    /// The largest file; else `upload.megabytes`.
    pub(crate) megabytes: Option<u64>,
    /// What an account may keep in all; else `upload.account_megabytes`.
    pub(crate) account_megabytes: Option<u64>,
    /// Exports that may wait and run; else `export.per_account`.
    pub(crate) exports: Option<i64>,
    /// Else `limit.requests_per_minute`.
    pub(crate) requests_per_minute: Option<u32>,
    /// Credits that come with the plan, once; else `token.credits` for the anonymous and none for the others.
    pub(crate) credits: Option<i64>,
    /// Whether exports need the three answers about the skill; else `export.require_attribution` for the anonymous only.
    pub(crate) attribution: Option<bool>,
}

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rights {
    /// The largest file.
    pub(crate) megabytes: u64,
    /// What it may keep in all.
    pub(crate) account_megabytes: u64,
    /// Exports that may wait and run.
    pub(crate) exports: i64,
    pub(crate) requests_per_minute: u32,
    /// Credits that come with the plan.
    pub(crate) credits: i64,
    /// Whether exports need to say which skill they come from.
    pub(crate) attribution: bool,
}

impl Settings {
    /// What accounts of a plan may do: the one place that is asked.
    pub(crate) fn rights(&self, plan: Plan) -> Rights {
        let anonymous = plan == Plan::Anonymous;
        let differs = match plan {
            Plan::Anonymous => &self.plan.anonymous,
            Plan::Free => &self.plan.free,
            Plan::Pro => &self.plan.pro,
        };
        Rights {
            megabytes: differs.megabytes.unwrap_or(self.upload.megabytes),
            account_megabytes: differs.account_megabytes.unwrap_or(self.upload.account_megabytes),
            exports: differs.exports.unwrap_or(self.export.per_account),
            requests_per_minute: differs.requests_per_minute.unwrap_or(self.limit.requests_per_minute),
            credits: differs.credits.unwrap_or(if anonymous { self.token.credits } else { 0 }),
            attribution: differs.attribution.unwrap_or(anonymous && self.export.require_attribution),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_differs_only_where_it_says_so() {
        let plain = Settings::default();
        let [anonymous, free, pro] = [Plan::Anonymous, Plan::Free, Plan::Pro].map(|plan| plain.rights(plan));
        assert_eq!((anonymous.credits, anonymous.attribution), (100, true));
        assert_eq!((free.credits, free.attribution), (0, false));
        assert_eq!(free, pro);
        let text =
            "[plan.pro]\nmegabytes = 4000\ncredits = 500\n[plan.free]\nattribution = true\nexports = 3\n";
        let told: Settings = toml::from_str(text).unwrap();
        assert_eq!(told.rights(Plan::Anonymous), anonymous);
        assert_eq!(told.rights(Plan::Free), Rights { attribution: true, exports: 3, ..free });
        assert_eq!(told.rights(Plan::Pro), Rights { megabytes: 4000, credits: 500, ..pro });
    }
}
