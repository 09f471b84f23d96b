-- How returns add up: kept live, in the transaction that accepts; `verify` can always make them again.
-- The keys put what is read together next to each other: one range is one table of a report.

CREATE TABLE contribution (
    period   TEXT NOT NULL,
    data_set TEXT NOT NULL,
    unit     TEXT NOT NULL CHECK (unit <> ''),
    kind     TEXT NOT NULL,
    packed   BLOB NOT NULL,
    PRIMARY KEY (period, data_set, unit)
) STRICT, WITHOUT ROWID;

-- `level` is the kind of the unit that is totalled, `kind` the kind of the units below that contribute.
CREATE TABLE total (
    period   TEXT NOT NULL,
    data_set TEXT NOT NULL,
    level    TEXT NOT NULL,
    unit     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    packed   BLOB NOT NULL,
    PRIMARY KEY (period, data_set, level, unit, kind)
) STRICT, WITHOUT ROWID;
