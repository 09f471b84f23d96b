cli-failed = This could not be done: { $detail }

data-folder-missing = There are no records in the folder “{ $folder }”. Run “nhipcau init” or “nhipcau demo”, or name the folder with --data.
file-missing = There is no file “{ $file }”.
file-exists = The file “{ $file }” exists and is not overwritten. Choose another name.
file-unreadable = “{ $file }” cannot be read; check its permissions.
file-too-large = The file has { $megabytes } MB, more than a form may have.
backup-broken = “{ $file }” is not a sound backup; nothing was restored.
copy-needs-database = Name the target database with --database postgres://…
cannot-listen = Cannot listen at { $address }: { $detail }. Choose another with --listen.
office-unknown = There is no office “{ $office }”.
return-none = Unit “{ $unit }” has not sent this return.
nothing-owed = No unit owes anything for the period “{ $period }”.
template-failed = The form could not be written: { $detail }
attachment-kind = “{ $file }” is not a PDF, PNG or JPEG file.
clock-out-of-range = The machine's clock tells a time that cannot be used.
edition-not-a-draft = Edition { $number } of the report “{ $report }” is not a finished draft; draft it first.
edition-not-approved = Edition { $number } of the report “{ $report }” is not approved.
edition-not-frozen = Edition { $number } of the report “{ $report }” is not frozen.
edition-inputs-changed = The figures changed after edition { $number } of the report “{ $report }” was approved. Draft it again, read it and approve it.
edition-would-expose = Not published: a small count of unit “{ $unit }” (figure “{ $figure }”) could be worked out from other numbers.
demo-needs-synthetic = This campaign has no synthetic.toml, so no sample data can be made.

migrate-done = The database's schema is up to date ({ $steps } steps).
backup-done = Backed up to “{ $file }”.
restore-done = Restored.
copy-done = Copied to PostgreSQL.
doctor-campaign = { $name }: configuration version { $version }, { $units } units.
doctor-open-folder = Others can read the folder “{ $folder }”; it holds raw counts. Set its mode to 700.
doctor-sound = Nothing unusual was found.
doctor-unsound = Something needs attention, see above.
init-checked = The configuration “{ $name }” is valid.
init-done = { $name }: configuration version { $version }; { $events } unit events recorded.
tree-changed = The change is on record from { $day }; totals were made anew.
serve-ready = Serving at { $address } (Ctrl+C stops)
serve-reviewer = For a reviewer of raw counts (works once, within 12 hours): { $address }
generate-done = Made { $cells } cells in “{ $folder }” (period “{ $period }”).
template-written = Wrote { $count } forms to “{ $folder }”.
accepted-count = Accepted { $count } returns.
sent-back = The return was sent back.
exempted = The unit was excused.
extended = The deadline is now { $day }.
import-summary = Received { $received }, corrected { $corrected }, accepted { $accepted }, unchanged { $unchanged }; something was refused in { $refused } files.
import-dry-run = Dry run: nothing was written.
return-revision = Revision { $number }, { $office }, { $file }
report-drafted = Drafted the report “{ $report }”, edition { $number }.
report-open-comments = { $count } comments are not settled: nothing is approved. Add --despite-comments to approve all the same.
report-approved = Approved the report “{ $report }”, edition { $number }.
report-frozen = Froze the report “{ $report }”, edition { $number }.
report-attached = Attached to the report “{ $report }”, edition { $number }.
verify-agrees = All agrees: { $returns } returns, { $totals } rows of totals and { $editions } frozen editions compared.
verify-failed = { $count } differences.
verify-differs = { $what } { $which }: kept { $kept }; recomputed { $recomputed }
verify-what-database = Database
verify-what-foreign-key = Foreign key
verify-what-tree = Tree
verify-what-state = State of a return
verify-what-contribution = Contribution
verify-what-total = Total
verify-what-edition = Frozen edition
demo-inputs = Wrote { $count } files of returns to “{ $folder }”.
demo-import = Importing the units' returns:
demo-send-back-reason = The numbers of this period differ from the committee's own record; please check and send again.
demo-sent-back = ↩ Sent back the return of { $unit }: { $reason }
demo-report = Reports:
demo-figures = The figures, beside the published results:
demo-notice = { $notice }

column-key = Figure
column-value = Value
column-numerator = Numerator
column-denominator = Denominator
column-wording = Wording
column-unit = Unit
column-status = Status
column-coverage = Returns
column-published = Published
column-name = Name
column-under = Under
column-source = Source
column-form = Form
column-period = Period
column-revision = Revision
column-report = Report
column-edition = Edition
column-date = When
column-due = Due
column-office = Office
status-measured = from returns
status-derived = from other figures
status-claim = quoted
status-missing = no data yet
status-unanswerable = has no exact answer
return-status-expected = not sent
return-status-draft = draft
return-status-submitted = waits for review
return-status-returned = sent back
return-status-accepted = accepted
return-status-exempt = excused
answer-exempt = exempt: { $reason }
edition-draft = draft
edition-approved = approved
edition-frozen = frozen
explain-says = Says
explain-status = Kind
explain-definition = Definition
explain-value = Numbers
explain-excluded = Without
explain-tree = Tree as of
explain-coverage = Owed { $expected }, accepted { $accepted }, excused { $exempt }, missing { $missing }.
explain-correction = Correction: { $unit } ({ $office }): { $reason }

help = Nhịp Cầu carries a figure from the hamlet to the published page. Every number answers: of whom, excluding whom, as of when, from which units, and who is missing.
help-exit-codes =
    Exit codes:
      0  done
      1  done in part: something was refused, or verify found differences
      2  the command was not understood
      3  what was asked cannot be (with the reason)
      4  the machine or the database failed
    Environment: NHIPCAU_DATA, NHIPCAU_DATABASE, NHIPCAU_LANG, RUST_LOG.
help-demo = Build the sample campaign out of its workbooks and serve it
help-demo-long =
    Examples:
      nhipcau demo
      nhipcau demo --once --data /tmp/try
      nhipcau demo --listen 0.0.0.0:8080
help-init = Set a data folder up from a campaign's configuration files
help-init-long =
    Run again with a changed configuration, it becomes the next version; with the same one, nothing changes.
    Examples:
      nhipcau init --campaign campaigns/cau-ngang --data data
      nhipcau init --campaign campaigns/cau-ngang --check
help-returns = Forms out, returns in, review
help-returns-template = Write the workbooks that units fill in
help-returns-template-long =
    Examples:
      nhipcau returns template --period nam-1 --out forms
      nhipcau returns template --period nam-1 --unit xa-long-son.ap-so-cay
help-returns-import = Import returns from files or folders (.xlsx, .csv)
help-returns-import-long =
    Importing the same file twice changes nothing. A bad file never stops the others. With --format json each file is acknowledged by a line once it is safely written.
    Examples:
      nhipcau returns import returns/ --dry-run
      nhipcau returns import returns/ --accept-by ban-tuyen-giao
      nhipcau returns import corrected.xlsx --reason "Two members who had just arrived were left out"
help-returns-list = List the returns of a period
help-returns-show = Show one return with every revision and act
help-returns-accept = Accept returns that wait
help-returns-send-back = Send a return back, with a reason
help-returns-exempt = Excuse a unit from a return, with a reason
help-returns-extend = Extend a deadline for a branch of the tree, with a reason
help-figures = Print the figures of a period
help-figures-long =
    Examples:
      nhipcau figures --period nam-1
      nhipcau figures --period nam-1 --unit xa-long-son --format json
      nhipcau figures --period nam-1 --tree now
    With --format json each figure has: key, value (a share: whole per cent, cut), numerator, denominator, wording, unit, status (measured, derived, claim, missing, unanswerable), coverage.
help-explain = Explain a figure down to the cell of the workbook
help-explain-long =
    Examples:
      nhipcau explain members.registered --period nam-1
      nhipcau explain members.planned --period nam-1 --format json
help-coverage = Who has reported, and who has not
help-tree = The tree of units by day, and its changes
help-tree-show = Show the tree on a day
help-tree-change = Record a change with the day from which it holds
help-tree-change-long =
    Example (JSON): {"{"}"change":"rename","unit":"xa-long-son","name":"Đảng bộ xã Long Sơn"{"}"}
    Kinds: open, close, move, rename, recode, rekind, merge, split.
help-report = Draft, approve, freeze and write reports
help-report-draft = Draft from the template and the figures as they are
help-report-approve = Approve a draft
help-report-freeze = Freeze what is approved, and write PDF, DOCX, HTML and annex
help-report-write = Write a frozen edition's documents again
help-report-attach = Attach the scan of the signed copy
help-report-list = List the editions
help-serve = Serve the pages
help-verify = Make everything anew from the records, and compare
help-migrate = Bring the database's schema up to date
help-backup = Back up to one file while others work
help-restore = Restore a backup into an empty place
help-copy-to-postgres = Copy the records to PostgreSQL
help-copy-to-postgres-long =
    Example:
      nhipcau copy-to-postgres --data data --database postgres://nhipcau@localhost/nhipcau
help-doctor = Look over the place where the records are
help-generate = Make a synthetic country, for measuring
help-completions = Print the shell's completion script

arg-data = The data folder
arg-database = A PostgreSQL database instead of the data folder (postgres://…)
arg-lang = Language: vi or en
arg-once = Do everything but serve, then exit
arg-listen = The address to serve at
arg-campaign = The campaign's configuration folder
arg-seed = Seed of the synthetic data
arg-check = Only check the configuration
arg-period = Period, such as nam-1
arg-unit = A unit's id
arg-tree = Tree: then (the period's end), now (today) or a date
arg-format = How to print: table, json, csv
arg-figure = A figure's key, such as members.registered
arg-on = The day
arg-office = The office that acts
arg-change = What happens, as JSON
arg-report = The report template's name
arg-despite-comments = Approve although comments are not settled
arg-edition = Edition; the latest if left out
arg-date = The date on the document
arg-number = Number and symbol of the document
arg-file = A file
arg-to = The file to write
arg-from = The backup file
arg-quiet = Print nothing where all agrees
arg-shell = The shell
arg-cells = How many cells
arg-out = The folder to write to
arg-paths = Files or folders
arg-dry-run = Say what would happen, write nothing
arg-accept-by = The office that accepts at once
arg-reason = Why
arg-as-of = The day for which names and codes of units are read; today if left out
arg-form = The form's name
arg-status = Where the return stands
arg-until = The new deadline

arg-site = Address under which readers find the site, such as https://caungang.example
arg-tls-certificate = File of the TLS certificate (PEM, with its chain); a new file is used at once, without a restart
arg-tls-key = File of the certificate's private key (PEM)
arg-trusted-proxy = Network of a proxy that is trusted, such as 10.0.0.0/8; only its forwarded addresses are believed
arg-operations = An address for operators only: /healthz, /readyz, /metrics
arg-page-memory = Memory for pages that were made, MB
account-key-damaged = The key file { $file } is not 32 bytes long. Please restore it from a backup; if there is none, delete it: whoever uses codes will have to enrol them again.
serve-certificate = The certificate in { $file } cannot be used: { $detail }
serve-too-much = Too many requests came from your machine in a short time. Please wait a little and try again.

help-visits = Visits that were counted, here and on the site before
help-visits-long =
    Examples:
      nhipcau visits total --format json
      nhipcau visits import access.log access.log.1 --host caungang.example
      nhipcau visits carry --last-day 2026-11-30 --visits 3342863 --note "counter of the old site"
    A visit is one reader's stay; it ends after 30 minutes without a page.
    Stop the service (serve) while import or carry runs.
help-visits-total = Visits and views in all
help-visits-import = Read the access logs of an old site (Apache's or nginx's combined format)
help-visits-carry = Take over the total of an old site
arg-files = Files to read
arg-host = The old site's host, so that links within it are no referrers
arg-overlap = The log is of a second server of the same site: its time may overlap with a file read before
arg-last-day = The last day that the old site counted, such as 2026-11-30
arg-visits = Visits
arg-views = Views, if the old site counted them
arg-note = Where the number comes from
column-visits-what = Time
column-visits-visits = Visits
column-visits-views = Views
visits-online = Online (the last 5 minutes)
visits-today = Today
visits-week = This week (since Monday)
visits-month = This month
visits-all = All
visits-gap = From { $from } to { $to }, { $hits } hits could not be written (a full or broken disk).
visits-carried = Took over { $visits } visits and { $views } views of the old site.
visits-carried-before = This number was taken over before; nothing changed.
visits-imported = { $file }: { $visits } visits and { $views } views added; { $left } lines left out (machines, files, errors); { $bad } lines could not be read.
visits-import-before = { $file }: this file was read before; nothing changed.
visits-bad-line = line { $line }: { $why }

help-site = A site's first content, its map, a former site's addresses
help-site-load = Load columns, pages, articles and pictures from a folder (see docs/site-content.md)
help-site-map = Load the outlines of units from a GeoJSON file, from a day on
help-site-redirects = Load the addresses of a former site from a CSV file (old address, new address)
arg-folder = The folder
site-loaded = The site: { $columns } columns, { $articles } articles and pages, { $pictures } pictures, { $maps } maps.
site-map-loaded = The map: { $areas } areas are units that are open.
site-redirects-loaded = Loaded { $count } addresses of the former site.
site-folder-empty = This folder has no file site/site.toml.
site-file-missing = The file { $file } cannot be read: { $detail }
site-map-day = The file's name { $file } is no day (such as 2025-07-01.geojson).
site-article-day = The article “{ $slug }” has a time of publication that cannot be read; such as 2022-05-19T07:30.
site-picture-missing = There is no picture file { $file }.
arg-first-day = From which day on, such as 2025-07-01
