"""What people type, and what programs leave in a cell."""

from datetime import date, datetime
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.spoiled.office import Case, Kind, clean, fill, marked, out
from tests.spoiled.surgery import Make, cell_xml, edited, in_string, on_main, packed, parts_of, typed

PROGRESS, DONE, DUE, STATUS, PROBLEM = "任务1.progress", "任务1.done", "任务1.due", "任务1.status", "任务1.problem"
REACHED = "任务1|新建标准厂房.reached"
VALUE = '<c r="{r}" s="{s}"><v>%s</v></c>'
FORMULA = '<c r="{r}" s="{s}"%s><f>%s</f>%s</c>'
LONG = "完成" * 20_000


def _progress(value: object) -> Make:
    return typed({PROGRESS: value})


def _percent_format(case: Case) -> bytes:
    def change(sheet: Worksheet) -> None:
        sheet["K5"], sheet["K6"] = 0.31, 1
        sheet["K5"].number_format, sheet["K6"].number_format = "0%", "0.00%"

    return on_main(change)(case)


def _shown_as(value: float, shape: str) -> Make:
    """The progress typed into a cell of that number format."""

    def change(sheet: Worksheet) -> None:
        sheet["K5"] = value
        sheet["K5"].number_format = shape

    return on_main(change)


def _struck_in_part(sheet: Worksheet) -> None:
    struck = InlineFont(strike=True)
    sheet["L5"] = CellRichText(TextBlock(struck, "拟"), "建成厂房二十万平方米，三家企业进场。")


def _rich(sheet: Worksheet) -> None:
    bold = InlineFont(b=True, color="FFFF0000")
    sheet["L5"] = CellRichText("建成厂房", TextBlock(bold, "二十万平方米"), "，三家企业进场。")


def _phonetic(case: Case) -> bytes:
    xml = '<c r="{r}" s="{s}" t="inlineStr"><is><t>用地紧张</t><rPh sb="0" eb="2"><t>ヨウチ</t></rPh><phoneticPr fontId="1"/></is></c>'
    return cell_xml({PROBLEM: xml})(case)


def _comment(sheet: Worksheet) -> None:
    sheet["M8"].comment = Comment("冬季不能施工", "某某")


def _dates_from_1904(case: Case) -> bytes:
    def change(book: Workbook) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
        book["任务进展"]["P5"] = datetime(2023, 12, 1)  # noqa: DTZ001 - a sheet's date has no zone

    return edited(change)(case)


def _bare_serial_1904(case: Case) -> bytes:
    parts = parts_of(cell_xml({DUE: '<c r="{r}"><v>43799</v></c>'})(case))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')
    return packed(parts)


def _pictured(case: Case) -> bytes:
    """A picture in a cell, as WPS saves it."""
    picture = 'DISPIMG("ID_0123456789ABCDEF",1)'
    parts = parts_of(cell_xml({"任务2.evidence": FORMULA % (' t="str"', escape(f"_xlfn.{picture}"), f"<v>{escape('=' + picture)}</v>")})(case))
    return packed(parts | {"xl/cellimages.xml": b"<cellImages/>", "xl/media/image1.png": b"\x89PNG\r\n\x1a\n"})


def _link(sheet: Worksheet) -> None:
    sheet["R6"].hyperlink = "https://example.com/5"
    sheet["R6"] = "云政发〔2023〕5号"


def _blank_required(case: Case) -> bytes:
    return fill(case.blank, {DONE: None, "任务4.next": "　 \n"})


def _figure(value: object) -> Make:
    return typed({REACHED: value})


KINDS = (
    Kind("进度写“约31%左右”", _progress("约31%左右"), clean("READ_AS")),
    Kind("进度写全角“３１％”", _progress("３１％"), clean("READ_AS")),
    Kind("进度写“31 %”", _progress("31 %"), clean("READ_AS")),
    Kind("进度是文本型数字", _progress("31"), clean()),
    Kind("进度写成小数 0.31", _progress(0.31), clean("READ_AS")),
    Kind("进度单元格设成百分比格式（31%、100%）", _percent_format, clean()),
    Kind("进度写“百分之三十一”", _progress("百分之三十一"), clean("READ_AS")),
    Kind("进度写“三成一”", _progress("三成一"), clean("READ_AS")),
    Kind("进度写一个范围", _progress("30%-35%"), marked("IS_RANGE", out(PROGRESS))),
    Kind("进度写 1", typed({"任务2.progress": 1}), marked("PERCENT_OF_ONE FINISHED_NOT_FULL", {"任务2.progress": "1"})),
    Kind("进度写 130", _progress(130), marked("TOO_HIGH", out(PROGRESS))),
    Kind("进度写 -5", _progress(-5), marked("TOO_LOW", out(PROGRESS))),
    Kind("进度写“正在推进”", _progress("正在推进"), marked("NOT_NUMBER", out(PROGRESS))),
    Kind("进度是勾选的 TRUE", cell_xml({PROGRESS: '<c r="{r}" s="{s}" t="b"><v>1</v></c>'}), marked("NOT_NUMBER", out(PROGRESS))),
    Kind("进度是日期（2023-03-31）", _progress(date(2023, 3, 31)), marked("NOT_NUMBER", out(PROGRESS))),
    Kind("进度是公式，结果存下了", cell_xml({PROGRESS: FORMULA % ("", "30+1", "<v>31</v>")}), clean()),
    Kind("进度是公式，结果没有存下", cell_xml({PROGRESS: FORMULA % ("", "30+1", "")}), marked("NO_RESULT", out(PROGRESS))),
    Kind("共用公式，结果没有存下", cell_xml({PROBLEM: '<c r="{r}" s="{s}"><f t="shared" si="0"/></c>'}), marked("NO_RESULT", out(PROBLEM))),
    Kind("公式出错 #REF!", cell_xml({PROGRESS: FORMULA % (' t="e"', "A1+#REF!", "<v>#REF!</v>")}), marked("CELL_ERROR", out(PROGRESS))),
    Kind("公式出错 #SPILL!（新版才有的错误）", cell_xml({PROGRESS: FORMULA % (' t="e"', "A1", "<v>#SPILL!</v>")}), marked("CELL_ERROR", out(PROGRESS))),
    Kind("数字大到没有尽头（1e999）", cell_xml({PROGRESS: VALUE % "1e999"}), marked("NOT_NUMBER", out(PROGRESS))),
    Kind("数字前有撇号", cell_xml({PROGRESS: in_string("'31")}), clean("READ_AS")),
    Kind("日期写 2023.12.1", typed({DUE: "2023.12.1"}), clean("READ_AS")),
    Kind("日期写 2023/12/1（带空格）", typed({DUE: "2023/12/1 "}), clean("READ_AS")),
    Kind("日期写 20231201", typed({DUE: 20231201}), clean("READ_AS")),
    Kind("日期写“12月1日前”", typed({DUE: "12月1日前"}), clean("READ_AS")),
    Kind("日期写“12月底”", typed({DUE: "12月底"}), clean("READ_AS", {DUE: "2023-12-31"})),
    Kind("日期写“2023年12月”", typed({DUE: "2023年12月"}), clean("READ_AS", {DUE: "2023-12-31"})),
    Kind("日期写“年底”", typed({DUE: "年底"}), clean("READ_AS", {DUE: "2023-12-31"})),
    Kind("日期是序列号 45261", cell_xml({DUE: '<c r="{r}"><v>45261</v></c>'}), clean("READ_AS")),
    Kind("日期从 1904 年算起", _dates_from_1904, clean()),
    Kind("从 1904 年算起的序列号 43799", _bare_serial_1904, clean("READ_AS")),
    Kind("日期写“尽快完成”", typed({DUE: "尽快完成"}), marked("NOT_DATE", out(DUE))),
    Kind("日期写 2023.13.40", typed({DUE: "2023.13.40"}), marked("NOT_DATE", out(DUE))),
    Kind("状态写“推进中。”", typed({STATUS: "推进中。"}), clean("READ_AS")),
    Kind("状态写“正在推进”", typed({STATUS: "正在推进"}), marked("UNDERSTOOD")),
    Kind("状态写“基本完成”", typed({STATUS: "基本完成"}), marked("NOT_CHOICE", out(STATUS))),
    Kind("状态打勾 √", typed({STATUS: "√"}), marked("NOT_CHOICE", out(STATUS))),
    Kind("指标写“20万平方米”", _figure("20万平方米"), clean("READ_AS")),
    Kind("指标写“200000平方米”", _figure("200000平方米"), marked("CONVERTED")),
    Kind("指标写“0.002亿平方米”", _figure("0.002亿平方米"), marked("CONVERTED")),
    Kind("指标写“20万”", _figure("20万"), clean("READ_AS")),
    Kind("指标写别的单位“20家”", _figure("20家"), marked("OTHER_UNIT", out(REACHED))),
    Kind("指标写全角带千分号“１，２００”", _figure("１，２００"), marked("READ_AS FAR_BEYOND", {REACHED: "1200"})),
    Kind("指标写“2000万元”", _figure("2000万元"), marked("OTHER_UNIT", out(REACHED))),
    Kind("指标写“二十”", _figure("二十"), clean("READ_AS")),
    Kind("指标写“详见附件”", _figure("详见附件"), marked("NOT_NUMBER", out(REACHED))),
    Kind(
        "问题写“无”、“/”、“-”",
        typed({PROBLEM: "无", "任务3.problem": "/", "任务4.problem": "-"}),
        clean("", {PROBLEM: "无", "任务3.problem": "/", "任务4.problem": "-"}),
    ),
    Kind("问题写“同上”", typed({"任务3.problem": "同上"}), marked("UNDERSTOOD", {"任务3.problem": "用地紧张"})),
    Kind("进展情况写“详见附件”", typed({DONE: "详见附件"}), marked("NO_SUBSTANCE", {DONE: "详见附件"})),
    Kind("必填的空着，有的只打了空格", _blank_required, marked("BLANK BLANK", out(DONE, "任务4.next"))),
    Kind("文字里有看不见的控制字符", cell_xml({PROBLEM: in_string("用地_x0007_紧张\x85")}), clean("STRANGE_CHARACTERS")),
    Kind("换行写成 _x000D_", cell_xml({PROBLEM: in_string("用地_x000D_\n紧张")}), clean("", {PROBLEM: "用地\n紧张"})),
    Kind("文字超过单元格的 32767 字", cell_xml({PROBLEM: in_string(LONG)}), marked("CUT TOO_LONG", {PROBLEM: LONG[:32_767]})),
    Kind("富文本（半截红字加粗）", on_main(_rich), clean()),
    Kind("带拼音（注音）", _phonetic, clean()),
    Kind("文字以等号开头（=1+1）", cell_xml({PROBLEM: in_string("=1+1")}), clean("", {PROBLEM: "=1+1"})),
    Kind("文字里藏着 DDE（=cmd|…）", cell_xml({PROBLEM: in_string("=cmd|' /C calc'!A0")}), clean("", {PROBLEM: "=cmd|' /C calc'!A0"})),
    Kind("公式去取网页（WEBSERVICE）", cell_xml({PROBLEM: FORMULA % (' t="str"', escape('WEBSERVICE("http://example.com")'), "<v>用地紧张</v>")}), clean()),
    Kind("单元格里放图片（WPS）", _pictured, marked("NOT_TAKEN IS_PICTURE", out("任务2.evidence"))),
    Kind("佐证材料带超链接", on_main(_link), clean()),
    Kind("号码填成 18 位数字", cell_xml({"任务2.evidence": VALUE % "110101199003077758"}), marked("LONG_NUMBER", {"任务2.evidence": "110101199003078000"})),
    Kind("内容写在批注里", on_main(_comment), marked("ONLY_BESIDE", {})),
    Kind("文字栏里填了数字", typed({PROBLEM: 3}), clean("", {PROBLEM: "3"})),
    Kind("带表情和生僻字", typed({PROBLEM: "用地😀紧张，𠮷家村"}), clean("", {PROBLEM: "用地😀紧张，𠮷家村"})),
    Kind("进度显示为 31%，格式里的百分号带引号", _shown_as(31, '0"%"'), clean("READ_AS")),
    Kind("进度被格式藏起来（;;;）", _shown_as(31, ";;;"), marked("SHOWN_OTHERWISE", out(PROGRESS))),
    Kind("进度是负数，格式显示成正数", _shown_as(-31, "0;0"), marked("SHOWN_OTHERWISE", out(PROGRESS))),
    Kind("划掉了一部分文字", on_main(_struck_in_part), marked("STRUCK")),
    Kind("字与字之间是零宽空格", typed({STATUS: "推\u200b进中\ufeff"}), clean("READ_AS")),
)
