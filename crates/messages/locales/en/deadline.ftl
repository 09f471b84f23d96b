# A deadline evening: additions to reporting and review (crates/desk).

returns-asked = The reviewer asks to look at this one again.
returns-asked-again = Lines that the reviewer asks to look at again ({ $count })

review-keys = Keys
review-keys-list = { $next } / { $before }: the return after, before. { $tick }: tick or untick. { $open }: open. { $accept }: to the button that accepts.
review-keys-one = { $accept }: to the button that accepts. { $back }: to the reason for sending back. { $next }: the next return. { $queue }: the queue.
review-keys-off = No keys on this device
review-keys-on = Keys on this device

returns-files = Files
returns-files-count = Files ({ $count })
returns-files-long = Minutes, photographs, documents that belong to the return; at most { $most } files. No lists of names of members, children or donors.
returns-files-none = There are none yet.
returns-file-name = File
returns-file-about = { $size } KB, { $at }
returns-file-add = Send another file
returns-file-choose = Choose a file
returns-file-kinds = .pdf, .docx, .xlsx, .odt, .ods, or a picture. Pictures are made smaller, and lose what they say of place and camera.
returns-file-bring = Send
returns-file-out = Take this file out
return-files-full = A return has at most { $most } files. Please take one out before you send another.
return-file-unknown = There is no such file; perhaps it was taken out.
return-file-stays = The return was accepted, so the file “{ $file }” stays with it.
