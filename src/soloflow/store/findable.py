"""The texts of a few customers in which a search may have found something, each with what it is."""

from collections import defaultdict
from collections.abc import Sequence

from soloflow.store.database import Reader

_POINTS = (
    "SELECT c.prospect_id, p.value FROM contact_points p JOIN contacts c ON c.id = p.contact_id"
    " WHERE p.kind = '{kind}' AND c.prospect_id IN ({ids}) ORDER BY p.position, p.id"
)
_TAGS = "SELECT l.prospect_id, t.name FROM prospect_tags l JOIN tags t ON t.id = l.tag_id WHERE l.prospect_id IN ({ids}) ORDER BY l.id"
_MEETUPS = (
    "SELECT a.prospect_id, m.name FROM activities a JOIN meetups m ON m.id = a.meetup_id"
    " WHERE a.prospect_id IN ({ids}) ORDER BY a.at_us DESC, a.id DESC"
)
_ACTIVITIES = (
    "SELECT prospect_id, text || char(10) || detail FROM activities WHERE prospect_id IN ({ids})"
    " ORDER BY at_us DESC, id DESC"
)
_PLANS = "SELECT prospect_id, text FROM follow_ups WHERE done_us IS NULL AND prospect_id IN ({ids}) ORDER BY due_on, id"
_DEALS = "SELECT prospect_id, name || char(10) || note FROM deals WHERE prospect_id IN ({ids}) ORDER BY id DESC"
_TITLES = (
    "SELECT prospect_id, department || ' ' || title FROM contacts WHERE prospect_id IN ({ids}) ORDER BY position, id"
)
_SOURCES = "SELECT p.id, s.name FROM prospects p JOIN sources s ON s.id = p.source_id WHERE p.id IN ({ids})"
_CHANNELS = "SELECT p.id, c.name FROM prospects p JOIN channels c ON c.id = p.channel_id WHERE p.id IN ({ids})"
_TEXTS = (
    ("contact", "SELECT prospect_id, name FROM contacts WHERE prospect_id IN ({ids}) ORDER BY position, id"),
    ("mail", _POINTS.replace("{kind}", "mail")),
    ("phone", _POINTS.replace("{kind}", "phone")),
    ("tag", _TAGS),
    ("meetup", _MEETUPS),
    ("plan", _PLANS),
    ("memo", "SELECT id, memo FROM prospects WHERE id IN ({ids})"),
    ("activity", _ACTIVITIES),
    ("deal", _DEALS),
    ("answer", "SELECT prospect_id, text FROM answers WHERE prospect_id IN ({ids}) ORDER BY question"),
    ("title", _TITLES),
    ("note", "SELECT prospect_id, note FROM contacts WHERE prospect_id IN ({ids}) ORDER BY position, id"),
    ("source", _SOURCES),
    ("channel", _CHANNELS),
    ("url", "SELECT id, website FROM prospects WHERE id IN ({ids})"),
    ("url", _POINTS.replace("{kind}", "url")),
)
"""The likelier and shorter first."""


def texts_of(reader: Reader, prospects: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """(kind, text) of everything that is searched, per customer, in the order in which it is told."""
    inside = ",".join(f"{prospect:d}" for prospect in prospects)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for kind, sql in _TEXTS:
        for prospect, text in reader.tuples(sql.replace("{ids}", inside)):
            if text.strip():
                found[prospect].append((kind, text))
    return found


def names_of(reader: Reader, prospects: Sequence[int]) -> dict[int, list[tuple[str, str, bool]]]:
    """(name, kana, whether it is a company's) of the customers and their contacts."""
    inside = ",".join(f"{prospect:d}" for prospect in prospects)
    found: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    for prospect, name, kana, is_person in reader.tuples(
        f"SELECT id, name, kana, is_person FROM prospects WHERE id IN ({inside})"
    ):
        found[prospect].append((name, kana, not is_person))
    for prospect, name, kana in reader.tuples(
        f"SELECT prospect_id, name, kana FROM contacts WHERE prospect_id IN ({inside}) ORDER BY position, id"
    ):
        found[prospect].append((name, kana, False))
    return found
