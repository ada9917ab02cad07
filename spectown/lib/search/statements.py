"""SQL of the search index: an index table beside the searched one, kept by triggers, the same for every writer.

SQLite: FTS5 without content (`trigram` takes every three characters of a text), and the list of its words.
PostgreSQL: a table of pairs of neighbouring characters with a GIN index, beside the searched table so that updates
of a row that leave its text alone never touch it.
"""

from __future__ import annotations

COLUMN = "search_text"  # the searched text, in every table that has an index
BESIDE = "spectown.indexed"  # PostgreSQL: the index whose new rows the writer brings itself (search.bulk)

SQLITE = (
    "CREATE VIRTUAL TABLE {index} USING fts5(text, content='', detail=none, columnsize=0,"
    " tokenize='trigram case_sensitive 1')",
    "CREATE VIRTUAL TABLE {index}_words USING fts5vocab('{index}', 'row')",
    "CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN"
    " INSERT INTO {index}(rowid, text) VALUES (new.id, new.{column} || ' '); END",
    "CREATE TRIGGER {index}_update AFTER UPDATE OF {column} ON {table} WHEN old.{column} IS NOT new.{column} BEGIN"
    " INSERT INTO {index}({index}, rowid, text) VALUES ('delete', old.id, old.{column} || ' ');"
    " INSERT INTO {index}(rowid, text) VALUES (new.id, new.{column} || ' '); END",
    "CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN"
    " INSERT INTO {index}({index}, rowid, text) VALUES ('delete', old.id, old.{column} || ' '); END",
    "INSERT INTO {index}(rowid, text) SELECT id, {column} || ' ' FROM {table}",
)
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS {index}_insert",
    "DROP TRIGGER IF EXISTS {index}_update",
    "DROP TRIGGER IF EXISTS {index}_delete",
    "DROP TABLE IF EXISTS {index}_words",
    "DROP TABLE IF EXISTS {index}",
)

POSTGRESQL = (
    "CREATE TABLE {index} (id bigint PRIMARY KEY, pairs text[] NOT NULL)",
    "CREATE FUNCTION {index}_pairs(whole text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$"
    " SELECT ARRAY(SELECT DISTINCT a || b FROM unnest(string_to_array(whole, NULL),"
    " string_to_array(substr(whole, 2), NULL)) AS pair(a, b) WHERE b IS NOT NULL) $$",
    "CREATE FUNCTION {index}_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF current_setting('{beside}', true) = '{index}' THEN RETURN NULL; END IF;"
    " INSERT INTO {index} SELECT id, {index}_pairs({column}) FROM fresh; RETURN NULL; END $$",
    "CREATE FUNCTION {index}_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " UPDATE {index} SET pairs = {index}_pairs(new.{column}) WHERE id = new.id; RETURN NULL; END $$",
    "CREATE FUNCTION {index}_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " DELETE FROM {index} USING gone WHERE {index}.id = gone.id; RETURN NULL; END $$",
    "CREATE FUNCTION {index}_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " TRUNCATE {index}; RETURN NULL; END $$",
    "CREATE TRIGGER {index}_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh"
    " FOR EACH STATEMENT EXECUTE FUNCTION {index}_insert()",
    "CREATE TRIGGER {index}_update AFTER UPDATE OF {column} ON {table} FOR EACH ROW"
    " WHEN (old.{column} IS DISTINCT FROM new.{column}) EXECUTE FUNCTION {index}_update()",
    "CREATE TRIGGER {index}_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone"
    " FOR EACH STATEMENT EXECUTE FUNCTION {index}_delete()",
    "CREATE TRIGGER {index}_truncate AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {index}_truncate()",
    "INSERT INTO {index} SELECT id, {index}_pairs({column}) FROM {table}",
    "CREATE INDEX {index}_pairs ON {index} USING gin (pairs) WITH (gin_pending_list_limit = 16384)",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS {index}_insert ON {table}",
    "DROP TRIGGER IF EXISTS {index}_update ON {table}",
    "DROP TRIGGER IF EXISTS {index}_delete ON {table}",
    "DROP TRIGGER IF EXISTS {index}_truncate ON {table}",
    "DROP FUNCTION IF EXISTS {index}_insert",
    "DROP FUNCTION IF EXISTS {index}_update",
    "DROP FUNCTION IF EXISTS {index}_delete",
    "DROP FUNCTION IF EXISTS {index}_truncate",
    "DROP FUNCTION IF EXISTS {index}_pairs",
    "DROP TABLE IF EXISTS {index}",
)


def build(vendor: str, table: str) -> list[str]:
    """Statements that make and fill the index of a table."""
    return [_filled(statement, table) for statement in (SQLITE if vendor == "sqlite" else POSTGRESQL)]


def drop(vendor: str, table: str) -> list[str]:
    """Statements that remove the index."""
    return [_filled(s, table) for s in (SQLITE_DROP if vendor == "sqlite" else POSTGRESQL_DROP)]


def index_of(table: str) -> str:
    """Name of the index table of a table."""
    return f"{table}_search"


def _filled(statement: str, table: str) -> str:
    return statement.format(index=index_of(table), table=table, column=COLUMN, beside=BESIDE)
