-- Tags are as those of event_tracker.
ALTER TABLE dataset_group ADD COLUMN role_arn TEXT;
ALTER TABLE dataset_group ADD COLUMN kms_key_arn TEXT;
ALTER TABLE dataset_group ADD COLUMN tags TEXT;
ALTER TABLE dataset ADD COLUMN tags TEXT;
