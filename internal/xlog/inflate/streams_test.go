package inflate_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/flate"
)

// realStreams gives the bodies of the blocks of magic 0x09 in the files that the
// appender wrote: raw deflate, one sync flush a line.
func realStreams(t testing.TB, names ...string) [][]byte {
	t.Helper()
	var bodies [][]byte
	for _, name := range names {
		f, err := os.Open(filepath.Join("../../../testdata/logs/modes", name+".xlog.gz"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		file, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		const header = 73
		for len(file) > header {
			end := header + int(binary.LittleEndian.Uint32(file[5:]))
			if end >= len(file) {
				break
			}
			if file[0] == 0x09 {
				bodies = append(bodies, file[header:end])
			}
			file = file[end+1:]
		}
	}
	if len(bodies) == 0 {
		t.Fatal("no bodies")
	}
	return bodies
}

// flushed packs writes as the appender does: level 9, a sync flush after each.
func flushed(t testing.TB, writes ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range writes {
		if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

var words = []string{"room", "member", "calling", "audio", "video", "send", "recv", "packet", "lost", "timeout", "network", "state",
	"session", "channel", "bitrate", "frame", "key", "request", "response", "listener", "caller", "join", "leave", "语音", "通话"}

// lines are log lines of many templates, with bodies of words in any order
// (varied) or with numbers in fixed sentences.
func lines(n int, varied bool) []string {
	r := rand.New(rand.NewPCG(1, 2))
	var templates []string
	for range 40 {
		s := ""
		for range 4 + r.IntN(12) {
			s += words[r.IntN(len(words))] + " "
			if r.IntN(3) == 0 {
				s += "%d, "
			}
		}
		templates = append(templates, s)
	}
	ms := 0
	out := make([]string, n)
	for i := range out {
		ms += r.IntN(400)
		k := r.IntN(len(templates))
		s := fmt.Sprintf("[%c][2024-06-01 +8.0 %02d:%02d:%02d.%03d][4711, %d*][voip-%d][session_%d.cc:%d, OnEvent%d][",
			"IDWE"[k%4], ms/3600000%24, ms/60000%60, ms/1000%60, ms%1000, 4711+k%7, k%13, k%9, 100+17*k, k%11)
		if varied {
			for range 5 + r.IntN(14) {
				s += words[r.IntN(len(words))] + " "
				if r.IntN(4) == 0 {
					s += fmt.Sprint(r.IntN(100000)) + ", "
				}
			}
		} else {
			for _, c := range templates[k] {
				if c == '%' {
					s += fmt.Sprint(r.IntN(1000))
				} else if c != 'd' {
					s += string(c)
				}
			}
		}
		out[i] = s + "\n"
	}
	return out
}

// bodies packs lines into streams of about 50 KB, as the appender cuts them.
func bodies(t testing.TB, all []string) (out [][]byte) {
	for len(all) > 0 {
		n := min(1000, len(all))
		out = append(out, flushed(t, all[:n]...))
		all = all[n:]
	}
	return out
}
