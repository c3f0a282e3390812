-- Extended attributes as org.tidebox.tree.ExtendedAttributes encodes them: those that a node should have (null where
-- there are none), and those that the disk was found to have (null where nobody looked). xattrs: whether a folder keeps
-- them on this device.

ALTER TABLE folders ADD COLUMN xattrs BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE synced_nodes ADD COLUMN extended VARCHAR(8192) FOR BIT DATA;

ALTER TABLE synced_nodes ADD COLUMN disk_extended VARCHAR(8192) FOR BIT DATA;

ALTER TABLE local_nodes ADD COLUMN extended VARCHAR(8192) FOR BIT DATA;

ALTER TABLE local_nodes ADD COLUMN disk_extended VARCHAR(8192) FOR BIT DATA;

ALTER TABLE remote_nodes ADD COLUMN extended VARCHAR(8192) FOR BIT DATA;
