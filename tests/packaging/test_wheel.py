"""The wheel as a stranger gets it: complete, without litter, and running on its own."""

import configparser
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from soloflow import __version__

ROOT = Path(__file__).resolve().parents[2]


def tracked(*folders: str) -> set[str]:
    """What git knows or would take in: the files of the checkout that are not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {path for path in listed.split("\0") if path and (ROOT / path).is_file()}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of everything git would take in, with litter of the kind work leaves behind."""
    copy = tmp_path_factory.mktemp("checkout")
    litter = {"resources/sites/__pycache__/litter.pyc", "src/soloflow/__pycache__/litter.pyc", "resources/.DS_Store"}
    for path in tracked(".") | litter:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        if path in litter:
            (copy / path).write_bytes(b"litter")
        else:
            shutil.copyfile(ROOT / path, copy / path)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the hatchling of this environment."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked as pip would, away from the checkout."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return target


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def run_installed(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )


def test_every_module_and_resource_is_in_the_wheel_and_nothing_else_is(checkout: Path, wheel: Path) -> None:
    files = {path.relative_to(checkout).as_posix() for path in checkout.rglob("*") if path.is_file()}
    wanted = {path for path in files if path.startswith(("src/", "resources/")) and "litter" not in path}
    wanted = {path for path in wanted if not path.rpartition("/")[2].startswith(".")}
    catalogues = {path.removesuffix(".po") + ".mo" for path in wanted if path.endswith(".po")}
    inside = {name for name in names(wheel) if ".dist-info/" not in name}
    in_wheel = {
        path.replace("resources/", "soloflow/_resources/", 1).removeprefix("src/") for path in wanted | catalogues
    }
    assert inside == in_wheel


def test_the_wheel_has_the_console_script_the_licence_and_the_type_marker(wheel: Path) -> None:
    inside = names(wheel)
    (entry_points,) = (name for name in inside if name.endswith(".dist-info/entry_points.txt"))
    parser = configparser.ConfigParser()
    parser.read_string(zipfile.ZipFile(wheel).read(entry_points).decode())
    assert parser["console_scripts"]["soloflow"] == "soloflow.__main__:main"
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert "soloflow/py.typed" in inside


def test_an_installed_program_finds_its_own_resources(installed: Path, tmp_path: Path) -> None:
    code = "from soloflow import resources; print(resources.root())"
    done = run_installed(installed, "-c", code, cwd=tmp_path)
    assert Path(done.stdout.strip()) == installed / "soloflow" / "_resources", done.stderr


def test_an_installed_program_tells_its_version(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, "-m", "soloflow", "--version", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (about,) = installed.glob("soloflow-*.dist-info")
    assert about.name.removeprefix("soloflow-").removesuffix(".dist-info") in done.stdout


def test_an_installed_program_is_whole_by_its_own_test(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, "-m", "soloflow", "--self-test", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_an_installed_program_that_lacks_a_folder_says_which(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed, tmp_path / "cut")
    shutil.rmtree(tmp_path / "cut" / "soloflow" / "_resources" / "sites")
    done = run_installed(tmp_path / "cut", "-m", "soloflow", "--self-test", cwd=tmp_path)
    assert done.returncode == 1
    assert "sites/mizu" in done.stderr


def test_an_installed_program_does_the_main_job_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, "-m", "soloflow", "demo", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "site" / "index.html").exists()
    assert len(list((tmp_path / "out" / "charts").glob("*.png"))) == 3


def test_the_locks_name_no_index_and_every_version_has_a_hash() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text("utf-8")
        assert "://" not in text, lock
        assert "--index" not in text, lock
        blocks = [block for block in text.replace("\\\n", " ").splitlines() if "==" in block and block[0] not in " #"]
        assert blocks, lock
        assert all("--hash=sha256:" in block for block in blocks), lock


def test_the_version_is_written_once_for_people_and_once_for_python() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
