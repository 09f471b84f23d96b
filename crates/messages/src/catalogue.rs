//! The Fluent catalogues, compiled into the program and parsed once.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use include_dir::{Dir, include_dir};
use nhipcau_domain::{problem::Arg, text};
use unic_langid::langid;

use crate::Lang;

static LOCALES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/locales");
static VI: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load(Lang::Vi));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load(Lang::En));
static KM: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| load(Lang::Km));

fn load(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![match lang {
        Lang::Vi => langid!("vi"),
        Lang::En => langid!("en"),
        Lang::Km => langid!("km"),
    }]);
    // Isolation marks around values break copying and searching; our texts run one way.
    bundle.set_use_isolating(false);
    for (_, source) in sources(lang) {
        // A broken line loses its own sentence only; the tests refuse it.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// The files of a language: name and text.
pub(crate) fn sources(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = LOCALES.get_dir(lang.code()).into_iter().flat_map(Dir::files);
    files.filter_map(|f| Some((f.path().file_name()?.to_str()?, f.contents_utf8()?)))
}

pub(crate) fn say<'a>(lang: Lang, id: &str, args: impl Iterator<Item = (&'a str, &'a Arg)>) -> String {
    let bundle = match lang {
        Lang::En => &*EN,
        Lang::Km if KM.has_message(id) => &*KM,
        // Khmer is a draft: what it lacks is said in Vietnamese.
        Lang::Vi | Lang::Km => &*VI,
    };
    let mut values = FluentArgs::new();
    let mut plain = String::new();
    for (name, value) in args {
        let text = match value {
            Arg::Number(n) if lang == Lang::En => text::number(*n).replace('.', ","),
            Arg::Number(n) => text::number(*n),
            Arg::Text(t) => t.clone(),
        };
        plain.extend([" ", name, "=", text.as_str()]);
        values.set(name, FluentValue::from(text));
    }
    let Some(pattern) = bundle.get_message(id).and_then(|m| m.value()) else { return format!("{id}{plain}") };
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}
