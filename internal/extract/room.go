package extract

import (
	"regexp"
	"strings"
)

var (
	// keyedRoom is any id behind the name of the field.
	keyedRoom = regexp.MustCompile(`(?i)(?:\b|_)(?:room|group)_?id["'\\]*\s*[:=]\s*["'\\]*([A-Za-z0-9_-]{8,64})(?:[^A-Za-z0-9_@-]|$)`)
	idLike    = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)
)

// builtID returns the first room id in s as WeChat builds it, which names itself wherever it stands: the plugin's appId,
// builtMark and a number. A pattern would take a good part of the time that events take, for each has one.
func builtID(s string) string {
	const app, least = len("wx0123456789abcdef"), 6
	for from := 0; ; {
		at := strings.Index(s[from:], builtMark)
		if at < 0 {
			return ""
		}
		at += from
		from = at + len(builtMark)
		end := from
		for end < len(s) && s[end] >= '0' && s[end] <= '9' {
			end++
		}
		if end-from >= least && at >= app && s[at-app:at-app+2] == "wx" && strings.Trim(s[at-app+2:at], "0123456789abcdef") == "" {
			return s[at-app : end]
		}
	}
}

const builtMark = "WmpfVoip"

// roomOf returns a field's value if it is the id of a room: one built as WeChat builds it, or any of letters and digits, or
// of so many digits that it is no number of a media room. The group of a device, g_..., is none.
func roomOf(value string) string {
	if id := builtID(value); id != "" {
		return id
	}
	digits := strings.ContainsAny(value, "0123456789")
	number := strings.Trim(value, "0123456789") == ""
	if !idLike.MatchString(value) || strings.HasPrefix(value, "g_") || !digits || number && len(value) < 16 {
		return ""
	}
	return value
}

// roomIn returns the id of the room that a line names, "" where it names none, or two.
func roomIn(line string) string {
	var found []string
	if id := builtID(line); id != "" {
		_, rest, _ := strings.Cut(line, id)
		found = append(found, id)
		if other := builtID(rest); other != "" {
			found = append(found, other)
		}
	} else {
		for _, m := range keyedRoom.FindAllStringSubmatch(line, 4) {
			if id := roomOf(m[1]); id != "" {
				found = append(found, id)
			}
		}
	}
	for _, id := range found {
		if id != found[0] {
			return ""
		}
	}
	if len(found) == 0 {
		return ""
	}
	return found[0]
}
