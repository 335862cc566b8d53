"""Publishing to real folders."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from published_to import contents, page

from soloflow.domain.errors import Cancelled, UserError
from soloflow.publish import folder as folders
from soloflow.publish.folder import plan_folder, publish_folder
from soloflow.publish.manifest import load
from soloflow.publish.plan import Plan, summary
from soloflow.publish.steps import Published, Step, run
from soloflow.publish.targets import FolderTarget


class Host:
    """A document root, and the records of the profile that publishes to it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "public_html"
        self.manifest = folder / "profile" / "root.jsonl"
        self.target = FolderTarget(self.root)
        self.sent: list[str] = []

    def plan(self, site: Path) -> Plan:
        return plan_folder(site, self.target, self.manifest)

    def publish(self, site: Path, *, stop_before: str = "", replace_foreign: bool = False) -> Published:
        self.sent = []

        def on_step(step: Step) -> None:
            if step.text and step.text == stop_before:
                raise Cancelled
            if step.text:
                self.sent.append(step.text)

        steps = publish_folder(site, self.target, self.manifest, replace_foreign=replace_foreign)
        return run(steps, on_step)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def test_the_folder_becomes_exactly_the_site(host: Host, site: Path) -> None:
    host.publish(site)
    assert contents(host.root) == contents(site)


def test_what_the_builder_wrote_for_itself_stays_at_home(host: Host, site: Path) -> None:
    (site / ".soloflow-manifest.json").write_text("{}")
    host.publish(site)
    assert ".soloflow-manifest.json" not in contents(host.root)
    assert ".soloflow-manifest.json" not in host.sent


def test_assets_go_first_then_pages_then_feed_sitemap_and_home(host: Host, site: Path) -> None:
    host.publish(site)
    assert host.sent == [
        "assets/card.png",
        "assets/site.3f2a.css",
        "works/index.html",
        "works/inventory/index.html",
        "feed.xml",
        "sitemap.xml",
        "index.html",
    ]


def test_a_plan_names_new_changed_and_unchanged_with_sizes_and_titles(host: Host, site: Path) -> None:
    host.publish(site)
    (site / "works/index.html").write_text(page("実績 &amp; 声"), "utf-8")
    (site / "about.html").write_text(page("経歴"), "utf-8")
    plan = host.plan(site)
    assert [(c.path, c.title, c.size) for c in plan.added] == [
        ("about.html", "経歴", (site / "about.html").stat().st_size)
    ]
    assert [(c.path, c.title) for c in plan.changed] == [("works/index.html", "実績 & 声")]
    assert plan.unchanged == 6
    assert plan.bytes_to_send == sum((site / path).stat().st_size for path in ("about.html", "works/index.html"))


def test_nothing_changed_sends_nothing_and_says_so(host: Host, site: Path) -> None:
    host.publish(site)
    before = {path: path.stat().st_mtime_ns for path in host.root.rglob("*")}
    published = host.publish(site)
    assert published.plan.is_empty
    assert host.sent == []
    assert {path: path.stat().st_mtime_ns for path in host.root.rglob("*")} == before
    assert "最新" in summary(published.plan)


def test_a_change_that_keeps_the_size_is_seen(host: Host, site: Path) -> None:
    host.publish(site)
    content = bytearray((site / "assets/card.png").read_bytes())
    content[7] ^= 1
    (site / "assets/card.png").write_bytes(content)
    host.publish(site)
    assert host.sent == ["assets/card.png"]
    assert contents(host.root) == contents(site)


def test_files_of_others_are_never_touched(host: Host, site: Path) -> None:
    host.root.mkdir()
    (host.root / ".htaccess").write_text("Deny from all")
    (host.root / "works").mkdir()
    (host.root / "works" / "own.txt").write_text("mine")
    host.publish(site)
    for path in ("works/index.html", "works/inventory/index.html"):
        (site / path).unlink()
    host.publish(site)
    host.publish(site)
    assert contents(host.root) == contents(site) | {".htaccess": b"Deny from all", "works/own.txt": b"mine"}


def test_a_page_of_somebody_else_is_not_overwritten_unless_the_user_says_so(host: Host, site: Path) -> None:
    host.root.mkdir()
    (host.root / "index.html").write_text("mine")
    assert host.plan(site).foreign == ("index.html",)
    with pytest.raises(UserError, match=r"index\.html"):
        host.publish(site)
    assert contents(host.root) == {"index.html": b"mine"}
    host.publish(site, replace_foreign=True)
    assert contents(host.root) == contents(site)


def test_a_file_where_we_need_a_folder_is_in_the_way_before_anything_is_sent(host: Host, site: Path) -> None:
    host.root.mkdir()
    (host.root / "works").write_text("mine")
    assert host.plan(site).foreign == ("works/index.html", "works/inventory/index.html")
    with pytest.raises(UserError, match="置いたのではない"):
        host.publish(site)
    assert contents(host.root) == {"works": b"mine"}


def test_a_removed_page_stays_for_one_release_and_then_goes_with_its_folder(host: Host, site: Path) -> None:
    host.publish(site)
    shutil.rmtree(site / "works" / "inventory")
    (site / "index.html").write_text(page("ホーム", "一件へりました"), "utf-8")
    plan = host.plan(site)
    assert [change.path for change in plan.leaving] == ["works/inventory/index.html"]
    assert "次の公開で消えます" in summary(plan)
    host.publish(site)
    assert (host.root / "works/inventory/index.html").exists()
    host.publish(site)
    assert not (host.root / "works/inventory").exists()
    assert contents(host.root) == contents(site)


def test_a_removed_page_that_somebody_made_their_own_stays(host: Host, site: Path) -> None:
    host.publish(site)
    (site / "works/inventory/index.html").unlink()
    host.publish(site)
    (host.root / "works/inventory/index.html").write_text("edited by hand")
    host.publish(site)
    assert (host.root / "works/inventory/index.html").read_text() == "edited by hand"


def test_a_stopped_run_goes_on_where_it_ended(host: Host, site: Path) -> None:
    with pytest.raises(Cancelled):
        host.publish(site, stop_before="works/inventory/index.html")
    first = host.sent
    assert not (host.root / "index.html").exists()
    host.publish(site)
    assert not set(first) & set(host.sent)
    assert contents(host.root) == contents(site)


def test_a_killed_program_goes_on_where_it_was_killed(host: Host, site: Path) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from soloflow.publish.folder import publish_folder\nfrom soloflow.publish.targets import FolderTarget\n"
        "site, root, manifest = map(Path, sys.argv[1:])\n"
        "for step in publish_folder(site, FolderTarget(root), manifest):\n"
        "    if step.text == 'feed.xml': os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    command = [sys.executable, "-c", program, str(site), str(host.root), str(host.manifest)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    host.publish(site)
    assert host.sent == ["feed.xml", "sitemap.xml", "index.html"]
    assert contents(host.root) == contents(site)


def test_a_record_cut_in_the_middle_of_a_line_is_still_good(host: Host, site: Path) -> None:
    with pytest.raises(Cancelled):
        host.publish(site, stop_before="works/index.html")
    with host.manifest.open("a") as records:
        records.write('{"confirmed": "works/ind')
    host.publish(site)
    assert contents(host.root) == contents(site)
    assert set(load(host.manifest).files) == set(contents(site))


def test_a_file_left_half_written_by_a_killed_run_is_cleaned_up(host: Host, site: Path) -> None:
    (host.root / "works").mkdir(parents=True)
    (host.root / "works" / ".index.html.soloflow-part").write_text("half")
    host.publish(site)
    assert contents(host.root) == contents(site)


def test_a_confirmed_file_that_vanished_is_sent_again(host: Host, site: Path) -> None:
    host.publish(site)
    (host.root / "works/index.html").unlink()
    host.publish(site)
    assert host.sent == ["works/index.html"]


def test_a_file_that_reads_back_differently_is_reported_and_not_confirmed(
    host: Host, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Path.replace

    def corrupting(self: Path, target: Path) -> Path:
        moved = honest(self, target)
        if target.name == "card.png":
            target.write_bytes(b"rot")
        return moved

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", corrupting)
        with pytest.raises(UserError, match="内容が違いました"):
            host.publish(site)
    assert load(host.manifest).files["assets/card.png"] is None
    host.publish(site)
    assert contents(host.root) == contents(site)


@pytest.mark.parametrize(
    ("number", "sentence"), [(errno.ENOSPC, "いっぱい"), (errno.EROFS, "権限"), (errno.EIO, "公開できませんでした")]
)
def test_a_failing_disk_is_a_clear_sentence_and_the_next_run_goes_on(
    host: Host, site: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    honest = folders._put

    def failing(source: Path, to: Path, expected: folders.Stamp) -> None:
        if to.name == "sitemap.xml":
            raise OSError(number, os.strerror(number))
        honest(source, to, expected)

    with monkeypatch.context() as patch:
        patch.setattr(folders, "_put", failing)
        with pytest.raises(UserError, match=sentence):
            host.publish(site)
    host.publish(site)
    assert host.sent == ["sitemap.xml", "index.html"]


def test_a_folder_that_cannot_be_written_is_a_clear_sentence(tmp_path: Path, site: Path) -> None:
    if os.geteuid() == 0:
        # Permissions do not stop the administrator; a folder below a file stops everybody.
        (tmp_path / "locked").write_text("")
    else:
        (tmp_path / "locked").mkdir(mode=0o500)
    target = FolderTarget(tmp_path / "locked" / "public_html")
    with pytest.raises(UserError, match="公開済みのページはそのままです"):
        run(publish_folder(site, target, tmp_path / "m.jsonl"), lambda _step: None)


def test_a_folder_without_a_site_is_refused(tmp_path: Path, host: Host) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    with pytest.raises(UserError, match="公開できるサイトがありません"):
        host.publish(tmp_path / "photos")


def test_a_target_inside_the_built_site_is_refused(site: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="外に"):
        plan_folder(site, FolderTarget(site / "public"), tmp_path / "m.jsonl")


def test_a_damaged_record_is_a_clear_sentence(host: Host, site: Path) -> None:
    host.manifest.parent.mkdir()
    host.manifest.write_text("not json\n")
    with pytest.raises(UserError, match="公開の記録"):
        host.publish(site)
    assert not host.root.exists()


def test_links_in_the_built_folder_are_not_published(host: Host, site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (site / "secret.txt").symlink_to(tmp_path / "secret.txt")
    host.publish(site)
    assert not (host.root / "secret.txt").exists()
