"""What the program needs: the oldest versions are named, so that python -m tools.oldest can run the tests with them."""

import pytest

from tools.oldest import oldest, requirements


def test_every_requirement_names_its_oldest_version() -> None:
    """Of the program and of its extras; one without would raise."""
    assert {"xlsxwriter", "python-calamine", "distributed", "py7zr"} <= {requirement.partition("==")[0] for requirement in requirements()}


def test_a_requirement_is_pinned_to_its_floor() -> None:
    """Extras and other conditions do not hide it; a requirement without one is an error."""
    assert ["holidays==0.85", "psycopg[binary]==3.2.1"] == [oldest("holidays>=0.85,<1"), oldest("psycopg[binary]>=3.2.1")]
    with pytest.raises(ValueError, match="no oldest version"):
        oldest("rich<15")
