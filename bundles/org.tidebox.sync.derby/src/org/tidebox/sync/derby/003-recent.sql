-- Big updates as they came, which are not in the tables of nodes yet (see RecentNodes): to carry one out at once for each
-- node would take longer than the rest of its synchronisation.

CREATE TABLE recent_updates (
    tree INTEGER NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT recent_updates_key PRIMARY KEY (tree, number)
);
