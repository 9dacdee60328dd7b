-- The last place given away in the lists of an account; a place is never used twice.
CREATE TABLE place (
  account_id TEXT    NOT NULL PRIMARY KEY,
  last       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- All times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE dataset_group (
  account_id TEXT    NOT NULL,
  name       TEXT    NOT NULL COLLATE BINARY,
  place      INTEGER NOT NULL,
  domain     TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, name),
  UNIQUE (account_id, place)
) STRICT;

CREATE TABLE dataset (
  account_id    TEXT    NOT NULL,
  dataset_group TEXT    NOT NULL COLLATE BINARY,
  type          TEXT    NOT NULL,
  place         INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (account_id, dataset_group, type),
  UNIQUE (account_id, place),
  FOREIGN KEY (account_id, dataset_group) REFERENCES dataset_group (account_id, name)
) STRICT;

-- The times say when each state begins, so that no one needs to change a row for it. From gone_at on
-- the row counts as deleted.
CREATE TABLE event_tracker (
  account_id            TEXT    NOT NULL,
  id                    TEXT    NOT NULL,
  place                 INTEGER NOT NULL,
  dataset_group         TEXT    NOT NULL COLLATE BINARY,
  name                  TEXT    NOT NULL,
  tracking_id           TEXT    NOT NULL,
  tags                  TEXT, -- a JSON array: key, value, key, value, …; NULL for none
  created_at            INTEGER NOT NULL,
  create_in_progress_at INTEGER NOT NULL,
  create_ended_at       INTEGER NOT NULL,
  create_failed         INTEGER NOT NULL DEFAULT 0,
  delete_at             INTEGER,
  delete_in_progress_at INTEGER,
  gone_at               INTEGER,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, dataset_group),
  UNIQUE (account_id, place),
  FOREIGN KEY (account_id, dataset_group) REFERENCES dataset_group (account_id, name)
) STRICT;
