import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from soloflow.__main__ import _is_answered
from soloflow.ui import calling
from soloflow.ui.single_instance import SingleInstance, socket_name


def answer_to(qtbot, called):
    """What a call answers; it comes from elsewhere, so that the one that is called can hear it."""
    answers = []
    caller = threading.Thread(target=lambda: answers.append(called()))
    caller.start()
    qtbot.waitUntil(lambda: not caller.is_alive(), timeout=8000)
    return answers[0]


def test_a_second_start_calls_the_first(qtbot, tmp_path):
    first = SingleInstance(tmp_path)
    first.listen()
    second = SingleInstance(tmp_path)
    assert (first.is_first, second.is_first) == (True, False)
    with qtbot.waitSignal(first.called, timeout=2000) as heard:
        assert answer_to(qtbot, second.call_first)
    assert heard.args == ["show", ""]
    second.close()
    first.close()


def test_a_call_says_what_is_wanted_and_hands_over_the_token_of_the_desktop(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "from-the-menu_42")
    first = SingleInstance(tmp_path)
    first.listen()
    with qtbot.waitSignal(first.called, timeout=2000) as heard:
        assert answer_to(qtbot, lambda: calling.call(tmp_path, calling.CAPTURE)) is True
    assert heard.args == ["capture", "from-the-menu_42"]
    first.close()


def test_nobody_answers_where_nobody_listens(tmp_path):
    assert calling.call(tmp_path, calling.CAPTURE) is None
    calling.publish(tmp_path, str(tmp_path / "gone.socket"))
    assert calling.call(tmp_path, calling.CAPTURE) is None


def test_one_that_hangs_is_told_from_one_that_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(calling, "WAIT_S", 0.1)
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "s"))
        deaf.listen()
        calling.publish(tmp_path, str(tmp_path / "s"))
        assert calling.call(tmp_path, calling.SHOW) is False


def test_a_closed_window_leaves_no_address(qtbot, tmp_path):
    first = SingleInstance(tmp_path)
    first.listen()
    assert (tmp_path / calling.ADDRESS_FILE).exists()
    first.close()
    assert not (tmp_path / calling.ADDRESS_FILE).exists()


@pytest.mark.parametrize("line", [b"", b"\n", b"\xff\xfe\n", b"format c:\n", b"show\n"])
def test_whatever_is_no_word_of_ours_asks_for_the_window(line):
    assert calling.understood(line)[0] == calling.SHOW


def test_a_caller_that_never_ends_its_line_is_hung_up_on(qtbot, tmp_path):
    first = SingleInstance(tmp_path)
    first.listen()
    address = (tmp_path / calling.ADDRESS_FILE).read_bytes()

    def talk():
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(address)
            line.settimeout(5)
            try:
                line.sendall(b"x" * 100_000)
                return line.recv(1)
            except OSError:
                return b""

    with qtbot.assertNotEmitted(first.called):
        assert answer_to(qtbot, talk) == b""
    first.close()


def test_the_second_start_loads_neither_qt_nor_the_store(tmp_path):
    script = (
        "import sys; from soloflow.__main__ import _is_answered\n"
        "assert not _is_answered(['--profile', sys.argv[1], 'capture'])\n"
        "heavy = {'PySide6', 'sqlite3', 'sqlalchemy', 'argparse', 'soloflow.app', 'soloflow.i18n'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, timeout=30)


@pytest.mark.parametrize(
    "words", [["add", "capture"], ["--version"], ["capture", "--help"], ["--profile", "", "capture"], ["site"]]
)
def test_other_commands_never_call_the_window(words, monkeypatch):
    monkeypatch.setattr(calling, "call", lambda *_: pytest.fail("called"))
    assert not _is_answered(words)


def test_another_profile_is_another_window(qtbot, tmp_path):
    first, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.is_first
    assert other.is_first
    assert socket_name(tmp_path / "a") != socket_name(tmp_path / "b")
    first.close()
    other.close()


def test_a_closed_window_lets_the_next_one_in(qtbot, tmp_path):
    first = SingleInstance(tmp_path)
    first.listen()
    first.close()
    second = SingleInstance(tmp_path)
    assert second.is_first
    second.close()


def test_what_a_killed_window_left_behind_is_no_hindrance(qtbot, tmp_path):
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from soloflow.ui.single_instance import SingleInstance\n"
        "app = QCoreApplication([]); guard = SingleInstance(Path(sys.argv[1])); guard.listen()\n"
        "print('ready', flush=True); app.exec()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, env=dict(os.environ)
    )
    assert child.stdout.readline() == b"ready\n"
    assert not SingleInstance(tmp_path).is_first
    child.kill()
    child.wait()
    child.stdout.close()
    time.sleep(0.05)
    guard = SingleInstance(tmp_path)
    assert guard.is_first
    guard.listen()
    other = SingleInstance(tmp_path)
    with qtbot.waitSignal(guard.called, timeout=2000):
        assert answer_to(qtbot, other.call_first)
    guard.close()


def test_a_folder_that_holds_no_lock_is_not_taken_for_an_open_window(qtbot, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    guard = SingleInstance(tmp_path / "file")
    assert guard.is_first, "opening it says what is wrong; a window that is open would be asked for in vain"
    guard.close()
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_folder_whose_name_is_no_text_has_a_socket_of_its_own(tmp_path):
    odd = tmp_path / os.fsdecode(b"\x93\xfa")
    assert socket_name(odd) != socket_name(tmp_path)
