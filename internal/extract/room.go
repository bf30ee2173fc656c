package extract

import (
	"regexp"
	"strings"
)

var (
	// roomID is a room id as WeChat builds it, which names itself wherever it stands.
	roomID = regexp.MustCompile(`wx[0-9a-f]{16}WmpfVoip\d{6,}`)
	// keyedRoom is any id behind the name of the field.
	keyedRoom = regexp.MustCompile(`(?i)(?:\b|_)(?:room|group)_?id["'\\]*\s*[:=]\s*["'\\]*([A-Za-z0-9_-]{8,64})(?:[^A-Za-z0-9_@-]|$)`)
	idLike    = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)
)

// roomOf returns a field's value if it is the id of a room: one built as WeChat builds it, or any of letters and digits, or
// of so many digits that it is no number of a media room. The group of a device, g_..., is none.
func roomOf(value string) string {
	if id := roomID.FindString(value); id != "" {
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
	found := roomID.FindAllString(line, 2)
	if len(found) == 0 {
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
