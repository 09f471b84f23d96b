-- What offices do with returns and reports, over which units. An empty unit is every unit.

CREATE TABLE office_posting (
    office TEXT NOT NULL REFERENCES office (id),
    duty   TEXT NOT NULL,
    reach  TEXT NOT NULL,
    unit   TEXT NOT NULL,
    PRIMARY KEY (office, duty, reach, unit)
) STRICT, WITHOUT ROWID;
