place-sheet = sheet “{ $sheet }”
place-cell = cell { $cell }
place-line = line { $line }, column { $column }

calendar-period-ends-before-start = The period “{ $period }” ends before it begins.
calendar-gap = Calendar “{ $calendar }”: the period “{ $before }” ends on { $last } but the next, “{ $after }”, begins on { $first }; they must meet.
calendar-does-not-tile = Calendar “{ $calendar }” does not fit exactly into “{ $larger }”: the period “{ $period }” does not begin and end with the smaller ones.

tree-two-parents = Unit “{ $unit }” is put under two parents on the same day, { $day }; there can be one a day.
tree-opened-twice = Unit “{ $unit }” was opened before; a unit's id is never used again ({ $day }).
tree-too-large = The tree holds more units than it can.
tree-closes-as-it-opens = Unit “{ $unit }” closes on the day on which it opens ({ $day }).
tree-merges-into-itself = Unit “{ $unit }” cannot merge into itself ({ $day }).
tree-split-needs-two = Splitting unit “{ $unit }” on { $day } must give at least two other units.
tree-code-held-twice = Code { $code } is given to both “{ $unit }” and “{ $other }” on { $day }; at any time a code is one unit's.
tree-child-outlives-parent = Unit “{ $unit }” is still open while its parent “{ $parent }” closes on { $day }; move or close it first.
tree-cycle = Unit “{ $unit }” cannot report to “{ $parent }” from { $day }: they would report to each other.
tree-unit-unknown = { $day } names the unit “{ $unit }”, which was not opened.
tree-unit-closed = Unit “{ $unit }” closed on { $closed } and cannot change on { $day }.
tree-scope-not-open = Unit “{ $unit }” is not open on { $day }, nor within the period “{ $period }”.

return-waits-for-review = The return waits for review; its draft cannot be changed now.
return-not-submitted = The return was not sent, so it cannot be accepted or sent back.
return-not-accepted = The return is not accepted, so it cannot be locked.
return-already-reported = The unit has reported, so it cannot be excused.
correction-needs-reason = The return is accepted; a correction needs a reason.
send-back-needs-reason = Sending a return back needs a reason.
exempt-needs-reason = Excusing a unit needs a reason.
revision-out-of-order = Revision { $found } is out of order; the next one is { $expected }.
total-too-large = The total is beyond what can be computed; check the very large numbers.

office-may-not = The office “{ $office }” was not given the right to do this.
unit-out-of-reach = There is no unit “{ $unit }”, or it is not one that the office signed in is in charge of.
article-act-refused = This article cannot be { $act ->
    [revise] changed
    [submit] submitted
    [return] returned
    [approve] approved
    [schedule] scheduled
    [publish] published
    [expire] expired
   *[withdraw] withdrawn
}: it { $status ->
    [draft] is still a draft
    [submitted] waits for approval
    [approved] is approved and waits for publication
    [scheduled] is scheduled
    [published] is published
    [expired] has expired
   *[withdrawn] was withdrawn
}.
