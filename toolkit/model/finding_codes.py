"""The catalogue of everything that can be wrong with what a unit or the office wrote: one code, one sentence, one remedy."""

from enum import Enum, StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """What a finding does: the value stays out, goes in marked, or goes in."""

    ERROR = "错误"
    REVIEW = "待核"
    NOTE = "提示"


class Text(NamedTuple):
    """A finding's printed id, level, sentence and remedy; {names} are filled from the finding's facts."""

    id: str
    level: Level
    message: str
    advice: str


class Code(Enum):
    """The catalogue; an id never changes its meaning. Its letter: F files, S seal and identity, H several files or units together, T table, C cell, R row,
    W workbook, Q round, D definitions, N notices, P papers, M mail.
    """

    UNREADABLE = Text("F01", Level.ERROR, "这个文件打不开：{reason}。", "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新报送。")
    UNKNOWN = Text("F02", Level.ERROR, "这个文件里没有本系统发出的表。", "请在发放的原表上填写后报送；与本次填报无关的文件不必放入收件箱。")
    DUPLICATE = Text("F03", Level.NOTE, "与已收到的“{name}”内容完全相同，不再重复读取。", "不必处理。")
    ENVELOPE = Text("F05", Level.NOTE, "这是{kind}，里面的 {count} 个文件已逐个列出。", "不必处理。")
    SYSTEM_FILE = Text("F04", Level.NOTE, "这是系统或办公软件的临时文件，已忽略。", "不必处理。")
    LATE = Text("F06", Level.NOTE, "截止日期是 {due}，本件 {sent} 收到。", "请今后按时报送。")
    OUR_FAULT = Text("F07", Level.REVIEW, "读取这个文件时程序自身出错，已记入日志，文件原样留存。", "请把日志发给维护人员；其他文件不受影响。")
    PASSWORD = Text("F08", Level.ERROR, "这个文件设了打开密码，{tried}。", "请去掉打开密码后重新报送，或把密码告诉汇总人员。")
    TOO_BIG = Text("F09", Level.ERROR, "这个文件超出读取限度：{what}。", "请删去多余的行、列、图片和工作表，另存为 .xlsx 后重新报送。")
    DAMAGED = Text("F10", Level.ERROR, "这个文件在保存或传送中损坏了（{part}）。", "请用原件重新报送一次。")
    NOT_WORKBOOK = Text(
        "F11", Level.ERROR, "这不是表格文件，是{seen}。", "应当报送的是 Excel 或 WPS 表格；这个文件如果是佐证材料，原件已留存，不必重发，请在表格里写明名称。"
    )
    UNSAFE = Text("F12", Level.ERROR, "这个文件的内部结构反常（{what}），没有打开。", "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新报送。")
    TOO_SLOW = Text("F13", Level.ERROR, "读取这个文件要算 {limit} 秒以上，已中止。", "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新报送。")
    READER_DIED = Text("F14", Level.ERROR, "这个文件使读取程序中断（{how}），其他文件不受影响。", "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新报送。")
    ACTIVE = Text("F15", Level.NOTE, "文件里有{what}，没有运行，也没有采用。", "不必处理；今后请不要带这些内容。")
    NOT_TAKEN = Text("F16", Level.NOTE, "文件里有{what}，汇总时不采用。", "需要说明的内容请写入单元格。")
    LONG_NUMBER = Text("F17", Level.REVIEW, "数字“{seen}”超过 15 位，末尾几位可能已经失真。", "长号码请先把单元格设为文本格式再填。")
    BAD_PATH = Text("F18", Level.ERROR, "压缩包里这个文件的路径反常（{what}），没有取出。", "请把文件放进普通文件夹，重新压缩为 .zip 后报送。")
    TOO_DEEP = Text("F19", Level.ERROR, "压缩包或邮件一层套一层，超过 {limit} 层，这一层没有打开。", "请把表格直接放在一个 .zip 里报送。")
    NAME_TWICE = Text("F20", Level.ERROR, "同一个压缩包里有两个同名文件，只取了第一个，这一个没有取出。", "请改成不同的文件名，重新压缩后报送。")
    NO_LIBRARY = Text("F21", Level.ERROR, "这是 {kind} 文件，本机没有装打开它的组件。", "请重新压缩为 .zip 后报送，或请维护人员安装 {install}。")
    CUT_SHORT = Text("F22", Level.ERROR, "邮件里的这个附件不完整，没有采用。", "请重新发送一次。")
    COMMENTS = Text("F24", Level.NOTE, "文件里有批注，批注里的内容没有采用。", "需要说明的内容请写入单元格。")
    NOTHING_INSIDE = Text("F23", Level.ERROR, "这个{kind}里没有文件。", "请把填好的表格放进去重新报送。")

    NAME_SHOWN = Text("F40", Level.NOTE, "文件名里有显示不出的字符，记作“{seen}”{guess}；原来的字节是 {bytes}。", "不必处理；今后请用一般的中文文件名。")
    TOO_MUCH_INSIDE = Text("F41", Level.ERROR, "这个来件{what}，里面的文件一个也没有取出。", "请只放填好的表格，重新压缩为一个 .zip 后报送。")
    TURNS = Text("F42", Level.REVIEW, "“{title}”里有改变文字方向的控制字符，已显示为编号，没有照它排列。", "请核对内容；今后请直接输入文字。")
    ONE_VOLUME = Text("F43", Level.ERROR, "这是分卷压缩包中的一卷，单独打不开。", "请把各卷放在一起解压，再重新压缩为一个 .zip 后报送。")
    OTHER_METHOD = Text("F44", Level.ERROR, "压缩时用了{method}，本程序打不开。", "请用系统自带的压缩功能重新压缩为 .zip 后报送，或直接报送表格文件。")
    EVIDENCE = Text("F45", Level.NOTE, "这是{kind}，归到{unit}{tasks}（依据：{basis}）。", "不必处理；归错了的，请重新归到单位和任务，做法见手册“佐证材料”。")
    EVIDENCE_ASKED = Text("F46", Level.REVIEW, "像是佐证材料，{why}{proposal}。", "建议对的请选“接受”；不对的，请归到单位和任务，做法见手册“佐证材料”。")
    APPEAL_TAKEN = Text("F55", Level.NOTE, "这是{period}成绩的申诉，登记了 {count} 项，等汇总人员处理。", "不必处理；处理的结果见成绩申诉答复。")
    APPEAL_LATE = Text("F56", Level.REVIEW, "申诉期限是 {due}，本件 {came} 收到，晚了 {days} 天。", "是否受理由汇总人员在“申诉”里决定。")
    APPEAL_BLANK = Text("F57", Level.NOTE, "申诉表里没有写一项申诉意见，没有登记。", "请在有异议的那一行写明申诉意见、理由和依据，再报送一次。")
    EVIDENCE_LIMIT = Text("F47", Level.ERROR, "这份佐证材料（{unit}）超出限度：{what}，没有归档。", "请让单位压缩或精简后重新报送；限度写在设置文件里。")
    APPLE_NUMBERS = Text("F30", Level.ERROR, "这是苹果 Numbers 的表格，本系统读不了。", "请在 Numbers 里选“文件—导出为—Excel”，把 .xlsx 文件重新报送。")
    WEB_ARCHIVE = Text("F35", Level.ERROR, "这是存成单个文件网页（.mht）的表格，本系统读不了。", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。")
    FLAT_ODS = Text("F31", Level.ERROR, "这是 .fods 表格，本系统读不了。", "请用做这张表的软件打开，另存为 .xlsx 后重新报送。")
    ODD_WRITING = Text("F32", Level.NOTE, "这个文件不是一般办公软件的写法，已按通常的意思读取。", "不必处理；今后请用 Excel 或 WPS 保存后报送。")
    ODD_PARTS = Text("F33", Level.NOTE, "文件里与填报内容无关的部分（{parts}）读不了，没有理会。", "不必处理。")
    SHEETS_EXTRA = Text("F34", Level.REVIEW, "有 {count} 张工作表（{names}）不是表中原有的，没有采用。", "需要说明的内容请写入已有栏目。")
    SEVERAL_UNITS = Text("F50", Level.NOTE, "这个文件里有几个单位的内容，已按单位分成 {count} 份，逐个列出：{units}。", "不必处理；今后请一个单位交一个文件。")
    FROM_SITE = Text(
        "F51", Level.REVIEW, "这是收集表导出的数据，没有封签，按“单位”栏和编号分成 {count} 份：{units}。", "请核对各单位的回答是否由本单位填写；属实的请接受。"
    )
    DOCUMENT_TABLE = Text("F53", Level.REVIEW, "这是 {kind}，按里面的表格读取。", "请核对各格；今后请直接在发放的表上填写后报送。")
    SCAN_ONLY = Text(
        "F54",
        Level.ERROR,
        "这是扫描件，没有文字，读不出表格。",
        "请把填好的 Excel 或 WPS 表格报送一份；扫描件是盖章页或佐证材料的，原件已留存，不必重发。",
    )
    BESIDE_PARTS = Text("F52", Level.REVIEW, "有 {count} 处文字不属于哪个单位的表，没有采用，如“{seen}”。", "请核对原件；需要采用的，请让该单位写进自己的表。")

    FORGED = Text("S01", Level.ERROR, "封签与内容不符，不能确认是本办公室发出的表。", "请使用发放的原表重新填写。")
    WRONG_PERIOD = Text("S02", Level.ERROR, "这是 {seen} 的表，该期不在日程中。", "请填写本期发放的表。")
    FOREIGN_UNIT = Text("S03", Level.ERROR, "封签上的单位“{unit}”不在单位名录中。", "请核对是否发错了表，或在任务总表的“单位”表中补上。")
    NO_SEAL = Text("S04", Level.REVIEW, "封签丢失，按可见的回执编号 {receipt} 认出这张表。", "请核对单位和内容；今后请直接在原表上填写。")
    FOREIGN_SEAL = Text("S05", Level.ERROR, "封签不是本工作区发出的。", "请确认是否用了别处或旧机器发的表；本工作区的密钥在 records/seal.key。")
    DISAGREE = Text("S07", Level.REVIEW, "{carrier}写的是“{says}”，封签却是“{sealed}”，不能确定是哪个单位的表。", "请核对后让该单位用自己的原表重新报送。")
    OTHER_PERIOD = Text("S08", Level.REVIEW, "{carrier}写的是“{says}”，这份表却是{sealed}的，不能确定报的是哪一期。", "请核对；各期请填写当期发放的表。")
    OTHER_ROWS = Text("S09", Level.REVIEW, "表里的编号（{says}）大多不是发给“{sealed}”的，不能确定是哪个单位的表。", "请核对后让该单位用自己的原表重新报送。")
    GUESSED = Text("S10", Level.REVIEW, "没有封签和回执编号，从内容看是“{unit}”{period}的表（{receipt}）。", "请核对后认定；今后请直接在原表上填写。")
    OLDER_ISSUE = Text("S11", Level.NOTE, "这是第 {number} 次发放的表，后来又发放到第 {last} 次，仍按本件读取。", "今后请用最近一次发放的表。")
    ROWS_ADDED = Text(
        "S31", Level.REVIEW, "这是第 {number} 次发放的表，后来换发的表里新增或改由本单位牵头的有{rows}，本件没有报。", "请在最近一次发放的表（或退改表）里补报{rows}。"
    )
    ROWS_LEFT = Text("S32", Level.NOTE, "{rows}现在不由本单位填报，本件里的这些行不计入。", "不必处理；有疑问的请与本办联系。")
    FORMER_UNIT = Text("S33", Level.ERROR, "“{unit}”自 {since} 起已{what}，这一期的表不再由它报，没有采用。", "请由{others}在自己的表里报。")
    BROKEN_SEAL = Text("S12", Level.REVIEW, "封签损坏，按可见的回执编号 {receipt} 认出这张表。", "请核对单位和内容；今后请直接在原表上填写。")
    CLAIMED = Text("S30", Level.NOTE, "表上认不出是谁的，按本办认定，这是“{unit}”{period}的表（{receipt}）。", "不必处理；认错了的，由办公室停用这个文件。")
    UNIT_UNSEEN = Text("S13", Level.REVIEW, "封签丢失，只剩回执编号 {receipt}，表上看不到填报单位“{unit}”。", "请核对后认定；今后请直接在原表上填写。")
    STATED = Text("S14", Level.NOTE, "单位说明：“{words}”。", "不必处理。")
    STATED_UNCLEAR = Text(
        "S15",
        Level.REVIEW,
        "单位说明写的是“{words}”，看不出是确认属实还是要撤回。",
        "数据无误的请写“情况属实：理由”，要撤回的请写“撤回”；改了数的请直接改在格子里。",
    )
    WITHDRAWN = Text("S16", Level.REVIEW, "单位写了“{words}”，“{title}”原来报的内容已撤回。", "不必处理；汇总人员请核对。")
    WITHDRAW_UNCLEAR = Text(
        "S17", Level.REVIEW, "单位说明写的是“{words}”，看不出撤回的是哪一栏，原来的内容没有动。", "请在要撤回的格子里写“撤回”，或写明栏目，如“撤回{choices}”。"
    )
    BLANK_FORM = Text("S18", Level.NOTE, "这是空表，一格也没有填，按未填处理。", "请填好后再报送。")
    UNCHANGED = Text(
        "S19", Level.NOTE, "退改表原样发回，没有改动，也没有写单位说明，不算新的报送。", "请按“审核意见”改好；数据无误的，在“单位说明”里写“情况属实：理由”。"
    )
    OTHER_ROUND = Text("S22", Level.NOTE, "这是{period}的表，已记入{period}；{current}的表还没有收到。", "{current}的表请另外填报。")
    PART_BY_NAME = Text(
        "S23", Level.REVIEW, "没有封签，按表上的单位名称“{unit}”和编号认出，是{period}的表（{receipt}）。", "请核对单位和内容；今后请直接在原表上填写。"
    )
    NOT_PARTED = Text(
        "S24",
        Level.REVIEW,
        "有 {count} 行分不清是哪个单位的，没有采用：{why}；{guess}。",
        "请核对：所列单位说对了的请接受，是别的单位的请认定为那个单位的，都不是的请退回。",
    )
    ANSWERED_TWICE = Text("S25", Level.REVIEW, "{row}答了两次，采用 {sent} 的这一次；{where} 是 {before} 的，没有采用。", "请核对以哪一次为准。")
    UNKNOWN_FORM = Text("S06", Level.ERROR, "封签上的表单“{form}”在 templates 文件夹里没有定义。", "请恢复这张表单的定义文件后再收表。")

    NAME_OF_OTHER = Text("S20", Level.REVIEW, "文件名写的是“{says}”，{by}却是“{sealed}”的，按{by}采用。", "请核对是哪个单位的表；交错了的，由办公室停用本件，请另报。")
    SENDER_OF_OTHER = Text("S21", Level.REVIEW, "邮件来自“{says}”的邮箱（{address}），{by}却是“{sealed}”的，按{by}采用。", "请核对是哪个单位的表；交错了的，由办公室停用本件，请另报。")

    NO_SHEET = Text("T01", Level.ERROR, "缺少工作表“{sheet}”。", "请在发放的原表上填写，不要删除工作表。")
    NO_COLUMN = Text("T02", Level.ERROR, "工作表里找不到“{title}”这一栏。", "请恢复发放时的表头文字。")
    ROW_MISSING = Text("T03", Level.ERROR, "{row}这一行不见了。", "请在发放的原表上补填这一行。")
    ROW_EXTRA = Text("T04", Level.REVIEW, "编号“{row}”不在发给本单位的任务中，没有采用。", "如确应由本单位填报，请联系汇总人员调整任务总表。")
    ROW_TWICE = Text("T05", Level.REVIEW, "{row}不止出现一次，合并读取。", "请只保留一行。")
    COLUMN_EXTRA = Text("T06", Level.REVIEW, "“{title}”不是表中原有的栏目，没有采用。", "需要说明的内容请写入已有栏目。")
    SHEET_EXTRA = Text("T07", Level.REVIEW, "工作表“{title}”不是表中原有的，没有采用。", "需要说明的内容请写入已有栏目。")
    COLUMN_ALIAS = Text("T08", Level.NOTE, "“{seen}”栏按“{title}”读取。", "请保持发放时的表头文字。")
    RETITLED = Text("T09", Level.REVIEW, "第 {column} 列“{seen}”按“{title}”读取。", "请核对；今后请保持发放时的表头文字。")
    PLACED = Text("T10", Level.REVIEW, "第 {column} 列“{seen}”认不出表头，按位置和内容当作“{title}”读取。", "请核对；今后请保持发放时的表头文字。")
    UNSURE = Text("T11", Level.ERROR, "第 {column} 列“{seen}”可能是“{title}”，不能确定，没有采用。", "如果是，请把表头改回“{title}”后重新报送。")
    ROW_MIXED = Text("T12", Level.ERROR, "这一行编号是“{row}”，内容却是“{other}”的，没有采用。", "请按原表对好编号和内容；排序时请选中整张表。")
    CELL_TWICE = Text("T13", Level.ERROR, "{row}的“{title}”有两处，这里是“{seen}”，{other} 是“{again}”，都没有采用。", "请只保留一处。")
    CONTINUED = Text("T14", Level.REVIEW, "第 {lines} 行没有编号，它的“{title}”并入了{row}。", "请核对；今后一项任务请只用一行。")
    ROW_BY_TEXT = Text("T15", Level.NOTE, "编号“{seen}”按内容认作{row}。", "请不要改动编号。")
    ROW_BY_LIKENESS = Text("T16", Level.REVIEW, "编号“{seen}”按相近的内容认作{row}。", "请核对；今后请不要改动编号和预填内容。")
    TEXT_OUTSIDE = Text("T17", Level.REVIEW, "表外有 {count} 处文字没有采用，如“{seen}”。", "需要说明的内容请写入已有栏目。")
    TEXT_ABOVE = Text("T18", Level.NOTE, "表头上方有 {count} 处文字不是发放时的，没有采用，如“{seen}”。", "不必处理。")
    SHEET_HIDDEN = Text("T19", Level.NOTE, "隐藏的工作表“{title}”没有读取。", "如有需要报送的内容，请写入原表。")
    SHEET_RENAMED = Text("T20", Level.NOTE, "工作表“{seen}”按“{title}”读取。", "请保持发放时的表名。")
    HEADER_LOST = Text("T21", Level.REVIEW, "“{sheet}”的表头不见了，按发放时的栏目位置读取。", "请核对各栏是否对应；今后请不要改动表头。")
    PREFILLED_GONE = Text("T22", Level.NOTE, "预填的“{title}”这一栏不见了，按发放时的内容处理。", "请不要删除预填的栏目。")
    ROWS_REORDERED = Text("T23", Level.NOTE, "各行的先后与发放时不同，按编号对应读取。", "不必处理；如果排过序，请确认选中的是整张表。")
    TABLE_SPLIT = Text("T24", Level.NOTE, "这张表分成了 {count} 处（{places}），合并读取。", "请今后保持一张表。")
    ROWS_MISSING = Text("T25", Level.ERROR, "有 {count} 行不见了：{rows}。", "请在发放的原表上补填这些行。")
    ROWS_BY_TEXT = Text("T27", Level.NOTE, "有 {count} 行的编号被改动或丢失，按内容认作：{rows}。", "请不要改动编号。")
    MERGED_DOWN = Text("T28", Level.REVIEW, "“{title}”在第 {top} 至 {bottom} 行合并成了一格，各行都按同一内容读取。", "请核对；今后请每项任务各填一格。")
    MERGED_SUM = Text("T45", Level.REVIEW, "“{title}”在第 {top} 至 {bottom} 行合并成了一格，只记在第 {top} 行，免得合计时重复计算。", "请各行各填一格，只填本行的数。")
    ROW_SHIFTED = Text("T30", Level.ERROR, "“{title}”的内容写在了 {cell}，{row}整行像是错了一栏，这一行没有采用。", "请把内容移回各自的栏目后重新报送。")
    TABLE_UNREAD = Text(
        "T31", Level.ERROR, "这里有本单位的编号，却认不出是“{sheet}”的表，里面的内容没有采用。", "请填在发放的原表里，一行一项，不要转置、不要拆成几块，再重新报送。"
    )
    COLUMN_TWICE = Text("T32", Level.REVIEW, "有几栏都叫“{title}”（{columns} 列），合并读取；写得不一样的，都没有采用。", "请只保留一栏。")
    NAME_GONE = Text("T29", Level.REVIEW, "“{title}”这一栏不见了，各行只按编号对应；编号单独排过序的，内容会错位。", "请逐行核对；今后请不要删除预填的栏目。")
    ROWS_EXTRA = Text("T26", Level.REVIEW, "有 {count} 行的编号不在发给本单位的任务中，没有采用：{rows}。", "如确应由本单位填报，请联系汇总人员调整任务总表。")
    NO_ENTRY = Text("T40", Level.REVIEW, "第 {line} 行像是{what}（“{seen}”），没有采用。", "合计、小标题、示例不必填；如确是单独的一项，请写明是哪一项后重新报送。")
    ENTRY_COPIED = Text(
        "T41", Level.REVIEW, "第 {lines} 行与工作表“{sheet}”第 {others} 行完全相同，没有重复采用。", "请删去重复的；如确是另外的事项，请写明区别后重新报送。"
    )
    ENTRY_TWICE = Text("T42", Level.REVIEW, "第 {lines} 行与第 {others} 行完全相同，都采用了。", "请核对；重复的请删去。")
    ROWS_OF_SHEETS = Text("T43", Level.REVIEW, "这张表的内容分在几张工作表（{sheets}），都采用了。", "请核对有没有以前的、重复的；不该报的请删去。")
    CAPTION_DISAGREES = Text(
        "T44", Level.REVIEW, "表上面写着计量单位是“{caption}”，“{title}”的表头却是“{unit}”，按“{unit}”读取。", "请核对这一列的数；填的是“{caption}”的，请换算成“{unit}”。"
    )

    CHANGED = Text("C01", Level.REVIEW, "“{title}”是预先填好的，由“{issued}”改成了“{seen}”，已恢复原值。", "如预填内容有误，请联系汇总人员，不要在表上改。")
    BLANK = Text("C02", Level.ERROR, "“{title}”没有填写。", "请填写（{hint}）。")
    NOT_NUMBER = Text("C03", Level.ERROR, "“{title}”应填数字，现在是“{seen}”。", "请只填数字{hint}。")
    NOT_WHOLE = Text("C04", Level.ERROR, "“{title}”应填整数，现在是“{seen}”。", "请填整数。")
    NOT_DATE = Text("C05", Level.ERROR, "“{title}”应填日期，现在是“{seen}”。", "请按 2023-06-30 的样子填写。")
    NOT_CHOICE = Text("C06", Level.ERROR, "“{title}”应从下拉框中选，现在是“{seen}”。", "请从这些中选一个：{choices}。")
    TOO_LOW = Text("C07", Level.ERROR, "“{title}”不能小于 {low}，现在是 {seen}。", "请改为不小于 {low} 的数。")
    TOO_HIGH = Text("C08", Level.ERROR, "“{title}”不能大于 {high}，现在是 {seen}。", "请改为不大于 {high} 的数。")
    TOO_SHORT = Text("C09", Level.REVIEW, "“{title}”至少要写 {low} 个字，现在 {seen} 个字。", "请把情况写具体。")
    TOO_LONG = Text("C10", Level.REVIEW, "“{title}”最多写 {high} 个字，现在 {seen} 个字。", "请压缩篇幅，详细材料另附。")
    NOT_PHONE = Text("C11", Level.ERROR, "“{title}”不像电话号码，现在是“{seen}”。", "请填写区号加座机或 11 位手机号。")
    READ_AS = Text("C12", Level.NOTE, "“{title}”写作“{seen}”，按 {value} 读取。", "请今后照表中的提示填写。")
    PERCENT_OF_ONE = Text("C13", Level.REVIEW, "“{title}”写作 1，按 1% 读取。", "如果是 100%，请改填 100；这一栏填 0 到 100 的数。")
    CELL_ERROR = Text("C14", Level.ERROR, "“{title}”的公式出错（{seen}）。", "请删去公式，直接填写结果。")
    STRANGE_CHARACTERS = Text("C15", Level.NOTE, "“{title}”里有看不见的控制字符，已去掉。", "不必处理。")
    UNDERSTOOD = Text("C16", Level.REVIEW, "“{title}”写作“{seen}”，理解为 {value}。", "请核对；如理解有误，请改正后重新报送。")
    CONVERTED = Text("C17", Level.REVIEW, "“{title}”写作“{seen}”，已换算为 {value}。", "请核对；今后请按表中的计量单位换算好，只填数字。")
    OTHER_UNIT = Text("C18", Level.ERROR, "“{title}”的计量单位是“{unit}”，现在写的是“{seen}”。", "请换算成“{unit}”，只填数字。")
    IS_RANGE = Text("C19", Level.ERROR, "“{title}”写的是一个范围“{seen}”，不能确定是多少。", "请填一个确定的数。")
    CUT = Text("C20", Level.REVIEW, "“{title}”超过一个单元格能装下的 {high} 个字，多出的没有采用。", "请压缩篇幅，详细材料另附。")
    SMALL_PERCENT = Text("C21", Level.REVIEW, "“{title}”的计量单位是 %，现在是 {seen}，按 {seen}% 读取。", "如果是 {times}%，请改填 {times}。")
    NO_RESULT = Text("C22", Level.ERROR, "“{title}”是公式“{seen}”，文件里没有存下它的结果。", "请直接填写结果；或用 Excel、WPS 打开并保存后重新报送。")
    CHANGED_MANY = Text("C23", Level.REVIEW, "“{title}”有 {count} 处预填内容被改动（{range}），已恢复原值。", "如预填内容有误，请联系汇总人员，不要在表上改。")
    STALE = Text("C25", Level.REVIEW, "“{title}”还是退回时的“{seen}”，{sent} 已另外报送“{value}”，按后者采用。", "请核对；如“{seen}”才对，请重新填写后再报。")
    IS_PICTURE = Text("C26", Level.ERROR, "“{title}”里放的是图片，没有采用。", "请把内容写成文字或数字；图片请另附。")
    SHOWN_OTHERWISE = Text(
        "C30", Level.ERROR, "“{title}”存的是 {stored}，显示的是“{seen}”，{why}，没有采用。", "请把单元格格式改为“常规”，按要求的计量单位直接填写。"
    )
    SHOWN_AS = Text(
        "C31", Level.REVIEW, "“{title}”显示为“{seen}”（存的是 {stored}），按 {value} 读取。", "请核对；今后请用“常规”格式，按要求的计量单位直接填写。"
    )
    STRUCK = Text(
        "C32",
        Level.REVIEW,
        "{cells}有划掉的文字或数字后的上标“{struck}”，没有采用，按“{kept}”读取。",
        "请核对；今后请直接删去不要的文字，注号不要写在数字后面。",
    )
    BESIDE = Text("C33", Level.NOTE, "这一格旁边有{kind}，写着“{words}”，没有采用。", "需要采用的，请写入单元格，或由汇总人员在“处理”栏选“采用批注”。")
    ONLY_BESIDE = Text("C34", Level.REVIEW, "这一格{said}，旁边的{kind}写着“{words}”，没有采用。", "请写入单元格，或由汇总人员在“处理”栏选“采用批注”。")
    COVERED = Text(
        "C35", Level.REVIEW, "“{title}”这一格被合并单元格 {above} 盖住了，底下还写着“{seen}”，看的人看不到，没有采用。", "请取消合并，把要报的内容写在看得见的格里。"
    )
    BLANK_NOW = Text("C24", Level.REVIEW, "“{title}”这次空着，仍用 {sent} 报送的“{value}”。", "如确要撤回原来的内容，请在这一格写“撤回”。")
    OTHER_HEADER = Text("C55", Level.REVIEW, "“{title}”这一列写明的计量单位是“{named}”，表单要的是“{unit}”；这一格“{seen}”已换算为 {value}。", "请核对；今后请按“{unit}”填写，不要改表头。")
    OTHER_ROW_UNIT = Text("C57", Level.REVIEW, "这一行的计量单位改成了“{named}”，发放的是“{unit}”；“{title}”这一格的“{seen}”已换算为 {value}。", "请核对；今后请按“{unit}”填写，不要改计量单位。")
    RESULT_TYPED = Text(
        "C58", Level.REVIEW, "“{title}”是自动计算的，这一格写的是“{seen}”，按这一行填的内容{value}；写上去的没有采用。", "请把数填在“{inputs}”里，不要改自动计算的格子。"
    )
    OVER_BUDGET = Text("C56", Level.REVIEW, "“{title}”是 {seen}，是预算 {budget} 的 {times} 倍多，可能写错了计量单位{meant}。", "请核对计量单位和小数点；没有错的请在说明里写明。")
    TWO_DAYS = Text("C50", Level.ERROR, "“{title}”写作“{seen}”，可能是 {one}，也可能是 {other}，没有采用。", "请按 {one} 的样子写全年月日。")

    FINISHED_NOT_FULL = Text("R01", Level.REVIEW, "{state}是“{status}”，“{title}”却是 {seen}。", "已经完成的请填 100；没有完成的请改选“{running}”。")
    FULL_NOT_FINISHED = Text("R02", Level.REVIEW, "{progress}是 100，“{title}”却是“{seen}”。", "已经完成的请选“{done}”；没有完成的请改填实际进度。")
    LAGGING_UNEXPLAINED = Text("R03", Level.REVIEW, "{progress} {seen}，比计划 {plan} 落后 {gap} 个百分点，“{title}”没有填写。", "请写明存在的问题和原因。")
    FINISHED_UNPROVEN = Text("R04", Level.REVIEW, "{state}是“{status}”，“{title}”没有写出材料（{seen}）。", "请写明证明完成的文件名称、文号或照片。")
    DUE_PAST = Text("R05", Level.REVIEW, "“{title}”是 {seen}，已经过去，{state}却是“{status}”。", "已经完成的请选“{done}”；没有完成的请改填新的日期。")
    DUE_LATE = Text("R06", Level.REVIEW, "“{title}”是 {seen}，晚于完成时限 {limit}。", "请核对日期；确实不能按时完成的，请写明原因。")
    NO_SUBSTANCE = Text("R07", Level.REVIEW, "“{title}”只写了“{seen}”，没有写做了什么。", "请写明做了什么、做到什么程度，用数字说话。")
    COPY_OF_LAST = Text("R08", Level.REVIEW, "“{title}”和上一期写的一样：“{seen}”。", "请写本期的新进展；没有进展的请写明原因。")
    COPY_OF_TASK = Text("R09", Level.REVIEW, "“{title}”照抄了任务内容：“{seen}”。", "请写明做了什么、做到什么程度，用数字说话。")
    COPY_OF_ROWS = Text("R10", Level.REVIEW, "有 {count} 行的“{title}”写得一样：{rows}。", "请按各项任务的实际情况分别填写。")
    NODE_AHEAD = Text("R20", Level.ERROR, "“{title}”是 {seen}，报送时还没有到这一天。", "请填实际完成的日期；还没有完成的空着，在“预计日期”里填预计完成的日期。")
    NODE_EXPECTED_PAST = Text("R21", Level.REVIEW, "节点“{node}”没有完成，“{title}”却是 {seen}，已经过去。", "已经完成的请填实际日期；没有完成的请改填新的预计日期。")
    NODE_BEFORE_YEAR = Text("R22", Level.REVIEW, "节点“{node}”的“{title}”是 {seen}，早于本年开始。", "请核对年份；确是上年完成的，请在说明里写明。")
    NODES_CROSSED = Text("R23", Level.REVIEW, "节点“{node}”（{seen}）早于排在前面的“{other}”（{day}）。", "请核对两个节点的日期；先后确有变化的，请在说明里写明。")
    NODES_OPEN = Text("R24", Level.REVIEW, "任务报“已完成”，节点“{node}”却没有“{title}”。", "节点完成的请填实际日期；没有完成的，请核对任务的进展状态。")
    NODE_SLIP = Text("R25", Level.REVIEW, "节点“{node}”比基准日期 {baseline} 晚 {days} 天（{seen}），“{title}”没有填写。", "请写明推迟的原因；要改基准日期的，请报办公室批准。")
    NODE_NOT_LED = Text("R26", Level.ERROR, "“{title}”写的是“{seen}”，不是本单位牵头的任务，这个节点没有采用。", "请填本单位牵头任务的编号，如 {choices}。")
    NODE_HALF = Text("R27", Level.ERROR, "这个节点没有填“{title}”，没有采用。", "编号、节点、基准日期请填齐。")
    NODE_TWICE = Text("R28", Level.REVIEW, "任务 {number} 的节点“{node}”列了两次，只采用第一次。", "请改成不同的名称，或删去一个。")
    NODE_SILENT = Text("R29", Level.REVIEW, "节点“{node}”的基准日期 {baseline} 已过，没有填实际日期，也没有填“{title}”。", "完成的请填实际日期；没有完成的请填预计日期，并说明原因。")
    CLOSING_NOT_LED = Text("R31", Level.REVIEW, "申请办结写的是“{seen}”，不是本单位牵头的任务，没有列入“销号台账”。", "请填本单位牵头任务的编号，如 {choices}，再报一次。")

    ALL_ALIKE = Text("W01", Level.REVIEW, "全部 {count} 行的“{title}”写得一样：“{seen}”。", "请按各项任务的实际情况分别填写。")
    UNSIGNED = Text("W02", Level.REVIEW, "表末的{labels}没有填写。", "请填写后重新报送。")

    JOINED = Text("H01", Level.NOTE, "这个单位的表分 {count} 个文件报送，与{names}合并为一份，缺不缺项合并以后再看。", "不必处理。")
    PARTS_DIFFER = Text(
        "H02",
        Level.REVIEW,
        "“{title}”两个文件报的不一样：这里是“{seen}”，{sent} 的 {where} 是“{again}”，暂按这里的采用。",
        "请核对：这里的对，选“接受”；那里的对，选“退回”，由单位改正后再报。",
    )
    SOURCES_INCOMPLETE = Text("H10", Level.NOTE, "“数据来源”表里没有{titles}这几栏，其余的照读。", "要追溯到下级的，请重新写一份答复再报。")
    CHANGED_BY_HAND = Text("H11", Level.NOTE, "有 {count} 格在下级汇总以后手工改过，以现在填的为准，从这一格起。", "不必处理；追溯时会写明是手工改的。")
    SUM_DIFFERS = Text("H12", Level.REVIEW, "“{title}”写的合计是 {seen}，“数据来源”里各下级相加是 {value}。", "请核对；要用下级的数，请重新写一份答复再报。")
    UPPER_CHANGED = Text(
        "H13", Level.REVIEW, "上级新发的表与本单位的总表不同，总表里现在是“{kept}”，没有改。", "照上级改的填“采纳”，仍按本单位的填“忽略”，再接一次表。"
    )
    UPPER_DROPPED = Text("H14", Level.REVIEW, "上级新发的表里没有这一项了，总表没有改。", "不再做的填“采纳”，再接一次表就撤销；本单位继续做的填“忽略”。")

    SUPPORT_NOT_STARTED = Text("Q01", Level.REVIEW, "牵头单位报“{seen}”，{others}却报“{idle}”。", "请向两边核实这项任务是否已经完成。")
    INDICATOR_DIFFERS = Text("Q02", Level.REVIEW, "指标“{name}”这里报 {seen}，{others}。", "请两边统一口径，改正其中一个数。")
    MAGNITUDE = Text("Q03", Level.REVIEW, "“{title}”是 {seen}，与{than} {other} 相差悬殊，可能写错了计量单位。", "请核对计量单位“{unit}”和小数点。")
    VALUE_FALLS = Text("Q04", Level.REVIEW, "“{title}”是 {seen}，比上一期的 {last} 少。", "累计数不应减少；确有调整的请在说明里写明。")
    PROGRESS_FALLS = Text("Q05", Level.REVIEW, "“{title}”是 {seen}，比上一期的 {last} 低。", "“{title}”不应降低；确有调整的请写明原因。")
    PROMISE_DROPPED = Text("Q06", Level.REVIEW, "上一期的下一步措施是“{promise}”，本期没有提到。", "请写明是否落实、没有落实的原因。")
    NO_CHANGE = Text("Q07", Level.REVIEW, "“{title}”连续 {quarters} {rounds}没有变化，一直是 {seen}。", "请核实是否停滞，需要时列入督办。")
    NODE_MISSED = Text("Q08", Level.REVIEW, "{by}里到{until}应完成 {plan}%（{node}），实际还没有启动。", "请核实没有启动的原因，需要时列入督办。")
    NOT_COUNTED = Text("Q10", Level.REVIEW, "“{title}”是 {seen}，按“{unit}”计的应是整数。", "请核对；确实不是整数的请在说明里写明。")
    NEGATIVE = Text("Q11", Level.REVIEW, "“{title}”是 {seen}，这项指标不应是负数。", "请核对；确实减少的请在说明里写明。")
    BELOW_BOUND = Text("Q12", Level.REVIEW, "“{title}”是 {seen}，比任务总表里的下限 {bound} 小。", "请核对计量单位“{unit}”和小数点；没有错的请在说明里写明。")
    ABOVE_BOUND = Text("Q13", Level.REVIEW, "“{title}”是 {seen}，比任务总表里的上限 {bound} 大。", "请核对计量单位“{unit}”和小数点；没有错的请在说明里写明。")
    FAR_BEYOND = Text("Q14", Level.REVIEW, "“{title}”是 {seen}，是全年目标 {target} 的 {times} 倍多。", "请核对单位“{unit}”和小数点；没有错的请在说明里写明。")
    OVER_WHOLE = Text("Q15", Level.REVIEW, "“{title}”是 {seen}%，占比一类的指标不应超过 100%。", "请核对；计算口径特殊的请在说明里写明。")
    RULED_ANEW = Text("Q30", Level.REVIEW, "原认定是{ruled}，现在报的是“{seen}”，原认定不再适用。", "请在“{sheet}”里重新认定；照旧的，再填一次。")
    NOT_RULED = Text("Q31", Level.REVIEW, "“进展不一”里的认定还没有生效：{why}。", "“认定值”请填{hint}；同一事项的几条认定请写得一致。")
    ARRIVAL_DOUBT = Text(
        "Q33",
        Level.REVIEW,
        "截止（{due}）以后才收进来、文件自己的时间却在截止以前的有 {count} 个单位：{units}。认定以前不扣迟报分。",
        "都按时的，这一行选“接受”；都按迟报算的，选“退回”；分别认定的，在“报送情况”里填更正收到时间和更正理由。",
    )
    BAD_ARRIVAL = Text("Q34", Level.REVIEW, "“报送情况”里填的{field}“{seen}”没有生效：{why}。", "请填形如 2023-03-30 17:00 的时间，并在旁边写明理由。")
    REQUESTS_OPEN = Text("Q35", Level.REVIEW, "有 {count} 项申请还没有处理：{which}。", "请在“申请事项”里选同意、不同意或补充材料。")
    REQUEST_UNCLEAR = Text("Q36", Level.REVIEW, "申请{kind}（{number}）已同意，但{why}，没有改动任务总表。", "请在任务总表里自己改，并在“调整台账”里补上文号。")
    REQUESTS_CONTRARY = Text(
        "Q68", Level.REVIEW, "同意了互相矛盾的申请：{which}；{matter}现在是“{value}”。", "请把不作数的改为“不同意”，只留作数的一项。"
    )
    REQUEST_REWORDED = Text(
        "Q69",
        Level.REVIEW,
        "{unit}原来申请{kind}（{number}）已经同意，任务总表改过了；现在报送的换了写法，没有同意，任务总表没有改回。",
        "仍然同意的，请在“申请事项”里对现在这一项选同意；不再同意的，请在任务总表里改回原来的。",
    )
    REQUEST_ANSWERED = Text("Q37", Level.NOTE, "申请{kind}（{number}）：{word}{grounds}。", "要补充材料的，请补充后重新报送；其余不必处理。")
    CLOSING_WAITS = Text("Q50", Level.REVIEW, "有 {count} 项任务申请办结，还没有核验：{which}。", "请在“销号台账”里选通过或退回；通过的填销号文号，退回的写明理由。")
    CLOSING_UNNUMBERED = Text("Q51", Level.REVIEW, "有 {count} 项任务核验通过，还没有销号文号：{which}。", "请在“销号台账”里填销号文号和日期；填了才算销号。")
    LIFE_REFUSED = Text("Q52", Level.REVIEW, "{number}的“{word}”没有生效：{why}。", "请核对“销号台账”这一行：办结要先由单位申请并附佐证，退回、重开要写理由，已销号的要改用“重开”。")
    CLOSED_REPORTED = Text("Q53", Level.REVIEW, "{number}已经销号（{reference}），本期又报“{seen}”。", "确要继续办的，请在“销号台账”里选“重开”并写明理由；报错了的，请退回该单位改正。")
    MATTER_DAY = Text("Q54", Level.REVIEW, "“协调事项”里 {matter} 的期限“{seen}”不是日期。", "请填形如 2023-04-20 的日期，或者清空。")
    APPEALS_OPEN = Text("Q55", Level.REVIEW, "有 {count} 项申诉还没有处理：{which}。", "请在“申诉”里选支持、部分支持、不支持或不予受理。")
    APPEAL_UNCLEAR = Text("Q56", Level.REVIEW, "申诉（{item}）处理为“{word}”，没有生效：{why}。", "请在“申诉”里改正这一行，再运行一次。")
    MATTER_LEFT = Text(
        "Q58", Level.REVIEW, "“协调事项”里 {matter} 交给的“{unit}”已经不在单位表里，下期没有单位答复。", "请在“交给”里改成接手的单位或领导；办完了的选“已办结”。"
    )
    MATTER_WITHDRAWN = Text(
        "Q59", Level.REVIEW, "“协调事项”里 {matter} 还没有办结，它所在的{number}已经撤销。", "不用再办的，请在“状态”里选“已办结”；还要办的，选接受。"
    )
    MATTER_MEANT = Text("Q61", Level.REVIEW, "“协调事项”里 {matter} 交给的“{seen}”，理解为 {value}。", "请核对；理解有误的，请在“交给”里改成单位表里的名称。")
    MATTER_TO = Text(
        "Q62",
        Level.REVIEW,
        "“协调事项”里 {matter} 交给的“{seen}”不是单位表里发表的一个单位，按交给领导算，下期没有单位答复。",
        "交给单位的，请在“交给”里写单位表里的一个单位名称；确是领导或名录以外的，选接受。",
    )
    QUARTERS_IDLE = Text(
        "Q60",
        Level.REVIEW,
        "考核规则里四个季度占全年的比重没有用上：这一年的期不是季度，全年的结果分、过程分按年末的算。",
        "按年末算的，请把考核规则“参数”里四个“季度占全年（%）”改成 0；要按季度算的，请按季度发表。",
    )
    CLOSING_SAME_NUMBER = Text("Q57", Level.REVIEW, "{which}的销号文号都是“{reference}”。", "一份文件销几项任务的，选接受；写错的，请在“销号台账”里改正。")
    ROWS_LATER = Text(
        "Q66", Level.REVIEW, "新增或改由本单位牵头的有{rows}，本单位报的还是改动以前的表，这些没有报。", "请换发新表，提请该单位补报；选退回的，列入该单位的退改表。"
    )
    COLUMN_MOVED = Text(
        "Q67", Level.REVIEW, "“{title}”这一列，{rows}的内容都是{before}别的行的，互相换了位置，像是只给这一列排了序。", "请逐行核对编号和内容是否对得上；对得上的，请写明情况属实。"
    )
    CONFLICT_BACK = Text("Q32", Level.REVIEW, "本单位报“{seen}”，{other}报“{theirs}”，对不上。", "请与{other}核对后改正；无误的，请在说明里写明依据再报。")
    FORECAST_DISAGREES = Text("Q40", Level.REVIEW, "“{title}”报“{seen}”，这项任务却是{light}灯（{meaning}）。", "请核实：能否完成、进度各以什么为据，改正其中一个或写明理由。")
    FORECAST_WORSE = Text("Q41", Level.REVIEW, "“{title}”由上一期的“{last}”降为“{seen}”。", "请核实原因和补救措施，需要时列入督办。")
    BASELINE_MOVED = Text(
        "Q42", Level.REVIEW, "工作方案里节点“{node}”改成了 {seen}，基准日期仍按 {baseline}。", "基准日期只能由办公室调整：同意改的，请写进任务总表的“节点”表，改动会记入“调整台账”。"
    )

    NO_SUCH_SHEET = Text("D01", Level.ERROR, "缺少工作表“{sheet}”。", "请从备份恢复这个文件，或重新生成。")
    NO_SUCH_COLUMN = Text("D02", Level.ERROR, "缺少“{title}”这一列。", "请恢复这一列的表头。")
    BAD_SETTING = Text("D03", Level.ERROR, "“{title}”不能是“{seen}”。", "可以填：{choices}。")
    MISSING_SETTING = Text("D04", Level.ERROR, "“{title}”没有填。", "请填写{hint}。")
    REPEATED = Text("D05", Level.ERROR, "“{title}”“{seen}”出现了两次（另一处在 {other}）。", "请改成不同的内容。")
    UNKNOWN_UNIT = Text("D06", Level.ERROR, "单位“{unit}”不在“单位”表中。", "请在“单位”表中补一行，或把它写成某单位的别名。")
    NO_UNIT = Text("D07", Level.REVIEW, "{task}没有任何牵头单位或责任单位。", "请补填，否则这项任务无人填报。")
    NUMBER_AS_TEXT = Text("D08", Level.NOTE, "“{title}”里的“{seen}”是文本，已按数字读取。", "请改为数字格式。")
    OFFICE_UNREADABLE = Text("D10", Level.ERROR, "这个文件打不开：{reason}。", "请用 Excel 或 WPS 打开，另存为 .xlsx 放回原处；打不开的请从备份恢复。")
    OFFICE_CELL_ERROR = Text("D11", Level.ERROR, "“{title}”的公式出错（{seen}）。", "请改正公式，或直接填写结果。")
    OFFICE_NO_RESULT = Text("D12", Level.ERROR, "“{title}”是公式“{seen}”，文件里没有存下它的结果。", "请用 Excel 或 WPS 打开并保存一次，或直接填写结果。")
    OFFICE_PICTURE = Text("D13", Level.ERROR, "“{title}”里放的是图片。", "请写成文字或数字。")
    OFFICE_READ_AS = Text("D14", Level.NOTE, "“{title}”写作“{seen}”，按 {value} 读取。", "不必处理；读得不对的请改正这一格。")
    OFFICE_UNDERSTOOD = Text("D15", Level.REVIEW, "“{title}”写作“{seen}”，理解为 {value}。", "请核对；理解有误的，请改正这一格。")
    DUE_FAR_OFF = Text("D83", Level.REVIEW, "“截止”是 {seen}，离这一期的最后一天 {value} 一年以上。", "请核对年份；没有写错的不必处理。")
    OFFICE_SMALL_PERCENT = Text("D16", Level.REVIEW, "“{title}”的计量单位是 %，现在是 {seen}，按 {seen}% 读取。", "如果是 {times}%，请改填 {times}。")
    OFFICE_BECAME_DATE = Text("D17", Level.ERROR, "“{title}”被表格软件变成了日期“{seen}”。", "请把这一格设为文本格式，再重新填写。")
    OFFICE_MERGED = Text("D18", Level.REVIEW, "“{title}”与下面的行合并成了一格，各行都按同一内容读取。", "请核对；一行一格最稳妥，请取消合并。")
    CONTRADICTS = Text("D19", Level.ERROR, "“{title}”是 {seen}，与“{other}”的 {value} 矛盾。", "请改正其中一个。")
    NO_EFFECT = Text("D20", Level.REVIEW, "“{title}”写的是“{seen}”，不起作用。", "这一栏认得的是：{choices}。")
    NO_DAY = Text("D21", Level.ERROR, "“{title}”写作“{seen}”，读不成一个日子。", "可以填：{choices}。")
    UNKNOWN_STAGE = Text("D60", Level.REVIEW, "看不出状态“{seen}”是还没开始、正在进行还是已经完成，暂按“进行”。", "请在“阶段”栏填 未开始、进行 或 完成。")
    LIGHT_NEEDS = Text("D61", Level.ERROR, "灯写的是“{rule}”，“{sheet}”里却没有用途是{needed}的栏目。", "请在“用途”栏写明是哪一栏，或者改“灯”。")
    LIST_EMPTY = Text("D62", Level.REVIEW, "清单“{sheet}”里一行也没有，{title}发不出去。", "请一行一项填写，“单位”栏写由谁填报。")
    LIST_UNIT = Text("D63", Level.REVIEW, "“{title}”写的“{seen}”不是单位名录里的单位{more}，没有发给它。", "请改成名录里的名称，或在任务总表的“单位”表补上。")
    LIST_UNIT_NEAR = Text("D78", Level.REVIEW, "“{title}”写的“{seen}”不知道是哪个单位，没有发给它；相近的有 {near}。", "请改成名录里的名称，或在“单位”表的“别名”里补上。")
    NO_FIELDS = Text("D64", Level.ERROR, "没有一张名称以“栏目”结尾的工作表，不知道要填什么，如“{title}”。", "请补上“{title}”表，一行写一栏；改了名的改回去。")
    NOTHING_TO_FILL = Text("D65", Level.REVIEW, "“{sheet}”里没有一栏由单位填写，发出去也收不到内容。", "请把要单位填的栏目的“来源”改为“填报”。")
    NO_DUE_DAY = Text(
        "D66",
        Level.REVIEW,
        "灯写的是“日期”，“{sheet}”里却没有用途是“时限”或“预计完成”的栏目，清单里也没有“完成时限”：过期的不会亮红灯。",
        "请在“用途”栏写明时限是哪一栏，或在清单里加“完成时限”，或者改“灯”。",
    )
    NO_FINISHED = Text("D67", Level.REVIEW, "状态的几个词（{seen}）没有一个表示完成：没有一行算得上已完成。", "请在“选项”表把表示完成的词的“阶段”写成“完成”。")
    NO_WEIGHT = Text("D68", Level.REVIEW, "“{title}”空着，别的行写了；这一行按 1 算。", "请填写；确是 1 的也请写上。")
    WEIGHTS_NOT_WHOLE = Text("D69", Level.REVIEW, "各行的“{title}”合计是 {whole}，不是 {wanted}。", "按百分比写的，请改到合计 {wanted}；只表示轻重的不必改，按各行所占的比例算。")
    SAME_FORM = Text("D70", Level.ERROR, "“{title}”“{seen}”和“{other}”的一样，分不清是哪一张表单。", "请把其中一个改成不同的内容。")
    NO_LANGUAGE = Text("D71", Level.ERROR, "“{title}”写的“{seen}”没有词语表。", "可以填：{choices}；别的语言，请先在“用语.xlsx”各工作表加上以它为表头的一栏。")
    UNKNOWN_SOURCE = Text("D72", Level.REVIEW, "“{name}”的取自“{seen}”没有对应的内容，发出的表里会是空的。", "可以写：{choices}。")
    NOT_XLSX = Text("D22", Level.REVIEW, "文件名是 .xlsx，内容却是别的格式，读不到里面记的通知标题。", "请用 Excel 或 WPS 打开，另存为 .xlsx 放回原处。")
    SPAN_WITHOUT_DAYS = Text(
        "D75",
        Level.ERROR,
        "“{title}”“{seen}”不是年、半年、季、月、半月、周，又没有写明起止日期。",
        "请在同一行的“起”“止”里写明第一天和最后一天，如 2023-05-01；写错的请改正。",
    )
    FORMS_CHANGED_PLACES = Text(
        "D76",
        Level.ERROR,
        "{period} 已经按“{issued}”发过表，日程里这一期排在最前的却是“{seen}”。",
        "请把“{issued}”那一行放回这一期的最前面；确要换表单的，请先把另一行的期间写成 {period}_{seen}。",
    )

    NAME_COMPLETED = Text("N01", Level.REVIEW, "按前文补全了单位名称前的地区，请确认。", "补错了的，在“处理”里填“改用”，就用原文的写法。")
    MEMBERS_UNKNOWN = Text("N02", Level.REVIEW, "成员待确认。", "请在“处理”里写出成员单位，用顿号隔开；不必发表的填“忽略”。")
    MEMBERS_LISTED = Text(
        "N03", Level.REVIEW, "成员按本文件写到的{count}个单位列出，请核对是否齐全。", "对的填“采纳”；不全的，在“处理”里写出全部成员，用顿号隔开。"
    )
    DIVISION_LEADS = Text("N04", Level.REVIEW, "牵头任务，按一个单位发表，请确认由哪个处室报送。", "对的填“采纳”；要换名称的，在“处理”里写出单位名称。")
    NOT_A_UNIT = Text("N05", Level.REVIEW, "不像单位名称，请核对。", "是单位的填“采纳”；不是的填“忽略”；写错的，在“处理”里写出正确的名称。")
    SAME_UNIT = Text("N06", Level.REVIEW, "两个名称{how}，可能是同一单位，请确认。", "是同一单位的填“合并”；不是的填“忽略”。")
    EMBEDDED_NOT_READ = Text("N07", Level.REVIEW, "文件里嵌入或隐藏的“{name}”没有读。", "请打开原件，把它另存成文件后单独导入；与任务无关的填“忽略”。")
    UNITS_SHARED = Text(
        "N08", Level.REVIEW, "几项共用一处责任单位，已给每一项记上。", "对的填“采纳”；不对的，在“处理”里写“牵头：…；责任：…”，不是任务的填“不是任务”。"
    )
    UNITS_INHERITED = Text(
        "N09", Level.REVIEW, "本项没有单位，已按上级标题处的单位记上。", "对的填“采纳”；不对的，在“处理”里写“牵头：…；责任：…”，不是任务的填“不是任务”。"
    )
    NAMES_ONLY = Text(
        "N10",
        Level.REVIEW,
        "只有单位名称、没有“责任单位”字样，已按责任单位读。",
        "对的填“采纳”；不对的，在“处理”里写“牵头：…；责任：…”，不是任务的填“不是任务”。",
    )
    PARAGRAPH_SPLIT = Text("N11", Level.REVIEW, "同一段里有几处责任单位，已拆成几项任务。", "对的填“采纳”；不是任务的填“不是任务”。")
    NO_NAMES_READ = Text("N12", Level.REVIEW, "这一处没有读出单位名称。", "请在“处理”里写“牵头：…；责任：…”；不是任务的填“不是任务”。")
    ITEM_WITHOUT_UNITS = Text(
        "N13", Level.REVIEW, "这一项没有写明单位，请补上牵头单位和责任单位。", "请在“处理”里写“牵头：…；责任：…”；不是任务的填“不是任务”。"
    )
    PART_WITHOUT_UNITS = Text("N14", Level.REVIEW, "这一部分没有写明单位，未列为任务。", "确实不是任务的填“忽略”；是任务的，请在“任务”表里加一行。")
    TARGET_IS_RANGE = Text("N15", Level.REVIEW, "目标是一个区间，已按下限列出。", "对的填“采纳”；不对的，在“处理”里写出目标值；不要这个指标的填“忽略”。")
    DUE_GUESSED = Text("N16", Level.REVIEW, "文件没有写明{form}的报送时间，暂按{day}。", "请核对“日程”表，改好后填“采纳”。")
    COLUMNS_GUESSED = Text(
        "N17",
        Level.REVIEW,
        "几个单位连着写，看不出哪些在牵头一栏、哪些在配合一栏，按第一个牵头列出。",
        "对的填“采纳”；不对的，在“处理”里写“牵头：…；责任：…”。",
    )
    MONTHLY_REPORTS = Text("N18", Level.REVIEW, "原文要求每月报送，日程按每季度最后一个月列出。", "请核对“日程”表，改好后填“采纳”。")
    UNITS_LEFT_OVER = Text(
        "N19", Level.REVIEW, "这一行写有单位，没有归入任何任务。", "与任务无关的填“忽略”；属于某项任务的，在“处理”里写“任务3 牵头：…；责任：…”。"
    )
    PAGE_UNITS = Text(
        "N20", Level.REVIEW, "像是网页的主办、承办单位，没有计入任务。", "确实无关的填“忽略”；属于某项任务的，在“处理”里写“任务3 牵头：…；责任：…”。"
    )
    NUMBER_LEFT_OVER = Text("N21", Level.REVIEW, "这里有数字，没有列为量化指标。", "不是目标的填“忽略”；是目标的填“采纳”，或在“处理”里写“名称 ≥ 数值 单位”。")
    COLUMN_NOT_READ = Text(
        "N22", Level.REVIEW, "表里的“{title}”这一栏不知道是什么，没有读。", "不必读的填“忽略”；要读的，在“处理”里写它是什么（序号、章节、小节、任务、内容、牵头、责任、配合、领导、时限、其他），再导入一次。"
    )
    WATCHER_NOT_TAKEN = Text(
        "N23", Level.REVIEW, "这些单位只管督办、考核，没有计入牵头或责任单位。", "对的填“采纳”；要计入的，在“处理”里写“牵头：…；责任：…”。"
    )
    EDITED_BY_BOTH = Text("N24", Level.REVIEW, "总表中已手工改为“{kept}”，保留手工内容，请核对。", "保留手工内容的填“采纳”；要用修订稿的，填“改用”。")
    MASS_WITHDRAWAL = Text(
        "N25",
        Level.REVIEW,
        "现有任务有 {count} 项不在这份文件里，占 {share}%，没有撤销。",
        "确要撤销的填“撤销”，再导入一次；是另一份清单的，请写上清单名称导入；不撤销的填“忽略”。",
    )
    NAMES_RUN_TOGETHER = Text("N26", Level.REVIEW, "责任领导可能是两个人连写，请核对。", "是一个人的填“采纳”；是两个人的，在“处理”里写出姓名，用顿号隔开。")
    SUBITEMS_TOGETHER = Text("N27", Level.REVIEW, "几个小项共用一处责任单位，按一项列出。", "对的填“采纳”；要逐项列出的，请在“任务”表里改。")
    UNITS_FROM_ABOVE = Text("N28", Level.REVIEW, "这一行没有单位，按合并单元格取自上一行。", "对的填“采纳”；不对的，在“处理”里写“牵头：…；责任：…”。")
    TEXT_LEFT_OVER = Text("N30", Level.REVIEW, "这一行在任务之间，没有归入任何任务。", "与任务无关的填“忽略”；是任务内容的，请补进“任务”表的目标任务。")
    TABLE_NOT_READ = Text("N31", Level.REVIEW, "这张表认不出任务一栏或单位一栏，没有列为任务。", "与任务无关的填“忽略”；是任务的，请在“任务”表里补上。")
    LEAD_UNKNOWN = Text(
        "N32", Level.REVIEW, "这一项只写了配合单位，暂列为牵头，请补上牵头单位。", "请在“处理”里写“牵头：…；责任：…”；不是任务的填“不是任务”。"
    )
    YEAR_CHOSEN = Text(
        "N33", Level.REVIEW, "文件里的年份不止一个，或者标题没有写年份，日程按{year}年列出。", "对的填“采纳”；不对的，请写上年份再导入一次，或改“日程”表。"
    )
    YEAR_UNKNOWN = Text("N29", Level.REVIEW, "文件里没有找到年份，日程未列出。", "请写上年份再导入一次，或自己填写“日程”表。")

    UNREGISTERED = Text("D40", Level.NOTE, "{file}有 {count} 处改动尚未登记。", "下次生成、收表或汇总时登记，从那时起算数。")
    AMENDED = Text("D41", Level.NOTE, "第 {number} 号调整：{what}由“{before}”改为“{after}”，自 {since} 起（{nature}）。", "文号、理由、日期请填“调整台账”表。")
    ASK_RENAME = Text("D42", Level.ERROR, "单位“{before}”改成了“{after}”：是更名，还是另一个单位？没有登记。", "请在“调整台账”表的“答复”里选“更名”或“新单位”。")
    ASK_REMOVED = Text("D43", Level.ERROR, "{what}这一行不见了：要撤销，还是误删？没有登记，仍按原样执行。", "请在“调整台账”表的“答复”里选“撤销”或“恢复”。")
    ASK_NUMBER = Text("D44", Level.ERROR, "编号“{before}”改成了“{after}”，没有登记。", "发出的编号不能改：请在“调整台账”表的“答复”里选“恢复编号”或“新任务”。")
    ASK_OLD = Text("D45", Level.ERROR, "任务总表和 {at} 登记的旧版一样，少了以后的 {count} 处调整，没有登记。", "请在“调整台账”表的“答复”里选一个。")
    BAD_SUBJECT = Text("D46", Level.ERROR, "“编号”写的是“{seen}”，任务总表里没有这个编号、单位或期间，这一行没有登记。", "请写任务编号、单位名称或期间。")
    BAD_MATTER = Text("D47", Level.ERROR, "“{subject}”没有“{seen}”这个事项，这一行没有登记。", "可以写：{choices}。")
    BAD_AFTER = Text("D48", Level.ERROR, "“现”写的是“{seen}”，{title}不能这样写，这一行没有登记。", "请写{hint}。")
    QUARTERS_NOT_100 = Text("D90", Level.ERROR, "四个季度占全年的比重合计是 {whole}，应当是 100。", "请改四个“季度占全年（%）”；按年末算的，四个都填 0。")
    BAD_SINCE = Text("D49", Level.ERROR, "“自期间”写的是“{seen}”，看不懂，没有读入。", "请写期间，如 2023Q3，或起始日期，如 2023-07-01。")
    IDLE_SINCE = Text("D91", Level.REVIEW, "“自期间”是“{seen}”，{effect}。", "要从 {year} 年的某一期起的，请改“自期间”，如 {example}；就是这个意思的，不必改。")
    SAME_FILE = Text("D92", Level.ERROR, "单位“{seen}”和“{other}”的文件会同名，后一份会盖住前一份。", "请在名称里写出区别，不能只差大小写或全角半角的符号；是同一个单位的，删去一行。")
    NO_REASON = Text("D50", Level.ERROR, "这条更正会改变以前各期的灯或认定，“理由”却没有填，没有按更正执行。", "请填写理由；只管以后的，请选“变更”。")
    NO_SUCCESSOR = Text(
        "D51", Level.ERROR, "{task}还写着“{unit}”，它自 {since} 起已拆分，不知道由谁接；答复以前{where}。", "请在“任务”表里改成“{choices}”中的一个。"
    )
    REFRESHED = Text("D52", Level.NOTE, "{file}是旧的，没有新填的内容，已更新到台账现在的样子。", "不必处理。")
    LIST_OPEN = Text("D53", Level.NOTE, "{file}正在别处打开，没有动它；登记的内容下次写入“调整台账”表。", "请关闭它，再运行一次。")
    BAD_NATURE = Text("D54", Level.ERROR, "“更正/变更”写的是“{seen}”，没有读入。", "请选“变更”（从某期起）或“更正”（原来就错了）。")
    FIXED_CELL = Text(
        "D79",
        Level.ERROR,
        "第 {number} 号调整的“{title}”写成了“{seen}”，登记的是“{known}”，没有读入。",
        "登记过的行只改“自期间”“更正/变更”“文号”“理由”“批准”，“答复”只填“作废”：请改回原样，或整行删去（会按登记的恢复）；要改成别的内容，在表末另写一行，“序号”空着。",
    )
    NOTHING_NEW = Text("D80", Level.ERROR, "“现”写的是“{seen}”，{standing}，这一行没有登记。", "要改起始期间、文号、理由的，请改已登记的那一行；不用改的，删去这一行。")
    TYPED_TWICE = Text("D81", Level.ERROR, "“现”写的是“{seen}”，{sheet}表里同时改成了“{other}”，不知道以哪个为准，都没有登记。", "请把两处改成一样，或只留一处。")
    UNIT_LEFT = Text(
        "D82",
        Level.ERROR,
        "“{unit}”还列在{where}里，撤销以后没有单位接，这一行没有登记。",
        "请先改由别的单位接（在总表里改，或各写一行“牵头单位”“责任单位”）；并入别的单位的，事项写“合并”。",
    )
    TEMPLATE_GREW = Text("D55", Level.NOTE, "加入了程序新版才有的{what}，本办公室原来的改动都没有动。", "请看一看；用不着的删掉即可，不会再加。")
    TEMPLATE_BROKEN = Text("P01", Level.REVIEW, "文书样式不能用（{reason}），这次用的是程序自带的样式。", "请修好它，或删掉它再运行一次，会重新放入原样。")
    TEMPLATE_STYLES = Text("P02", Level.REVIEW, "文书样式里缺少：{styles}，这次用的是程序自带的样式。", "请补上同名的样式，或删掉这个文件再运行一次。")
    BAD_WORDING = Text("M01", Level.REVIEW, "邮件用语“{part}”这一段不能用：{why}，改用程序自带的。", "请在 templates 的“邮件”文本里改好，或删掉它重新放入。")
    BAD_ADDRESS = Text("M02", Level.REVIEW, "{unit}的邮箱“{seen}”不像邮箱地址，没有发送。", "请在任务总表的“单位”表里改正“邮箱”，一个单位写一个。")
    BOUNCED = Text("M03", Level.REVIEW, "退信：{who} 不可达（{why}）。", "请核对任务总表“单位”表里的邮箱，改好后重新发送。")
    LEFT_ON_SERVER = Text("M04", Level.REVIEW, "{sender}的邮件有 {size} 兆，太大，留在邮箱里没有收取。", "请在邮箱里打开，把附件另存到收件箱文件夹，再收表。")

    @property
    def text(self) -> Text:
        """The catalogue entry: printed id, level, message and advice."""
        text: Text = self.value
        return text


BY_ID = {code.text.id: code for code in Code}
