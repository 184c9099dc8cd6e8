//! A number from 100 to 599 that no registration and no enabled vendor gives a meaning.

use std::cmp::Reverse;

use statuslint_codes::{StatusCode, VendorEntry, nearest};
use statuslint_languages::{Role, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    name: "unknown-code",
    severity: Some(Severity::Warning),
    fixable: true,
    summary: "A status that is not registered, nor a vendor's that the configuration names",
    page: include_str!("unknown_code.md"),
    quiet_in_tests: true,
    check: Check::Site(check),
};

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = ctx.registry_code(site) else { return };
    let Some(class) = code.class().filter(|_| code.entry().is_none()) else { return };
    if super::pair_as_range::is_end(ctx, &site.range) {
        return;
    }
    let mut message = format!(
        "`{code}` is not a registered status code, so clients treat it as {}00 \
         (RFC 9110 section 15)",
        class.digit()
    );
    let vendors = vendors(code);
    if let Some(vendor) = vendors.first() {
        let title = vendor.owner().title;
        message = format!("{message}; {title} uses it for \"{}\"", vendor.name);
    }
    let meant = nearest(code).map(|entry| entry.code);
    let fix = meant.and_then(|meant| ctx.replace(site, meant));
    let meant = meant.map(|meant| super::titled(ctx.settings, meant));
    let known = how_to_know(code, &vendors);
    let help = match meant {
        Some(meant) if vendors.is_empty() => format!("did you mean {meant}? {known}"),
        Some(meant) => format!("{known}; the nearest registered code is {meant}"),
        None => known,
    };
    // Who looks for a vendor's code in what came back knows of the vendor.
    let expected =
        !vendors.is_empty() && matches!(site.role, Role::Compare | Role::Branch | Role::Expect);
    let draft = Draft::new(&site.range, message).code(code).help(help).fix(fix);
    out.push(if expected { draft.severity(Severity::Info) } else { draft });
}

/// The vendors that use a code, those first whose name for it is the most common.
fn vendors(code: StatusCode) -> Vec<&'static VendorEntry> {
    let mut vendors: Vec<_> = code.vendors().collect();
    vendors.sort_by_key(|entry| {
        Reverse(code.vendors().filter(|other| other.name == entry.name).count())
    });
    vendors
}

/// The setting that makes a code known: the likeliest vendor's catalogue, else an allowance.
fn how_to_know(code: StatusCode, vendors: &[&VendorEntry]) -> String {
    match vendors {
        [] => format!("If it is the project's own, allow it: `allow = [{code}]`"),
        [only] => format!("to make it known, set `vendors = [\"{}\"]`", only.vendor),
        [first, rest @ ..] => {
            let rest: Vec<&str> = rest.iter().map(|entry| entry.vendor).collect();
            let (first, rest) = (first.vendor, rest.join(", "));
            format!("to make it known, set `vendors = [\"{first}\"]` (or {rest})")
        }
    }
}

#[cfg(test)]
mod tests {
    use statuslint_languages::{Evidence, Kind, Role};

    use crate::Severity;
    use crate::engine::tests::Case;

    #[test]
    fn codes_nobody_registered_are_found_where_they_are_used() {
        for role in [Role::Emit, Role::Compare, Role::Branch, Role::Expect, Role::Declare] {
            Case::new("209").role(role).finds(&["unknown-code"]).says("treat it as 200");
        }
        for role in [Role::Bound, Role::Define, Role::Table] {
            Case::new("209").role(role).finds(&[]);
        }
        Case::new("208").finds(&[]);
    }

    #[test]
    fn the_nearest_code_is_offered_but_not_safe() {
        Case::new("492").finds(&["unknown-code"]).says("did you mean 429 (Too Many Requests)?");
        Case::new("492u16").finds(&["unknown-code"]).unsafely_fixed("429u16");
        Case::new("\"492\"").kind(Kind::String).finds(&["unknown-code"]).unsafely_fixed("\"429\"");
        Case::new("0x1ec").finds(&["unknown-code"]).has_no_fix();
        Case::new("X").kind(Kind::Name).finds(&["unknown-code"]).has_no_fix();
    }

    #[test]
    fn a_vendor_is_named_until_it_is_enabled() {
        Case::new("522").finds(&["unknown-code"]).says("vendors = [\"cloudflare\"]");
        Case::new("499").finds(&["unknown-code"]).says("set `vendors = [\"nginx\"]` (or ");
        Case::new("522").vendor("cloudflare").finds(&[]);
        Case::new("522").vendor("nginx").finds(&["unknown-code"]);
        Case::new("444").api("nginx").finds(&[]);
    }

    #[test]
    fn a_vendor_s_code_that_came_back_is_worth_less_than_one_that_is_sent() {
        for role in [Role::Compare, Role::Branch, Role::Expect] {
            Case::new("522").role(role).is(Severity::Info);
            Case::new("492").role(role).is(Severity::Warning);
        }
        Case::new("522").role(Role::Emit).is(Severity::Warning);
    }

    #[test]
    fn settings_decide() {
        Case::new("470").allow(470).finds(&[]);
        Case::new("470").own_code(470, "Tenant Suspended").finds(&[]);
        Case::new("470").set("unknown-code", None).finds(&[]);
        Case::new("470").set("unknown-code", Some(Severity::Hint)).is(Severity::Hint);
        Case::new("470").is(Severity::Warning);
        Case::new("470").in_test(Some(Severity::Info)).is(Severity::Info);
        Case::new("470").in_test(None).finds(&[]);
        Case::new("470").evidence(Evidence::Likely).finds(&[]);
    }
}
