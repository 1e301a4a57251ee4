"""A file's name and a mail's sender against the seal."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.intake.draw import ISSUE
from toolkit.intake.cross_check import Register
from toolkit.model.master import COLLECTIVE, Unit
from toolkit.model.returns import Sent

UNITS = (
    Unit("云溪县发改局", ("县发展和改革局",), email="fgj@example.com"),
    Unit("云溪县工信局", email="gxj@example.com, gxj2@example.com"),
    Unit("东山镇", email="zhen@example.com"),
    Unit("西山镇", email="ZHEN@example.com"),
    Unit("青江开发区管委会"),
    Unit("各镇", group=COLLECTIVE, members=("东山镇",), issued=False),
)
REGISTER = Register(UNITS)


def said(name: str, unit: str = "东山镇", origin: str = "", carrier: str = "封签") -> list[str]:
    issue = replace(ISSUE, unit=unit)
    sent = Sent(name, datetime(2023, 3, 20), 1, "", origin)  # noqa: DTZ001 - local time
    return [contradiction.finding.message for contradiction in REGISTER.contradictions(sent, issue, carrier)]


NAME = "文件名写的是“{}”，封签却是“东山镇”的，按封签采用。"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("东山镇.xlsx", []),
        ("副本(1).xlsx", []),
        ("各镇汇总.xlsx", []),
        ("东山镇报县工信局.xlsx", []),
        ("云溪县工信局一季度.xlsx", [NAME.format("云溪县工信局")]),
        ("工信局.xlsx", [NAME.format("云溪县工信局")]),
        ("县发展和改革局（终稿）.xlsx", [NAME.format("云溪县发改局")]),
        ("西山镇/东山镇.xlsx", []),
        ("来件.zip/西山镇.xlsx", [NAME.format("西山镇")]),
        ("管委会.xlsx", []),
    ],
)
def test_a_file_named_after_another_unit_says_so(name: str, expected: list[str]) -> None:
    """The name of another unit, whole, as an alias or without its place, is said; one's own name beside it, a collective and a folder say nothing."""
    assert expected == said(name)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("某某 <zhen@example.com>：一季度", []),
        ("gxj2@example.com：东山镇", ["邮件来自“云溪县工信局”的邮箱（gxj2@example.com），封签却是“东山镇”的，按封签采用。"]),
        ('"fgj@example.com" <GXJ@example.com>：表', ["邮件来自“云溪县工信局”的邮箱（gxj@example.com），封签却是“东山镇”的，按封签采用。"]),
        ("某某 <other@example.com>：云溪县工信局 gxj@example.com", []),
    ],
)
def test_a_mail_from_another_units_mailbox_says_so(origin: str, expected: list[str]) -> None:
    """The registered mailbox of another unit is said; one that two units share, one that is nobody's, and what stands in the subject say nothing."""
    assert expected == said("表.xlsx", origin=origin)


def test_what_decided_is_named() -> None:
    """Where the seal was lost and the printed code decided, the sentence says so; a unit that goes by another name now is still itself."""
    assert ["文件名写的是“西山镇”，回执编号却是“东山镇”的，按回执编号采用。"] == said("西山镇.xlsx", carrier="台账")
    assert [] == said("发改局.xlsx", unit="县发展和改革局")
