package xlog_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

func TestParseKey(t *testing.T) {
	const digits = xlogtest.KeyHex
	tests := []struct {
		name, text, want string // want "" is success
	}{
		{"plain", digits, ""},
		{"spaces", " \r\n" + digits + "\n", ""},
		{"0x", "0x" + digits, ""},
		{"upper case", strings.ToUpper(digits), ""},
		{"empty", "\n", "nothing where 64 hex digits are expected"},
		{"short", digits[:41], "41 characters where 64 hex digits are expected"},
		{"long", digits + "0", "65 characters where 64 hex digits are expected"},
		{"public", digits + digits, "a public key of 128 hex digits: the private key has 64"},
		{"public with prefix", "04" + digits + digits, "a public key of 128 hex digits: the private key has 64"},
		{"not hex", "g" + digits[1:], "64 characters that are not all hex digits"},
		{"pem", "-----BEGIN EC PRIVATE KEY-----\nMHQCAQEEIO", "a PEM file where 64 hex digits are expected"},
		{"binary", string(make([]byte, 32)), "32 bytes where 64 hex digits are expected: a binary key must be written in hex"},
		{"zero", strings.Repeat("0", 64), "64 hex digits that are no secp256k1 private key: zero or past the order of the curve"},
		{"too large", strings.Repeat("f", 64), "64 hex digits that are no secp256k1 private key: zero or past the order of the curve"},
	}
	for _, tt := range tests {
		k, err := xlog.ParseKey("name", []byte(tt.text))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tt.want || (err == nil) != (k.Name == "name") {
			t.Errorf("%s: key %v, error %q, want %q", tt.name, k, got, tt.want)
		}
	}
}

// Nothing that prints a key shows a digit of it.
func TestKeyIsNotPrinted(t *testing.T) {
	k := xlogtest.Key()
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
		fmt.Fprintf(&out, verb+"\n", k)
		fmt.Fprintf(&out, verb+"\n", &k)
		fmt.Fprintf(&out, verb+"\n", []xlog.Key{k})
	}
	b, err := json.Marshal(map[string]any{"key": k, "pointer": &k})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(b)
	fmt.Fprint(&out, k.String(), k.GoString(), k)
	text := strings.ToLower(out.String())
	for i := 0; i+8 <= len(xlogtest.KeyHex); i++ {
		if part := xlogtest.KeyHex[i : i+8]; strings.Contains(text, part) {
			t.Fatalf("%q of the key in:\n%s", part, text)
		}
	}
	if !strings.Contains(text, "test") || strings.Contains(text, "225 67") {
		t.Errorf("got:\n%s", text)
	}
}

// Blocks stay locked whatever the key, and no text is made of them.
func TestWrongKeysOpenNothing(t *testing.T) {
	for _, name := range []string{"small-async-zlib-crypt", "small-async-zstd-crypt", "old-v120-async-crypt"} {
		b := realFile(t, name+".xlog")
		want := len(readAll(t, b, testKeys...).records)
		for i := range 50 {
			k, err := xlog.ParseKey("wrong", fmt.Appendf(nil, "%064x", 1_000_003*(i+1)))
			if err != nil {
				t.Fatal(err)
			}
			got := readAll(t, b, k)
			if n := strings.Count(strings.Join(got.records, "\n"), " wrong-key"); n != want || len(got.text) > 0 {
				t.Errorf("%s, key %d: %q", name, i, got.records)
			}
		}
	}
}

// A zero Key is as good as none.
func TestZeroKey(t *testing.T) {
	got := readAll(t, build(t, "block crypt=yes\n\tsecret\n"), xlog.Key{})
	if len(got.records) != 1 || !strings.HasSuffix(got.records[0], " no-key") {
		t.Errorf("got %q", got.records)
	}
}
