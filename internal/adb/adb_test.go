package adb

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// said is what a scripted adb prints, and how it ends.
type said struct {
	out, err string
	status   int
}

// scripted gives an adb that answers commands as the table has it.
func scripted(t *testing.T, answers map[string]said) Runner {
	return func(ctx context.Context, stdout, stderr io.Writer, args ...string) (int, error) {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		command := strings.Join(args, " ")
		a, ok := answers[command]
		if !ok {
			t.Errorf("nothing was asked for with %q", command)
		}
		io.WriteString(stdout, a.out)
		io.WriteString(stderr, a.err)
		return a.status, nil
	}
}

func TestDevices(t *testing.T) {
	const udev = "no permissions (missing udev rules? user is in the plugdev group); see [http://developer.android.com/tools/device.html] usb:1-2"
	for _, tt := range []struct {
		name string
		said said
		want []Device
		err  error
	}{
		{"none", said{out: "List of devices attached\n\n"}, nil, nil},
		{"adb 29", said{out: "List of devices attached\n" +
			"SN1                    device usb:1-1 product:x1 model:X1_Pro device:x1 transport_id:3\n" +
			"192.168.1.20:5555      unauthorized transport_id:4\n" +
			"SN2                    " + udev + " transport_id:5\n" +
			"(no serial number)     offline usb:1-3 transport_id:6\n\n"},
			[]Device{
				{Serial: "SN1", State: "device", Model: "X1 Pro"}, {Serial: "192.168.1.20:5555", State: "unauthorized"},
				{Serial: "SN2", State: udev + " transport_id:5"}, {Serial: "(no serial number)", State: "offline"},
			}, nil},
		{"an old adb on Windows, which tells of its server on standard output",
			said{out: "* daemon not running. starting it now on port 5037 *\r\n* daemon started successfully *\r\nList of devices attached \r\nSN1                    device product:x1 model:X1 device:x1\r\n\r\n"},
			[]Device{{Serial: "SN1", State: "device", Model: "X1"}}, nil},
		{"servers of two versions", said{out: "List of devices attached\nSN1\tdevice\n\n", err: "adb server version (40) doesn't match this client (41); killing...\n* daemon started successfully\n"},
			[]Device{{Serial: "SN1", State: "device"}}, nil},
		{"no server", said{err: "* daemon not running; starting now at tcp:5037\nADB server didn't ACK\n* failed to start daemon\nerror: cannot connect to daemon\n", status: 1}, nil, noServer},
		{"no answer of adb", said{out: "Usage: adb-something\n"}, nil, &Error{"adb cannot list devices: Usage: adb-something", noServer.Next}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Devices(t.Context(), scripted(t, map[string]said{"devices -l": tt.said}))
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreUnexported(Device{})); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.err, err); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFailures has what adbs of several versions say, and lines of a device's shell that are no complaint of adb.
func TestFailures(t *testing.T) {
	for _, tt := range []struct {
		text string
		want *Error
	}{
		{"error: device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set\nTry 'adb kill-server' if that seems wrong.\nOtherwise check for a confirmation dialog on your device.\n", unauthorized},
		{"error: device unauthorized. Please check the confirmation dialog on your device.\n", unauthorized},
		{"error: device still authorizing\n", connecting},
		{"adb: error: failed to get feature set: device still connecting\n", connecting},
		{"error: device offline\n", offline},
		{"adb.exe: device offline\n", offline},
		{"error: insufficient permissions for device: missing udev rules? user is in the plugdev group\nSee [http://developer.android.com/tools/device.html] for more information\n", noPermission},
		{"error: no devices/emulators found\n", lost},
		{"error: device not found\n", lost},
		{"error: device 'SN1' not found\n", lost},
		{"adb: error: failed to get feature set: device 'SN1' not found\n", lost},
		{"adb: error: connect failed: closed\n", nil},
		{"error: closed\n", lost},
		{"error: protocol fault (couldn't read status): Connection reset by peer\n", lost},
		{"adb: error: cannot write 'x': No space left on device\n", noSpace},
		{"adb: error: failed to stat remote object '/sdcard/x': Permission denied\n", nil},
		{"* failed to start daemon\n", noServer},
		{"ls: /sdcard/device offline: No such file or directory\n", nil},
		{"I said device unauthorized\n", nil},
		{"", nil},
	} {
		if got := failure(tt.text); got != tt.want {
			t.Errorf("%q: got %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestFolder(t *testing.T) {
	missing := func(dir string) said { return said{err: "ls: " + dir + ": No such file or directory\n", status: 1} }
	denied := func(dir string) said { return said{err: "ls: " + dir + ": Permission denied\n", status: 1} }
	full := said{out: "wmpf_20261120.xlog\n"}
	for _, tt := range []struct {
		name     string
		a, b     said
		want     string
		err      error
		onlyOnce bool
	}{
		{"the first", full, said{}, "a", nil, true},
		{"the second", missing("a"), full, "b", nil, false},
		{"behind one that is denied", denied("a"), full, "b", nil, false},
		{"behind an empty one", said{}, full, "b", nil, false},
		{"none", missing("a"), missing("b"), "", Absent, false},
		{"denied and empty", denied("a"), said{}, "a", Denied, false},
		{"empty and denied", said{}, denied("b"), "b", Denied, false},
		{"empty twice", said{}, said{}, "a", Vacant, false},
		{"before Android 6", said{out: "a: No such file or directory\r\n"}, said{out: "opendir failed, Permission denied\r\n"}, "b", Denied, false},
		{"a file", said{out: "ls: a: Not a directory\n"}, missing("b"), "", Absent, false},
		{"the device is gone", said{err: "error: device 'SN1' not found\n", status: 1}, said{}, "", lost, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answers := map[string]said{"-s SN1 shell ls a": tt.a, "-s SN1 shell ls b": tt.b}
			if tt.onlyOnce {
				delete(answers, "-s SN1 shell ls b")
			}
			d := Device{Serial: "SN1", run: scripted(t, answers)}
			got, err := d.Folder(t.Context(), []string{"a", "b"})
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("got %q, %v, want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

func TestPull(t *testing.T) {
	const (
		folder = "-s SN1 pull -a x DIR"
		state  = "-s SN1 get-state"
		list   = "-s SN1 shell ls x"
	)
	single := func(name string) string { return "-s SN1 pull -a x/" + name + " DIR/x" }
	refused := func(name string) said { // progress comes behind the complaint
		return said{out: "adb: error: failed to copy 'x/" + name + "' to 'y/x/" + name + "': remote open failed: Permission denied\n[ 33%] x/a: 100%\n", status: 1}
	}
	here := said{out: "device\n"}
	const next = "try again; adb shell ls -l x shows who may read them"
	for _, tt := range []struct {
		name    string
		answers map[string]said
		want    error
	}{
		{"done", map[string]said{folder: {out: "x/: 3 files pulled, 0 skipped.\n"}}, nil},
		{"the disk is full", map[string]said{folder: {out: "adb: error: cannot write 'y/x': No space left on device\n", status: 1}}, noSpace},
		{"without a word, because the device is gone", map[string]said{folder: {out: "[ 33%] x/a: 100%\n", status: 1}, state: {err: "error: device 'SN1' not found\n", status: 1}}, lost},
		{"by network it is offline then", map[string]said{folder: {status: 1}, state: {err: "error: device offline\n", status: 1}}, lost},
		{"one file of three", map[string]said{folder: refused("b"), state: here, list: {out: "a\nb\nc\n"}, single("b"): refused("b"), single("c"): {}},
			&Error{"adb could not copy b: remote open failed: Permission denied", next}},
		{"many files", map[string]said{folder: refused("b"), state: here, list: {out: "b\r\nc\r\nd\r\ne\r\n"}, single("b"): refused("b"), single("c"): refused("c"), single("d"): refused("d"), single("e"): {status: 255}},
			&Error{"adb could not copy b, c, d and 1 more: it does not say why", next}},
		{"a file that was removed meanwhile", map[string]said{folder: refused("b"), state: here, list: {out: "a\nc\n"}, single("c"): {}}, nil},
		{"the disk is full then", map[string]said{folder: refused("b"), state: here, list: {out: "a\nc\n"}, single("c"): {out: "adb: error: cannot write 'y/x': No space left on device\n", status: 1}}, noSpace},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Join(dir, "x", "a"), 0o777); err != nil {
				t.Fatal(err)
			}
			asked := scripted(t, tt.answers)
			d := Device{Serial: "SN1", run: func(ctx context.Context, stdout, stderr io.Writer, args ...string) (int, error) {
				if to := &args[len(args)-1]; strings.HasPrefix(*to, dir) {
					*to = "DIR" + filepath.ToSlash(strings.TrimPrefix(*to, dir))
				}
				return asked(ctx, stdout, stderr, args...)
			}}
			if diff := cmp.Diff(tt.want, d.Pull(t.Context(), "x", dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	for _, tt := range []struct {
		name string
		said said
		want Version
	}{
		{"installed", said{out: "Packages:\r\n  Package [p] (1):\r\n    versionCode=12 minSdk=21\r\n    versionName=2.1.0\r\n"}, Version{"2.1.0", "12"}},
		{"an update of the system's", said{out: "    versionCode=12\n    versionName=2.1.0\nHidden system packages:\n    versionCode=9\n    versionName=1.2.0\n"}, Version{"2.1.0", "12"}},
		{"not installed", said{out: "Unable to find package: p\n"}, Version{}},
		{"a name within a line", said{out: "  note versionName=3.0.0\n"}, Version{}},
	} {
		d := Device{Serial: "SN1", run: scripted(t, map[string]said{"-s SN1 shell dumpsys package p": tt.said})}
		if got, err := d.Version(t.Context(), "p"); got != tt.want || err != nil {
			t.Errorf("%s: got %v, %v", tt.name, got, err)
		}
	}
}

func TestClock(t *testing.T) {
	computer := time.Date(2026, 11, 20, 6, 20, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, out string
		want      Clock
		shown     string
	}{
		{"half a second is not known", "1795155600_+0800\r\n", Clock{Ahead: -500 * time.Millisecond, Within: 1500 * time.Millisecond}, "2026-11-20 14:20:00 +0800"},
		{"ahead, west of Greenwich", "1795155661_-0330\n", Clock{Ahead: 60500 * time.Millisecond, Within: 1500 * time.Millisecond}, "2026-11-20 02:51:01 -0330"},
		{"no zone", "1795155600_%z\n", Clock{Ahead: -500 * time.Millisecond, Within: 1500 * time.Millisecond}, "2026-11-20 06:20:00 +0000"},
		{"no time", "date: bad date\n", Clock{}, ""},
		{"no such time", "99999999999999_+0800\n", Clock{}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			readings := []time.Time{computer, computer.Add(2 * time.Second)}
			now := func() (at time.Time) { at, readings = readings[0], readings[1:]; return at }
			d := Device{Serial: "SN1", run: scripted(t, map[string]said{"-s SN1 shell date +%s_%z": {out: tt.out}})}
			got, err := d.Clock(t.Context(), now)
			shown := ""
			if !got.Time.IsZero() {
				shown = got.Time.Format("2006-01-02 15:04:05 -0700")
			}
			if got.Time = (time.Time{}); got != tt.want || shown != tt.shown || err != nil {
				t.Errorf("got %v at %s, %v", got, shown, err)
			}
		})
	}
}

func TestLogcat(t *testing.T) {
	const (
		full  = "-s SN1 shell logcat -d -b main -b system -b crash -b events -v threadtime -v year -v zone"
		plain = "-s SN1 shell logcat -d -b main -b system -b events -v threadtime"
		log   = "--------- beginning of main\n11-20 09:04:00.100  4001  4002 I Tag: text\n"
	)
	for _, tt := range []struct {
		name    string
		answers map[string]said
		want    string
		err     error
	}{
		{"with years", map[string]said{full: {out: "2026-" + log[28:]}}, "2026-" + log[28:], nil},
		{"without, of a new shell", map[string]said{full: {err: "Invalid parameter year to -v\n", status: 1}, plain: {out: log}}, log, nil},
		{"without, of an old shell", map[string]said{full: {out: "Invalid parameter to -v\r\n\r\nUsage: logcat [options] [filterspecs]\r\n"}, plain: {out: log}}, log, nil},
		{"the device is gone", map[string]said{full: {out: log, err: "error: device 'SN1' not found\n", status: 1}}, log, lost},
		{"none", map[string]said{full: {err: "Unable to open log device 'main'\n", status: 1}, plain: {err: "Unable to open log device 'main'\n", status: 1}}, "",
			&Error{"the device gives no logcat: Unable to open log device 'main'", "scan without it"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := os.Create(filepath.Join(t.TempDir(), "logcat.txt"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			d := Device{Serial: "SN1", run: scripted(t, tt.answers)}
			if diff := cmp.Diff(tt.err, d.Logcat(t.Context(), f)); diff != "" {
				t.Error(diff)
			}
			if got, _ := os.ReadFile(f.Name()); string(got) != tt.want {
				t.Errorf("file holds %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	env := map[string]string{"ANDROID_HOME": "sdk", "ANDROID_SDK_ROOT": "old", "HOME": "me", "LOCALAPPDATA": "local"}
	for goos, want := range map[string][]string{
		"linux":   {"sdk/platform-tools", "old/platform-tools", "me/Android/Sdk/platform-tools", "/usr/lib/android-sdk/platform-tools", "/opt/android-sdk/platform-tools"},
		"darwin":  {"sdk/platform-tools", "old/platform-tools", "me/Library/Android/sdk/platform-tools", "/opt/homebrew/bin", "/usr/local/bin"},
		"windows": {"sdk/platform-tools", "old/platform-tools", "local/Android/Sdk/platform-tools"},
		"plan9":   {"sdk/platform-tools", "old/platform-tools"},
	} {
		got := places(goos, func(name string) string { return env[name] })
		for i := range got {
			got[i] = filepath.ToSlash(got[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", goos, diff)
		}
	}
}

func TestFind(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	sdk := t.TempDir()
	getenv := func(name string) string { return map[string]string{"ANDROID_HOME": sdk}[name] }
	if path, err := Find("plan9", getenv); err == nil {
		t.Errorf("found %s where there is none", path)
	}
	name := filepath.Join(sdk, "platform-tools", "adb")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if err := os.Mkdir(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, nil, 0o777); err != nil {
		t.Fatal(err)
	}
	if path, err := Find("plan9", getenv); path != name || err != nil {
		t.Errorf("found %s, %v", path, err)
	}
}

// TestAnswer makes sure that an endless answer does not fill the memory.
func TestAnswer(t *testing.T) {
	endless := func(_ context.Context, stdout, _ io.Writer, _ ...string) (int, error) {
		for range 3 * maxAnswer / 1000 {
			if n, err := stdout.Write(make([]byte, 1000)); n != 1000 || err != nil {
				t.Fatal(n, err)
			}
		}
		return 0, nil
	}
	text, _, _, err := Runner(endless).ask(t.Context())
	if len(text) != maxAnswer || err != nil {
		t.Errorf("kept %d bytes, %v", len(text), err)
	}
}
