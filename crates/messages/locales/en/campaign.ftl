# Reading a campaign's configuration (crates/campaign).

campaign-what = { $what ->
    [kind] kind of unit
    [measure] unit of measure
    [unit] unit
    [office] office
    [calendar] calendar
    [period] period
    [element] data element
    [data-set] form
    [indicator] indicator
    [check] check
    [directive] directive
    [reason] exempt reason
   *[other] item
}
campaign-type = { $expected ->
    [string] text in quotation marks
    [boolean] true or false
    [integer] a whole number
    [list] a list in [ ]
    [table] a table of fields
    [date] a day, written like 2025-07-01
   *[other] something else
}

campaign-file-missing = The file { $name } is missing. Every campaign has one.
campaign-not-utf8 = The file is not UTF-8. Please save it as UTF-8.
campaign-toml-broken = The file is not TOML here. The reader says: { $detail }
campaign-csv-broken = The file is not CSV here. The reader says: { $detail }
campaign-duplicate-key = This field was given above. Each is given once.
campaign-field-missing = The field “{ $name }” is missing.
campaign-field-unknown = There is no field “{ $found }”. Fields: { $expected }.
campaign-bad-choice = “{ $found }” cannot stand here. Choose one of: { $expected }.
campaign-wrong-type = { $found } stands here; expected { campaign-type }.
campaign-not-a-list = “{ $name }” is a list of items, written [[{ $name }]].
campaign-column-missing = The column “{ $name }” is missing from the header.
campaign-column-unknown = There is no column “{ $found }”. Columns: { $expected }.
campaign-row-length = This row has { $found } fields, the header { $expected }. A field with a comma in it goes between quotation marks.
campaign-empty-field = The field “{ $field }” is empty.
campaign-bad-date = “{ $found }” is not a day. Write year-month-day, such as 2025-07-01.
campaign-bad-name = “{ $found }” cannot name a { campaign-what }. Names are lower-case letters and digits in parts joined by dots or hyphens.
campaign-duplicate-name = The name “{ $name }” of a { campaign-what } is taken: { $file }, line { $line }. Each name is given once.
campaign-unknown-name = There is no { campaign-what } named “{ $name }”.
campaign-unknown-name-nearest = There is no { campaign-what } named “{ $name }”. Did you mean “{ $nearest }”?
campaign-more-problems = { $count } more problems are not listed. Mend these and load again.

campaign-threshold-too-small = The small-cell threshold is { $found }; it must be at least 1.
campaign-calendar-needs-one-way = The calendar “{ $calendar }” needs either a rule or a list of periods, and only one of them.
campaign-calendar-no-months = The calendar “{ $calendar }” has periods of 0 months. A period has at least 1.
campaign-calendar-too-long = The calendar “{ $calendar }” goes beyond the last day that can be written. Lower its count.
campaign-calendar-bad-pattern = The period name pattern “{ $found }” has a place that cannot be filled. Places: { $expected }.
campaign-event-needs = “{ $change }” lacks “{ $field }”, or has it wrong.
campaign-initiative-kind-missing = There is a register of initiatives, but campaign.toml has no initiative-kind: which kind of unit an initiative is.
campaign-initiative-ends-before-start = The initiative ends on { $ended }, before it starts on { $started }.
campaign-target-twice = The indicator “{ $indicator }” has a target for the period “{ $period }” above.

campaign-definition-same-day = The element “{ $element }” has two definitions from { $day } on.
campaign-element-on-no-form = The element “{ $element }” is on no form. Each element is on exactly one.
campaign-element-on-two-forms = The element “{ $element }” is on the form “{ $first }” and again on “{ $second }”. Each element is on exactly one form, once.
campaign-form-empty = The form “{ $form }” has no elements.
campaign-roster-empty = The form “{ $form }” names no kinds and no units, so nobody will owe it.

campaign-indicator-needs-one-way = The indicator “{ $indicator }” needs exactly one of: count, ratio, rate, sum, claim.
campaign-sum-of-nothing = The indicator “{ $indicator }” does not say what it is made of: a list is empty.
campaign-measures-differ = The indicator “{ $indicator }” is measured in “{ $expected }”, but “{ $of }” in “{ $found }”. Different units of measure are never added.
campaign-list-cannot-add = The indicator “{ $indicator }” adds “{ $element }”, whose values do not add across units (adds = lists).
campaign-mixed-time = The indicator “{ $indicator }” uses elements that add over the period (flow) together with elements of its last day (stock). Please look again.
campaign-ratio-across-forms = The indicator “{ $indicator }” divides elements of two forms: “{ $first }” on “{ $first-form }”, “{ $other }” on “{ $other-form }”. Numerator and denominator are on one form.
campaign-sum-needs-counts = The indicator “{ $indicator }” adds “{ $of }”, but only counts and sums of counts can be added.
campaign-sum-of-itself = The indicator “{ $indicator }” is made of itself.
campaign-claim-needs-source = The indicator “{ $indicator }” is quoted from elsewhere and needs a source.
campaign-wording-decimals = The indicator “{ $indicator }” asks for too many decimals. 0 to 3.

campaign-exclusion-group-count = What the indicator “{ $indicator }” takes off must have 1 to { $most } groups.
campaign-exclusion-group-twice = What the indicator “{ $indicator }” takes off has two groups of one name.
campaign-exclusion-group-unknown = What the indicator “{ $indicator }” takes off names the group “{ $found }”. Groups: { $expected }.
campaign-exclusion-part-missing = What the indicator “{ $indicator }” takes off lacks a part for those in exactly: { $groups }. Where groups overlap, the form must ask for each case (only this, only that, both), so that each person is taken off once.
campaign-exclusion-part-overlaps = What the indicator “{ $indicator }” takes off has a part for people in several groups ({ $groups }), but says that groups do not overlap (overlap = false).
campaign-exclusion-part-twice = What the indicator “{ $indicator }” takes off has two parts for one case: { $groups }.

campaign-register-unknown = The check “{ $rule }” asks the register “{ $found }”. Registers: { $expected }.
campaign-check-other-form = The check “{ $rule }” is of the form “{ $form }” but uses “{ $element }” of another, so that it can never say anything.

site-file-not-utf8 = The file { $file } is no UTF-8 text.
site-file-unreadable = The file { $file } cannot be read: { $detail }
site-article-no-head = The file { $file } has no head: an article begins with a line “+++”, its entries, and another line “+++”.
site-name-unknown = “{ $by }” names the { $what ->
    [column] column
    [picture] picture
   *[article] article
} “{ $name }”, but there is none of that name.
