"""The facts of a finding are typed: what does not fill its sentence fails in mypy (tools/mypy_finding_facts.py)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.notice.doubts import doubt

def made(code: Code, facts: dict[str, str]) -> None:
    Finding(Code.LATE, Place(), {"due": "1", "sent": "2"})
    Finding(code, Place(), facts)
    Finding(Code.LATE, Place(), {"due": "1", "sent": "2", "together": "3", "cells": "B2"})
    Finding(Code.LATE, Place(), {**facts, "due": "1"})
    Finding(Code.LATE, Place(), {"due": "1"})
    Finding(Code.LATE, Place(), {"due": "1", "sent": "2", "seen": "3"})
    doubt(Code.SAME_UNIT, "", "", nobody="")
    late = {"due": "1"}
    Finding(Code.LATE, Place(), late)
    Finding(Code.LATE, Place(), late | {"sent": "2"})
    Finding(Code.LATE, Place(), {**late, "seen": "3"})
    changed = {"due": "1"}
    changed["sent"] = "2"
    Finding(Code.LATE, Place(), changed)
    either = Code.LATE if facts else Code.SAME_UNIT
    Finding(either, Place(), {"due": "1", "sent": "2"})
"""


def test_wrong_missing_and_needless_facts_fail_the_type_check(tmp_path: Path) -> None:
    """
    Calls whose facts do not fill their sentence are reported, each with the fact, also where facts or code stand in a variable; the others are not.
    """
    (tmp_path / "probe.py").write_text(SOURCE, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "probe.py")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    reported = {int(line.split(":")[1]): line.partition("sentence: ")[2].removesuffix("  [misc]") for line in done.stdout.splitlines() if "do not fill" in line}
    assert {11: "sent", 12: "seen", 15: "sent", 17: "seen, sent"} == {line: facts for line, facts in reported.items() if line != 13 and line < 22}
    assert "nobody" in reported[13].split(", ")
    assert {"due", "sent"} <= set(reported[22].split(", "))
