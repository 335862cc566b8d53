"""What a revert left alone, in words: of whom, which field, and which value is kept."""

from collections.abc import Iterable

from soloflow.i18n import N_, _
from soloflow.services import wording
from soloflow.store import journal
from soloflow.store.database import Reader

FIELDS = {
    "name": N_("名前"), "family": N_("名前"), "given": N_("名前"), "kana": N_("よみ"), "is_person": N_("個人か会社か"), "website": N_("サイト"),
    "memo": N_("メモ"), "note": N_("メモ"), "channel_id": N_("チャネル"), "source_id": N_("流入元"), "referrer_id": N_("紹介元"),
    "merged_into_id": N_("まとめ先"), "prospect_id": N_("どの顧客の連絡先か"), "department": N_("部署"), "title": N_("役職"), "role": N_("立場"),
    "address": N_("住所"), "value": N_("連絡手段"), "label": N_("連絡手段"), "key": N_("連絡手段"), "points": N_("連絡手段"), "text": N_("言葉"),
    "detail": N_("言葉"), "due_on": N_("日付"), "due_time": N_("時刻"), "at_us": N_("日付"), "held_on": N_("日付"), "state": N_("状態"),
    "expected_yen": N_("金額"), "agreed_yen": N_("金額"), "place": N_("場所"), "link": N_("リンク"), "done_us": N_("済み"),
}  # fmt: skip
TABLES = {
    "tags": N_("タグ"), "meetups": N_("勉強会"), "channels": N_("チャネル"), "sources": N_("流入元"), "deals": N_("案件"), "follow_ups": N_("次の一手"),
    "activities": N_("活動"), "saved_views": N_("保存した表示"), "site_content": N_("サイト"),
}  # fmt: skip
_TARGETS = {
    "channel_id": "channels", "source_id": "sources", "referrer_id": "prospects", "merged_into_id": "prospects",
    "prospect_id": "prospects", "contact_id": "contacts", "meetup_id": "meetups", "tag_id": "tags",
}  # fmt: skip
_SILENT = frozenset({"family", "given", "key", "position", "deleted_us", "erased_us", "contact_id"})
"""Columns that follow from others, so that speaking of them would say a thing twice."""
_STATES = {
    ("deleted_us", True): N_("{name}：削除したままにしました"),
    ("deleted_us", False): N_("{name}：削除せずに残しました"),
    ("erased_us", True): N_("{name}：消去したままにしました"),
    ("done_us", True): N_("{name}：済みのままにしました"),
    ("done_us", False): N_("{name}：済みにせずに残しました"),
}
"""Marks whose moment says nothing to anybody: by column and whether it is set."""
MOST = 120
"""Characters of a value that are shown."""


def sentences(reader: Reader, conflicts: Iterable[journal.Conflict]) -> tuple[str, ...]:
    """One sentence per thing kept, each once."""
    found = list(conflicts)
    spoken = [one for one in found if one.column not in _SILENT] or found
    heard = {(one.table, one.row_id) for one in spoken}
    spoken += [one for one in found if (one.table, one.row_id) not in heard]
    return tuple(dict.fromkeys(sentence(reader, one) for one in spoken))


def sentence(reader: Reader, conflict: journal.Conflict) -> str:
    """What a revert left alone because it was edited or used since."""
    name = journal.owner_name(reader, conflict) or _(TABLES.get(conflict.table, N_("記録")))
    if conflict.column == "id":
        return _("{name}：あとから使われているので、そのまま残しました").format(name=name)
    if words := _STATES.get((conflict.column, bool(conflict.kept))):
        return _(words).format(name=name)
    field, value = _(FIELDS.get(conflict.column, N_("内容"))), _value(reader, conflict)
    if conflict.column.endswith("_us") and value:
        return _("{name}：{field}は、あとから直したままにしました").format(name=name, field=field)
    if not value:
        return _("{name}：{field}は、あとから空にしたままにしました").format(name=name, field=field)
    return _("{name}：{field}は、あとから直した「{value}」を残しました").format(name=name, field=field, value=value)


def _value(reader: Reader, conflict: journal.Conflict) -> str:
    column, kept = conflict.column, conflict.kept
    if kept is None or kept == "":
        return ""
    if column in _TARGETS:
        row = reader.get(_TARGETS[column], int(str(kept)))
        return str(row["name"]) if row is not None else ""
    if column == "is_person":
        return _("個人") if kept else _("会社")
    if conflict.table == "deals" and column == "state":
        return wording.deal_state(str(kept))
    if column in ("expected_yen", "agreed_yen"):
        return wording.amount(int(str(kept)))
    text = " ".join(str(kept).split())
    return text if len(text) <= MOST else text[: MOST - 1] + "…"
