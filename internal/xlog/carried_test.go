package xlog

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A checkpoint has all that is carried from record to record: a field more of it has to be there too.
func TestCheckpointCarriesAll(t *testing.T) {
	r := NewReader(bytes.NewReader(nil), Options{})
	random := rand.New(rand.NewPCG(1, 2))
	fill(reflect.ValueOf(&r.carried).Elem(), random)
	want := r.carried
	r.win.short, r.before, r.dec.keys.cleared = true, before{offset: 5, carried: want}, -1
	r.dec.keys.at = 5
	text, err := json.Marshal(r.Checkpoint())
	if err != nil {
		t.Fatal(err)
	}
	var c Checkpoint
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	got := NewReader(bytes.NewReader(nil), Options{From: &c}).carried
	if d := cmp.Diff(want, got, unexported); d != "" {
		t.Error(d)
	}
}

var unexported = cmp.Exporter(func(reflect.Type) bool { return true })

func TestAccountIsSavedWhole(t *testing.T) {
	var want, got Account
	fill(reflect.ValueOf(&want).Elem(), rand.New(rand.NewPCG(1, 2)))
	text, err := json.Marshal(&want)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, unexported); d != "" {
		t.Error(d)
	}
	if json.Unmarshal([]byte(`{"Numbers":{"Client":"AA=="}}`), &got) == nil {
		t.Error("a short key is taken")
	}
}

// fill sets whatever is in v to something that is not zero.
func fill(v reflect.Value, random *rand.Rand) {
	v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), random)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), random)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), random)
		fill(v.Index(1), random)
	case reflect.String:
		v.SetString("some")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1 + random.Uint64N(200))
	case reflect.Int, reflect.Int64:
		v.SetInt(1 + random.Int64N(1000))
	default:
		panic("a " + v.Kind().String() + " cannot be carried over")
	}
}
