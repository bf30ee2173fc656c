// Package unclaimed counts lines that look like VoIP and that nothing recognised, by their shape, which holds no
// personal data: so that the logs of a new version can be supported from what a user may publish.
package unclaimed

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/logline"
)

const (
	// maxShapes bounds the shapes that are counted at once. Where there are more, those seen least often go.
	maxShapes = 4096
	// maxKept bounds those of one input that wait for the other inputs.
	maxKept = 512
	// maxListed is how many shapes are listed.
	maxListed = 200
	// maxVersions is how many values of one version a shape names.
	maxVersions = 8
)

// Line is what is told of the lines of one shape. Names and order are part of the interface.
type Line struct {
	Shape    string   `json:"shape"`
	Count    int      `json:"count"`
	Tag      string   `json:"tag"`
	Level    *string  `json:"level"`
	Kind     string   `json:"kind"`  // of the inputs: xlog, logcat, linux-sdk, text
	First    *string  `json:"first"` // day of the first and the last
	Last     *string  `json:"last"`
	Versions Versions `json:"versions"`
}

// Versions are those that the inputs with the shape name.
type Versions struct {
	WMPF     []string `json:"wmpf"`
	Plugin   []string `json:"plugin"`
	LinuxSDK []string `json:"linuxSdk"`
	WeChat   []string `json:"wechat"`
}

// key is what lines of one group have in common.
type key struct {
	shape, tag, kind string
	level            byte
}

type group struct {
	count       int
	first, last string // days
	versions    Versions
}

// Counter counts the lines of one input, or of several that were merged. Its zero value is ready.
type Counter struct{ groups map[key]*group }

// signs make a line look like VoIP, in lower case.
var signs = [][]byte{
	[]byte("voip"), []byte("openvoice"), []byte("callpage"), []byte("call-page"), []byte("call page"), []byte("roomid"), []byte("room id"),
	[]byte("groupid"), []byte("joinroom"), []byte("join room"), []byte("hangup"), []byte("hang up"), []byte("incoming call"),
	[]byte("incomming call"), []byte("ringtone"), []byte("ringing"),
}

func looksLikeVoIP(l *logline.Line) bool {
	text, tag := bytes.ToLower(l.Text), bytes.ToLower(l.Tag)
	return slices.ContainsFunc(signs, func(s []byte) bool { return bytes.Contains(text, s) || bytes.Contains(tag, s) })
}

// Add counts a line that nothing recognised, if it looks like VoIP. It keeps nothing of the memory the line borrows.
func (c *Counter) Add(l *logline.Line) {
	if !looksLikeVoIP(l) {
		return
	}
	day := ""
	if l.Stamp.Has(logline.HasTime | logline.HasDate | logline.HasYear) {
		day = l.Time.Format(time.DateOnly)
	}
	c.count(key{shape: shape(l.Text), tag: shape(l.Tag), level: l.Level}, group{count: 1, first: day, last: day})
}

// Close says of what kind the input is, which versions it names and, for lines without a date of their own, from when
// to when it goes.
func (c *Counter) Close(kind string, versions Versions, first, last time.Time) {
	groups := c.groups
	c.groups = nil
	for k, g := range groups {
		k.kind = kind
		if g.first == "" && !first.IsZero() {
			g.first, g.last = first.Format(time.DateOnly), last.Format(time.DateOnly)
		}
		g.versions = versions
		c.count(k, *g)
	}
}

// Merge adds what another counter counted.
func (c *Counter) Merge(d *Counter) {
	for _, k := range d.sorted() { // the order decides what goes where there are too many
		c.count(k, *d.groups[k])
	}
}

func (c *Counter) count(k key, more group) {
	if c.groups == nil {
		c.groups = map[key]*group{}
	}
	g := c.groups[k]
	if g == nil {
		if len(c.groups) >= maxShapes {
			c.keep(maxShapes / 2)
		}
		c.groups[k] = &more
		return
	}
	g.count += more.count
	if more.first != "" && (g.first == "" || more.first < g.first) {
		g.first = more.first
	}
	g.last = max(g.last, more.last)
	g.versions.add(more.versions)
}

// Trim ends the reading of an input: what waits for the other inputs is no more than the frequent shapes.
func (c *Counter) Trim() { c.keep(maxKept) }

// keep drops all but the n most frequent shapes.
func (c *Counter) keep(n int) {
	if len(c.groups) <= n {
		return
	}
	for _, k := range c.sorted()[n:] {
		delete(c.groups, k)
	}
}

// sorted lists the groups, the most frequent first.
func (c *Counter) sorted() []key {
	keys := make([]key, 0, len(c.groups))
	for k := range c.groups {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(c.groups[b].count-c.groups[a].count, cmp.Compare(a.shape, b.shape), cmp.Compare(a.tag, b.tag),
			cmp.Compare(a.kind, b.kind), cmp.Compare(a.level, b.level))
	})
	return keys
}

// Lines lists the most frequent shapes.
func (c *Counter) Lines() []Line {
	var list []Line
	keys := c.sorted()
	for _, k := range keys[:min(len(keys), maxListed)] {
		g := c.groups[k]
		l := Line{Shape: k.shape, Count: g.count, Tag: k.tag, Kind: k.kind, First: some(g.first), Last: some(g.last)}
		if k.level != 0 {
			l.Level = some(string(rune(k.level)))
		}
		l.Versions.add(g.versions)
		list = append(list, l)
	}
	return list
}

// add makes v the union of both, sorted.
func (v *Versions) add(w Versions) {
	for _, f := range []struct {
		to   *[]string
		more []string
	}{{&v.WMPF, w.WMPF}, {&v.Plugin, w.Plugin}, {&v.LinuxSDK, w.LinuxSDK}, {&v.WeChat, w.WeChat}} {
		all := append(append([]string{}, *f.to...), f.more...)
		slices.Sort(all)
		all = slices.Compact(all)
		*f.to = all[:min(len(all), maxVersions)]
	}
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
