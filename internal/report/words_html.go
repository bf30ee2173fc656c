package report

// htmlWords are the texts that only a page has. English and Chinese take the same arguments in the same order.
type htmlWords struct {
	language                                  string // as lang attribute
	skip, summary, filter, all, search, reset string
	shown, party, signature, rawLines, asList string
	clearOnes, toIndex, previous, following   string
	moreCalls, moreLines, moreLogs, cut       string
	ladderOf, stagesOf, failure               string
	onThis, sample                            string
}

var englishHTML = htmlWords{
	language: "en", skip: "Skip to the content", summary: "Summary",
	filter: "Filter the calls", all: "all", search: "Search", reset: "Show all", shown: "%s of %s calls shown",
	party: "Party", signature: "Signature", rawLines: "Log lines", asList: "The timeline as a list",
	clearOnes: "clear: %s", toIndex: "All calls", previous: "Previous call", following: "Next call",
	moreCalls: "%s have no section on this page; a folder (-o DIR) has a page for each call",
	moreLines: "+%s more lines", moreLogs: "and %s, %s", cut: "cut, %s in all",
	ladderOf: "Timeline of call %s", stagesOf: "Stages by the %s's clock", failure: "failed here",
	onThis: "Calls", sample: "For example",
}

var chineseHTML = htmlWords{
	language: "zh-CN", skip: "跳到正文", summary: "概要",
	filter: "筛选通话", all: "全部", search: "搜索", reset: "显示全部", shown: "显示 %s / %s 次通话",
	party: "参与方", signature: "特征", rawLines: "日志原文", asList: "时间线（列表）",
	clearOnes: "未命中：%s", toIndex: "全部通话", previous: "上一次通话", following: "下一次通话",
	moreCalls: "另有 %s 在本页没有详情；输出为目录（-o DIR）时每次通话各有一页",
	moreLines: "另有 %s 行", moreLogs: "%s，%s", cut: "已截断，全长 %s",
	ladderOf: "通话 %s 的时间线", stagesOf: "各阶段（以%s时钟为准）", failure: "失败处",
	onThis: "通话数", sample: "例如",
}
