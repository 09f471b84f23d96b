# The audit trail: who did what that binds, as a chain that cannot be changed without showing.

help-audit = The trail of acts that bind, to be checked from outside
help-audit-long =
    Examples:
      nhipcau audit export > trail.jsonl
      nhipcau audit export --format csv --since 2022-07-01 > trail.csv
      nhipcau audit head
    docs/audit.md says how to check an exported file without this program.
help-audit-export = Write all records, oldest first
help-audit-head = Say the number and the hash of the newest record
arg-export-format = How to write: jsonl (to be checked), csv (to be read)
arg-since = Only from this day on (Vietnam's time)

audit-head = Newest record: number { $number }, hash { $hash }
audit-empty = The trail has no record yet.

verify-what-audit = Audit trail
verify-what-office = Powers of an office
verify-what-article = Article
verify-what-document = Register of documents
verify-what-relation = Relation of documents

desk-nav-audit = Audit trail
audit-title = Audit trail
audit-lead = Every act that binds is a record that names the office, the person, the time and what was done; each record carries the hash of the one before. Whoever changes an old record breaks every hash after it.
audit-head-heading = Newest record
audit-head-long = Number { $number }, at { $at }. Copy the hash below out of the system (print it with a report, send it by the registry): whoever changes the trail later cannot keep it.
audit-none = There is no such record.
audit-filter-office = Office that acted
audit-filter-office-all = Every office
audit-filter-subject = Id of a unit, an office or a report
audit-filter-subject-hint = For example: xa-long-son; ket-qua/1. Many returns accepted at once are found by each of their units.
audit-filter-from = From
audit-filter-to = To the end of
audit-filter-button = Filter
audit-day-unreadable = The day “{ $found }” cannot be read. It should be year-month-day, such as 2022-05-18.
audit-older = Older
audit-look-on = Look on among older records
audit-none-so-far = There is none among the records that were looked at; there are older ones.
audit-newest = Back to the newest
audit-export = Export the whole trail (a line of JSON each)
audit-number = No.
audit-when = When
audit-who = Who
audit-what = What
audit-about = About
audit-by-program = The program
audit-details = Details
audit-count = { $count } returns
audit-form = { $form }, period { $period }: { $count } returns
audit-beyond = and { $count } more beyond your reach
audit-reason = Reason: { $reason }
audit-revision = as sent the { $revision }. time
audit-until = until the end of { $day }
audit-changes = { $count } changes
audit-version = configuration no. { $version }
audit-pinned = { $count } acts from before the chain began

audit-what-genesis = The chain begins
audit-what-returns-accepted = Returns accepted
audit-what-returns-sent-back = Returns sent back
audit-what-returns-excused = Returns excused
audit-what-deadline-extended = Deadline extended
audit-what-report-approved = Report approved
audit-what-report-frozen = Report frozen
audit-what-report-attached = Signed copy attached
audit-what-definitions-changed = Configuration changed
audit-what-tree-changed = Tree of units changed
audit-what-office-created = Office set up
audit-what-office-granted = Roles on the site granted
audit-what-office-posted = Reporting duties given
audit-what-office-renamed = Office renamed
audit-what-office-closed = Office closed
audit-what-office-opened = Office opened again
audit-what-office-holder-added = Holder added
audit-what-office-holder-left = Holder left
audit-what-office-link-given = Way in given
audit-what-office-slip-printed = Slip printed
desk-nav-audit-long = Who accepted, sent back, extended, approved or froze what, and when.
