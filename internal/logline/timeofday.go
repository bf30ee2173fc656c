package logline

import (
	"bytes"
	"time"
)

// Times of day, in Chinese too.

// daytimes are what Chinese phones put in front of the hours of a 12-hour clock.
var daytimes = []struct {
	word []byte
	pm   bool
}{
	{[]byte("上午"), false}, {[]byte("下午"), true}, {[]byte("凌晨"), false}, {[]byte("早上"), false},
	{[]byte("清晨"), false}, {[]byte("中午"), true}, {[]byte("傍晚"), true}, {[]byte("晚上"), true},
}

// readClock reads "11:04:04.123", "9:04:04", "上午11:04:04", "11:04:04 PM" and "11时04分04秒".
func readClock(b []byte, r *reading) int {
	half, pm, n := false, false, 0
	for _, d := range daytimes {
		if bytes.HasPrefix(b, d.word) {
			half, pm, n = true, d.pm, len(d.word)
			n += spaces(b[n:min(len(b), n+1)])
			break
		}
	}
	m := readTime(b[n:], r)
	if m == 0 {
		m = readShortHour(b[n:], r)
	}
	if m == 0 {
		m = readCompactTime(b[n:], r)
	}
	if m == 0 {
		if m = readChineseTime(b[n:], r); m == 0 {
			return 0
		}
	}
	n += m
	// Browsers of today put a narrow blank in front of AM.
	at := n
	for _, blank := range []string{" ", "\u202f", "\u00a0"} {
		if bytes.HasPrefix(b[at:], []byte(blank)) {
			at += len(blank)
			break
		}
	}
	if !half && at+2 <= len(b) && (b[at]|0x20 == 'a' || b[at]|0x20 == 'p') && b[at+1]|0x20 == 'm' && (at+2 == len(b) || b[at+2] < 'A') {
		half, pm, n = true, b[at]|0x20 == 'p', at+2
	}
	if half {
		// A Chinese phone may write 下午 in front of hours that go to 23 all the same.
		switch h := r.ofDay / time.Hour; {
		case pm && h < 12:
			r.ofDay += 12 * time.Hour
		case !pm && h == 12:
			r.ofDay -= 12 * time.Hour
		}
	}
	return n
}

// readShortHour reads "9:04:04".
func readShortHour(b []byte, r *reading) int {
	if len(b) < 7 || !isDigit(b[0]) || b[1] != ':' {
		return 0
	}
	var padded [24]byte
	padded[0] = '0'
	n := copy(padded[1:], b)
	if m := readTime(padded[:1+n], r); m > 0 {
		return m - 1
	}
	return 0
}

// readCompactTime reads "110404".
func readCompactTime(b []byte, r *reading) int {
	v, n := digits(b, 6)
	if n != 6 || v/1_00_00 > 23 || v/100%100 > 59 || v%100 > 60 {
		return 0
	}
	r.ofDay = time.Duration(v/1_00_00*3600+v/100%100*60+v%100) * time.Second
	r.has |= HasTime
	return 6
}

// readChineseTime reads "11时04分04秒", of which the seconds may be left out.
func readChineseTime(b []byte, r *reading) int {
	var parts [3]int
	n := 0
	for i, units := range [...][]string{{"时", "時", "点"}, {"分"}, {"秒"}} {
		v, m := digits(b[n:], 2)
		unit := 0
		for _, u := range units {
			if bytes.HasPrefix(b[n+m:], []byte(u)) {
				unit = len(u)
			}
		}
		if m == 0 || unit == 0 {
			if i < 2 {
				return 0
			}
			break
		}
		parts[i] = v
		n += m + unit
	}
	if parts[0] > 23 || parts[1] > 59 || parts[2] > 60 {
		return 0
	}
	r.ofDay = time.Duration(parts[0]*3600+parts[1]*60+parts[2]) * time.Second
	r.has |= HasTime
	return n
}

func isDaytime(b []byte) bool {
	for _, d := range daytimes {
		if bytes.HasPrefix(b, d.word) {
			return true
		}
	}
	return false
}
