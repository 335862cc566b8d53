"""SQLite through SQLAlchemy 2: tables, unit of work, queries, search, migrations and backup."""
