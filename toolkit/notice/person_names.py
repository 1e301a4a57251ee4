"""Names of persons in a cell or behind a label: 俞 悦, 陆 明俞 悦, 王某某、李某某."""

import re

from toolkit.model.lazy_pattern import lazy_pattern

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵"
    "湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲"
    "封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通"
    "边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公尚欧肖闫付代覃兰仝"
    "涂佘占邸原苟岳栗仵台晋褟某",
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒", "端木", "呼延", "南宫")
_OFFICE = lazy_pattern(r"(?:长|主任|书记|主席|委员|成员|常委|专员|领导|同志|经理|董事|秘书|顾问|总师|调研员)$")
_APART = lazy_pattern(r"[、,，;；/\n]")


def is_person(text: str) -> bool:
    """Say whether a text has the shape of a person's name: a surname and one or two characters more."""
    plain = "".join(text.split())
    if plain.startswith(_COMPOUND):
        return len(plain) <= 4 and plain.isalpha()
    return 2 <= len(plain) <= 3 and plain.isalpha() and not plain.isascii() and plain[0] in _SURNAMES


def persons(text: str) -> str:
    """Give the persons of a cell, joined with 、; a name printed with a blank in it (俞 悦) is one, two such run together are two."""
    return "、".join(dict.fromkeys(name for piece in _APART.split(text) for name in _names(piece.strip())))


def run_together(text: str) -> bool:
    """Say whether two names may have been printed without anything between them: 陆明俞悦."""
    return any(
        4 <= len(name) <= 6
        and name.isalpha()
        and not name.isascii()
        and name[0] in _SURNAMES
        and not name.startswith(_COMPOUND)
        and any(char in _SURNAMES for char in name[2:-1])
        for name in text.split("、")
    )


def _names(piece: str) -> list[str]:
    if not re.search(r"[ \u3000]", piece) or piece.isascii():
        return [piece] if piece else []
    found = _spaced(re.sub(r"[ \u3000]+", " ", piece)) if len(piece) <= 60 else []
    if found:
        return found
    words = piece.split()
    return ["".join(words)] if is_person(piece) or _OFFICE.search(words[0]) else words


def _spaced(text: str) -> list[str]:
    """Take a row of names apart where each is a surname and one or two characters, a blank inside only where there is one; empty where that does not fit."""
    if not text:
        return []
    for form in (r"[\u4e00-\u9fff] [\u4e00-\u9fff]", r"[\u4e00-\u9fff]{3}(?= |$)", r"[\u4e00-\u9fff]{2}(?= |$)"):
        match = re.match(form, text)
        if match is None or text[0] not in _SURNAMES:
            continue
        rest = text[match.end() :].strip()
        following = _spaced(rest)
        if following or not rest:
            return [match[0].replace(" ", ""), *following]
    return []
