"""Which companies are one and the same: another way to write it, the same mail host, the same switchboard."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from soloflow.capture.blocks import FEW, Step, Verdict, blocks_of, meet, ordered
from soloflow.capture.pairs import COLLEAGUES, FREE_HOSTS, RARE
from soloflow.domain.text import shadow

SHARED_HOST = 6
"""A mail host of more customers belongs to a provider or a group, not to a company."""
GROUP_HOST = 3
"""Of more customers a host alone, without a name that is near, is not worth a question."""
SIMILAR_COMPANY = 88.0


@dataclass(frozen=True, slots=True)
class Company:
    """A customer that is a company."""

    id: int
    name: str
    key: str
    """Its company_key."""
    hosts: frozenset[str] = frozenset()
    """Where its people have their mail and it has its page, free providers aside."""
    phones: frozenset[str] = frozenset()
    """Its numbers, mobiles aside."""


def hosts_of(keys: Iterable[str], website: str) -> frozenset[str]:
    """The mail hosts among these keys and the host of a website, free providers aside."""
    found = {key.rpartition("@")[2] for key in keys if "@" in key}
    page = website.partition("//")[2] or website
    found.add(page.partition("/")[0].casefold().removeprefix("www."))
    return frozenset(
        host for host in found if "." in host and FREE_HOSTS.isdisjoint((host, host.partition(".")[2]))
    )  # fmt: skip


def company_pairs(companies: Sequence[Company], step: Step) -> Iterator[tuple[int, int, Verdict]]:
    """(customer, customer, verdict) of every pair of companies worth a look, the lower id first."""
    known = {one.id: one for one in companies}
    met: set[tuple[int, int]] = set()
    names = blocks_of(((one.key, one) for one in companies if one.key), step)
    for block in names.values():
        meet(block, met)
    hosts = blocks_of(((host, one) for one in companies for host in one.hosts), step)
    sizes = {host: len(block) for host, block in hosts.items()}
    usual = frozenset(name for name, block in names.items() if len(block) > RARE)
    numbers = blocks_of(((number, one) for one in companies for number in one.phones), step)
    for key, block in (*hosts.items(), *numbers.items()):
        if sizes.get(key, 0) <= SHARED_HOST and len(block) <= FEW:
            meet(block, met)
    beginnings = ((one.key[:3], one) for one in companies if len(one.key) > 3)
    for block in blocks_of(beginnings, step).values():
        step()
        met |= _near_companies(block)
    for first, second in sorted(met):
        step()
        verdict = judge_companies(known[first], known[second], sizes, usual)
        if verdict is not None:
            yield first, second, verdict


def judge_companies(
    one: Company, other: Company, sizes: Mapping[str, int] | None = None, usual: Collection[str] = ()
) -> Verdict | None:
    """What two companies are to each other; None for nothing.

    `sizes` are the customers at each host: one of many proves less. `usual` are names that more than a few customers bear.
    """
    known = sizes or {}
    shared = min((known.get(host, 1) for host in one.hosts & other.hosts), default=0)
    host = 0 < shared <= SHARED_HOST
    phone = bool(one.phones & other.phones)
    proofs = (("same_host",) if host else ()) + (("same_office_phone",) if phone else ())
    if one.key == other.key:
        return _by_company_name(one, other, proofs, is_usual=one.key in usual)
    near = _are_near(one.key, other.key)
    if proofs and (near or len(proofs) > 1):
        return "likely", ((("similar_company",) if near else ()) + proofs)
    if proofs:
        return ("possible", proofs) if phone or shared <= GROUP_HOST else None
    if near and shared:  # branches of a large company
        return "possible", ("similar_company", "same_host")
    return ("possible", ("similar_company",)) if near and not (one.hosts and other.hosts) else None


def _by_company_name(one: Company, other: Company, proofs: tuple[str, ...], *, is_usual: bool) -> Verdict | None:
    if is_usual and not proofs and one.hosts and other.hosts:
        return None  # each 佐藤商店 with a host of its own
    reason = "same_company_name" if one.name.strip() == other.name.strip() else "company_spelling"
    forms = [shadow(side.name).replace(" ", "").replace(side.key, "", 1) for side in (one, other)]
    if all(forms) and forms[0] != forms[1]:  # 株式会社 and 有限会社: two companies, or one that changed
        return ("likely" if proofs else "possible"), ("other_form", *proofs)
    if proofs:
        return "sure", (reason, *proofs)
    return ("possible" if one.hosts and other.hosts else "likely"), (reason,)


def _are_near(first: str, second: str) -> bool:
    from rapidfuzz import fuzz

    short, long = sorted((first, second), key=len)
    return (len(short) > 2 and long.startswith(short)) or fuzz.ratio(first, second) >= SIMILAR_COMPANY


def _near_companies(block: Sequence[Company]) -> set[tuple[int, int]]:
    from rapidfuzz import fuzz

    met = set()
    for part in [block] if len(block) <= COLLEAGUES else _by_length(block):
        for one, other in combinations(part, 2):
            if one.key != other.key and fuzz.ratio(one.key, other.key, score_cutoff=SIMILAR_COMPANY):
                met.add(ordered(one.id, other.id))
    return met


def _by_length(block: Sequence[Company]) -> list[list[Company]]:
    parts: defaultdict[str, list[Company]] = defaultdict(list)
    for one in block:
        parts[one.key[:5]].append(one)
    return [part for part in parts.values() if len(part) <= COLLEAGUES]
