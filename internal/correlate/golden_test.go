package correlate_test

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// Every archive holds logs of short lines, "SECONDS message", and what they come to. ROOM1 to ROOM9 stand for room
// ids, PHONE behind the seconds for a tag that shows the side, NEXT for the process that came after the first.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var logs []*extract.Log
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
				} else {
					logs = append(logs, parse(f.Name, string(f.Data)))
				}
			}
			calls, _ := correlate.Calls(logs, correlate.Options{})
			got := describe(calls)
			slices.Reverse(logs)
			again, _ := correlate.Calls(logs, correlate.Options{})
			if diff := cmp.Diff(got, describe(again)); diff != "" {
				t.Errorf("another order of the logs gives another result: %s", diff)
			}
			if *update {
				if want < 0 {
					want = len(a.Files)
					a.Files = append(a.Files, txtar.File{Name: "want"})
				}
				a.Files[want].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("the archive has no want")
			}
			if diff := cmp.Diff(string(a.Files[want].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

var epoch = time.Date(2026, 11, 20, 14, 0, 0, 0, time.FixedZone("", 8*3600))

// parse expands the short lines of a log to Mars records and reads them.
func parse(name, short string) *extract.Log {
	var text strings.Builder
	for s := bufio.NewScanner(strings.NewReader(short)); s.Scan(); {
		at, message, ok := strings.Cut(s.Text(), " ")
		if !ok {
			continue
		}
		d, err := time.ParseDuration(at + "s")
		if err != nil {
			panic(err)
		}
		tag, pid := "Console", 100
		if rest, ok := strings.CutPrefix(message, "NEXT "); ok {
			pid, message = 200, rest
		}
		if rest, ok := strings.CutPrefix(message, "PHONE "); ok {
			tag, message = "MicroMsg.WMPFVoip.WMPFVoipCallInManager", rest
		}
		for n := range 9 {
			message = strings.ReplaceAll(message, fmt.Sprintf("ROOM%d", n+1), fmt.Sprintf("wxf830863afde621ebWmpfVoip10000000000000000%d", n+1))
		}
		stamp := epoch.Add(d)
		fmt.Fprintf(&text, "[I][%s +8.0 %s][%d, %[3]d*][%s][:100, ][%s\n", stamp.Format(time.DateOnly), stamp.Format("15:04:05.000"), pid, tag, message)
	}
	x := extract.New(name)
	p := logline.NewParser(logline.Options{})
	for l := range p.Lines([]byte(text.String()), logline.Pos{Input: name, Line: 1}) {
		x.Add(&l)
	}
	return x.Log()
}

func describe(calls []*correlate.Call) string {
	var b strings.Builder
	at := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return fmt.Sprintf("%.3f", t.Sub(epoch).Seconds())
	}
	for _, c := range calls {
		id := strings.ReplaceAll(c.ID, "wxf830863afde621ebWmpfVoip10000000000000000", "ROOM")
		fmt.Fprintf(&b, "call %s\n  %s, %s, ended by %q, basis %s, %s, %s\n", id, c.Stage, c.Outcome, c.EndedBy, c.Basis, c.Direction, c.RoomType)
		fmt.Fprintf(&b, "  start %s answered %s end %s talk %s\n", at(c.Start), at(c.Answered), at(c.End), c.Talk)
		fmt.Fprintf(&b, "  cause %q of the %s, told %t\n", c.Cause.Reason, c.Cause.Log, c.Cause.Told)
		if k := c.Clock; k.Pairs > 0 {
			low, high := "-", "-"
			if k.HasLow {
				low = k.Low.String()
			}
			if k.HasHigh {
				high = k.High.String()
			}
			fmt.Fprintf(&b, "  clock %s to %s by %d pairs, conflict %t\n", low, high, k.Pairs, k.Conflict)
		}
		for _, s := range c.Ambiguous {
			fmt.Fprintf(&b, "  ambiguous %s\n", s)
		}
		for _, s := range c.Stages {
			fmt.Fprintf(&b, "  stage %s of the %s %s to %s seen %t\n", s.Stage, s.Role, at(s.From), at(s.To), s.Seen)
		}
		for _, p := range c.Parties() {
			fmt.Fprintf(&b, "  %s %s %s in %s, coverage %s", p.Role, p.Device.Side, p.Device.Name, strings.Join(p.Inputs, " "), p.Coverage)
			if v := p.Versions; v != (extract.Versions{}) {
				fmt.Fprintf(&b, ", wmpf %q plugin %q by %d lines", v.WMPF, v.Plugin, len(p.Facts))
			}
			for _, h := range p.Holes {
				fmt.Fprintf(&b, ", no log %s to %s", at(h.From), at(h.To))
			}
			b.WriteByte('\n')
			for _, e := range p.Events {
				fmt.Fprintf(&b, "    %s %s", at(e.Time), e.Name)
				if e.Repeats > 0 {
					fmt.Fprintf(&b, " and %d more", e.Repeats)
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}
