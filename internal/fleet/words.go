package fleet

import (
	"fmt"
	"strconv"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// words are the fixed texts of the renderings in one language. English and Chinese take the same arguments in the same
// order; a test holds that none is missing.
type words struct {
	lang string

	title, diffTitle                                             string
	nCalls, nResults, evaluable, both, repeats, waiting          string
	span, oneDay, shared, sharedBy                               string
	failed, outcomes, stages, signatures, rooms, days            string
	ofEvaluable, ofJudged, failedOf, knownOf, moreGroups         string
	fewNote, noGroups, signaturesBy, noneFired, more             string
	wmpf, plugin, linuxSdk, wechat, model, day                   string
	interval, rate, calls, outcome                               string
	byDay, oneLog, look, none                                    string
	lower, higher, unsure, tooFew                                string
	different, points, chance, moreRows, difference              string
	percent, to, comma, dot, colon, what, notes, nothing, folded string
	by, stage, signature, failedIn, nEvaluable, nBoth, nRepeats  string
	readRates, readLeads, readDiff                               string
}

var english = words{
	lang: "en", title: "Fleet report", diffTitle: "Fleet comparison",
	nCalls: "%s calls", nResults: "results: %s", evaluable: "%s evaluable: how they ended is known", both: "%s with the logs of both parties",
	waiting: "as of %s: the other party's log may still come for %s, and never came for %s",
	repeats: "repeats: %s. A call that is in several results counts once, as in the last.",
	span:    "%s to %s", oneDay: "%s", shared: "calls in both, which count in A: %s", sharedBy: "calls with both, which count in neither: %s",
	failed: "all that failed", outcomes: "Outcomes", stages: "Stages in which calls failed", signatures: "Signatures", rooms: "Calls to look at", days: "Calls by day",
	ofEvaluable: "of evaluable calls", ofJudged: "of the calls on which each could be judged",
	failedOf: "failed, of evaluable calls", knownOf: "known of %s of %s calls", moreGroups: "and %s more with fewer calls",
	fewNote:  "~ fewer than 10 calls: too few to say something. Ranges hold the true rate in 95 of 100 cases.",
	noGroups: "no log names it", signaturesBy: "Signatures by %s", noneFired: "No signature fired.", more: "and %s more, with -v",
	wmpf: "WMPF version", plugin: "plugin version", linuxSdk: "Linux SDK version", wechat: "WeChat version", model: "model", day: "day",
	interval: "95 % range", rate: "rate", calls: "calls", outcome: "outcome", stage: "stage", signature: "signature",
	byDay: "by outcome", oneLog: "one log", look: "xlogscan show ROOM RESULT.json draws one of them step by step", none: "No failed call has a cause that a signature names.",
	lower: "lower", higher: "higher", unsure: "No sure difference", tooFew: "Too few calls",
	different: "Different in B", points: "points",
	chance:   "%s of %s rates differ: the 95 %% range of the difference does not hold 0. Of rates that did not change, about one in 20 looks so by chance.",
	moreRows: "and %s more, with -v", difference: "difference, in points",
	percent: "%s %%", to: "%s–%s", comma: ", ", dot: " · ", colon: ": ", what: "rate of", notes: "How to read it", nothing: "None.", folded: "%s more", by: "By %s",
	failedIn: "failed in stage %s", nEvaluable: "%s evaluable", nBoth: "%s with both logs", nRepeats: "repeats: %s",
	readRates: "A rate is a number of calls out of those that could have been counted: outcomes and stages out of the calls whose end the logs show, a signature out of the calls on which it fired or surely did not. The range beside it holds the true rate in 95 of 100 cases, if the calls are like those that are not here.",
	readLeads: "Leads do not count, neither do setup findings. A call whose parties have two versions is in both rows.",
	readDiff:  "Lower and higher mean that the range of the difference does not hold 0. About one in 20 comparisons without a difference looks so by chance: trust a row the more, the farther its range is from 0, and look for a reason.",
}

var chinese = words{
	lang: "zh", title: "设备群报告", diffTitle: "设备群对比",
	nCalls: "%s 次通话", nResults: "结果文件 %s 个", evaluable: "%s 次可判断：知道如何结束", both: "%s 次有双方日志",
	waiting: "截至 %s：%s 次的另一方日志可能还会到达，%s 次始终没有收到",
	repeats: "重复 %s 次。出现在多个结果中的通话只计一次，以最后一个结果为准。",
	span:    "%s 至 %s", oneDay: "%s 当天", shared: "两边都有的通话 %s 次，只计入 A", sharedBy: "两者兼有的通话 %s 次，都不计入",
	failed: "全部失败", outcomes: "结果", stages: "失败所在阶段", signatures: "特征", rooms: "值得查看的通话", days: "每日通话",
	ofEvaluable: "占可判断通话", ofJudged: "占各特征能够判断的通话",
	failedOf: "失败数，占可判断通话", knownOf: "已知 %s 次（共 %s 次通话）", moreGroups: "另有 %s 个，通话更少",
	fewNote:  "~ 不足 10 次：太少，不能说明问题。区间在 100 次中有 95 次包含真实比率。",
	noGroups: "没有日志写明", signaturesBy: "特征（%s）", noneFired: "没有特征命中。", more: "另有 %s 项，-v 列出",
	wmpf: "WMPF 版本", plugin: "插件版本", linuxSdk: "Linux SDK 版本", wechat: "微信版本", model: "型号", day: "日期",
	interval: "95 % 区间", rate: "比率", calls: "通话", outcome: "结果", stage: "阶段", signature: "特征",
	byDay: "按结果分色", oneLog: "单方日志", look: "逐步查看其中一次：xlogscan show ROOM RESULT.json", none: "没有失败的通话由特征说明原因。",
	lower: "降低", higher: "升高", unsure: "差异不确定", tooFew: "通话太少",
	different: "B 组有差异", points: "百分点",
	chance:   "有差异的 %s 项（共比较 %s 项）：差的 95 %% 区间不含 0。没有变化的比率中，约每 20 项会有一项碰巧如此。",
	moreRows: "另有 %s 项，-v 列出", difference: "差（百分点）",
	percent: "%s %%", to: "%s–%s", comma: "，", dot: " · ", colon: "：", what: "比率", notes: "如何理解", nothing: "没有。", folded: "另有 %s 项", by: "%s",
	failedIn: "失败于%s阶段", nEvaluable: "可判断 %s 次", nBoth: "有双方日志 %s 次", nRepeats: "重复 %s 次",
	readRates: "比率是一部分通话占能够计数的通话的多少：结果和阶段以日志看得出如何结束的通话为分母，特征以命中或确定未命中的通话为分母。如果这些通话能代表其余通话，旁边的区间在 100 次中有 95 次包含真实比率。",
	readLeads: "线索不计，准备阶段的结论也不计。双方版本不同的通话在两行中都计。",
	readDiff:  "“降低”和“升高”表示差的区间不含 0。没有差异的比较中，约每 20 项会有一项碰巧如此：区间离 0 越远越可信，并应找出原因。",
}

// wordsFor returns the words of a language; anything but zh is English.
func wordsFor(lang string) *words {
	if lang == "zh" {
		return &chinese
	}
	return &english
}

// dimension is the name of a fact.
func (w *words) dimension(by string) string {
	return map[string]string{"wmpf": w.wmpf, "plugin": w.plugin, "linuxSdk": w.linuxSdk, "wechat": w.wechat, "model": w.model, day: w.day}[by]
}

// name is that of a rate.
func (w *words) name(kind, name string) string {
	switch kind {
	case KindAll:
		return w.failed
	case KindOutcome, KindStage:
		return report.Word(name, w.lang)
	}
	return name
}

// said is the title of a signature that is the program's own; of others nothing may be said but the id.
func (w *words) said(id string) string {
	if s := signature.Default().Find(id); s != nil {
		return s.Title.In(w.lang)
	}
	return ""
}

// pct is a share as a percentage, with as many digits as help.
func pct(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) }

// per is a share with its sign.
func (w *words) per(x float64) string { return fmt.Sprintf(w.percent, pct(x)) }

// days is the span of time of calls, "" where they have no times.
func (w *words) daysOf(first, last *string) string {
	switch {
	case first == nil:
		return ""
	case *first == *last:
		return fmt.Sprintf(w.oneDay, *first)
	}
	return fmt.Sprintf(w.span, *first, *last)
}

// waitingText says what is waited for; "" where nobody asked.
func (w *words) waitingText(x *Waiting) string {
	if x == nil {
		return ""
	}
	return fmt.Sprintf(w.waiting, x.AsOf, thousands(x.Pending), thousands(x.Never))
}
