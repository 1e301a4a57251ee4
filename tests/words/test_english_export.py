"""export --public in an English office: page and workbook for everybody are English, the office's data as it is."""

import contextlib
import io
import re
from datetime import date
from pathlib import Path

from tests.words.english_office import CHINESE, english_workspace, issue_english, report
from tests.words.test_english_round import NAMES, _texts_of
from toolkit.cli.main import _run
from toolkit.edges.clock import held
from toolkit.flows.intake.collect import collect


def test_public_page_and_workbook(tmp_path: Path) -> None:
    """
    Titles, headings and states are English, by the office's settings and by --lang en alone.
    """
    for language, asked in (("en", ()), ("", ("--lang", "en"))):
        space = english_workspace(tmp_path / f"office {language}", language="en")
        with held(date(2023, 3, 20)):
            report(space, issue_english(space))
            collect(space, progress=lambda items, _: items)
        settings = space.root / "settings.toml"
        settings.write_text(settings.read_text("utf-8").replace('lang = "en"', f'lang = "{language}"'), "utf-8")
        to, screen = tmp_path / f"out {language}", io.StringIO()
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            _run([*asked, "--workspace", str(space.root), "export", "--public", "--to", str(to)])
        page = next(to.glob("*.html")).read_text("utf-8")
        texts = [*re.findall(r">([^<]+)<", page), *_texts_of(next(to.glob("*.xlsx")))]

        assert 'lang="en"' in page
        assert "Build 800 new homes." in texts
        assert [] == [text for text in (*texts, *screen.getvalue().splitlines()) if CHINESE.search(NAMES.sub("", text)) and "公开版" not in text]
