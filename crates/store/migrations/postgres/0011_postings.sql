-- What offices do with returns and reports, over which units. An empty unit is every unit.

CREATE TABLE office_posting (
    office text COLLATE "C" NOT NULL REFERENCES office (id),
    duty   text COLLATE "C" NOT NULL,
    reach  text COLLATE "C" NOT NULL,
    unit   text COLLATE "C" NOT NULL,
    PRIMARY KEY (office, duty, reach, unit)
);
