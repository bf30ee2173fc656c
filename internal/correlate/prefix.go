package correlate

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// place is where a file stands among those of its prefix: one program writes PREFIX_20261120.xlog, PREFIX_20261120_1.xlog
// when that is full, PREFIX_20261121.xlog on the next day, and what it has not written yet lies in PREFIX.mmap3.
type place struct {
	prefix string // with the folder and what is behind .xlog; of a file that is named in another way its whole name
	day    int64  // since 1970-01-01
	number int
	kind   kind
}

type kind int

const (
	alone kind = iota
	dayFile
	cache
)

var (
	dayName   = regexp.MustCompile(`^(.+)_([12]\d{7})(?:_(\d{1,9}))?\.xlog((?:\.\w+)*?)(?:\.gz|\.zst|\.xz|\.bz2)?$`)
	cacheName = regexp.MustCompile(`^(.+)\.mmap[23]((?:\.\w+)*?)(?:\.gz|\.zst|\.xz|\.bz2)?$`)
)

// placeOf reads the name of an input.
func placeOf(input string) place {
	dir, name := path.Split(input)
	if m := dayName.FindStringSubmatch(name); m != nil {
		if day, err := time.Parse("20060102", m[2]); err == nil {
			n, _ := strconv.Atoi(m[3]) // none is 0
			return place{dir + m[1] + m[4], dayOf(day), n, dayFile}
		}
	}
	if m := cacheName.FindStringSubmatch(name); m != nil {
		return place{prefix: dir + m[1] + m[2], kind: cache}
	}
	return place{prefix: input + "/"}
}

func dayOf(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
}

// compare puts the files of a prefix in the order in which they were written, the cache last.
func (p place) compare(q place) int {
	return cmp.Or(strings.Compare(p.prefix, q.prefix), cmp.Compare(p.kind, q.kind), cmp.Compare(p.day, q.day), cmp.Compare(p.number, q.number))
}

// seam says what lies between two files of a prefix. A program that was not running for a whole day leaves no file
// either; that its log is missing is the safer guess.
func seam(a, b *extract.Log) extract.Seam {
	p, q := placeOf(a.Input), placeOf(b.Input)
	whole := extract.Follows
	if p.kind == cache || p == q {
		return extract.Overlaps // the cache of another version of the program, the same file packed
	}
	if q.kind == cache {
		whole = extract.Overlaps
		q.day, q.number = p.day, p.number
		if !b.First.IsZero() && dayOf(b.First) > p.day {
			q.day, q.number = dayOf(b.First), 0
		}
	}
	switch q.day - p.day {
	case 0:
		if q.number <= p.number+1 {
			return whole
		}
	case 1:
		if q.number == 0 {
			return whole
		}
	}
	return extract.Lacks
}

// joined makes one log of those of each prefix, in the order of the prefixes.
func joined(logs []*extract.Log) []*extract.Log {
	places := map[*extract.Log]place{}
	for _, l := range logs {
		places[l] = placeOf(l.Input)
	}
	logs = slices.SortedFunc(slices.Values(logs), func(a, b *extract.Log) int {
		return cmp.Or(places[a].compare(places[b]), strings.Compare(a.Input, b.Input))
	})
	var out []*extract.Log
	for len(logs) > 0 {
		n := 1
		for n < len(logs) && places[logs[n]].prefix == places[logs[0]].prefix {
			n++
		}
		out = append(out, onePrefix(logs[:n]))
		logs = logs[n:]
	}
	return out
}

// onePrefix joins the logs of a prefix. The cache repeats what the program has put into a file since.
func onePrefix(logs []*extract.Log) *extract.Log {
	if len(logs) == 1 {
		return logs[0]
	}
	told := teller{}
	var files, old []*extract.Log
	for _, l := range logs {
		fresh := told.once(l, linesOf(l))
		if placeOf(l.Input).kind == cache && !newest(fresh, files) {
			old = append(old, fresh)
		} else {
			files = append(files, fresh)
		}
	}
	seams := make([]extract.Seam, len(files)-1)
	for i := range seams {
		seams[i] = seam(files[i], files[i+1])
	}
	log := extract.Join(files, seams)
	for _, l := range old {
		log = log.With(l)
	}
	return log
}

// newest reports whether a cache, of which the files have told what it has in common with them, goes on where they end:
// it is later, or tells more of the process that wrote last, whose clock was set back. What a killed process left in it
// the next one puts into a file before it writes itself.
func newest(cache *extract.Log, files []*extract.Log) bool {
	later := !slices.ContainsFunc(files, func(l *extract.Log) bool { return l.Last.After(cache.Last) })
	return later || len(cache.Events) > 0 && files[len(files)-1].GoesOn(cache)
}
