"""Every table of the file, to be taken in at a glance. Instants are microseconds since 1970 UTC (`…_us`), days are ISO text.

Three kinds of table:
- facts the user entered; every change to them is journaled and can be undone;
- `stage_transitions`, the append-only log: triggers refuse UPDATE, DELETE and REPLACE, a mistake gets a `void` row (and a `restore`
  row when the void itself is undone), so an entry counts exactly while it has as many voids as restores;
- derived tables (`prospect_states`, `search_terms`, and the full-text table `search_texts`), rebuilt at any time from the
  others.

What SQLAlchemy cannot say (the triggers, the full-text table, the view `effective_transitions`) stands at the end of
`migrations/versions/0001_initial.sql`.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _to(target: str, name: str, *, required: bool = False, index: bool = True) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=not required, index=index)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _instant(name: str, *, required: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=not required)


def _yes_no(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default="0")


def _order() -> Column[int]:
    return Column("position", Integer, nullable=False, server_default="0")


def _table(
    name: str, *parts: Column[int] | Column[str] | Column[bool] | Index | CheckConstraint | UniqueConstraint
) -> Table:
    # AUTOINCREMENT: an id is never given twice, because the journal remembers ids of rows that are gone.
    return Table(name, metadata, *parts, sqlite_autoincrement=True)


# --- who ---------------------------------------------------------------------------------------------------------------
channels = _table("channels", _id(), _text("name"), _order(), _yes_no("hidden"))
meetups = _table(
    "meetups", _id(), _text("name"), Column("held_on", Text), _text("starts"), _text("ends"), _text("place"), _text("link"),
    Column("fee_yen", Integer), Column("minutes", Integer), _to("channels", "channel_id"),
)  # fmt: skip
sources = _table(
    "sources", _id(), _text("name"), Column("code", Text), _to("channels", "channel_id"), _to("meetups", "meetup_id")
)
prospects = _table(
    "prospects", _id(), _text("name"), _text("kana"), _yes_no("is_person"), _text("website"), _text("memo"),
    _to("channels", "channel_id"), _to("sources", "source_id"), _to("prospects", "referrer_id"),
    _to("prospects", "merged_into_id"), _instant("created_us", required=True), _instant("deleted_us"), _instant("erased_us"),
)  # fmt: skip
contacts = _table(
    "contacts", _id(), _to("prospects", "prospect_id", required=True), _text("name"), _text("family"), _text("given"),
    _text("kana"), _text("department"), _text("title"), _text("role"), _text("address"), _text("note"), _order(),
    _instant("created_us", required=True),
)  # fmt: skip
contact_points = _table(
    "contact_points", _id(), _to("contacts", "contact_id", required=True), _text("kind"), _text("label"), _text("value"),
    _text("key"), _order(), CheckConstraint("kind in ('mail', 'phone', 'url')", name="kind"),
    Index("ix_contact_points_key_kind", "key", "kind"),
)  # fmt: skip
tags = _table("tags", _id(), Column("name", Text, nullable=False, unique=True))
prospect_tags = _table(
    "prospect_tags", _id(), _to("prospects", "prospect_id", required=True), _to("tags", "tag_id", required=True, index=False),
    UniqueConstraint("prospect_id", "tag_id"), Index("ix_prospect_tags_tag_id_prospect_id", "tag_id", "prospect_id"),
)  # fmt: skip

# --- what happened -----------------------------------------------------------------------------------------------------
stage_transitions = _table(
    "stage_transitions", _id(), Column("prospect_id", Integer, ForeignKey("prospects.id"), nullable=False),
    _text("kind"), Column("from_stage", Integer), Column("to_stage", Integer), Column("at_us", Integer, nullable=False),
    Column("recorded_us", Integer, nullable=False), Column("reason", Text),
    Column("voids_id", Integer, ForeignKey("stage_transitions.id")),
    CheckConstraint(
        "kind in ('enter', 'advance', 'skip', 'move_back', 'lose', 'recycle', 'reactivate', 'void', 'restore')", name="kind"
    ),
    CheckConstraint("to_stage is null or to_stage between 1 and 9", name="to_stage"),
    CheckConstraint("(kind in ('void', 'restore')) = (voids_id is not null)", name="voids"),
    Index("ix_stage_transitions_prospect_id_at_us", "prospect_id", "at_us"),
    # Only the few rows that void: an index of all of them would be taken for "voids_id IS NULL", which is nearly everything.
    Index("ix_stage_transitions_voids", "voids_id", "kind", sqlite_where=text("voids_id IS NOT NULL")),
)  # fmt: skip
activities = _table(
    "activities", _id(), _to("prospects", "prospect_id", required=True), _to("contacts", "contact_id"), _text("kind"),
    Column("at_us", Integer, nullable=False), _yes_no("day_only"), _text("text"), _text("detail"),
    _to("meetups", "meetup_id", index=False), Index("ix_activities_meetup_id_prospect_id", "meetup_id", "prospect_id"),
    CheckConstraint(
        "kind in ('meetup', 'card', 'mail', 'call', 'meeting', 'document', 'note', 'sign', 'voice', 'done')", name="kind"
    ),
)  # fmt: skip
follow_ups = _table(
    "follow_ups", _id(), _to("prospects", "prospect_id", required=True), _to("contacts", "contact_id"), _text("kind"),
    Column("due_on", Text, nullable=False), _text("due_time"), _text("text"), _yes_no("is_recontact"),
    _instant("created_us", required=True), _instant("done_us"), Index("ix_follow_ups_due_on", "due_on"),
)  # fmt: skip
deals = _table(
    "deals", _id(), _to("prospects", "prospect_id", required=True), _text("name"), _text("state"),
    Column("expected_yen", Integer), Column("agreed_yen", Integer), Column("expected_on", Text), Column("due_on", Text),
    Column("delivered_on", Text), Column("accepted_on", Text), Column("invoiced_on", Text), Column("payment_due_on", Text),
    Column("paid_on", Text), _text("note"), _instant("created_us", required=True),
    CheckConstraint(
        "state in ('expected', 'quoted', 'ordered', 'delivered', 'accepted', 'invoiced', 'paid', 'failed')", name="state"
    ),
)  # fmt: skip
answers = _table(
    "answers", _id(), _to("prospects", "prospect_id", required=True), Column("question", Integer, nullable=False), _text("text"),
    _yes_no("is_fact"), Column("answered_on", Text), UniqueConstraint("prospect_id", "question"),
)  # fmt: skip
inquiries = _table(
    "inquiries", _id(), Column("message_key", Text, unique=True), _instant("received_us", required=True), _text("name"),
    _text("company"), _text("mail"), _text("text"), _text("source_code"), _text("state"), _to("prospects", "prospect_id"),
)  # fmt: skip

# --- how the user works ------------------------------------------------------------------------------------------------
playbook_entries = _table(
    "playbook_entries", _id(), Column("stage", Integer, nullable=False), _text("kind"), _text("text"), _order(),
    CheckConstraint("kind in ('channel', 'content', 'criterion')", name="kind"),
)  # fmt: skip
criteria_met = _table(
    "criteria_met", _id(), _to("prospects", "prospect_id", required=True),
    _to("playbook_entries", "playbook_entry_id", required=True), Column("met_on", Text),
    UniqueConstraint("prospect_id", "playbook_entry_id"),
)  # fmt: skip
lost_reasons = _table(
    "lost_reasons", _id(), Column("code", Text, nullable=False, unique=True), _text("name"), _yes_no("is_never_fit"), _order(),
    _yes_no("hidden"),
)  # fmt: skip
experiments = _table(
    "experiments", _id(), _text("name"), Column("stage", Integer, nullable=False), Column("started_on", Text, nullable=False),
    Column("decide_on", Text), Column("expected_rate", Integer), _to("channels", "channel_id"), _text("note"),
)  # fmt: skip

saved_views = _table("saved_views", _id(), _text("name"), _text("body"), _order())
column_mappings = _table(
    "column_mappings", _id(), Column("header", Text, nullable=False, unique=True), _text("body"), _instant("used_us", required=True)
)  # fmt: skip
imports = _table(
    "imports",
    _id(),
    _instant("at_us", required=True),
    _text("name"),
    _text("shape"),
    _text("encoding"),
    _text("report"),
)
told_apart = _table(
    "told_apart", _id(), _text("kind"), Column("first_id", Integer, nullable=False), Column("second_id", Integer, nullable=False),
    UniqueConstraint("kind", "first_id", "second_id"), CheckConstraint("kind in ('contact', 'prospect')", name="kind"),
)  # fmt: skip

# --- the site ----------------------------------------------------------------------------------------------------------
site_content = _table(
    "site_content", _id(), Column("section", Text, nullable=False, unique=True), _text("body"), _instant("updated_us", required=True)
)  # fmt: skip
releases = _table(
    "releases", _id(), _instant("at_us", required=True), _text("target"), Column("changed", Integer, nullable=False),
    _text("manifest"),
)  # fmt: skip

# --- the journal of change sets ----------------------------------------------------------------------------------------
change_sets = _table(
    "change_sets", _id(), _instant("at_us", required=True), _text("label"), _text("state"),
    CheckConstraint("state in ('done', 'undone', 'dropped')", name="state"),
)  # fmt: skip
changes = _table(
    "changes", _id(), _to("change_sets", "change_set_id", required=True), _text("table_name"),
    Column("row_id", Integer, nullable=False), _text("operation"), Column("before", Text), Column("after", Text),
    Index("ix_changes_table_name_row_id", "table_name", "row_id"),
    CheckConstraint("operation in ('insert', 'update', 'delete', 'void', 'restore')", name="operation"),
)  # fmt: skip

# --- derived -----------------------------------------------------------------------------------------------------------
prospect_states = Table(
    "prospect_states", metadata,
    Column("prospect_id", Integer, ForeignKey("prospects.id"), primary_key=True), Column("standing", Text, nullable=False),
    Column("stage", Integer), Column("frontier", Integer), Column("entry_stage", Integer), Column("entered_us", Integer),
    Column("since_us", Integer), Column("standing_us", Integer), Column("reason", Text), Column("next_id", Integer),
    Column("next_on", Text), Column("expected_yen", Integer), Column("answered", Integer, nullable=False),
    Column("last_activity_us", Integer), Column("sort_key", Text, nullable=False), Column("met_us", Integer),
    CheckConstraint("standing in ('active', 'nurture', 'lost', 'book')", name="standing"),
    Index("ix_prospect_states_expected_yen_sort_key", "expected_yen", "sort_key"),
    Index("ix_prospect_states_last_activity_us_sort_key", "last_activity_us", "sort_key"),
    Index("ix_prospect_states_next_on_sort_key", "next_on", "sort_key"),
    Index("ix_prospect_states_since_us_sort_key", "since_us", "sort_key"),
    Index("ix_prospect_states_sort_key", "sort_key"),
    Index("ix_prospect_states_standing_next_on", "standing", "next_on", "sort_key"),
    Index("ix_prospect_states_standing_stage", "standing", "stage", "next_on", "sort_key"),
    Index("ix_prospect_states_standing_sort_key", "standing", "sort_key"),
)  # fmt: skip
search_terms = Table(
    "search_terms", metadata, Column("term", Text, primary_key=True), Column("prospect_id", Integer, primary_key=True),
    Index("ix_search_terms_prospect_id", "prospect_id"), sqlite_with_rowid=False,
)  # fmt: skip
