# The command "nhipcau office" (crates/app/src/commands/office.rs).

help-office = Offices that may sign in at the editors' desk
help-office-long =
    Examples:
      nhipcau office create "Văn phòng Huyện ủy" --role administrator
      nhipcau office create "Tổ biên tập" --role editor --column tin-tuc
      nhipcau office list
      nhipcau office reset to-bien-tap
    Roles: writer, editor, publisher, administrator; each may do what those before it may.
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
