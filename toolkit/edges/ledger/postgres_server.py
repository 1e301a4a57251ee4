"""The ledger on a PostgreSQL server: how it is connected to, who may work alone, and what a refusal means."""

import platform
import zlib
from typing import Any

import sqlalchemy as sa

from toolkit.model.command_error import CommandError

# All that is read in one transaction is of one moment, as in a file: the audit must not see another's entry without its rows.
READS: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
CUT_OFF = ("和台账服务器的连接中途断了。", "已经登记的都在，没有登记的文件还在收件箱。请检查网络和服务器，再运行一次，会接着做。")
_SHARING = "设置方法见 docs/多人共用.md。"
_ADDRESS = f"地址在 settings.toml 的 ledger 里，{_SHARING}"
_PASSWORD = "密码写进环境变量 PGPASSWORD，或写进密码文件（Linux、macOS 是 ~/.pgpass，Windows 是 %APPDATA%\\postgresql\\pgpass.conf）。"  # noqa: S105 - a sentence
PATIENCE = 30  # seconds to wait for another program that does the same, as in a workspace
_SPACE = 0x7461736B  # the first number of our advisory locks: "task", so that no other program's are meant
_WRITING = "写台账"
# A machine that loses its power says no goodbye: the server asks after 15 seconds of silence, and lets go of what it held after half a minute.
_SESSION = "SET lock_timeout = '10s'; SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
_LINE = {"connect_timeout": 30, "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}


def is_server(address: sa.URL) -> bool:
    """Whether an address names a PostgreSQL server and not a file."""
    return address.get_backend_name() == "postgresql"


def engine(address: sa.URL) -> sa.Engine:
    """Make ready to connect. Raises CommandError where the driver is missing."""
    line = {**_LINE, "application_name": f"task-toolkit@{platform.node()}"}
    try:
        made = sa.create_engine(address, connect_args={name: value for name, value in line.items() if name not in address.query})
    except ImportError as error:
        raise CommandError(
            "台账在 PostgreSQL 服务器上，这台机器没有装连接它的组件。", f"请安装 psycopg[binary]，即 task-toolkit[postgres]，{_SHARING}"
        ) from error
    sa.event.listen(made, "connect", _set_up, insert=True)  # before SQLAlchemy asks anything of a database that may speak in bytes
    return made


def begin(connection: sa.Connection, *, writes: bool) -> None:
    """Take turns where something is written: each sees all that the one before has done, and the log has no gap."""
    if writes:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SPACE, _number(_WRITING))))


def hold(connection: sa.Connection, doing: str) -> None:
    """Keep other programs from doing the same until this connection ends; waits for one that does. Raises CommandError when it goes on for long."""
    try:
        with connection.begin():
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
            connection.execute(sa.select(sa.func.pg_advisory_lock(_SPACE, _number(doing))))
    except sa.exc.OperationalError as error:
        if _state(error) != "55P03":
            raise
        raise CommandError(f"另一个程序（{_holder(connection, doing)}）正在用这本台账{doing}。", "请等它结束，再运行一次。") from error


def described(address: sa.URL, connection: sa.Connection) -> str:
    """Say in Chinese which server and database this is: PostgreSQL's version, where, the database's name."""
    version = str(connection.execute(sa.text("SHOW server_version")).scalar())
    return f"PostgreSQL {version.split(maxsplit=1)[0]}，{_place(address)}，数据库 {address.database}"


def trouble(error: Exception, address: sa.URL) -> CommandError | None:
    """Say what a refusal means and what helps; None for what only our own mistake explains."""
    if not isinstance(error, sa.exc.DBAPIError):
        return None
    state = _state(error)
    if state in _REFUSALS:
        return CommandError(*_REFUSALS[state])
    if error.connection_invalidated or state.startswith(("08", "57P")):
        return CommandError(*CUT_OFF)
    if not isinstance(error, sa.exc.OperationalError):
        return None
    return _unconnected(error.orig, address) if not state else CommandError(f"台账服务器出错了（代码 {state}）。", "请把这个代码告诉服务器的管理员。")


_ONLY_READS = ("台账服务器现在只能读。", "可能连到了备用服务器；请核对地址，或问服务器的管理员。")
_REFUSALS = {
    "0A000": _ONLY_READS,  # a standby, asked to begin a transaction that writes
    "25006": _ONLY_READS,
    "42501": ("台账服务器上的用户没有权限建表或写表。", "请服务器的管理员运行 ALTER DATABASE 数据库 OWNER TO 用户名，见 docs/多人共用.md。"),
    "53100": ("台账服务器的磁盘满了。", "请服务器的管理员清理磁盘，再运行一次；已经登记的都在。"),
    "53300": ("台账服务器的连接数满了。", "请过一会儿再运行一次，或请服务器的管理员调大 max_connections。"),
    "55P03": ("台账正被另一个程序占用。", "请等它结束，再运行一次。"),
}


def _unconnected(error: BaseException | None, address: sa.URL) -> CommandError:
    """Say why no connection came about; the server's words may be English or Chinese, as it was set up."""
    text, line = str(error), getattr(error, "pgconn", None)
    if getattr(line, "needs_password", False):
        return CommandError("台账服务器要密码，没有给。", f"请把{_PASSWORD}")
    if ("database" in text and "does not exist" in text) or ("数据库" in text and "不存在" in text):
        return CommandError(f"台账服务器上没有数据库“{address.database}”。", f"请服务器的管理员建好它，或核对名称；{_ADDRESS}")
    if "too many" in text or "太多" in text:
        return CommandError(*_REFUSALS["53300"])
    if "pg_hba.conf" in text:
        return CommandError("台账服务器不让这台机器连接。", "请服务器的管理员在 pg_hba.conf 里允许这台机器的地址。")
    if getattr(line, "used_password", False) or "authentication failed" in text or "认证失败" in text:
        return CommandError(f"台账服务器不认用户“{address.username}”的密码。", f"请核对用户名和密码；{_PASSWORD}")
    return CommandError(f"连不上台账服务器 {_place(address)}。", f"请检查网络、地址、端口，服务器是否开着；{_ADDRESS}")


def _set_up(connection: Any, _record: object) -> None:
    """Set a new connection up. Raises CommandError for a database that cannot hold Chinese as it is."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.close()
        raise CommandError(f"台账数据库的编码是 {encoding}，存不下汉字。", "请服务器的管理员另建一个编码为 UTF8 的数据库，见 docs/多人共用.md。")
    usual, connection.autocommit = connection.autocommit, True
    connection.execute(_SESSION)
    connection.autocommit = usual


def _holder(connection: sa.Connection, doing: str) -> str:
    query = sa.text(
        "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
        " WHERE locktype = 'advisory' AND granted AND classid = :space AND objid = :number LIMIT 1"
    )
    with connection.begin():
        name = str(connection.execute(query, {"space": _SPACE, "number": _number(doing)}).scalar() or "")
    return f"机器 {name.partition('@')[2] or '不明'}"


def _number(doing: str) -> int:
    """Give the second number of an advisory lock; the server wants 31 bits."""
    return zlib.crc32(doing.encode()) >> 1


def _state(error: sa.exc.DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _place(address: sa.URL) -> str:
    return f"{address.host or '本机'}:{address.port or 5432}"
