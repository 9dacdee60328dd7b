-- Names are compared by their bytes, which is what BINARY does. Lists are JSON arrays of strings;
-- NULL is an empty one.
CREATE TABLE tracker (
  account_id         TEXT    NOT NULL,
  id                 INTEGER NOT NULL,
  name               TEXT    NOT NULL COLLATE BINARY,
  vocabulary         TEXT,
  description        TEXT,
  categories         TEXT,
  languages          TEXT,
  exclude_vocabulary TEXT,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, name)
) STRICT;

-- No id of the account that was given away is above this or its greatest stored one.
CREATE TABLE tracker_mark (
  account_id TEXT    NOT NULL PRIMARY KEY,
  id         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The one table that is asked without knowing the account.
CREATE TABLE api_key (
  id            TEXT    NOT NULL PRIMARY KEY,
  account_id    TEXT    NOT NULL,
  sealed_secret BLOB    NOT NULL,
  created_at    INTEGER NOT NULL, -- milliseconds since 1970-01-01T00:00:00Z
  revoked_at    INTEGER
) STRICT;

CREATE TABLE master_key_proof (
  only  INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  proof BLOB    NOT NULL
) STRICT;
