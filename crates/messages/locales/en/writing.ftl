# Articles: Markdown, pasting from Word, .docx files (crates/writing). Line and column stand before the sentence.
# $found: what was met; $expected: the limit, or what was expected; $key: a figure's key; $form: how a figure is said.

writing-too-long = The text is { $found } thousand bytes long; at most { $expected } thousand are read. Please make several articles of it.
writing-too-deep = Lists or quotations are nested more than { $expected } levels deep; the text is shown as it was typed. Please use fewer levels.
writing-figure-key = A figure’s key belongs between the braces; found “{ $found }”. For example: “members.registered”.
writing-figure-form = Figure “{ $key }”: there is no form “{ $found }”. Forms: wording, value, fraction, percent, coverage, missing, target, before.
writing-figure-unknown = There is no figure with the key “{ $key }”. Please choose the key from the list of figures.
writing-figure-no-form = Figure “{ $key }” cannot be said as “{ $form }”. Please choose another form, or leave out the bar and what follows it.
writing-picture-elsewhere = The picture “{ $found }” is on another site and is not shown. Please upload it here and insert it again.
writing-picture-unknown = There is no picture “{ $found }”. Please insert it again from the pictures’ list.
writing-picture-no-words = The picture “{ $found }” has no words for people who cannot see it. Please write them between the square brackets.
writing-attachment-unknown = There is no attachment “{ $found }”. Please attach it again.
writing-link-refused = The link “{ $found }” cannot be used and was left out. An address begins with https://, http://, mailto:, tel: or “/”.
writing-link-no-words = The link to “{ $found }” has no words to click on. Please write them between the square brackets.
writing-html-shown = The HTML “{ $found }” is shown as it was typed and has no effect. Please use Markdown.

word-pictures-left-out = The pasted text has { $count } pictures, which cannot be taken along. Please upload them and insert them where they belong.
word-cells-merged = Tables have { $count } merged cells; the content stands in the first cell, the others are empty. Please look the tables over.
word-contents-left-out = The original’s table of contents was left out; an article’s page makes its own from the headings.
word-cut = The text is too long and its end was cut. Please paste it in parts, or make several articles of it.

# $part: a part inside a Word file
docx-not-a-docx = This is no Word text (.docx). Please open it with Word or LibreOffice and save it as .docx.
docx-is-doc = The file has Word’s old format (.doc), which cannot be read. Please open it with Word and save it as .docx.
docx-is-pdf = The file is a PDF, which cannot be read as an article. Please use the Word file (.docx) that it was made from.
docx-encrypted = The Word file has a password and cannot be read. Please remove the password and send it again.
docx-too-large = The file has { $found } MB; at most { $expected } MB are taken. Please make its pictures smaller, or divide it.
docx-bomb = Unpacked, the file would have { $found } MB, far more than a text has; it is refused.
docx-damaged-zip = The Word file is damaged and cannot be opened. Please save it again with Word.
docx-damaged = The Word file is damaged in its part “{ $part }”. Please open it with Word, save it, and send it again.
docx-doctype = The file’s part “{ $part }” declares what no ordinary Word text declares; it is refused.
docx-too-many-parts = The file has { $found } parts inside; at most { $expected } are read.
docx-parts-overlap = The file has parts inside that overlap or share a name; it is refused.
docx-unsafe-name = The file has a part with the unsafe name “{ $found }”; it is refused.
docx-too-deep = Text boxes are nested more than { $expected } levels deep; the file is refused. Please take the text out of the boxes.
docx-cells-merged = Tables have { $count } merged cells; the content stands in the first cell, the others are empty. Please look the tables over.
docx-changes-tracked = The file has tracked changes: insertions were kept, deletions left out. Please look the article over.
docx-contents-left-out = The original’s table of contents was left out; an article’s page makes its own from the headings.
docx-objects-left-out = { $count } objects (charts, diagrams, embedded files) cannot be taken along. Please save them as pictures and insert those.
docx-comments-left-out = The comments in the original’s margin were left out.
docx-macros-left-out = The file has macros; they were not read, and left out.
docx-pictures-left-out = { $count } pictures cannot be taken along (missing in the file, or too many). Please upload them one by one.
docx-cut = The text is too long and its end was cut. Please make several articles of it.
