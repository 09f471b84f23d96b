# Search on the site.

search-title = Search
search-title-of = Search for “{ $query }”
search-words = Words to look for
search-hint = Type with or without marks. Put a phrase in quotation marks to find exactly that, for example: “mẹ đỡ đầu”.
search-more = Narrow the results
search-kind = Kind
search-kind-any = Everything
search-kind-article = Article
search-kind-page = Page
search-kind-column = Column
search-kind-report = Report
search-kind-document = Document
search-column = Column
search-column-any = Every column
search-from = From
search-until = Until
search-do = Search
search-clear = Remove the filters
search-recent = Recently published
search-count = { $count } results
search-count-of = { $count } results for “{ $query }”
search-none = Nothing was found for “{ $query }”.
search-none-filtered = There is nothing that fits these filters.
search-meant = Did you mean:
search-meant-count = ({ $count } results)
search-ways = You could
search-way-spelling = check the spelling, or type without marks;
search-way-fewer = use fewer words, or more common ones;
search-way-unquoted = search without quotation marks;
search-way-unfiltered = search everything, without filters;
search-way-columns = look through the columns;
search-way-feedback = ask the body that runs the site.
search-pages = Pages of results
search-page-of = Page { $page } of { $pages }
search-earlier = Previous page
search-later = Next page
search-days = The days are the wrong way round: from { $from } until { $until }. The first day must not be after the last.
search-day-unreadable = The day “{ $found }” could not be read. A day is written as year-month-day, for example 2022-05-18.
search-rebuilding = Making the search index anew
search-rebuilt = The search index was made anew: { $count } items.

help-search = The index that readers search
help-search-long =
    Example:
      nhipcau search rebuild
    The index changes with each publication by itself; it is made anew only where nhipcau verify finds a difference.
help-search-rebuild = Makes the search index anew from what is out
verify-what-search = search index
