# Report templates: mistakes and notices when one is read, checked and bound.

template-front-matter-missing = A report template must begin with its front matter between two lines of "+++" (the first line of the file is "+++"); there is none.
template-front-matter-invalid = The front matter of the report template cannot be read: { $detail }
template-control-character = There is an invisible control character in the report template; please delete it and type again.
template-unclosed-braces = "{"{{"}" is opened and not closed with "{"}}"}" in the same paragraph.
template-unopened-braces = "{"}}"}" closes what "{"{{"}" has not opened.
template-empty-braces = There is nothing between "{"{{"}" and "{"}}"}"; a figure's key is expected, such as "members.registered".
template-too-many-figures = The report template binds too many figures (at most 65,534).
template-invalid-key = "{ $found }" is not a figure's key; a key begins with a lower-case letter and holds lower-case letters, digits, points, hyphens and underscores only.
template-unknown-form = There is no form "{ $found }"; the forms are: { $expected }.
template-unknown-block = There is no block "{ $found }"; please see the description of the template language.
template-block-needs-figures = The block "{ $found }" needs figures' keys after a colon, separated by commas.
template-one-figure-only = A chart by unit takes one figure; there are more.
template-signature-place = The signature stands once in a report, and not within a list or a quotation.
template-block-not-alone = A block must be a paragraph of its own, without other words.
template-heading-skipped = A heading of level { $found } comes where level { $expected } is skipped; please use level { $expected }.
template-html = A report template takes no HTML; please write Markdown.
template-image = A report template takes no images; please use a chart block.
template-link-address = The link address "{ $found }" is not accepted; it must begin with "https://", "http://" or "mailto:".
template-unsupported = What is written here is not part of the template language.
template-too-deep = Lists or quotations are nested too deep (at most 16 levels).
template-unknown-figure = There is no figure with the key "{ $key }".
template-unknown-figure-near = There is no figure with the key "{ $key }"; the nearest one is "{ $nearest }".
template-bare-number = The number "{ $found }" is typed into the report. Results must be bound to a figure; if this is not a result, put "\" before the number.
template-figure-has-no-form = The figure "{ $key }" has no form "{ $form }" in this period.
template-nothing-for-block = There is nothing for this block in this period.
