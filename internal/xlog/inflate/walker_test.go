package inflate_test

import (
	"bytes"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
)

// A walk gives what Decode gives, write by write, and its tokens make the text.
func TestWalker(t *testing.T) {
	// These end on a final block, which ends no write.
	final := map[string]bool{"dynamic": true, "stored": true, "huffman": true, "hidden": true}
	var d inflate.Decoder
	var w inflate.Walker
	for name, src := range someStreams(t) {
		for _, n := range []int{len(src), len(src) / 2, len(src) - 2} {
			text, r := d.Decode(nil, src[:max(n, 0)], 1<<20)
			w.Start(w.Text()[:0], src[:max(n, 0)], 1<<20)
			var made []byte
			end := 0
			for more := true; more; {
				more = w.Next()
				for _, token := range w.Tokens {
					if token.Length == 0 {
						made = append(made, byte(token.Distance))
						continue
					}
					for range token.Length {
						made = append(made, made[len(made)-int(token.Distance)])
					}
				}
				got := w.Text()
				if w.Stored {
					made = append(made[:end], got[end:]...) // has no tokens
				}
				if !bytes.Equal(made, got) {
					t.Fatalf("%s, %d bytes: the tokens do not make the text at %d", name, n, end)
				}
				if more {
					end = len(got)
				}
			}
			if !bytes.Equal(w.Text(), text) || !final[name] && end != r.FlushOut {
				t.Errorf("%s, %d bytes: %d bytes of text, the last write ends at %d; want %d, %d", name, n, len(w.Text()), end, len(text), r.FlushOut)
			}
		}
	}
}
