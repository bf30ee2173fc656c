package report

import (
	"slices"
	"strings"
	"unicode"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// stepKind says what a step is for; the words say it.
type stepKind int

const (
	giveKey stepKind = iota
	pullDevice
	pullPhone
	pullLinux
	oneCall
	giveDate
	inventory
	attach
	askSupport
)

// step is something the reader can do about what is missing.
type step struct {
	kind     stepKind
	role     string // of the party whose log is missing
	calls    int
	commands []string
}

// The folders of both apps on a device, as the guides give them:
// https://developers.weixin.qq.com/miniprogram/dev/framework/device/voip/guide.html, section 8.
const (
	wmpfFolder   = "/sdcard/Android/data/com.tencent.wmpf/files/xlog"
	wechatFolder = "/sdcard/Android/data/com.tencent.mm/MicroMsg/xlog"
)

// suggest fills v.next, what stands in the way of most first. path stands for what was scanned.
func (v *view) suggest(path string) {
	v.next = nil
	scan := "xlogscan scan " + path
	if slices.ContainsFunc(v.coverage.locked, func(l locked) bool { return l.by != "bad-client-key" }) {
		v.add(step{kind: giveKey, commands: []string{scan + " --key FILE"}})
	}
	if v.coverage.undated > 0 {
		v.add(step{kind: giveDate, commands: []string{scan + " --date YYYY-MM-DD"}})
	}
	for _, role := range []string{"caller", "listener"} {
		v.suggestPeer(role, scan)
	}
	if len(v.r.Calls) == 0 && len(v.coverage.locked) == 0 {
		v.add(step{kind: inventory, commands: []string{"xlogscan info " + path}})
	}
	for _, s := range v.sections {
		if s.call.RoomID != nil && len(v.r.Calls) > 1 && s.call.Outcome != "unknown" {
			v.add(step{kind: oneCall, commands: []string{"xlogscan show " + shellWord(*s.call.RoomID) + " " + path}})
			break
		}
	}
	if len(v.sections) > 0 || len(v.shared) > 0 {
		v.add(step{kind: attach, commands: []string{scan + " -f md -o report.md"}})
	}
	if len(v.sections) > 0 {
		one := ""
		if c := v.sections[0].call; len(v.r.Calls) == 1 && c.RoomID != nil {
			one = " --room " + shellWord(*c.RoomID)
		}
		v.add(step{kind: askSupport, commands: []string{scan + one + " -f post -o post.txt"}})
	}
}

// suggestPeer tells how to get the log of a role that is missing on calls that did not complete and are not
// explained yet.
func (v *view) suggestPeer(role, scan string) {
	calls := map[stepKind]int{}
	for _, rw := range v.rows {
		if rw.call.Outcome == "completed" || rw.main != nil && rw.main.Certainty == "confirmed" && grave(rw.main) {
			continue
		}
		for _, missing := range rw.missing {
			if missing == role {
				calls[logOf(rw.call, role)]++
			}
		}
	}
	for _, kind := range []stepKind{pullDevice, pullPhone, pullLinux} {
		if calls[kind] == 0 {
			continue
		}
		s := step{kind: kind, role: role, calls: calls[kind]}
		if command := pull(kind, role); command != "" {
			s.commands = append(s.commands, command)
		}
		s.commands = append(s.commands, scan+" "+role+"-log")
		v.add(s)
	}
}

// pull is the command that gets the log of a role, "" where there is none.
func pull(kind stepKind, role string) string {
	switch kind {
	case pullDevice:
		return "adb pull " + wmpfFolder + " " + role + "-log"
	case pullPhone:
		return "adb pull " + wechatFolder + " " + role + "-log"
	}
	return ""
}

// logOf tells which log a party has: by its side, else by the direction of the call.
func logOf(c *Call, role string) stepKind {
	linux := c.Direction != nil && *c.Direction == "wechat-to-linux"
	device := c.Direction == nil || (*c.Direction == "device-to-wechat") == (role == "caller")
	for _, p := range c.Parties {
		if p.Role == role && p.Side != nil {
			device = *p.Side != "phone"
		}
	}
	switch {
	case !device:
		return pullPhone
	case linux:
		return pullLinux
	}
	return pullDevice
}

func (v *view) add(s step) { v.next = append(v.next, s) }

// shellWord quotes s for a shell where it has to be; room ids and most paths need no quotes, hostile ones get them.
func shellWord(s string) string {
	s = cells.Visible(s)
	for _, r := range s {
		plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-./:@+,", r) || r > 0x7f && unicode.IsLetter(r)
		if !plain {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}
