"""run.py on its own: what it decides and says, without a network and without installing anything."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py, copied into a folder of its own with a project file beside it; what it sets in the environment is undone."""
    shutil.copy(ROOT / "run.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]", "utf-8")
    for name, value in {"PYTHONUTF8": "0", "PYTHONPATH": str(tmp_path / "other"), "TASK_TOOLKIT_HOME": "elsewhere", "PYTHONDONTWRITEBYTECODE": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TASK_TOOLKIT_NO_VENV", raising=False)
    spec = importlib.util.spec_from_file_location("run_copy", tmp_path / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def steps(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The steps that an installation takes, noted instead of taken; the first leaves the interpreter that venv would make."""
    taken: list[list[str]] = []

    def note(command: list[str], _log: object) -> None:
        taken.append([os.path.relpath(part, run.HOME) if part.startswith(run.HOME) else part for part in command])
        Path(run.PYTHON).parent.mkdir(parents=True, exist_ok=True)
        Path(run.PYTHON).touch()

    monkeypatch.setattr(run, "step", note)
    return taken


@pytest.fixture
def handed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that run.py would become."""
    commands: list[list[str]] = []

    def note(command: list[str]) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(run, "hand_over", note)
    return commands


def stamp(run: ModuleType, extra: str = "") -> None:
    """Puts a finished .venv there, by the installation itself with its steps left out."""
    Path(run.PYTHON).parent.mkdir(parents=True, exist_ok=True)
    Path(run.PYTHON).touch()
    Path(run.STAMP).write_text(f"{run.VERSION}\n{extra}\n{run.checksum()}\n{sys.base_prefix}", "utf-8")


def test_an_old_python_is_told_what_to_install(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Under a Python below 3.11 a Chinese sentence names the version that is needed, the one in use, and the command to run then.
    """
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))

    with pytest.raises(SystemExit) as ended:
        run.main(["status"])

    said = str(ended.value)
    assert "需要 Python 3.11 或更新的版本，现在用的是 3.8.10" in said
    assert "python3.11 run.py" in said
    assert not Path(run.VENV).exists()


def test_an_old_python_can_read_the_file() -> None:
    """
    run.py uses no grammar that Python 3.8 does not know, else the sentence could not be said.
    """
    tree = ast.parse(ROOT.joinpath("run.py").read_text("utf-8"), feature_version=(3, 8))

    assert tree.body


def test_first_run_makes_a_venv_installs_and_hands_over(run: ModuleType, steps: list[list[str]], handed: list[list[str]]) -> None:
    """
    The first run makes .venv, installs the project, stamps it last, and becomes the command with its arguments unchanged.
    """
    assert run.main(["collect", "甲 乙"]) == 0
    assert [step[1:4] for step in steps] == [["-m", "venv", "--clear"], ["-m", "pip", "install"]]
    assert steps[1][-2:] == ["-e", "."]
    assert run.installed("")
    assert handed == [[run.PYTHON, "-P", "-m", "toolkit.cli.main", "collect", "甲 乙"]]
    assert os.environ["TASK_TOOLKIT_HOME"] == run.HOME
    assert os.environ["PYTHONUTF8"] == "1"


def test_second_run_installs_nothing(run: ModuleType, steps: list[list[str]], handed: list[list[str]]) -> None:
    """
    With a good stamp run.py only hands over, and writes nothing.
    """
    stamp(run)

    run.main(["status"])

    assert steps == []
    assert len(handed) == 1
    assert not Path(run.LOG).exists()


def test_test_needs_the_dev_extra_once(run: ModuleType, steps: list[list[str]]) -> None:
    """
    A .venv for the office is mended, not rebuilt, when tests are asked for; one with the dev extra serves both.
    """
    stamp(run)
    assert not run.installed("dev")

    run.install("dev")

    assert [step[1:3] for step in steps] == [["-m", "pip"]]
    assert steps[0][-2:] == ["-e", ".[dev]"]
    assert run.installed("dev")
    assert run.installed("")


def test_a_new_project_file_is_installed_with_the_extra_kept(run: ModuleType, steps: list[list[str]]) -> None:
    """
    When pyproject.toml has changed, the packages are brought up to date in place.
    """
    stamp(run, "dev")
    Path(run.HOME, "pyproject.toml").write_text("[project]\nname = 'new'", "utf-8")
    assert not run.installed("")

    run.install("")

    assert [step[-2:] for step in steps] == [["-e", ".[dev]"]]
    assert run.installed("dev")


def test_the_page_brings_its_components_when_it_is_first_opened(run: ModuleType, steps: list[list[str]], handed: list[list[str]]) -> None:
    """
    `page` installs its extra once and is then handed over as it stands; an installation for tests holds it already, and so does a bundle.
    """
    stamp(run)

    run.main(["--workspace", "甲", "page"])
    run.main(["page"])
    assert [step[-2:] for step in steps] == [["-e", ".[page]"]]
    assert [command[4:] for command in handed] == [["--workspace", "甲", "page"], ["page"]]

    stamp(run, "dev")
    assert run.installed("page")
    stamp(run)
    assert not run.installed("page")
    bundle_for(run, run.kind_of_computer())
    assert run.installed("page")


def break_off(run: ModuleType) -> None:
    """A run killed before its stamp."""
    Path(run.STAMP).unlink()


def lose_python(run: ModuleType) -> None:
    """An interpreter that is gone, or a link into nowhere."""
    Path(run.PYTHON).unlink()


def move_house(run: ModuleType) -> None:
    """A .venv from another computer, where Python lives elsewhere."""
    Path(run.STAMP).write_text(f"{run.VERSION}\n\n{run.checksum()}\n{run.HOME}/nowhere", "utf-8")


def change_python(run: ModuleType) -> None:
    """A .venv of another Python."""
    Path(run.STAMP).write_text(f"3.10\n\n{run.checksum()}\n{sys.base_prefix}", "utf-8")


def spill_ink(run: ModuleType) -> None:
    """A stamp that a full disk cut short or filled with noise."""
    Path(run.STAMP).write_bytes(b"\xff\xfe3.11")


@pytest.mark.parametrize("spoil", [break_off, lose_python, move_house, change_python, spill_ink])
def test_a_venv_of_no_use_is_rebuilt(run: ModuleType, steps: list[list[str]], spoil: Callable[[ModuleType], None], capsys: pytest.CaptureFixture[str]) -> None:
    """
    A half-made, broken, foreign or outdated .venv is cleared and made anew by the next run, which says so.
    """
    stamp(run)
    spoil(run)
    assert not run.installed("")

    run.install("")

    assert [step[1:3] for step in steps] == [["-m", "venv"], ["-m", "pip"]]
    assert "重装" in capsys.readouterr().err
    assert run.installed("")


def test_a_failed_step_leaves_no_stamp(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    When pip fails while a good .venv is brought up to date, the .venv no longer counts as good.
    """
    stamp(run)
    monkeypatch.setattr(run, "pip_arguments", lambda _extra: ["no-such-command"])
    monkeypatch.setattr(run, "PYTHON", sys.executable)

    with pytest.raises(SystemExit):
        run.install("dev")

    assert not run.installed("")


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_explained(run: ModuleType, steps: list[list[str]], missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Debian's Python comes without venv and ensurepip: the sentence names the package to install.
    """
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else found(name))

    with pytest.raises(SystemExit) as ended:
        run.install("")

    assert f"apt install python{run.VERSION}-venv" in str(ended.value)
    assert steps == []


def test_wheels_beside_it_are_used_without_a_network(run: ModuleType) -> None:
    """
    A folder wheels/ with wheels in it is the only source; without it, or when it is empty, pip goes where it is set to go.
    """
    assert "--no-index" not in run.pip_arguments("")
    Path(run.WHEELS).mkdir()
    assert "--no-index" not in run.pip_arguments("")
    Path(run.WHEELS, "rich-13.9-py3-none-any.whl").touch()

    offline = run.pip_arguments("dev")

    assert offline[-5:] == ["--no-index", "--find-links", run.WHEELS, "-e", ".[dev]"]
    assert not {"--index-url", "--extra-index-url", "--proxy", "--isolated"} & set(offline)


def bundle_for(run: ModuleType, *kinds: str) -> None:
    """Puts the lists of packages of a bundle there."""
    Path(run.WHEELS).mkdir()
    for kind in kinds:
        Path(run.WHEELS, f"{kind}.txt").touch()


def test_a_bundle_is_installed_by_its_hashes_alone(run: ModuleType, steps: list[list[str]]) -> None:
    """
    From a bundle only what its list names is installed, held against its hashes; neither pip's settings nor the network are asked.
    """
    bundle_for(run, run.kind_of_computer(), "windows-x64-py3.99")

    run.install("")

    assert steps[1][3] == "install"
    assert {"--isolated", "--no-index", "--require-hashes"} <= set(steps[1])
    assert steps[1][-2:] == ["-r", str(Path("wheels", f"{run.kind_of_computer()}.txt"))]


@pytest.mark.parametrize(("extra", "said"), [("", "没有适合本机的组件"), ("dev", "离线安装包不带测试")])
def test_a_bundle_that_cannot_serve_says_so_before_anything_is_made(run: ModuleType, steps: list[list[str]], extra: str, said: str) -> None:
    """
    A bundle for other computers names them and this one; tests are not in a bundle; nothing is made in either case.
    """
    bundle_for(run, "plan9-mips-py3.11")

    with pytest.raises(SystemExit) as ended:
        run.install(extra)

    assert said in str(ended.value)
    assert extra or (run.kind_of_computer() in str(ended.value) and "plan9-mips-py3.11" in str(ended.value))
    assert steps == []


def test_settings_of_pip_are_left_out_only_with_a_bundle(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An isolated step sees no settings of pip; every other step sees those of the computer: proxy and mirror.
    """
    monkeypatch.setenv("PIP_CONFIG_FILE", "mirror.conf")
    for word in ("--isolated", "--ordinary"):
        with (tmp_path / word).open("w", encoding="utf-8") as log:
            run.step([sys.executable, "-c", "import os; print(os.environ['PIP_CONFIG_FILE'])", word], log)

    assert (tmp_path / "--isolated").read_text("utf-8") == f"{os.devnull}\n"
    assert (tmp_path / "--ordinary").read_text("utf-8") == "mirror.conf\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "磁盘空间不够"),
        ("OSError: [WinError 112] 磁盘空间不足。", "磁盘空间不够"),
        ("PermissionError: [WinError 32] 另一个程序正在使用此文件", "正被占用"),
        ("[Errno 13] Permission denied: '/srv/toolkit/.venv'", "没有写入权限"),
        ("PermissionError: [WinError 5] 拒绝访问。", "没有写入权限"),
        ("[Errno 30] Read-only file system: '.venv'", "没有写入权限"),
        ("[Errno 1] Operation not permitted: 'lib' -> '/media/usb/.venv/lib64'", "U 盘"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))\nNo matching distribution found for rich", "证书"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution found for rich", "python run.py bundle"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "重新拷贝整个安装包"),
        ("ProxyError('Cannot connect to proxy.')", "global.proxy"),
        ("socket.gaierror: [Errno 11001] getaddrinfo failed", "global.index-url"),
        ("ERROR: No matching distribution found for xlwings>=0.33", "没有适合本机的 xlwings>=0.33"),
        ("Segmentation fault", "records/log/install.log"),
    ],
)
def test_each_cause_has_its_remedy(run: ModuleType, words: str, said: str) -> None:
    """
    What pip, venv or the system complain of becomes one Chinese sentence that says what to do.
    """
    assert said in run.explain(words)


def test_a_full_disk_is_seen_even_when_nobody_says_so(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    When venv hides the reason for its failure, the free room on the disk tells it.
    """
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(100, 100, 0))

    assert "磁盘空间不够" in run.explain("Command ensurepip returned non-zero exit status 1.")


def test_a_failed_step_quotes_its_last_lines(run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    A step that fails shows its last twenty lines, keeps all of them in the log, and ends with the remedy.
    """
    script = "print('Collecting rich>=13.9 (from task-toolkit)'); [print('line', n) for n in range(30)]; raise SystemExit(2)"

    with (tmp_path / "log").open("w", encoding="utf-8") as log, pytest.raises(SystemExit) as ended:
        run.step([sys.executable, "-c", script], log)

    shown = capsys.readouterr().err.split("\n")
    assert shown == ["      rich>=13.9", "", *(f"line {number}" for number in range(10, 30)), "", ""]
    assert "line 0\n" in (tmp_path / "log").read_text("utf-8")
    assert "install.log" in str(ended.value)


def test_a_folder_without_rights_is_explained(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A folder that cannot be written to ends in a sentence, not in a traceback.
    """

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", run.LOG)

    monkeypatch.setattr(os, "makedirs", refuse)

    with pytest.raises(SystemExit) as ended:
        run.main(["status"])

    assert "没有写入权限" in str(ended.value)


def test_only_one_run_installs_at_a_time(run: ModuleType, tmp_path: Path) -> None:
    """
    While one process holds the lock another does not get it; when the holder is killed, the lock is free without any help.
    """
    script = f"import sys; sys.path.insert(0, {run.HOME!r}); import run; f = open('lock', 'a'); print(run.grab(f), flush=True); sys.stdin.read()"
    command = [sys.executable, "-B", "-c", script]
    with (
        subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder,
        (tmp_path / "lock").open("a", encoding="utf-8") as file,
    ):
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not run.grab(file)
        holder.kill()
        holder.wait()
        assert run.grab(file)


def test_the_second_of_two_first_runs_finds_it_done(
    run: ModuleType, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A run that waited for another's installation says so, then uses it and installs nothing itself.
    """
    answers = iter([False, False, True])

    def grab(_file: object) -> bool:
        stamp(run)
        return next(answers)

    monkeypatch.setattr(run, "grab", grab)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)

    run.install("")

    assert steps == []
    assert capsys.readouterr().err.count("另一个窗口正在安装") == 1


@pytest.mark.parametrize("way", ["told", "inside"])
def test_no_venv_is_made_when_told_or_inside_it(
    run: ModuleType, steps: list[list[str]], handed: list[list[str]], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    With TASK_TOOLKIT_NO_VENV=1, or under .venv's own Python, the running interpreter does the work.
    """
    if way == "told":
        monkeypatch.setenv("TASK_TOOLKIT_NO_VENV", "1")
    else:
        monkeypatch.setattr(sys, "prefix", run.VENV)

    run.main(["status"])

    assert steps == []
    assert handed == [[sys.executable, "-P", "-m", "toolkit.cli.main", "status"]]


@pytest.mark.parametrize(("failing", "ran"), [("ruff", ["ruff"]), ("mypy", ["ruff", "mypy"]), ("", ["ruff", "mypy", "pytest"])])
def test_tests_stop_at_the_first_failure(
    run: ModuleType, failing: str, ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    `test` runs lint, types and tests under headings, ends at the first that fails with its code, and gives further arguments to pytest.
    """
    calls: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        assert "TASK_TOOLKIT_HOME" not in os.environ
        calls.append(command[2:])
        return 2 if command[2] == failing else 0

    stamp(run, "dev")
    monkeypatch.setattr(subprocess, "call", call)

    assert run.main(["test", "-k", "notice"]) == (2 if failing else 0)
    assert [command[0] for command in calls] == ran
    assert capsys.readouterr().out.count("【") == len(ran)
    assert failing or calls[-1] == ["pytest", "-k", "notice"]


@pytest.mark.skipif(os.name != "posix", reason="Windows waits for the command instead of becoming it")
def test_ctrl_c_waits_for_the_command() -> None:
    """What run.py becomes starts with Ctrl-C held back, so that it can answer it with a sentence once it has loaded."""
    asked = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    become = f"import run; run.hand_over([{sys.executable!r}, '-c', {asked!r}])"

    assert "True" == subprocess.run([sys.executable, "-c", become], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_a_command_keeps_its_compiled_modules(run: ModuleType, steps: list[list[str]], handed: list[list[str]]) -> None:
    """
    Whatever the machine says of keeping bytecode, the command that run.py becomes keeps its own, so that the next begins sooner.
    """
    run.main(["status"])

    assert len(steps) == 2
    assert len(handed) == 1
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
