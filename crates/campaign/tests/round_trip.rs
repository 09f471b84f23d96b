//! What is loaded, written as files and loaded again is the same.

use std::path::Path;

use nhipcau_campaign::{
    Folder, Loaded, Memory, load,
    records::{Book, Part, Record, Value},
    write,
};
use nhipcau_domain::tree::TreeEvent;

fn reference() -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/cau-ngang");
    load(&Folder(folder)).expect("the reference campaign loads")
}

fn again(files: &Memory) -> Loaded {
    load(files).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("what was written does not load:\n{}", lines.join("\n"))
    })
}

/// Events as a set: files do not keep the order of those of one day.
fn sorted(events: &[TreeEvent]) -> Vec<String> {
    let mut lines: Vec<String> = events.iter().map(|e| format!("{e:?}")).collect();
    lines.sort();
    lines
}

#[test]
fn the_reference_campaign_comes_back_as_it_was() {
    let first = reference();
    let written = write(&Book::of(&first.definitions, &first.tree), &first.tree);
    let second = again(&written.files);
    assert_eq!(second.definitions, first.definitions);
    assert_eq!(sorted(&second.tree), sorted(&first.tree));
    let twice = write(&Book::of(&second.definitions, &second.tree), &second.tree);
    assert_eq!(twice.files, written.files, "written twice it is the same bytes");
    assert!(
        !String::from_utf8_lossy(&written.files.0["units.csv"]).contains("mo-hinh."),
        "the register says it"
    );
}

#[test]
fn words_that_are_hard_to_write_come_back_as_they_were() {
    let first = reference();
    let mut definitions = first.definitions.clone();
    let hard = "“Trên” \"98\" % \\ có, phẩy; | gạch\n\txuống dòng {x}";
    definitions.campaign.notice = hard.to_owned();
    definitions.data_sets[0].instructions = vec![hard.to_owned(), "# không phải ghi chú".to_owned()];
    definitions.indicators[0].definition = hard.to_owned();
    definitions.elements[0].definitions[0].text = "Có \"ngoặc\", có phẩy\nvà xuống dòng".to_owned();
    definitions.targets.iter_mut().for_each(|t| t.source = "a,\"b\"".to_owned());
    let written = write(&Book::of(&definitions, &first.tree), &first.tree);
    assert_eq!(again(&written.files).definitions, definitions);
}

#[test]
fn a_place_in_a_file_is_a_field_of_a_record() {
    let first = reference();
    let mut book = Book::of(&first.definitions, &first.tree);
    let name = first.definitions.indicators[2].id.to_string();
    let record = book.record(Part::Indicator, &name).unwrap().clone();
    book.put(Part::Indicator, Some(&name), record.with("measure", "khong-co").with("wording.over", "nhiều"));
    let written = write(&book, &first.tree);
    let problems = load(&written.files).unwrap_err();
    let at: Vec<_> = problems
        .iter()
        .filter_map(|p| written.at(p.place.file.as_deref()?, p.place.line?))
        .filter(|(_, n, _)| *n == name)
        .map(|(part, _, field)| (part, field))
        .collect();
    assert!(at.contains(&(Part::Indicator, "wording.over")), "{problems:?}");
}

#[test]
fn an_element_is_on_one_form_wherever_it_is_put() {
    let first = reference();
    let mut book = Book::of(&first.definitions, &first.tree);
    let form = first.definitions.data_sets[1].id.to_string();
    let element = Record::default()
        .with("id", "moi.tinh")
        .with("name", "Chỉ tiêu mới")
        .with("measure", first.definitions.measures[0].id.as_str())
        .with("time", "flow")
        .with("data-set", &*form)
        .with_rows("definitions", vec![vec!["2025-01-01".into(), "Đếm".into()]]);
    book.put(Part::Element, None, element.clone());
    let loaded = again(&write(&book, &first.tree).files);
    assert_eq!(loaded.definitions.element("moi.tinh").unwrap().data_set.as_str(), form);
    let other = first.definitions.data_sets[0].id.to_string();
    book.put(Part::Element, Some("moi.tinh"), element.with("data-set", &*other));
    let loaded = again(&write(&book, &first.tree).files);
    assert_eq!(loaded.definitions.element("moi.tinh").unwrap().data_set.as_str(), other);
    assert!(book.remove(Part::Element, "moi.tinh"));
    assert_eq!(again(&write(&book, &first.tree).files).definitions, first.definitions);
}

#[test]
fn a_record_is_what_its_json_says() {
    let first = reference();
    let book = Book::of(&first.definitions, &first.tree);
    for part in Part::ALL {
        for record in book.records(part) {
            for field in part.fields().iter().filter(|f| f.needed) {
                let empty = matches!(record.get(field.name), None | Some(Value::List(_)))
                    && record.list(field.name).is_empty();
                assert!(
                    !empty || field.name == "name-en",
                    "{part:?} {} lacks {}",
                    part.name_of(record),
                    field.name
                );
            }
        }
    }
}
