package correlate

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/extract"
)

func TestHoles(t *testing.T) {
	at := func(s int) time.Time {
		if s < 0 {
			return time.Time{}
		}
		return time.Unix(1_700_000_000+int64(s), 0)
	}
	log := func(name string, first, last int, gaps ...int) *extract.Log {
		l := &extract.Log{Input: name, First: at(first), Last: at(last)}
		for i := 0; i < len(gaps); i += 2 {
			l.Gaps = append(l.Gaps, extract.Gap{From: at(gaps[i]), To: at(gaps[i+1])})
		}
		return l
	}
	for _, c := range []struct {
		name string
		logs []*extract.Log
		want [][2]int // -1 is open; of a call from 10 to 20
	}{
		{"whole", []*extract.Log{log("a", 0, 30)}, nil},
		{"no times", []*extract.Log{log("a", -1, -1)}, nil},
		{"begins late", []*extract.Log{log("a", 12, 30)}, [][2]int{{-1, 12}}},
		{"ends early", []*extract.Log{log("a", 0, 15)}, [][2]int{{15, -1}}},
		{"gaps, one of them outside", []*extract.Log{log("a", 0, 30, 16, 17, 12, 13, 2, 8)}, [][2]int{{12, 13}, {16, 17}}},
		{"gap at the start of the log", []*extract.Log{log("a", 0, 30, -1, 11)}, [][2]int{{-1, 11}}},
		{"gap at the end of the log", []*extract.Log{log("a", 0, 30, 14, -1)}, [][2]int{{14, -1}}},
		{"nested gaps", []*extract.Log{log("a", 0, 30, 12, 18, 13, 14)}, [][2]int{{12, 18}}},
		{"a rotated log", []*extract.Log{log("b", 16, 30), log("a", 0, 14)}, [][2]int{{14, 16}}},
		{"one log closes another's gap", []*extract.Log{log("a", 0, 30, 12, 18), log("b", 11, 15)}, [][2]int{{15, 18}}},
	} {
		var got [][2]int
		for _, h := range holes(c.logs, at(10), at(20)) {
			ends := [2]int{-1, -1}
			for i, end := range []time.Time{h.From, h.To} {
				if !end.IsZero() {
					ends[i] = int(end.Sub(at(0)).Seconds())
				}
			}
			got = append(got, ends)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
