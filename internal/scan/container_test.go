package scan

import (
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// Every cause that the decoder names has a text in both languages.
func TestEveryCauseHasAText(t *testing.T) {
	unknown := report.CauseText("unknown", "en")
	for c := xlog.UnknownCause; !strings.HasPrefix(c.String(), "cause("); c++ {
		en, zh := report.CauseText(c.String(), "en"), report.CauseText(c.String(), "zh")
		if (en == unknown) != (c == xlog.UnknownCause) || en == zh {
			t.Errorf("%s: %q, %q", c, en, zh)
		}
	}
}

// The note of a damaged container names the cause of most of its damage, and what to do.
func TestJudgeContainer(t *testing.T) {
	hurt := func(kind xlog.Kind, cause xlog.Cause, n int64) *xlog.Damage {
		return &xlog.Damage{Header: xlog.Header{Length: n}, Kind: kind, Cause: cause}
	}
	whole := func(d *xlog.Damage) *xlog.Damage {
		d.Whole, d.Salvaged = true, []byte("text")
		return d
	}
	block := &xlog.Block{Header: xlog.Header{Length: 100}, Text: []byte("text")}
	for name, tt := range map[string]struct {
		records []xlog.Record
		want    string
		fatal   bool
	}{
		"most bytes count": {
			[]xlog.Record{block, hurt(xlog.Garbage, xlog.CutCopy, 5), hurt(xlog.Zeros, xlog.ZeroedPage, 50), hurt(xlog.Garbage, xlog.CutCopy, 20)},
			"75 of its 175 bytes are damaged, in 3 places, the first (garbage) at offset 0 of length 5: the storage lost a page, as it does on a power cut", true,
		},
		"with advice": {
			[]xlog.Record{block, hurt(xlog.Garbage, xlog.TextModeTransfer, 5)},
			"5 of its 105 bytes are damaged, in 1 place, the first (garbage) at offset 0 of length 5: a transfer in text mode added CR bytes; pull the file again in binary mode, as adb pull does", true,
		},
		"nothing lost": {
			[]xlog.Record{whole(hurt(xlog.BadBody, xlog.TextModeTransfer, 50)), whole(hurt(xlog.BadBody, xlog.TextModeTransfer, 60))},
			"2 damaged spans of hurt blocks, all of whose text came back: a transfer in text mode added CR bytes; pull the file again in binary mode, as adb pull does", false,
		},
		"converted": {
			[]xlog.Record{hurt(xlog.Garbage, xlog.UnknownCause, 9), hurt(xlog.Garbage, xlog.TextConversion, 50)},
			"nothing of it can be read any more: something took the file for text and replaced bytes by U+FFFD, which are gone; pull the original again, as a binary file", true,
		},
		"no log": {
			[]xlog.Record{hurt(xlog.Garbage, xlog.NotXlog, 9)}, "no xlog block and no text was found in it, so it is no log this tool knows", true,
		},
	} {
		r := &reading{}
		for _, rec := range tt.records {
			r.loss.Add(rec)
			if d, ok := rec.(*xlog.Damage); ok {
				r.loss.hurt(d, "in.xlog", -1)
			}
		}
		r.judgeContainer(0)
		if got := strings.Join(r.notes, "; "); got != tt.want || (len(r.problems) > 0) != tt.fatal {
			t.Errorf("%s: %q, want %q; problems %v", name, got, tt.want, r.problems)
		}
	}
}
