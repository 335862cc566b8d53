"""Finding prospects as one types: by the beginning of a name first, then anywhere in their text, then by shared names.

- Beginnings (kanji, kana, romaji, mail, digits, tags) are a range of the B-tree `search_terms`, fast from the first character.
- What stands anywhere (mails, phone digits, memo, notes, next steps, deals, answers) is in the trigram index. From three
  characters on it is asked directly; two Japanese characters are asked through its vocabulary, as the beginnings of
  trigrams. Two Latin letters are found only as a word of their own, three digits anywhere in a number.
- Tags, meetups, channels and sources are few; their names are read as they are, so that a renamed one is found at once.

Several words must all be found. The hits are read only until there are more than the cap, so a word that everybody shares
costs no more than a rare one; with a filter, only those who pass it are counted. Of several words the rarest leads where one
is rare; where all are common, the hits of the first are tried in portions, and the cap is soon reached.
"""

from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from soloflow.store.database import Reader
from soloflow.store.hits import (
    SAMPLE,
    Word,
    as_one_word,
    having,
    hits_of,
    in_texts,
    only_stands,
    passing_word,
    portions,
    queries,
    shared_by,
    words_of,
)
from soloflow.store.inside import Inside, Where, passing
from soloflow.store.inside import inside as inside_of

CAP = 1_000
"""More hits than this are not listed by how well they fit."""
FEW = 2_500
"""So few customers are looked at one by one; asking the index for everybody would be slower."""
SEVERAL = 6_000
"""The same for a search of several words."""
RARE = 0.1
SOME = 24_000
"""So many hits of a common word are read to narrow down the others."""
EVERYBODY = Where()


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids, best first; `capped` when there are more than are listed."""

    ids: tuple[int, ...]
    capped: bool


def find(reader: Reader, text: str, cap: int | None = CAP, among: Where = EVERYBODY) -> Hits:
    """The prospects whose words all match, of those who pass a filter; without cap all of them."""
    words = words_of(text)
    if not words:
        return Hits((), capped=False)
    inside = passing(reader, among) if among.sql else None
    found: dict[int, None] = {}
    if len(words) > 1:
        together = as_one_word(text)
        found = _matching(reader, (together,), cap, inside) if together else {}
    if cap is None or len(found) <= cap:
        found |= _matching(reader, words, cap, inside)
    ids = tuple(found)
    return Hits(ids if cap is None else ids[:cap], capped=cap is not None and len(found) > cap)


def _matching(reader: Reader, words: tuple[Word, ...], cap: int | None, inside: Inside | None) -> dict[int, None]:
    """Those for whom every word is found, by how well the first one fits; at most a portion more than the cap."""
    if inside is not None and inside.count <= (FEW if len(words) == 1 else SEVERAL):
        return _one_by_one(reader, words, tuple(inside.ids()), inside)
    if len(words) == 1:
        return _first(hits_of(reader, words[0], inside), cap)
    for word in words:
        rare = _best(reader, word, inside)
        if len(rare) <= FEW:
            return _one_by_one(reader, words, rare)
    return _of_common_words(reader, words, cap, inside)


def _first(hits: Generator[list[int], None, None], cap: int | None) -> dict[int, None]:
    found: dict[int, None] = {}
    with closing(hits):  # a query left open would hold on to its snapshot
        for portion in hits:
            found |= dict.fromkeys(portion)
            if cap is not None and len(found) > cap:
                break
    return found


def _of_common_words(
    reader: Reader, words: tuple[Word, ...], cap: int | None, inside: Inside | None
) -> dict[int, None]:
    """Those for whom all of several words are found, each of which many have."""
    lead, *others = words
    standing = [word for word in others if only_stands(reader, word)]
    tried = [word for word in others if word not in standing]
    if cap is not None:
        with closing(hits_of(reader, lead, inside)) as hits:
            found, seen = _in_portions(reader, hits, others, cap, least=0.5)
        if len(found) > cap:
            return found
    known = {word: some for word in tried if (some := _some(reader, word)) is not None}
    together = _standing_together(reader, standing)
    if known or together is not None:
        sets = [*known.values()] if together is None else [*known.values(), together]
        narrowed = _within(set[int].intersection(*sets), inside or passing(reader, EVERYBODY))
        if len(narrowed) <= FEW:
            return _one_by_one(reader, words, narrowed)
        inside = inside_of(narrowed)
    tried = [word for word in tried if word not in known]
    standing = standing if together is None else []
    with closing(hits_of(reader, lead, inside, standing)) as hits:
        found, seen = _in_portions(reader, hits, tried, cap, least=1 / 8) if cap is not None else ({}, set())
        if cap is None or len(found) <= cap:
            rest = dict.fromkeys(one for portion in hits for one in portion if one not in seen)
            found |= _having_of_many(reader, tried, rest)
    return found


def _in_portions(
    reader: Reader, hits: Iterator[list[int]], words: Sequence[Word], cap: int, *, least: float
) -> tuple[dict[int, None], set[int]]:
    """(Those of the hits for whom the words are found too, which were tried), until there are enough or too few of them fit."""
    found: dict[int, None] = {}
    seen: set[int] = set()
    for portion in hits:
        fresh = [one for one in portion if one not in seen]
        start = 0 if seen else SAMPLE  # a few of the first tell how many of them fit
        for block in filter(None, (fresh[:start], fresh[start:])):
            seen.update(block)
            found |= having(reader, words, dict.fromkeys(block))
            if len(found) > cap or len(found) < least * len(seen):
                return found, seen
    return found, seen


def _some(reader: Reader, word: Word) -> set[int] | None:
    """All the hits of a word, if they are not too many, with some who do not count, such as deleted ones.

    They are kept, as the next key leaves most words as they are.
    """

    def read() -> set[int] | None:
        found: set[int] = set()
        for query in queries(reader, word):
            if not query.is_of_all:
                found.update(_first(portions(reader, query, None, ()), SOME))
                if len(found) > SOME:
                    return None
        for shared, ids in shared_by(reader, word):
            keys = ",".join(map(str, ids))
            found.update(reader.column(f"SELECT {shared.column} FROM {shared.table} WHERE {shared.key} IN ({keys})"))
        return found

    return reader.kept(("hits", word, SOME), read)


def _best(reader: Reader, word: Word, inside: Inside | None) -> dict[int, None]:
    """The best hits of a word, all of them if they are few; kept like `_some`."""
    key = ("best", word, None if inside is None else inside.mask, FEW)
    return reader.kept(key, lambda: _first(hits_of(reader, word, inside), FEW))


def _standing_together(reader: Reader, words: Sequence[Word]) -> set[int] | None:
    """Those in whose texts all of several common words stand, if they are not too many."""
    if not words:
        return None
    found = _first(portions(reader, next(in_texts(reader, words[0])), None, words[1:]), SOME)
    return set(found) if len(found) <= SOME else None


def _within(ids: set[int], inside: Inside) -> set[int]:
    return {one for one in ids if inside.mask[one : one + 1] == b"\1"}


def _having_of_many(reader: Reader, words: Sequence[Word], found: dict[int, None]) -> dict[int, None]:
    """The same of many; no more of each word is read than is needed to know."""
    for word in words:
        open_ones, having = set(found), set[int]()
        for query in queries(reader, word):
            if not open_ones:
                break
            hits = open_ones.intersection(reader.column(query.asking(), *query.parameters))
            having |= hits
            open_ones -= hits
        found = {prospect: None for prospect in found if prospect in having}
    return found


def _one_by_one(
    reader: Reader, words: tuple[Word, ...], few: Collection[int], inside: Inside | None = None
) -> dict[int, None]:
    """Those of a few for whom every word is found, by how well the first one fits; what few of them have is asked first.

    What very few of many have (all of those `inside`), the index knows sooner.
    """
    lead, *others = words
    if others and len(few) > SAMPLE:
        some = list(few)[:: len(few) // SAMPLE]
        shares = {word: len(passing_word(reader, word, some)) for word in words}
        rarest = min(words, key=lambda word: shares[word])
        if inside is not None and len(few) > FEW and shares[rarest] < RARE * len(some):
            hits = _best(reader, rarest, inside)
            few = hits if len(hits) <= FEW else few
        others.sort(key=lambda word: shares[word])
        while others and shares[others[0]] < shares[lead]:
            few = passing_word(reader, others.pop(0), few)
    return having(reader, others, passing_word(reader, lead, few))


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
