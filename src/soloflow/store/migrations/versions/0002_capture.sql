CREATE TABLE saved_views (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT DEFAULT '' NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL
);

CREATE TABLE column_mappings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    header TEXT NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    used_us INTEGER NOT NULL,
    CONSTRAINT uq_column_mappings_header UNIQUE (header)
);

CREATE TABLE imports (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at_us INTEGER NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    shape TEXT DEFAULT '' NOT NULL,
    encoding TEXT DEFAULT '' NOT NULL,
    report TEXT DEFAULT '' NOT NULL
);

CREATE TABLE told_apart (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT DEFAULT '' NOT NULL,
    first_id INTEGER NOT NULL,
    second_id INTEGER NOT NULL,
    CONSTRAINT uq_told_apart_kind_first_id_second_id UNIQUE (kind, first_id, second_id),
    CONSTRAINT ck_told_apart_kind CHECK (kind in ('contact', 'prospect'))
);
