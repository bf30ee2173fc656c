package scan

import (
	"context"

	"github.com/xlogscan/xlogscan/internal/unclaimed"
)

// Unclaimed reads the inputs and counts, by their shape, the lines that look like VoIP and that nothing recognises. The
// result is that of Inventory.
func Unclaimed(ctx context.Context, opt Options) ([]unclaimed.Line, *Result, error) {
	opt.unclaimed = true
	readings, res, err := inventoried(ctx, opt)
	if err != nil {
		return nil, nil, err
	}
	var all unclaimed.Counter
	for _, r := range readings {
		if r.log == nil {
			continue
		}
		var seen unclaimed.Versions
		for _, f := range []struct {
			to   *[]string
			fact string
		}{
			{&seen.WMPF, r.log.Versions.WMPF}, {&seen.Plugin, r.log.Versions.Plugin},
			{&seen.LinuxSDK, r.log.Versions.LinuxSDK}, {&seen.WeChat, r.log.Versions.WeChat},
		} {
			if f.fact != "" {
				*f.to = []string{f.fact}
			}
		}
		r.unclaimed.Close(r.kind, seen, r.log.First, r.log.Last)
		all.Merge(&r.unclaimed)
	}
	return all.Lines(), res, nil
}

// inventoried reads the inputs and says what they are.
func inventoried(ctx context.Context, opt Options) ([]*reading, *Result, error) {
	found, err := collect(ctx, opt, readEach)
	if err != nil {
		return nil, nil, err
	}
	all := calendarOf(found.readings)
	settleDates(found.readings, all, opt)
	settleZones(found.readings, all, nil, opt)
	named := found.names()
	return found.readings, &Result{Report: inventory(found, opt), Problems: found.problems, Named: named}, nil
}
