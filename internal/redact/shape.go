package redact

import (
	"net/netip"
	"strings"
)

// openIDLen is the length of an openId: an o and 27 characters of base64url.
const openIDLen = 28

// minSecret is the length from which a run of random characters is taken for a secret.
const minSecret = 40

// shapes looks at the word [i, end) for values that need no key, and returns where to go on.
func (f *finder) shapes(i, end int) int {
	t := f.text
	if i > 0 && isRun(t[i-1]) && t[i-1] != '/' && t[i-1] != '+' && t[i-1] != '-' {
		return end
	}
	for _, s := range []struct {
		kind Kind
		end  func(string, int) int
	}{{MAC, macAt}, {IP, ipAt}, {Phone, phoneAt}} {
		if isDigit(t[i]) || s.kind == MAC && isHex(t[i]) {
			if n := s.end(t, i); n > 0 {
				if s.kind != IP || personalIP(t, i, n) {
					f.add(span{start: i, end: n}, s.kind, false)
				}
				return n
			}
		}
	}
	if isHex(t[i]) {
		if n := f.address(i); n > i+1 {
			return n
		}
	}
	if n := openIDAt(t, i); n > 0 {
		f.add(span{start: i, end: n}, OpenID, false)
		return n
	}
	if n := f.openIDWithin(i, end); n > 0 {
		return n
	}
	if strings.HasPrefix(t[i:end], "wxid_") && end-i >= 12 {
		f.add(span{start: i, end: end}, WeChat, false)
		return end
	}
	if n := serialAt(t, i, end); n > 0 {
		f.add(span{start: i, end: n}, SN, false)
		return n
	}
	if i < f.run {
		return end
	}
	n, secret := secretAt(t, i)
	if !secret {
		f.run = n
		return end
	}
	f.add(span{start: i, end: n}, Secret, false)
	return n
}

// isRun reports whether c is of base64 or base64url.
func isRun(c byte) bool { return isWord(c) || c == '-' || c == '+' || c == '/' }

// openIDWithin looks for an openId behind an underscore of the word, as file names have it.
func (f *finder) openIDWithin(i, end int) int {
	for j := i + 1; j < end; j++ {
		if f.text[j-1] == '_' && f.text[j] == 'o' {
			if n := openIDAt(f.text, j); n > 0 {
				f.add(span{start: j, end: n}, OpenID, false)
				return n
			}
		}
	}
	return 0
}

// openIDAt returns the end of the openId at i, 0 without one. A name in a program may be as long, but has no digits and
// few capitals.
func openIDAt(t string, i int) int {
	end := i + openIDLen
	if t[i] != 'o' || end > len(t) || end < len(t) && isAlnum(t[end]) {
		return 0
	}
	numbers, capitals := 0, 0
	for j := i; j < end; j++ {
		switch c := t[j]; {
		case isDigit(c):
			numbers++
		case c-'A' < 26:
			capitals++
		case !isWord(c) && c != '-':
			return 0
		}
	}
	if numbers == 0 && capitals <= 7 {
		return 0
	}
	return end
}

// phoneAt returns the end of the mobile number at i, 0 without one: 11 digits from 13 to 19, or with 86 before them.
func phoneAt(t string, i int) int {
	if i > 0 && t[i-1] == '.' {
		return 0
	}
	start := i
	if strings.HasPrefix(t[i:], "86") {
		start += 2
		if start < len(t) && (t[start] == '-' || t[start] == ' ') {
			start++
		}
	}
	end := start + 11
	if end > len(t) || t[start] != '1' || t[start+1] < '3' || !digits(t[start:end]) || end < len(t) && (isAlnum(t[end])) || roomBefore(t, i) {
		return 0
	}
	return end
}

// roomBefore reports whether the number at i is called a media room, which looks like a phone number at times.
func roomBefore(t string, i int) bool {
	before := fold(strings.TrimRight(t[max(0, i-24):i], ` :="'\%`))
	for _, key := range []string{"room id", "roomid", "mediaroomid", "imroomid", "room_id"} {
		if strings.HasSuffix(before, key) {
			return true
		}
	}
	return strings.HasSuffix(before, ",") && strings.Contains(t[max(0, i-160):i], "joinVoIPChat:fail")
}

// ipAt returns the end of the IPv4 address at i, 0 without one.
func ipAt(t string, i int) int {
	j := i
	for part := range 4 {
		n := 0
		for j+n < len(t) && isDigit(t[j+n]) && n < 4 {
			n++
		}
		if n == 0 || n > 3 || n == 3 && t[j:j+n] > "255" || n > 1 && t[j] == '0' {
			return 0
		}
		if j += n; part < 3 {
			if j == len(t) || t[j] != '.' {
				return 0
			}
			j++
		}
	}
	if i > 0 && (isAlnum(t[i-1]) || t[i-1] == '.') || j < len(t) && (isAlnum(t[j]) || t[j] == '.' && j+1 < len(t) && isDigit(t[j+1])) {
		return 0
	}
	return j
}

// personalIP tells the address in [i, end) from a version, and from addresses that say nothing.
func personalIP(t string, i, end int) bool {
	if v := t[i:end]; strings.HasPrefix(v, "127.") || v == "0.0.0.0" || v == "255.255.255.255" {
		return false
	}
	if hasAnyPrefix(t[end:], "(", "/0x") {
		return false
	}
	before := fold(t[max(0, i-20):i])
	before = strings.TrimRight(before, ` :="'\/`)
	for _, word := range []string{"version", "ver", "versionname", "wechat", "weixin", "client", "build", "sdk", "plugin", "wmpf", "lib", "micromessenger"} {
		if strings.HasSuffix(before, word) {
			return false
		}
	}
	return true
}

// macAt returns the end of the MAC address at i, 0 without one.
func macAt(t string, i int) int {
	const length = len("00:11:22:33:44:55")
	end := i + length
	if end > len(t) || t[i+2] != ':' && t[i+2] != '-' {
		return 0
	}
	for j := range length {
		if c := t[i+j]; j%3 == 2 && c != t[i+2] || j%3 != 2 && !isHex(c) {
			return 0
		}
	}
	if i > 0 && (isAlnum(t[i-1]) || t[i-1] == t[i+2]) || end < len(t) && (isAlnum(t[end]) || t[end] == t[i+2]) {
		return 0
	}
	return end
}

// address notes the IPv6 address at i, and returns where to go on.
func (f *finder) address(i int) int {
	end := i
	for end < len(f.text) && (isHex(f.text[end]) || f.text[end] == ':') {
		end++
	}
	if end < len(f.text) && isWord(f.text[end]) || !isIPv6(f.text[i:end]) {
		return i + 1
	}
	f.add(span{start: i, end: end}, IP, false)
	return end
}

// isIPv6 leaves out ::1 and the like, which name no host and are often no address at all.
func isIPv6(s string) bool {
	if len(s) > 45 || strings.Count(s, ":") < 3 {
		return false
	}
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is6()
}

// serialAt returns the end of a serial number that says what it is: SN and digits, as in file names.
func serialAt(t string, i, end int) int {
	if end-i < 8 || t[i:i+2] != "SN" || t[i+2] != '_' && !isDigit(t[i+2]) {
		return 0
	}
	j := i + 3
	for j < end && isAlnum(t[j]) {
		j++
	}
	if count(t[i:j], "0123456789") < 5 {
		return 0
	}
	return j
}

// secretAt returns the end of the run of characters at i, and whether it is random and long enough to be a token or a
// signature. Paths and names of programs are as long, but have slashes, or few digits.
func secretAt(t string, i int) (end int, secret bool) {
	end = i
	numbers, small, capitals, slashes := 0, 0, 0, 0
	for ; end < len(t) && isRun(t[end]); end++ {
		switch c := t[end]; {
		case isDigit(c):
			numbers++
		case c-'a' < 26:
			small++
		case c-'A' < 26:
			capitals++
		case c == '/':
			slashes++
		}
	}
	if n := end - i; n < minSecret || numbers < 3 || small < 3 || capitals < 3 || slashes > 2+n/20 || strings.Contains(t[i:end], roomMark) {
		return end, false
	}
	for end < len(t) && t[end] == '=' {
		end++
	}
	return end, true
}
