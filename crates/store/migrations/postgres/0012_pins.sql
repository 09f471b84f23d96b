-- Six digits that let a holder in on one browser: by the hash of the browser's secret.

CREATE TABLE desk_pin (
    device text COLLATE "C" NOT NULL PRIMARY KEY,
    holder uuid NOT NULL REFERENCES holder (id),
    hash   text COLLATE "C" NOT NULL,
    tries  bigint NOT NULL,
    at     bigint NOT NULL,
    ended  bigint
);
CREATE INDEX desk_pin_by_holder ON desk_pin (holder);
