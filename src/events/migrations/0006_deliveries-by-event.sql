-- Up Migration

-- What holds an event up is asked for by its position, too: by the picture of a case, and when an event is deleted.
CREATE INDEX deliveries_position ON deliveries (position);
