"""Pushing a built site to real bare repositories."""

import os
import stat
import time
from pathlib import Path

import pytest
from published_to import AUTHOR, NOW, Remote, contents, git, page

from soloflow.domain.errors import Cancelled, UserError
from soloflow.publish import gitcli
from soloflow.publish.git import publish_git
from soloflow.publish.steps import Step, run
from soloflow.publish.targets import GitTarget


def test_the_first_push_makes_the_branch_with_exactly_the_site(remote: Remote, site: Path) -> None:
    published = remote.publish(site)
    assert remote.files() == contents(site)
    assert published.reference == git(remote.bare, "rev-parse", "gh-pages")
    assert remote.count() == 1


def test_one_changed_page_is_shown_before_and_is_all_the_second_commit_touches(remote: Remote, site: Path) -> None:
    remote.publish(site)
    (site / "works/index.html").write_text(page("実績", "一件ふえました"), "utf-8")

    plan = remote.plan(site)
    assert [(change.path, change.title) for change in plan.changed] == [("works/index.html", "実績")]
    assert (plan.added, plan.removed, plan.leaving, plan.foreign) == ((), (), (), ())
    assert remote.count() == 1, "a plan sends nothing"

    remote.publish(site)
    assert remote.touched() == ["works/index.html"]
    assert remote.count() == 2
    assert remote.files() == contents(site)


def test_nothing_changed_makes_no_commit_and_says_so(remote: Remote, site: Path) -> None:
    first = remote.publish(site)
    second = remote.publish(site)
    assert second.plan.is_empty
    assert second.reference == first.reference
    assert remote.count() == 1


def test_files_of_others_in_the_branch_stay(remote: Remote, site: Path) -> None:
    remote.push_of_somebody("CNAME", "example.jp\n")
    remote.push_of_somebody(".nojekyll", "")
    remote.push_of_somebody("README.md", "# hello\n")
    remote.publish(site)
    (site / "works/index.html").unlink()
    remote.publish(site)
    remote.publish(site)
    assert {"CNAME", ".nojekyll", "README.md"} < remote.files().keys()
    assert remote.content("CNAME") == b"example.jp\n"


def test_a_push_of_somebody_else_in_between_is_kept_and_ours_comes_on_top(remote: Remote, site: Path) -> None:
    remote.publish(site)
    (site / "index.html").write_text(page("新しいホーム"), "utf-8")
    seen: list[str] = []

    def interfere(step: Step) -> None:
        if "送って" in step.text and not seen:
            seen.append(step.text)
            remote.push_of_somebody("CNAME", "example.jp\n")

    remote.publish(site, interfere)
    assert seen
    assert remote.touched() == ["index.html"]
    assert remote.content("CNAME") == b"example.jp\n"
    assert remote.count() == 3


def test_a_branch_made_by_somebody_else_in_between_is_not_overwritten(remote: Remote, site: Path) -> None:
    seen: list[str] = []

    def interfere(step: Step) -> None:
        if "送って" in step.text and not seen:
            seen.append(step.text)
            remote.push_of_somebody("CNAME", "example.jp\n")

    remote.publish(site, interfere)
    assert remote.files() == contents(site) | {"CNAME": b"example.jp\n"}
    assert remote.count() == 2


def test_a_file_of_somebody_else_in_the_way_is_refused_and_named(remote: Remote, site: Path) -> None:
    remote.push_of_somebody("index.html", "mine\n")
    assert remote.plan(site).foreign == ("index.html",)
    with pytest.raises(UserError, match=r"index\.html"):
        remote.publish(site)
    assert remote.content("index.html") == b"mine\n"


@pytest.mark.parametrize("path", ["works", "index.html/notes.txt"])
def test_a_file_where_we_need_a_folder_or_the_other_way_round_is_in_the_way(
    remote: Remote, site: Path, path: str
) -> None:
    remote.push_of_somebody(path, "mine\n")
    assert remote.plan(site).foreign != ()
    with pytest.raises(UserError, match="置いたのではない"):
        remote.publish(site)
    remote.publish(site, replace_foreign=True)
    assert remote.files() == contents(site)


def test_a_file_in_the_way_is_replaced_when_the_user_says_so(remote: Remote, site: Path) -> None:
    remote.push_of_somebody("index.html", "mine\n")
    remote.publish(site, replace_foreign=True)
    assert remote.files() == contents(site)


def test_a_removed_page_leaves_one_publication_later(remote: Remote, site: Path) -> None:
    remote.publish(site)
    (site / "works/inventory/index.html").unlink()
    assert [change.path for change in remote.plan(site).leaving] == ["works/inventory/index.html"]
    remote.publish(site)
    assert "works/inventory/index.html" in remote.files()
    assert [change.path for change in remote.plan(site).removed] == ["works/inventory/index.html"]
    remote.publish(site)
    assert remote.files() == contents(site)


def test_contents_arrive_byte_for_byte_whatever_the_attributes_of_the_branch_say(remote: Remote, site: Path) -> None:
    remote.push_of_somebody(".gitattributes", "* text eol=lf\n")
    (site / "crlf.html").write_bytes(b"<title>x</title>\r\n")
    remote.publish(site)
    assert remote.content("crlf.html") == b"<title>x</title>\r\n"


def test_the_commit_names_the_author_and_the_time_it_was_given(remote: Remote, site: Path) -> None:
    remote.publish(site)
    said = git(remote.bare, "log", "-1", "--format=%an|%ae|%cn|%ce|%at|%ct|%s", "gh-pages")
    at = int(NOW.timestamp())
    assert said == f"{AUTHOR.name}|{AUTHOR.mail}|{AUTHOR.name}|{AUTHOR.mail}|{at}|{at}|サイトを更新"


def test_other_branches_are_left_alone(remote: Remote, site: Path) -> None:
    remote.push_of_somebody("src.txt", "source\n", branch="main")
    before = git(remote.bare, "rev-parse", "main")
    remote.publish(site)
    assert git(remote.bare, "rev-parse", "main") == before
    assert remote.files() == contents(site)


def test_without_a_branch_the_main_branch_of_the_repository_is_used(remote: Remote, site: Path) -> None:
    remote.push_of_somebody("README.md", "# hi\n", branch="trunk")
    git(remote.bare, "symbolic-ref", "HEAD", "refs/heads/trunk")
    target = GitTarget(str(remote.bare))
    run(publish_git(site, target, remote.manifest, remote.cache, AUTHOR, NOW), lambda _step: None)
    assert remote.files("trunk") == contents(site) | {"README.md": b"# hi\n"}


def test_a_second_machine_without_our_records_continues_an_unchanged_site(
    remote: Remote, site: Path, tmp_path: Path
) -> None:
    remote.publish(site)
    remote.manifest = tmp_path / "other" / "publish.jsonl"
    remote.cache = tmp_path / "other" / "cache"
    assert remote.plan(site).is_empty


def test_stopped_before_the_push_nothing_was_sent(remote: Remote, site: Path) -> None:
    def stop(step: Step) -> None:
        if "送って" in step.text:
            raise Cancelled

    with pytest.raises(Cancelled):
        remote.publish(site, stop)
    assert git(remote.bare, "branch") == ""
    remote.publish(site)
    assert remote.files() == contents(site)


def test_a_run_killed_after_its_push_still_owns_what_it_pushed(remote: Remote, site: Path) -> None:
    def die(step: Step) -> None:
        if "確かめて" in step.text:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remote.publish(site, die)
    (site / "index.html").write_text(page("直したホーム"), "utf-8")
    assert remote.plan(site).foreign == ()
    remote.publish(site)
    assert remote.files() == contents(site)


def test_hooks_and_signing_of_the_user_do_not_get_in_the_way(remote: Remote, site: Path, tmp_path: Path) -> None:
    hook = tmp_path / "hooks" / "pre-push"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with Path(os.environ["GIT_CONFIG_GLOBAL"]).open("a") as settings:
        settings.write(f"[core]\n\thooksPath = {hook.parent}\n[commit]\n\tgpgSign = true\n")
    remote.publish(site)
    assert remote.files() == contents(site)


def test_a_repository_that_is_not_there_is_a_clear_sentence(remote: Remote, site: Path, tmp_path: Path) -> None:
    remote.target = GitTarget(str(tmp_path / "nowhere.git"), "main")
    with pytest.raises(UserError, match="リポジトリが見つかりません"):
        remote.plan(site)


def test_a_server_that_does_not_answer_is_a_clear_sentence(remote: Remote, site: Path) -> None:
    remote.target = GitTarget("http://127.0.0.1:9/me/site.git")
    with pytest.raises(UserError, match="つながりません"):
        remote.plan(site)


def test_a_machine_without_git_is_told_so(remote: Remote, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="git が見つかりません"):
        remote.plan(site)


def test_a_refusal_of_the_server_is_quoted(remote: Remote, site: Path) -> None:
    hook = remote.bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(UserError, match="this branch is protected"):
        remote.publish(site)
    hook.unlink()
    remote.publish(site)
    assert remote.files() == contents(site)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("fatal: could not read Username for 'https://h': terminal prompts disabled", "認証"),
        ("git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.", "認証"),
        ("remote: Permission to a/b.git denied to c.\nfatal: unable to access: error: 403", "権限"),
        ("error: insufficient permission for adding an object\nfatal: unpack-objects", "権限"),
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "鍵を確認"),
        ("ssh: Could not resolve hostname h\nfatal: Could not read from remote repository.", "つながりません"),
        ("ERROR: Repository not found.\nfatal: Could not read from remote repository.", "見つかりません"),
        ("fatal: write error: No space left on device", "いっぱい"),
    ],
)
def test_answers_of_git_become_plain_sentences(answer: str, sentence: str) -> None:
    assert sentence in str(gitcli.GitFailedError(answer).explained())


def test_a_password_in_an_answer_is_never_shown() -> None:
    shown = str(gitcli.GitFailedError("fatal: odd thing at https://me:s3cret@host.example/x.git").explained())
    assert "s3cret" not in shown
    assert "host.example" in shown


def test_a_server_that_hangs_can_be_left_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pid_file = tmp_path / "pid"
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in *core.sshCommand*) echo ssh; exit;; esac\necho $$ > {pid_file}\nexec sleep 60\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    work = gitcli.git_patiently(tmp_path, "ls-remote")
    while not pid_file.exists() or not pid_file.read_text():
        next(work)
    started = time.monotonic()
    work.close()
    assert time.monotonic() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)
