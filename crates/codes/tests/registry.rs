//! The registry and the vendor catalogues: complete, in order, and what lookups by number say.

use std::collections::BTreeSet;

use statuslint_codes::{
    Class, Content, Entry, State, StatusCode, VendorEntry, nearest, registry, vendor_codes,
    vendor_codes_named, vendor_ids, vendors,
};

fn entry(number: u16) -> &'static Entry {
    StatusCode::new(number).entry().unwrap_or_else(|| panic!("{number} is registered"))
}

#[test]
fn the_registry_has_64_codes_ascending() {
    assert_eq!(registry().len(), 64);
    assert!(registry().is_sorted_by(|one, next| one.code < next.code));
    for entry in registry() {
        assert_eq!(entry.code.entry().map(|found| found.code), Some(entry.code));
    }
}

#[test]
fn the_codes_everybody_meets_are_explained() {
    let codes = [
        100, 101, 200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 304, 305, 306, 400, 401,
        402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 429,
        500, 501, 502, 503, 504, 505,
    ];
    assert_eq!(codes.len(), 42);
    for code in codes {
        assert!(entry(code).meaning.len() > 40, "{code}: {}", entry(code).meaning);
    }
}

#[test]
fn every_meaning_is_its_own_and_a_sentence() {
    let meanings: BTreeSet<&str> = registry().iter().map(|entry| entry.meaning).collect();
    assert_eq!(meanings.len(), registry().len());
    for (meaning, what) in registry()
        .iter()
        .map(|entry| (entry.meaning, entry.code))
        .chain(vendor_codes().iter().map(|entry| (entry.meaning, entry.code)))
    {
        assert!(meaning.ends_with('.') && meaning.len() > 20, "{what}: {meaning}");
        assert!(meaning.starts_with(char::is_uppercase), "{what}: {meaning}");
    }
}

#[test]
fn every_code_has_its_class() {
    for entry in registry() {
        let class = entry.code.class().expect("registered codes are valid");
        assert_eq!(u16::from(class.digit()), entry.code.get() / 100);
    }
    let sizes = Class::ALL
        .map(|class| registry().iter().filter(|entry| entry.code.class() == Some(class)).count());
    assert_eq!(sizes, [5, 10, 9, 29, 11]);
    assert_eq!(Class::ClientError.title(), "client error");
}

#[test]
fn every_code_has_a_reference() {
    for entry in registry() {
        let section = entry.reference.section;
        match entry.reference.rfc {
            Some(rfc) => {
                assert!(rfc >= 2295, "{}: RFC {rfc}", entry.code);
                assert!(section.chars().all(|c| c.is_ascii_digit() || c == '.'), "{section}");
            }
            None => assert_eq!((entry.code.get(), &section[..6]), (104, "draft-")),
        }
    }
    assert_eq!(entry(404).reference.to_string(), "RFC 9110 section 15.5.5");
    assert_eq!(
        entry(404).reference.url(),
        "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5"
    );
    assert_eq!(
        entry(104).reference.url(),
        "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-05"
    );
}

#[test]
fn standing_is_what_the_registry_says() {
    let of = |state| {
        registry()
            .iter()
            .filter(|entry| entry.state == state)
            .map(|entry| entry.code.get())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(State::Temporary), [104]);
    assert_eq!(of(State::Unused), [306, 418]);
    assert_eq!(of(State::Reserved), [402]);
    assert_eq!(of(State::Deprecated), [102, 305]);
    assert_eq!(of(State::Obsoleted), [510]);
}

#[test]
fn content_is_forbidden_where_the_message_ends_after_the_header_section() {
    for entry in registry() {
        let expected = match entry.code.get() {
            100..=199 | 204 | 304 => Content::Never,
            205 => Content::MustNotGenerate,
            _ => Content::Allowed,
        };
        assert_eq!(entry.content, expected, "{}", entry.code);
    }
}

#[test]
fn cacheable_codes_are_those_of_rfc_9110_and_rfc_7725() {
    let cacheable: Vec<u16> =
        registry().iter().filter(|entry| entry.cacheable).map(|entry| entry.code.get()).collect();
    assert_eq!(cacheable, [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501]);
}

#[test]
fn required_headers_are_known() {
    for (code, header) in [
        (401, "WWW-Authenticate (required)"),
        (405, "Allow (required)"),
        (407, "Proxy-Authenticate (required)"),
        (426, "Upgrade (required)"),
        (429, "Retry-After (optional)"),
    ] {
        assert!(entry(code).headers.contains(&header), "{code}: {:?}", entry(code).headers);
    }
}

#[test]
fn nearest_transposes_first_and_stays_in_the_class() {
    for (code, expected) in [
        (492, 429), // the last two digits
        (440, 404),
        (130, 103),
        (240, 204),
        (249, 429), // the first two
        (209, 208), // one away
        (227, 226),
        (419, 417), // 418 is unused, and 421 as far away
        (309, 308),
        (299, 226),
        (432, 423),
        (306, 307), // not deprecated 305
        (105, 103), // not temporary 104
        (404, 404),
        (599, 511),
    ] {
        let found = nearest(StatusCode::new(code)).map(|entry| entry.code.get());
        assert_eq!(found, Some(expected), "{code}");
    }
    for code in [0, 99, 600, 999, 2000, u16::MAX] {
        assert!(nearest(StatusCode::new(code)).is_none(), "{code}");
    }
}

#[test]
fn vendors_are_in_order_and_each_has_codes() {
    let ids: Vec<&str> = vendor_ids().collect();
    assert!(ids.is_sorted() && ids.len() == vendors().len());
    for id in ["nginx", "cloudflare", "iis", "laravel", "aws-elb", "twitter", "spring", "esri"] {
        assert!(ids.contains(&id), "{id}");
    }
    for id in &ids {
        assert!(vendor_codes().iter().any(|entry| entry.vendor == *id), "{id}");
    }
    let order = |entry: &VendorEntry| (entry.code, entry.owner().library, entry.vendor);
    assert!(vendor_codes().is_sorted_by(|one, next| order(one) < order(next)));
}

#[test]
fn a_vendors_code_says_whose_it_is() {
    let whose = |code| {
        let entries = StatusCode::new(code).vendors();
        entries.map(|entry| (entry.vendor, entry.name)).collect::<Vec<_>>()
    };
    assert_eq!(whose(444)[..2], [("kong", "No Response"), ("nginx", "No Response")]);
    assert_eq!(whose(419)[0], ("laravel", "Page Expired"));
    assert_eq!(whose(521), [("cloudflare", "Web Server Is Down")]);
    assert_eq!(whose(440), [("exchange", "Login Time-out"), ("iis", "Login Time-out")]);
    assert_eq!(whose(404), []);
    assert_eq!(whose(0), []);
    let title = StatusCode::new(460).vendors().next().map(|entry| entry.owner().title);
    assert_eq!(title, Some("AWS Elastic Load Balancing"));
}

#[test]
fn vendor_codes_are_found_by_name() {
    let codes = |name| vendor_codes_named(name).map(|entry| entry.code.get()).collect::<Vec<_>>();
    assert_eq!(codes("PAGE_EXPIRED"), [419]);
    assert_eq!(codes("invalid token"), [498]);
    assert_eq!(codes("Redirect"), [451, 451]);
    assert_eq!(codes("not found"), [] as [u16; 0]);
}
