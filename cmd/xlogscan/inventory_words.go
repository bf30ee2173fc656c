package main

import (
	"fmt"
	"strconv"
)

// inventoryWords are the fixed texts of info in one language. Formats take the same arguments in each.
type inventoryWords struct {
	lang                                                                  string
	kind, size, time, versions, note, text, damaged, opened, lacks        string // labels, of nine cells at most
	decoded, salvaged, locked, skipped, lost, harmless                    string
	noLog, ofSide, more, outside, repeated, padding, with, withKey, saved string
	unwritten, at, noLoss, comma, semicolon, colon, to                    string
	lockedBy, sides                                                       map[string]string
	one, many                                                             map[string]string // counted things, formats of a number
}

var inventoryIn = map[string]*inventoryWords{
	"en": {
		lang: "en",
		kind: "kind", size: "size", time: "time", versions: "versions", note: "note", text: "text", damaged: "damage", opened: "opened", lacks: "lacks",
		decoded: "decoded", salvaged: "salvaged", locked: "locked", skipped: "skipped", lost: "lost", harmless: "harmless",
		noLog: "no log", ofSide: "%s, of a %s", more: "and %d more (-v lists them)", outside: "outside of the time asked for",
		repeated: ": repeated blocks and padding", padding: " of padding", with: "with %s", withKey: "%s with %s", saved: "%s of text saved",
		unwritten: "%s in front of offset %d: nothing is damaged there, so they were removed, never written, or are in another log of the app",
		at:        "%s at offset %d, %s%s", noLoss: "nothing is lost by it", comma: ", ", semicolon: "; ", colon: ": ", to: " to ",
		lockedBy: map[string]string{
			"no-key": "no key was given", "wrong-key": "no key given opens them",
			"bad-client-key": "their key field is damaged, so that no key can open them",
		},
		sides: map[string]string{"device": "device", "phone": "phone", "cloud": "cloud"},
		one:   map[string]string{"block": "%s block", "line": "%s line", "event": "%s event", "byte": "%s byte"},
		many:  map[string]string{"block": "%s blocks", "line": "%s lines", "event": "%s events", "byte": "%s bytes"},
	},
	"zh": {
		lang: "zh",
		kind: "类型", size: "大小", time: "时间", versions: "版本", note: "说明", text: "文本", damaged: "损坏", opened: "解密", lacks: "缺少",
		decoded: "已解码", salvaged: "已救回", locked: "未解密", skipped: "已跳过", lost: "丢失", harmless: "无影响",
		noLog: "不是日志", ofSide: "%s，%s", more: "另有 %d 处（-v 全部列出）", outside: "不在所选时间内",
		repeated: "：重复的块和填充", padding: "，为填充", with: "连同 %s", withKey: "%s 用 %s", saved: "救回文本 %s",
		unwritten: "%s，在偏移 %d 之前：该处没有损坏，因此是被删除、从未写入，或在应用的另一份日志中",
		at:        "%s，偏移 %d，%s%s", noLoss: "没有因此丢失内容", comma: "，", semicolon: "；", colon: "：", to: " 至 ",
		lockedBy: map[string]string{
			"no-key": "没有提供密钥", "wrong-key": "提供的密钥都解不开", "bad-client-key": "块中的密钥字段已损坏，任何密钥都解不开",
		},
		sides: map[string]string{"device": "设备", "phone": "手机", "cloud": "云端"},
		one:   map[string]string{"block": "%s 个块", "line": "%s 行", "event": "%s 个事件", "byte": "%s 字节"},
		many:  map[string]string{"block": "%s 个块", "line": "%s 行", "event": "%s 个事件", "byte": "%s 字节"},
	},
}

// count is a number of things.
func (w *inventoryWords) count(n int64, what string) string {
	format := w.many[what]
	if n == 1 {
		format = w.one[what]
	}
	return fmt.Sprintf(format, strconv.FormatInt(n, 10))
}

// bytes counts exactly, for offsets are exact too.
func (w *inventoryWords) bytes(n int64) string { return w.count(n, "byte") }
