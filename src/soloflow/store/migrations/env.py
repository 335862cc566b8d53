"""Alembic's entry: one connection, handed over by `store.upgrade`, inside one transaction."""

from alembic import context

from soloflow.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
