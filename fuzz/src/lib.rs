//! What the fuzz targets share: the small campaign of intake's tests.

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../../crates/intake/tests/intake/world.rs"]
mod world;

use std::sync::LazyLock;

use nhipcau_intake::World;

/// The campaign, made once.
pub static WORLD: LazyLock<Box<dyn World + Send + Sync>> = LazyLock::new(|| Box::new(world::world()));

/// A filled form of it, as a workbook.
pub fn good() -> Vec<u8> {
    let world = world::world();
    world::template(&world, &[world::filled(&world, "ap-1", "nam-1")])
}
