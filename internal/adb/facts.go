package adb

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Property gives a property of the device, empty if it has none of that name.
func (d *Device) Property(ctx context.Context, name string) (string, error) {
	text, err := d.shell(ctx, "getprop", name)
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line, err
}

// Version is that of an installed package; both are empty if it is not installed.
type Version struct{ Name, Code string }

var (
	versionName = regexp.MustCompile(`(?m)^\s*versionName=(\S+)`)
	versionCode = regexp.MustCompile(`(?m)^\s*versionCode=(\d+)`)
)

// Version gives the version of a package. Of a package of the system that was updated, the update's comes first.
func (d *Device) Version(ctx context.Context, pkg string) (Version, error) {
	text, err := d.shell(ctx, "dumpsys", "package", pkg)
	if err != nil {
		return Version{}, err
	}
	var v Version
	if m := versionName.FindStringSubmatch(text); m != nil {
		v.Name = m[1]
	}
	if m := versionCode.FindStringSubmatch(text); m != nil {
		v.Code = m[1]
	}
	return v, nil
}

// Clock is what the device's clock showed. It is zero where the device did not tell.
type Clock struct {
	Time   time.Time     // in the device's zone
	Ahead  time.Duration // of the computer's clock, negative if behind
	Within time.Duration // the truth is at most this far from Ahead
}

// Clock reads the device's clock and compares it with now.
func (d *Device) Clock(ctx context.Context, now func() time.Time) (Clock, error) {
	before := now()
	text, err := d.shell(ctx, "date", "+%s_%z")
	if err != nil {
		return Clock{}, err
	}
	asked := now().Sub(before)
	at, ok := parseClock(strings.TrimSpace(text))
	if !ok {
		return Clock{}, nil
	}
	// The device gives whole seconds, of a moment between the two readings.
	middle := before.Add(asked / 2)
	return Clock{Time: at, Ahead: at.Add(time.Second / 2).Sub(middle), Within: time.Second/2 + asked/2}, nil
}

// parseClock reads seconds since 1970 and, behind a low line, a zone such as +0800, which may be missing.
func parseClock(text string) (at time.Time, ok bool) {
	seconds, zone, _ := strings.Cut(text, "_")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n < 0 || n > maxSeconds {
		return time.Time{}, false
	}
	at = time.Unix(n, 0).UTC()
	if z, err := time.Parse("-0700", zone); err == nil {
		_, offset := z.Zone()
		at = at.In(time.FixedZone("", offset))
	}
	return at, true
}

// maxSeconds is the end of the year 9999.
const maxSeconds = 253402300799
