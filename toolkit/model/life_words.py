"""The clerk's own columns of the sheets 销号台账, 协调事项 and 督办阶梯台账, and what may be typed into them."""

CHECK, CHECK_REFERENCE, CHECK_DAY, CHECK_WHY, SIGNED_ON = "核验", "销号文号", "销号日期", "核验说明", "签收日期"
PASSED, RETURNED, REOPENED = CHECK_WORDS = ("通过", "退回", "重开")
MATTER_ID, TO, BY, REPLY, STATE = "事项号", "交给", "期限", "答复", "状态"
MATTER_WORDS = ("办理中", "已答复", "已办结")
STEP_ID, RESULT, RESULT_NOTE = "阶梯号", "结果", "结果说明"
ANSWERED, MENDED, STILL = RESULT_WORDS = ("答复", "整改", "仍未报")
