import http.client
import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from soloflow.site.build import build
from soloflow.site.content import SiteContent
from soloflow.site.preview import PreviewServer


@pytest.fixture
def server(sample: SiteContent, folder: Path) -> Iterator[PreviewServer]:
    build(sample, folder, built_on=date(2026, 11, 16))
    server = PreviewServer(folder)
    server.start()
    yield server
    server.stop()


def ask(server: PreviewServer, path: str, host: str = "", method: str = "GET") -> tuple[int, bytes, str]:
    address = urlsplit(server.url).netloc
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.request(method, path, headers={"Host": host or address})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Location") or answer.headers["Content-Type"]
    finally:
        connection.close()


def test_pages_come_with_the_script_that_reloads_and_the_files_stay_without(
    server: PreviewServer, folder: Path
) -> None:
    status, body, kind = ask(server, "/works/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert b"EventSource" in body
    assert (
        body.replace(body[body.index(b"<script>new Ev") : body.rindex(b"</script>") + 9], b"")
        == (folder / "works/index.html").read_bytes()
    )
    assert all(b"EventSource" not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_other_files_come_as_they_are(server: PreviewServer, folder: Path) -> None:
    css = next(folder.glob("*.css"))
    assert ask(server, f"/{css.name}")[1:] == (css.read_bytes(), "text/css; charset=utf-8")
    assert ask(server, "/favicon.svg")[2] == "image/svg+xml"
    assert ask(server, "/works/", method="HEAD")[:2] == (200, b"")


def test_a_folder_without_its_slash_is_sent_on(server: PreviewServer) -> None:
    assert ask(server, "/works")[::2] == (301, "/works/")


def test_what_is_not_there_shows_the_sites_own_page(server: PreviewServer) -> None:
    status, body, _kind = ask(server, "/nowhere/at/all")
    assert status == 404
    assert "ページが見つかりません".encode() in body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/works/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%00",
        "/.soloflow-manifest.json",
        "/link.txt",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_folder_is_shown(path: str, server: PreviewServer, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret words")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    status, body, _kind = ask(server, path)
    assert status == 404
    assert b"secret words" not in body
    assert b"sha256" not in body


def test_a_name_that_another_site_points_here_is_refused(server: PreviewServer) -> None:
    assert ask(server, "/", host="evil.example:80")[0] == 403


def test_it_listens_on_the_loopback_interface_only(server: PreviewServer) -> None:
    assert urlsplit(server.url).hostname == "127.0.0.1"


def test_an_open_page_hears_of_a_build_at_once(server: PreviewServer) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)
    connection.request("GET", "/.soloflow/reload?seen=0")
    answer = connection.getresponse()
    threading.Timer(0.1, server.reload).start()
    began = time.monotonic()
    assert answer.read() == b"data: changed\n\n"
    assert time.monotonic() - began < 1
    answer.close()
    connection.close()


def test_a_build_between_page_and_question_is_not_missed(server: PreviewServer) -> None:
    server.reload()
    assert ask(server, "/.soloflow/reload?seen=0")[1] == b"data: changed\n\n"
    assert b"?seen=1" in ask(server, "/")[1]


def test_stopping_leaves_no_thread_and_no_port(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    server = PreviewServer(tmp_path)
    server.start()
    address = urlsplit(server.url).netloc
    waiting, silent = (http.client.HTTPConnection(address, timeout=5) for _ in range(2))
    waiting.request("GET", "/.soloflow/reload?seen=0")
    answer = waiting.getresponse()
    silent.connect()
    time.sleep(0.1)
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 2
    assert set(threading.enumerate()) == before
    late = http.client.HTTPConnection(address, timeout=1)
    with pytest.raises(ConnectionRefusedError):
        late.connect()
    for each in (answer, waiting, silent, late):
        each.close()


def test_it_can_start_again_and_stopping_twice_is_harmless(server: PreviewServer) -> None:
    server.stop()
    server.stop()
    assert server.url == ""
    server.start()
    assert ask(server, "/")[0] == 200


def test_a_folder_that_is_not_built_yet_answers_plainly(tmp_path: Path) -> None:
    server = PreviewServer(tmp_path / os.urandom(4).hex())
    server.start()
    try:
        assert ask(server, "/")[:2] == (404, b"404")
    finally:
        server.stop()
