"""Runs the git command: never asks anything, never uses the user's hooks, and says in plain words what went wrong."""

import os
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import N_, _, sentences
from soloflow.publish.targets import redacted

_OPTIONS = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "gc.autoDetach=false")
_POLL_SECONDS = 0.05
_PATIENCE_SECONDS = 300
_SAFE = N_("公開先は元のままです。")

# The first line whose words are in git's answer explains it. Order matters: refused keys also say "Could not read from
# remote repository", a refused upload also says "failed to push".
_REASONS = (
    (
        ("could not read username", "authentication failed", "permission denied (", "terminal prompts disabled",
         "could not read password", "invalid username or"),
        N_("git の認証ができませんでした。SSH の鍵か、git の資格情報ヘルパーを設定してください。"),
    ),
    (
        ("host key verification failed",),
        N_("接続先の鍵を確認できませんでした。ターミナルで一度 ssh で接続し、鍵を確かめてから公開してください。"),
    ),
    (
        ("no space left", "disk quota"),
        N_("ディスクがいっぱいで、git が書き込めませんでした。空きを作ってください。"),
    ),
    (
        ("insufficient permission", "permission denied", "error: 403", "read-only file system", "write access",
         "unable to create temporary", "denied to", "unpacker error"),
        N_("このリポジトリに書き込む権限がありません。公開先の権限を確かめてください。"),
    ),
    (
        ("does not appear to be a git repository", "repository not found", "not found", "does not exist"),
        N_("git のリポジトリが見つかりません。公開先のアドレスを確かめてください。"),
    ),
    (
        ("could not resolve", "connection refused", "timed out", "unreachable", "no route", "unable to access",
         "could not connect", "connection reset", "connection closed", "unable to connect", "remote end hung up"),
        N_("git の公開先につながりません。ネットワークと公開先のアドレスを確かめてください。"),
    ),
)  # fmt: skip


class GitFailedError(Exception):
    """git ended with an error; `answer` is what it wrote."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer

    def explained(self) -> UserError:
        """The same for the user: what happened, and that nothing was changed."""
        said = self.answer.lower()
        for words, reason in _REASONS:
            if any(word in said for word in words):
                return UserError(sentences((_(reason), _(_SAFE))))
        lines = [line.strip() for line in self.answer.splitlines() if line.strip()]
        marked = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", "!"))]
        refused = _("git が公開を受け付けませんでした（{reason}）。")
        return UserError(sentences((refused.format(reason=redacted((marked or lines or ["git"])[0])), _(_SAFE))))


def git(repository: Path, *arguments: str, given: str = "", settings: Mapping[str, str] | None = None) -> str:
    """Run a short, local git command and return what it printed; `settings` are further environment variables.

    :raises GitFailedError: when git refuses.
    :raises UserError: when there is no git.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with a list of arguments
            _command(repository, arguments),
            input=given.encode(),
            capture_output=True,
            env=_environment() | dict(settings or {}),
            check=False,
        )
    except FileNotFoundError as error:
        raise _no_git() from error
    if done.returncode:
        raise GitFailedError(done.stderr.decode(errors="replace"))
    return done.stdout.decode(errors="surrogateescape")


def git_patiently(repository: Path, *arguments: str) -> Generator[None, None, str]:
    """Run a git command that talks to a server; yields while it works, and ends it when the generator is closed.

    :raises GitFailedError: when git refuses or nothing came of it in five minutes.
    :raises UserError: when there is no git.
    """
    environment = _environment() | _silent_ssh(repository)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            process = subprocess.Popen(  # noqa: S603 - as above
                _command(repository, arguments), stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment
            )
        except FileNotFoundError as error:
            raise _no_git() from error
        give_up = time.monotonic() + _PATIENCE_SECONDS
        try:
            while not _ended(process):
                if time.monotonic() > give_up:
                    raise GitFailedError("timed out")
                yield
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        out.seek(0)
        err.seek(0)
        answer = out.read().decode(errors="replace")
        if process.returncode:
            raise GitFailedError(err.read().decode(errors="replace") + answer)
        return answer


def _ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _command(repository: Path, arguments: tuple[str, ...]) -> list[str]:
    return ["git", *_OPTIONS, "--git-dir", str(repository), *arguments]


def _environment() -> dict[str, str]:
    """The user's environment (their keys and helpers stay in use), without anything that could ask a question."""
    environment = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_INDEX_FILE")}
    return environment | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": ""}


def _silent_ssh(repository: Path) -> dict[str, str]:
    """The user's own ssh command (people with two accounts set one), told to fail instead of asking."""
    ssh = os.environ.get("GIT_SSH_COMMAND") or git(repository, "config", "--default", "ssh", "--get", "core.sshCommand")
    return {"GIT_SSH_COMMAND": f"{ssh.strip()} -o BatchMode=yes -o ConnectTimeout=20"}


def _no_git() -> UserError:
    return UserError(_("git が見つかりません。git を入れるか、フォルダに公開してください。"))
