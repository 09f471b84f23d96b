# Accounts of offices (crates/actions/src/accounts).

password-short = The password has { $found } characters; at least { $least } are needed. A sentence that is easy to remember will do, with spaces.
password-long = The password is too long; use at most { $most } bytes.
password-common = This password is easy to guess: it is too common, or only made of the names of the office and the account. Please choose another sentence.
sign-in-refused = The sign-in name, the password or the code is not right.
sign-in-wait = Too many tries. Please try again in { $seconds } seconds.
sign-in-name = The sign-in name “{ $found }” cannot be used: 3 to 40 characters are needed, only small letters without marks, digits, dots and hyphens.
sign-in-name-taken = The sign-in name “{ $found }” is taken. Please choose another.
setup-link-spent = This set-up link was used, has expired or is not right. Please ask an administrator for a new one.
holder-name = The holder's name is needed, of at most 100 characters.
holder-contact = The way to reach them is too long; at most 200 characters.
holder-unknown = There is no such holder, or they do not hold the office any more.
code-wrong = The code is not right. Please check the clock of your phone, and enter the code that the application shows now.
office-name = The office's name is needed, of at most 200 characters.
office-exists = There is an office with the id “{ $office }” already. Please choose another name.
office-last-administrator = After this change nobody would administer the site. Nothing was changed; make another office an administrator first.
sign-in-busy = Too many are signing in at once. Please try again in a few minutes.
