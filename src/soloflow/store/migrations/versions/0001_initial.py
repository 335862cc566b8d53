"""The first schema: all nouns of the product, and the words the user starts with."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the frozen script; a single statement at a time keeps it inside the migration's transaction."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in statements(script):
        op.execute(statement)


def statements(script: str) -> list[str]:
    """Split at blank lines: every statement of the script ends there and holds none."""
    return [part.strip() for part in script.split(";\n\n") if part.strip()]
