"""Several people of several lines each: where one ends and the next begins."""

from collections.abc import Sequence

from soloflow.capture.signature import REACHED, Facts
from soloflow.capture.signature_words import LIKELY, is_reading
from soloflow.domain.text import is_latin


def people_named(facts: Sequence[Facts]) -> list[Facts]:
    """The lines that name somebody; a name in Latin letters or kana beside one in kanji is the same person's."""
    named = [one for one in facts if one.name_score >= LIKELY]
    made: list[Facts] = []
    for one in named:
        last = made[-1] if made else None
        if last is not None and one.line.number - last.line.number <= 2 and _is_spelling(one, last):
            continue
        made.append(one)
    return made


def _is_spelling(one: Facts, other: Facts) -> bool:
    """Whether two names beside each other are one name in two scripts."""
    first, second = (next((p.value for p in facts.pieces if p.field == "name"), "") for facts in (one, other))
    alone = not (one.fields & REACHED) or not (other.fields & REACHED)
    return alone and (is_latin(first) != is_latin(second) or is_reading(first) != is_reading(second))


def groups_of(facts: Sequence[Facts]) -> list[list[Facts]]:
    """Several people of several lines each: parted by blank lines and rulers, or each begun by the same kind of line."""
    parted = _parted(facts)
    if len(parted) > 1 and all(_is_whole(group) for group in parted):
        return parted
    plain = [one for one in facts if not one.line.is_blank and not one.line.is_ruler]
    if not plain:
        return []
    for begins in (_begins_with_name, _begins_with_company):
        if begins(plain[0]):
            groups: list[list[Facts]] = []
            for one in plain:
                if begins(one) and not (groups and _goes_with(groups[-1], one)):
                    groups.append([])
                groups[-1].append(one)
            if len(groups) > 1 and all(_is_whole(group) for group in groups):
                return groups
    return []


def _goes_with(group: Sequence[Facts], one: Facts) -> bool:
    """The romaji under a name begins nobody new."""
    return bool(group) and len(group) == 1 and one.name_score > 0 and _is_spelling(one, group[-1])


def _begins_with_name(one: Facts) -> bool:
    return one.name_score >= LIKELY


def _begins_with_company(one: Facts) -> bool:
    return "company" in one.fields and not one.name_score


def _is_whole(group: Sequence[Facts]) -> bool:
    """One name, and something on another line that belongs to it."""
    return (
        len(people_named(group)) == 1
        and len(group) > 1
        and any(one.is_evidence and not one.name_score for one in group)
    )


def _parted(facts: Sequence[Facts]) -> list[list[Facts]]:
    """Stretches between blank lines and rulers; prose is in none of them. A stretch without a name belongs to the one before."""
    groups: list[list[Facts]] = []
    is_open = False
    for one in facts:
        if one.line.is_blank or one.is_body:
            is_open = False
            continue
        if not is_open:
            groups.append([])
            is_open = True
        groups[-1].append(one)
    made: list[list[Facts]] = []
    for group in groups:
        if made and (not people_named(group) or not people_named(made[-1])):
            made[-1].extend(group)
        else:
            made.append(group)
    return made
