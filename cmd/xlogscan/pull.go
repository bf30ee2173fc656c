package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/adb"
)

func (a *app) pullCommand() *cobra.Command {
	var (
		from  pullFlags
		flags scanFlags
	)
	c := &cobra.Command{
		Use:   "pull",
		Short: "Pull the logs of a connected device by adb, and analyse the calls in them",
		Long: `pull copies the xlog folder of WMPF from a connected Android device into a new
folder pull_YYYY-MM-DD_HHMMSS in the current one, named for the time by the
device's clock, and analyses it as scan does.

Beside the logs it puts device.txt: the model, the time zone, the version of the
app, and how far the device's clock is from this computer's. With --logcat it
also pulls the logcat buffers main, system, crash and events, which hold lines of
all apps. It writes nothing to the device.

It needs adb, of the Android SDK platform tools, and a device with USB debugging
or connected by adb connect. What keeps adb from its work is told with the next
step. A pull that ends early keeps what it copied, and the exit status is 3 then;
one that is interrupted leaves nothing.`,
		Example: `  xlogscan pull
  xlogscan pull --logcat -s 0123456789ABCDEF -f md -o report.md
  xlogscan pull --package com.tencent.mm
  xlogscan scan pull_2026-11-20_142000/ phone.log`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if !packageName.MatchString(from.pkg) {
				return usage("", "--package %q is no name of an Android package, such as com.tencent.wmpf", from.pkg)
			}
			partial := false
			err := a.reported(c.Context(), &flags, func(ctx context.Context) ([]string, error) {
				dir, whole, err := a.pulled(ctx, &from)
				partial = !whole
				return []string{dir}, err
			})
			if err == nil && partial {
				return exitWith(statusPartial)
			}
			return err
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&from.serial, "serial", "s", "", "pull from the device with this `SERIAL` number, as adb devices lists it; else ANDROID_SERIAL's, or the only one")
	f.StringVar(&from.pkg, "package", "com.tencent.wmpf", "pull the logs of this app `PACKAGE`; com.tencent.mm is WeChat")
	f.BoolVar(&from.logcat, "logcat", false, "pull the logcat buffers too")
	f.StringVar(&from.adb, "adb", "", "run this adb `PROGRAM`; else that of PATH, of ANDROID_HOME, or of the usual place of the SDK")
	flags.flags(f)
	a.metrics.flags(f)
	return c
}

// pullFlags say what to pull from where.
type pullFlags struct {
	adb, serial, pkg string
	logcat           bool
}

// noticeable is the least difference of clocks that is worth a word: in calls, too, those of 5 s are told.
const noticeable = 5 * time.Second

// packageName also makes sure that a name needs no quotes in the device's shell.
var packageName = regexp.MustCompile(`^[A-Za-z]\w*(\.\w+)+$`)

// program finds adb, which --adb may name.
func (a *app) program(named string) (string, error) {
	if named == "" {
		path, err := adb.Find(runtime.GOOS, a.getenv)
		return path, ofDevice(err, statusUsage)
	}
	path, err := exec.LookPath(named)
	if e, ok := errors.AsType[*exec.Error](err); ok {
		err = e.Err
	}
	if err != nil {
		return "", usage("name the program adb, as in --adb platform-tools/adb", "--adb %s cannot be run: %w", named, cause(err))
	}
	return path, nil
}

// device finds the device to pull from.
func (a *app) device(ctx context.Context, from *pullFlags) (*adb.Device, error) {
	path, err := a.program(from.adb)
	if err != nil {
		return nil, err
	}
	list, err := adb.Devices(ctx, adb.Program(path))
	if err != nil {
		return nil, ofDevice(err, statusUsage)
	}
	serial := from.serial
	if serial == "" {
		serial = a.getenv("ANDROID_SERIAL")
	}
	device, err := adb.Choose(list, serial)
	return device, ofDevice(err, statusUsage)
}

// ofDevice gives an error of package adb as an exit with its next step. Others stay as they are.
func ofDevice(err error, status int) error {
	if e, ok := errors.AsType[*adb.Error](err); ok {
		return &exit{status, e, e.Next}
	}
	return cannotWrite("what is pulled", err)
}

// pulled copies the logs into a new folder. It tells on standard error what keeps it from copying all, and gives an error
// if there is nothing to scan; then, and when ctx ends, no folder is left.
func (a *app) pulled(ctx context.Context, from *pullFlags) (dir string, whole bool, err error) {
	device, err := a.device(ctx, from)
	if err != nil {
		return "", false, err
	}
	p := pull{app: a, pullFlags: from, device: device}
	if err := p.ask(ctx); err != nil {
		return "", false, ofDevice(err, statusUsage)
	}
	dir = freeName(p.name())
	if p.dir, err = makeBeside(dir); err != nil {
		return "", false, cannotWrite(dir, err)
	}
	if err = p.copy(ctx); err == nil {
		err = ctx.Err() // of a signal that adb got first, only adb's end is known at once
	}
	if err == nil {
		err = moved(p.dir, dir)
	}
	if err != nil {
		if gone := os.RemoveAll(p.dir); gone != nil {
			a.errorf("%s could not be removed: %s", p.dir, cause(gone))
		} else if ctx.Err() != nil {
			a.warnf("nothing of the pull is kept")
		}
		return "", false, cannotWrite(dir, err)
	}
	a.notef("pulled %s into %s", counted(p.files, "file"), dir)
	if c := p.clock; !c.Time.IsZero() && c.Ahead.Abs() > c.Within+noticeable {
		a.warnf("the device's clock is %s this computer's", ahead(c))
	}
	return dir, p.missing == nil, nil
}
