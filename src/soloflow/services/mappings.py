"""列の割り当て: what the columns of a file nobody knows mean, asked once and remembered by its header."""

from dataclasses import dataclass, replace
from pathlib import Path

from soloflow.capture.mapping import FIELDS, IGNORE, Mapping, as_text, from_text, header_key
from soloflow.capture.reading import look_at
from soloflow.capture.table_look import Table, Unmapped, counted, remark, tried, with_header
from soloflow.capture.tables import Row
from soloflow.domain.errors import UserError
from soloflow.domain.text import written_out
from soloflow.i18n import N_, _, listed
from soloflow.services.import_bytes import file_bytes, rows_told
from soloflow.services.workspace import Progress, Silent, Workspace

__all__ = [
    "FIELDS", "FIELD_NAMES", "IGNORE", "Mapping", "Remembered", "Row", "Table", "Unmapped", "counted", "field_name", "forget",
    "forget_table", "look", "recall", "remark", "remember", "remembered", "suggestion_in_words", "tried", "with_choices", "with_header",
]  # fmt: skip

FIELD_NAMES = {
    "name": N_("氏名"), "family": N_("姓"), "given": N_("名"), "kana": N_("ふりがな"), "kana_family": N_("せい（ふりがな）"),
    "kana_given": N_("めい（ふりがな）"), "company": N_("会社"), "department": N_("部署"), "title": N_("役職"), "mail": N_("メール"),
    "phone": N_("電話"), "mobile": N_("携帯電話"), "direct": N_("直通電話"), "company_phone": N_("会社の電話"), "fax": N_("FAX"),
    "url": N_("URL"), "postal": N_("郵便番号"), "address": N_("住所"), "note": N_("メモ"), "tag": N_("タグ"),
    "met_on": N_("会った日"), "met_on_month_first": N_("会った日（月/日/年）"), "met_on_day_first": N_("会った日（日/月/年）"),
    "ignore": N_("取り込まない"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remembered:
    """One header whose columns were assigned before."""

    id: int
    headings: tuple[str, ...]
    """In the form in which headers are compared."""
    fields: tuple[str, ...]
    used_us: int


def field_name(one: str) -> str:
    """A field in words."""
    return _(FIELD_NAMES[one])


def look(
    path: Path, encoding: str | None = None, *, delimiter: str = "", sheet: str = "", header: int | None = None,
    progress: Progress | None = None,
) -> Table:  # fmt: skip
    """The table of a file as it stands, with the suggested mapping; also of a file whose shape is known.

    :raises UserError: when it cannot be opened or holds no table.
    :raises Cancelled: when the user stopped it.
    """
    name = written_out(path.name)
    watch = rows_told(progress or Silent(), name)
    return look_at(name, file_bytes(path), encoding, delimiter=delimiter, sheet=sheet, header=header, watch=watch)


def remember(ws: Workspace, table: Table, mapping: Mapping) -> None:
    """Keep a mapping for the next file with this header; a table without a header is not remembered.

    Not an entry of the journal: it is a habit of the program's, and Ctrl+Z is for what happened to customers.
    """
    key = table.key(mapping)
    if not key:
        return
    with ws.store.write("", ws.now_us(), journaled=False) as work:
        known = work.reader.find("column_mappings", header=key)
        if known is None:
            work.insert("column_mappings", header=key, body=as_text(mapping), used_us=ws.now_us())
        else:
            work.update("column_mappings", known, body=as_text(mapping), used_us=ws.now_us())


def recall(ws: Workspace, table: Table) -> Mapping | None:
    """The mapping that was chosen for this header before, wherever among the first rows it stands now.

    None too where it would find nobody: then it is asked again.
    """
    with ws.store.read() as reader:
        for row in table.top[:20]:
            key = header_key(row.cells)
            known = reader.find("column_mappings", header=key) if key else None
            if known is not None:
                body = reader.get("column_mappings", known)["body"]
                mapping = from_text(body, row.line, table.delimiter, table.sheet)
                return mapping if mapping is not None and mapping.finds_people else None
    return None


def remembered(ws: Workspace) -> list[Remembered]:
    """Every mapping that is kept, the one used last first."""
    found = []
    with ws.store.read() as reader:
        for one in reader.ids("column_mappings"):
            row = reader.get("column_mappings", one)
            mapping = from_text(row["body"], 1)
            if mapping is not None:
                found.append(Remembered(one, tuple(row["header"].split("\n")), mapping.fields, row["used_us"]))
    return sorted(found, key=lambda one: -one.used_us)


def forget(ws: Workspace, mapping_id: int) -> None:
    """Ask again the next time a file with this header comes."""
    with ws.store.write("", ws.now_us(), journaled=False) as work:
        work.delete("column_mappings", mapping_id)


def forget_table(ws: Workspace, table: Table, mapping: Mapping) -> bool:
    """Forget what is kept for this header; whether there was anything."""
    key = table.key(mapping)
    with ws.store.read() as reader:
        known = reader.find("column_mappings", header=key) if key else None
    if known is not None:
        forget(ws, known)
    return known is not None


def with_choices(table: Table, mapping: Mapping, choices: dict[str, str]) -> Mapping:
    """A mapping with other fields for some columns, given as heading → field code (or its name in words).

    :raises UserError: when there is no such column or field.
    """
    headings = table.headings(mapping)
    fields = list(mapping.fields)
    codes = {field_name(code): code for code in FIELDS} | {code: code for code in FIELDS}
    keys = [header_key((heading,)) for heading in headings]
    for heading, field in choices.items():
        if field not in codes:
            raise UserError(
                _("「{field}」という項目はありません。{known} のどれかを選んでください。").format(
                    field=field, known=", ".join(FIELDS)
                )
            )
        if (key := header_key((heading,))) not in keys:
            raise UserError(
                _("「{column}」という列はありません。あるのは {known} です。").format(
                    column=heading, known=listed(headings)
                )
            )
        fields[keys.index(key)] = codes[field]
    return replace(mapping, fields=tuple(fields))


def suggestion_in_words(table: Table, mapping: Mapping, most: int = 3) -> list[str]:
    """「会社名 → 会社（アクメ、…）」 for every column, with the first things that stand in it."""
    lines = []
    below = [row.cells for row in table.top if row.line > mapping.header and not row.broken]
    for number, (heading, field) in enumerate(zip(table.headings(mapping), mapping.fields, strict=True)):
        cells = [" ".join(cells[number].split()) for cells in below if number < len(cells) and cells[number].strip()]
        words = f"{heading} → {field_name(field)}"
        shown = listed(cell[:20] for cell in dict.fromkeys(cells[:most]))
        lines.append(_("{words}（{more}）").format(words=words, more=shown) if shown else words)
    return lines
