"""Finding prospects as one types: by the beginning of a name first, then anywhere in their text, then by shared names.

- Beginnings (kanji, kana, romaji, mail, digits, tags) are a range of the B-tree `search_terms`, fast from the first character.
- What stands anywhere (mails, phone digits, memo, notes, next steps, deals, answers) is in the trigram index. From three
  characters on it is asked directly; two Japanese characters are asked through its vocabulary, as the beginnings of
  trigrams. Two Latin letters are found only as a word of their own, three digits anywhere in a number.
- Tags, meetups, channels and sources are few; their names are read as they are, so that a renamed one is found at once.

Several words must all be found. The hits are read only until there are more than the cap, so a word that everybody shares
costs no more than a rare one; with a filter, only those who pass it are counted.
"""

import sqlite3
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from soloflow.i18n import _
from soloflow.store.database import Reader
from soloflow.store.filters import Where

CAP = 1_000
"""More hits than this are not listed by how well they fit."""
TRIGRAM = 3
FEW = 1_500
"""So few customers are looked at one by one; asking the index for everybody would be slower."""
MANY = 20_000
"""Of a filter that more pass, nearly every hit passes, and the cap is soon reached."""
PORTION = 1_000
EVERYBODY = Where()
_END = "\U0010ffff"
_VOCABULARY = "search_words"


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids, best first; `capped` when there are more than are listed."""

    ids: tuple[int, ...]
    capped: bool


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search in the forms in which it is looked for."""

    beginnings: tuple[str, ...]
    inside: tuple[str, ...]
    name: str
    """What the names of tags, meetups, channels and sources are compared with."""
    only_tags: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a search; empty when nothing in the text can be looked for."""
    found = (_word(part) for part in _readable(text).split())
    return tuple(word for word in found if word is not None)


def as_one_word(text: str) -> Word | None:
    """A search as if nothing stood between its words: 山田 太郎 is also 山田太郎."""
    return _word("".join(_readable(text).split()))


def _readable(text: str) -> str:
    """Without what no text in the file can hold: half of an emoji, and the character that ends a string in C."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")


def _word(text: str) -> Word | None:
    from soloflow.domain.text import name_key, phone_key, shadow  # its patterns are not needed to show the first rows

    key = name_key(text)
    if not key:
        return None
    forms = [key]
    if not any(letter.isalpha() for letter in key) and (digits := phone_key(key)):
        forms.append(digits)
    beginnings = tuple(dict.fromkeys(forms))
    inside = (*forms, shadow(text))
    long_enough = tuple(
        dict.fromkeys(form for form in inside if len(form) >= (TRIGRAM if form.isascii() else TRIGRAM - 1))
    )
    return Word(beginnings, long_enough, key.lstrip("#@") if len(key) > 1 else key, only_tags=key.startswith("#"))


def find(reader: Reader, text: str, cap: int | None = CAP, among: Where = EVERYBODY) -> Hits:
    """The prospects whose words all match, of those who pass a filter; without cap all of them."""
    words = words_of(text)
    if not words:
        return Hits((), capped=False)
    found: dict[int, None] = {}
    if len(words) > 1:
        together = as_one_word(text)
        found = _matching(reader, (together,), cap, among) if together else {}
    if cap is None or len(found) <= cap:
        found |= _matching(reader, words, cap, among)
    ids = tuple(found)
    return Hits(ids if cap is None else ids[:cap], capped=cap is not None and len(found) > cap)


def _matching(reader: Reader, words: tuple[Word, ...], cap: int | None, among: Where) -> dict[int, None]:
    """Those for whom every word is found, by how well the first one fits; at most one more than the cap."""
    inside = _inside(reader, among)
    if inside is not None and len(inside) <= FEW:
        return _one_by_one(reader, words, inside)
    if len(words) == 1:
        return _first(_hits(reader, words[0], among, inside), cap)
    for word in words:
        rare = _first(_hits(reader, word, among, inside), FEW)
        if len(rare) <= FEW:
            return _one_by_one(reader, words, rare)
    found = _first(_hits(reader, words[0], among, inside), None)
    for word in words[1:]:
        found = _having(reader, word, found)
    return found


def _inside(reader: Reader, among: Where) -> set[int] | None:
    """Those who pass the filter, where there is one that most do not pass; looking them up in a set is quicker than a join."""
    if not among.sql:
        return None
    found = reader.column(
        f"SELECT s.prospect_id FROM prospect_states s WHERE {among.sql} LIMIT ?", *among.parameters, MANY + 1
    )
    return set(found) if len(found) <= MANY else None


def _first(hits: Generator[int, None, None], cap: int | None) -> dict[int, None]:
    found: dict[int, None] = {}
    with closing(hits):  # a query left open would hold on to its snapshot
        for prospect in hits:
            found[prospect] = None
            if cap is not None and len(found) > cap:
                break
    return found


# --- one word among everybody who passes the filter ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Query:
    """SQL with places for a join to `prospect_states s` and for a condition on it."""

    sql: str
    is_of_all: bool = False
    """Whether it also gives those who do not count, such as deleted ones."""


_BEGIN = _Query(
    "SELECT h.prospect_id FROM search_terms h {join} WHERE h.term >= ? AND h.term < ?{also} ORDER BY h.term, h.prospect_id"
)
_STAND = _Query(
    "SELECT search_texts.rowid FROM search_texts {join} WHERE search_texts MATCH ?{also} ORDER BY search_texts.rowid"
)


def _hits(reader: Reader, word: Word, among: Where, inside: set[int] | None) -> Generator[int, None, None]:
    """Best first, read as they are asked for; a prospect may come more than once."""
    condition = among if inside is None else EVERYBODY
    for query, on, parameters in _queries(reader, word):
        # CROSS: the hits lead, the filter is looked up for each
        join = (
            f"CROSS JOIN prospect_states s ON s.prospect_id = {on}"
            if condition.sql or (query.is_of_all and inside is None)
            else ""
        )
        sql = query.sql.replace("{join}", join).replace("{also}", condition.also())
        rows = reader.tuples(sql, *parameters, *condition.parameters)
        while portion := rows.fetchmany(PORTION):
            if inside is None:
                yield from [found for (found,) in portion]
            else:
                yield from [found for (found,) in portion if found in inside]


def _having(reader: Reader, word: Word, found: dict[int, None]) -> dict[int, None]:
    """Those of many for whom a word is found too; no more of it is read than is needed to know."""
    open_ones, having = set(found), set[int]()
    for query, _on, parameters in _queries(reader, word):
        if not open_ones:
            break
        hits = open_ones.intersection(reader.column(query.sql.replace("{join}", "").replace("{also}", ""), *parameters))
        having |= hits
        open_ones -= hits
    return {prospect: None for prospect in found if prospect in having}


def _queries(reader: Reader, word: Word) -> Iterator[tuple["_Query", str, tuple[object, ...]]]:
    for key in word.beginnings:
        yield _BEGIN, "h.prospect_id", (key, key + _END)
    asked = " OR ".join(one for key in word.inside if (one := _question(reader, key)))
    if asked:
        yield _STAND, "search_texts.rowid", (asked,)
    for shared, ids in _shared(reader, word):
        query = _Query(f"SELECT h.{shared.column} FROM {shared.table} h {{join}} WHERE h.{shared.key} = ?{{also}} ORDER BY h.rowid", is_of_all=True)  # fmt: skip
        for row_id in ids:
            yield query, f"h.{shared.column}", (row_id,)


def _question(reader: Reader, key: str) -> str:
    """What the trigram index is asked for; empty when nothing in it begins so."""
    if len(key) >= TRIGRAM:
        return _quoted(key)
    return " OR ".join(map(_quoted, _vocabulary(reader, key)))


def _quoted(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'


def _vocabulary(reader: Reader, key: str) -> list[str]:
    """The trigrams that begin with two characters."""
    query = f"SELECT term FROM temp.{_VOCABULARY} WHERE term >= ? AND term < ?"
    try:
        return reader.column(query, key, key + _END)
    except sqlite3.OperationalError:
        reader.make_temporary(f"CREATE VIRTUAL TABLE temp.{_VOCABULARY} USING fts5vocab(main, search_texts, row)")
        return reader.column(query, key, key + _END)


@dataclass(frozen=True, slots=True)
class _Shared:
    """Where it stands who has a tag, was at a meetup, came through a channel or from a source."""

    names: str
    table: str
    column: str
    key: str


_SHARED = (
    _Shared("tags", "prospect_tags", "prospect_id", "tag_id"),
    _Shared("meetups", "activities", "prospect_id", "meetup_id"),
    _Shared("channels", "prospects", "id", "channel_id"),
    _Shared("sources", "prospects", "id", "source_id"),
)


def _shared(reader: Reader, word: Word) -> Iterator[tuple[_Shared, list[int]]]:
    for shared in _SHARED[:1] if word.only_tags else _SHARED:
        ids = sorted(row_id for row_id, _name in named(reader, shared.names, word))
        if ids:
            yield shared, ids


def named(reader: Reader, table: str, word: Word) -> list[tuple[int, str]]:
    """(id, name) of the tags, meetups, channels or sources in whose name a word stands; one letter must begin it."""
    from soloflow.domain.text import name_key

    assert table in {"tags", "meetups", "channels", "sources"}
    found = []
    for row_id, name in reader.tuples(f"SELECT id, name FROM {table}"):
        keys = {name_key(name), name_key(_(name))} if table == "channels" and name else {name_key(name)}
        if any(key.startswith(word.name) or (len(word.name) > 1 and word.name in key) for key in keys):
            found.append((row_id, name))
    return found


# --- a few prospects, one by one -------------------------------------------------------------------------------------------


def _one_by_one(reader: Reader, words: tuple[Word, ...], few: Collection[int]) -> dict[int, None]:
    ranked = _passing(reader, words[0], few)
    for word in words[1:]:
        passing = _passing(reader, word, ranked)
        ranked = {found: None for found in ranked if found in passing}
    return ranked


def _passing(reader: Reader, word: Word, few: Collection[int]) -> dict[int, None]:
    """Those of a few for whom the word is found, in the order in which `_hits` would give them."""
    inside = ",".join(map(str, few))
    found: dict[int, None] = {}
    for key in word.beginnings:
        found |= dict.fromkeys(
            reader.column(
                f"SELECT prospect_id FROM search_terms WHERE prospect_id IN ({inside}) AND term >= ? AND term < ?"
                " GROUP BY prospect_id ORDER BY min(term), prospect_id",
                key, key + _END,
            )
        )  # fmt: skip
    if word.inside:
        stands = " OR ".join(["instr(text, ?) > 0"] * len(word.inside))
        found |= dict.fromkeys(
            reader.column(
                f"SELECT rowid FROM search_texts WHERE rowid IN ({inside}) AND ({stands}) ORDER BY rowid", *word.inside
            )
        )
    for shared, ids in _shared(reader, word):
        found |= dict.fromkeys(
            reader.column(
                f"SELECT {shared.column} FROM {shared.table} WHERE {shared.column} IN ({inside})"
                f" AND +{shared.key} IN ({','.join(map(str, ids))}) ORDER BY {shared.key}, rowid"
            )
        )
    return found


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
