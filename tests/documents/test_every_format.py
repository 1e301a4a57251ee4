"""Every sort of file gives the same tasks, from its prose and from its table, and the count of its lines adds up."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.documents import every_format as drawn
from tests.documents.drawn import docx, para, row, table, zipped
from toolkit.edges.documents.read_document import read_document
from toolkit.model.command_error import CommandError
from toolkit.model.document import Table
from toolkit.model.master import FATES, Master
from toolkit.notice.read_notice import read_notice

BY_HAND: list[tuple[str, Callable[[Path], Path]]] = [
    ("txt", drawn.text),
    ("md", drawn.markdown),
    ("html", drawn.web),
    ("docx", drawn.word),
    ("xlsx", drawn.book),
    ("ofd", drawn.ofd),
    ("csv", partial(drawn.separated, name="通知.csv", delimiter=",")),
    ("tsv", partial(drawn.separated, name="通知.tsv", delimiter="\t")),
]
BY_OFFICE = ("doc", "wps", "odt", "rtf", "pdf", "uot", "xls", "et", "ods")


def told(master: Master) -> list[str]:
    """The tasks with their units and deadlines."""
    return [f"{task.number} {task.text} {'、'.join(task.leads)} ← {'、'.join(task.supports)} {task.deadline}" for task in master.tasks]


def check(path: Path) -> None:
    """Hold a file against the tasks it was drawn from, and its lines against their fates."""
    master = read_notice(read_document(path), year=2025)

    assert drawn.TASKS == told(master)
    assert all(line.fate in FATES for line in master.lines)
    assert 4 <= sum(line.fate == "任务" for line in master.lines)


@pytest.mark.parametrize(("kind", "draw"), BY_HAND, ids=[kind for kind, _ in BY_HAND])
def test_prose_and_table_are_read(kind: str, draw: Callable[[Path], Path], tmp_path: Path) -> None:
    """A file with prose and a table gives the tasks of both with units and deadlines, whatever sort it is."""
    path = draw(tmp_path)

    assert f".{kind}" == path.suffix
    check(path)


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("kind", BY_OFFICE)
def test_prose_and_table_of_an_office_file_are_read(kind: str, tmp_path: Path) -> None:
    """A file that LibreOffice wrote in any of its sorts gives the same."""
    check(drawn.through_office(tmp_path, kind))


def test_documents_inside_a_document_are_read(tmp_path: Path) -> None:
    """A chunk in another format, a text box and a content control stand where they are shown; an object that cannot be read is asked about."""
    inner = docx(para("2.整治停车秩序。（责任单位：区城管局）"))
    control = f"<w:sdt><w:sdtContent>{para('3.推广垃圾分类。（责任单位：区城管局）')}</w:sdtContent></w:sdt>"
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{para('4.修路。（责任单位：区交通运输局）')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    body = docx(
        para("1.修缮社区食堂。（责任单位：区民政局）"),
        '<w:altChunk r:id="chunk"/>',
        control,
        para("", inner=box),
        '<w:altChunk r:id="page"/>',
        '<w:altChunk r:id="odd"/>',
    )
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    more = "".join(
        f'<Relationship Id="{name}" Type="{relations}" Target="{part}"/>'
        for name, part in (("chunk", "inner.docx"), ("page", "inner.html"), ("odd", "inner.bin"))
    )
    path = tmp_path / "通知.docx"
    path.write_bytes(
        _with_parts(
            body, more, {"word/inner.docx": inner, "word/inner.html": "<p>5.架桥。（责任单位：区水务局）</p>".encode(), "word/inner.bin": b"\x00\x01" * 50}
        )
    )

    master = read_notice(read_document(path), year=2025)

    assert ["修缮社区食堂。", "整治停车秩序。", "推广垃圾分类。", "修路。", "架桥。"] == [task.text for task in master.tasks]
    assert ["嵌入的文件没有读：inner.bin"] == [doubt.read for doubt in master.doubts if doubt.code == "N07"]


def _with_parts(content: bytes, relations: str, parts: dict[str, bytes]) -> bytes:
    """Put parts into a Word file, with relations to them."""
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(
                entry, text.replace(b"</Relationships>", relations.encode() + b"</Relationships>") if entry == "word/_rels/document.xml.rels" else text
            )
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def test_radicals_become_characters(tmp_path: Path) -> None:
    """Radicals that a PDF writer put in the place of characters are folded, in text and tables."""
    path = tmp_path / "通知.docx"
    path.write_bytes(docx(para("⽅便⼈⺠⽣活"), table(row("⾦融⻓效", "⻔⻋⻢"), row("⼀", "⼆"))))

    blocks = read_document(path).blocks

    assert ["方便人民生活", [["金融长效", "门车马"], ["一", "二"]]] == [
        [[cell.text for cell in line] for line in block.rows] if isinstance(block, Table) else block.text for block in blocks
    ]


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_page_of_two_columns_is_read_down_each(tmp_path: Path) -> None:
    """A PDF set in two columns below a title across the page is read down the left column, then down the right one."""
    works = ("修缮楼栋外墙", "完善雨污管网", "增设停车泊位", "安装充电设施", "改造照明线路", "补种行道树木", "翻新休闲座椅")
    lists = ["，".join(works[(number + step * (number % 3 + 1)) % 7] for step in range(number % 4 + 2)) for number in range(24)]
    items = [f"{number}.推进第{number}号街区更新，{text}，让居民生活更方便。（责任单位：区住房和城乡建设局、区城管局）" for number, text in enumerate(lists, 1)]
    columns = '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'
    body = docx(para("青江区2025年重点工作任务分解表"), columns, *map(para, items))
    source = tmp_path / "公报.docx"
    source.write_bytes(_two_columns(body))
    path = drawn.convert(source, "pdf", tmp_path / "made")

    master = read_notice(read_document(path), year=2025)

    assert [(f"任务{number}", ("区住房和城乡建设局", "区城管局")) for number in range(1, 25)] == [(task.number, task.leads) for task in master.tasks]
    assert all(task.text.startswith("推进第") and task.text.endswith("让居民生活更方便。") for task in master.tasks)


def _two_columns(content: bytes) -> bytes:
    """Set the last section of a Word file in two columns."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as old:
        files = {name: old.read(name).decode() for name in old.namelist()}
    head, _, tail = files["word/document.xml"].rpartition("</w:sectPr>")
    return zipped(files | {"word/document.xml": f'{head}<w:cols w:num="2" w:space="720"/></w:sectPr>{tail}'})


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "里面有不正常的声明，没有读。"),
        ({"OFD.xml": "<OFD><DocRoot>Doc_0/Document.xml</DocRoot></OFD>"}, "已经损坏，里面缺少页面。"),
        ({"uof.xml": "<a/>", "_meta/meta.xml": "<a/>"}, "是标文通（UOF）文件的压缩格式，这里不能直接读。"),
    ],
)
def test_an_odd_official_file_is_refused_with_a_sentence(files: dict[str, str], sentence: str, tmp_path: Path) -> None:
    """A broken or hostile OFD and a packed UOF end with a sentence."""
    path = tmp_path / "通知.ofd"
    path.write_bytes(zipped(files))

    with pytest.raises(CommandError) as refused:
        read_document(path)

    assert f"“通知.ofd”{sentence}" == refused.value.message
