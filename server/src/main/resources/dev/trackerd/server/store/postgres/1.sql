-- Accounts, names and ids are compared by their bytes, whatever language the database is set to.
CREATE TABLE tracker (
  account_id text   NOT NULL COLLATE "C",
  id         bigint NOT NULL,
  name       text   NOT NULL COLLATE "C",
  version    bigint NOT NULL, -- 1 at first; grows by 1 with each change
  checksum   bigint NOT NULL, -- CRC-32C of the message
  message    bytea  NOT NULL, -- a serialized tracker.v1.Tracker without its id
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, name)
);

-- No id of the account that was given away is above this or its greatest stored one.
CREATE TABLE tracker_mark (
  account_id text   NOT NULL COLLATE "C" PRIMARY KEY,
  id         bigint NOT NULL
);

-- The one table that is asked without knowing the account.
CREATE TABLE api_key (
  id            text   NOT NULL COLLATE "C" PRIMARY KEY,
  account_id    text   NOT NULL COLLATE "C",
  sealed_secret bytea  NOT NULL,
  created_at    bigint NOT NULL, -- milliseconds since 1970-01-01T00:00:00Z
  revoked_at    bigint
);

CREATE TABLE master_key_proof (
  "only" integer NOT NULL PRIMARY KEY CHECK ("only" = 1),
  proof  bytea   NOT NULL
);

-- The last place given away in the lists of an account; a place is never used twice.
CREATE TABLE place (
  account_id text   NOT NULL COLLATE "C" PRIMARY KEY,
  last       bigint NOT NULL
);

-- All times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE dataset_group (
  account_id  text   NOT NULL COLLATE "C",
  name        text   NOT NULL COLLATE "C",
  place       bigint NOT NULL,
  domain      text,
  created_at  bigint NOT NULL,
  role_arn    text,
  kms_key_arn text,
  tags        text, -- as in event_tracker
  PRIMARY KEY (account_id, name),
  UNIQUE (account_id, place)
);

CREATE TABLE dataset (
  account_id    text   NOT NULL COLLATE "C",
  dataset_group text   NOT NULL COLLATE "C",
  type          text   NOT NULL COLLATE "C",
  place         bigint NOT NULL,
  created_at    bigint NOT NULL,
  tags          text, -- as in event_tracker
  PRIMARY KEY (account_id, dataset_group, type),
  UNIQUE (account_id, place),
  FOREIGN KEY (account_id, dataset_group) REFERENCES dataset_group (account_id, name)
);

-- The times say when each state begins, so that no one needs to change a row for it. From gone_at on
-- the row counts as deleted.
CREATE TABLE event_tracker (
  account_id            text    NOT NULL COLLATE "C",
  id                    text    NOT NULL COLLATE "C",
  place                 bigint  NOT NULL,
  dataset_group         text    NOT NULL COLLATE "C",
  name                  text    NOT NULL,
  tracking_id           text    NOT NULL,
  tags                  text, -- a JSON array: key, value, key, value, …; NULL for none
  created_at            bigint  NOT NULL,
  create_in_progress_at bigint  NOT NULL,
  create_ended_at       bigint  NOT NULL,
  create_failed         integer NOT NULL DEFAULT 0,
  delete_at             bigint,
  delete_in_progress_at bigint,
  gone_at               bigint,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, dataset_group),
  UNIQUE (account_id, place),
  FOREIGN KEY (account_id, dataset_group) REFERENCES dataset_group (account_id, name)
);
