"""Saved views, remembered column mappings, the list of imports, and pairs that were told apart."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Run the frozen script; a single statement at a time keeps it inside the migration's transaction."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.execute(statement.strip().removesuffix(";"))
