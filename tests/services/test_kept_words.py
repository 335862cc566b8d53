"""What a revert left alone, said in plain words."""

import pytest

from soloflow.services import kept_words
from soloflow.services.workspace import Workspace
from soloflow.store.journal import Conflict


@pytest.mark.parametrize(
    ("table", "column", "kept", "words"),
    [
        ("prospects", "deleted_us", 1_795_000_000_000_000, "：削除したままにしました"),
        ("prospects", "deleted_us", None, "：削除せずに残しました"),
        ("follow_ups", "done_us", 1_795_000_000_000_000, "：済みのままにしました"),
        ("activities", "at_us", 1_795_000_000_000_000, "：日付は、あとから直したままにしました"),
        ("prospects", "memo", "大事", "：メモは、あとから直した「大事」を残しました"),
    ],
)
def test_a_moment_is_said_as_what_it_means(ws: Workspace, table: str, column: str, kept: object, words: str) -> None:
    with ws.store.read() as reader:
        assert kept_words.sentence(reader, Conflict(table, 1, column, kept)).endswith(words)
