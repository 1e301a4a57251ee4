"""Prints how much of each room the tests run: `python -m tools.coverage_by_room` runs them all (twenty minutes), with words behind it those that are named.

Other processes are counted too, but for readers that are ended at once: what they had run is lost, so figures are rather too low.
"""

import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
SETTINGS = """
[run]
source = {home}/toolkit
branch = true
parallel = true
sigterm = true
patch = subprocess
disable_warnings = no-data-collected, module-not-imported
data_file = {folder}/data
"""


def measured(folder: Path, words: list[str]) -> int:
    """Run the tests with every line counted; gives pytest's exit code."""
    settings = folder / "settings.ini"
    settings.write_text(SETTINGS.format(home=HOME, folder=folder), "utf-8")
    line = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", "-m", "pytest", *words]
    ended = subprocess.run(line, cwd=HOME, check=False).returncode  # noqa: S603 - ourselves
    subprocess.run([sys.executable, "-m", "coverage", "combine", "-q", f"--rcfile={settings}"], cwd=HOME, check=True)  # noqa: S603 - ourselves
    return ended


def rows(folder: Path) -> list[tuple[str, int, int, int, int]]:
    """Give each room with its statements, those that ran, its branches, those that were taken."""
    from coverage import Coverage
    from coverage.results import Numbers

    cover = Coverage(data_file=str(folder / "data"), config_file=str(folder / "settings.ini"))
    cover.load()
    found: dict[str, Numbers] = defaultdict(Numbers)
    for name in sorted(cover.get_data().measured_files()):
        inside = Path(name).relative_to(HOME / "toolkit").parts
        found[inside[0] if len(inside) > 1 else "（命令）"] += cover._analyze(name).numbers  # noqa: SLF001 - the report's own way, which has no other door
    return [(room, numbers.n_statements, numbers.n_executed, numbers.n_branches, numbers.n_executed_branches) for room, numbers in found.items()]


def main() -> int:
    """Run, and print a line a room."""
    with tempfile.TemporaryDirectory() as place:
        ended = measured(Path(place), sys.argv[1:])
        table = rows(Path(place))
    total = ("合计", *(sum(row[at] for row in table) for at in range(1, 5)))
    print("| 房间 | 语句 | 跑到 | 分支 | 走到 |\n|---|---|---|---|---|")
    for room, lines, ran, branches, taken in [*sorted(table), total]:
        print(f"| {room} | {lines} | {ran / max(lines, 1):.1%} | {branches} | {taken / max(branches, 1):.1%} |")
    return ended


if __name__ == "__main__":
    sys.exit(main())
