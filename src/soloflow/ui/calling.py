"""How a second start speaks to the program that is running. Standard library only: it answers before Qt could be loaded.

The first start listens on a local socket (on Windows a named pipe) and writes its address into the profile. A second one
writes a line there, the word of what is wanted and the desktop's token for taking the keyboard, and waits for the answer.
"""

import contextlib
import os
import socket
import sys
from pathlib import Path

SHOW, CAPTURE = "show", "capture"
"""Bring the window to the front; bring the small window for writing people down."""
WORDS = (SHOW, CAPTURE)
ANSWER = b"ok\n"
ADDRESS_FILE = "window.address"
WAIT_S = 3.0
"""A window that has not answered for so long hangs."""


def call(folder: Path, word: str) -> bool | None:
    """Ask the running program of a profile for one of WORDS: whether it answered, or None when nobody listens."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "").split("\n")[0]
    line = f"{word} {token}".strip().encode("utf-8", "replace") + b"\n"
    try:
        address = (folder / ADDRESS_FILE).read_bytes()
        if sys.platform == "win32":
            return _through_pipe(os.fsdecode(address), line)
        return _through_socket(address, line)
    except OSError:
        return None


def _through_socket(address: bytes, line: bytes) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line_to:
        line_to.settimeout(WAIT_S)
        line_to.connect(address)
        try:
            line_to.sendall(line)
            return line_to.recv(len(ANSWER)) == ANSWER
        except OSError:
            return False


def _through_pipe(address: str, line: bytes) -> bool:
    with open(address, "r+b", buffering=0) as pipe:  # noqa: PTH123  a pipe is no path
        pipe.write(line)
        return pipe.read(len(ANSWER)) == ANSWER


def understood(line: bytes) -> tuple[str, str]:
    """(word, token) of a line that was received; whatever is no word of ours asks for the window."""
    word, _space, token = line.decode("utf-8", "replace").strip().partition(" ")
    return (word if word in WORDS else SHOW), token


def publish(folder: Path, address: str) -> None:
    """Write down where one listens, whole or not at all."""
    place = folder / ADDRESS_FILE
    with contextlib.suppress(OSError):  # then a second start is slower, and says so if it cannot go on
        temporary = place.with_suffix(".new")
        temporary.write_bytes(os.fsencode(address))
        temporary.replace(place)


def withdraw(folder: Path) -> None:
    """Nobody listens any more."""
    with contextlib.suppress(OSError):
        (folder / ADDRESS_FILE).unlink(missing_ok=True)
