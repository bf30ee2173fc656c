package redact

import "strings"

// homes are the folders whose next part is named for a user.
var homes = []string{"/home/", "/Users/", "/data/user/", "/data/user_de/", `\Users\`, `\\Users\\`, `\\\\Users\\\\`}

// accounts is the folder of the WeChat client whose next part is made from the account.
const accounts = "/MicroMsg/"

// path looks at a slash for a user's name behind it, and returns where to go on.
func (f *finder) path(i int) int {
	for _, home := range homes {
		if !strings.HasPrefix(f.text[i:], home) {
			continue
		}
		start := i + len(home)
		end := f.partEnd(start, home[0])
		if raw := f.text[start:end]; !digits(raw) && !sharedHomes[fold(raw)] {
			f.add(span{start: start, end: end}, User, false)
		}
		return max(end, i+1)
	}
	if strings.HasPrefix(f.text[i:], accounts) {
		start := i + len(accounts)
		if end := start + 32; end <= len(f.text) && allHex(f.text[start:end]) {
			f.add(span{start: start, end: end}, User, false)
			return end
		}
	}
	return i + 1
}

var sharedHomes = map[string]bool{"public": true, "shared": true, "default": true, "all users": true}

// partEnd returns the end of the part of a path that begins at i. On Windows, it may hold spaces if a backslash ends it.
func (f *finder) partEnd(i int, slash byte) int {
	end := i
	for end < len(f.text) && strings.IndexByte("/\\\"'`:*?<>|\n\r,;()[]{}", f.text[end]) < 0 {
		end++
	}
	if end < len(f.text) && f.text[end] == slash && end-i <= 40 {
		return end
	}
	if n := strings.IndexAny(f.text[i:end], " \t"); n >= 0 {
		return i + n
	}
	return end
}
