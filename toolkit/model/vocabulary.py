"""Words that notices use for columns and labels, which the office can extend: each with the standard word that it is read as."""

from typing import NamedTuple

READINGS = ("序号", "章节", "小节", "任务", "内容", "牵头", "责任", "配合", "领导", "时限", "其他")
HEADERS = {  # reading → the standard header or label
    "序号": "序号",
    "章节": "类别",
    "小节": "小类",
    "任务": "工作任务",
    "内容": "工作内容",
    "牵头": "牵头单位",
    "责任": "责任单位",
    "配合": "配合单位",
    "领导": "责任领导",
    "时限": "完成时限",
    "其他": "备注",
}
VERBS = {"牵头": "牵头", "责任": "负责", "配合": "配合"}


class Vocabulary(NamedTuple):
    """Header and label words, and verbs behind unit names, each written without blanks in lower case → its reading."""

    headers: dict[str, str]
    verbs: dict[str, str]

    def extended(self, headers: dict[str, str], verbs: dict[str, str]) -> "Vocabulary":
        """Add words; one that is there already is read the new way."""
        return Vocabulary(
            self.headers | {key(word): reading for word, reading in headers.items()}, self.verbs | {key(word): reading for word, reading in verbs.items()}
        )


def key(word: str) -> str:
    """Write a word as it is looked up: no blanks, lower case, no closing colon or full stop."""
    return "".join(word.split()).lower().rstrip(":：.")


_HEADER_WORDS = (
    ("序号", "No.、No、Number、Ref、Ref.、Item、Action No.、Action number、ID、#、S/N"),
    ("章节", "Theme、Priority area、Category、Workstream、Objective area、Pillar、Priority、Section"),
    (
        "任务",
        (
            "Action、Actions、Task、Tasks、Activity、Key action、Recommendation、Commitment、Action point、Description"
            "、Deliverable、Measure、What、Initiative、Objective"
        ),
    ),
    ("内容", "Outcome、Outcomes、Output、Target、Success measure、Success criteria、Expected outcome、Milestone、Milestones、KPI、Measure of success、Details"),
    (
        "牵头",
        (
            "Lead、Lead agency、Lead department、Lead organisation、Lead organization、Lead body、Lead unit、Lead partner"
            "、Led by、Lead officer、Lead team、Action lead"
        ),
    ),
    (
        "责任",
        (
            "Owner、Owners、Action owner、Responsible、Responsibility、Responsible body、Responsible department"
            "、Responsible party、Responsible unit、Responsible organisation、Who、Department、Accountable、Assigned to、Accountable body"
        ),
    ),
    (
        "配合",
        (
            "Support、Supporting、Supporting bodies、Supporting agencies、Supporting departments、Supported by、Supporting"
            " partners、Partners、Key partners、With、In partnership with、Partner organisations、Consulted、Delivery partners"
        ),
    ),
    ("领导", "Sponsor、Senior responsible owner、SRO、Executive lead、Named lead、Senior sponsor"),
    ("时限", "Due、Due date、Deadline、By when、Timescale、Timeline、Timeframe、Completion date、Target date、When、Date due、Complete by、Due by"),
    ("其他", "Status、Progress、Notes、Comments、RAG、RAG status、Update、Remarks、Resources、Budget、Cost、Evidence"),
)
_VERB_WORDS = (("牵头", "抓总、总负责、牵头主抓"), ("责任", "主抓、归口管理、抓好落实"), ("配合", "协作、做好配合、予以协助"))
STANDARD = Vocabulary({}, {}).extended(
    {word: reading for reading, words in _HEADER_WORDS for word in words.split("、")},
    {word: reading for reading, words in _VERB_WORDS for word in words.split("、")},
)
SHIPPED = (
    *(("表头和标签", word, reading) for reading, words in _HEADER_WORDS for word in words.split("、")),
    *(("动词", word, reading) for reading, words in _VERB_WORDS for word in words.split("、")),
)
