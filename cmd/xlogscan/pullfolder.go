package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/adb"
)

// pull copies the logs of one device into a folder:
//
//	device.txt           what the device told of itself
//	PACKAGE/xlog/...     the xlog folder
//	logcat/logcat.txt
//
// Logs of one device are told by the folder they share, and its side by the name of the package. The serial number is
// nowhere, for it is personal data.
type pull struct {
	*app
	*pullFlags
	device  *adb.Device
	dir     string
	files   int        // logs that were copied
	missing *adb.Error // the first thing that kept it from copying all

	model, zone string
	version     adb.Version
	clock       adb.Clock
	asked       time.Time
}

// ask reads what the device tells of itself.
func (p *pull) ask(ctx context.Context) (err error) {
	if p.model, err = p.device.Property(ctx, "ro.product.model"); err != nil {
		return err
	}
	if p.zone, err = p.device.Property(ctx, "persist.sys.timezone"); err != nil {
		return err
	}
	if p.version, err = p.device.Version(ctx, p.pkg); err != nil {
		return err
	}
	p.asked = p.now()
	p.clock, err = p.device.Clock(ctx, p.now)
	return err
}

// name is that of the folder, by the device's clock, or by the computer's if the device does not tell. It has the form of
// a date that is not taken for a serial number in reports.
func (p *pull) name() string {
	at := p.clock.Time
	if at.IsZero() {
		at = p.asked
	}
	return at.Format("pull_2006-01-02_150405")
}

// freeName is name, or name_2 and so on if there is something of that name.
func freeName(name string) string {
	free := name
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); errors.Is(err, fs.ErrNotExist) {
			return free
		}
		free = fmt.Sprintf("%s_%d", name, n)
	}
}

// copy fills the folder. It gives an error if no log could be copied.
func (p *pull) copy(ctx context.Context) error {
	if err := p.copyFolder(ctx); err != nil {
		return err
	}
	if p.logcat {
		if err := p.copyLogcat(ctx); err != nil {
			return err
		}
	}
	if p.files == 0 {
		return ofDevice(p.missing, statusEmpty)
	}
	if p.missing != nil {
		p.errorf("what was copied is kept, and is not all: %s", p.missing)
		if !p.quiet {
			p.hint(p.missing.Next)
		}
	}
	return writeFile(filepath.Join(p.dir, "device.txt"), false, asUmask, p.describe)
}

// copyFolder copies the xlog folder, or as much of it as it can.
func (p *pull) copyFolder(ctx context.Context) error {
	folders := adb.Folders(p.pkg)
	folder, err := p.device.Folder(ctx, folders)
	if err != nil {
		if folder != "" {
			folders = []string{folder}
		}
		return p.lacks(p.located(err, folders))
	}
	into := filepath.Join(p.dir, p.pkg)
	if err := os.Mkdir(into, 0o777); err != nil {
		return cannotWrite(into, err)
	}
	p.notef("pulling %s from %s", folder, p.called())
	if err := p.lacks(p.device.Pull(ctx, folder, into)); err != nil {
		return err
	}
	err = filepath.WalkDir(into, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			p.files++
		}
		return err
	})
	if err == nil && p.files == 0 && p.missing == nil { // adb counts a folder that it cannot read as an empty one
		err = p.lacks(p.located(adb.Denied, []string{folder}))
	}
	return cannotWrite(into, err)
}

// located names the folder that there is something wrong with, or those where none is.
func (p *pull) located(err error, folders []string) error {
	e, ok := errors.AsType[*adb.Error](err)
	switch {
	case !ok:
		return err
	case e == adb.Absent && p.version.Name == "":
		return &adb.Error{Text: p.pkg + " is not installed on the device", Next: "name the app that writes the log with --package"}
	case e == adb.Absent, e == adb.Denied, e == adb.Vacant:
		return &adb.Error{Text: fmt.Sprintf("%s: %s; looked at %s", p.pkg, e.Text, strings.Join(folders, ", ")), Next: e.Next}
	}
	return err
}

// copyLogcat copies the logcat buffers, or as much of them as it can.
func (p *pull) copyLogcat(ctx context.Context) (err error) {
	name := filepath.Join(p.dir, "logcat", "logcat.txt")
	if err := os.Mkdir(filepath.Dir(name), 0o777); err != nil {
		return cannotWrite(name, err)
	}
	f, err := os.Create(name)
	if err != nil {
		return cannotWrite(name, err)
	}
	p.notef("pulling logcat from %s", p.called())
	err = p.device.Logcat(ctx, f)
	size, _ := f.Seek(0, io.SeekEnd)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err := p.lacks(err); err != nil {
		return cannotWrite(name, err)
	}
	if size > 0 {
		p.files++
		return nil
	}
	return cannotWrite(name, os.RemoveAll(filepath.Dir(name)))
}

// lacks takes note of an error of adb as what keeps the copy from being whole, and gives any other.
func (p *pull) lacks(err error) error {
	e, ok := errors.AsType[*adb.Error](err)
	if ok && p.missing == nil {
		p.missing = e
	}
	if ok {
		return nil
	}
	return err
}

// called is the device in messages.
func (p *pull) called() string {
	if p.model == "" {
		return "the device"
	}
	return p.model
}

// ahead says how a device's clock differs from "this computer's".
func ahead(c adb.Clock) string {
	by := c.Ahead.Abs().Round(100 * time.Millisecond).String()
	switch {
	case c.Ahead.Abs() <= c.Within:
		return "in step with"
	case c.Ahead > 0:
		return by + " ahead of"
	}
	return by + " behind"
}

// describe writes what the device told of itself, in lines that a scan understands: a time with a zone, properties as
// getprop lists them, and a version.
func (p *pull) describe(w io.Writer) error {
	var b strings.Builder
	if c := p.clock; !c.Time.IsZero() {
		fmt.Fprintf(&b, "%s pulled, by the device's clock, which is %s this computer's, to within %.1f s\n",
			c.Time.Format("2006-01-02 15:04:05.000 -0700"), ahead(c), c.Within.Seconds())
	}
	for _, property := range [][2]string{{"ro.product.model", p.model}, {"persist.sys.timezone", p.zone}} {
		if property[1] != "" {
			fmt.Fprintf(&b, "[%s]: [%s]\n", property[0], property[1])
		}
	}
	if p.version.Name != "" {
		app := cmp.Or(map[string]string{"com.tencent.wmpf": "WMPF", "com.tencent.mm": "WeChat"}[p.pkg], p.pkg)
		fmt.Fprintf(&b, "%s version %s (%s, versionCode %s)\n", app, p.version.Name, p.pkg, p.version.Code)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
