package adb

import "strings"

// Error is what kept adb from its work.
type Error struct {
	Text string // one sentence, without a full stop
	Next string // what the user can do about it
}

func (e *Error) Error() string { return e.Text }

// The failures that have a sentence of their own.
var (
	noDevice = &Error{
		"no device is connected",
		"connect it by USB and switch USB debugging on in its developer options, or use adb connect ADDRESS; adb devices lists what adb sees",
	}
	unauthorized = &Error{
		"the device has not allowed this computer to debug it",
		"unlock the device and accept the question about USB debugging; if none appears, run adb kill-server and plug it in again; a device without a screen needs its maker's key in ADB_VENDOR_KEYS",
	}
	connecting = &Error{
		"the device is still connecting",
		"wait a few seconds and try again, and look for a question about USB debugging on the device",
	}
	offline = &Error{
		"the device is connected and does not answer",
		"plug it in again, or run adb reconnect; if that does not help, run adb kill-server and restart the device",
	}
	noPermission = &Error{
		"this computer's user may not open the USB device: a udev rule is missing, or the group it asks for",
		"install the rules (Debian and Ubuntu: apt install android-sdk-platform-tools-common), join the group plugdev, log in again and plug the device in again",
	}
	noServer = &Error{
		"adb cannot start or reach its server",
		"run adb kill-server, then adb devices, which tells more; another program may use its port 5037",
	}
	lost = &Error{
		"the device went away",
		"look at the cable, keep the device awake, and try again",
	}
	noSpace = &Error{
		"this computer has no space left",
		"make room and try again",
	}
)

// known gives the failures by what adb says, in lower case. The first that stands in a message counts.
var known = []struct {
	part string
	what *Error
}{
	{"device unauthorized", unauthorized},
	{"device still authorizing", connecting},
	{"device still connecting", connecting},
	{"device offline", offline},
	{"insufficient permissions for device", noPermission},
	{"no permissions", noPermission},
	{"usb permission failure", noPermission},
	{"no space left on device", noSpace},
	{"cannot connect to daemon", noServer},
	{"failed to start daemon", noServer},
	{"daemon still not running", noServer},
	{"no devices/emulators found", lost},
	{"device not found", lost},
	{"' not found", lost},
	{"couldn't read from device", lost},
	{"failed to read copy response", lost},
	{"protocol fault", lost},
	{"error: closed", lost},
}

// failure finds what adb, not the device's shell, complains of in what it printed; nil if of nothing known.
func failure(text string) *Error {
	for line := range strings.Lines(text) {
		if !isOwn(line) {
			continue
		}
		line = strings.ToLower(line)
		for _, k := range known {
			if strings.Contains(line, k.part) {
				return k.what
			}
		}
	}
	return nil
}

// isOwn reports whether adb itself printed a line.
func isOwn(line string) bool {
	for _, start := range []string{"error: ", "adb: ", "adb.exe: ", "adb E ", "adb F ", "* ", "- ", "protocol fault"} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

// lastLine is what adb said at last, without its name in front.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	text = text[strings.LastIndexByte(text, '\n')+1:]
	for _, start := range []string{"adb: ", "adb.exe: ", "error: "} {
		text = strings.TrimPrefix(text, start)
	}
	return text
}
