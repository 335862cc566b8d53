"""`soloflow import --map 列=項目`: files whose columns somebody has to say the meaning of."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from soloflow.domain.errors import UserError
from soloflow.i18n import _, sentences

if TYPE_CHECKING:
    from soloflow.services.import_items import Preview
    from soloflow.services.mappings import Table
    from soloflow.services.workspace import Workspace


def choices_of(words: Sequence[str]) -> dict[str, str]:
    """Column → field, as given: 会社名=company.

    :raises UserError: when one of them has no field.
    """
    found = {}
    for word in words:
        column, sign, field = word.rpartition("=")
        if not sign or not column.strip() or not field.strip():
            raise UserError(
                _(
                    "--map は「列=項目」の形で書いてください（例：--map 会社名=company）。「{word}」は読めません。"
                ).format(word=word)
            )
        found[column.strip()] = field.strip()
    return found


def preview_of(
    ws: "Workspace", path: Path, choices: dict[str, str], *, is_trial: bool, is_quiet: bool = False
) -> "Preview":
    """The preview of a file; of an unknown table by the suggested mapping with these choices, which is then remembered.

    A trial shows the suggestion (unless quiet) and remembers nothing.

    :raises UserError: when it is a table nobody has assigned the columns of, or the file cannot be read.
    """
    from soloflow.services import importing, mappings

    table: Table | None = None
    try:
        if not choices:
            return importing.preview(ws, path)
        table = mappings.look(path)
    except mappings.Unmapped as unknown:
        table = unknown.table
        if not is_trial or is_quiet:
            raise UserError(
                sentences(
                    (
                        str(unknown),
                        _(
                            "--dry-run で割り当ての案を見て、--map 列=項目 を付けてください（書かない列は案のとおりに読みます）。"
                        ),
                    )
                )
            ) from unknown
    mapping = mappings.with_choices(table, mappings.recall(ws, table) or table.suggested, choices)
    if is_trial and not is_quiet:
        print(_("{name} の列の割り当て（案）").format(name=path.name))
        for line in mappings.suggestion_in_words(table, mapping):
            print("  " + line)
    preview = importing.preview(ws, path, mapping=mapping)
    if not is_trial:
        mappings.remember(ws, table, mapping)
    return preview
