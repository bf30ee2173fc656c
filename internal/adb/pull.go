package adb

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Answers of Folder.
var (
	Absent = &Error{"there is no xlog folder", "make a call with it first, or name the app that writes the log with --package"}
	Denied = &Error{
		"the device does not let adb read the xlog folder",
		"on a development build run adb root and pull again; else copy the folder to Download with a file manager on the device, adb pull that, and scan it; pull --logcat and adb bugreport get what logcat holds",
	}
	Vacant = &Error{"the xlog folder is empty", "make a call and try again"}
)

// Folders lists where an app keeps its xlog files, the likeliest first.
func Folders(pkg string) []string {
	app := "Android/data/" + pkg + "/"
	below := []string{app + "files/xlog"}
	switch pkg {
	case "com.tencent.wmpf":
		below = append(below, "wmpf/xlog")
	case "com.tencent.mm":
		below = []string{app + "MicroMsg/xlog", app + "files/xlog", "tencent/MicroMsg/xlog"}
	}
	var list []string
	for _, dir := range below {
		list = append(list, "/storage/emulated/0/"+dir, "/sdcard/"+dir)
	}
	return list
}

// Folder gives the first of folders that has something in it. Else its error is adb's own, or Denied for the first that
// cannot be read, Vacant for the first that is empty, or Absent, of no folder.
func (d *Device) Folder(ctx context.Context, folders []string) (string, error) {
	where, why := "", Absent
	for _, dir := range folders {
		text, err := d.shell(ctx, "ls", dir)
		if err != nil {
			return "", err
		}
		text = strings.TrimSpace(text)
		switch missing := strings.HasSuffix(text, "No such file or directory") || strings.HasSuffix(text, "Not a directory"); {
		case strings.HasSuffix(text, "Permission denied"):
			if why != Denied {
				where, why = dir, Denied
			}
		case text == "":
			if why == Absent {
				where, why = dir, Vacant
			}
		case !missing:
			return dir, nil
		}
	}
	return where, why
}

// Pull copies a folder of the device into the local folder dir, under its own name, and keeps the files' times. adb stops
// at the first file that it cannot copy; those behind it are then copied one by one, and the error names the ones that
// cannot be. What was copied before an error stays.
func (d *Device) Pull(ctx context.Context, folder, dir string) error {
	why, err := d.pull(ctx, folder, dir)
	if err != nil || why == "" {
		return err
	}
	list, err := d.shell(ctx, "ls", folder)
	if err != nil {
		return err
	}
	into := filepath.Join(dir, path.Base(folder))
	if err := os.MkdirAll(into, 0o777); err != nil {
		return err
	}
	var failed []string
	for line := range strings.Lines(list) {
		name := strings.TrimSuffix(line, "\n")
		if _, err := os.Lstat(filepath.Join(into, name)); err == nil {
			continue
		}
		reason, err := d.pull(ctx, folder+"/"+name, into)
		if err != nil {
			return err
		}
		if reason != "" {
			failed, why = append(failed, name), reason
		}
	}
	if len(failed) == 0 {
		return nil
	}
	return &Error{
		"adb could not copy " + some(failed) + ": " + why,
		"try again; adb shell ls -l " + folder + " shows who may read them",
	}
}

// pull copies a file or a folder. It gives the reason if adb cannot, and an error if it cannot copy any other either.
func (d *Device) pull(ctx context.Context, remote, dir string) (reason string, err error) {
	out, complaint, status, err := d.run.ask(ctx, d.args("pull", "-a", remote, dir)...)
	if err != nil || status == 0 {
		return "", err
	}
	text := out + complaint
	if f := failure(text); f != nil {
		return "", f
	}
	// Of a device that went away in the middle of a file, adb says nothing. By network it may still be listed as offline.
	_, _, status, err = d.run.ask(ctx, d.args("get-state")...)
	if err != nil {
		return "", err
	}
	if status != 0 {
		return "", lost
	}
	return reasonOf(text), nil
}

// reasonOf gives the end of adb's complaint, which begins with names of files. Behind it may stand how far it was.
func reasonOf(text string) string {
	said := ""
	for line := range strings.Lines(text) {
		if isOwn(line) {
			said = lastLine(line)
		}
	}
	if said == "" {
		return "it does not say why"
	}
	if i := strings.LastIndex(said, "': "); i >= 0 {
		said = said[i+len("': "):]
	}
	return said
}

// some names the first of several files.
func some(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " and " + strconv.Itoa(len(names)-most) + " more"
}
