-- marks.confirmed_from: the first sequence of a commit that deleted much and that a person confirmed; else null.

ALTER TABLE marks ADD COLUMN confirmed_from BIGINT;

CREATE INDEX marks_confirmed ON marks (library, confirmed_from);
