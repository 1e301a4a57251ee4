"""Folds the radicals that PDF writers put in the place of characters (⽅⼈⻓⺠) into the characters they look like."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from toolkit.model.document import Paragraph, Table, TableCell

_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
# CJK Radicals Supplement → unified ideograph, after Unicode's EquivalentUnifiedIdeograph.txt
_FORMS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴㓁⺶羊⺷羊⺸羋⺹耂⺺肀⺻聿⺼肉"
    "⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_FOLD = _KANGXI | {ord(form): character for form, character in zip(_FORMS[::2], _FORMS[1::2], strict=True)}


def folded(text: str) -> str:
    """Write radicals as the characters they stand for; all other text stays."""
    return text.translate(_FOLD)


def with_characters(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Fold the radicals of a document's texts into the characters they look like; tables keep their shape."""
    return [
        replace(block, rows=tuple(tuple(TableCell(folded(cell.text), cell.where) for cell in row) for row in block.rows))
        if isinstance(block, Table)
        else replace(block, text=folded(block.text))
        for block in blocks
    ]
