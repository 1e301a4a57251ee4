"""Units in a form's own list and in 发给: as the register calls them, short names where they fit one unit, else asked about."""

from toolkit.model.findings import Code
from toolkit.model.form import Form, ListRow, Subject, Table
from toolkit.model.form_addressees import addressed_form
from toolkit.model.master import Master, Unit
from toolkit.model.place import Place

REGISTER = Master((), (), (Unit("云溪区教育局", ("教体局",)), Unit("云溪区发展和改革局"), Unit("东山镇", group="街道乡"), Unit("西山镇", group="街道乡")), ())


def _form(*units: str, issued_to: tuple[str, ...] = ()) -> Form:
    rows = tuple(ListRow(unit, str(at), {}, Place("表.xlsx", "清单", f"A{at}")) for at, unit in enumerate(units, 2))
    return Form("f", "1", "表", "月", "表", (), (), (Table("表", Subject.LIST, (), rows=rows),), {}, file="表.xlsx", issued_to=issued_to)


def test_short_names_are_understood_where_they_fit_one_unit() -> None:
    """
    区教育局, an alias and 发改局 are put into the register's names, each said once at its cell; so is a short name in 发给.
    """
    found = addressed_form(_form("区教育局", "教体局、发改局", "区教育局", issued_to=("街道乡", "教育局", "云溪区发展和改革局")), REGISTER)

    assert ["云溪区教育局", "教体局、云溪区发展和改革局", "云溪区教育局"] == [row.unit for row in found.form.main.rows]
    assert ("街道乡", "云溪区教育局", "云溪区发展和改革局") == found.form.issued_to
    said = [(finding.code, finding.place.cell, finding.facts["seen"]) for finding in found.findings]
    assert [(Code.OFFICE_UNDERSTOOD, "", "教育局"), (Code.OFFICE_UNDERSTOOD, "A2", "区教育局"), (Code.OFFICE_UNDERSTOOD, "A3", "发改局")] == said


def test_names_that_fit_several_or_none_are_asked_about() -> None:
    """
    山镇 may be either town, which are offered; a name that is like none is asked about without; both rows keep what was written.
    """
    found = addressed_form(_form("山镇", "某某公司"), REGISTER)

    assert ["山镇", "某某公司"] == [row.unit for row in found.form.main.rows]
    assert [(Code.LIST_UNIT_NEAR, "A2"), (Code.LIST_UNIT, "A3")] == [(finding.code, finding.place.cell) for finding in found.findings]
    assert "相近的有 东山镇、西山镇" in found.findings[0].message
