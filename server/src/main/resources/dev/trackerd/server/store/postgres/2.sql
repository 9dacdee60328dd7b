-- What was answered to changes that were made under a key. From expires_at on, in milliseconds since
-- 1970-01-01T00:00:00Z, a row counts as gone.
CREATE TABLE idempotency_key (
  account_id text   NOT NULL COLLATE "C",
  key        text   NOT NULL COLLATE "C",
  digest     bytea  NOT NULL, -- SHA-256 of the method and its request
  answer     bytea  NOT NULL, -- what the request does not say of its answer
  expires_at bigint NOT NULL,
  PRIMARY KEY (account_id, key)
);

CREATE INDEX idempotency_key_expires_at ON idempotency_key (expires_at);
