import threading
from functools import partial

import pytest

from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.services import history, prospects
from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.page import Page, together
from soloflow.ui.watch import Watch


class Ears:
    """Hears everything a context says."""

    def __init__(self, context: Context) -> None:
        self.notices, self.changes, self.bugs = [], [], []
        context.noticed.connect(self.notices.append)
        context.changed.connect(self.changes.append)
        context.bug_found.connect(self.bugs.append)


def person(name: str) -> Candidate:
    return Candidate(name=name, company=f"{name}工業")


def idle(context: Context):
    return lambda: not context.is_writing


def test_a_change_is_announced_and_can_be_taken_back_and_done_again(qtbot, context):
    ears = Ears(context)
    context.run(partial(prospects.add, context.workspace, person("十河")))
    qtbot.waitUntil(lambda: len(ears.notices) == 1)
    assert ears.changes[0].created
    assert (ears.notices[0].action, ears.notices[0].shortcut) == ("取り消す", "Ctrl+Z")
    ears.notices[0].act()
    qtbot.waitUntil(lambda: len(ears.notices) == 2)
    assert ears.notices[1].action == "やり直す", ears.notices[1]
    assert history.peek(context.workspace)[1] is not None
    context.redo()
    qtbot.waitUntil(lambda: len(ears.notices) == 3)
    assert ears.notices[2].action == "取り消す"
    assert len(ears.changes) == 3


def test_undo_with_nothing_to_take_back_says_so(qtbot, context):
    ears = Ears(context)
    context.undo()
    qtbot.waitUntil(lambda: bool(ears.notices))
    assert ears.notices[0].text == "取り消せる操作はありません。"


def test_work_is_done_in_the_order_asked_off_the_gui_thread(qtbot, context):
    order, threads, results = [], [], []

    def work(number: int) -> int:
        threads.append(threading.current_thread())
        order.append(number)
        return number

    for number in range(20):
        context.run(partial(work, number), results.append)
    qtbot.waitUntil(lambda: len(results) == 20)
    assert order == results == list(range(20))
    assert {thread.name for thread in threads} == {"database"}


def test_an_error_of_the_world_is_a_sentence(qtbot, context):
    ears = Ears(context)

    def refuse() -> None:
        raise UserError("ディスクがいっぱいです。")

    context.run(refuse)
    qtbot.waitUntil(lambda: bool(ears.notices))
    assert (ears.notices[0].text, ears.notices[0].kind) == ("ディスクがいっぱいです。", "error")
    heard = []
    context.run(refuse, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert len(ears.notices) == 1


def test_a_fault_of_ours_is_a_report(qtbot, context):
    ears = Ears(context)

    def fail() -> None:
        raise ZeroDivisionError

    context.run(fail)
    qtbot.waitUntil(lambda: bool(ears.bugs))
    assert "ZeroDivisionError" in ears.bugs[0]
    assert ears.notices == []


def test_long_work_reports_and_stops_when_asked(qtbot, context):
    ears, reached, go_on = Ears(context), [], threading.Event()

    def count(progress) -> None:
        for number in range(1000):
            progress.report(number + 1, 1000, "数えています")
            reached.append(number)
            go_on.wait(5)
            progress.check()

    job = context.run_long("数える", count)
    qtbot.waitUntil(lambda: job.total == 1000)
    assert context.jobs == [job]
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not context.jobs)
    assert len(reached) < 1000
    assert "中止" in ears.notices[0].text


def test_the_network_does_not_hold_up_the_database(qtbot, context):
    released, done = threading.Event(), []
    context.run_long("公開", lambda _progress: released.wait(10), network=True)
    context.run(lambda: "ok", done.append)
    qtbot.waitUntil(lambda: done == ["ok"])
    released.set()
    qtbot.waitUntil(lambda: not context.jobs)


def test_closing_finishes_what_is_being_written(context):
    done = []
    for number in range(5):
        context.run(partial(done.append, number))
    context.close()
    assert done == [0, 1, 2, 3, 4]


class Shown(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.seen = []

    def refresh(self, changes: Changes | None) -> None:
        self.seen.append(changes)


def test_a_result_for_a_page_that_is_gone_is_dropped(qtbot, context):
    import shiboken6

    page, released = Shown(context), threading.Event()
    context.run(lambda: released.wait(10), page.refresh)
    shiboken6.delete(page)
    released.set()
    qtbot.waitUntil(idle(context))
    assert page.seen == []


def test_a_hidden_page_catches_up_once_with_all_it_missed(qtbot, context):
    page = Shown(context)
    qtbot.addWidget(page)
    page.show()
    assert page.seen == [None]
    page.hide()
    context.announce(Changes(1, "", frozenset({"a"}), frozenset({1})), quietly=True)
    context.announce(Changes(2, "", frozenset({"b"}), frozenset({2})), quietly=True)
    assert len(page.seen) == 1
    page.show()
    assert len(page.seen) == 2
    assert (page.seen[1].topics, page.seen[1].prospects) == ({"a", "b"}, {1, 2})


def test_two_changes_together_forget_nothing():
    both = together(Changes(1, "a", many=True, created=(1,)), Changes(2, "b", created=(2,)))
    assert (both.many, both.created, both.change_set) == (True, (1, 2), 2)


@pytest.mark.parametrize("by_whom", ["us", "others"])
def test_only_what_others_wrote_is_news(qtbot, context, by_whom):
    ears, watch = Ears(context), Watch(context)
    if by_whom == "us":
        context.run(partial(prospects.add, context.workspace, person("森")))
        qtbot.waitUntil(lambda: bool(ears.changes))
    else:
        prospects.add(context.workspace, person("森"))
    count = len(ears.changes)
    watch.look()
    watch.look()
    assert len(ears.changes) - count == (0 if by_whom == "us" else 1)
    assert ears.notices[-1].action == "取り消す"
    watch.stop()


def test_what_is_recorded_does_not_wait_for_a_reckoning(qtbot, context):
    released, ears = threading.Event(), Ears(context)
    context.reckon(lambda: released.wait(20))
    context.run(partial(prospects.add, context.workspace, person("十河")))
    qtbot.waitUntil(lambda: bool(ears.changes))
    assert context.is_reckoning
    released.set()
    qtbot.waitUntil(lambda: not context.is_reckoning)


def test_of_what_one_asks_to_be_reckoned_only_the_newest_is_begun(qtbot, context):
    begun, go_on, begins, answers, ears = [], threading.Event(), threading.Event(), [], Ears(context)

    def reckon(number: int) -> int:
        begun.append(number)
        begins.set()
        go_on.wait(20)
        return number

    context.reckon(partial(reckon, 0), answers.append, asker="pane")
    assert begins.wait(20)
    for number in (1, 2, 3):
        context.reckon(partial(reckon, number), answers.append, asker="pane")
    context.reckon(partial(reckon, 4), answers.append, asker="another")
    go_on.set()
    qtbot.waitUntil(lambda: not context.is_reckoning)
    assert begun == answers == [0, 3, 4]
    assert ears.notices == []


def test_a_fault_while_reckoning_is_reported_and_the_asker_hears_of_it(qtbot, context):
    ears, heard = Ears(context), []
    context.reckon(lambda: 1 / 0, failed=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert "ZeroDivisionError" in ears.bugs[0]
    assert isinstance(heard[0], UserError)


def test_closing_waits_for_the_reckoning_that_runs_and_drops_the_rest(context):
    begins, go_on, begun, ears = threading.Event(), threading.Event(), [], Ears(context)

    def reckon() -> None:
        begins.set()
        go_on.wait(20)
        begun.append("running")

    context.reckon(reckon)
    assert begins.wait(20)
    context.reckon(partial(begun.append, "waiting"))
    threading.Timer(0.05, go_on.set).start()
    context.close()
    assert begun == ["running"]
    assert ears.notices == []


def test_a_lane_whose_thread_could_not_be_started_tries_again(qtbot, context, monkeypatch):
    done = []
    with monkeypatch.context() as busy:
        busy.setattr(threading.Thread, "start", lambda _thread: (_ for _ in ()).throw(RuntimeError("no thread")))
        with pytest.raises(RuntimeError):
            context.reckon(partial(done.append, 1))
    context.reckon(partial(done.append, 2))
    qtbot.waitUntil(lambda: done == [2])
