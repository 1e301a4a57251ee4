"""Keeps measurements in results.json and writes RESULTS.md and the plot from them."""

import json
import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.contenders import CLUSTER, END_TO_END, FLOOR, LOCAL, RIVAL

HERE = Path(__file__).parent
_LIBRARIES = ("python-calamine", "xlsxwriter", "openpyxl", "pandas", "polars", "pyexcel", "SQLAlchemy", "distributed")


def keep(part: str, found: Mapping[str, Any], folder: Path = HERE) -> None:
    """Put one part's measurements into results.json and write everything anew."""
    path = folder / "results.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    known[part] = {"at": at, "machine": _machine(), "found": {**known.get(part, {}).get("found", {}), **found}}
    path.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    (folder / "RESULTS.md").write_text("\n".join(report(known)) + "\n", "utf-8")
    if part == "taking in":
        plot(known["taking in"]["found"], folder / "time_against_files.png")


def report(known: Mapping[str, Any]) -> Iterator[str]:
    """Write the tables."""
    yield "# Measurements"
    yield ""
    yield "Made by `python -m bench`; every contender of a table ran on the same files in the same run, each in a process of its own. Medians."
    sections = {"taking in": _taking_in, "reading": _taking_in, "saved by LibreOffice": _saved, "generate": _generate, "consolidated": _consolidated}
    sections |= {"many machines": _many_machines, "nation": _nation, "ledgers": _ledgers, "start-up": _start_up}
    sections |= {"end to end": _end_to_end, "a return trickles in": _trickle, "an office": _office}
    for part, write in sections.items():
        if part in known:
            result = known[part]
            yield from ("", f"## {part[0].upper()}{part[1:]}", "", f"{result['at']}, {result['machine']}", "")
            yield from write(result["found"])
    by_hand = HERE / "BY_HAND.md"
    if by_hand.exists():
        yield from ("", *by_hand.read_text("utf-8").rstrip().splitlines())


def plot(found: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Draw time against files, both on logarithmic scales."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    sizes = sorted(found, key=int)
    figure, axes = plt.subplots(figsize=(8, 5), dpi=110)
    for name in dict.fromkeys(name for size in sizes for name in found[size]):
        points = [(int(size), found[size][name]["seconds"]) for size in sizes if name in found[size]]
        axes.plot(*zip(*points, strict=True), marker="o", label=name, linewidth=2.5 if "collect" in name else 1.2)
    axes.set(xscale="log", yscale="log", xlabel="returned workbooks", ylabel="seconds", title="Time to take in returned workbooks")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(fontsize=8)
    figure.savefig(path, bbox_inches="tight")
    plt.close(figure)


def _taking_in(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    sizes = sorted(found, key=int)
    yield "Returns of 12 rows each unless --rows says otherwise. × floor: against python-calamine reading the same files; faster: than the pandas script;"
    yield "both are medians of the rounds' own ratios."
    for size in sizes:
        titles = "| | seconds | ms a file | × floor | × faster than pandas | peak MiB |"
        yield from ("", f"### {int(size):,} files", "", titles, "|---|---:|---:|---:|---:|---:|")
        for name, figures in found[size].items():
            seconds = figures["seconds"]
            against = [f"{figures['floor']:.1f}" if "floor" in figures else "", f"{1 / figures['rival']:.1f}" if "rival" in figures else ""]
            yield _row([name, f"{seconds:.2f}", f"{seconds / int(size) * 1000:.2f}", *against, f"{figures['peak']:.0f}"])
    if len(sizes) > 1:
        few, many = sizes[0], sizes[-1]
        yield from ("", f"### Growth: time a file at {int(many):,} files against {int(few):,}", "", "| | × |", "|---|---:|")
        for name in found[many]:
            if name in found[few]:
                grown = found[many][name]["seconds"] / int(many) / (found[few][name]["seconds"] / int(few))
                yield _row([name, f"{grown:.2f}"])
        yield from _further(found, *sizes[-2:])
        if RIVAL in found[many]:
            yield from ("", "![time against files](time_against_files.png)")


def _saved(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "The same after LibreOffice has opened and saved each return. Without the form's font, as here, it writes every text in pieces with their fonts:"
    yield "the shared strings grow tenfold. With the font a return is hardly larger than it was issued, and costs what the tables above say."
    yield ""
    yield from _taking_in(found)


def _further(found: Mapping[str, Mapping[str, Any]], few: str, many: str) -> Iterator[str]:
    """Write what each file costs once the work is under way, without the start."""
    more = int(many) - int(few)
    cost = {name: (figures["seconds"] - found[few][name]["seconds"]) / more * 1000 for name, figures in found[many].items() if name in found[few]}
    yield from ("", f"### Each further file, from {int(few):,} to {int(many):,}", "", "| | ms | × floor |", "|---|---:|---:|")
    for name, each in cost.items():
        yield _row([name, f"{each:.2f}", f"{each / cost[FLOOR]:.1f}" if FLOOR in cost else ""])


def _generate(found: Mapping[str, Any]) -> Iterator[str]:
    yield "Planned, sealed and drawn, in processor time: the 63 of the 2023 notice, or a made-up province's. Bare replays the same xlsxwriter calls."
    for size in sorted((name for name in found if name.isdigit()), key=int):
        figures = found[size]
        yield from ("", f"### {int(size):,} workbooks, peak {figures['peak']:.0f} MiB", "", "| | seconds | ms a workbook | × bare |", "|---|---:|---:|---:|")
        for name, seconds in figures.items():
            if name != "peak":
                yield _row([name, f"{seconds:.3f}", f"{seconds / int(size) * 1000:.2f}", f"{seconds / figures['bare xlsxwriter']:.2f}"])


def _consolidated(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from ("| units | detail rows | cells | ours, s | bare xlsxwriter, s | ratio | peak MiB |", "|---:|---:|---:|---:|---:|---:|---:|")
    for units in sorted(found, key=int):
        figures = found[units]
        cells = [f"{figures['ours']:.1f}", f"{figures['bare']:.1f}", f"{figures['ours'] / figures['bare']:.2f}", f"{figures['peak']:.0f}"]
        yield _row([f"{int(units):,}", f"{figures['rows']:,}", f"{figures['cells']:,}", *cells])


def shares(found: Mapping[str, Mapping[str, Any]]) -> list[float]:
    """Give what the cluster took of the local processes' time, round by round."""
    return [far / near for far, near in zip(found[CLUSTER]["each"], found[LOCAL]["each"], strict=True)]


def _many_machines(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "Collect through Dask (a scheduler and two workers on this machine that have read for the office before) against two local processes."
    yield from ("", "| files | local, s | Dask, s | Dask × local, median | round by round |", "|---:|---:|---:|---:|---|")
    for size in sorted(found, key=int):
        ratios = shares(found[size])
        seconds = [f"{found[size][name]['seconds']:.2f}" for name in (LOCAL, CLUSTER)]
        yield _row([f"{int(size):,}", *seconds, f"{statistics.median(ratios):.2f}", " ".join(f"{ratio:.2f}" for ratio in ratios)])


def _nation(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    sizes = sorted(found, key=int)
    yield "A round of so many units, each stage in a process of its own (reading processes beside it); the peak is that of the largest process."
    yield "Growth: processor time of the largest round against the smallest."
    titles = [title for size in sizes for title in (f"{int(size):,} units, s", "processor, s", "peak MiB")]
    yield from ("", f"| | {' | '.join(titles)} | × |", f"|---|{'---:|' * (len(titles) + 1)}")
    for stage, first in found[sizes[0]].items():
        by_size = [found[size][stage] for size in sizes]
        figures = [text for measured in by_size for text in (f"{measured['seconds']:.1f}", f"{measured['processor']:.1f}", f"{measured['peak']:.0f}")]
        yield _row([stage, *figures, f"{by_size[-1]['processor'] / first['processor']:.1f}"])


def _ledgers(found: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield "Collect into a file (as on a local disk, as on a network drive) and into a server on this machine; processor seconds without the server's own."
    for size in sorted(found, key=int):
        yield from ("", f"### {int(size):,} files", "", "| | processor seconds | × SQLite, WAL |", "|---|---:|---:|")
        for name, seconds in found[size].items():
            yield _row([name, f"{seconds:.2f}", f"{seconds / found[size]['SQLite, WAL']:.2f}"])


def _start_up(found: Mapping[str, float]) -> Iterator[str]:
    bare = found["bare Python"]
    yield from ("| | seconds | more than bare Python |", "|---|---:|---:|")
    for name, seconds in found.items():
        yield _row([name, f"{seconds:.3f}", f"{seconds - bare:.3f}"])


def _end_to_end(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "Processor seconds of all processes, without loading the program; times faster: medians of the rounds' own ratios."
    ours, *others = END_TO_END
    titles = " | ".join(f"{name}, s | times faster, processor | by the clock" for name in others)
    yield from ("", f"| files | {ours}, s | {titles} | peak MiB |", f"|---:|{'---:|' * (3 * len(others) + 2)}")
    for size in sorted(found, key=int):
        figures, mine = found[size], found[size][ours]
        cells = [f"{int(size):,}", f"{statistics.median(mine['processor']):.2f}"]
        for name in others:
            if name not in figures:  # measured before it took part
                cells += ["", "", ""]
                continue
            ratios = [
                statistics.median(its / my for its, my in zip(figures[name][key], mine[key], strict=True))
                for key in ("processor", "each")
            ]
            cells += [f"{statistics.median(figures[name]['processor']):.2f}", *(f"{ratio:.2f}" for ratio in ratios)]
        yield _row([*cells, f"{mine['peak']:.0f}"])


def _trickle(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    yield "So many units are in, and the workbook is made; one of them sends another version. Two cold commands through run.py, processor seconds of all their"
    yield "processes, against commit b1390d5 in turn; the workbook is held against one that is made from nothing, byte for byte."
    for size in sorted(found, key=int):
        titles = "| | processor, s | by the clock, s | other, processor, s | × other, processor | × other, clock |"
        yield from ("", f"### {int(size):,} units", "", titles, "|---|---:|---:|---:|---:|---:|")
        yield from _against(found[size])


def _against(found: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    for name, figures in found.items():
        keys = ("processor", "seconds", "other processor", "ratio of processor", "ratio of seconds")
        yield _row([name, *(f"{figures[key]:.2f}" if key in figures else "" for key in keys)])


def _office(found: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield "An office of the 2023 notice's 63 units, each command a cold process through run.py; processor seconds of all its processes, seconds by the clock."
    yield "Against another checkout (`python -m bench --only office --against FOLDER`, here commit b1390d5) in turn; medians of the pairs' own ratios."
    yield from ("", "| | processor, s | by the clock, s | other, processor, s | × other, processor | × other, clock |", "|---|---:|---:|---:|---:|---:|")
    yield from _against(found)
    notes = HERE / "AN_OFFICE.md"
    if notes.exists():
        yield from ("", *notes.read_text("utf-8").rstrip().splitlines())


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    cpu = next((line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES if _is_there(name))
    return f"{os.cpu_count()} cores of {cpu or platform.machine()}, Python {platform.python_version()}, {versions}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text("utf-8", "replace").splitlines() if file.exists() else []


def _is_there(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
