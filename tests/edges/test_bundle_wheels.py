"""A bundle's wheels are those that the other computer needs, not those that this one would."""

import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from toolkit.edges.bundle_wheels import fetch_wheels, needs_of_project
from toolkit.model.bundle_target import SYSTEMS, Target
from toolkit.model.command_error import CommandError

WINDOWS = Target(SYSTEMS[0], "3.12")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that is the only place where pip looks."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def put(shelf: Path, name: str, *needs: str, tag: str = "py3-none-any") -> None:
    """Put a wheel of version 1.0 on the shelf."""
    said = "".join(f"Requires-Dist: {need}\n" for need in needs)
    with zipfile.ZipFile(shelf / f"{name}-1.0-{tag}.whl", "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{said}")
        archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n")


def fetched(shelf: Path, folder: Path, *needs: str) -> list[str]:
    """Fetch for Windows; gives what the list of hashes names."""
    folder.mkdir()
    fetch_wheels(WINDOWS, [Requirement(need) for need in needs], folder)
    lines = (folder / f"{WINDOWS.name}.txt").read_text("utf-8").splitlines()
    assert all(" --hash=sha256:" in line for line in lines[1:])
    assert len(lines) - 1 == len(list(folder.glob("*.whl"))) <= len(list(shelf.iterdir()))
    return [line.partition("=")[0] for line in lines[1:]]


def test_conditions_are_judged_for_the_other_computer(shelf: Path, tmp_path: Path) -> None:
    """What only Windows needs comes along, with what that needs in turn; what only this system or an older Python needs does not."""
    put(shelf, "books", 'winlink>=1; sys_platform == "win32"', 'daemon; sys_platform == "linux"', 'old; python_version < "3.12"', 'more; extra == "all"')
    put(shelf, "winlink", "winbase[fast]", tag="cp312-cp312-win_amd64")
    put(shelf, "winbase", 'quick; extra == "fast"')
    for name in ("daemon", "old", "more", "quick"):
        put(shelf, name)

    assert ["books", "quick", "winbase", "winlink"] == fetched(shelf, tmp_path / "wheels", "books", 'daemon; sys_platform == "linux"')


def test_a_missing_wheel_is_named_with_system_and_version(shelf: Path, tmp_path: Path) -> None:
    """Where no wheel fits, the sentence says which package, for what, and what can be done."""
    put(shelf, "books", tag="cp312-cp312-win32")

    with pytest.raises(CommandError) as told:
        fetched(shelf, tmp_path / "wheels", "books>=1")

    assert "软件源里没有适合 Windows（64 位） Python 3.12 的 books>=1。" == told.value.message


def test_the_project_is_read_with_what_cannot_be_fetched_later() -> None:
    """The needs are pyproject's dependencies and the extras for archives and the keyring."""
    names = {need.name for need in needs_of_project(Path(__file__).parents[2] / "pyproject.toml")}

    assert {"openpyxl", "py7zr", "keyring"} <= names
    assert not {"pytest", "ruff"} & names
