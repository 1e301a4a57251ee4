"""What the list of what came says of a file."""

from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.received import Brought, what_is_next, what_it_brought, what_it_is
from toolkit.model.returns import Outcome


def test_an_envelope_brought_the_files_in_it() -> None:
    """A zip or mail is called what it is, brought its files, which have lines of their own, and needs nothing."""
    findings = [Finding(Code.ENVELOPE, Place("来件.zip"), {"kind": "压缩包", "count": 3})]

    assert "压缩包" == what_it_is(Outcome.IGNORED, findings, 1)
    assert "里面 3 个文件另列" == what_it_brought(Outcome.IGNORED, Brought(0, 0, -1), findings)
    assert "没有采用内容" == what_it_brought(Outcome.IGNORED, Brought(0, 0, -1), [])
    assert "请" not in what_is_next(Outcome.IGNORED, findings, "")
