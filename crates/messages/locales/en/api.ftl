# The API for programs (crates/api), offices' tokens, the commands “nhipcau office token” and “nhipcau api”.

api-status-bad = The request cannot be read
api-status-unauthorized = It is not known who asks
api-status-forbidden = Not allowed
api-status-not-found = Not there
api-status-method = The address does not take this method
api-status-conflict = It has changed
api-status-large = Too large
api-status-media = A kind that is not taken
api-status-refused = Not accepted
api-status-many = Too many requests
api-status-internal = A fault of the system

api-not-found = There is nothing at this address.
api-internal = The system met a fault; nothing was done. Please try again in a few minutes.
api-too-much = Too many requests in a short time. Please try again in { $seconds } seconds.
api-no-token = An office's token is needed, in “Authorization: Bearer …”.
api-token-refused = The token is not right, has run out, or was ended.
api-method = This address does not take that method.
api-key = “Idempotency-Key” has 1 to { $most } ASCII characters.
api-key-under-way = The request with this key is being answered. Please try again in a few seconds.
api-key-lost = It is not known whether the request with this key was done. Please look before sending it with a new key.
api-key-other = This key was used for another request.
api-json-broken = The content is no JSON that can be read: { $detail }.
api-json-deep = The JSON is nested too deeply.
api-body-wrong = The content is not as it should be: { $detail }.
api-text-nul = A text has the character number 0, which cannot be kept.
api-parameter-wrong = A parameter is wrong: { $detail }.
api-no-file = The file is missing: a part named “file” is needed.
api-media-type = This address takes { $expected } only.
api-too-large = What was sent is too large.
api-body-unreadable = What was sent cannot be read.
api-element-not-asked = The form does not ask for “{ $element }”.
api-words-not-asked = The form has no field of words “{ $field }”.
api-kept-aside = Something else was saved or sent meanwhile. This one is kept aside under the name “{ $aside }”.
api-other-revision = There is revision { $revision }. To replace it, name exactly that number.
api-aside-changed = What stands has changed, or nothing is kept aside any more. Please read it again.

token-name = The token needs a name of at most 80 characters.
token-scopes = Choose at least one scope.
token-scope-not-held = The office holds nothing of the scope “{ $scope }”.
token-days = { $found } days will not do: this token may be good for 1 to { $most } days.
token-too-many = The office has { $most } tokens that are good. Please end those that are not used.
token-unknown = The office has no such token, or it has ended.
token-scope-missing = The token is not for this: it lacks the scope “{ $scope }”.
token-which-holder = The office has several holders. Give --holder one of these names: { $holders }.
document-unknown = There is no document in the format “{ $format }” of this edition.

audit-what-office-token-made = API token made
audit-what-office-token-ended = API token ended
desk-office-token-made = API token made
desk-office-token-ended = API token ended

desk-tokens = API tokens
desk-tokens-lead = A token lets other software act for the office: send returns, fetch figures. It never does more than the office may at that moment, and everything that it does is on record with the office, the holder who made it and the token's name.
desk-tokens-none = There is no token yet.
desk-token-name = Name
desk-token-name-hint = After the software that uses it, such as: The district's consolidation software.
desk-token-scopes = For
desk-token-scopes-hint = Choose only what that software needs.
desk-token-days = Good for (days)
desk-token-days-hint = At most { $most } days; a token that approves, changes the configuration or handles offices at most { $grave } days.
desk-token-make = Make the token
desk-token-make-heading = Make a new token
desk-token-by = Made by
desk-token-until = Good until
desk-token-used = Last used
desk-token-never = never
desk-token-state = State
desk-token-good = good
desk-token-over = run out
desk-token-ended = ended
desk-token-end = End
desk-token-shown = This is the token. Copy it now to a safe place: it is shown this once, and the system does not keep it.
desk-token-made = The new token
desk-token-back = Back to the tokens
desk-token-described = The API's description
desk-scope-read = See returns and figures as they were sent
desk-scope-report = Fill in and send returns
desk-scope-review = Accept returns, send them back
desk-scope-consolidate = Extend deadlines, draft reports
desk-scope-approve = Approve and freeze reports
desk-scope-configure = Look at and change the configuration: units, forms, elements, checks
desk-scope-audit = Read the audit trail
desk-scope-site = Articles, files, documents, readers' messages, the site's settings, redirects and maps
desk-scope-accounts = Offices of units, slips

help-office-token = An office's API tokens
help-office-token-long =
    Examples:
      nhipcau office token make xa-long-son --name "The commune's software" --scope read --scope report
      nhipcau office token list xa-long-son
      nhipcau office token end xa-long-son 01890a5d-ac96-774b-bcce-b302099a8057
    Scopes: read, report, review, consolidate, approve, configure, audit, site, accounts.
help-office-token-make = Makes a token and prints it, once
help-office-token-list = The tokens that were made
help-office-token-end = Ends a token
arg-token-name = The token's name, after the software that uses it
arg-scope = A scope; may be given several times
arg-days = For how many days it is good
arg-token-holder = In which holder's name, where the office has several
arg-token = The token's id, as the list prints it
office-token-made = The token “{ $name }”, good until { $until }. It is printed this once:
office-token-ended = The token “{ $name }” has ended.
office-token-id = Id
office-token-name = Name
office-token-scopes = Scopes
office-token-until = Good until
office-token-used = Last used
office-token-state = State
help-api = The API for programs
help-api-describe = Prints the OpenAPI 3.1 description
help-api-describe-long =
    Example:
      nhipcau api describe > openapi.json
    A server that runs gives it at /api/v1/openapi.json as well.
