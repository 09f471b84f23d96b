//! Calendars: Decree 09/2019/NĐ-CP's can be written, and tile as declared.

use nhipcau_campaign::{Loaded, Memory, load};
use nhipcau_domain::{period::Calendar, problem::Problem};

const REST: [(&str, &str); 4] = [
    (
        "campaign.toml",
        "[campaign]\nid = \"c\"\nname = \"C\"\nscope = \"xa\"\noffice = \"ban\"\n\
         [[kind]]\nid = \"commune\"\nname = \"Xã\"\nname-en = \"Commune\"\n\
         [[office]]\nid = \"ban\"\nname = \"Ban\"\nunit = \"xa\"\n",
    ),
    ("units.csv", "unit,code,name,kind,parent,opened\nxa,,Xã,commune,,2016-01-01\n"),
    ("elements.csv", "id,section,name,measure,time,adds,from,definition\n"),
    ("data-sets.toml", ""),
];

fn try_load(calendars: &str) -> Result<Loaded, Vec<Problem>> {
    let mut files = Memory::default();
    for (path, text) in REST {
        files.put(path, text);
    }
    files.put("indicators.toml", "");
    files.put("calendars.toml", calendars);
    load(&files)
}

fn rule(id: &str, tiles: &str, first: &str, months: u8, count: u8, pattern: &str) -> String {
    format!(
        "[[calendar]]\nid = \"{id}\"\nname = \"{id}\"\ntiles = [{tiles}]\n[calendar.rule]\n\
         first = {first}\nmonths = {months}\ncount = {count}\nid = \"{pattern}\"\nname = \"Kỳ {{first}} - {{last}}\"\n"
    )
}

/// The calendars of Decree 09/2019/NĐ-CP, article 12.
fn decree() -> String {
    rule("thang", "\"sau-thang\", \"nam\"", "2021-12-15", 1, 24, "thang-{last-year}-{last-month:02}")
        + &rule("sau-thang", "\"nam\"", "2021-12-15", 6, 4, "sau-thang-{n}")
        + &rule("nam", "", "2021-12-15", 12, 2, "nam-{last-year}")
}

fn days(calendar: &Calendar, at: usize) -> (String, String, String) {
    let p = &calendar.periods[at];
    (p.id.to_string(), p.first.to_string(), p.last.to_string())
}

#[test]
fn the_decrees_calendars_tile() {
    let definitions = try_load(&decree()).unwrap().definitions;
    let of = |id: &str| definitions.calendar(id).unwrap();
    let is = |id: &str, first: &str, last: &str| (id.to_owned(), first.to_owned(), last.to_owned());
    assert_eq!(days(of("thang"), 0), is("thang-2022-01", "2021-12-15", "2022-01-14"));
    assert_eq!(days(of("sau-thang"), 0), is("sau-thang-1", "2021-12-15", "2022-06-14"));
    assert_eq!(days(of("sau-thang"), 1), is("sau-thang-2", "2022-06-15", "2022-12-14"));
    assert_eq!(days(of("nam"), 1), is("nam-2023", "2022-12-15", "2023-12-14"));
    assert_eq!(of("nam").periods[0].name, "Kỳ 15/12/2021 - 14/12/2022");
}

fn refused(calendars: &str, id: &str) -> Problem {
    let all = try_load(calendars).unwrap_err();
    all.iter().find(|p| p.id == id).cloned().unwrap_or_else(|| panic!("no {id} in {all:?}"))
}

#[test]
fn a_tiling_that_does_not_hold_is_refused() {
    let months = rule("thang", "\"nam\"", "2021-12-01", 1, 24, "thang-{n}");
    let years = rule("nam", "", "2021-12-15", 12, 1, "nam-{n}");
    let problem = refused(&(months + &years), "calendar-does-not-tile");
    assert_eq!(problem.place.file.as_deref(), Some("calendars.toml"));
}

#[test]
fn gaps_overlaps_and_backward_periods_are_refused() {
    let two = |first: &str, last: &str| {
        format!(
            "[[calendar]]\nid = \"c\"\nname = \"C\"\n\
             [[calendar.period]]\nid = \"a\"\nname = \"A\"\nfirst = 2022-01-01\nlast = 2022-03-31\n\
             [[calendar.period]]\nid = \"b\"\nname = \"B\"\nfirst = {first}\nlast = {last}\n"
        )
    };
    assert!(try_load(&two("2022-04-01", "2022-06-30")).is_ok());
    refused(&two("2022-04-02", "2022-06-30"), "calendar-gap");
    refused(&two("2022-03-31", "2022-06-30"), "calendar-gap");
    refused(&two("2022-04-01", "2022-03-01"), "calendar-period-ends-before-start");
    refused(&two("2022-04-01T08:00:00", "2022-06-30"), "campaign-bad-date");
}

#[test]
fn the_last_day_of_a_month_is_not_lost_on_the_way() {
    let months = rule("m", "", "2022-01-31", 1, 3, "m-{n}");
    let definitions = try_load(&months).unwrap().definitions;
    let first: Vec<String> =
        definitions.calendar("m").unwrap().periods.iter().map(|p| p.first.to_string()).collect();
    assert_eq!(first, ["2022-01-31", "2022-02-28", "2022-03-31"]);
}

#[test]
fn a_calendar_is_written_one_way_and_its_pattern_names_each_period() {
    refused("[[calendar]]\nid = \"c\"\nname = \"C\"\n", "campaign-calendar-needs-one-way");
    refused(&rule("c", "", "2022-01-01", 0, 1, "c-{n}"), "campaign-calendar-no-months");
    refused(&rule("c", "", "9999-01-01", 12, 9, "c-{n}"), "campaign-calendar-too-long");
    refused(&rule("c", "", "2022-01-01", 1, 2, "c-{week}"), "campaign-calendar-bad-pattern");
    refused(&rule("c", "", "2022-01-01", 1, 2, "c"), "campaign-duplicate-name");
    refused(&rule("c", "\"d\"", "2022-01-01", 1, 2, "c-{n}"), "campaign-unknown-name");
}
