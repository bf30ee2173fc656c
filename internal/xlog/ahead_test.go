package xlog_test

import (
	"bytes"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// helpers run work in different ways; none may show in the records.
var helpers = map[string]func(func()){
	"at once":     func(work func()) { work() },
	"never":       func(func()) {},
	"by two more": func(work func()) { go work(); go work() },
}

func TestHelpChangesNothing(t *testing.T) {
	files := map[string][]byte{
		"many blocks": build(t, logText("", 40, 60)),
		"encrypted":   build(t, logText("crypt=yes", 10, 60)+"garbage n=3000 seed=7\n"+logText("codec=zstd crypt=yes", 30, 60)),
		"large":       build(t, "block\n\t"+string(bytes.Repeat([]byte("a"), 5<<20))+"\n"+logText("", 3, 60)),
	}
	for _, name := range []string{"xlog-plus-mmap3", "sessions-mixed"} {
		files[name] = realFile(t, name+".xlog")
	}
	for name, b := range files {
		want := readAll(t, b, testKeys...).records
		for how, helper := range helpers {
			got := read(t, bytes.NewReader(b), xlog.Options{Keys: testKeys, Go: helper}).records
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, helped %s (-alone +helped):\n%s", name, how, diff)
			}
		}
	}
}

// Damage anywhere, and other blocks than the headers promise, change nothing either.
func TestHelpChangesNothingInDamagedFiles(t *testing.T) {
	sound, err := xlogtest.Build(logText("", 6, 60) + logText("codec=zstd crypt=yes", 6, 60) + logText("mode=sync", 5, 1) + logText("crypt=yes", 6, 60))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(sound)
		for range rapid.IntRange(1, 4).Draw(t, "places") {
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			noise := rapid.SliceOfN(rapid.Byte(), 1, 80).Draw(t, "noise")
			if rapid.Bool().Draw(t, "overwrite") {
				copy(b[at:], noise)
			} else {
				b = append(b[:at:at], b[min(at+len(noise), len(b)):]...)
			}
		}
		want := allRecords(t, b, nil)
		got := allRecords(t, b, helpers["by two more"])
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(plainRecord{})); diff != "" {
			t.Fatalf("(-alone +helped):\n%s", diff)
		}
	})
}

// BenchmarkHelp decodes one file alone and with one goroutine beside the reader.
func BenchmarkHelp(b *testing.B) {
	file := build(b, logText("", 64, 1500))
	text := int64(len(readAll(b, file).text))
	var busy sync.Mutex
	for _, tt := range []struct {
		name   string
		helper func(func())
	}{
		{"alone", nil},
		{"one helper", func(work func()) {
			if busy.TryLock() {
				go func() {
					defer busy.Unlock()
					work()
				}()
			}
		}},
	} {
		b.Run(tt.name, func(b *testing.B) {
			b.SetBytes(text)
			b.ReportAllocs()
			for b.Loop() {
				for rec := range xlog.NewReader(bytes.NewReader(file), xlog.Options{Go: tt.helper}).Records() {
					if _, ok := rec.(*xlog.Block); !ok {
						b.Fatal(describe(rec))
					}
				}
			}
		})
	}
}
