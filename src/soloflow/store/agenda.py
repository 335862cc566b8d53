"""What is due: follow-ups, people to get in touch with again, stuck customers, deliveries and payments."""

from typing import Any

from soloflow.store.database import Reader

_ROLE = (
    "CASE WHEN s.stage IS NULL OR s.stage = 1 THEN 'marketing' WHEN s.stage <= 4 THEN 'sales'"
    " WHEN s.stage <= 6 AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.prospect_id = s.prospect_id AND d.state = 'paid')"
    " THEN 'office' ELSE 'success' END"
)
"""The role whose customer it is now."""
_POINT = "(SELECT x.value FROM contact_points x WHERE x.contact_id = k.id AND x.kind = '{kind}' ORDER BY x.position, x.id LIMIT 1)"


def due(reader: Reader, since: str, until: str, limit: int) -> list[Any]:
    """Open follow-ups of the days from `since` to `until`, with customer, stage and the person (the step's own contact, else
    the customer's first) and how to reach them, soonest first; re-contacts are listed by `recontacts`.
    """
    return reader.rows(
        "SELECT f.*, p.name, s.stage, s.standing, k.name AS person,"
        f" {_POINT.format(kind='phone')} AS phone, {_POINT.format(kind='mail')} AS mail"
        " FROM follow_ups f JOIN prospects p ON p.id = f.prospect_id"
        " JOIN prospect_states s ON s.prospect_id = f.prospect_id"
        " LEFT JOIN contacts k ON k.id = coalesce(f.contact_id,"
        " (SELECT c.id FROM contacts c WHERE c.prospect_id = f.prospect_id ORDER BY c.position, c.id LIMIT 1))"
        " WHERE f.done_us IS NULL AND f.due_on BETWEEN ? AND ? AND f.is_recontact = 0"
        " ORDER BY f.due_on, f.due_time = '', f.due_time, f.id LIMIT ?",
        since, until, limit,
    )  # fmt: skip


def overdue(reader: Reader, today: str) -> list[int]:
    """Ids of every open follow-up whose day has passed, re-contacts aside."""
    return reader.column(
        "SELECT f.id FROM follow_ups f JOIN prospect_states s ON s.prospect_id = f.prospect_id"
        " WHERE f.done_us IS NULL AND f.is_recontact = 0 AND f.due_on < ? ORDER BY f.due_on, f.id",
        today,
    )


def due_counts(reader: Reader, today: str, until: str) -> tuple[int, int, int]:
    """(overdue, today, later up to `until`) open follow-ups, re-contacts aside."""
    row = reader.row(
        "SELECT coalesce(sum(due_on < ?), 0), coalesce(sum(due_on = ?), 0), coalesce(sum(due_on > ?), 0) FROM follow_ups f"
        " JOIN prospect_states s ON s.prospect_id = f.prospect_id WHERE done_us IS NULL AND is_recontact = 0 AND due_on <= ?",
        today, today, today, until,
    )  # fmt: skip
    return row[0], row[1], row[2]


def recontacts(reader: Reader, until: str, limit: int) -> list[Any]:
    """Parked customers whose day has come or comes by `until`."""
    return reader.rows(
        "SELECT f.id, f.prospect_id, f.due_on, f.text, p.name, s.reason, s.standing_us, (SELECT a.text FROM activities a"
        " WHERE a.prospect_id = f.prospect_id AND a.kind IN ('note', 'sign') ORDER BY a.at_us DESC LIMIT 1) AS words"
        " FROM follow_ups f JOIN prospects p ON p.id = f.prospect_id JOIN prospect_states s ON s.prospect_id = f.prospect_id"
        " WHERE f.done_us IS NULL AND f.is_recontact = 1 AND f.due_on <= ? ORDER BY f.due_on, f.id LIMIT ?",
        until, limit,
    )  # fmt: skip


def recontact_count(reader: Reader, until: str) -> int:
    """How many of them there are."""
    sql = "SELECT count(*) FROM follow_ups WHERE done_us IS NULL AND is_recontact = 1 AND due_on <= ?"
    return int(reader.row(sql, until)[0])


def stuck(reader: Reader, before_us: int, limit: int) -> list[Any]:
    """Active customers of stages 1-4 with no next step, or standing in theirs since before an instant; longest first.
    `total` says how many there are without the limit.
    """
    return reader.rows(
        "SELECT s.prospect_id, p.name, s.stage, s.since_us, s.next_id IS NULL AS idle, count(*) OVER () AS total FROM prospect_states s"
        " JOIN prospects p ON p.id = s.prospect_id WHERE s.standing = 'active' AND s.stage BETWEEN 2 AND 4"
        " AND (s.next_id IS NULL OR s.since_us < ?) ORDER BY s.since_us LIMIT ?",
        before_us, limit,
    )  # fmt: skip


def count_without_step(reader: Reader) -> int:
    """How many active customers of every stage have no next step."""
    sql = "SELECT count(*) FROM prospect_states WHERE standing = 'active' AND next_on IS NULL"
    return int(reader.value(sql))


def deliveries_and_payments(reader: Reader, until: str) -> list[Any]:
    """(prospect_id, name, what, yen, day): deliveries, invoices and payments that are due by `until`, soonest first."""
    return reader.rows(
        "SELECT d.prospect_id, p.name, d.name AS deal, coalesce(d.agreed_yen, d.expected_yen) AS yen,"
        " d.agreed_yen IS NULL AS is_expected, d.state,"
        " CASE WHEN d.state IN ('ordered') THEN 'delivery' WHEN d.state IN ('delivered', 'accepted') THEN 'invoice' ELSE 'payment' END AS what,"
        " CASE WHEN d.state = 'invoiced' THEN d.payment_due_on ELSE d.due_on END AS day"
        " FROM deals d JOIN prospects p ON p.id = d.prospect_id WHERE p.deleted_us IS NULL AND p.erased_us IS NULL"
        " AND d.state IN ('ordered', 'delivered', 'accepted', 'invoiced') AND day IS NOT NULL AND day <= ? ORDER BY day, d.id",
        until,
    )


def experiments_decided(reader: Reader, since: str, until: str) -> list[Any]:
    """(id, name, stage, decide_on) of the changes whose decision date is one of these days, soonest first."""
    return reader.rows(
        "SELECT id, name, stage, decide_on FROM experiments WHERE decide_on BETWEEN ? AND ? ORDER BY decide_on, id",
        since,
        until,
    )


def last_work(reader: Reader) -> dict[str, int | None]:
    """Per role that has customers, its latest activity or None: marketing, sales, office, success."""
    return dict(
        reader.tuples(
            f"SELECT {_ROLE} AS role, max(s.last_activity_us) FROM prospect_states s GROUP BY role"
        ).fetchall()
    )


def quietest(reader: Reader, role: str) -> int | None:
    """The customer of a role that nobody has been in touch with for longest; lost ones aside, None without any."""
    found: int | None = reader.value(
        f"SELECT s.prospect_id FROM prospect_states s WHERE s.standing <> 'lost' AND {_ROLE} = ?"
        " ORDER BY s.last_activity_us, s.prospect_id LIMIT 1",
        role,
    )
    return found


def entries_since(reader: Reader, start_us: int, stage: int) -> list[int]:
    """Instants since `start_us` at which somebody reached a stage (L4: first time there or beyond, of those who entered no
    later than there), in order.
    """
    return reader.column(
        "WITH RECURSIVE merged(id, into_id) AS (SELECT id, merged_into_id FROM prospects WHERE merged_into_id IS NOT NULL"
        " UNION SELECT m.id, p.merged_into_id FROM merged m JOIN prospects p ON p.id = m.into_id WHERE p.merged_into_id IS NOT NULL),"
        " survivors AS (SELECT m.id, m.into_id FROM merged m JOIN prospects p ON p.id = m.into_id WHERE p.merged_into_id IS NULL)"
        " SELECT min(t.at_us) AS first FROM effective_transitions t LEFT JOIN survivors v ON v.id = t.prospect_id"
        " LEFT JOIN prospect_states s ON s.prospect_id = coalesce(v.into_id, t.prospect_id) WHERE t.to_stage >= ?"
        " AND coalesce(s.entry_stage, 1) <= ? GROUP BY coalesce(v.into_id, t.prospect_id) HAVING first >= ? ORDER BY first",
        stage, stage, start_us,
    )  # fmt: skip


def is_empty(reader: Reader) -> bool:
    """Whether there is no customer at all, not even in the contact book."""
    return reader.value("SELECT 1 FROM prospect_states LIMIT 1") is None


def count_of_standing(reader: Reader, standing: str) -> int:
    """How many customers stand so: active, nurture, lost or book."""
    found: int = reader.value("SELECT count(*) FROM prospect_states WHERE standing = ?", standing)
    return found
