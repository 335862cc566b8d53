"""What makes two records surely the same person, and what speaks against it."""

import re
from typing import Protocol

from soloflow.domain.candidates import Candidate
from soloflow.domain.text import is_latin, is_role_mail, mail_key, name_key, phone_key, romaji_variants

PERSONAL_KINDS = frozenset({"mobile", "direct"})
_SHORTEST_PHONE = 9
_CONNPASS = "https://connpass.com/user/{user}/"
_PROFILE = re.compile(r"https://connpass\.com/user/[^/?#]+/")
"""Pages that belong to one person for good. Others (of companies, of whole teams) prove nothing."""


class Named(Protocol):
    """Anybody with a name and its kana."""

    @property
    def name(self) -> str: ...
    @property
    def kana(self) -> str: ...


def connpass_profile(user: str) -> str:
    """The page of a connpass user, by which they are known again at the next event."""
    return _CONNPASS.format(user=user)


def personal_keys(person: Candidate) -> set[str]:
    """Mails, mobiles, direct lines and profiles that belong to one person: no office address, no switchboard, no fax."""
    mails = {mail_key(mail) for mail in person.emails if not is_role_mail(mail)}
    phones = {phone_key(phone.number) for phone in person.phones if phone.kind in PERSONAL_KINDS}
    profiles = {url for url in map(str.casefold, person.urls) if _PROFILE.fullmatch(url)}
    return {key for key in mails if key} | {key for key in phones if len(key) >= _SHORTEST_PHONE} | profiles


def shared_keys(person: Candidate) -> set[str]:
    """Every mail and number, shared ones too, but no fax."""
    mails = {mail_key(mail) for mail in person.emails}
    phones = {phone_key(phone.number) for phone in person.phones if phone.kind != "fax"}
    return {key for key in mails if key} | {key for key in phones if len(key) >= _SHORTEST_PHONE}


def _one_part_of(short: str, long: Named) -> bool:
    return short in {name_key(part) for part in long.name.split()}


def _reads_as(latin: str, kana: str) -> bool:
    spellings = {name_key(variant) for part in kana.split() for variant in romaji_variants(part)}
    return bool(spellings) and all(name_key(word) in spellings for word in latin.split())


def names_contradict(one: Named, other: Named) -> bool:
    """Whether two names cannot belong to one person.

    A missing name contradicts nothing; neither does a family name alone, the same kana, or a Latin spelling of it.
    """
    first, second = name_key(one.name), name_key(other.name)
    if not first or not second or first == second:
        return False
    if one.kana and name_key(one.kana) == name_key(other.kana):
        return False
    if _one_part_of(first, other) or _one_part_of(second, one):
        return False
    if is_latin(one.name) and is_latin(other.name):
        return sorted(one.name.casefold().split()) != sorted(other.name.casefold().split())
    if is_latin(one.name):
        return not _reads_as(one.name, other.kana)
    return not (is_latin(other.name) and _reads_as(other.name, one.kana))
