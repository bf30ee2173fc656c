package xlog_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// A key agreement costs as much as decoding a block, so there is one for each client key and private key that were
// tried, however many blocks a session has and however sessions mix.
func TestOneAgreementForEachPairOfKeys(t *testing.T) {
	var text strings.Builder
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 12 {
		fmt.Fprintf(&text, "block crypt=yes session=%d\n\t%s\n", i%3, fmt.Sprintf("[I][2026-11-20 +8.0 09:00:%02d.000][4001, 4002*][AppBrandLog][:4002, ][the heartbeat of this minute", i))
		for range 500 { // long enough to be decoded ahead
			fmt.Fprintf(&text, "\t%x%x\n", random.Uint64(), random.Uint64())
		}

		fmt.Fprintf(&text, "block\n\tplain\n")
	}
	data := build(t, text.String())
	third, err := xlog.ParseKey("third", fmt.Appendf(nil, "%064x", 3))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name           string
		keys           []xlog.Key
		agreed, locked int
	}{
		{"no key", nil, 0, 12},
		{"the key alone", []xlog.Key{xlogtest.Key()}, 3, 0},
		{"the key first", []xlog.Key{xlogtest.Key(), xlogtest.OtherKey(), third}, 3, 0},
		{"the key last", []xlog.Key{xlogtest.OtherKey(), third, xlogtest.Key()}, 9, 0},
		{"wrong keys", []xlog.Key{xlogtest.OtherKey(), third}, 6, 12},
	} {
		for _, help := range []func(func()){nil, func(work func()) { work() }} {
			r := xlog.NewReader(bytes.NewReader(data), xlog.Options{Keys: tt.keys, Go: help})
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
			if *agreed != tt.agreed || locked != tt.locked || locked+opened != 12 {
				t.Errorf("%s: %d agreements, %d blocks locked, %d opened; want %d and %d", tt.name, *agreed, locked, opened, tt.agreed, tt.locked)
			}
		}
	}
}
