"""The event log for readers: names and words in Chinese, what people typed as it is."""

from toolkit.model.event_words import in_words


def test_details_are_told_in_chinese() -> None:
    """Keys, outcomes, kinds of editions and subjects are words; digests, names and typed text stay."""
    assert '{"文件": [[1, "001.xlsx", "已汇总", "c3"]], "收到时间": []}' == in_words('{"files":[[1,"001.xlsx","merged","c3"]],"received":[]}')
    assert '{"校验": "aa", "登记的是": "考核规则", "谁": "root"}' == in_words('{"digest":"aa","shelf":"rules","who":"root"}')
    assert '{"认定": [["任务", "2023Q1|任务2", "认定灯", "红", ""]]}' == in_words('{"words":[["task","2023Q1|任务2","认定灯","红",""]]}')
