"""The workspace: its folders and files, and how they begin."""

import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from toolkit.edges.files import write_file
from toolkit.edges.settings_file import NAME, STARTER, read_settings, text_of
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.period import Period

MASTER = "任务总表.xlsx"
RULES = "考核规则.xlsx"
WORDS = "通知用语.xlsx"
LANGUAGES = "用语.xlsx"
WORK = "收表或生成"  # what only one program at a time does
EXCHANGES = (".恢复换下-", ".恢复就位-")  # a restored workspace on its way in: first the old one goes, then this one comes
_PATIENCE = 30  # seconds to wait for another program in the same workspace
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace folder; every path that the toolkit writes to comes from here. `unattended` where no person looks at what is said.

    `asked_language` is what the command was asked to speak; '' for what the settings say.
    """

    root: Path
    unattended: bool = False
    asked_language: str = ""

    @property
    def templates(self) -> Path:
        """The folder of form definitions, rules and the master list."""
        return self.root / "templates"

    @property
    def master(self) -> Path:
        """The file of the master list; it need not be there."""
        return self.templates / MASTER

    def list_of(self, year: int) -> Path:
        """The file of the master list of a year that is not the newest; it need not be there."""
        return self.templates / f"{Path(MASTER).stem}（{year}）.xlsx"

    def year_lists(self) -> dict[int, Path]:
        """Give the master lists of former years that are in templates/, oldest first: year → file."""
        found = ((re.fullmatch(rf"{Path(MASTER).stem}（(20\d\d)）", path.stem), path) for path in sorted(self.templates.glob("*.xlsx")))
        return {int(year[1]): path for year, path in found if year}

    def base_of(self, path: Path) -> Path:
        """A master list as the last import read it, before the clerk's own edits."""
        return self.records / path.name.replace("任务总表", "任务总表底稿")

    @property
    def inbox(self) -> Path:
        """The folder where returned files are dropped, in folders of any depth."""
        return self.root / "inbox"

    @property
    def records(self) -> Path:
        """The folder records/ of the workspace: the ledger, the key, the originals."""
        return self.root / "records"

    @property
    def notices(self) -> Path:
        """The folder of notices that were imported from the page, as they came; it need not be there."""
        return self.records / "notices"

    @property
    def returns(self) -> Path:
        """The folder of every original ever received, by period and unit."""
        return self.records / "returns"

    def out(self, period: Period, folder: str) -> Path:
        """Give (and make) a folder of outbox/PERIOD: 发放, 汇总 …"""
        path = self.root / "outbox" / str(period) / folder
        path.mkdir(parents=True, exist_ok=True)
        return path

    def has_lost_list(self) -> bool:
        """Whether forms were issued here and the master list, in whatever format, is not in its place: moved, renamed or deleted by hand."""
        if any(self.templates.glob(f"{self.master.stem}.*")):
            return False
        return any(any((period / "发放").glob("*.xlsx")) for period in (self.root / "outbox").glob("*"))

    def relative(self, path: Path) -> str:
        """Write a path from the workspace's root, with forward slashes. Raises ValueError for one outside it."""
        return path.relative_to(self.root).as_posix()

    def form_files(self) -> Iterator[Path]:
        """Every form definition in templates/, by name: not the rules, the wordings, the master lists, nor a program's lock file."""
        others = {RULES, WORDS, LANGUAGES}
        return (path for path in sorted(self.templates.glob("*.xlsx")) if path.name not in others and not path.name.startswith(("~$", ".", Path(MASTER).stem)))

    def settings(self) -> dict[str, object]:
        """Read settings.toml; raises CommandError when it cannot be read."""
        return read_settings(self.root / NAME)

    def text_setting(self, name: str) -> str:
        """Give a text of settings.toml, trimmed, '' where it is not set. Raises CommandError for what is no text."""
        return text_of(self.settings(), name)

    def office(self) -> str:
        """Name of the office that issues the forms, '' when not set."""
        return self.text_setting("office")

    def language(self) -> str:
        """Give the language of forms that name none, and of the screen: as asked, else `lang` of settings.toml; '' for Chinese."""
        return self.asked_language or self.text_setting("lang")

    def ledger_url(self) -> str:
        """Where the ledger is: `ledger` of settings.toml, else the file records/ledger.db. Raises CommandError where the settings cannot be read."""
        return self.text_setting("ledger") or f"sqlite:///{self.records / 'ledger.db'}"

    def is_shared(self) -> bool:
        """Whether the ledger is on a server, so that several people may work here and the folder's rights are for its keeper to give."""
        try:
            return self.ledger_url().startswith("postgresql")
        except CommandError:  # settings that cannot be read are said by whoever needs them
            return False

    def shows_password(self) -> bool:
        """Whether a password stands in the ledger's address, in the settings, for everybody to read."""
        return bool(re.match(r"[^/]*//[^/@]*:[^/@]+@", self.ledger_url()))

    def _mode(self, own: int) -> int:
        """Give the rights of a file that everybody who works here needs; of one person alone, `own`."""
        return 0o660 if self.is_shared() else own

    def workers(self) -> int:
        """How many processes read workbooks; 0 means one a core. Raises CommandError for anything but a number."""
        number = self.settings().get("workers", 0)
        if not isinstance(number, int) or number < 0:
            raise CommandError(f"settings.toml 里的 workers 不能是“{number}”。", "请填 0（与处理器核数相同）或一个正整数。")
        return number

    @contextmanager
    def alone(self, doing: str = WORK) -> Iterator[None]:
        """Hold the workspace against a second program that does the same; the system lets go when this one dies. Raises CommandError when it is held."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.records / f"正在{doing}.lock", timeout=_PATIENCE, mode=self._mode(0o644))
        try:
            lock.acquire()
        except Timeout as error:
            raise CommandError(f"另一个程序正在这个工作区里{doing}。", "请等它结束，再运行一次。") from error
        try:
            yield
        finally:
            lock.release()

    def has_key(self) -> bool:
        """Whether the file of the seal's key (records/seal.key) is there; it is not read."""
        return (self.records / "seal.key").exists()

    def key(self) -> bytes:
        """Give the seal's key, 32 bytes, made at first use for its owner only (for the group if the ledger is shared). Raises CommandError if damaged."""
        path = self.records / "seal.key"
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self._mode(0o600))
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
        text = path.read_text("ascii").strip()
        if len(text) != 64:
            raise CommandError("密钥文件 records/seal.key 已损坏。", "请从备份恢复；没有密钥就认不出已经发出的表。")
        return bytes.fromhex(text)


def open_workspace(root: Path) -> Workspace:
    """Open a folder as a workspace; what it lacks (folders, forms, settings) begins by itself. Raises CommandError when it cannot be written to."""
    space = Workspace(root.expanduser().resolve())
    if is_half_restored(space.root):
        raise CommandError("上一次恢复备份没有做完。", "请把 restore 再运行一次，它会接着做完；在那之前什么都不要做。")
    try:
        for folder in (space.templates, space.inbox, space.root / "outbox", space.returns):
            folder.mkdir(parents=True, exist_ok=True)
        for source in starter_templates():
            target = space.templates / source.name
            if not target.exists():
                write_file(target, source.read_bytes())
        if not space.is_shared():
            with suppress(OSError):  # somebody else's folder, or a disk without rights
                space.records.chmod(0o700)
        settings = space.root / NAME
        if not settings.exists():
            write_file(settings, STARTER.encode())
    except OSError as error:
        raise CommandError(f"工作区“{space.root}”不能写入：{reason_of(error)}。", "请换一个有写权限的文件夹，或检查磁盘空间。") from error
    return space


def is_half_restored(root: Path) -> bool:
    """Whether a restore was cut short while the old workspace went and the new one came."""
    return any(any(root.glob(f"{start}*")) for start in EXCHANGES)


def scratch_folder() -> Path:
    """Make a new empty folder for a rehearsal, below the system's folder for temporary files. May raise OSError."""
    return Path(tempfile.mkdtemp(prefix="任务汇总演示-"))


def starter_templates() -> list[Path]:
    """List the form definitions, rules and styles of papers that come with the program."""
    folder = next(path for path in (_PACKAGE / "resources" / "templates", _PACKAGE.parent / "templates") if path.is_dir())
    return [path for path in sorted(folder.glob("*.[xd]*")) if path.suffix in {".xlsx", ".docx"} and path.name != MASTER and not path.name.startswith("~$")]


def real_notice() -> Path:
    """Give the path of the 2023 notice that comes with the program, a text file in resources/."""
    return _PACKAGE / "resources" / "notice_2023.txt"
