"""
python run.py COMMAND …: the one file that a person starts.

The first run makes .venv beside it and installs the project there; every run hands over to `toolkit.cli.main` in it.
It must parse on Python 3.7, so that an old Python can say what is missing. Every command pays for what it imports at the top.
"""
# ruff: noqa: PTH100, PTH103, PTH107, PTH110, PTH112, PTH113, PTH118, PTH119, PTH120, PTH123, PTH208

from __future__ import annotations

import io
import os
import sys
import zlib

HOME = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HOME, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
STAMP = os.path.join(VENV, ".installed")
WHEELS = os.path.join(HOME, "wheels")
LOG = os.path.join(HOME, "records", "log", "install.log")
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
TESTS = (("代码规范", ("ruff", "check", ".")), ("类型检查", ("mypy", "toolkit", "run.py")), ("测试", ("pytest",)))
EXTRAS = ("page",)  # installed when the command of that name is first run
OLD = """本程序需要 Python 3.11 或更新的版本，现在用的是 {}（{}）。
请安装新版（https://www.python.org/downloads/ ，或请管理员安装），然后运行 python3.11 run.py（Windows 上是 py -3.11 run.py）。"""
DISK = "磁盘空间不够。请清理出至少 1 GB，再运行一次。"
NETWORK = """没有连上软件源。请任选一种办法，再运行一次：
  1. 接通网络；要经过代理的，先运行 python -m pip config set global.proxy http://代理地址:端口
  2. 单位有镜像的，先运行 python -m pip config set global.index-url https://镜像地址/simple
  3. 不能上网的，在能上网的电脑上（系统不同也可以）运行 python run.py bundle ，做一个离线安装包拷过来。"""
UNSUITED = """离线安装包里没有适合本机的组件。本机是 {}，包里有：{}。
请安装包里有的 64 位 Python 版本，用它运行；或在能上网的电脑上运行 python run.py bundle --platform 系统 ，重新制作。"""
CERTIFICATE = "安全证书没有通过验证。请核对电脑的日期；单位另有证书的，先运行 python -m pip config set global.cert 证书文件"
RIGHTS = """没有写入权限。请把整个文件夹移到自己能写入的硬盘位置（例如“文档”，不要放在 U 盘、光盘或只读共享里），
再运行一次；如果以前用管理员身份运行过，请管理员删除其中的 .venv 和 records/log 文件夹。"""
DAMAGED = "安装包里的组件与清单不符，可能是拷贝时损坏了。请重新拷贝整个安装包，再运行一次。"
CAUSES = (  # the first match wins; the words are those of pip, of Python and of Windows
    (r"No space left|WinError 112\b|Disk quota", DISK),
    (r"WinError 32\b", "有文件正被占用。请关闭正在运行本程序的其他窗口，再运行一次。"),
    (r"Permission denied|not permitted|Access is denied|Read-only file|WinError 5\b", RIGHTS),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError", CERTIFICATE),
    (r"NewConnection|Connection\w*Error|Timeout|timed out|Max retries|ProxyError|getaddrinfo|unreachable", NETWORK),
    (r"DO NOT MATCH THE HASHES|BadZipFile|has an invalid wheel", DAMAGED),
    (r"No matching distribution found for (\S+)", "安装来源里没有适合本机的 {}。请重新制作 wheels 文件夹，或换一个镜像。"),
    ("", "原因见上面几行。请再运行一次；还是不行，请把 records/log/install.log 交给维护人员。"),
)


def say(*lines: str) -> None:
    """To the error stream: standard output belongs to the command (`status --json`)."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)


def checksum() -> str:
    """Changes whenever pyproject.toml does."""
    with open(os.path.join(HOME, "pyproject.toml"), "rb") as file:
        return f"{zlib.crc32(file.read()):08x}"


def read_stamp() -> list[str]:
    """What the last finished installation wrote: version, extra, checksum, home of that Python; empty when .venv is of no use."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = file.read().split("\n")
    except (OSError, ValueError):
        return []
    return stamp if len(stamp) == 4 and stamp[0] == VERSION and os.path.isdir(stamp[3]) and os.path.isfile(PYTHON) else []


def installed(extra: str) -> bool:
    """Whether .venv is whole, current, and holds the extra."""
    stamp = read_stamp()
    held = ("", stamp[1], *(EXTRAS if stamp[1] == "dev" or bundled() else ())) if stamp else ()  # the extra for tests and a bundle hold the others
    return extra in held and stamp[2] == checksum()


def kind_of_computer() -> str:
    """The name of the list of packages that a bundle has for this computer and Python."""
    import platform
    import sysconfig

    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    machine = platform.machine() if system == "macos" else sysconfig.get_platform().rpartition("-")[2]
    return f"{system}-{ {'amd64': 'x64', 'x86_64': 'x64', 'aarch64': 'arm64'}.get(machine, machine)}-py{VERSION}"


def bundled() -> list[str]:
    """The kinds of computer that the folder wheels/ has lists of packages for; empty when `bundle` did not make it."""
    return sorted(name[:-4] for name in os.listdir(WHEELS) if name.endswith(".txt")) if os.path.isdir(WHEELS) else []


def pip_arguments(extra: str) -> list[str]:
    """For the project: from the folder wheels/ alone when there is one, else from wherever pip is set to look.

    A bundle's packages are held against its hashes; the project itself need not be installed, it lies beside.
    """
    if bundled():
        listed = os.path.join(WHEELS, kind_of_computer() + ".txt")
        offline = ["--no-index", "--find-links", WHEELS, "--require-hashes", "-r", listed]
        return ["install", "--isolated", "--no-input", "--disable-pip-version-check", "--progress-bar", "off", *offline]
    source = ["--no-index", "--find-links", WHEELS] if os.path.isdir(WHEELS) and any(n.endswith(".whl") for n in os.listdir(WHEELS)) else []
    return ["install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off", *source, "-e", f".[{extra}]" if extra else "."]


def explain(text: str) -> str:
    """The cause behind the words of pip, venv or the system, as a sentence with a remedy; a full disk is looked up, for venv keeps it to itself."""
    import re
    import shutil

    causes = ((re.search(pattern, text), sentence) for pattern, sentence in CAUSES)
    return DISK if shutil.disk_usage(HOME).free < 50_000_000 else next(sentence.format(*found.groups()) for found, sentence in causes if found)


def step(command: list[str], log: io.TextIOWrapper) -> None:
    """Runs one step of the installation, its output into the log, its packages on the screen; ends the program when it fails."""
    from subprocess import DEVNULL, PIPE, STDOUT, Popen

    lines: list[str] = []
    settings = {"PIP_CONFIG_FILE": os.devnull} if "--isolated" in command else {}  # pip's settings may name places in the network
    # The step inherits the lock (close_fds): when this process alone is killed, the next run waits for the step's end too.
    with Popen(
        command, cwd=HOME, env={**os.environ, **settings}, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, close_fds=False, encoding="utf-8", errors="replace"
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            log.write(line)
            if line.startswith(("Collecting ", "Processing ")):
                say("      " + os.path.basename(line.split(" ", 1)[1].split(" (from ")[0].strip()))
    if process.returncode:
        say("", *map(str.rstrip, lines[-20:]), "")
        sys.exit(explain("".join(lines)))


def grab(file: io.TextIOWrapper) -> bool:
    """Locks an open file without waiting. The system lets go when the processes that hold it have ended, however they ended."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file.fileno(), 1 << 30, os.SEEK_SET)  # far behind the text: Windows forbids reading what is locked
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            os.set_inheritable(file.fileno(), True)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return not isinstance(error, (BlockingIOError, PermissionError))  # any other: a file share that knows no locks
    return True


def install(extra: str) -> None:
    """Makes or mends .venv, one run at a time. The stamp goes first and comes back last: a killed run leaves none. May raise OSError."""
    import time
    from importlib.util import find_spec

    kinds = bundled()
    if kinds and extra == "dev":
        sys.exit("离线安装包不带测试。要运行测试，请用完整的程序文件夹，并接通网络。")
    if kinds and kind_of_computer() not in kinds:
        sys.exit(UNSUITED.format(kind_of_computer(), "、".join(kinds)))
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    with open(LOG, "a", 1, "utf-8") as log:
        if not grab(log):
            say("另一个窗口正在安装，请稍候……（不想等：关闭那个窗口）")
            while not grab(log):
                time.sleep(1)
        if installed(extra):
            return
        log.write(time.strftime("\n=== %Y-%m-%d %H:%M:%S\n"))
        stamp = read_stamp()
        if stamp:
            say("程序有更新，正在补装组件……")
            os.remove(STAMP)
            extra = extra or stamp[1]
        elif not (find_spec("venv") and find_spec("ensurepip")):
            sys.exit(f"这个 Python 没有 venv 组件。请管理员运行 apt install python{VERSION}-venv（或安装完整的 Python），再运行一次。")
        else:
            say("上次没有装完，或者 Python 变了，现在重装……" if os.path.exists(VENV) else "第一次运行要先安装，只做这一次，约一两分钟。")
            say("  1/2 建立本程序专用的 Python 环境（.venv 文件夹）")
            step([sys.executable, "-m", "venv", "--clear", VENV], log)
        arguments = pip_arguments(extra)
        say("  2/2 从 wheels 文件夹安装组件，不用网络" if "--no-index" in arguments else "  2/2 下载并安装组件")
        step([PYTHON, "-m", "pip", *arguments], log)
        with open(STAMP, "w", encoding="utf-8") as file:
            file.write(f"{VERSION}\n{extra}\n{checksum()}\n{sys.base_prefix}")
        say("安装完成。", "")


def run_tests(python: str, more: list[str]) -> int:
    """Lint, types, tests; ends at the first that fails. pytest has the last word on the screen."""
    import subprocess

    del os.environ["TASK_TOOLKIT_HOME"]  # a test never works on the office's own files
    for number, (title, command) in enumerate(TESTS, 1):
        heading = f"【{number}/{len(TESTS)}】{title}（{command[0]}）".encode(sys.stdout.encoding, "replace")  # a pipe on an English Windows
        print(heading.decode(sys.stdout.encoding), flush=True)
        code = subprocess.call([python, "-m", *command, *(more if command == ("pytest",) else [])], cwd=HOME)
        if code:
            return code
    return 0


def hand_over(command: list[str]) -> int:
    """Becomes the command; on Windows, which knows no such thing, waits for it."""
    import signal

    if os.name == "posix":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl-C waits until the command has loaded and can answer it
        os.execv(command[0], command)
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the console tells the command as well; it decides
    return subprocess.call(command)


def main(arguments: list[str]) -> int:
    """Sees to the installation, then does the command; returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts it may have an old one
        sys.exit(OLD.format(".".join(map(str, sys.version_info[:3])), sys.executable))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a command that has to compile itself every time takes half as long again to begin
    os.environ.update(PYTHONUTF8="1", TASK_TOOLKIT_HOME=HOME, PYTHONPATH=HOME)  # .venv itself forgets a folder that is moved
    in_place = os.environ.get("TASK_TOOLKIT_NO_VENV") == "1" or os.path.realpath(sys.prefix) == os.path.realpath(VENV)
    extra = "dev" if arguments[:1] == ["test"] else next((word for word in arguments if word in EXTRAS), "")
    try:
        if not (in_place or installed(extra)):
            install(extra)
    except OSError as error:
        sys.exit(f"{error}\n{explain(str(error))}")
    except KeyboardInterrupt:
        sys.exit("\n安装中断了。下次运行会重新安装。")
    python = sys.executable if in_place else PYTHON  # below, -P: nothing in the current folder shadows a library
    return run_tests(python, arguments[1:]) if extra == "dev" else hand_over([python, "-P", "-m", "toolkit.cli.main", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
