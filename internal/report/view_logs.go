package report

import (
	"slices"
	"strings"
	"time"
)

// logGroup is the log of one device or phone: the inputs of one side in one folder.
type logGroup struct {
	label       string // what tells it from the other groups, from its path
	side        string // empty when not known
	inputs      []*Input
	bytes       int64
	first, last *Time
	notes       []string
}

// groupLogs fills v.logs, v.unread and v.labels. Inputs without a folder are a log each, and so are those of a folder
// that holds the logs of both parties of some call.
func (v *view) groupLogs() {
	mixed := v.mixedFolders()
	type key struct{ side, path string }
	index := map[key]int{}
	for i := range v.r.Inputs {
		in := &v.r.Inputs[i]
		if in.Kind == nil {
			v.unread = append(v.unread, *in)
			continue
		}
		if asked := v.r.Selection; asked != nil && asked.Room == nil && in.Lines == 0 && in.LockedBlocks == 0 {
			continue // all of it is outside of the time asked for
		}
		k := key{path: folder(in.Name)}
		if in.Side != nil {
			k.side = *in.Side
		}
		if k.path == "" || mixed[k.path] {
			k.path = in.Name
		}
		n, ok := index[k]
		if !ok {
			n = len(v.logs)
			index[k] = n
			v.logs = append(v.logs, logGroup{label: k.path, side: k.side})
		}
		v.logs[n].add(in)
	}
	labels := make([]string, len(v.logs))
	for i, g := range v.logs {
		labels[i] = g.label
	}
	for i, label := range distinctParts(labels) {
		v.logs[i].label = label
		for _, in := range v.logs[i].inputs {
			v.labels[in.Name] = label
		}
	}
}

func (g *logGroup) add(in *Input) {
	g.inputs = append(g.inputs, in)
	g.bytes += in.Bytes
	if in.FirstTime != nil && (g.first == nil || in.FirstTime.Before(g.first.Time)) {
		g.first = in.FirstTime
	}
	if in.LastTime != nil && (g.last == nil || in.LastTime.After(g.last.Time)) {
		g.last = in.LastTime
	}
	if in.Note != nil && !slices.Contains(g.notes, *in.Note) {
		g.notes = append(g.notes, *in.Note)
	}
}

// versions lists the version facts of the group's inputs, as "WMPF 2.0.0"; an update in between shows both.
func (g *logGroup) versions() []string {
	var out []string
	for _, kind := range versionKinds {
		var values []string
		for _, in := range g.inputs {
			if s := kind.of(&in.Versions); s != nil && !slices.Contains(values, *s) {
				values = append(values, *s)
			}
		}
		if len(values) > 0 {
			out = append(out, kind.name+" "+strings.Join(values, "/"))
		}
	}
	return out
}

var versionKinds = []struct {
	name string
	of   func(*Versions) *string
}{
	{"WMPF", func(v *Versions) *string { return v.WMPF }},
	{"plugin", func(v *Versions) *string { return v.Plugin }},
	{"Linux SDK", func(v *Versions) *string { return v.LinuxSDK }},
	{"WeChat", func(v *Versions) *string { return v.WeChat }},
}

// mixedFolders returns the folders that hold inputs of both parties of a call.
func (v *view) mixedFolders() map[string]bool {
	mixed := map[string]bool{}
	for i := range v.r.Calls {
		role := map[string]string{}
		for _, p := range v.r.Calls[i].Parties {
			for _, name := range p.Inputs {
				f := folder(name)
				if r, ok := role[f]; ok && r != p.Role {
					mixed[f] = true
				}
				role[f] = p.Role
			}
		}
	}
	return mixed
}

// folder is the name up to its last separator, that of archive members included.
func folder(name string) string {
	if i := strings.LastIndexAny(name, `/\!`); i > 0 {
		return name[:i]
	}
	return ""
}

// distinctParts shortens paths to what tells them apart: pulls/a/xlog and pulls/b/xlog become a and b. It drops the
// elements that all paths of more than one begin with, and a last xlog, the folder both apps log to; what would make
// two paths equal stays whole.
func distinctParts(paths []string) []string {
	parts := make([][]string, len(paths))
	for i, p := range paths {
		parts[i] = strings.Split(p, "/")
		if n := len(parts[i]); n > 1 && parts[i][n-1] == "xlog" {
			parts[i] = parts[i][:n-1]
		}
	}
	for shareFirst(parts) {
		for i, p := range parts {
			if len(p) > 1 {
				parts[i] = p[1:]
			}
		}
	}
	out := make([]string, len(paths))
	times := map[string]int{}
	for i, p := range parts {
		out[i] = strings.Join(p, "/")
		times[out[i]]++
	}
	for i := range out {
		if times[out[i]] > 1 {
			out[i] = paths[i]
		}
	}
	return out
}

// shareFirst reports whether several paths have more than one element, and those the same first one.
func shareFirst(parts [][]string) bool {
	first, n := "", 0
	for _, p := range parts {
		if len(p) < 2 {
			continue
		}
		if n++; n > 1 && p[0] != first {
			return false
		}
		first = p[0]
	}
	return n > 1
}

// common returns the day and the zone that all logs share, each empty when they do not.
func (v *view) common() (day, zone string) {
	for i, g := range v.logs {
		for _, t := range []*Time{g.first, g.last} {
			if t == nil {
				continue
			}
			if i == 0 && day == "" && zone == "" {
				day, zone = t.Format(time.DateOnly), t.Format("-07:00")
			}
			if t.Format(time.DateOnly) != day {
				day = "-"
			}
			if t.Format("-07:00") != zone {
				zone = "-"
			}
		}
	}
	return strings.TrimPrefix(day, "-"), strings.TrimLeft(zone, "-")
}

// span writes from and to in a layout of the time of day, with the day and the zone only where they are not the common
// ones.
func span(from, to *Time, layout, day, zone, arrow string) string {
	if from == nil || to == nil {
		return ""
	}
	a, b := from.Format(layout), to.Format(layout)
	fromDay, toDay := from.Format(time.DateOnly), to.Format(time.DateOnly)
	if fromDay != day {
		a = fromDay + " " + a
	}
	if toDay != fromDay {
		b = toDay + " " + b
	}
	z := to.Format("-07:00")
	if fromZone := from.Format("-07:00"); fromZone != z {
		a += " " + fromZone
	}
	if z != zone {
		b += " " + z
	}
	return a + " " + arrow + " " + b
}
