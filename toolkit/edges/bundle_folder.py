"""A bundle's folder: the project without anything of the office's own, start files, and the zip of it all."""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from toolkit.edges.workspace import MASTER
from toolkit.model.command_error import CommandError

PROJECT = Path(__file__).resolve().parents[2]
_TAKEN = ("run.py", "pyproject.toml", "README.md", "README.zh.md", "CHANGELOG.md", "toolkit", "templates", "docs", "packaging")
_START = "packaging/start"


def new_folder(folder: Path) -> Path:
    """Make a bundle's folder afresh with the project in it; gives the folder for the wheels. Raises CommandError, OSError."""
    if not all((PROJECT / name).exists() for name in _TAKEN):
        raise CommandError("离线安装包只能在完整的程序文件夹里制作。", "请到有 run.py 的文件夹里运行 python run.py bundle。")
    if folder.exists() and any(folder.iterdir()) and not (folder / "wheels").is_dir():
        raise CommandError(f"“{folder}”里有别的文件。", "请用 --to 换一个地方。")
    shutil.rmtree(folder, ignore_errors=True)
    for name in _TAKEN:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.tmp", "~$*", MASTER))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    _put_start_files(folder)
    (folder / "wheels").mkdir()
    return folder / "wheels"


def _put_start_files(folder: Path) -> None:
    """Lay the start files on top: for Windows with its line ends and in GBK, the others executable."""
    for source in sorted((PROJECT / _START).iterdir()):
        text, target = source.read_text("utf-8"), folder / source.name
        if source.suffix == ".bat":
            target.write_bytes(text.replace("\n", "\r\n").encode("gbk"))
        elif source.suffix == ".txt":
            target.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
        else:
            target.write_text(text, "utf-8", newline="\n")
            target.chmod(0o755)


def pack(folder: Path, target: Path) -> None:
    """Write a folder into one zip under its own name, whole or not at all; start files stay executable. Raises OSError."""
    temporary = target.with_name(f"{target.name}.tmp")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in _files(folder):
                kind = zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED  # wheels are packed already
                archive.write(path, path.relative_to(folder.parent).as_posix(), kind)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def size_of(path: Path) -> int:
    """Give the bytes of a file, or of everything in a folder."""
    return path.stat().st_size if path.is_file() else sum(file.stat().st_size for file in _files(path))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
