"""The event log's details in the office's words, for those who read an export; the ledger keeps them as they were sealed."""

import json

from toolkit.model.returns import Outcome

_NAMES = {
    "amendments": "调整", "answer": "答复", "backup": "备份", "became": "结果", "closed": "定稿的文件", "closing": "定稿", "deadline": "时限",
    "digest": "校验", "dispatches": "发放", "draft": "第几稿", "feedback": "反馈", "files": "文件", "issues": "发放的表", "key": "信件", "ledger": "台账",
    "message_id": "邮件编号", "name": "名称", "names": "名称", "note": "备注", "number": "号", "owner": "密钥", "path": "位置", "proposed": "提出定稿",
    "receipts": "回执",
    "received": "收到时间", "rounds": "期间", "shelf": "登记的是", "state": "状态",
    "steps": "督办阶梯", "task": "任务", "uid": "邮件号", "who": "谁", "why": "理由",
    "words": "认定", "year": "年份",
}  # fmt: skip
_WORDS = {
    **{outcome.value: outcome.words for outcome in Outcome},
    "base": "年初总表", "list": "任务总表", "form": "表单", "issued": "发放时的表单", "rules": "考核规则", "file": "文件", "task": "任务", "finding": "问题",
    "grace": "延期报送", "request": "申请事项", "alias": "表头的叫法", "supervision": "督办", "conflict": "进展不一",
    "life": "销号", "matter": "协调事项", "step": "督办阶梯", "True": "是", "False": "否",
}  # fmt: skip


def in_words(details: str) -> str:
    """Write details (JSON of one event) with Chinese names and words; codes, digests, names and what people typed stay."""
    return json.dumps(_told(json.loads(details)), ensure_ascii=False)


def _told(value: object) -> object:
    if isinstance(value, dict):
        return {_NAMES.get(name, name): _told(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_told(held) for held in value]
    return _WORDS.get(value, value) if isinstance(value, str) else value
