package archive

import (
	"hash/fnv"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	maxPart = 200  // bytes of one part of a name
	maxName = 1000 // bytes of a name
)

// cleanName makes a name of an entry harmless: relative, without ".." and drive, in UTF-8, and without characters that
// show as something else or that separate an archive from what is in it. What is not UTF-8 is taken for GBK, as
// programs in Chinese Windows write it.
func cleanName(raw string) string {
	if !utf8.ValidString(raw) {
		raw, _ = simplifiedchinese.GB18030.NewDecoder().String(raw) // what is not GBK either becomes U+FFFD
	}
	var parts []string
	left := maxName
	all := strings.FieldsFunc(raw, func(r rune) bool { return r == '/' || r == '\\' })
	for i := len(all) - 1; i >= 0; i-- { // the last parts say most
		part := all[i]
		if i == 0 && len(part) >= 2 && part[1] == ':' && unicode.IsLetter(rune(part[0])) {
			part = part[2:]
		}
		if part = cleanPart(part); part == "" {
			continue
		}
		if left -= len(part) + 1; left < 0 {
			break
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "unnamed"
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return strings.Join(parts, "/")
}

func cleanPart(part string) string {
	if part == "." || part == ".." {
		return ""
	}
	part = strings.Map(func(r rune) rune {
		if r == '!' || r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return '_'
		}
		return r
	}, part)
	if len(part) <= maxPart {
		return part
	}
	head, tail := part[:maxPart/2], part[len(part)-maxPart/2+3:]
	for !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	for !utf8.ValidString(tail) {
		tail = tail[1:]
	}
	return head + "…" + tail
}

// Names tells apart entries of one name.
type Names struct{ seen map[uint64]int }

// Distinct returns the name, or, if it was returned before, the name with a number.
func (n *Names) Distinct(name string) string {
	if n.seen == nil {
		n.seen = map[uint64]int{}
	}
	first := key(name)
	if n.seen[first] == 0 {
		n.seen[first] = 1
		return name
	}
	ext := path.Ext(name)
	for {
		n.seen[first]++
		try := strings.TrimSuffix(name, ext) + "~" + strconv.Itoa(n.seen[first]) + ext
		if k := key(try); n.seen[k] == 0 {
			n.seen[k] = 1
			return try
		}
	}
}

// key stands for a name in a set of many, whose lengths their author chose. That two names share one only gives one of
// them a number.
func key(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash takes all
	return h.Sum64()
}
