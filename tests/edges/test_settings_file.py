"""settings.toml as people edit it: what cannot be read names its line in Chinese, what has no effect is said by doctor."""

from pathlib import Path

import pytest

from tests.small import small_workspace
from toolkit.edges.settings_file import STARTER, read_settings, text_of, unknown_settings
from toolkit.flows.upkeep.examine_workspace import examine_workspace
from toolkit.model.command_error import CommandError


def edited(path: Path, old: str, new: str, *, encoding: str = "utf-8") -> Path:
    """Write the settings with which a workspace begins, with one place changed."""
    assert old in STARTER
    path.write_bytes(STARTER.replace(old, new, 1).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('office = ""', "office = “区政府办”", "第 2 行（office）写得不对，其中的 “ 是中文标点"),
        ('office = ""', "office = 区政府办", "第 2 行（office）写得不对"),
        ('clerk = ""', 'clerk = "某某"\nclerk = ""', "第 8 行的 clerk 前面已经有了"),
        ("[mail] ", "［mail］ ", "第 12 行（［mail］）写得不对，其中的 ［ 是中文标点"),
        ("[keep] ", "[mail]\nx = 1\n[keep] ", "第 31 行的 [mail] 前面已经有了"),
        ("after = [1, 5]", "after = [1, 5", "没有写完"),
    ],
)
def test_what_cannot_be_read_names_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The line's number and name are given, and what to write; never the value, never English."""
    with pytest.raises(CommandError) as trouble:
        read_settings(edited(tmp_path / "settings.toml", old, new))

    assert f"设置文件 settings.toml {said}。" == trouble.value.message
    assert "文字两边用英文的双引号" in trouble.value.advice


def test_another_encoding_is_named(tmp_path: Path) -> None:
    """What Windows saves as ANSI says how to save it as UTF-8; a byte order mark and Windows' line ends are nothing."""
    with pytest.raises(CommandError, match="不是按 UTF-8 编码保存的"):
        read_settings(edited(tmp_path / "settings.toml", 'office = ""', 'office = "区政府办"', encoding="gbk"))

    path = tmp_path / "settings.toml"
    path.write_bytes(STARTER.replace("\n", "\r\n").encode("utf-8-sig"))
    assert (0, "") == (read_settings(path)["workers"], read_settings(path)["office"])


def test_what_has_no_effect_is_told_with_the_name_that_was_meant() -> None:
    """A name in capitals, in the wrong section or of no section is told; what may be added is not."""
    settings: dict[str, object] = {"Office": "某办", "rate": 5, "keeps": {}, "mail": {"smtp_port": 25, "smpt": ""}, "office": {}, "keep": 3}

    assert [("Office", "office"), ("rate", ""), ("[keeps]", "[keep]"), ("[mail] smpt", "smtp")] == list(unknown_settings(settings))[:4]
    assert ["[office]"] == [name for name, _ in list(unknown_settings(settings))[4:]]


def test_a_list_is_no_text_and_a_number_is(tmp_path: Path) -> None:
    """Copies as a list stops the papers instead of being printed with its brackets; a telephone without quotes is read."""
    assert "82960000" == text_of({"phone": 82960000}, "phone")
    with pytest.raises(CommandError, match="里的 copies 不能是"):
        text_of({"copies": ["区委办公室"]}, "copies")

    space = small_workspace(tmp_path)
    edited(space.root / "settings.toml", "workers = 0", 'workers = -1\npaper_form = true\nOffice = ""')
    seen = [found.seen for found in examine_workspace(space) if found.thing == "settings.toml"]

    assert ["“paper_form”不是程序认得的设置，不起作用", "“Office”不是程序认得的设置，不起作用"] == seen[:2]
    assert ["settings.toml 里的 workers 不能是“-1”。"] == seen[2:]
