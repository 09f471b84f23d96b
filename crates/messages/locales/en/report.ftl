# A report's own words: heads of tables, charts, the document's head, the annex; in the template's language.

report-figure = Figure
report-result = Result
report-fraction = Numerator/denominator
report-coverage = Coverage
report-target = Target
report-before = Same period, year before
report-unit = Unit
report-under = Reports to
report-form = Form
report-status = Status
report-none-missing = Every unit that owes a return has an accepted one.
report-missing = Units without an accepted return
report-initiative = Initiative
report-field = Field
report-owner = Owner
report-kind = Kind
report-collective = Collective
report-individual = Individual
report-new = new
report-number = Number and symbol
report-issuer = Issuer
report-issued = Issued
report-subject = Subject
report-edition-before = Edition before
report-this-edition = This edition
report-reason = Reason
report-differences = What differs from the edition before
report-withheld-note = Note: very small counts are protected and not published.
report-recipients = Recipients:
report-withheld = protected
report-withheld-number = protected: a small number
report-not-reported = not reported
report-deadline = Deadline
report-accepted-of = accepted/expected
report-banner = Note

# the head
report-party = COMMUNIST PARTY OF VIET NAM
report-state = SOCIALIST REPUBLIC OF VIET NAM
report-motto = Independence - Freedom - Happiness
report-number-party = No.
report-number-administrative = No.
report-day-open = Date:{ $room }{ $room }{ $room }

# figures
report-no-data = no data yet
report-undecided = no exact answer: a unit was split
report-direct-units = Units directly below
report-coverage-title = Returns accepted, day by day
report-edition-corrects = Edition { $number } replaces edition { $before } ({ $day }) because returns were corrected; { $changed } figures changed, shown in the table of differences.
report-part-of-whole = This period is part of a longer one: no counts of people are published for it, because a protected number could be had by subtracting the other periods from the longer one.

# where a return stands
report-return-expected = not sent
report-return-draft = draft
report-return-submitted = waiting for review
report-return-returned = sent back
report-return-accepted = accepted
report-return-exempt = exempt

# what kind of statement a figure is
report-figure-measured = from returns
report-figure-derived = from other figures
report-figure-claim = quoted claim
report-figure-missing = no data yet
report-figure-unanswerable = no exact answer

# the annex: sheets
annex-figures = Figures
annex-contributions = Contributions
annex-missing = Missing
annex-exclusions = Exclusions
annex-corrections = Corrections
annex-definitions = Definitions

# the annex: columns
annex-figure-key = Figure
annex-figure-name = Name
annex-wording = As the report says it
annex-numerator = Numerator
annex-denominator = Denominator
annex-measure = Unit of measure
annex-excluded = Excluded
annex-as-of = As of
annex-tree = Tree of
annex-status = Kind
annex-expected = Expected
annex-accepted = Accepted
annex-exempt = Exempt
annex-not-reported = Missing
annex-unit = Unit
annex-unit-name = Name of the unit
annex-under = Reports to
annex-revision = Revision
annex-file = File
annex-sheet = Sheet
annex-cell = Cell
annex-form = Form
annex-period = Period
annex-return-status = Status
annex-groups = Groups excluded
annex-off-numerator = Off the numerator
annex-off-denominator = Off the denominator
annex-element = Data element
annex-before = Before
annex-after = After
annex-office = Corrected by
annex-at = At
annex-reason = Reason
annex-definition = Definition
annex-formula = Formula
annex-quote = As published
annex-withheld = protected
