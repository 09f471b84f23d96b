# The site's content: articles, columns, pictures and files, redirects, feedback.

article-unknown = There is no such article.
article-needs-column = An article must be in a column; a static page is in none.
article-translation-exists = This article has a version in { $lang ->
    [vi] Vietnamese
    [en] English
    [km] Khmer
   *[other] “{ $lang }”
  } already. Please change that one.
article-of-another-office = The article was begun by { $office }. To change it, you need an editor's rights on this column.
article-changed-meanwhile = { $by } saved revision { $number } while the article was being changed. What you typed is kept; please look at the new revision and save again.
article-unsaved = Something was typed and not saved, so this was not done. Press “Save” (or discard what was kept for the time being), then do it again.
article-too-long = { $what ->
    [title] The title
    [lead] The lead
    [body] The text
    [byline] The byline or source
   *[other] The list of tags or related articles
  } has a length of { $found }, beyond the allowed { $expected }.
article-needs-title = The article has no title yet.
article-needs-body = The article has no text yet.
article-needs-alt = The cover picture has no description for those who do not see it. Please say briefly what it shows.
article-cover-unknown = The cover picture is not in the library. Please choose again.
article-needs-reason = { $act ->
    [return] To hand an article back
   *[other] To withdraw an article
  }, give a reason.
article-no-period = There is no reporting period yet, so no figure can be bound.
revision-unknown = The article has no revision { $number }.
schedule-in-the-past = The time of publication must be later than now.
expiry-in-the-past = The time of expiry must be later than now.
content-marked-secret = The text or the file's name bears the secrecy marking “{ $marking }”. Documents that are state secrets must not be brought into this system.
preview-hours = A preview link works for 1 to { $expected } hours.

slug-invalid = “{ $slug }” cannot be an address: only unmarked lower-case letters, digits and hyphens. This would do: “{ $expected }”.
slug-taken = The address “{ $slug }” is in use already.
slug-reserved = The address “{ $slug }” is the site's own and cannot be a column's.

column-unknown = There is no column “{ $column }”.
column-exists = There is a column “{ $column }” already.
column-needs-name = A column needs a name in Vietnamese.
column-under-itself = The column “{ $column }” cannot be put there: a column is not inside itself, nor more than 8 levels deep.

settings-url = The site's address must look like https://example.vn, without a slash at the end; it is “{ $found }”.
settings-email = “{ $found }” is not an e-mail address.
settings-feedback-days = Messages are kept for 1 to 3,650 days; it says { $found }.
settings-abbreviation = Line { $line } of the abbreviations lacks the abbreviation or what it stands for.
notice-needs-text = A notice needs a text in Vietnamese.
notice-time = A notice must end after its beginning and after now.
notice-over = This notice is over, or there is none.

media-unknown = There is no such picture or file.
picture-renditions = The picture “{ $file }” was not prepared in the sizes that are shown, or is too large.
attachment-too-large = The file “{ $file }” is larger than { $expected } MB.
media-attachment-kind = The file “{ $file }” cannot be attached. Only PDF, Word (.docx), Excel (.xlsx), ODT and ODS without macros are taken.
media-attachment-name = The content of the file “{ $file }” is of type .{ $expected }, which does not match its name's ending.

redirect-columns = Each line has two columns: the old address, the new address. This line has { $found }.
redirect-from = “{ $found }” is no valid old address; expected /path or https://old.example/path.
redirect-to = “{ $found }” is no address of this site; redirects stay within the site, as /path.
redirect-loop = This line leads “{ $path }” back to itself.
redirect-too-many = The file has more than { $expected } lines; the rest was not taken.
redirect-unknown = There is no redirect from “{ $path }”.

feedback-empty = The message says nothing yet.
feedback-too-long = The message has { $found } characters; at most { $expected } are taken, and 200 for the contact.
feedback-handled = This message was dealt with, or is not kept any more.
rating-score = Satisfaction is rated from 1 to 5.
rating-page-unknown = There is no such page to rate.
