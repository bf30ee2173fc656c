package main

import (
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// Whatever a key file holds and whatever is done with it, none of its digits come out.
func TestKeysStaySecret(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	build := func(name, spec string) string {
		t.Helper()
		data, err := xlogtest.Build(spec)
		if err != nil {
			t.Fatal(err)
		}
		return write(name, string(data))
	}
	const line = "\t[I][2026-11-20 +8.0 09:00:00.000][4001, 4002*][AppBrandLog][:4002, ][a line of the log\n"
	logs := []string{
		build("a.xlog", "block crypt=yes\n"+line+"garbage n=40 seed=1\nblock codec=zstd crypt=yes\n"+line),
		build("b.xlog", "block crypt=other\n"+line+"set off=20 n=4\nblock crypt=other\n"+line),
	}
	const key = xlogtest.KeyHex
	raw, err := hex.DecodeString(key)
	if err != nil {
		t.Fatal(err)
	}
	pem := func(kind, der string) string {
		b, err := hex.DecodeString(der)
		if err != nil {
			t.Fatal(err)
		}
		return "-----BEGIN " + kind + "-----\n" + base64.StdEncoding.EncodeToString(b) + "\n-----END " + kind + "-----\n"
	}
	files := map[string]string{
		"good":         key,
		"gen_key.py":   "save private key\n" + key + "\n",
		"cut":          key[:50],
		"one missing":  key[1:],
		"one too many": key + "0",
		"not hex":      key[:40] + "g" + key[41:],
		"two":          key + "\n" + xlogtest.OtherKeyHex,
		"wrong public": key + "\n" + strings.Repeat(key, 2),
		"wrapped":      key[:32] + "\n" + key[32:],
		"colons":       regexp.MustCompile("..").ReplaceAllString(key, "$0:"),
		"bytes":        string(raw),
		"zeros before": strings.Repeat("0", 64) + key,
		"prose":        "my key is " + key[:60] + ", keep it",
		"PEM":          pem("EC PRIVATE KEY", "302e0201010420"+key+"a00706052b8104000a"),
		"PEM of P-256": pem("EC PRIVATE KEY", "30310201010420"+key+"a00a06082a8648ce3d030107"),
		"PEM cut":      pem("EC PRIVATE KEY", "302e0201010420"+key+"a00706052b8104000a")[:80],
		"PEM of hex":   "-----BEGIN EC PRIVATE KEY-----\n" + key + "\n-----END EC PRIVATE KEY-----\n",
		"PEM header":   "-----BEGIN " + key + "-----\nAAAA\n-----END " + key + "-----\n",
		"PEM garbled":  pem("PRIVATE KEY", key+key),
		"JSON":         `{"private":"` + key[:63] + `"}`,
	}
	secret := map[string]bool{}
	for _, forms := range []string{key, xlogtest.OtherKeyHex, hex.EncodeToString(raw[16:]), string(raw)} {
		for i := 0; i+8 <= len(forms); i++ {
			secret[strings.ToLower(forms[i:i+8])] = true
		}
	}
	for name, text := range files {
		if body, isPEM := strings.CutPrefix(text, "-----BEGIN "); isPEM {
			_, body, _ = strings.Cut(body, "\n")
			body, _, _ = strings.Cut(body, "\n")
			for i := 8; i+8 <= len(body)-8; i++ { // the first bytes are the same for all keys
				secret[strings.ToLower(body[i:i+8])] = true
			}
		}
		file := write("key", text)
		for _, args := range [][]string{
			{"decode"}, {"info"}, {"info", "-f", "json"}, {"scan", "-v"}, {"scan", "-f", "md"}, {"scan", "-f", "json"}, {"calls"},
		} {
			for _, how := range []string{file, dir + "/k*", text} {
				_, stdout, stderr := start(t.Context(), nil, append(append(args, "-v", "--key", how), logs...)...)
				out := strings.ToLower(stdout + stderr)
				for i := 0; i+8 <= len(out); i++ {
					if secret[out[i:i+8]] {
						t.Fatalf("%s with a file of %s: %q is in the output:\n%s", args, name, out[i:i+8], out)
					}
				}
			}
		}
	}
}
