from datetime import date

import pytest

from soloflow.services import capturing, history, meetup_words, meetups, numbers, vocabulary
from soloflow.services.answers import sources
from soloflow.services.meetup_words import described, read_fee, read_link, typed, understood

FULL = {
    "name": "第15回 町工場×ソフト夜話", "day": "今日", "starts": "18時半", "ends": "21:00", "place": "蒲田",
    "link": "https://machikoba.connpass.com/event/12345/", "fee": "千円", "hours": "4時間",
}  # fmt: skip


def made(ws, **texts):
    values = dict(understood(ws, FULL | texts).values)
    return meetups.create(ws, values.pop("name"), date.fromisoformat(values.pop("held_on")), **values).created[0]


def test_a_meetup_is_described_on_one_line(ws):
    one = meetups.get(ws, made(ws))
    assert described(ws, one) == "11/21(土) 18:30–21:00・蒲田・参加費 ¥1,000・かけた時間 4時間"
    assert one.link == "https://machikoba.connpass.com/event/12345/"


@pytest.mark.parametrize(("hours", "said"), [("4時間半", "4.5時間"), ("100分", "1時間40分"), ("45分", "45分")])
def test_the_hours_are_said_as_one_would(ws, hours, said):
    assert described(ws, meetups.get(ws, made(ws, hours=hours))).endswith(f"かけた時間 {said}")


def test_what_the_form_shows_is_read_as_what_it_was(ws):
    for texts in (
        {},
        {"hours": "100分", "fee": "無料"},
        {"hours": "", "fee": "", "link": "", "starts": ""},
        {"day": "2025-03-01"},
    ):
        one = meetups.get(ws, made(ws, **texts))
        again = understood(ws, typed(ws, one))
        assert again.faults == {}
        assert meetups.edit(ws, one.id, **again.values).change_set is None


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("1,000円", 1000), ("1000", 1000), ("千円", 1000), ("三千円", 3000), ("¥1,500", 1500), ("１０００円", 1000), ("無料", 0), ("0", 0),
        ("1万円", 10000),
    ],
)  # fmt: skip
def test_fees_are_read_as_people_write_them(text, yen):
    assert read_fee(text) == yen


@pytest.mark.parametrize("text", ["", "高い", "-500", "1000円(学生500円)", "999億円"])
def test_what_is_no_fee_is_not_taken_for_one(text):
    assert read_fee(text) is None


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://x.connpass.com/event/1/", "https://x.connpass.com/event/1/"), ("connpass.com/event/1", "https://connpass.com/event/1"),
        ("HTTPS://A.jp", "HTTPS://A.jp"),
    ],
)  # fmt: skip
def test_a_link_may_lack_its_scheme(text, link):
    assert read_link(text) == link


@pytest.mark.parametrize(
    "text", ["蒲田", "https://", "javascript:alert(1)", "ftp://a.example/x", "a b.jp", "https://localhost"]
)
def test_what_is_no_link_is_not_taken_for_one(text):
    assert read_link(text) is None


def test_every_field_that_cannot_be_read_says_how_to_write_it(ws):
    found = understood(
        ws,
        {
            "name": " ",
            "day": "そのうち",
            "starts": "夜",
            "ends": "25時",
            "link": "なし",
            "fee": "高い",
            "hours": "長い",
        },
    )
    assert set(found.faults) == {"name", "day", "starts", "ends", "link", "fee", "hours"}
    assert found.faults["fee"] == "金額として読めません（1,000円、千円、無料 など）"


def test_both_times_may_be_pasted_into_the_first_field(ws):
    values = understood(ws, FULL | {"starts": "18:30–21:00", "ends": ""}).values
    assert (values["starts"], values["ends"]) == ("18:30", "21:00")


def test_yesterday_is_not_taken_for_a_day_of_next_year(ws):
    assert meetup_words.read_day(ws, "11/20") == date(2026, 11, 20)
    assert meetup_words.read_day(ws, "12/3") == date(2026, 12, 3)
    assert meetup_words.read_day(ws, "昨日") == date(2026, 11, 20)


def test_one_edit_is_one_change_and_is_taken_back(ws):
    meetup = made(ws)
    before = meetups.get(ws, meetup)
    changes = meetups.edit(
        ws, meetup, **understood(ws, FULL | {"name": "夜話 第15回", "fee": "1,500円", "hours": "5"}).values
    )
    after = meetups.get(ws, meetup)
    assert (after.name, after.fee_yen, after.minutes) == ("夜話 第15回", 1500, 300)
    assert changes.label == "「夜話 第15回」を直しました"
    assert history.steps(ws)[0].id == changes.change_set
    history.undo(ws)
    assert meetups.get(ws, meetup) == before


def test_the_source_follows_name_and_channel(ws):
    meetup = made(ws)
    channel = vocabulary.add(ws, "channels", "社内イベント").created[0]
    meetups.edit(ws, meetup, name="夜話", channel_id=channel)
    with ws.store.read() as reader:
        source = reader.get("sources", reader.find("sources", meetup_id=meetup))
    assert (source["name"], source["channel_id"]) == ("夜話", channel)


def test_an_edit_that_changes_nothing_writes_nothing(ws):
    meetup = made(ws)
    steps = history.steps(ws)
    assert meetups.edit(ws, meetup, place="蒲田").label == ""
    assert history.steps(ws) == steps


def test_evenings_of_one_name_are_one_source_and_cost_what_all_of_them_cost(ws):
    for day, fee, name in (
        (date(2026, 9, 20), 3000, "山田 太郎"),
        (date(2026, 10, 20), None, "佐藤 花子"),
        (date(2026, 11, 20), 500, ""),
    ):
        evening = meetups.create(ws, "夜話", day, fee_yen=fee).created[0]
        if name:
            capturing.save(ws, capturing.read(ws, name, meetup=evening))
    (row,) = sources.answer(ws, numbers.overview(ws), sources.ORIGINS).table.rows
    assert (row.cells[0], row.cells[1], row.cells[7], row.cells[8]) == ("夜話", "2", "¥3,500", "¥1,750")
