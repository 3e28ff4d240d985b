-- Up Migration

-- The epoch of the holder from which a change has taken the lease away, for as long as it may have something under way. Once it
-- says that it has not, the consumer may be taken at once.
ALTER TABLE consumers ADD COLUMN leaving bigint;
