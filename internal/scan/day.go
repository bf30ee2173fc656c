package scan

import (
	"regexp"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/source"
)

// dayInName finds a date in the name of a file or folder: 20261120, 2026-11-20, 2026年11月20日, and 20261120101112 with a
// time of day.
var dayInName = regexp.MustCompile(`(?:^|\D)(20\d\d)(?:[-_.]?|年)(0[1-9]|1[0-2])(?:[-_.]?|月)(0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3})?)?)?(?:\D|$)`)

// dayOf returns the day to begin with where lines name none: that of --date, else that in the file's name, else none.
func dayOf(in source.Input, opt Options) time.Time {
	if !opt.Date.IsZero() {
		return opt.Date
	}
	return dayInFile(in.Name)
}

// dayInFile returns the day in the name of a file, zero if there is none.
func dayInFile(name string) time.Time { return dayIn(name[len(folderOf(name)):]) }

// dayInFolder returns the day in the name of the folder, or archive, that a file is in, or of the nearest one above that
// has one in its name, as the folder of a dated pull does; zero if there is none.
func dayInFolder(name string) time.Time {
	for name = folderOf(name); name != ""; name = folderOf(name) {
		if day := dayInFile(name); !day.IsZero() {
			return day
		}
	}
	return time.Time{}
}

// folderOf returns the name of what a file is in, "" if that has none.
func folderOf(name string) string { return name[:max(strings.LastIndexAny(name, "/!"), 0)] }

func dayIn(name string) time.Time {
	if m := dayInName.FindStringSubmatch(name); m != nil {
		if day, err := time.Parse("20060102", m[1]+m[2]+m[3]); err == nil {
			return day
		}
	}
	return time.Time{}
}
