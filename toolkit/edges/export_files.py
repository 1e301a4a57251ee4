"""Where exported tables go: a folder of the clerk's choice, each file written whole; and the way back of parquet."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.edges.files import write_file
from toolkit.model.command_error import CommandError, reason_of

if TYPE_CHECKING:
    import pandas as pd

NO_PARQUET = ("本机没有装写 parquet 的组件。", "请改用 --format csv，或请维护人员安装 pyarrow（task-toolkit[analysis]）。")


def to_parquet(frame: "pd.DataFrame") -> bytes:
    """Write a table as parquet through pyarrow. Raises CommandError where that is not installed."""
    buffer = io.BytesIO()
    try:
        frame.to_parquet(buffer, engine="pyarrow", index=False)
    except ImportError as error:
        raise CommandError(*NO_PARQUET) from error
    return buffer.getvalue()


def from_parquet(content: bytes) -> Any:
    """Read a table from parquet, with the types that pyarrow gives. Raises CommandError where pyarrow is not installed."""
    import pandas as pd

    try:
        return pd.read_parquet(io.BytesIO(content), engine="pyarrow")
    except ImportError as error:
        raise CommandError(*NO_PARQUET) from error


def write_exported(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Write files into a folder, made where it is missing; what lies there under other names stays. Raises CommandError where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_file(folder / name, content)
    except OSError as error:
        raise CommandError(f"“{folder}”写不进去：{reason_of(error)}。", "请换一个能写的文件夹，或关闭打开着的文件，再运行一次。") from error
    return [folder / name for name in files]


def files_below(folder: Path) -> list[str]:
    """List the files in a folder and those in it, by their paths below it (parted by /), in order; [] where there is no such folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def read_exported(path: Path) -> bytes:
    """Read a file that was exported. Raises CommandError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"“{path}”读不出来：{reason_of(error)}。", "请核对文件名。") from error
