"""Puts what formulas come to into a saved workbook: openpyxl writes formulas without, and a reader that does not recalculate would see nothing."""


def with_values(content: bytes) -> bytes:
    """Give an .xlsx with the value of each formula, all else as it is; the bytes as they came where one cannot be worked out by formualizer."""
    from formualizer import recalculate_xlsx_bytes  # only an answer to the office above needs it

    try:
        done = recalculate_xlsx_bytes(content, external_links="refuse")
    except (OSError, RuntimeError, ValueError):
        return content
    recalculated: bytes = done["bytes"]
    return content if done["summary"].get("unknown_functions") else recalculated
