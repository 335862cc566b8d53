"""Saved views: kept, renamed, put in order, taken away and brought back; and honest about what they cannot show."""

import json
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles import person
from soloflow.domain.errors import UserError
from soloflow.services import customers, history, prospects, views
from soloflow.services.customers import Filter
from soloflow.services.views import View
from soloflow.services.workspace import Workspace


def own(ws: Workspace) -> list[View]:
    return [view for view in views.every(ws) if view.id is not None]


def keep_body(ws: Workspace, body: str) -> View:
    with ws.store.write("view", ws.now_us()) as work:
        made = work.insert("saved_views", name="怪しい", body=body, position=9)
    return next(view for view in own(ws) if view.id == made)


def test_those_of_the_program_come_first_and_cannot_be_taken_for_own_ones(ws: Workspace) -> None:
    found = views.every(ws)
    assert [view.name for view in found][:4] == ["進行中", "次の一手なし", "期限切れ", "しばらく連絡なし"]
    assert all(view.id is None for view in found)
    with pytest.raises(UserError, match="もうあります"):
        views.save(ws, "進行中", Filter(), "name")


def test_every_view_of_the_program_can_be_shown(ws: Workspace) -> None:
    prospects.add(ws, person(), stage=2)
    shown = {view.key: len(customers.listing(ws, view.wanted, view.order).ids) for view in views.every(ws)}
    assert shown == {"active": 1, "no_step": 1, "overdue": 0, "quiet": 1, "nurture": 0, "lost": 0, "book": 0, "all": 1}


def test_a_view_is_read_back_as_it_was_kept(ws: Workspace) -> None:
    prospects.tag(ws, (prospects.add(ws, person(), stage=2).created[0],), "在庫")
    wanted = Filter(standing="active", stages=(2, 3), tags=(1,), text="見積", quiet_days=30, has_mail=False)
    made = views.save(ws, " 見積を  待つ人 ", wanted, "fit").created[0]
    (view,) = own(ws)
    assert (view.id, view.name, view.wanted, view.order, view.problem) == (made, "見積を 待つ人", wanted, "fit", "")
    assert views.showing(views.every(ws), wanted, "name") == view


filters = st.builds(
    Filter,
    standing=st.sampled_from((None, "active", "book")),
    stages=st.lists(st.integers(1, 9), max_size=4).map(tuple),
    text=st.text(max_size=20).filter(lambda text: text.isprintable()),
    ids=st.one_of(st.none(), st.frozensets(st.integers(1, 10**9), max_size=5)),
    step=st.sampled_from((None, "none", "overdue", "week")),
    quiet_days=st.one_of(st.none(), st.integers(0, 4000)),
    has_mail=st.sampled_from((None, True, False)),
)


@given(wanted=filters, order=st.sampled_from(customers.ORDERS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_filter_survives_being_kept(ws: Workspace, wanted: Filter, order: str) -> None:
    made = views.save(ws, "しおり", wanted, order).created[0]
    view = next(view for view in own(ws) if view.id == made)
    views.remove(ws, made)
    assert (view.wanted, view.order, view.problem) == (wanted, order, "")


def test_every_field_of_a_filter_is_checked_when_it_is_read() -> None:
    assert set(views._CHECKS) == {one.name for one in fields(Filter)}


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "[]", "null", '"x"', "{}", '{"format": 2, "filter": {}, "order": "name"}',
        '{"format": 1, "filter": {}, "order": "upside down"}', '{"format": 1, "filter": {"stages": [12]}, "order": "name"}',
        '{"format": 1, "filter": {"stages": "x"}, "order": "name"}', '{"format": 1, "filter": {"colour": 1}, "order": "name"}',
        '{"format": 1, "filter": {"tags": ["1); DROP TABLE tags"]}, "order": "name"}', '{"format": 1, "filter": [], "order": "name"}',
        '{"format": 1, "filter": {"quiet_days": 1e400}, "order": "name"}', '{"format": 1, "filter": {}, "order": []}',
        '{"format": 1, "filter": {"ids": [true]}, "order": "name"}', '{"format": 1, "filter": {}, "order": "name", "names": 3}',
        '{"format": 1, "filter": {"standing": {}}, "order": "name"}', "[" * 5000,
    ],
)  # fmt: skip
def test_a_body_that_is_not_understood_shows_nobody_and_says_so(ws: Workspace, body: str) -> None:
    prospects.add(ws, person(), stage=2)
    view = keep_body(ws, body)
    assert "読めません" in view.problem
    assert len(customers.listing(ws, view.wanted, view.order).ids) == 0
    assert views.showing(views.every(ws), view.wanted, view.order) is None


def test_a_view_of_a_tag_that_is_gone_names_it(ws: Workspace) -> None:
    made = prospects.add(ws, person(), stage=2).created[0]
    prospects.tag(ws, (made,), "在庫")
    views.save(ws, "在庫の人", Filter(tags=(1,)), "name")
    history.undo(ws)
    history.undo(ws)
    keep_body(ws, json.dumps({"format": 1, "filter": {"tags": [1]}, "order": "name", "names": {"tags": {"1": "在庫"}}}))
    (view,) = own(ws)
    assert view.problem == "「在庫」は、もうありません。"
    assert len(customers.listing(ws, view.wanted, view.order).ids) == 0


def test_a_view_of_an_import_that_was_taken_back_says_so(ws: Workspace) -> None:
    views.save(ws, "取り込んだ人", Filter(imported=7), "name")
    (view,) = own(ws)
    assert (view.wanted, view.problem) == (Filter(imported=7), "選んだ取り込みは、もうありません。")


def test_views_are_renamed_reordered_redefined_and_removed_and_all_of_it_is_undone(ws: Workspace) -> None:
    first = views.save(ws, "一", Filter(text="a"), "name").created[0]
    second = views.save(ws, "二", Filter(text="b"), "name").created[0]
    before = own(ws)
    views.rename(ws, first, "壱")
    views.redefine(ws, second, Filter(text="c"), "next")
    views.arrange(ws, (second, first))
    assert [(view.name, view.wanted.text) for view in own(ws)] == [("二", "c"), ("壱", "a")]
    views.remove(ws, second)
    assert [view.name for view in own(ws)] == ["壱"]
    for _step in range(4):
        history.undo(ws)
    assert own(ws) == before


def test_names_are_neither_empty_nor_twice(ws: Workspace) -> None:
    made = views.save(ws, "一", Filter(), "name").created[0]
    views.save(ws, "二", Filter(text="x"), "name")
    for name in ("", "  ", "二"):
        with pytest.raises(UserError):
            views.rename(ws, made, name)
    views.rename(ws, made, "一")
    assert [view.name for view in own(ws)] == ["一", "二"]
