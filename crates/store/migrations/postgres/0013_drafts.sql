-- Returns that are being filled in. `copy` is empty for the draft; another name is what a second device
-- had typed meanwhile, kept aside until somebody chooses. A row ends when its return is sent.

CREATE TABLE return_draft (
    unit     text COLLATE "C" NOT NULL,
    data_set text COLLATE "C" NOT NULL,
    period   text COLLATE "C" NOT NULL,
    office   text COLLATE "C" NOT NULL,
    copy     text COLLATE "C" NOT NULL,
    version  bigint NOT NULL,
    holder   text COLLATE "C" NOT NULL,
    body     text COLLATE "C" NOT NULL,
    at       bigint NOT NULL,
    PRIMARY KEY (unit, data_set, period, office, copy)
);
