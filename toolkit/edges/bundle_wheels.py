"""Collects the wheels that a computer of another kind needs, through pip with pip's own settings, and the list of their hashes."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from toolkit.model.bundle_target import Target
from toolkit.model.command_error import CommandError
from toolkit.model.lazy_pattern import lazy_pattern

_EXTRAS = ("archives", "keyring", "page")  # cannot be fetched later where there is no network
MORE = ("postgres", "cluster")  # extras for offices with several computers
_ROUNDS = 30  # of asking for what the wheels of the round before need
_NETWORK = lazy_pattern(r"NewConnection|Connection\w*Error|Timeout|timed out|Max retries|ProxyError|getaddrinfo|unreachable")
_NOT_THERE = lazy_pattern(r"No matching distribution found for (\S+)")


class Wheel(NamedTuple):
    """A wheel with what its own metadata says."""

    path: Path
    name: str
    version: str
    needs: tuple[Requirement, ...]


class Fetched(NamedTuple):
    """What was laid down for one target: how many wheels it needs, and their bytes together."""

    target: Target
    wheels: int
    size: int


def needs_of_project(pyproject: Path, more: Sequence[str] = ()) -> list[Requirement]:
    """Read what the program needs, with the extras that an office cannot fetch later, and some of `MORE`."""
    project = tomllib.loads(pyproject.read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [Requirement(line) for line in (*project["dependencies"], *(line for extra in (*_EXTRAS, *more) for line in extras[extra]))]


def version_of_project(pyproject: Path) -> str:
    """Read the program's version (PEP 440) from pyproject.toml. Raises KeyError where it names none; may raise OSError."""
    return str(tomllib.loads(pyproject.read_text("utf-8"))["project"]["version"])


def fetch_wheels(target: Target, needs: Sequence[Requirement], folder: Path) -> Fetched:
    """Lay the wheels of a target into a folder, and its list of hashes beside them. Raises CommandError.

    pip judges conditions like `sys_platform == "win32"` by the computer it runs on, not by the one it downloads for, and so refuses what fits there.
    So it is asked for single wheels only: their own metadata tells what the target needs besides, and in which versions, until nothing is missing.
    """
    found: dict[str, Wheel] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(_ROUNDS):
            reached, missing = _walk(needs, found, target)
            if not missing:
                return _lay_down(target, reached, folder)
            place = Path(scratch) / str(number)
            _download(target, missing, place, folder)
            found |= {wheel.name: wheel for wheel in map(_read, sorted(place.glob("*.whl")))}
    raise CommandError(f"{target.system.words} Python {target.python} 的组件凑不齐：{'、'.join(missing)} 的版本互相矛盾。", "请换一个镜像，或者过几天再试。")


def _download(target: Target, wanted: Sequence[str], place: Path, known: Path) -> None:
    platforms = [option for tag in target.system.tags for option in ("--platform", tag)]
    options = ["--quiet", "--no-input", "--no-deps", "--only-binary=:all:", "--python-version", target.python, "--implementation", "cp", *platforms]
    command = [sys.executable, "-m", "pip", "download", *options, "--find-links", str(known), "--dest", str(place), *wanted]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603 - no shell
    if done.returncode:
        raise _trouble(target, done.stderr)


def _trouble(target: Target, text: str) -> CommandError:
    where = f"{target.system.words} Python {target.python}"
    missing = _NOT_THERE.search(text)
    if _NETWORK.search(text):
        return CommandError("没有连上软件源。", "请接通网络再运行一次；代理和镜像用 pip 自己的设置，例如 python -m pip config set global.index-url 镜像地址。")
    if "No space left" in text or "WinError 112" in text:
        return CommandError("磁盘空间不够。", "每个系统、每个 Python 版本约需 100 MB。请清理磁盘，或用 --to 换一个地方。")
    if missing:
        return CommandError(f"软件源里没有适合 {where} 的 {missing[1]}。", "请用 --platform、--python 去掉这一种，或换一个镜像。")
    if "No module named pip" in text:
        return CommandError("这个 Python 没有 pip。", "请用 python run.py bundle 运行。")
    return CommandError(f"{where} 的组件没有下载成：{' '.join(text.split()[-40:])}。", "请再运行一次。")


def _read(path: Path) -> Wheel:
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1)
        parsebytes = BytesHeaderParser().parsebytes(archive.read(name))
    needs = tuple(Requirement(line) for line in parsebytes.get_all("Requires-Dist", []))
    return Wheel(path, canonicalize_name(parsebytes["Name"]), parsebytes["Version"], needs)


def _walk(needs: Iterable[Requirement], found: Mapping[str, Wheel], target: Target) -> tuple[list[Wheel], list[str]]:
    """Follow what is needed on the target; gives the wheels reached, and what is missing or there in a version that does not do, with all conditions."""
    line = [(need, "") for need in needs]
    reached: dict[str, Wheel] = {}
    limits: dict[str, SpecifierSet] = {}
    seen = set()
    while line:
        need, extra = line.pop()
        if (str(need), extra) in seen or not _holds(need, target, extra):
            continue
        seen.add((str(need), extra))
        name = canonicalize_name(need.name)
        limits[name] = limits.get(name, SpecifierSet()) & need.specifier
        if name in found:
            reached[name] = found[name]
            line += [(other, asked) for other in found[name].needs for asked in ("", *need.extras)]
    missing = [f"{name}{limit}" for name, limit in limits.items() if name not in reached or not limit.contains(reached[name].version, prereleases=True)]
    return [reached[name] for name in sorted(reached)], missing


def _holds(need: Requirement, target: Target, extra: str = "") -> bool:
    return need.marker is None or need.marker.evaluate({**target.facts(), "extra": extra})


def _lay_down(target: Target, wheels: Sequence[Wheel], folder: Path) -> Fetched:
    lines = [f"# {target.name}"]
    for wheel in wheels:
        if not (folder / wheel.path.name).exists():
            shutil.copy2(wheel.path, folder)
        digest = hashlib.sha256((folder / wheel.path.name).read_bytes()).hexdigest()
        lines.append(f"{wheel.name}=={wheel.version} --hash=sha256:{digest}")
    (folder / f"{target.name}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return Fetched(target, len(wheels), sum(wheel.path.stat().st_size for wheel in wheels))
