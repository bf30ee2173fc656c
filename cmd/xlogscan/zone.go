package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // so that --tz means the same on every host
)

var offset = regexp.MustCompile(`^([+-])(\d{1,2})(?::?(\d{2}))?$`)

// parseZone reads --tz. No text gives nil. The host's own zone has no name here, for a report must not depend on it.
func parseZone(s string) (*time.Location, error) {
	if s == "" {
		return nil, nil
	}
	if m := offset.FindStringSubmatch(s); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi(m[3])
		if hours <= 14 && minutes < 60 {
			seconds := (hours*60 + minutes) * 60
			if m[1] == "-" {
				seconds = -seconds
			}
			return time.FixedZone("", seconds), nil
		}
	}
	loc, err := time.LoadLocation(s)
	if err != nil || strings.EqualFold(s, "local") {
		return nil, usage("", "--tz %q is no time zone such as Asia/Shanghai or +08:00", s)
	}
	return loc, nil
}
