package correlate

import (
	"path"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

// leaves are folders inside a device's own, as adb pull and the clients make them.
var leaves = []string{"xlog", "files", "micromsg", "logs", "log", "logcat", "com.tencent.wmpf", "com.tencent.mm", "data", "android"}

// group puts logs of one side in one folder together. Text files of one side that lie side by side may come from several
// devices and stand alone, as logs of unknown side do, but for the file that says what machine a folder is of.
func group(logs []*extract.Log) []*Device {
	homes := homesOf(logs)
	var devices []*Device
	byKey := map[home]*Device{}
	for _, l := range logs {
		k, alone := homes.of(l)
		d := byKey[k]
		if d == nil || alone {
			d = &Device{Name: k.dir, Side: k.side, ids: map[string]bool{}}
			if alone {
				d.Name = l.Input
			} else {
				byKey[k] = d
			}
			devices = append(devices, d)
		}
		d.Logs = append(d.Logs, l)
		for i := range l.Events {
			d.keep(&l.Events[i])
		}
	}
	return devices
}

// home is where the logs of a device are.
type home struct {
	dir  string
	side extract.Side
}

// homes tell which logs are of one device.
type homes struct {
	texts map[home]int              // text files by their own folder
	files map[string]int            // device files
	sides map[string][]extract.Side // of other logs that do not stand alone
}

func homesOf(logs []*extract.Log) *homes {
	h := &homes{texts: map[home]int{}, files: map[string]int{}, sides: map[string][]extract.Side{}}
	for _, l := range logs {
		switch {
		case isDeviceFile(l):
			h.files[Folder(l.Input)]++
		case l.Format != logline.Mars:
			h.texts[beside(l)]++
		}
	}
	for _, l := range logs {
		if dir := Folder(l.Input); !isDeviceFile(l) && !h.alone(l) && !slices.Contains(h.sides[dir], l.Side) {
			h.sides[dir] = append(h.sides[dir], l.Side)
		}
	}
	return h
}

// of returns the home of a log, and whether the log stands alone. A device file, if it is the only one, is at home with
// the other logs of its folder if they are all of one side, unless it tells its own.
func (h *homes) of(l *extract.Log) (at home, alone bool) {
	at = home{Folder(l.Input), l.Side}
	if !isDeviceFile(l) || h.files[at.dir] > 1 {
		return at, h.alone(l)
	}
	if sides := h.sides[at.dir]; at.side == extract.UnknownSide && len(sides) == 1 {
		at.side = sides[0]
	}
	return at, at.side == extract.UnknownSide
}

func (h *homes) alone(l *extract.Log) bool {
	return l.Side == extract.UnknownSide || l.Format != logline.Mars && h.texts[beside(l)] > 1
}

func beside(l *extract.Log) home { return home{path.Dir(l.Input), l.Side} }

// isDeviceFile reports whether a log is no log but the properties of a machine, as pull and getprop write them.
func isDeviceFile(l *extract.Log) bool {
	return l.Format == logline.Plain && l.Versions.Model != "" &&
		!slices.ContainsFunc(l.Events, func(e extract.Event) bool { return e.Name != extract.VersionSeen })
}

// split cuts the last part off a name. What stands before a "!" is an archive, which is a folder too.
func split(name string) (dir, base string) {
	i := strings.LastIndexAny(name, "/!")
	switch {
	case i < 0:
		return ".", name
	case i == 0:
		return "/", name[1:]
	}
	return name[:i], name[i+1:]
}
