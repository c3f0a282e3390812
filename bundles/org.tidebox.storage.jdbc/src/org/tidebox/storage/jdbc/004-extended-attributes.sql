-- Extended attributes as org.tidebox.tree.ExtendedAttributes encodes them; null where there are none.

ALTER TABLE versions ADD COLUMN extended ${bytes};
