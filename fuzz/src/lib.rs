//! What the fuzz targets share: the small campaign of intake's tests; the caller, the files and the notion of
//! a safe page of writing's tests.

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../../crates/intake/tests/intake/world.rs"]
mod world;

#[allow(dead_code, clippy::missing_panics_doc, reason = "the tests use more of it")]
#[path = "../../crates/writing/tests/writing/package.rs"]
pub mod package;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../../crates/writing/tests/writing/world.rs"]
pub mod page_world;
#[path = "../../crates/writing/tests/writing/safe.rs"]
pub mod safe;

use std::sync::LazyLock;

use nhipcau_intake::World;

/// The campaign, made once.
pub static WORLD: LazyLock<Box<dyn World + Send + Sync>> = LazyLock::new(|| Box::new(world::world()));

/// A filled form of it, as a workbook.
pub fn good() -> Vec<u8> {
    let world = world::world();
    world::template(&world, &[world::filled(&world, "ap-1", "nam-1")])
}
