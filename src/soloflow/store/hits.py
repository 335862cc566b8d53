"""Whom one word of a search finds: the ways in which it is looked for, and its hits as they are asked for.

The queries give the best first; everything of one word that depends on the tables of the search stands here, and what becomes
of several words in `soloflow.store.search`.
"""

import sqlite3
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from soloflow.i18n import _
from soloflow.store.database import Reader
from soloflow.store.inside import Inside, Where

TRIGRAM = 3
SEEKS = 2
"""Of so many tags or meetups each customer is looked up in the index of those; of more, what the customer has is read."""
PORTION = 1_000
MEMBERS = 50_000
"""So many people of several meetups are kept, to look at each only once."""
HALF = 0.5
SAMPLE = 200
"""So many texts are read to see how many have a word."""
_END = "\U0010ffff"
_VOCABULARY = "search_words"
_TEXTS = "search_texts_content"
"""Where FTS5 keeps the texts (id, c0); going there past the virtual table takes half the time."""


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


@dataclass(frozen=True, slots=True)
class Query:
    """SQL for the ids in a column, with places for a join and for one more condition."""

    sql: str
    column: str
    parameters: tuple[object, ...]
    is_of_all: bool = False
    """Whether it also gives those who do not count, such as deleted ones."""
    stands: bool = False
    """Whether its one parameter is a question for the trigram index."""
    words: tuple[str, ...] = ()
    """What stands in the texts then."""

    def asking(self, join: str = "", also: str = "") -> str:
        """The SQL, with what is joined and what else must hold put in their places."""
        return self.sql.replace("{join}", join).replace("{also}", also)


def hits_of(
    reader: Reader, word: Word, inside: Inside | None, standing: Sequence[Word] = ()
) -> Generator[list[int], None, None]:
    """Portions, best first, read as they are asked for; a prospect may come more than once.

    Only those for whom also the words are found that do nothing but stand in texts: the index does that by itself.
    """
    for query in queries(reader, word):
        yield from portions(reader, query, inside, standing)


def portions(
    reader: Reader, query: Query, inside: Inside | None, standing: Sequence[Word]
) -> Generator[list[int], None, None]:
    join = ""
    if query.is_of_all and inside is None:  # CROSS: the hits lead, who counts is looked up for each
        join = f" CROSS JOIN prospect_states s ON s.prospect_id = {query.column}"
    query = replace(query, sql=query.asking(join, "{also}"))
    if query.stands and not standing and inside is not None and inside.share < HALF:
        yield from _walked(reader, query, inside)
        return
    also = Where() if inside is None else inside.masking(query.column)
    if query.stands and standing:
        together = (*query.parameters, *(_asked(reader, word) for word in standing))
        query = replace(query, parameters=(" AND ".join(f"({one})" for one in together),))
    for ids in _portions(reader, query, also.also(), also.parameters):
        yield ids if query.stands else [*having(reader, standing, dict.fromkeys(ids))]


def _walked(reader: Reader, query: Query, inside: Inside) -> Iterator[list[int]]:
    """The same hits of some customers, from text to text as long as enough of them have the word, then asked of the index.

    To look at a text costs no more than a hit of the index that is of no use.
    """
    ids, last, count = inside.ids(), 0, SAMPLE
    stands = " OR ".join(["instr(c0, ?) > 0"] * len(query.words))
    while block := list(islice(ids, count)):
        listed = ",".join(map(str, block))
        found = reader.column(
            f"SELECT id FROM {_TEXTS} WHERE id IN ({listed}) AND ({stands}) ORDER BY id", *query.words
        )
        yield found
        last, count = block[-1], PORTION
        if len(found) < min(HALF, 3 * inside.share) * len(block):
            also = inside.masking(query.column)
            yield from _portions(reader, query, f" AND {query.column} > ?{also.also()}", (last, *also.parameters))
            return


def _portions(reader: Reader, query: Query, also: str, parameters: tuple[object, ...]) -> Iterator[list[int]]:
    rows = reader.tuples(query.asking(also=also), *query.parameters, *parameters)
    while portion := rows.fetchmany(PORTION):
        yield [found for (found,) in portion]


def queries(reader: Reader, word: Word) -> Iterator[Query]:
    for key in word.beginnings:
        sql = "SELECT h.prospect_id FROM search_terms h WHERE h.term >= ? AND h.term < ?{also} ORDER BY h.term, h.prospect_id"
        yield Query(sql, "h.prospect_id", (key, key + _END))
    yield from in_texts(reader, word)
    for shared, ids in shared_by(reader, word):
        column = f"h.{shared.column}"
        sql = f"SELECT {column} FROM {shared.table} h{{join}} WHERE h.{shared.key} IN ({','.join(map(str, ids))}){{also}} ORDER BY h.{shared.key}, {column}"
        yield Query(sql, column, (), is_of_all=True)


def in_texts(reader: Reader, word: Word) -> Iterator[Query]:
    """The query for a word anywhere in the texts; none where it is too short."""
    if asked := _asked(reader, word):
        sql = "SELECT search_texts.rowid FROM search_texts WHERE search_texts MATCH ?{also} ORDER BY search_texts.rowid"
        yield Query(sql, "search_texts.rowid", (asked,), stands=True, words=word.inside)


def only_stands(reader: Reader, word: Word) -> bool:
    """Whether no name, address or tag begins with a word, so that the trigram index alone knows of it."""
    if not _asked(reader, word) or any(shared_by(reader, word)):
        return False
    return not any(_begins(reader, key) for key in word.beginnings)


def _begins(reader: Reader, key: str) -> bool:
    """Whether any term begins so."""
    sql = "SELECT 1 FROM search_terms WHERE term >= ? AND term < ? LIMIT 1"
    return reader.value(sql, key, key + _END) is not None


def _asked(reader: Reader, word: Word) -> str:
    """What the trigram index is asked for a word; empty for nothing."""
    return " OR ".join(one for key in word.inside if (one := _question(reader, key)))


def _question(reader: Reader, key: str) -> str:
    """What the trigram index is asked for; empty when nothing in it begins so."""
    if len(key) >= TRIGRAM:
        return _quoted(key)
    return " OR ".join(map(_quoted, _vocabulary(reader, key)))


def _quoted(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'


def _vocabulary(reader: Reader, key: str) -> list[str]:
    """The trigrams that begin with two characters; kept, because a search asks for them several times."""
    return reader.kept(("trigrams", key), lambda: _read_vocabulary(reader, key))


def _read_vocabulary(reader: Reader, key: str) -> list[str]:
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


def shared_by(reader: Reader, word: Word) -> Iterator[tuple[_Shared, list[int]]]:
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


def having(reader: Reader, words: Sequence[Word], few: dict[int, None]) -> dict[int, None]:
    """Those of a few for whom the words are found too, in the order they have."""
    for word in words:
        passing_it = _passing_in_any_order(reader, word, few)
        few = {prospect: None for prospect in few if prospect in passing_it}
    return few


def _passing_in_any_order(reader: Reader, word: Word, few: Collection[int]) -> set[int]:
    """Those of a few for whom the word is found."""
    found: set[int] = set()
    for key in filter(partial(_begins, reader), word.beginnings):
        listed = _listed(few, found)
        sql = f"SELECT prospect_id FROM search_terms WHERE prospect_id IN ({listed}) AND term >= ? AND term < ?"
        found.update(reader.column(sql, key, key + _END))
    if word.inside:
        stands = " OR ".join(["instr(c0, ?) > 0"] * len(word.inside))
        found.update(
            reader.column(f"SELECT id FROM {_TEXTS} WHERE id IN ({_listed(few, found)}) AND ({stands})", *word.inside)
        )
    for shared, ids in shared_by(reader, word):
        found.update(_sharing(reader, shared, ids, [one for one in few if one not in found]))
    return found


def passing_word(reader: Reader, word: Word, few: Collection[int]) -> dict[int, None]:
    """Those of a few for whom the word is found, in the order in which `hits_of` would give them."""
    found: dict[int, None] = {}
    few = dict.fromkeys(few)
    for key in filter(partial(_begins, reader), word.beginnings):
        found |= dict.fromkeys(
            reader.column(
                f"SELECT prospect_id FROM search_terms WHERE prospect_id IN ({_listed(few, found)}) AND term >= ? AND term < ?"
                " GROUP BY prospect_id ORDER BY min(term), prospect_id",
                key, key + _END,
            )
        )  # fmt: skip
    if word.inside:
        stands = " OR ".join(["instr(c0, ?) > 0"] * len(word.inside))
        found |= dict.fromkeys(
            reader.column(
                f"SELECT id FROM {_TEXTS} WHERE id IN ({_listed(few, found)}) AND ({stands}) ORDER BY id", *word.inside
            )
        )
    for shared, ids in shared_by(reader, word):
        found |= dict.fromkeys(_sharing(reader, shared, ids, [one for one in few if one not in found]))
    return found


def _sharing(reader: Reader, shared: _Shared, ids: list[int], few: Collection[int]) -> list[int]:
    """Those of a few who have one of these tags or were at one of these meetups, in the order of those."""
    members = _members(reader, shared, ids) if len(few) > SAMPLE and len(ids) > SEEKS else None
    if members is not None:
        return sorted((one for one in few if one in members), key=members.__getitem__)
    plus = "+" if len(ids) > SEEKS else ""
    return reader.column(
        f"SELECT {shared.column} FROM {shared.table} WHERE {shared.column} IN ({','.join(map(str, few))})"
        f" AND {plus}{shared.key} IN ({','.join(map(str, ids))}) ORDER BY {shared.key}, {shared.column}"
    )


def _members(reader: Reader, shared: _Shared, ids: list[int]) -> dict[int, int] | None:
    """Everybody who shares them with their places, if they are not too many; kept."""

    def read() -> dict[int, int] | None:
        sql = (
            f"SELECT {shared.column} FROM {shared.table} WHERE {shared.key} IN ({','.join(map(str, ids))})"
            f" ORDER BY {shared.key}, {shared.column} LIMIT {MEMBERS + 1}"
        )
        found = reader.column(sql)
        if len(found) > MEMBERS:
            return None
        return {one: place for place, one in enumerate(dict.fromkeys(found))}

    return reader.kept(("members", shared.table, *ids), read)


def _listed(few: Collection[int], found: Collection[int]) -> str:
    return ",".join(str(one) for one in few if one not in found)
