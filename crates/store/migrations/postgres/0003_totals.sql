-- How returns add up: kept live, in the transaction that accepts; `verify` can always make them again.
-- The keys put what is read together next to each other: one range is one table of a report.

CREATE TABLE contribution (
    period   text COLLATE "C" NOT NULL,
    data_set text COLLATE "C" NOT NULL,
    unit     text COLLATE "C" NOT NULL CHECK (unit <> ''),
    kind     text COLLATE "C" NOT NULL,
    packed   bytea NOT NULL,
    PRIMARY KEY (period, data_set, unit)
);

-- `level` is the kind of the unit that is totalled, `kind` the kind of the units below that contribute.
CREATE TABLE total (
    period   text COLLATE "C" NOT NULL,
    data_set text COLLATE "C" NOT NULL,
    level    text COLLATE "C" NOT NULL,
    unit     text COLLATE "C" NOT NULL,
    kind     text COLLATE "C" NOT NULL,
    packed   bytea NOT NULL,
    PRIMARY KEY (period, data_set, level, unit, kind)
);
