package scan

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// What a ledger has noted of a container is all in what is kept of it.
func TestLedgerIsSavedWhole(t *testing.T) {
	b, err := xlogtest.Build(`block seq=1 hours=8-8
	a
block seq=2 hours=8-8
	b
block seq=3 hours=8-8
	c
block seq=4 hours=8-9
	d
garbage n=300 seed=1
block seq=7 hours=9-9 crypt=other
	e
block seq=8 hours=9-9 crypt=other
	f
block seq=12 hours=10-11 crypt=other
	g
`)
	if err != nil {
		t.Fatal(err)
	}
	var r reading
	gaps := 0
	to := sink{
		text: func([]byte, []int, logline.Pos) error { return nil },
		gap:  func(logline.Pos, string) int { gaps++; return gaps - 1 },
	}
	r.input.Name = "in.xlog"
	if err := r.container(bytes.NewReader(b), nil, newCrew(1), to); err != nil {
		t.Fatal(err)
	}
	unexported := cmp.Exporter(func(reflect.Type) bool { return true })
	loss := reflect.ValueOf(r.loss)
	for i := range loss.NumField() {
		if loss.Field(i).IsZero() {
			t.Errorf("%s is not tested", loss.Type().Field(i).Name)
		}
	}
	text, err := json.Marshal(r.loss.saved())
	if err != nil {
		t.Fatal(err)
	}
	var s savedLedger
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r.loss, s.ledger("in.xlog"), unexported); d != "" {
		t.Error(d)
	}
}
