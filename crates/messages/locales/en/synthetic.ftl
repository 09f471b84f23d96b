# Making synthetic data (crates/synthetic).

synthetic-file-broken = The description of the synthetic data is wrong here. The reader says: { $detail }
synthetic-unknown-name = The configuration has no “{ $name }”, or this unit owes nothing in the period.
synthetic-cannot-fill = The element “{ $element }” cannot be filled in from “{ $of }”: something was not filled in before, or no way is given.
synthetic-total-impossible = The total { $total } of “{ $element }” cannot be spread over { $returns } returns: within the bounds it lies between { $least } and { $most }.
synthetic-cannot-write = The file could not be written: { $detail }
