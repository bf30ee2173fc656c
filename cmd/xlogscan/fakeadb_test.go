package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fakeADB is an adb that says what adb 29 and later say, on the same stream and with the same exit status. The folder that
// FAKE_ADB names is its world; of a file that is missing nothing is there:
//
//	devices      the lines of "adb devices -l"
//	root/...     the files of the device; /sdcard is /storage/emulated/0
//	props        its properties, as getprop lists them
//	packages/P   what "dumpsys package P" prints
//	clock        seconds and zone of its clock; it may be "now" with seconds to add
//	logcat       the lines of logcat with years and zones
//	faults       words, each on its line, see fault
//	gone         made by the fake itself: the device went away
func fakeADB() {
	w := world{dir: os.Getenv("FAKE_ADB")}
	os.Exit(w.run(os.Args[1:]))
}

type world struct {
	dir    string
	serial string
}

func (w *world) at(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *world) read(name string) string {
	text, err := os.ReadFile(w.at(name))
	if !errors.Is(err, fs.ErrNotExist) {
		check(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// fault gives the rest of the line of faults that begins with a word:
//
//	old          the device is of before Android 6
//	server       the server cannot be started
//	deny PATH    the shell and the sync service may not look below PATH
//	blind PATH   the sync service may not list PATH, which it takes for empty
//	mute         logcat may not read its buffers
//	lose N       the device goes away in the middle of the file behind N others
//	full N       the computer's disk is full at that file
//	hang N       adb hangs in it
//	refuse NAME  the file of that name may not be read
func (w *world) fault(word string) (rest string, ok bool) {
	for line := range strings.Lines(w.read("faults")) {
		if first, rest, _ := strings.Cut(strings.TrimSpace(line), " "); first == word {
			return rest, true
		}
	}
	return "", false
}

func (w *world) run(args []string) int {
	if len(args) > 1 && args[0] == "-s" {
		w.serial, args = args[1], args[2:]
	}
	if _, ok := w.fault("server"); ok {
		fmt.Fprint(os.Stderr, "* daemon not running; starting now at tcp:5037\nADB server didn't ACK\n* failed to start daemon\n")
		if args[0] == "devices" {
			fmt.Fprint(os.Stderr, "adb: failed to check server version: cannot connect to daemon\n")
		}
		return 1
	}
	switch args[0] {
	case "devices":
		fmt.Fprint(os.Stderr, "* daemon not running; starting now at tcp:5037\n* daemon started successfully\n")
		fmt.Printf("List of devices attached\n%s\n", w.read("devices"))
		return 0
	case "get-state":
		return w.whenConnected(os.Stderr, "error: ", func() int {
			fmt.Println("device")
			return 0
		})
	case "shell":
		return w.whenConnected(os.Stderr, "error: ", func() int { return w.shell(args[1:]) })
	case "pull":
		if len(args) != 4 || args[1] != "-a" {
			panic(fmt.Sprint(args))
		}
		return w.whenConnected(os.Stdout, "adb: error: failed to get feature set: ", func() int { return w.pull(args[2], args[3]) })
	}
	fmt.Fprintf(os.Stderr, "adb: unknown command %s\n", args[0])
	return 1
}

// whenConnected finds the device as adb's server does.
func (w *world) whenConnected(complain io.Writer, prefix string, do func() int) int {
	said := ""
	found := 0
	for line := range strings.Lines(w.read("devices")) {
		fields := strings.Fields(line)
		if len(fields) < 2 || w.serial != "" && fields[0] != w.serial {
			continue
		}
		found++
		switch fields[1] {
		case "unauthorized":
			said = "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set\nTry 'adb kill-server' if that seems wrong.\nOtherwise check for a confirmation dialog on your device."
		case "offline":
			said = "device offline"
		case "no":
			said = "insufficient permissions for device: missing udev rules? user is in the plugdev group\nSee [http://developer.android.com/tools/device.html] for more information"
		}
	}
	_, err := os.Stat(w.at("gone"))
	switch {
	case found == 0 && w.serial == "":
		said = "no devices/emulators found"
	case found == 0 || err == nil:
		said = "device '" + w.serial + "' not found"
	case found > 1:
		said = "more than one device/emulator"
	}
	if said != "" {
		fmt.Fprintf(complain, "%s%s\n", prefix, said)
		return 1
	}
	return do()
}

// shell runs a command of the device. An old shell has a terminal and one stream, and tells no status.
func (w *world) shell(args []string) int {
	var out, complaint strings.Builder
	status := w.command(args, &out, &complaint)
	if _, old := w.fault("old"); old {
		fmt.Print(strings.ReplaceAll(complaint.String()+out.String(), "\n", "\r\n"))
		return 0
	}
	fmt.Print(out.String())
	fmt.Fprint(os.Stderr, complaint.String())
	return status
}

func (w *world) command(args []string, out, complaint io.Writer) int {
	switch args[0] {
	case "getprop":
		for line := range strings.Lines(w.read("props")) {
			if value, ok := strings.CutPrefix(strings.TrimSpace(line), "["+args[1]+"]: ["); ok {
				fmt.Fprint(out, strings.TrimSuffix(value, "]"))
			}
		}
		fmt.Fprintln(out)
		return 0
	case "dumpsys":
		if text := w.read("packages/" + args[2]); text != "" {
			fmt.Fprint(out, text)
		} else {
			fmt.Fprintf(out, "Unable to find package: %s\n", args[2])
		}
		return 0
	case "date":
		return w.date(args[1], out, complaint)
	case "ls":
		return w.ls(args[1], out, complaint)
	case "logcat":
		return w.logcat(args[1:], out, complaint)
	}
	fmt.Fprintf(complaint, "/system/bin/sh: %s: not found\n", args[0])
	return 127
}

func (w *world) date(format string, out, complaint io.Writer) int {
	clock := strings.Fields(w.read("clock"))
	if len(clock) < 2 {
		fmt.Fprintf(complaint, "date: bad date '%s'\n", format)
		return 1
	}
	seconds := clock[0]
	if seconds == "now" {
		ahead, err := strconv.Atoi(clock[2])
		check(err)
		seconds = strconv.FormatInt(time.Now().Unix()+int64(ahead), 10)
	}
	fmt.Fprintln(out, strings.NewReplacer("+", "", "%s", seconds, "%z", clock[1]).Replace(format))
	return 0
}

// local gives the file that stands for one of the device.
func (w *world) local(name string) string {
	return w.at("root/" + w.canonical(name))
}

func (w *world) canonical(name string) string {
	if rest, ok := strings.CutPrefix(name, "/sdcard/"); ok {
		return "/storage/emulated/0/" + rest
	}
	return name
}

// reach gives why a file of the device cannot be reached, as strerror says it.
func (w *world) reach(name string) string {
	if denied, ok := w.fault("deny"); ok && strings.HasPrefix(w.canonical(name), denied) {
		return "Permission denied"
	}
	if _, err := os.Stat(w.local(name)); err != nil {
		return "No such file or directory"
	}
	return ""
}

func (w *world) ls(name string, out, complaint io.Writer) int {
	why := w.reach(name)
	_, old := w.fault("old")
	switch {
	case old && why == "Permission denied":
		fmt.Fprintln(complaint, "opendir failed, Permission denied")
		return 1
	case old && why != "":
		fmt.Fprintf(complaint, "%s: %s\n", name, why)
		return 1
	case why != "":
		fmt.Fprintf(complaint, "ls: %s: %s\n", name, why)
		return 1
	}
	entries, err := os.ReadDir(w.local(name))
	check(err)
	for _, e := range entries {
		fmt.Fprintln(out, e.Name())
	}
	return 0
}

var yearAndZone = regexp.MustCompile(`(?m)^\d{4}-(\S+ \S+) [+-]\d{4} `)

func (w *world) logcat(args []string, out, complaint io.Writer) int {
	if !slices.Contains(args, "-d") || slices.Contains(args, "radio") {
		panic(fmt.Sprint(args))
	}
	if _, ok := w.fault("mute"); ok {
		fmt.Fprintln(complaint, "Unable to open log device 'main'")
		return 1
	}
	text := w.read("logcat")
	year := slices.Contains(args, "year")
	if _, old := w.fault("old"); old && year {
		fmt.Fprint(complaint, "Invalid parameter to -v\n\nUsage: logcat [options] [filterspecs]\n")
		return 255
	}
	if !year {
		text = yearAndZone.ReplaceAllString(text, "$1 ")
	}
	fmt.Fprint(out, text)
	return 0
}

// pull copies a file, or a folder file by file, as adb does: it stops at the first that fails, and takes away what it has
// of that. On standard output, how far it was stands behind the complaint.
func (w *world) pull(remote, dir string) int {
	if why := w.reach(remote); why != "" {
		if _, old := w.fault("old"); old {
			fmt.Printf("adb: error: remote object '%s' does not exist\n", remote)
		} else {
			fmt.Printf("adb: error: failed to stat remote object '%s': %s\n", remote, why)
		}
		return 1
	}
	into := filepath.Join(dir, path.Base(remote))
	info, err := os.Stat(w.local(remote))
	check(err)
	if !info.IsDir() {
		return w.copy(remote, into, -1)
	}
	check(os.Mkdir(into, 0o777))
	entries, err := os.ReadDir(w.local(remote))
	check(err)
	if blind, ok := w.fault("blind"); ok && w.canonical(remote) == blind {
		entries = nil
	}
	progress := ""
	for i, e := range entries {
		if status := w.copy(remote+"/"+e.Name(), filepath.Join(into, e.Name()), i); status != 0 {
			fmt.Print(progress)
			return status
		}
		progress = fmt.Sprintf("[%3d%%] %s/%s: 100%%\n", 100*(i+1)/len(entries), remote, e.Name())
	}
	fmt.Printf("%s/: %d files pulled, 0 skipped.\n", remote, len(entries))
	return 0
}

// copy copies the i-th file of a folder.
func (w *world) copy(remote, to string, i int) int {
	text, err := os.ReadFile(w.local(remote))
	check(err)
	failsAt := func(word, at string) bool {
		rest, ok := w.fault(word)
		return ok && rest == at
	}
	switch at := strconv.Itoa(i); {
	case failsAt("lose", at):
		w.mark("gone")
		return 1
	case failsAt("full", at):
		fmt.Printf("adb: error: cannot write '%s': No space left on device\n", to)
		return 1
	case failsAt("refuse", path.Base(remote)):
		fmt.Printf("adb: error: failed to copy '%s' to '%s': remote open failed: Permission denied\n", remote, to)
		return 1
	case failsAt("hang", at):
		check(os.WriteFile(to, text[:len(text)/2], 0o666))
		w.mark("hanging")
		time.Sleep(time.Hour)
	}
	check(os.WriteFile(to, text, 0o666))
	then := time.Date(2026, time.November, 20, 6, 0, 0, 0, time.UTC)
	check(os.Chtimes(to, then, then))
	return 0
}

func (w *world) mark(name string) {
	check(os.WriteFile(w.at(name), []byte(strconv.Itoa(os.Getpid())), 0o666))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
