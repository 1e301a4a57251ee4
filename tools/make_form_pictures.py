"""Makes the pictures of the manual's chapter on an office's own form from the examples: python -m tools.make_form_pictures docs."""

import sys
import tempfile
from pathlib import Path

from tests.office import convert
from tools.make_manual import Picture, draw_picture

FORM_PICTURES = (
    Picture("自己的表-表单", "示例/预算执行/templates/预算执行.xlsx", "可以填什么", dots=100),
    Picture("自己的表-栏目", "示例/预算执行/templates/预算执行.xlsx", "累计执行", dots=130),
    Picture("自己的表-清单", "示例/预算执行/templates/预算执行.xlsx", "年初预算", 0.5, dots=90, turn=2),
    Picture("自己的表-样张", "示例/预算执行/outbox/试看/预算执行.xlsx", "填报单位", 0.36, dots=110, turn=2),
    Picture("自己的表-评定", "示例/预算执行/outbox/试看/预算执行.xlsx", "检查和评定", 0.8, dots=110),
    Picture("自己的表-总览", "示例/预算执行/outbox/2026M05/汇总/*.xlsx", "·总览", 0.62, dots=90),
    Picture("自己的表-汇总", "示例/预算执行/outbox/2026M05/汇总/*.xlsx", "是否已报", 0.56, dots=110),
    Picture("自己的表-隐患", "示例/隐患排查/outbox/2026M05/汇总/*.xlsx", "是否已报", 0.5, dots=110),
)


def main(docs: Path) -> None:
    """Draw every picture into docs/images."""
    with tempfile.TemporaryDirectory() as scratch:
        pages: dict[Path, Path] = {}
        for picture in FORM_PICTURES:
            source = min(docs.glob(picture.file))
            if source not in pages:
                pages[source] = convert(source, "pdf", Path(scratch) / str(len(pages)))
            draw_picture(picture, pages[source], docs / "images")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
