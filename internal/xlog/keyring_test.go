package xlog_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// A key agreement costs as much as decoding a block, so there is one for each client key and private key that were
// tried, however many blocks a session has, however sessions mix, and whoever decodes them.
func TestOneAgreementForEachPairOfKeys(t *testing.T) {
	text := ""
	for i := range 30 {
		text += fmt.Sprintf("block crypt=yes session=%d\n", i%3) +
			fmt.Sprintf("\t[I][2026-11-20 +8.0 09:00:%02d.000][4001, 4002*][AppBrandLog][:4002, ][the heartbeat of this minute\nblock\n\tplain\n", i)
	}
	short := build(t, text)
	long := build(t, logText("crypt=yes", 1, 150)+logText("", 16, 150)+logText("crypt=yes", 6, 150)) // the last six are decoded ahead
	third, err := xlog.ParseKey("third", fmt.Appendf(nil, "%064x", 3))
	if err != nil {
		t.Fatal(err)
	}
	mine, other := xlogtest.Key(), xlogtest.OtherKey()
	for _, tt := range []struct {
		name                   string
		data                   []byte
		keys                   []xlog.Key
		agreed, opened, locked int
	}{
		{"no key", short, nil, 0, 0, 30},
		{"the key alone", short, []xlog.Key{mine}, 3, 30, 0},
		{"the key first", short, []xlog.Key{mine, other, third}, 3, 30, 0},
		{"the key last", short, []xlog.Key{other, third, mine}, 9, 30, 0},
		{"wrong keys", short, []xlog.Key{other, third}, 6, 0, 30},
		{"decoded ahead", long, []xlog.Key{other, mine}, 2, 7, 0},
	} {
		r := xlog.NewReader(bytes.NewReader(tt.data), xlog.Options{Keys: tt.keys, Go: helpers["at once"]})
		agreed, locked, opened := xlog.CountAgreements(r), 0, 0
		for rec := range r.Records() {
			switch rec := rec.(type) {
			case *xlog.Locked:
				locked++
			case *xlog.Block:
				if rec.Encrypted {
					opened++
				}
			}
		}
		if *agreed != tt.agreed || opened != tt.opened || locked != tt.locked {
			t.Errorf("%s: %d agreements, %d blocks opened, %d locked; want %d, %d and %d",
				tt.name, *agreed, opened, locked, tt.agreed, tt.opened, tt.locked)
		}
	}
}
