package extract

import (
	"regexp"
	"strconv"
)

// systemTags are tags under which Android tells of processes and of its own start in a logcat. Much of what follows them is
// numbers and names without the words that say what happened.
var systemTags = map[string]Name{
	"am_proc_start":       ProcessStarted,
	"am_proc_died":        ProcessDied,
	"am_kill":             ProcessDied,
	"am_crash":            ProcessDied,
	"lowmemorykiller":     ProcessDied,
	"libc":                ProcessDied,
	"am_anr":              ProcessHung,
	"ActivityManager":     ProcessHung, // its other lines have words of the vocabulary
	"boot_progress_start": DeviceBooted,
	"SystemServer":        DeviceBooted,
}

var (
	ours = `com\.tencent\.(?:wmpf|mm)\b`
	// told are the lines about a process of WeChat or WMPF, by what became of it, and those about the system. libc knows
	// the last 15 bytes of a process's name only.
	told = map[Name]*regexp.Regexp{
		ProcessStarted: regexp.MustCompile(`(?i)start proc .*` + ours + `|wmpf process start|^\[\d+,\d+,\d+,` + ours),
		ProcessDied: regexp.MustCompile(`(?i)(?:has died|am_proc_died|am_kill|killing |lowmemorykiller|^process: ).*` + ours + `|` + ours + `.*has died|` +
			`^fatal signal \d+ .*\bpid \d+ \([^)]*(?:wmpf\b|tencent\.mm\b)|^\[\d+,\d+,` + ours + `|^kill(?:ing)? '` + ours),
		ProcessHung:  regexp.MustCompile(`(?i)^anr in ` + ours + `|^\[\d+,\d+,` + ours),
		DeviceBooted: regexp.MustCompile(`^\d+$|^Entered the Android system server|Booting Linux on physical CPU`),
	}
	// about finds the id of the process that such a line is about.
	about = regexp.MustCompile(`(?i)\bpid[ :=]+(\d{1,10})\b|\b(?:start proc|killing) (\d{1,10}):|\bkill(?:ing)? '[^']*' \((\d{1,10})\)|\[\d+,(\d{1,10}),`)
)

// ofSystem reports whether n is what the system tells of a process.
func ofSystem(n Name) bool { return n == ProcessStarted || n == ProcessDied || n == ProcessHung }

// ofProcess reads what became of a process, or that the system began.
func ofProcess(name Name, line []byte) (Event, bool) {
	e := Event{Name: name}
	if !told[name].Match(line) {
		return e, false
	}
	if m := about.FindSubmatch(line); m != nil {
		e.PID, _ = strconv.ParseInt(first(m), 10, 64)
	}
	return e, true
}
