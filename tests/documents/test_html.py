"""Saved web pages: the notice without the site around it."""

from pathlib import Path

import pytest

from tests.documents.drawn import page, plain, shown
from toolkit.edges.documents import web
from toolkit.edges.documents.read_document import read_document
from toolkit.edges.documents.web import read_html
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph

SITE = """
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/b">政务公开</a></li><li><a href="/c">办事</a></li><li><a href="/d">互动</a></li></ul></div>
<div class="breadcrumb">您现在的位置：<a href="/">首页</a> &gt; <a href="/x">通知公告</a></div>
<script>var a = "<p>牵头单位：脚本局</p>";</script><style>p { content: "样式" }</style><noscript>请打开脚本</noscript>
<h1>云溪县2023年重点工作任务分解方案</h1>
<div id="share">分享到：<a href="#">微信</a></div>
<div class="TRS_Editor">
<p style="text-indent:2em">&nbsp;&nbsp;1.&nbsp;新建标准厂房，<b>完成</b>投资<span>3亿元</span>。<br>（牵头单位：云溪县工信局；
责任单位：东山镇）</p>
<p>　　2. 修路。</p><p>&nbsp;</p><p style="display:none">3. 看不见的任务。</p><!-- <p>4. 注释里的任务。</p> -->
</div>
<ul><li><a href="1">相关甲</a></li><li><a href="2">相关乙</a></li><li><a href="3">相关丙</a></li><li><a href="4">相关丁</a></li></ul>
<div class="footer">主办：云溪县人民政府 ICP备1号</div>
"""
NOTICE = ["云溪县2023年重点工作任务分解方案", "1. 新建标准厂房，完成投资3亿元。", "（牵头单位：云溪县工信局；责任单位：东山镇）", "2. 修路。"]


def test_only_the_notice_of_a_government_page_is_read(tmp_path: Path) -> None:
    """
    Navigation, breadcrumb, scripts, share bar, hidden text, comments, link lists and footer stay out; the notice stays whole.
    """
    body = SITE.replace("主办：", "")

    assert NOTICE == shown(page(body), "a.html", tmp_path)


def test_a_part_that_names_duties_is_never_taken_for_the_site(tmp_path: Path) -> None:
    """
    A page whose builder called the article “nav-content” or “footer” still gives its tasks.
    """
    body = "<div class='nav-content'><p>1. 修路。</p></div><div class='footer'>（牵头单位：云溪县交通局）</div>"

    assert ["1. 修路。", "（牵头单位：云溪县交通局）"] == shown(page(body), "a.html", tmp_path)


def test_a_page_declared_gb2312_may_use_all_of_gb18030(tmp_path: Path) -> None:
    """
    Old pages declare gb2312 and use characters beyond it; the bytes decide.
    """
    content = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head><body><p>奓山街道、䶮镇的责任</p></body></html>"

    assert ["奓山街道、䶮镇的责任"] == shown(content.encode("gb18030"), "a.htm", tmp_path)


def test_a_page_may_declare_the_wrong_encoding(tmp_path: Path) -> None:
    """
    A page saved by an editor in UTF-8 that still declares gb2312 is read as it is.
    """
    assert ["云溪县的通知"] == shown("<html><meta charset=gb2312><body><p>云溪县的通知".encode(), "a.htm", tmp_path)


def test_a_data_table_repeats_merged_cells(tmp_path: Path) -> None:
    """
    A table of tasks is a table; what spans rows or columns stands in each cell it covers.
    """
    body = """<p>任务表</p><table border=1>
    <tr><th rowspan=2>序号</th><th rowspan=2>任务</th><th colspan=2>单位</th></tr><tr><th>牵头</th><th>配合</th></tr>
    <tr><td>1</td><td>修路</td><td rowspan=2>云溪县交通局</td><td><p>东山镇</p><p>西山镇</p></td></tr>
    <tr><td>2</td><td>架桥</td><td></td></tr></table><p>完</p>"""

    assert [
        "任务表",
        [
            ["序号", "任务", "单位", "单位"],
            ["序号", "任务", "牵头", "配合"],
            ["1", "修路", "云溪县交通局", "东山镇\n西山镇"],
            ["2", "架桥", "云溪县交通局", ""],
        ],
        "完",
    ] == shown(page(body), "a.html", tmp_path)


def test_a_layout_table_is_running_text(tmp_path: Path) -> None:
    """
    A table that only holds the page together gives paragraphs, and the table of tasks inside it stays a table.
    """
    inner = "<table><tr><th>任务</th><th>牵头单位</th></tr><tr><td>修路</td><td>云溪县交通局</td></tr></table>"
    body = f"<table width=900><tr><td>栏目</td><td><p>一、产业</p><p>1. 建厂。</p>{inner}<p>2. 植树。</p></td></tr></table>"

    assert ["栏目", "一、产业", "1. 建厂。", [["任务", "牵头单位"], ["修路", "云溪县交通局"]], "2. 植树。"] == shown(page(body), "a.html", tmp_path)


def test_list_numbers_are_drawn(tmp_path: Path) -> None:
    """
    The numbers that a browser draws before the items of a list are kept, with their start and their own values.
    """
    body = "<ol><li>甲</li><li value=5>乙<ol type=a start=3><li>丙</li></ol></li><li>丁</li></ol><ol style='list-style-type: none'><li>戊</li></ol>"

    assert ["1.|甲", "5.|乙", "c.|丙", "6.|丁", "戊"] == shown(page(body), "a.html", tmp_path)


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    """
    A page saved as .mht gives the text of its HTML part.
    """
    content = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>=E4=BF=AE=E8=B7=AF=E3=80=82</p></body></html>\r\n--b--\r\n"
    )

    assert ["修路。"] == shown(content.encode(), "a.mht", tmp_path)


def test_places_are_in_the_clerks_words(tmp_path: Path) -> None:
    """
    A paragraph is named by its count among the paragraphs, a table's cell by its table and row.
    """
    path = tmp_path / "a.html"
    path.write_bytes(page("<p>甲</p><table><tr><td>任务<td>单位</tr><tr><td>修路<td>东山镇</tr></table><p>乙</p>"))

    blocks = read_document(path).blocks
    cells = [cell.where for block in blocks if not isinstance(plain(block), str) for row in getattr(block, "rows", ()) for cell in row]

    assert ["第1段", "表1", "第2段"] == [block.where for block in blocks]
    assert ["表1第1行", "表1第1行", "表1第2行", "表1第2行"] == cells


def test_a_page_nested_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A page that is nested deeper than the parser goes is refused in a sentence, never read in half; it is read where the parser goes deeper.
    """
    content = page("<div>" * 300 + "牵头")
    assert ["牵头"] == [block.text for block in read_html(content) if isinstance(block, Paragraph)]

    monkeypatch.setattr(web, "_DEEPER", False)

    with pytest.raises(CommandError, match="的网页结构层层嵌套，读不了。"):
        read_html(content)
