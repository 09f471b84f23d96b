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
