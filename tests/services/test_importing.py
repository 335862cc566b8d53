import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from eight_list import HEAD
from soloflow.domain.candidates import Candidate, Reading
from soloflow.domain.errors import Cancelled, UserError
from soloflow.services import history, importing, meetups, process, prospects
from soloflow.services.import_items import OutdatedError
from soloflow.services.import_words import objections, report_rows
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store
from soloflow.store.whole import everything, faults

FILES = Path(__file__).parents[1] / "fixtures" / "capture"
SAMPLES = ("eight_cp932.csv", "google_contacts.csv", "phone_v21_sjis.vcf", "iphone_v30_folded.vcf")
NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(tmp_path / FILE_NAME)
    yield Workspace(store, tmp_path, lambda: NOON, ZoneInfo("Asia/Tokyo"))
    store.close()


def facts(ws: Workspace) -> dict:
    """Everything but the log (which is never taken back) and the empty shells that its rows still stand on."""
    with ws.store.read() as reader:
        found = everything(reader)
    found.pop("stage_transitions")
    found["prospects"] = [row for row in found["prospects"] if row["deleted_us"] is None]
    return found


def bring(ws: Workspace, name: str):
    preview = importing.preview(ws, FILES / name)
    return importing.commit(ws, preview)


def total(report: importing.Report) -> int:
    return report.created + report.updated + report.same + report.joined + report.set_aside + report.wrong


def a_file(folder: Path, *rows: str) -> Path:
    """An Eight file of invented people."""
    path = folder / "people.csv"
    path.write_bytes("\r\n".join((",".join(HEAD), *rows, "")).encode("cp932"))
    return path


def a_row(
    name: str, company: str, mail: str = "", mobile: str = "", met: str = "2026/11/14", department: str = ""
) -> str:
    return f"{company},{department},,{name},{mail},,,,,,,{mobile},,{met}"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_a_sample_file_is_counted_once(ws, name):
    preview = importing.preview(ws, FILES / name)
    _changes, report = importing.commit(ws, preview)
    assert total(report) == report.rows == preview.reading.rows
    assert report.created == len(preview.items)
    assert min(report.created, report.joined, report.set_aside, report.wrong) >= 0


@pytest.mark.parametrize("name", SAMPLES)
def test_bringing_a_sample_file_in_twice_changes_nothing(ws, name):
    bring(ws, name)
    before = facts(ws)
    again = importing.preview(ws, FILES / name)
    assert {item.verdict for item in again.items} == {"same"}
    changes, report = importing.commit(ws, again)
    assert report.same == len(again.items)
    assert changes.change_set is None
    assert facts(ws) == before


@pytest.mark.parametrize("name", SAMPLES)
def test_undo_takes_a_whole_import_back_exactly(ws, name):
    bring(ws, "linkedin_connections.csv")
    before = facts(ws)
    bring(ws, name)
    history.undo(ws)
    assert facts(ws) == before
    assert faults(ws.store.path) == []


def test_redo_after_undo_brings_the_same_people_back(ws):
    bring(ws, "eight_cp932.csv")
    after = facts(ws)
    history.undo(ws)
    history.redo(ws)
    assert facts(ws) == after
    assert faults(ws.store.path) == []


def test_all_samples_after_one_another_count_right_and_leave_a_sound_file(ws):
    for name in SAMPLES:
        _changes, report = bring(ws, name)
        assert total(report) == report.rows
    assert faults(ws.store.path) == []


def test_broken_rows_are_counted_as_such(ws, tmp_path):
    path = a_file(
        tmp_path,
        a_row("山田 太郎", "アクメ", "taro@example.jp"),
        ",,,,,,,,,,,,,",
        a_row("佐藤 花子", "あおば", "h@example.jp"),
    )
    _changes, report = importing.commit(ws, importing.preview(ws, path))
    assert total(report) == report.rows
    assert report.created == 2


def test_colleagues_of_a_file_become_contacts_of_one_customer(ws, tmp_path):
    rows = (a_row("山田 太郎", "株式会社アクメ", "a@example.jp"), a_row("佐藤 花子", "(株)アクメ", "b@example.jp"))
    changes, report = importing.commit(ws, importing.preview(ws, a_file(tmp_path, *rows)))
    assert report.created == 2
    assert len(changes.created) == 1


def test_a_colleague_of_a_known_company_joins_that_customer(ws, tmp_path):
    first, _report = importing.commit(
        ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp")))
    )
    importing.commit(ws, importing.preview(ws, a_file(tmp_path, a_row("佐藤 花子", "株式会社アクメ", "b@example.jp"))))
    with ws.store.read() as reader:
        owners = {row["prospect_id"] for row in (reader.get("contacts", i) for i in reader.ids("contacts"))}
    assert owners == set(first.created)


def test_freelancers_are_never_one_customer(ws, tmp_path):
    rows = (a_row("山田 太郎", "フリーランス", "a@example.jp"), a_row("佐藤 花子", "フリーランス", "b@example.jp"))
    changes, _report = importing.commit(ws, importing.preview(ws, a_file(tmp_path, *rows)))
    assert len(changes.created) == 2


def test_only_who_was_met_within_thirty_days_is_ticked_for_the_funnel(ws, tmp_path):
    rows = (
        a_row("近 太郎", "いろは", "a@example.jp", met="2026/10/22"),
        a_row("遠 花子", "ほへと", "b@example.jp", met="2026/10/21"),
        a_row("不 明子", "ちりぬ", "c@example.jp", met=""),
    )
    preview = importing.preview(ws, a_file(tmp_path, *rows))
    assert [item.enters for item in preview.items] == [True, False, False]
    _changes, report = importing.commit(ws, preview)
    assert report.entered == 1
    with ws.store.read() as reader:
        (entry,) = [reader.get("stage_transitions", one) for one in reader.ids("stage_transitions")]
    assert entry["at_us"] == process.start_of_day_us(ws, date(2026, 10, 22))


def test_colleagues_enter_the_funnel_once(ws, tmp_path):
    rows = (a_row("山田 太郎", "アクメ", "a@example.jp"), a_row("佐藤 花子", "アクメ", "b@example.jp"))
    _changes, report = importing.commit(ws, importing.preview(ws, a_file(tmp_path, *rows)))
    assert report.entered == 1
    with ws.store.read() as reader:
        assert len(reader.ids("stage_transitions")) == 1


def test_who_is_in_the_funnel_already_has_no_tick(ws, tmp_path):
    path = a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))
    importing.commit(ws, importing.preview(ws, path))
    assert importing.preview(ws, path).items[0].enters is None


def test_a_sure_match_shows_old_and_new_and_is_updated(ws, tmp_path):
    importing.commit(
        ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp", department="総務課")))
    )
    path = a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp", "090-1111-2222", department="企画室"))
    preview = importing.preview(ws, path)
    (item,) = preview.items
    assert item.verdict == "update"
    assert {(one.field, one.old, one.new) for one in item.changes} == {
        ("department", "総務課", "企画室"), ("phones", "", "090-1111-2222")
    }  # fmt: skip
    _changes, report = importing.commit(ws, preview)
    assert (report.updated, report.created) == (1, 0)
    assert importing.preview(ws, path).items[0].verdict == "same"


def test_an_older_card_overwrites_nothing(ws, tmp_path):
    importing.commit(
        ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp", department="新事業部")))
    )
    old = a_row("山田 太郎", "アクメ", "a@example.jp", department="旧部署", met="2020/01/10")
    (item,) = importing.preview(ws, a_file(tmp_path, old)).items
    assert [one.field for one in item.changes] == ["met_on"]


def known_and_older(ws, tmp_path, **older: str) -> importing.Preview:
    """A file with an older card of somebody who is known."""
    importing.commit(
        ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp", department="新事業部")))
    )
    card = {"department": "旧部署", "met": "2026/11/14"} | older
    return importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp", **card)))


def test_what_an_older_card_says_otherwise_is_offered_declined_and_the_reason_said(ws, tmp_path):
    file = known_and_older(ws, tmp_path, met="2020/01/10")
    (item,) = file.items
    assert {(one.field, one.old, one.new) for one in item.declined} == {("department", "新事業部", "旧部署")}
    assert objections(item) == ["部署は元のまま（いまの名刺のほうが新しいため）"]
    assert item.verdict == "update", "the day of the older card is news"
    importing.commit(ws, file)
    with ws.store.read() as reader:
        assert [reader.get("contacts", one)["department"] for one in reader.ids("contacts")] == ["新事業部"]
    again = importing.preview(ws, tmp_path / "people.csv")
    assert [one.verdict for one in again.items] == ["same"]
    assert report_rows(again, again.items)[0].reason == "部署は元のまま（いまの名刺のほうが新しいため）"
    assert "1人に、いまより古い値や短い名前があります" in importing.describe(again)


def test_an_older_value_that_is_chosen_is_written(ws, tmp_path):
    importing.commit(ws, known_and_older(ws, tmp_path, met="2020/01/10"))
    file = importing.preview(ws, tmp_path / "people.csv")
    (item,) = file.items
    chosen = importing.choose(item, keep=())
    assert (chosen.verdict, chosen.take, objections(chosen)) == ("update", True, [])
    assert importing.choose(chosen, keep=item.declined) == item
    _changes, report = importing.commit(ws, file, [chosen])
    assert (report.updated, report.same, report.set_aside) == (1, 0, 0)
    with ws.store.read() as reader:
        assert [reader.get("contacts", one)["department"] for one in reader.ids("contacts")] == ["旧部署"]


@pytest.mark.parametrize(
    ("name", "why"),
    [("Taro Yamada", "文字の種類が違うため"), ("山田", "いまのほうが詳しいため")],
    ids=["letters", "part"],
)
def test_a_name_that_says_less_is_declined_with_the_reason(ws, tmp_path, name, why):
    prospects.add(ws, Candidate("山田 太郎", kana="ヤマダ タロウ", company="アクメ", emails=("taro@example.jp",)))
    file = importing.preview(ws, a_file(tmp_path, a_row(name, "アクメ", "taro@example.jp", met="")))
    (item,) = file.items
    assert (item.verdict, item.take, objections(item)) == ("same", False, [f"名前は元のまま（{why}）"])
    importing.commit(ws, file, [importing.choose(item, keep=())])
    with ws.store.read() as reader:
        assert [reader.get("contacts", one)["name"] for one in reader.ids("contacts")] == [name]


def test_the_post_at_an_earlier_company_is_not_given_to_the_present_one(ws):
    now = Candidate("佐藤 花子", company="北沢製作所", emails=("h@example.jp",), met_on=(date(2026, 11, 14),))
    importing.commit(ws, importing.judge(ws, "now.csv", Reading("eight", "utf-8", 1, (now,))))
    older = replace(now, company="月島商会", department="営業部", title="主任", met_on=(date(2019, 5, 1),), line=2)
    (item,) = importing.judge(ws, "old.csv", Reading("eight", "utf-8", 1, (older,))).items
    assert {one.field for one in item.declined} == {"company", "department", "title"}
    same_place = replace(older, company="北沢製作所")
    (item,) = importing.judge(ws, "old.csv", Reading("eight", "utf-8", 1, (same_place,))).items
    assert {one.field for one in item.changes} == {"department", "title", "met_on"}, "what was not known is added"


def test_a_note_of_an_older_card_is_added(ws):
    card = Candidate(
        "山田 太郎", company="アクメ", emails=("a@example.jp",), met_on=(date(2026, 11, 14),), note="声が大きい"
    )
    importing.commit(ws, importing.judge(ws, "now.csv", Reading("eight", "utf-8", 1, (card,))))
    older = replace(card, met_on=(date(2020, 1, 10),), note="甘いものが好き", line=2)
    file = importing.judge(ws, "old.csv", Reading("eight", "utf-8", 1, (older,)))
    assert {one.field for one in file.items[0].changes} == {"note", "met_on"}


def test_a_file_judged_before_somebody_else_wrote_is_not_written_and_judged_again_it_is(ws, tmp_path):
    path = a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))
    stale = importing.preview(ws, path)
    importing.commit(ws, importing.preview(ws, path))
    before = facts(ws)
    with pytest.raises(OutdatedError, match="まだ何も取り込んでいません"):
        importing.commit(ws, stale)
    assert facts(ws) == before
    _preview, _changes, report = importing.commit_as_proposed(ws, lambda: importing.preview(ws, path))
    assert (report.created, report.same) == (0, 1)


def test_a_file_judged_before_an_undo_is_not_written(ws, tmp_path):
    path = a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))
    importing.commit(ws, importing.preview(ws, path))
    stale = importing.preview(ws, path)
    history.undo(ws)
    with pytest.raises(OutdatedError):
        importing.commit(ws, stale)


def test_an_undo_outdates_a_judgement_also_when_something_else_was_written_after_it(ws, tmp_path):
    path = a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))
    importing.commit(ws, importing.preview(ws, path))
    stale = importing.preview(ws, path)
    history.undo(ws)
    meetups.create(ws, "夜話", date(2026, 11, 20))
    with pytest.raises(OutdatedError):
        importing.commit(ws, stale)


def test_a_redo_outdates_a_judgement_also_when_something_else_was_taken_back_after_it(ws, tmp_path):
    path = a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))
    importing.commit(ws, importing.preview(ws, path))
    history.undo(ws)
    stale = importing.preview(ws, path)
    history.redo(ws)
    meetups.create(ws, "夜話", date(2026, 11, 20))
    history.undo(ws)
    with pytest.raises(OutdatedError):
        importing.commit(ws, stale)


def test_an_undo_before_the_judgement_does_not_outdate_it_with_the_next_change(ws, tmp_path):
    meetups.create(ws, "夜話", date(2026, 11, 20))
    history.undo(ws)
    file = importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp")))
    meetups.create(ws, "朝会", date(2026, 11, 20))
    assert importing.commit(ws, file)[1].created == 1


def test_what_has_nothing_to_do_with_people_does_not_outdate_a_judgement(ws, tmp_path):
    file = importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp")))
    meetups.create(ws, "夜話", date(2026, 11, 20))
    assert importing.commit(ws, file)[1].created == 1


def test_who_changed_company_becomes_a_contact_there_and_the_old_customer_stays(ws, tmp_path):
    importing.commit(
        ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp", "090-1111-2222")))
    )
    path = a_file(tmp_path, a_row("山田 太郎", "ベータ商会", "a@example.jp", "090-1111-2222", met="2026/11/20"))
    before = facts(ws)
    importing.commit(ws, importing.preview(ws, path))
    with ws.store.read() as reader:
        (contact,) = reader.ids("contacts")
        assert reader.get("prospects", reader.get("contacts", contact)["prospect_id"])["name"] == "ベータ商会"
        assert reader.find("prospects", name="アクメ") is not None
    assert importing.preview(ws, path).items[0].verdict == "same"
    history.undo(ws)
    assert facts(ws) == before


def test_a_customer_on_their_own_whose_card_names_another_customer_is_the_same_every_time(ws, tmp_path):
    prospects.add(ws, Candidate("山田 太郎", emails=("yamada@example.jp",)), stage=1)
    prospects.add(ws, Candidate("佐藤 花子", company="アクメ"))
    file = a_file(tmp_path, a_row("山田 太郎", "㈱アクメ", mail="yamada@example.jp"))
    importing.commit(ws, importing.preview(ws, file))
    (again,) = importing.preview(ws, file).items
    assert (again.verdict, again.changes) == ("same", ())
    assert importing.amend(ws, again, "title", "").verdict == "same"


def test_the_same_name_alone_is_asked_and_not_taken(ws, tmp_path):
    importing.commit(ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))))
    (item,) = importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "ベータ", "b@example.jp"))).items
    assert (item.verdict, item.take, item.is_known) == ("ask", False, False)
    assert importing.choose(item, is_known=True).take


def test_a_bare_name_is_asked_about_even_when_it_says_nothing_new(ws, tmp_path):
    importing.commit(ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))))
    (item,) = importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "", met=""))).items
    assert (item.verdict, item.is_known) == ("ask", False)


def test_another_person_of_the_same_name_is_made_when_told_so(ws, tmp_path):
    importing.commit(ws, importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"))))
    preview = importing.preview(ws, a_file(tmp_path, a_row("山田 太郎", "ベータ", "b@example.jp")))
    chosen = [importing.choose(item, is_known=False) for item in preview.items]
    _changes, report = importing.commit(ws, preview, chosen)
    assert report.created == 1


def test_people_left_out_are_counted_as_set_aside(ws):
    preview = importing.preview(ws, FILES / "eight_cp932.csv")
    chosen = [importing.choose(item, take=number % 2 == 0) for number, item in enumerate(preview.items)]
    _changes, report = importing.commit(ws, preview, chosen)
    assert (report.created, report.set_aside, report.joined) == (12, 12, 1)
    assert total(report) == 25


def test_a_corrected_cell_is_judged_anew(ws, tmp_path):
    importing.commit(ws, importing.preview(ws, a_file(tmp_path, a_row("福嶋 理恵", "アクメ", "r@example.jp", met=""))))
    (item,) = importing.preview(ws, a_file(tmp_path, a_row("福? 理恵", "アクメ", "r.example.jp", met=""))).items
    assert item.verdict == "ask"
    mended = importing.amend(ws, importing.amend(ws, item, "name", "福嶋 理恵"), "email", "r@example.jp")
    assert (mended.person.family, mended.match.kind, mended.problems) == ("福嶋", "sure", ())


def test_a_cell_that_is_no_mail_is_refused_in_a_sentence(ws, tmp_path):
    (item,) = importing.preview(ws, a_file(tmp_path, a_row("福田 理恵", "アクメ"))).items
    with pytest.raises(UserError, match="メールアドレス"):
        importing.amend(ws, item, "email", "なし@@")


def test_a_day_to_come_is_no_meeting(ws, tmp_path):
    preview = importing.preview(ws, a_file(tmp_path, a_row("未来 花子", "アクメ", "a@example.jp", met="2027/05/01")))
    (item,) = preview.items
    assert (item.verdict, item.enters) == ("ask", False)
    importing.commit(ws, preview)
    with ws.store.read() as reader:
        assert reader.ids("activities") == []


def test_channel_tag_and_meetup_are_given_to_all(ws, tmp_path):
    from soloflow.services import meetups

    (meetup,) = meetups.create(ws, "夜話", date(2026, 11, 14)).created
    path = a_file(tmp_path, a_row("山田 太郎", "アクメ", "a@example.jp"), a_row("佐藤 花子", "あおば", "b@example.jp"))
    changes, _report = importing.commit(ws, importing.preview(ws, path), meetup=meetup, tags=["展示会"])
    with ws.store.read() as reader:
        assert len(reader.ids("prospect_tags")) == 2
        assert {reader.get("activities", one)["meetup_id"] for one in reader.ids("activities")} == {meetup}
        assert all(reader.get("prospects", one)["source_id"] for one in changes.created)


def test_stopping_an_import_writes_nothing(ws):
    class Impatient:
        def report(self, done, total=None, text=""):
            pass

        def check(self):
            raise Cancelled

    preview = importing.preview(ws, FILES / "eight_cp932.csv")
    before = facts(ws)
    with pytest.raises(Cancelled):
        importing.commit(ws, preview, progress=Impatient())
    assert facts(ws) == before


def test_progress_goes_from_nothing_to_all(ws):
    told = []

    class Watching:
        def report(self, done, total=None, text=""):
            told.append((done, total))

        def check(self):
            pass

    importing.commit(ws, importing.preview(ws, FILES / "eight_cp932.csv"), progress=Watching())
    assert told[0] == (0, 24)
    assert told[-1] == (24, 24)


def test_the_json_has_the_agreed_form(ws):
    found = json.loads(json.dumps(importing.as_json(importing.preview(ws, FILES / "eight_cp932.csv"))))
    assert list(found) == ["file", "kind", "encoding", "rows", "candidates", "problems"]
    assert (found["kind"], found["encoding"], found["rows"], len(found["candidates"])) == ("eight", "cp932", 25, 24)
    assert set(found["candidates"][0]) == {
        "name", "family", "given", "kana", "company", "department", "title", "emails", "phones", "urls", "note", "met_on", "line", "match"
    }  # fmt: skip
    assert found["candidates"][0]["match"] is None
    bring(ws, "eight_cp932.csv")
    again = importing.as_json(importing.preview(ws, FILES / "eight_cp932.csv"))
    assert again["candidates"][0]["match"] == {"kind": "sure", "name": "濵田 花子"}


def test_the_description_names_kind_encoding_and_what_would_happen(ws):
    text = importing.describe(importing.preview(ws, FILES / "eight_cp932.csv"))
    assert "Eight の名刺リスト（cp932）、25行・24人" in text
    assert "新規 24" in text


def test_the_report_sentence_counts_every_row(ws):
    _changes, report = bring(ws, "eight_cp932.csv")
    assert importing.report_sentence(report).startswith("25行：新規 24・ファイルの中の重複 1。")
    assert importing.report_as_json(report)["rows"] == 25


def test_the_saved_report_has_a_line_per_person_and_no_formula(ws, tmp_path):
    path = a_file(tmp_path, a_row("=cmd 太郎", "アクメ", "a@example.jp"), a_row("佐藤 花子", "あおば", "b@example.jp"))
    preview = importing.preview(ws, path)
    rows = list(csv.reader(io.StringIO(importing.report_as_csv(preview, preview.items))))
    assert len(rows) == 3
    assert rows[1][2].startswith("'=")


def test_lost_zeros_that_were_put_back_ask_nothing(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "eight.csv"
    head = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日\n"
    path.write_text(head + "A商事,,,山田 太郎,,,,312345678,,,,9012345678,,\n", encoding="utf-8")
    (item,) = importing.preview(ws, path).items
    assert (item.verdict, item.take, item.open_problems) == ("new", True, ())
    assert [problem.is_mended for problem in item.problems] == [True, True]
