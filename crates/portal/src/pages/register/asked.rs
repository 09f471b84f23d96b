//! What an address asks of the register, and the address that asks for it.

use nhipcau_actions::register::Query;
use nhipcau_domain::{problem::Problem, register::Validity};

use crate::{reader::Reader, routes};

/// The type's parameter.
pub(super) const KIND: &str = "loai";
/// The issuer's parameter.
pub(super) const ISSUER: &str = "co-quan";
/// The year's parameter.
pub(super) const YEAR: &str = "nam";
/// The validity's parameter.
pub(super) const VALIDITY: &str = "hieu-luc";
/// The campaign's parameter.
const CAMPAIGN: &str = "cuoc-van-dong";
/// What the address asks for.
pub(super) fn asked(reader: &Reader) -> Result<Query, Problem> {
    let given = |name| reader.parameter(name).unwrap_or_default().trim().to_owned();
    let unreadable = |found: &str| Problem::new("register-filter-unreadable").with("found", found);
    let year = reader.parameter(YEAR);
    let validity = reader.parameter(VALIDITY);
    Ok(Query {
        text: given(routes::QUERY).chars().take(200).collect(),
        kind: given(KIND),
        issuer: given(ISSUER),
        year: year.map(|y| y.parse().map_err(|_| unreadable(y))).transpose()?,
        validity: validity
            .map(|v| Validity::ALL.into_iter().find(|known| named(*known) == v).ok_or_else(|| unreadable(v)))
            .transpose()?,
        campaign: given(CAMPAIGN),
    })
}

/// The address of a page of a list.
pub(super) fn with(query: &Query, page: u32) -> String {
    let year = query.year.map(|y| y.to_string());
    let number = (page > 1).then(|| page.to_string());
    routes::with(
        routes::DOCUMENTS,
        &[
            (routes::QUERY, Some(query.text.as_str())),
            (KIND, Some(query.kind.as_str())),
            (ISSUER, Some(query.issuer.as_str())),
            (YEAR, year.as_deref()),
            (VALIDITY, query.validity.map(named)),
            (CAMPAIGN, Some(query.campaign.as_str())),
            (routes::PAGE, number.as_deref()),
        ],
    )
}

/// How a validity is said in addresses.
pub(super) fn named(validity: Validity) -> &'static str {
    match validity {
        Validity::NotYet => "chua-co",
        Validity::InForce => "con",
        Validity::Amended => "da-sua-doi",
        Validity::PartlyReplaced => "het-mot-phan",
        Validity::Replaced => "da-thay-the",
        Validity::Expired => "da-het",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_what_it_was_made_of() {
        let query = Query {
            text: "đề án 18-KH/HU".into(),
            kind: "ke-hoach".into(),
            issuer: "Huyện ủy & Ủy ban".into(),
            year: Some(2021),
            validity: Some(Validity::PartlyReplaced),
            campaign: "cau-ngang".into(),
        };
        let reader = Reader::of(&with(&query, 3).parse().unwrap()).unwrap();
        assert_eq!(asked(&reader), Ok(query));
        assert_eq!(reader.parameter(routes::PAGE), Some("3"));
        assert_eq!(with(&Query::default(), 1), routes::DOCUMENTS);
        for wrong in ["/van-ban?nam=hai", "/van-ban?hieu-luc=x"] {
            let reader = Reader::of(&wrong.parse().unwrap()).unwrap();
            assert_eq!(asked(&reader).unwrap_err().id, "register-filter-unreadable");
        }
    }

    #[test]
    fn no_two_validities_have_one_name() {
        let names: std::collections::BTreeSet<_> = Validity::ALL.map(named).into();
        assert_eq!(names.len(), Validity::ALL.len());
    }
}
