package main

import (
	"cmp"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// ruleWords are the fixed texts about rules. A test holds that both languages are there.
var ruleWords = struct {
	severity, stage, blame, logs, judged, versions, guide, see, origin signature.Text
	means, shows, todo, parameters, alike, samples                     signature.Text
	firesIf, leadIf, says, leadSays, now, anyEvent                     signature.Text
	oneLog, bothLogs, supersedes, supersededBy, sameEvents             signature.Text
	fired, lead, clear, unknown                                        signature.Text
	applies, nearest, because, more, needs, andNeeds                   signature.Text
}{
	severity:     signature.Text{En: "Severity", Zh: "级别"},
	stage:        signature.Text{En: "Stage", Zh: "阶段"},
	blame:        signature.Text{En: "Cause", Zh: "责任方"},
	logs:         signature.Text{En: "Logs", Zh: "日志"},
	judged:       signature.Text{En: "Judged on", Zh: "判定范围"},
	versions:     signature.Text{En: "Versions", Zh: "版本"},
	guide:        signature.Text{En: "Guide", Zh: "排查指南"},
	see:          signature.Text{En: "See", Zh: "参考"},
	origin:       signature.Text{En: "From", Zh: "来源"},
	means:        signature.Text{En: "What it means", Zh: "含义"},
	shows:        signature.Text{En: "How it shows", Zh: "日志表现"},
	todo:         signature.Text{En: "What to do", Zh: "处理方法"},
	parameters:   signature.Text{En: "Parameters", Zh: "参数"},
	alike:        signature.Text{En: "Look-alikes", Zh: "相似特征"},
	samples:      signature.Text{En: "Samples", Zh: "样例"},
	firesIf:      signature.Text{En: "It fires if", Zh: "命中条件"},
	leadIf:       signature.Text{En: "It is a lead, where that is not evaluable, if", Zh: "无法判断时，满足以下条件即为线索"},
	says:         signature.Text{En: "It says", Zh: "结论文字"},
	leadSays:     signature.Text{En: "As a lead it says", Zh: "作为线索时的结论文字"},
	now:          signature.Text{En: "set to", Zh: "现为"},
	anyEvent:     signature.Text{En: "any event", Zh: "任意事件"},
	oneLog:       signature.Text{En: "one party's log suffices", Zh: "一方日志即可"},
	bothLogs:     signature.Text{En: "both parties' logs are needed, one alone gives a lead at most", Zh: "需要双方日志，仅一方日志时至多为线索"},
	supersedes:   signature.Text{En: "explains", Zh: "可解释"},
	supersededBy: signature.Text{En: "explained by", Zh: "可由其解释"},
	sameEvents:   signature.Text{En: "same stage and events", Zh: "阶段与事件相同"},
	fired:        signature.Text{En: "fired", Zh: "命中"},
	lead:         signature.Text{En: "lead", Zh: "线索"},
	clear:        signature.Text{En: "clear", Zh: "未命中"},
	unknown:      signature.Text{En: "not evaluable", Zh: "无法判断"},
	applies:      signature.Text{En: "Versions the rule applies to", Zh: "适用版本"},
	nearest:      signature.Text{En: "nearest miss: %s", Zh: "最接近的情况：%s"},
	needs:        signature.Text{En: ", for a verdict it needs %s", Zh: "，要下结论还需要%s"},
	andNeeds:     signature.Text{En: " and %s", Zh: "和%s"},
	because:      signature.Text{En: "because %s", Zh: "原因：%s"},
	more:         signature.Text{En: "%d more", Zh: "另有 %d 条"},
}

// sideWords say whose log a selection looks in.
var sideWords = map[string]signature.Text{
	"any":      {En: "%s in either log", Zh: "任一方日志中的 %s"},
	"caller":   {En: "%s in the caller's log", Zh: "拨打方日志中的 %s"},
	"listener": {En: "%s in the listener's log", Zh: "接听方日志中的 %s"},
	"here":     {En: "%s in one party's log", Zh: "一方日志中的 %s"},
	"there":    {En: "%s in the other party's log", Zh: "另一方日志中的 %s"},
}

// groupWords say what a rule is judged on that is not judged on each call.
var groupWords = map[string]signature.Text{
	"device":          {En: "each device, whatever its calls", Zh: "每台设备，与具体通话无关"},
	"calls of device": {En: "the calls of a device, in their order", Zh: "同一设备的各通通话，按先后次序"},
	"process":         {En: "the calls of a process, in their order", Zh: "同一进程的各通通话，按先后次序"},
}

// blameWords say where the cause lies.
var blameWords = map[string]signature.Text{
	"":         {En: "on no side in particular", Zh: "不特指某一方"},
	"caller":   {En: "on the caller's side", Zh: "拨打方"},
	"listener": {En: "on the listener's side", Zh: "接听方"},
	"here":     {En: "on the side of the one party below", Zh: "下文所称的一方"},
	"there":    {En: "on the side of the other party below", Zh: "下文所称的另一方"},
	"ender":    {En: "on the side that ended the call", Zh: "结束通话的一方"},
	"shown":    {En: "on the side whose log shows it last", Zh: "最后一条证据所在的一方"},
}

// closed words a stage or a severity in a language; rules of no stage are of any.
func closed(word, lang string) string { return report.Word(cmp.Or(word, "any"), lang) }
