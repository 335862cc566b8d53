"""Finding prospects as one types: by the beginning of a name first, then anywhere in their text.

Beginnings (kanji, kana, romaji, mail, digits) are a range of the B-tree `search_terms`, fast from the first character; from
three characters on the trigram index adds what stands anywhere. The count is capped, so a word that everybody shares costs
no more than a rare one.
"""

from dataclasses import dataclass

from soloflow.store.database import Reader

CAP = 1_000
"""More hits than this are not counted."""
TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids, best first; `capped` when there are more than are listed."""

    ids: tuple[int, ...]
    capped: bool


def find(reader: Reader, text: str, cap: int = CAP) -> Hits:
    """The prospects whose words all match; several words must all be found."""
    from soloflow.domain.text import name_key  # its patterns are not needed to show the first rows

    words = [key for key in (name_key(word) for word in text.split()) if key]
    if not words:
        return Hits((), capped=False)
    if len(words) > 1:
        together = _one(reader, name_key(text), cap)
        if together.ids:
            return together
    hits = _one(reader, words[0], cap)
    for word in words[1:]:
        others = set(_one(reader, word, cap * 20).ids)
        hits = Hits(tuple(found for found in hits.ids if found in others), hits.capped)
    return hits


def _one(reader: Reader, key: str, cap: int) -> Hits:
    keys = [key]
    from soloflow.domain.text import phone_key

    digits = phone_key(key)
    if digits and digits != key and not any(letter.isalpha() for letter in key):
        keys.append(digits)
    found: dict[int, None] = {}
    for word in keys:
        _beginnings(reader, word, cap, found)
        if len(found) <= cap and len(word) >= TRIGRAM:
            _anywhere(reader, word, cap, found)
    ids = tuple(found)[:cap]
    return Hits(ids, capped=len(found) > cap)


def _beginnings(reader: Reader, key: str, cap: int, found: dict[int, None]) -> None:
    # Terms of one prospect often share a beginning, hence a margin before duplicates fall away.
    for prospect in reader.column(
        "SELECT prospect_id FROM search_terms WHERE term >= ? AND term < ? ORDER BY term LIMIT ?",
        key, key + "\U0010ffff", cap * 2 + 1,
    ):  # fmt: skip
        found[prospect] = None


def _anywhere(reader: Reader, key: str, cap: int, found: dict[int, None]) -> None:
    quoted = '"' + key.replace('"', '""') + '"'
    for prospect in reader.column("SELECT rowid FROM search_texts WHERE search_texts MATCH ? LIMIT ?", quoted, cap + 1):
        found.setdefault(prospect)
        if len(found) > cap:
            return


def companies(reader: Reader, key: str) -> list[tuple[int, str]]:
    """(id, name) of the customers that are companies and stand under exactly this term; three at the most."""
    return [
        (row["id"], row["name"])
        for row in reader.rows(
            "SELECT DISTINCT p.id, p.name FROM search_terms t JOIN prospects p ON p.id = t.prospect_id"
            " WHERE t.term = ? AND p.is_person = 0 AND p.deleted_us IS NULL AND p.merged_into_id IS NULL LIMIT 3",
            key,
        )
    ]
