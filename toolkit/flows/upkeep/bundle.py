"""bundle: the project with its wheels and start files in one folder and one zip, to install where there is no network."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.bundle_folder import PROJECT, new_folder, pack, size_of
from toolkit.edges.bundle_wheels import MORE, Fetched, fetch_wheels, needs_of_project, version_of_project
from toolkit.model.bundle_target import PYTHONS, SYSTEMS, Target
from toolkit.model.command_error import CommandError, reason_of

Progress = Callable[[Sequence[Target], str], Iterable[Target]]
Say = Callable[[str], None]
_EACH = 100  # megabytes, about, that a system with a version of Python takes


class Bundled(NamedTuple):
    """The folder and the zip with their bytes, and what was laid down for each target."""

    folder: Path
    zip: Path
    folder_size: int
    zip_size: int
    fetched: tuple[Fetched, ...]


def bundle(
    to: Path | None, *, systems: Sequence[str], pythons: Sequence[str], more: Sequence[str] = (), progress: Progress, say: Say = lambda _: None
) -> Bundled:
    """Make a bundle for systems and versions of Python (none named: all), more than one computer needs; `to` is a folder or the zip. Raises CommandError."""
    targets = [Target(system, python) for system in SYSTEMS for python in PYTHONS if _wanted(system.name, systems) and _wanted(python, pythons)]
    _complain_of_unknown(systems, [system.name for system in SYSTEMS], "--platform")
    _complain_of_unknown(pythons, PYTHONS, "--python")
    _complain_of_unknown(more, MORE, "--with")
    pyproject = PROJECT / "pyproject.toml"
    name = f"task-toolkit-{version_of_project(pyproject)}"
    place = (to or PROJECT / "dist").expanduser().resolve()
    target = place if place.suffix == ".zip" else place / f"{name}.zip"
    folder = target.parent / name
    try:
        wheels = new_folder(folder)
        needs = needs_of_project(pyproject, more)
        say(f"要备 {len(targets)} 种电脑（系统 × Python 版本）的组件，约 {len(targets) * _EACH} MB；已经下载过的由 pip 的缓存取用。")
        fetched = []
        for machine in progress(targets, "下载组件"):
            fetched.append(fetch_wheels(machine, needs, wheels))
            say(f"{machine.system.words} Python {machine.python}：{fetched[-1].wheels} 个组件；文件夹现在 {size_of(wheels) / 1e6:.0f} MB。")
        say("正在打包。")
        pack(folder, target)
        return Bundled(folder, target, size_of(folder), size_of(target), tuple(fetched))
    except OSError as error:
        raise CommandError(f"安装包写不进“{target.parent}”：{reason_of(error)}。", "请换一个有写权限、空间够的地方；全部系统约需 2.5 GB。") from error


def _wanted(name: str, names: Sequence[str]) -> bool:
    return not names or name in names


def _complain_of_unknown(names: Sequence[str], known: Sequence[str], option: str) -> None:
    for name in names:
        if name not in known:
            raise CommandError(f"{option} 不能是“{name}”。", f"可以写：{'、'.join(known)}。")
