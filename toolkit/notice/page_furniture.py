"""Lines that belong to the web page or the print, not to the notice."""

import re

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters

_RESIDUE = lazy_pattern(
    r"^(?:索\s*引\s*号|发布机构|发布单位|发布日期|发布时间|发布人|发文日期|发文机关|发文单位|颁布时间|成文日期|生成日期|公开方式|公开范围|公开类别|信息来源|信息索引|来源|稿源|文\s*号|分\s*类|主题\s*(?:分类|词)|有\s*效\s*性|时效"
    r"|已阅|打印|关闭|字体|字号|浏览|阅读(?:次数|量)?|点击|访问量|扫一扫|分享|上一篇|下一篇|上一条|下一条|责任编辑|编辑|审核|校对|终审|作者|录入|抄送|抄报|主送|网站|版权|地址|邮编|您(?:现在|当前)|所在位置"
    r"|当前位置|首页|技术支持|技术维护|备案|联系我们|相关(?:链接|附件|解读|文档|阅读|新闻|信息)|此件|\(此件|\(本文有|公开属性|下载|返\s*回|收藏|【?字体|【?打印|打印本页|关闭窗口|政策解读|附件下载|网民留言|无障碍|全文|热门|推荐|责编|运维|制作单位|主办:|版权所有)"
    r"\s*(?:[:：>\s]|$|\S{0,20}$)"
)
_PAGE = lazy_pattern(
    r"^(?:[-—–―－─\s·•]*\d{1,4}[-—–―－─\s·•]*|第\s*\d+\s*页(?:\s*[,/，]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+" r"|page\s*\d+(?:\s*of\s*\d+)?)$", re.IGNORECASE
)
_FOOT = lazy_pattern(r"ICP备?|公网安备|网站标识码|技术支持|政府网站(?:标识|找错)|版权所有|copyright|all rights reserved", re.IGNORECASE)
_SITE_LABEL = lazy_pattern(r"^(?:网站)?(?:主办|承办|协办|主管|运维|建设|维护|管理|制作|技术支持|运营|开发)(?:单位|部门|方)?\s*[:]")


def is_furniture(text: str) -> bool:
    """Say whether a line belongs to the web page or the print, not to the notice."""
    folded = fold_characters(text.strip())
    return bool(_PAGE.match(folded) or _RESIDUE.match(folded) or _FOOT.search(folded)) and not re.match(r"(?:\d{1,4}|编辑|分类|来源)[.、]", folded)


def is_site_label(text: str) -> bool:
    """Say whether a line has the form in which a page names who runs it: 主办单位：…, 承办单位：…"""
    folded = fold_characters(text.strip())
    return bool(_SITE_LABEL.match(folded)) and all(_SITE_LABEL.match(part) for part in re.findall(r"(?:^|(?<=[\s;,。|]))[\u4e00-\u9fff]{2,8}\s*:", folded))
