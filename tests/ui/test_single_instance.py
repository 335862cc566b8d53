import os
import subprocess
import sys
import time

from soloflow.ui.single_instance import SingleInstance, socket_name


def test_a_second_start_calls_the_first(qtbot, tmp_path):
    first = SingleInstance(tmp_path)
    first.listen()
    second = SingleInstance(tmp_path)
    assert (first.is_first, second.is_first) == (True, False)
    with qtbot.waitSignal(first.called, timeout=2000):
        assert second.call_first()
    second.close()
    first.close()


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
        assert other.call_first()
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
