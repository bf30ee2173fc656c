package report

import "github.com/xlogscan/xlogscan/internal/signature"

// causes are the causes of damage, in words, with what can be done.
var causes = map[string]signature.Text{
	"unknown": {
		En: "the cause is not known; pull the file again if it can be",
		Zh: "原因不明；如有可能请重新导出",
	},
	"still-writing": {En: "the app was still writing", Zh: "应用仍在写入"},
	"app-killed": {
		En: "the app was killed while it wrote",
		Zh: "应用在写入时被终止",
	},
	"cut-copy": {
		En: "the file is a part of a log; copy it again, whole",
		Zh: "文件不完整，只是日志的一部分；请重新完整复制",
	},
	"zeroed-page": {
		En: "the storage lost a page, as it does on a power cut",
		Zh: "存储丢失了一页，断电时会这样",
	},
	"cache-padding": {En: "the padding of a cache file", Zh: "缓存文件的填充"},
	"changed-bytes": {
		En: "bytes were changed in storage or on the way; pull the file again",
		Zh: "存储或传输中有字节被改变；请重新导出",
	},
	"two-writers": {
		En: "two processes wrote one log; the app has to give each a name prefix of its own",
		Zh: "两个进程写同一份日志；应用应为每个进程设置不同的文件名前缀",
	},
	"text-mode-transfer": {
		En: "a transfer in text mode added CR bytes; pull the file again in binary mode, as adb pull does",
		Zh: "以文本模式传输，多出了 CR 字节；请以二进制方式重新导出（如 adb pull）",
	},
	"text-conversion": {
		En: "something took the file for text and replaced bytes by U+FFFD, which are gone; pull the original again",
		Zh: "文件被当作文本转换，字节已被 U+FFFD 取代，无法恢复；请重新导出原文件",
	},
	"repeated-block": {En: "the same block once more", Zh: "同一个块重复出现"},
	"over-limit":     {En: "longer than this program reads", Zh: "超出本程序的读取上限"},
	"not-xlog":       {En: "no part of it is a block", Zh: "其中没有 xlog 块"},
}

// CauseText words the cause of a damage and what can be done, in English or, for zh, in Chinese.
func CauseText(cause, lang string) string {
	t, ok := causes[cause]
	if !ok {
		t = causes["unknown"]
	}
	return t.In(lang)
}
