# The register of documents: entering, publishing, relations between documents, validity.

register-unknown = This document was not found.
register-act-refused = A document that { $status ->
    [draft] is not published
    [published] is published
   *[withdrawn] was withdrawn
  } cannot be { $act ->
    [create] entered again
    [publish] published
    [withdraw] withdrawn
   *[other] changed
  }.
register-needs-number = A document needs its number and symbol, such as 18-KH/HU.
register-needs-issuer = A document needs its issuer.
register-needs-subject = A document needs its subject.
register-needs-reason = Withdrawing a document needs a reason.
register-too-long = { $what ->
    [number] The number
    [issuer] The issuer
    [campaign] The campaign
    [subject] The subject
    [sent-to] The list of recipients
   *[asks] What is asked for
  } has { $found } characters; at most { $expected } are allowed.
register-too-many-files = A document has at most { $expected } files.
register-day = The day { $found } is not between the years 1900 and 2200. Please look at the year again.
register-expires-before = The last day must come after the first day in force.
register-kind-unknown = The list of document types has no type “{ $kind }”.
register-kind-line = Line { $line } of the list of document types has no name, an invalid code, or the code of another line.
register-kind-in-use = The type “{ $kind }” cannot be taken out: there are documents of it.
register-number-taken = { $issuer } has a document { $number } of the same day in the register already.
register-changed-meanwhile = { $by } changed this document while the form was open. Please open it again, see what is new, and go on from there.
register-related-already = This relation to document { $number } is there already.
register-not-related = The two documents do not stand in this relation.
register-relation-circle = This relation to document { $number } cannot be: that document already leads back to the one being changed.
register-relation-unknown = There is no relation “{ $found }”. Use only: based-on, implements, guides, amends, replaces-part, replaces.

register-title = Documents
register-lead = Documents that were issued; look them up by type, issuer, year and validity.
register-count = Documents: { $count }.
register-none = No document fits.
register-empty = No document has been published yet.
register-filter = Find documents
register-filter-text = Number or words of the subject
register-filter-kind = Type
register-filter-issuer = Issuer
register-filter-year = Year signed
register-filter-validity = Validity
register-filter-all = All
register-filter-go = Find
register-filter-clear = Clear filters
register-filter-unreadable = The filter “{ $found }” cannot be read.
register-number = Number
register-kind = Type
register-issuer = Issuer
register-subject = Subject
register-signed = Signed
register-effective = In force from
register-expires = No longer in force from
register-validity = Validity
register-sent-to = Sent to
register-asks = What it asks for
register-due = To be done by
register-campaign = Campaign
register-campaign-link = See the campaign’s results
register-validity-today = As of { $day }.
register-validity-not-yet = Not yet in force
register-validity-in-force = In force
register-validity-amended = In force as amended
register-validity-partly-replaced = Partly replaced
register-validity-replaced = No longer in force: replaced
register-validity-expired = No longer in force
register-relations = Related documents
register-relation-based-on = Based on
register-relation-implements = Implements
register-relation-guides = Guides
register-relation-amends = Amends
register-relation-replaces-part = Replaces part of
register-relation-replaces = Replaces
register-relation-back-based-on = Is the basis of
register-relation-back-implements = Implemented by
register-relation-back-guides = Guided by
register-relation-back-amends = Amended by
register-relation-back-replaces-part = Partly replaced by
register-relation-back-replaces = Replaced by
register-files = Files
register-no-files = No file of this document is on the site yet.
register-file-size = { $kind }, { $size }
register-feed = New documents
register-all = See all documents
register-behind-figure = These documents in the register
