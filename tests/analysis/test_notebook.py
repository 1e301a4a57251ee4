"""The notebook of docs/示例 runs on a workspace as an analyst would run it."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.analysis.test_data import play_quarter
from tests.small import small_workspace
from tests.waiting import PATIENCE

NOTEBOOK = Path(__file__).parents[2] / "docs" / "示例" / "分析.ipynb"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")  # of the notebook's own machinery
def test_the_notebook_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell runs, and every cell that shows something shows a table."""
    space = small_workspace(tmp_path)
    play_quarter(space)
    monkeypatch.setenv("TASK_TOOLKIT_WORKSPACE", str(space.root))
    notebook = nbformat.read(NOTEBOOK, as_version=4)

    NotebookClient(notebook, timeout=PATIENCE, resources={"metadata": {"path": str(NOTEBOOK.parents[2])}}).execute()

    shown = [output.data for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs if output.output_type == "execute_result"]
    assert 5 == len(shown)
    assert all("<table" in output["text/html"] for output in shown)
