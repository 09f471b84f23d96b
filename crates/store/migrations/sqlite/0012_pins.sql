-- Six digits that let a holder in on one browser: by the hash of the browser's secret.

CREATE TABLE desk_pin (
    device TEXT NOT NULL PRIMARY KEY,
    holder BLOB NOT NULL REFERENCES holder (id),
    hash   TEXT NOT NULL,
    tries  INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    ended  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_pin_by_holder ON desk_pin (holder);
