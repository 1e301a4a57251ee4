"""How long LibreOffice takes to open what we write: the form and the consolidated workbook of the notice's 63 units, of this program and of another checkout.

Run: python -m bench.opening FOLDER [rounds]. FOLDER is another checkout with a .venv, e.g. `git worktree add FOLDER b1390d5`. Processor seconds, in turn;
what LibreOffice takes to open a workbook of one cell is taken away. Writes nothing but a folder of its own; the figures are printed.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

from bench.cold_office import Office, spent
from tests.office import profile

_ROOT = Path(__file__).parents[1]
_BOOK, _FORMS = "2023年第一季度目标任务进展汇总.xlsx", "发放"


def opened(path: Path, folder: Path) -> float:
    """Give the processor seconds of LibreOffice opening a workbook and writing its first sheet as text."""
    command = ["soffice", f"-env:UserInstallation={profile().as_uri()}", "--headless", "--convert-to", "csv", "--outdir", str(folder), str(path)]
    return spent(command).processor


def books(office: Office) -> dict[str, Path]:
    """Give what is opened: the consolidated workbook, and the form of the unit that has the largest."""
    forms = sorted((office.done / "outbox").rglob("*.xlsx"), key=lambda path: path.stat().st_size)
    return {
        "consolidated workbook": next(path for path in forms if path.name == _BOOK),
        "largest form": next(path for path in reversed(forms) if _FORMS in {part.name for part in path.parents}),
    }


def main() -> None:
    """Measure both in turn; print medians and the ratio."""
    other, rounds = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = Workbook()
        bare.active["A1"] = "一"
        bare.save(folder / "一格.xlsx")
        ours, theirs = books(Office(_ROOT, folder / "ours")), books(Office(other, folder / "theirs"))
        for what, book in ours.items():
            rows = [[opened(path, folder) for path in (folder / "一格.xlsx", theirs[what], book)] for _ in range(rounds + 1)][1:]
            start, before, now = (statistics.median(row[at] for row in rows) for at in range(3))
            ratio = statistics.median((row[2] - start) / (row[1] - start) for row in rows)
            sizes = f"{theirs[what].stat().st_size / 1024:.0f} → {book.stat().st_size / 1024:.0f} KiB"
            print(f"{what}: {before - start:.2f} s → {now - start:.2f} s ({ratio:.2f} ×, {sizes})", flush=True)


if __name__ == "__main__":
    main()
