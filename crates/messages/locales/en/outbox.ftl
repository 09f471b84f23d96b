# Messages that the system sends: reminders, returns that were sent back, the morning's message
# (crates/actions/src/outbox, crates/desk/src/pages/review/reminders, crates/app/src/commands/outbox.rs).

# What a message says; it goes out in Vietnamese. There is no figure in it.
outbox-text-reminder-subject = Please send your return: { $form }, { $period }
outbox-text-reminder-mail =
    To { $unit }:

    { $from } has not received your return “{ $form }”, { $period }. Please send it in the system.

    Sign in to report: { $address }

    If you have just sent it, please ignore this mail. It was sent by the system; please do not answer it. For help, ask { $from }.
outbox-text-reminder-phone = { $from } has not received the return “{ $form }”, { $period } of { $unit }. Please send it at { $address }. If you have just sent it, please ignore this.
outbox-text-reminder-due-subject = Please send your return by { $due }: { $form }, { $period }
outbox-text-reminder-due-mail =
    To { $unit }:

    { $from } has not received your return “{ $form }”, { $period }. Please send it by the end of { $due }.

    Sign in to report: { $address }

    If you have just sent it, please ignore this mail. It was sent by the system; please do not answer it. For help, ask { $from }.
outbox-text-reminder-due-phone = { $from } has not received the return “{ $form }”, { $period } of { $unit }. Please send it by the end of { $due } at { $address }. If you have just sent it, please ignore this.
outbox-text-reminder-overdue-subject = Your return was due on { $due }: { $form }, { $period }
outbox-text-reminder-overdue-mail =
    To { $unit }:

    Your return “{ $form }”, { $period } was due on { $due }, and { $from } has not received it. Please send it soon.

    Sign in to report: { $address }

    If you have just sent it, please ignore this mail. It was sent by the system; please do not answer it. For help, ask { $from }.
outbox-text-reminder-overdue-phone = The return “{ $form }”, { $period } of { $unit } was due on { $due }, and { $from } has not received it. Please send it soon at { $address }. If you have just sent it, please ignore this.
outbox-text-sent-back-subject = A return to look at again: { $form }, { $period }
outbox-text-sent-back-mail =
    To { $unit }:

    { $from } has sent your return “{ $form }”, { $period } back, with a reason. Please sign in to read the reason, mend it and send it again.

    Sign in: { $address }

    This mail was sent by the system; please do not answer it. For help, ask { $from }.
outbox-text-sent-back-phone = { $from } has sent the return “{ $form }”, { $period } of { $unit } back, with a reason. Please sign in to read the reason, mend it and send it again: { $address }.
outbox-text-digest-subject = Returns that wait: { $waiting }; overdue: { $overdue }
outbox-text-digest-mail =
    To { $office }:

    { $waiting } returns wait for review, and { $overdue } are overdue.

    See and review: { $address }

    The system sends this each morning when something waits; it can be turned off under “Reminders by the calendar”.
outbox-text-digest-phone = { $office }: { $waiting } returns wait for review, { $overdue } are overdue. See { $address }.
outbox-text-test-subject = A test from the reporting system
outbox-text-test-mail =
    This is a test that { $office } asked for. Whoever reads it knows that the system can send mail.

    { $address }
outbox-text-test-phone = A test that { $office } asked for: the system can send messages. { $address }

outbox-cannot = That cannot be done to a message that is “{ $state ->
    [waiting] waiting
    [claimed] about to go out
    [sending] going out
    [sent] sent
    [given-up] given up
    [dropped] not sent any more
   *[unknown] of unknown fate
}”.
outbox-none-chosen = No unit is chosen.
outbox-not-set-up = The system is not set up to send mail or messages. Whoever runs the program sets it up (docs/reminders.md).
outbox-which = Please choose one form and one period.
outbox-plan-days = Days are from 1 to { $most }; leave the field empty for none.
outbox-plan-unreadable = “{ $found }” is no number of days.
outbox-test-nobody = This account's contact has no e-mail address or mobile number. Please set one and try again.
outbox-test-just-now = A test was sent within this minute. Please wait a minute.
outbox-message-unknown = There is no message “{ $id }” in this office's reach.
outbox-changed-since = This message has changed since the page was opened. Nothing was done; please look again and decide.
outbox-no-address = “{ $found }” is no e-mail address and no Vietnamese mobile number.
outbox-restored = { $count } messages that had not gone out when the backup was made are now of unknown fate: they may have gone out since. Please decide about them; nothing goes out by the calendar today.

outgoing-mail-server = “{ $found }” is no mail server's name, with a port if needed (mail.example:587).
outgoing-mail-unprotected = Mail is not sent without encryption to “{ $found }”: “none” is only for a server on this machine.
outgoing-mail-from = “{ $found }” is no sender's address, such as “Committee <reports@xa.gov.vn>”.
outgoing-certificate = The trusted certificate cannot be read: { $detail }
outgoing-gateway-url = The gateway's address is not right: https://…, without name and password.
outgoing-gateway-unprotected = The gateway “{ $found }” must be reached by https; http is only for this machine.
outgoing-gateway-key = The key that signs for the gateway is too short: at least { $least } characters.

doctor-outbox-ways = Mail: { $mail }; telephone numbers: { $phone } (by this command's options).
doctor-outbox = Messages: { $waiting } waiting, { $going } going out, { $sent } sent, { $given-up } given up, { $unknown } unknown.
doctor-outbox-stuck = Messages are due since { $since } and were not sent: the service (serve) does not run, or runs without options for sending.
doctor-outbox-unknown = Of { $count } messages nobody knows whether they went out; somebody decides on the page “Messages” or by “nhipcau outbox decide”.
outbox-on = on
outbox-off = not set up

outbox-id = Id
outbox-at = At
outbox-kind = Kind
outbox-to = To
outbox-unit = Unit
outbox-state = State
outbox-said = Remark
outbox-step = Step
outbox-kind-reminder = Reminder
outbox-kind-sent-back = Sent back
outbox-kind-digest = Morning message
outbox-kind-test = Test
outbox-channel-mail = mail
outbox-channel-phone = message
outbox-state-waiting = Waiting
outbox-state-claimed = About to go out
outbox-state-sending = Going out
outbox-state-sent = Sent
outbox-state-given-up = Given up
outbox-state-unknown = Not known whether it was sent
outbox-state-dropped = Not sent any more
outbox-step-claimed = Taken to be sent
outbox-step-let-go = Back to waiting
outbox-step-unknown = The program ended while it was going out
outbox-step-postponed = Put off until 7:00
outbox-step-not-needed = Not needed any more
outbox-step-sending = Going out
outbox-step-sent = The other side has it
outbox-step-later = Not sent; to be tried again
outbox-step-refused = The other side refused it
outbox-step-unclear = The line broke; not known whether it arrived
outbox-step-restored = Put back from a backup
outbox-step-decided-sent = Somebody decided that it was sent
outbox-step-decided-again = Somebody asked for it to be sent again
outbox-step-called-off = Somebody called it off
outbox-why-reported = the unit has reported, or need not any more
outbox-why-recipient = the recipient does not hold the office any more, or has another contact
outbox-why-late = another day has begun
outbox-cli-test-subject = A test from nhipcau
outbox-cli-test = Whoever reads this knows that nhipcau can send messages as it was just set up.
outbox-cli-answer = { $step }: { $said }

help-outbox = Messages that the system sends: reminders, returns sent back, tests
help-outbox-long =
    Examples:
      nhipcau outbox list --state unknown
      nhipcau outbox decide 018f… again
      nhipcau outbox test 0912345678 --gateway https://gateway.example/send --gateway-key-file key
    Messages are sent by serve; see docs/reminders.md.
help-outbox-list = The messages, the newest first
help-outbox-show = One message, with all that happened to it
help-outbox-decide = Decides about one: sent (it has arrived), again (send it again), off (call it off)
help-outbox-test = Sends one at once and prints the answer; keeps nothing
arg-message-state = Only those in this state
arg-most = How many at most
arg-message = The message's id
arg-decision = What is decided
arg-recipient = An e-mail address or a mobile number
arg-mail-server = The server that mail goes out by (SMTP)
arg-mail-security = How the line to it is protected: starttls, tls, none (only on this machine)
arg-mail-from = From whom mail is
arg-mail-user = The name that signs in to the mail server
arg-mail-password-file = File with its password
arg-gateway = The https address of the gateway to SMS or Zalo
arg-gateway-key-file = File with the key that signs requests to the gateway
arg-outgoing-certificate = A certificate (PEM) that is trusted beside others when sending

desk-nav-outbox = Messages
desk-nav-outbox-long = Reminders and mails that were sent, wait, or could not be sent
desk-done-reminded = The reminders are on their way.
desk-done-planned = The reminders are set.
desk-done-digest = Saved.
desk-done-tested = The test is on its way; the first line says how it stands.
desk-done-decided = Your decision is on record.

remind-link = Remind these
remind-link-plan = Reminders by the calendar
remind-link-log = Messages
remind-title = Remind
remind-lead = Nothing is sent yet. Look at who gets what, take out whom you do not want to remind, then send.
remind-choose = Choose a form and a period to see who would be reminded.
remind-choose-one = — Choose —
remind-of = { $form } · { $period }
remind-nobody-missing = Everybody has reported.
remind-to-send = To be sent ({ $count })
remind-quiet = People are written to from 7:00 to 20:00: this goes out from { $at }.
remind-unit = Unit
remind-holder = To
remind-way = By
remind-due = Due
remind-already = there is one of today: { $state }
remind-pick = Remind { $unit }
remind-text-mail = What the mail says (to the first unit)
remind-text-phone = What the message says (to the first unit)
remind-send = Send reminders
remind-by-hand = To be called ({ $count })
remind-by-hand-lead = The system can send these units nothing.
remind-why = Why
remind-why-no-office = no account
remind-why-no-holder = nobody holds it
remind-why-no-address = the contact is no e-mail address or mobile number
remind-why-not-set-up = this way of sending is not set up
remind-more = { $count } more units are not listed: look again when these are sent, or choose a branch.
remind-show = Show
remind-sent-some = { $new } messages are on their way; of { $already } there was one today already; { $left } units have just reported or cannot be written to.

plan-title = Reminders by the calendar
plan-lead = The system reminds those who have not reported on the days below, between 7:00 and 20:00. It looks again before each message: whoever has reported meanwhile gets none. Without days nobody is reminded.
plan-in-force = In force
plan-none = No reminders are set.
plan-branch = Branch
plan-everyone = All units
plan-days = Days
plan-by = By
plan-at = At
plan-before = { $days } days before the deadline
plan-on-day = on the deadline's day
plan-after = { $days } days after the deadline
plan-set = Set reminders
plan-field-before = Before the deadline (days; empty for none)
plan-field-on-day = Remind on the deadline's day
plan-field-after = After the deadline (days; empty for none)
plan-field-hint = Without any of the three this branch's reminders are off.
plan-save = Save
plan-not-set-up = The system is not set up to send mail or messages, so this has no effect yet.
digest-title = A message to this office each morning
digest-lead = Each morning when returns wait or are overdue, whoever holds this office gets one message.
digest-on = Turn the morning message on
digest-off = Turn the morning message off
digest-is-on = It is on.
digest-is-off = It is off.

log-title = Messages
log-lead = Messages that this office asked for, and those about units in reach. Each goes out once; about one of which nobody knows whether it went out, somebody decides.
log-none = There are no messages.
log-all-states = All states
log-all-kinds = All kinds
log-about = About
log-asked-by = Asked for by
log-by-calendar = by the calendar
log-older = Older
log-newest = Newest
log-due = from { $at }
log-test = Send me a test
log-test-lead = Sends one message to the contact of your own account, to see whether the system can send.
log-one = One message
log-one-lead = { $kind } to { $to } by { $channel }
log-text = What it says
log-steps = What happened
log-decide = Decide
log-decide-unknown = The system does not know whether the other side has this message, so it does not send it again by itself. If you can, ask the recipient first.
log-decide-sent = It was sent
log-decide-again = Send it again
log-decide-off = Call it off
