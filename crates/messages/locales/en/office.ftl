# The command "nhipcau office" (crates/app/src/commands/office.rs).

help-office = Offices that may sign in at the editors' desk
help-office-long =
    Examples:
      nhipcau office create "Văn phòng Huyện ủy" --role administrator
      nhipcau office create "Tổ biên tập" --role editor --column tin-tuc
      nhipcau office create "Ban Tuyên giáo và Dân vận" --duty consolidator:branch:huyen-cau-ngang
      nhipcau office units --all
      nhipcau office slips --under xa-long-son --out slips.html --site https://caungang.example
      nhipcau office list
      nhipcau office reset to-bien-tap
    Roles: writer, editor, publisher, administrator; each may do what those before it may.
    Duties with returns: reporter, reviewer, consolidator, approver, auditor;
    over every unit if nothing follows, over one with “:unit:ID”, over a unit and those below with “:branch:ID”.
    Whoever holds the data folder may do what an administrator may.
help-office-create = Set up an office's account, and print a one-time set-up link
help-office-list = Offices, their holders, their roles
help-office-reset = Take away an office's passwords and codes, and print new set-up links
arg-role = The role: writer, editor, publisher, administrator
arg-column = The column on which the role holds; the whole site if none
arg-id = The office's id; made of its name if none
arg-holder = The holder's name
arg-contact = A way to reach the holder
arg-sign-in = The sign-in name; the office's id if none
arg-password-stdin = Read the password from standard input (one line) instead of printing a link
office-created = The account of { $name } is set up (id: { $id }).
office-link = The set-up link, which works once within { $hours } hours: { $address }
office-sign-in = Sign in as “{ $name }” with the password that you entered.
office-id = Id
office-title = Office
office-holders = Holders
office-roles = Roles
office-not-set-up = not set up yet
arg-name = The office's name
help-office-units = Set up an office for every unit that owes a return
help-office-slips = Print slips for the units below into an HTML file
arg-duty = A duty with returns and what it is over: DUTY, DUTY:unit:UNIT or DUTY:branch:UNIT
arg-under = The unit at the top of the branch
arg-all-units = Every unit
arg-slips-file = The HTML file to print; an existing file is not overwritten
arg-everyone = Also for units that can sign in: their PINs and passwords are void then
office-postings = Duties
office-units-made = { $made } offices are set up; { $there } were there before, { $renamed } took their unit's new name.
office-slips-made = { $count } slips are in “{ $file }”. Open it in a browser to print it, then delete it: whoever has the file gets in.
office-slips-left-out = No slip: { $said }
office-duty-unreadable = “{ $found }” is not understood. Write it as consolidator, reviewer:branch:xa-long-son or reporter:unit:chi-bo-ap-1.
office-needs-role = Either --role (on the site) or --duty (with returns) is needed, or both.
office-file-exists = There is a file “{ $file }”; it is not overwritten. Please choose another name.
demo-offices = { $count } offices of units are set up; nobody holds them yet. To print slips: nhipcau office slips --under { $unit } --out slips.html
