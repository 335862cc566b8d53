"""Why a search found a customer, where the name on the screen does not say it: 「メモ：在庫が…」 with the word marked."""

from collections.abc import Iterable, Iterator, Sequence

from soloflow.domain.excerpt import Excerpt, excerpt, place
from soloflow.domain.text import name_key, phone_key, search_terms
from soloflow.i18n import _
from soloflow.services.found_words import Found
from soloflow.store import findable
from soloflow.store.database import Reader
from soloflow.store.hits import Word, as_one_word, words_of


def reasons(reader: Reader, shown: Sequence[tuple[int, str, str]], text: str) -> dict[int, Found]:
    """Per customer why it was found, of those whose shown (id, name, contact's name) do not say it themselves."""
    words = words_of(text)
    if not words or not shown:
        return {}
    names = findable.names_of(reader, [prospect for prospect, _name, _contact in shown])
    whole = as_one_word(text) or words[0]
    untold = {}
    for prospect, name, contact in shown:
        seen = [one for one in names[prospect] if one[0] in (name, contact)]
        if not _is_named(seen, whole):
            hidden = next((word for word in words if not _is_named(seen, word)), None)
            if hidden is not None:
                untold[prospect] = hidden
    texts = findable.texts_of(reader, list(untold))
    found = {prospect: _found(texts[prospect], names[prospect], word) for prospect, word in untold.items()}
    return {prospect: why for prospect, why in found.items() if why is not None}


def _is_named(names: Sequence[tuple[str, str, bool]], word: Word) -> bool:
    """Whether a word stands in one of these (name, kana, whether it is a company's)."""
    forms = (*word.beginnings, *word.inside)
    if any(form in name_key(name) or form in name_key(kana) for name, kana, _is_company in names for form in forms):
        return True
    return word.name.isascii() and any(key.startswith(word.beginnings) for key in _latin(names))


def _latin(names: Iterable[tuple[str, str, bool]]) -> Iterator[str]:
    """How the names are spelt in Latin letters."""
    for name, kana, is_company in names:
        yield from search_terms(name="" if is_company else name, company=name if is_company else "", kana=kana)


def _found(texts: list[tuple[str, str]], names: list[tuple[str, str, bool]], word: Word) -> Found | None:
    for name, kana, is_company in names:
        if not is_company and _is_named([(name, kana, False)], word):
            return Found("contact", _around(name, word) or excerpt(name))
    for kind, text in texts:
        if word.only_tags and kind != "tag":
            continue
        around = _around(_(text) if kind == "channel" else text, word, is_phone=kind == "phone")
        if around is not None:
            return Found(kind, around)
    return None


def _around(text: str, word: Word, *, is_phone: bool = False) -> Excerpt | None:
    folded = name_key(text)
    for key in dict.fromkeys((*word.inside, *word.beginnings, word.name)):
        if key in folded:
            return excerpt(text, *(place(text, key) or (0, 0)))
        if is_phone and key.isdigit() and key in phone_key(text):
            return _digits(text, key)
    return None


def _digits(text: str, digits: str) -> Excerpt:
    """A number with the digits marked where they stand, hyphens or not; all of it where +81 stands for the 0."""
    places = [number for number, letter in enumerate(text) if letter.isdigit()]
    start = "".join(text[number] for number in places).find(digits)
    if start < 0:
        return Excerpt("", text, "")
    return excerpt(text, places[start], places[start + len(digits) - 1] + 1)
