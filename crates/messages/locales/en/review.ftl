# Reviewing returns (crates/actions/src/review, crates/desk/src/pages/review).

review-not-sent = { $name }: the return has not been sent.
review-decided-already = { $name }: this return { $status ->
    [accepted] was accepted
    [returned] was sent back
    [exempt] was excused
    [draft] is being changed by its unit
   *[expected] has not been sent
} and no longer waits for review. Nothing was changed.
review-changed-since = { $name }: the unit has just sent revision { $now }; the page showed revision { $shown }. Nothing was changed; please look again, then decide.
review-reason-long = The reason is too long; at most { $most } characters.
review-too-many = At most { $most } returns are accepted at once; these are { $found }.
review-no-forms = The campaign has no form or no period yet.
review-none-ticked = No return is ticked.
review-accepted-some = { $done } returns were accepted; { $left } have changed and were not:
review-day-unreadable = The day “{ $found }” cannot be read. Please write it as 2026-11-24.
extension-too-early = { $until } has passed or is within the period. The new deadline must be a day to come, after the period's last.
extension-not-later = The deadline is { $due } now; the new one ({ $until }) must be later.
desk-done-accepted = Accepted.
desk-done-sent-back = Sent back with the reason.
desk-done-excused = Excused.
desk-done-extended = The deadline was extended.

desk-nav-review = Review
desk-nav-missing = Not reported
desk-nav-table = Table

review-queue = Returns to review
review-headings = Groups of returns
review-heading-all = All ({ $count })
review-heading-flagged = Look closely ({ $count })
review-heading-corrected = Corrected, sent again ({ $count })
review-heading-new = New ({ $count })
review-heading-overdue = Overdue ({ $count })
review-mark-flagged = Look closely
review-mark-corrected = Corrected, sent again
review-mark-new = New
review-mark-overdue = Overdue
review-queue-empty = No return waits.
review-standings = Expected: { $expected }. Accepted: { $accepted }; waiting: { $waiting }; overdue: { $overdue }; not due yet: { $later }; excused: { $exempt }.
review-tick = Tick the return of { $unit }
review-tick-all = Tick all on this page
review-accept-ticked = Accept the ticked returns
review-page-of = Page { $page } of { $pages }
review-sent = sent { $at }
review-sent-on-behalf = entered on the unit's behalf { $at }
review-due = due { $day }
review-latest = The latest period, and what waits
review-all-forms = All forms
review-all-branches = All branches
review-form = Form
review-period = Period
review-branch = Under
review-status = Status
review-unit = Unit
review-status-expected = not sent
review-status-draft = being written
review-status-submitted = waiting
review-status-returned = sent back
review-status-accepted = accepted
review-status-exempt = excused
review-value-none = –
review-value-not-reported = not reported
review-value-not-applicable = not applicable
review-value-exempt = exempt ({ $reason })

review-to-queue = Returns to review
review-next = Next return
review-nothing-came = The unit has not sent this return.
review-fact-status = Status: { $status }
review-fact-branch = Under { $branch }
review-fact-sent = Revision { $number }, sent { $at }
review-fact-file = From the file { $file }
review-fact-locked = A frozen report rests on it
review-findings = Look closely
review-words = The unit's explanation and opinions
review-explanation = Explanation
review-numbers = The numbers beside earlier periods and the units under the same committee
review-element = Element
review-value = This period
review-counts = Counts now
review-siblings = Units under the same committee
review-siblings-hint = least – median – most
review-spread = { $least } – { $median } – { $most }
review-spread-units = { $units } units
review-above-siblings = { $times } times the median ({ $median }) of { $units } units under { $branch }.
review-below-siblings = The median of { $units } units under { $branch } is { $median }, { $times } times this number.
review-zero-siblings = 0, while the median of { $units } units under { $branch } is { $median }.
review-above-previous = { $times } times { $period } ({ $previous }).
review-below-previous = { $period } was { $previous }, { $times } times this number.
review-zero-previous = 0, while { $period } was { $previous }.
review-decide = Decide
review-accept-title = Accept
review-accept-hint = The numbers count as soon as they are accepted. A correction is sent again with a reason.
review-accept = Accept the return
review-send-back-title = Send back
review-send-back = Send the return back
review-reason = Reason
review-reason-hint = The unit reads these very words: say what is to be mended.
review-in-question = Elements in question (if any)
review-excuse-title = Excuse the unit from this return
review-excuse = Excuse
review-history = History
review-act-draft = Revision { $number } was written
review-act-submit = Revision { $number } was sent
review-act-correct = A correction was sent (revision { $number })
review-act-send-back = Sent back
review-act-accept = Accepted
review-act-exempt = Excused
review-act-lock = Frozen in the report { $edition }
review-who = { $office }, { $at }
review-who-on-behalf = { $office } on behalf of { $other }, { $at }
review-difference = { $element }: { $before } → { $after }

review-missing = Who has not reported
review-as-of = As of { $day }.
review-missing-none = Everybody has reported.
review-no-branch = Under no unit
review-owes = Return
review-due-head = Due
review-contact = Contact
review-contact-of = Contact: { $contact }
review-no-office = no account yet
review-no-holder = nobody holds it
review-more = { $count } more returns are not listed here; please choose a form or a branch.
review-message = A message to send
review-message-for = Message to { $branch }
review-copy = Copy
review-copied = Copied
review-message-open =
    Dear colleagues who report under { $branch },
    As of { $day }, { $count } returns have not come:
review-message-line = { $number }. { $unit }: { $form }, { $period }
review-message-line-due = { $number }. { $unit }: { $form }, { $period } (due { $due })
review-message-line-overdue = { $number }. { $unit }: { $form }, { $period } (due { $due }, overdue)
review-message-close =
    Please send them at { $address }, or as an Excel file by the template; if anything is in the way, tell us and we will help. Thank you.
    { $office }
review-extend = Extend
review-extend-title = Extend the deadline of a unit and those under it
review-until = New deadline (last day)

review-table = Table
review-csv = Download CSV
review-xlsx = Download Excel
review-year-before-show = Compare with the year before
review-year-before-hide = Without the year before
review-year-before-of = { $element } (same period of the year before)
review-year-before-short = year before: { $value }
review-total = Total
review-total-hint = accepted returns only
review-total-units = { $units } units
review-total-rests = accepted { $accepted } of { $expected }
review-not-counted = { $status }, not counted yet
review-target = Target
review-target-share = { $percent }% ({ $share })

desk-nav-review-long = Returns that are new, corrected or flagged; accept them or send them back.
desk-nav-missing-long = Who has not reported, by when, whom to call; a message to send.
desk-nav-table-long = Every unit and every element in one table; as Excel or CSV.
