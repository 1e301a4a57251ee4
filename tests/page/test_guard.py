"""Who may use the page: this machine's browser with the key, from the page itself; and what is never served or taken in."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from tests.page.browser import served
from tests.small import issue, small_workspace


class Answer(NamedTuple):
    """What came back: the status, the headers in small letters, the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """Give a header, '' where there is none."""
        return self.headers.get(name, "")


class Caller:
    """Speaks to the page as any program could: with the headers it likes."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self.address = root, address
        self.host = address.removeprefix("http://").partition("/")[0]
        self.key = address.partition("key=")[2]
        self.cookie = self.ask("GET", f"/?key={self.key}").header("set-cookie")

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask for something; `host` and `origin` may be another's."""
        line = HTTPConnection(self.host, timeout=60)
        line.putrequest(method, path, skip_host=True)
        given = {"host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        for name, value in ({**given, "content-length": str(len(body))} if body is not None else given).items():
            line.putheader(name, value)
        line.endheaders(body)
        with line.getresponse() as came:
            answer = Answer(came.status, {name.lower(): value for name, value in came.getheaders()}, came.read())
        line.close()
        return answer

    def mine(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask as the page itself does."""
        return self.ask(method, path, body, **{"cookie": self.cookie.partition(";")[0], "origin": f"http://{self.host}", **headers})


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    space = small_workspace(tmp_path_factory.mktemp("page") / "工作区")
    issue(space)
    with served(space.root) as address:
        yield Caller(space.root, address)


def test_only_the_key_lets_in_and_becomes_a_cookie_of_this_page(caller: Caller) -> None:
    """
    The key in the address becomes a cookie that no script reads and no other site sends; without it, or with a wrong one, nothing is shown.
    """
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in caller.cookie.split(";")}
    assert 200 == caller.mine("GET", "/").status
    assert [403, 403, 403, 403] == [
        caller.ask("GET", path, cookie=cookie).status
        for path, cookie in (("/", ""), ("/?key=x", ""), ("/part/desk", f"task_toolkit_page_{caller.host.partition(':')[2]}=x"), ("/static/page.js", ""))
    ]


def test_another_host_or_origin_is_turned_away(caller: Caller) -> None:
    """
    A name that was bent to this machine, and a form on another site, reach nothing, though they bring the cookie.
    """
    evil = {"host": "evil.example.com"}

    assert 421 == caller.mine("GET", "/", **evil).status
    assert [403, 403, 403] == [
        caller.ask("POST", "/run", b"do=collect", cookie=caller.cookie.partition(";")[0], content_type="application/x-www-form-urlencoded", **more).status
        for more in ({"origin": "http://evil.example.com"}, {}, {"origin": f"http://{caller.host}", "sec_fetch_site": "cross-site"})
    ]


def test_no_page_may_hold_a_script_or_load_from_elsewhere(caller: Caller) -> None:
    """
    Every answer forbids scripts in the page and anything from outside, and being shown in another site's frame.
    """
    answers = [caller.mine("GET", path) for path in ("/", "/static/htmx.min.js", "/part/desk", "/nothing")] + [caller.ask("GET", "/")]
    policies = {answer.header("content-security-policy") for answer in answers}

    assert 1 == len(policies)
    policy = policies.pop()
    assert "unsafe" not in policy
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= {part.strip() for part in policy.split(";")}
    assert {"nosniff"} == {answer.header("x-content-type-options") for answer in answers}


@pytest.mark.parametrize(
    "path",
    [
        "/file/2023Q1/发放/../../../records/seal.key",
        "/file/2023Q1/../records/seal.key",
        "/file/2023Q1/发放/seal.key",
        "/file/../records/seal.key",
        "/file/2023Q1/records/seal.key",
        "/static/../application.py",
        "/static/%2e%2e/application.py",
        "/file/2023Q1/发放/..%2f..%2f..%2fsettings.toml",
    ],
)
def test_nothing_is_served_but_what_is_listed(caller: Caller, path: str) -> None:
    """
    Neither the key nor settings nor the program's own files come out, however they are asked for.
    """
    answer = caller.mine("GET", quote(path, safe="/%."))

    assert answer.status >= 400
    assert (caller.root / "records" / "seal.key").read_bytes() not in answer.body


def test_a_listed_file_is_served_as_it_is(caller: Caller) -> None:
    """
    A form that was issued comes byte for byte, to be saved.
    """
    one = next((caller.root / "outbox" / "2023Q1" / "发放").glob("*.xlsx"))
    answer = caller.mine("GET", quote(f"/file/2023Q1/发放/{one.name}"))

    assert (200, one.read_bytes()) == (answer.status, answer.body)
    assert "attachment" in answer.header("content-disposition")


@pytest.mark.parametrize("name", ["../外面.xlsx", "甲/../../外面.xlsx", "..", "", "/", "甲/..", "…/../.."])
def test_a_name_that_leads_out_of_the_inbox_is_refused(caller: Caller, name: str) -> None:
    """
    What is dropped lands in the inbox or nowhere.
    """
    answer = caller.mine("PUT", f"/drop?name={quote(name, safe='')}", b"x")

    assert 400 == answer.status
    assert "不能用" in answer.body.decode()
    assert not (caller.root / "外面.xlsx").exists()
    assert not list(caller.root.rglob("*.part"))


def test_a_dropped_file_keeps_its_folders_its_time_and_its_namesake(caller: Caller) -> None:
    """
    A folder comes with its files, the time of saving stays, and a second file of one name does not replace the first.
    """
    names = [
        caller.mine("PUT", f"/drop?name={quote('甲镇/进展.xlsx', safe='')}&sent=1680000000000", content).body.decode() for content in (b"one", b"another")
    ]
    first, second = (caller.root / "inbox" / "甲镇" / name for name in ("进展.xlsx", "进展（2）.xlsx"))

    assert ["甲镇/进展.xlsx" in names[0], "甲镇/进展（2）.xlsx" in names[1]] == [True, True]
    assert (b"one", b"another") == (first.read_bytes(), second.read_bytes())
    assert 1680000000 == int(first.stat().st_mtime)
    for path in (first, second):
        path.unlink()


@pytest.mark.parametrize("body", [b"do=rm&period=2023Q1", b"do=generate&period=--help", b"do=&period=", b"do=close&period=2023Q9"])
def test_a_button_that_is_none_does_nothing(caller: Caller, body: bytes) -> None:
    """
    Only the page's own deeds run, for periods only; anything else is answered in a sentence.
    """
    answer = caller.mine("POST", "/run", body, content_type="application/x-www-form-urlencoded", hx_request="true")

    assert "#notice" == answer.header("hx-retarget")
    assert '<p class="bad">' in answer.body.decode()


@pytest.mark.parametrize("name", ["../ledger.db", "../../settings.toml", "/etc/passwd", ".", "..", "", "没有这个.txt"])
def test_only_a_notice_that_was_laid_in_is_imported(caller: Caller, name: str) -> None:
    """
    The import takes a name of the notices' own folder and nothing else; what is laid in under a name with folders lands there without them.
    """
    answer = caller.mine("POST", "/import", f"name={quote(name, safe='')}".encode(), content_type="application/x-www-form-urlencoded", hx_request="true")

    assert "没有这个通知文件" in answer.body.decode()
    laid = caller.mine("PUT", f"/notice?name={quote('../../外面/通知.txt', safe='')}", "今天开会。".encode())
    assert (200, ["通知.txt"]) == (laid.status, [path.name for path in (caller.root / "records" / "notices").iterdir()])
    assert 400 == caller.mine("PUT", f"/notice?name={quote('甲/..', safe='')}", b"x").status
