package redact

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Value is what a key named in a log. It is personal data as it is.
type Value struct {
	Kind Kind
	Text string
}

// These bound what a Collector keeps: many times what the logs of a fleet name, and little enough to be looked for.
const (
	maxCollected     = 1 << 16
	maxCollectedText = 1 << 20 // in bytes
)

// Collector collects the values that keys name in the lines of a log, each once, in the order of their first places. The
// reader of the log shows it the places of Words. The zero value is ready for use.
type Collector struct {
	values []Value
	seen   map[string]bool
	size   int
	full   bool
	recent map[string]bool // keys with their values and what ends these, which gave nothing but that value
}

// maxRecent bounds what is remembered to save a look: the lines of a log name few values, and often.
const maxRecent = 1 << 10

// Values returns what was collected so far, and whether there was more than a Collector keeps.
func (c *Collector) Values() ([]Value, bool) { return slices.Clone(c.values), c.full }

// A look goes from a few bytes before a key, where an escape or the column before may end, to what lies this far behind it;
// further where a value, or a list of them, does.
const (
	lookBefore = 8
	lookBehind = 256
	lookFar    = 8 << 10
)

// Take collects the values behind the key at text[at:], which holds one of Words; where no key stands there it does
// nothing. It keeps nothing of text.
func (c *Collector) Take(text []byte, at int) {
	start, end := wordAt(text, at)
	if end == len(text) || c.full || text[start] < 0x80 && !separates[text[end]] {
		return
	}
	pair := text[start:pairEnd(text, end)]
	if c.recent[string(pair)] {
		return
	}
	for _, reach := range []int{lookBehind, lookFar} {
		from, to := max(0, start-lookBefore), min(len(text), end+reach)
		f := finder{r: ordinary, text: string(text[from:to])}
		f.keyOrEscaped(start-from, end-from)
		n := len(f.found)
		cut := to < len(text) && n > 0 && f.found[n-1].end+lookBefore > len(f.text)
		if cut && reach < lookFar {
			continue
		}
		if cut {
			f.found = f.found[:n-1]
		}
		c.add(&f)
		if n == 1 && !cut && f.found[0].kind != Name && from+f.found[0].end+1 == start+len(pair) {
			c.remember(pair)
		}
		return
	}
}

// remember has a pair of a key and its value not be looked at again.
func (c *Collector) remember(pair []byte) {
	if c.recent == nil || len(c.recent) == maxRecent {
		c.recent = map[string]bool{}
	}
	c.recent[string(pair)] = true
}

// pairEnd returns where a key and its value end, as far as that can be told at a glance, with the byte behind the value.
// The key ends at end.
func pairEnd(text []byte, end int) int {
	i := end
	for i < len(text) && i < end+lookBefore && separates[text[i]] {
		i++
	}
	for limit := min(len(text), i+lookBehind/4); i < limit; i++ {
		if c := text[i]; !isAlnum(c) && c != '-' && c != '_' {
			return i + 1
		}
	}
	return i
}

// ordinary knows no more common words than those that stand for a missing value.
var ordinary = New(nil)

// add keeps the values that were found and may be looked for elsewhere.
func (c *Collector) add(f *finder) {
	for _, s := range f.found {
		raw := f.text[s.start:s.end]
		if s.loose || c.seen[raw] || f.inSentence(s) || !utf8.ValidString(raw) || len(keptSpans(raw)) > 0 || ordinary.ordinary(canonical(raw)) {
			continue
		}
		if !c.keep(Value{s.kind, strings.Clone(raw)}) {
			return
		}
	}
}

// keep keeps a value that is new, and reports whether there was room.
func (c *Collector) keep(v Value) bool {
	if len(c.values) == maxCollected || c.size+len(v.Text) > maxCollectedText {
		c.full = true
		return false
	}
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	c.seen[v.Text] = true
	c.size += len(v.Text)
	c.values = append(c.values, v)
	return true
}

// Merge adds what another Collector kept, and reports whether there was room for all of it.
func (c *Collector) Merge(values []Value) bool {
	for _, v := range values {
		if !c.seen[v.Text] && !c.keep(v) {
			return false
		}
	}
	return true
}

// inSentence reports whether a value may be words of a sentence, for it is made of letters, without quotes. A name is one
// word then.
func (f *finder) inSentence(s span) bool {
	raw := f.text[s.start:s.end]
	if s.start > 0 && strings.IndexByte("\"'`", f.text[s.start-1]) >= 0 || s.start > 2 && skipAny(f.text, s.start-3, encodedQuotes) == s.start {
		return false
	}
	return ascii(raw) && count(raw, "0123456789") == 0 && (s.kind != Name || strings.IndexByte(raw, ' ') >= 0)
}

// keyOrEscaped looks for values behind the word [i, end), whose first letters may belong to an escape, or behind a Chinese
// key at i.
func (f *finder) keyOrEscaped(i, end int) {
	if f.text[i] >= 0x80 {
		f.chinese(i)
	} else if f.key(i, end) == 0 {
		if from := afterEscape(f.text, i, end); from > i {
			f.key(from, end)
		}
	}
}

// wordAt returns the bounds of the word that text[at:] is a part of, or that begins behind what is of no word there. A
// Chinese key has no bounds. Of a word that is too long to be a key, it may return a part.
func wordAt(text []byte, at int) (start, end int) {
	for at < len(text) && !isWord(text[at]) && text[at] < 0x80 {
		at++
	}
	const longest = maxKey + len("u0022")
	for start = at; start > 0 && at-start <= longest && isWord(text[start-1]); {
		start--
	}
	for end = at; end < len(text) && end-at <= longest && isWord(text[end]); {
		end++
	}
	return start, end
}

// Words returns words in lower case, of four bytes or more, one of which stands wherever a key stands whose values are
// collected. Keys that are words of everyday, and those whose values show by their shape, are not among them: they would
// cost every scan more than they tell.
func Words() []string {
	var all []string
	for name, kind := range keys {
		if slices.Contains(shaped, kind) || slices.Contains(passed, name) {
			continue
		}
		for _, w := range []string{name, withoutUnderscores(name)} {
			if len(w) > len("sns") {
				all = append(all, w)
			}
		}
	}
	for _, k := range chineseKeys {
		if !slices.Contains(shaped, k.kind) {
			all = append(all, k.name)
		}
	}
	all = append(all, shortKeys...)
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
	var words []string
	for _, w := range all {
		if !slices.ContainsFunc(words, func(have string) bool { return strings.Contains(w, have) }) {
			words = append(words, w)
		}
	}
	return words
}

var (
	// shaped are the kinds whose values show by their shape, or are numbers that would stand for anything.
	shaped = []Kind{Phone, IP, MAC, Location}

	// passed are everyday words, rare names, and those of secrets so long that their shape shows them.
	passed = strings.Fields("name serial serial_no imei wxid weixin_id email opend_id voip_id dev_id real_name contact_name remark_name display_name imsi sns pwd " +
		"device_sig encrypt_key encrypt aes_key private_key secret_key api_key app_key auth_key cookie authorization bearer")

	// shortKeys are keys that are too short to be searched for alone, with what stands around them.
	shortKeys = []string{
		`"sn":`, `sn": "`, `esn":"`, `rsn":"`, `dsn":"`, `_sn":"`, `sn\":\"`, `%22sn%22`, ` sn: `, ` sn=`, `&sn=`, `?sn=`,
		`"uin":`, `uin\":`, `"imei"`, `imei\":`, `imei: `,
	}
)
