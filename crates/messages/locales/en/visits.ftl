# Counting visits (crates/visits).

visits-file-failed = “{ $file }” could not be read or written: { $detail }
visits-in-use = Another process is counting visits into “{ $file }”. Stop it first (nhipcau serve), or only read the counters.
visits-damaged = “{ $file }” is damaged. Nothing was changed; restore the visits folder from a backup.
visits-newer = “{ $file }” was written by a newer version of the program. Use that version.
visits-import-overlaps = The log covers a time of which another import has counted a part, from { $from } to { $to }. Nothing was counted. If the log is of a second server of the same site, import it with --overlap.
visits-total-too-late = A carried-over total must lie before the first day that is counted here ({ $since }); { $day } does not.

visits-left-out-search-engine = Crawler of a search engine
visits-left-out-link-preview = Preview of a link in a social or messaging application
visits-left-out-ai = Gathers text for artificial intelligence
visits-left-out-tool = Tool or program, not a browser
visits-left-out-monitor = Watches whether the site is up
visits-left-out-robot = Another robot
visits-left-out-no-user-agent = Does not say what browser it is
visits-left-out-prefetch = Fetched in advance by a browser; perhaps nobody read it
visits-left-out-method = Asked only for the page's head, not for the page
visits-left-out-missing = Asked for a page that is not there
visits-left-out-redirect = Led on to another page, which is counted
visits-left-out-failed = The site refused or failed
visits-left-out-asked-not = Asked not to be tracked
visits-left-out-too-fast = Behaves like a machine: opens pages faster than a person, or reads robots.txt
visits-left-out-robots-file = Read robots.txt, as only robots do
visits-left-out-part-of-page = Picture, style sheet or other part of a page

visits-device-phone = Phone
visits-device-tablet = Tablet
visits-device-desktop = Computer
visits-device-unknown = Unknown device

visits-line-address = does not begin with an IP address
visits-line-time = the time is not in the form [24/Nov/2026:08:00:00 +0700]
visits-line-request = the request is not a method and a path in quotation marks
visits-line-status = the status is not a number of three digits
visits-line-agent = referrer or user agent are missing; the log must be in the “combined” format
visits-line-too-long = longer than 64 KB
