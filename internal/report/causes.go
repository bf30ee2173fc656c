package report

import "github.com/xlogscan/xlogscan/internal/signature"

// cause is the likely cause of a damage, and what can be done so that less is lost, or nothing the next time.
type cause struct{ is, advice signature.Text }

var again = signature.Text{En: "pull the file again if it can be", Zh: "如有可能请重新导出文件"}

var causes = map[string]cause{
	"unknown": {signature.Text{En: "the cause is not known", Zh: "原因不明"}, again},
	"still-writing": {
		signature.Text{En: "the app was still writing", Zh: "应用仍在写入"},
		signature.Text{},
	},
	"app-killed": {
		signature.Text{En: "the app was killed while it wrote", Zh: "应用在写入时被终止"},
		signature.Text{},
	},
	"cut-copy": {
		signature.Text{En: "the copy is cut", Zh: "文件没有复制完整"},
		signature.Text{En: "copy the file again, whole", Zh: "请重新完整复制文件"},
	},
	"zeroed-page": {
		signature.Text{En: "the storage lost a page, as it does on a power cut", Zh: "存储丢失了一页，断电时会这样"},
		signature.Text{},
	},
	"cache-padding": {signature.Text{En: "the padding of a cache file", Zh: "缓存文件的填充"}, signature.Text{}},
	"changed-bytes": {
		signature.Text{En: "bytes were changed in storage or on the way", Zh: "存储或传输中有字节被改变"},
		again,
	},
	"two-writers": {
		signature.Text{En: "two processes wrote over each other", Zh: "两个进程互相覆盖写入"},
		signature.Text{En: "the app has to give each of its processes a log name prefix of its own", Zh: "应用应为每个进程设置不同的日志文件名前缀"},
	},
	"text-mode-transfer": {
		signature.Text{En: "a transfer in text mode added CR bytes", Zh: "以文本模式传输，多出了 CR 字节"},
		signature.Text{En: "pull the file again in binary mode, as adb pull does", Zh: "请以二进制方式重新导出文件（如 adb pull）"},
	},
	"text-conversion": {
		signature.Text{En: "something took the file for text and replaced bytes by U+FFFD, which are gone", Zh: "文件被当作文本转换，字节已被 U+FFFD 取代，无法恢复"},
		signature.Text{En: "pull the original again, as a binary file", Zh: "请以二进制方式重新导出原文件"},
	},
	"repeated-block": {signature.Text{En: "the same block once more", Zh: "同一个块重复出现"}, signature.Text{}},
	"over-limit":     {signature.Text{En: "longer than this program reads", Zh: "超出本程序的读取上限"}, signature.Text{}},
	"not-xlog":       {signature.Text{En: "no part of it is a block", Zh: "其中没有 xlog 块"}, signature.Text{}},
}

// CauseText words the cause of a damage in English or, for zh, in Chinese.
func CauseText(name, lang string) string { return causeOf(name).is.In(lang) }

// AdviceText says what can be done about damage of a cause, "" if nothing can.
func AdviceText(name, lang string) string { return causeOf(name).advice.In(lang) }

func causeOf(name string) cause {
	if c, ok := causes[name]; ok {
		return c
	}
	return causes["unknown"]
}
