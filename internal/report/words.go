package report

import (
	"strconv"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// words are the fixed texts of the renderings in one language. Texts with verbs are formats; English and Chinese take
// the same arguments in the same order, which a test holds.
type words struct {
	lang string

	// headings and labels
	logs, clocks, coverage, privacy, calls, findings, checked, next string
	noCall, completedCalls, joinedBy, rivals                        string
	comma, colon, aside                                             string // between facts, before one, around one that follows
	room, start, stage, outcome, talk, mainFinding                  string
	side, log, files, size, from, to, versions                      string
	evidence, cause, causeOfLead, remedy, see, needs, timeline      string
	time, role, event, detail                                       string
	call, onCalls                                                   string

	// counts
	nFiles, nCalls, nBlocks, nLines, nSpans, nInputs, nFolders, nSignatures, nPlaces noun
	redacted, header, userRules, why, found, ok, failed, notEvaluable                string

	// logs and clocks
	onDay, inZone, noTime, noLog                   string
	ahead, behind, agree, atLeast, atMost, between string
	jumped                                         string

	// coverage
	noDamage, salvaged, gone, harmless, unharmed, lost, lostWith, unread, more string
	skipped, skippedBefore, skippedAfter, skippedRoom, someOf                  string
	locked, lockedWrong, lockedBad, opened, openedWith                         string
	block, blocks, someBlocks, unwritten                                       string
	hour, hours, after, before                                                 string

	// calls and findings
	failedBy, folded, foldedFailed, ended, endedBy, unknownCause, needsLog, alikeCalls, asAbove string
	confirmed, lead, onSide, foldedInfo, unshown                                                string

	// checked
	against, fired, clear, unjudged, unjudgedRow, wouldNeed                              string
	allFine, noCalls, noCallsPartial, nothingRead, noFindings, nothingJudged, notAllRead string

	// next
	giveKey, pullDevice, pullPhone, pullLinux, oneCall, giveDate, inventory, attach, askSupport string

	// summary
	oneFailed, someFailed, ofThem, gravest, by, perhapsBy, atSide, noneSays, unknownEnd, noneFailed, allCompleted, foundMatters string
	nMatters, nOtherFiles                                                                                                       noun
	moreMatters, severityCount, leadWord, summed, failedCall, unnamed, stop, alsoUnread                                         string
	doShow, doRules, doAll                                                                                                      string

	// ladder
	server, clockColumn, total, step, moreRows, noLogBefore, noLogAfter string
	legendTime, legendSolid, legendDashed, legendUnsure, legendFailed   string
	clocksUnknown                                                       string

	// news of growing logs
	corrected, withdrawn string

	post postWords
	html htmlWords

	closed map[string]string // display of the closed words of the document; a word that is not here shows as it is
}

// noun is a counted thing, as formats of one number.
type noun struct{ one, many string }

// say returns the display of a closed word.
func (w *words) say(word string) string {
	if s, ok := w.closed[word]; ok {
		return s
	}
	return cells.Visible(word)
}

var english = words{
	lang: "en",
	logs: "Logs", clocks: "Clocks", coverage: "Coverage", privacy: "Redacted", calls: "CALLS", findings: "FINDINGS", checked: "CHECKED", next: "NEXT",
	corrected: "corrected:", withdrawn: "call %s is part of another one",
	noCall: "on no call in particular", completedCalls: "on completed calls %s",
	joinedBy: "sides joined by %s", rivals: "could also be %s",
	comma: ", ", colon: ": ", aside: " (%s)",
	room: "room", start: "start", stage: "stage", outcome: "outcome", talk: "talk", mainFinding: "main finding",
	side: "side", log: "log", files: "files", size: "size", from: "from", to: "to", versions: "versions",
	evidence: "Evidence", cause: "Cause", causeOfLead: "If so", remedy: "Remedy", see: "See", needs: "Needs", timeline: "Timeline",
	time: "time", role: "role", event: "event", detail: "detail",
	call: "Call %s", onCalls: "calls %s",

	nFiles: noun{"%s file", "%s files"}, nCalls: noun{"%s call", "%s calls"}, nBlocks: noun{"%s block", "%s blocks"},
	nLines: noun{"%s line", "%s lines"}, nSpans: noun{"%s damaged span", "%s damaged spans"},
	nInputs: noun{"%s input", "%s inputs"}, nFolders: noun{"%s more log", "%s more logs"}, nSignatures: noun{"%s signature", "%s signatures"},
	nPlaces: noun{"%s place", "%s places"}, redacted: "%s in %s",
	header: "rules %s (%s)", userRules: "%s of them yours", why: "named first: %s", found: "%s found", ok: "%s ok", failed: "%s failed", notEvaluable: "%s not evaluable",

	onDay: "on %s", inZone: "zone %s", noTime: "no times", noLog: "no log",
	ahead: "%s is ahead of %s by %s", behind: "%s is behind %s by %s", agree: "%s and %s agree within %s",
	atLeast: "at least %s", atMost: "at most %s", between: "%s to %s",
	jumped: "the calls do not agree: a clock was set in between",

	noDamage: "no damage", salvaged: "%s of text salvaged", gone: "%s lost",
	harmless: "%s harmless (file was being written)", unharmed: "%s without loss",
	lost: "lost", lostWith: "with %s", unread: "not read", more: "+%s more",
	skipped: "skipped: %s outside %s to %s", skippedBefore: "skipped: %s before %s", skippedAfter: "skipped: %s from %s on",
	skippedRoom: "skipped: %s, from more than %s days before the call", someOf: "%s of %s",
	locked:      "locked: %s, %s, encrypted with a key you did not give (%s)",
	lockedWrong: "locked: %s, %s, encrypted; no key you gave opens them (%s)",
	lockedBad:   "locked: %s, %s, encrypted; their key field is damaged, so that no key can open them (%s)",
	opened:      "opened: %s", openedWith: "%s with %s",
	block: "block no. %s", blocks: "blocks no. %s to %s", someBlocks: "%s of the blocks no. %s to %s",
	unwritten: "%s lacks %s%s: nothing is damaged there, so they were removed, never written, or are in another log of the app",
	hour:      "in hour %s", hours: "in hours %s to %s", after: "after %s", before: "before %s",

	failedBy: "failed by version: %s",
	folded:   "%s without findings not listed (-v lists them)", foldedFailed: "%s that did not complete not listed (-v lists them)",
	ended: "%s in stage %s", endedBy: "by the %s", unknownCause: "no log says why",
	needsLog: "needs the %s's log", alikeCalls: "%s more like this: %s", asAbove: "cause and remedy: see call %s above",
	confirmed: "confirmed", lead: "lead, not proven", onSide: "%s's side",
	foldedInfo: "%s of severity info on completed calls not shown (-v shows them)", unshown: "%s more that did not complete (-v shows them)",

	against: "%s against %s", fired: "%s fired", clear: "%s clear",
	unjudged: "%s not evaluable on some calls", unjudgedRow: "%s on %s", wouldNeed: "needs %s",
	allFine:        "Every call completed and no signature fired.",
	noCalls:        "No calls in the logs: they were read in full, %s, and hold no call event.",
	noCallsPartial: "No calls seen, but not all of the logs could be read. That is no proof that there were none.",
	nothingRead:    "Nothing to analyse: no input is a log that could be read.",
	noFindings:     "No signature fired, but %s did not complete; the causes above are what the logs say.",
	nothingJudged:  "No signature could be judged on any call.", notAllRead: "Not all of the logs could be read.",

	giveKey:    "open the locked blocks with their private key",
	pullDevice: "pull the %s's device log for %s and scan both folders",
	pullPhone:  "get the %s's phone log for %s (pull it, or ask the user) and scan both folders",
	pullLinux:  "copy the log folder of the %s's Linux SDK for %s and scan both folders",
	oneCall:    "look at the first failed call step by step",
	giveDate:   "give the day of the logs whose lines have no date",
	inventory:  "see what each input is and how much of it was read", attach: "write this as Markdown to attach to an issue",
	askSupport: "write the text of a post for the hardware board of WeChat's forum",

	oneFailed: "The call failed", someFailed: "%s of %s calls failed", ofThem: ", %s of them %s", gravest: ", the gravest %s",
	by: "by %s", perhapsBy: "perhaps by %s", atSide: "%s on the %s's side", noneSays: ", and no signature says why",
	unknownEnd: "; how %s ended is not known", noneFailed: "%s, none of which is known to have failed",
	allCompleted: "%s, all completed", nMatters: noun{"; %s thing found beside", "; %s things found beside"},
	moreMatters: "and %s more (%s), with -v: %s", foundMatters: "%s found (%s), with -v: %s", severityCount: "%s %s", leadWord: "lead",
	nOtherFiles: noun{"%s other file", "%s other files"}, stop: ".", alsoUnread: "; not all of the logs could be read",
	summed: "%s: %s fired, %s clear, %s not evaluable on some calls", failedCall: "failed", unnamed: "no signature",
	doShow: "one call, step by step", doRules: "what it is and what to do", doAll: "everything, in full",

	server: "server", clockColumn: "clock", total: "total", step: "step", moreRows: "+%s more rows",
	noLogBefore: "no log before %s", noLogAfter: "no log after %s",
	legendTime: "total, step: seconds by the %s's clock", legendSolid: "in a log", legendDashed: "must have passed",
	legendUnsure: "order of the two logs not sure", legendFailed: "where it failed",
	clocksUnknown: "How far the clocks of the two logs are apart is not known.",

	post: englishPost, html: englishHTML,
}

var chinese = words{
	lang: "zh",
	logs: "日志", clocks: "时钟", coverage: "完整性", privacy: "脱敏", calls: "通话", findings: "结论", checked: "检查范围", next: "下一步",
	corrected: "更正：", withdrawn: "通话 %s 已并入另一通话",
	noCall: "不属于某次通话", completedCalls: "正常结束的通话 %s",
	joinedBy: "双方按%s关联", rivals: "也可能是 %s",
	comma: "，", colon: "：", aside: "（%s）",
	room: "房间", start: "开始", stage: "阶段", outcome: "结果", talk: "时长", mainFinding: "主要结论",
	side: "端", log: "日志", files: "文件", size: "大小", from: "从", to: "到", versions: "版本",
	evidence: "证据", cause: "原因", causeOfLead: "若属实", remedy: "处理", see: "参考", needs: "还需要", timeline: "时间线",
	time: "时间", role: "角色", event: "事件", detail: "详情",
	call: "通话 %s", onCalls: "通话 %s",

	nFiles: noun{"%s 个文件", "%s 个文件"}, nCalls: noun{"%s 次通话", "%s 次通话"}, nBlocks: noun{"%s 个块", "%s 个块"},
	nLines: noun{"%s 行", "%s 行"}, nSpans: noun{"%s 处损坏", "%s 处损坏"},
	nInputs: noun{"%s 个输入", "%s 个输入"}, nFolders: noun{"另有 %s 份日志", "另有 %s 份日志"}, nSignatures: noun{"%s 条特征", "%s 条特征"},
	nPlaces: noun{"%s 处", "%s 处"}, redacted: "%s，共 %s",
	header: "规则 %s (%s)", userRules: "其中自定义 %s", why: "列在首位：%s", found: "共 %s", ok: "正常 %s", failed: "失败 %s", notEvaluable: "无法判断 %s",

	onDay: "日期 %s", inZone: "时区 %s", noTime: "无时间", noLog: "无日志",
	ahead: "%s 比 %s 快 %s", behind: "%s 比 %s 慢 %s", agree: "%s 与 %s 相差不超过 %s",
	atLeast: "至少 %s", atMost: "至多 %s", between: "%s 至 %s",
	jumped: "各次通话不一致：期间有一方调过时钟",

	noDamage: "无损坏", salvaged: "救回文本 %s", gone: "丢失 %s",
	harmless: "%s 无影响（文件正在写入）", unharmed: "%s 没有丢失内容",
	lost: "丢失", lostWith: "连同 %s", unread: "未能读取", more: "另有 %s 项",
	skipped: "已跳过：%s，不在 %s 至 %s 之内", skippedBefore: "已跳过：%s，在 %s 之前", skippedAfter: "已跳过：%s，在 %s 及之后",
	skippedRoom: "已跳过：%s，比该通话早 %s 天以上", someOf: "%s / %s",
	locked:      "已加密：%s，%s，所用密钥未提供（%s）",
	lockedWrong: "已加密：%s，%s，提供的密钥都解不开（%s）",
	lockedBad:   "已加密：%s，%s，块中的密钥字段已损坏，任何密钥都解不开（%s）",
	opened:      "已解密：%s", openedWith: "%s（%s）",
	block: "第 %s 块", blocks: "第 %s 至 %s 块", someBlocks: "%s 个块（第 %s 至 %s 块之中）",
	unwritten: "%s 缺少 %s%s：该处没有损坏，可能被删除、未写入，或在应用的另一份日志中",
	hour:      "%s 点", hours: "%s 点至 %s 点", after: "%s 之后", before: "%s 之前",

	failedBy: "按版本看失败：%s",
	folded:   "%s 无结论，未列出（-v 全部列出）", foldedFailed: "%s 未正常结束，未列出（-v 全部列出）",
	ended: "%s，阶段：%s", endedBy: "结束方：%s", unknownCause: "日志没有说明原因",
	needsLog: "需要%s的日志", alikeCalls: "另有 %s 情况相同：%s", asAbove: "原因与处理：见上文通话 %s",
	confirmed: "已确认", lead: "线索，未证实", onSide: "%s一侧",
	foldedInfo: "%s为正常通话上的提示，未显示（-v 全部显示）", unshown: "另有 %s 未正常结束（-v 全部显示）",

	against: "%s，对照 %s", fired: "命中 %s", clear: "未命中 %s",
	unjudged: "部分通话上无法判断 %s", unjudgedRow: "%s，%s", wouldNeed: "需要%s",
	allFine:        "所有通话正常结束，没有特征命中。",
	noCalls:        "日志中没有通话：%s 全部读取，没有通话事件。",
	noCallsPartial: "没有看到通话，但日志未能全部读取，不能说明没有通话。",
	nothingRead:    "没有可分析的内容：没有任何输入是可读的日志。",
	noFindings:     "没有特征命中，但有 %s 未正常结束；原因以上面日志所述为准。",
	nothingJudged:  "没有特征能在任何通话上判断。", notAllRead: "日志未能全部读取。",

	giveKey:    "用私钥解开加密的块",
	pullDevice: "取%s的设备日志（%s），两个目录一起扫描",
	pullPhone:  "取%s的手机日志（%s；自行导出或请用户提供），两个目录一起扫描",
	pullLinux:  "复制%s的 Linux SDK 日志目录（%s），两个目录一起扫描",
	oneCall:    "逐步查看第一次失败的通话",
	giveDate:   "为没有日期的日志指定日期",
	inventory:  "查看每个输入是什么、读取了多少", attach: "输出 Markdown，附到问题单",
	askSupport: "输出在微信社区硬件服务板块发帖求助用的文字",

	oneFailed: "这次通话失败", someFailed: "失败 %s 次（共 %s 次通话）", ofThem: "，其中 %s 次%s", gravest: "，最严重的一次%s",
	by: "为 %s", perhapsBy: "疑为 %s", atSide: "%s（%s一侧）", noneSays: "，没有特征说明原因",
	unknownEnd: "；%s如何结束不清楚", noneFailed: "%s，没有已知失败的",
	allCompleted: "%s，全部正常结束", nMatters: noun{"；另有 %s 项发现", "；另有 %s 项发现"},
	moreMatters: "另有 %s 项（%s），-v 列出：%s", foundMatters: "发现 %s 项（%s），-v 列出：%s", severityCount: "%s 项%s", leadWord: "线索",
	nOtherFiles: noun{"%s 个其他文件", "%s 个其他文件"}, stop: "。", alsoUnread: "；日志未能全部读取",
	summed: "%s：命中 %s，未命中 %s，部分通话上无法判断 %s", failedCall: "失败", unnamed: "无特征",
	doShow: "逐步查看一次通话", doRules: "是什么、怎么办", doAll: "全部内容及日志原文",

	server: "服务器", clockColumn: "时钟", total: "累计", step: "间隔", moreRows: "另有 %s 行",
	noLogBefore: "%s 前无日志", noLogAfter: "%s 后无日志",
	legendTime: "累计、间隔：秒，以%s时钟为准", legendSolid: "日志所见", legendDashed: "必然经过",
	legendUnsure: "双方先后不确定", legendFailed: "失败处",
	clocksUnknown: "双方日志的时钟相差多少不清楚。",

	post: chinesePost, html: chineseHTML,

	closed: map[string]string{
		"caller": "拨打方", "listener": "接听方", "device": "设备", "phone": "手机", "cloud": "云端",
		"setup": "准备", "initiate": "发起", "alert": "提醒", "join": "加入", "wait": "等待接听", "answer": "接听",
		"listener-wait": "接听方等待", "call": "通话中", "end": "结束", "any": "任意",
		"completed": "正常结束", "no-answer": "无人接听", "cancelled": "已取消", "rejected": "已拒接", "busy": "忙线",
		"join-failed": "加入失败", "aborted": "异常中断", "initiate-failed": "发起失败", "unknown": "未知",
		"critical": "严重", "error": "错误", "warning": "警告", "info": "提示",
		"room-id": "房间号", "media-room-id": "媒体房间号", "time": "时间",
		"device-to-wechat": "设备呼叫微信", "wechat-to-wmpf": "微信呼叫 WMPF", "wechat-to-linux": "微信呼叫 Linux 设备",
	},
}

// wordsFor returns the words of a language; anything but zh is English.
func wordsFor(lang string) *words {
	if lang == "zh" {
		return &chinese
	}
	return &english
}

// Word gives a stage, a severity, an outcome or a role in a language, as reports have it; in English they stand as they are.
func Word(word, lang string) string { return wordsFor(lang).say(word) }

// Number writes a number of things as reports have it.
func Number(n int) string { return thousands(n) }

// thousands writes n with a comma between groups of three digits.
func thousands[T int | int64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
