-- Returns that are being filled in. `copy` is empty for the draft; another name is what a second device
-- had typed meanwhile, kept aside until somebody chooses. A row ends when its return is sent.

CREATE TABLE return_draft (
    unit     TEXT NOT NULL,
    data_set TEXT NOT NULL,
    period   TEXT NOT NULL,
    office   TEXT NOT NULL,
    copy     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    holder   TEXT NOT NULL,
    body     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (unit, data_set, period, office, copy)
) STRICT, WITHOUT ROWID;
