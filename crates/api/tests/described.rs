//! What others may rely on: the description is there for whoever links the crate.

#[test]
fn every_address_of_the_description_is_the_apis() {
    let api = nhipcau_api::describe();
    assert!(api.paths.paths.len() > 50);
    assert!(api.paths.paths.keys().all(|path| path.starts_with(nhipcau_api::PATH)));
    assert!(nhipcau_api::is_public("/api/v1/public/editions?limit=1"));
    assert!(!nhipcau_api::is_public("/api/v1/table?x=/api/v1/public/"));
}
