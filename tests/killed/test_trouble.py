"""A disk that is full, a folder that takes nothing, files that vanish or cannot be read, a clock that goes back, two programs at once."""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.killed.instants import all_files, ledger, run, start
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges import disks, files, inbox
from toolkit.edges.backups import write_backup
from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.returns import Sent

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
UNITS = {"云溪县发改局": filled_row("任务1", lead=False), "东山镇": TOWN, "云溪县工信局": filled_row("任务1") | filled_row("任务2")}
ROOM = 4 << 20


def quiet(items: Sequence[Path], _: str) -> Sequence[Path]:
    return items


def returned(space: Workspace) -> Workspace:
    """Issue the first quarter, and lay everybody's return in the inbox."""
    folder = issue(space)
    for number, (unit, cells) in enumerate(UNITS.items()):
        path = space.inbox / f"{number}.xlsx"
        type_into(folder / f"{unit}_2023年第一季度进展.xlsx", path, cells)
        moment = datetime(2023, 3, 20, 9, number).timestamp()  # noqa: DTZ001 - file times are local
        os.utime(path, (moment, moment))
    return space


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """Mount something for a while; skips where this machine does not let us."""
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(["mount", *options, str(place)], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk (root on Linux can)")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    with mounted(place, "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs"):
        yield place


def fill_up(disk: Path, *, leave: int) -> Path:
    """Take all room on a disk but so many bytes."""
    ballast = disk / "ballast"
    seen = os.statvfs(disk)
    with ballast.open("wb") as file:
        file.write(bytes(seen.f_bavail * seen.f_frsize - leave))
    return ballast


@pytest.mark.parametrize("words", ["collect", f"consolidate {Q1}", "generate 2023Q2", "backup {disk}/b.zip"])
def test_a_full_disk_is_said_and_costs_nothing(disk: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no room, or room for a part, a command ends with a sentence; once there is room it ends as on a disk that was never full."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    space = returned(small_workspace(disk / "space"))
    line = words.format(disk=disk).split()
    before = ["collect"] if line[0] not in {"collect", "generate"} else []
    for word in before:
        assert run(space.root, word) == 0
    inside = all_files(space.root)

    for leave in (0, 8192, 20480, 45056):
        ballast = fill_up(disk, leave=leave)
        ended = start(space.root, *line)
        said = ended.communicate()[0].decode()
        assert (True, False) == (ended.returncode in {0, 1}, "Traceback" in said), (leave, said)
        ballast.unlink()
        lost = [name for name in inside if name.startswith(("inbox", "records/returns", "templates", "outbox")) and not is_kept(space.root, name, inside[name])]
        assert [] == lost, leave
    assert run(space.root, *line) == 0

    other = disk / "other"
    for name, content in inside.items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_bytes(content)
        moment = datetime(2023, 3, 20, 9, int(name[6])).timestamp() if name.startswith("inbox/") else 0.0  # noqa: DTZ001
        os.utime(other / name, (moment, moment))
    assert run(other, *line) == 0
    assert ledger(other) == ledger(space.root)
    assert all_files(other / "outbox") == all_files(space.root / "outbox")
    assert all_files(other / "records" / "returns") == all_files(space.root / "records" / "returns")


def is_kept(root: Path, name: str, content: bytes) -> bool:
    """Whether a file is where it was, or (once taken in) in the archive."""
    path = root / name
    return (path.exists() and path.read_bytes() == content) or content in all_files(root / "records" / "returns").values()


def test_a_workspace_that_takes_nothing_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """On a disk that is read-only every command that writes ends with a sentence, and what is there stays."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "-t", "tmpfs", "tmpfs"):
        space = returned(small_workspace(disk / "space"))
        before = all_files(space.root)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        for words in (("collect",), ("consolidate", "2023Q1"), ("generate", "2023Q1"), ("documents", "2023Q1")):
            ended = start(space.root, *words)
            said = ended.communicate()[0].decode()
            assert (1, False) == (ended.returncode, "Traceback" in said), said
            assert "写" in said, said
        assert before == all_files(space.root)
    capfd.readouterr()


def without_first(items: Iterable[Path], _: str) -> Iterator[Path]:
    """Let the first file vanish between the listing and the reading."""
    for number, path in enumerate(items):
        if number == 0:
            path.unlink()
        yield path


def test_a_file_that_vanishes_costs_only_itself(tmp_path: Path) -> None:
    """A file that a person takes out of the inbox while it is collected is named, and the others are taken in."""
    space = returned(small_workspace(tmp_path))

    done = collect(space, progress=without_first)

    assert ["东山镇", "云溪县工信局"] == [arrival.unit for arrival in done.arrivals]
    assert [True] == ["“0.xlsx”读不出来" in said for said in done.left]


def test_a_file_that_cannot_be_read_stays_and_is_said(tmp_path: Path) -> None:
    """A file whose reading fails (a bad disk, another program's lock) stays in the inbox and is named; the others are taken in."""
    space = returned(small_workspace(tmp_path))
    with mounted(space.inbox / "0.xlsx", "--bind", "/proc/self/mem"):
        done = collect(space, progress=quiet)

    assert ((2, True), True) == ((len(done.arrivals), "“0.xlsx”" in done.left[0]), (space.inbox / "0.xlsx").exists())
    assert 1 == len(collect(space, progress=quiet).arrivals)


def test_a_clock_that_goes_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A return that is taken in while the clock stands before the last one counts all the same, and the round stands as under a true clock."""
    books = []
    for name, days in (("true", ("2023-04-03", "2023-04-04", "2023-04-05")), ("back", ("2023-04-03", "2023-03-25", "2023-04-05"))):
        monkeypatch.setenv("TASK_TOOLKIT_TODAY", days[0])
        space = small_workspace(tmp_path / name)
        (space.records / "seal.key").write_text("ab" * 32)
        folder = issue(space)
        for day, progress in zip(days[:2], (20, 35), strict=True):
            monkeypatch.setenv("TASK_TOOLKIT_TODAY", day)
            path = space.inbox / f"{progress}.xlsx"
            type_into(folder / "东山镇_2023年第一季度进展.xlsx", path, TOWN | {("任务进展", "任务3", "累计进度"): progress})
            moment = datetime(2023, 3, 20, 9, progress).timestamp()  # noqa: DTZ001 - file times are local
            os.utime(path, (moment, moment))
            assert 1 == len(collect(space, progress=quiet).arrivals)
        monkeypatch.setenv("TASK_TOOLKIT_TODAY", days[2])
        done = consolidate(space, Q1)
        books.append((done.path.stat().st_size > 0, [(task.task.number, task.status, task.progress, task.quarters) for task in done.round.tasks]))
    assert books[0] == books[1]


def test_two_collects_at_once_take_every_file_once(tmp_path: Path) -> None:
    """Two programs that collect at the same moment end as one that collects alone."""
    space = returned(small_workspace(tmp_path))
    both = [start(space.root, "collect") for _ in range(3)]
    for one in both:
        one.communicate()

    assert [0, 0, 0] == [one.returncode for one in both]
    assert 3 == len(ledger(space.root)["files"])
    assert [] == [path for path in space.inbox.iterdir() if path.suffix == ".xlsx"]


def test_a_clock_that_goes_back_before_consolidating_changes_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was collected tomorrow stands as it was typed when the clock is set back by a month, and the event log's chain holds."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    space = returned(small_workspace(tmp_path))
    assert 3 == len(collect(space, progress=quiet).arrivals)
    stood = []
    for day in ("2023-04-04", "2023-03-01", "2023-04-05"):
        monkeypatch.setenv("TASK_TOOLKIT_TODAY", day)
        done = consolidate(space, Q1)
        stood.append([(task.task.number, task.status, task.progress, task.quarters) for task in done.round.tasks])

    assert [stood[0]] * 3 == stood
    assert 3 == len(ledger(space.root)["files"])


WRITING = (("collect",), ("consolidate", str(Q1)), ("generate", "2023Q2"), ("documents", str(Q1)), ("send", str(Q1)))


def test_every_command_that_writes_may_run_beside_the_others(tmp_path: Path) -> None:
    """Started at the same moment, the commands that write wait for each other: every file is taken once, the ledger holds, and all bears being read again."""
    space = returned(small_workspace(tmp_path)).root
    running = [start(space, *words) for words in WRITING]
    said = [one.communicate()[0].decode() for one in running]

    assert [] == [words for one, words in zip(running, said, strict=True) if one.returncode not in {0, 1} or "Traceback" in words]
    assert [0, 0] == [run(space, "consolidate", str(Q1)), run(space, "verify", str(Q1))]
    assert (3, 3) == (len(ledger(space)["files"]), len(all_files(space / "records" / "returns")))
    assert [] == [path for path in (space / "inbox").iterdir() if path.suffix == ".xlsx"]


@pytest.fixture
def deeds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write down what is flushed and renamed, in order."""
    seen: list[str] = []

    def noted(deed: Callable[..., None], words: Callable[..., str]) -> Callable[..., None]:
        def note(*arguments: object, **named: object) -> None:
            seen.append(words(*arguments))
            deed(*arguments, **named)

        return note

    def disk(folder: Path) -> Callable[[], None]:
        return noted(disks.disk_flush(folder) or (lambda: None), lambda: "flush the disk")

    monkeypatch.setattr(files, "disk_flush", disk)
    monkeypatch.setattr(os, "fsync", noted(os.fsync, lambda handle: f"flush {Path(f'/proc/self/fd/{handle}').readlink().name}"))
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, noted(getattr(os, name), lambda source, target, **_: f"rename {Path(source).name} {Path(target).name}"))
    return seen


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the names of open files are only told by Linux")
def test_what_is_on_the_disk_outlives_a_power_cut(tmp_path: Path, deeds: list[str]) -> None:
    """A file is flushed before its name changes and its folder after, many files with the whole disk, an original with every new folder above it."""
    space = open_workspace(tmp_path / "space")
    sent = Sent("来.xlsx", datetime(2023, 3, 20), 1, "ab" * 32)  # noqa: DTZ001
    deeds.clear()

    write_file(tmp_path / "book.xlsx", b"x")
    assert ["flush book.xlsx.tmp", "rename book.xlsx.tmp book.xlsx", f"flush {tmp_path.name}"] == deeds
    deeds.clear()
    inbox.put(space, "信.eml", b"x", sent.sent)
    assert ["flush 信.eml.part", "rename 信.eml.part 信.eml", "flush inbox"] == deeds
    deeds.clear()
    inbox.archive(space, inbox.Original(b"x", sent, ("2023Q1", "东山镇")))
    name = "abababababab_来.xlsx"
    assert [f"flush {name}.tmp", f"rename {name}.tmp {name}"] == deeds[:2]
    assert {"flush 东山镇", "flush 2023Q1", "flush returns"} == set(deeds[2:])
    deeds.clear()
    many = [files.PendingFile(tmp_path / f"{number}.txt", b"x") for number in range(20)]
    assert {} == files.write_files(many)
    assert (["flush the disk"], "flush the disk") == (deeds[:1], deeds[-1])
    assert sorted(f"rename {one.path.name}.tmp {one.path.name}" for one in many) == sorted(deeds[1:-1])
    deeds.clear()
    write_backup(space.root, tmp_path / "备份.zip", password="", made=sent.sent, progress=lambda items, _: items)
    assert ["flush 备份.zip.tmp", "rename 备份.zip.tmp 备份.zip", f"flush {tmp_path.name}"] == deeds
