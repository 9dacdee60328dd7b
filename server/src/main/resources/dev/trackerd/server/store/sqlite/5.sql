-- What was answered to changes that were made under a key. From expires_at on, in milliseconds since
-- 1970-01-01T00:00:00Z, a row counts as gone.
CREATE TABLE idempotency_key (
  account_id TEXT    NOT NULL,
  key        TEXT    NOT NULL COLLATE BINARY,
  digest     BLOB    NOT NULL, -- SHA-256 of the method and its request
  answer     BLOB    NOT NULL, -- what the request does not say of its answer
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, key)
) STRICT;

CREATE INDEX idempotency_key_expires_at ON idempotency_key (expires_at);
