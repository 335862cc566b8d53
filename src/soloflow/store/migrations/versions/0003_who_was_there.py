"""Who was at a meetup and who has a tag, read from an index alone: a search asks for thousands of them at a key."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Run the frozen script; a single statement at a time keeps it inside the migration's transaction."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        op.execute(statement.strip().removesuffix(";"))
