package xlog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// The public half of xlogtest.KeyHex, as openssl ec -text shows it.
const publicHex = "82a7f1ee248e4a085060414433bc00801ba61badfcba83f9a0b0cfb643adbe92" +
	"114fc0074ac2e0bc21882ab4e7544a2fa6a63848304fe30def6cc80c0fb2a80c"

const expected = "expected are 64 hex digits or a PEM key of the curve secp256k1"

func TestParseKeyHex(t *testing.T) {
	const digits = xlogtest.KeyHex
	const short = "00" + "37fdcf0163b0c1a97ee7b1c55a0aeb2cb5ba7ca2a34fa7f7d5cf2a5dc58d47"
	tests := []struct {
		name, text, want string // want "" is success
	}{
		{"plain", digits, ""},
		{"spaces", " \r\n" + digits + "\n", ""},
		{"0x", "0x" + digits, ""},
		{"upper case", strings.ToUpper(digits), ""},
		{"printed by gen_key.py", "save private key\n" + digits + "\n\nappender_open's parameter:\n" + publicHex + "\n", ""},
		{"printed by Python 3", "save private key\nb'" + digits + "'\n\nappender_open's parameter:\nb'" + publicHex[:64] + "'b'" + publicHex[64:] + "'\n", ""},
		{"in a script", "PRIV_KEY = \"" + digits + "\"\nPUB_KEY = \"04" + publicHex + "\"\n", ""},
		{"of PowerShell", utf16(digits + "\r\n"), ""},
		{"with a byte order mark", "\xEF\xBB\xBF" + digits, ""},
		{"twice the same", digits + "\n" + digits, ""},
		{"empty", "\n", "nothing in it; " + expected},
		{"short", digits[:41], "41 characters; " + expected},
		{"long", digits + "0", "65 characters; " + expected},
		{"public", publicHex, "a public key: its private key has 64 hex digits"},
		{"public with prefix", "04" + publicHex, "a public key: its private key has 64 hex digits"},
		{"not hex", "g" + digits[1:], "64 characters that are not all hex digits"},
		{"two keys", digits + "\n" + xlogtest.OtherKeyHex, "more than one private key: each needs a file of its own"},
		{"no pair", xlogtest.OtherKeyHex + "\n" + publicHex, "the public key in it does not belong to its private key on the curve secp256k1"},
		{"binary", string(make([]byte, 32)), "32 bytes of binary data; " + expected + "; a key in binary form has to be written in hex"},
		{"prose", "The keys of the\nweather station.\n", "text without a private key; " + expected},
		{"too much", strings.Repeat(" ", xlog.MaxKeyFile) + digits, "longer than any key; " + expected},
		{"zero", strings.Repeat("0", 64), "no private key of the curve secp256k1: zero or past the order of the curve"},
		{"too large", strings.Repeat("f", 64), "no private key of the curve secp256k1: zero or past the order of the curve"},
	}
	for _, tt := range tests {
		checkKey(t, tt.name, []byte(tt.text), tt.want)
	}

	long, err1 := xlog.ParseKey("", []byte(short))
	cut, err2 := xlog.ParseKey("", []byte(short[2:]))
	if err1 != nil || err2 != nil || !long.Equal(cut) {
		t.Errorf("a leading zero byte that was left out: %v, %v", err1, err2)
	}
}

func utf16(s string) string { return "\xFF\xFE" + strings.Join(strings.Split(s, ""), "\x00") + "\x00" }

func TestParseKeyPEM(t *testing.T) {
	const encrypted = "an encrypted PEM key: take the password off, openssl ec -in FILE -out NEW"
	for name, want := range map[string]string{
		"sec1":            "",
		"sec1-parameters": "",
		"sec1-no-public":  "",
		"sec1-compressed": "",
		"sec1-bare":       "",
		"pkcs8":           "",
		"sec1-encrypted":  encrypted,
		"pkcs8-encrypted": encrypted,
		"explicit-curve":  "a PEM key that spells its curve out: name it, openssl ec -in FILE -param_enc named_curve -out NEW",
		"public":          "the PEM file of a public key: the private key is needed",
		"p256":            "a PEM key of the curve prime256v1 (P-256), which only builds of Mars before June 2017 used, none of them a release; " + expected,
		"p256-parameters": "a PEM key of the curve prime256v1 (P-256), which only builds of Mars before June 2017 used, none of them a release; " + expected,
		"p256-bare":       "the public key in it does not belong to its private key on the curve secp256k1",
		"p384":            "a PEM key of the curve secp384r1 (P-384); " + expected,
		"brainpool":       "a PEM key of another curve; " + expected,
		"ed25519":         "a PEM key of another kind, such as RSA or Ed25519; " + expected,
	} {
		data, err := os.ReadFile("testdata/keys/" + name + ".pem")
		if err != nil {
			t.Fatal(err)
		}
		checkKey(t, name, data, want)
		checkKey(t, name+" with CRLF", bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), want)
		if want == "" {
			body, _, _ := bytes.Cut(data, []byte("\n-----END EC PRIVATE"))
			body, _, _ = bytes.Cut(body, []byte("\n-----END PRIVATE"))
			checkKey(t, name+" cut", body, "a PEM file that holds no whole private key of an elliptic curve; "+expected)
		}
	}
	checkKey(t, "nothing encoded", []byte("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"), "a PEM key that is damaged: what it encodes is no key")
}

// checkKey parses the test key and checks that want is the error, and that nothing of the key is in it.
func checkKey(t *testing.T, name string, data []byte, want string) {
	t.Helper()
	k, err := xlog.ParseKey("name", data)
	got := ""
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("%s: error %q, want %q", name, got, want)
	}
	if want == "" && (!k.Equal(xlogtest.Key()) || k.Name != "name") || want != "" && !k.Equal(xlog.Key{}) {
		t.Errorf("%s: another key", name)
	}
}

// FuzzParseKey makes sure that no file panics and that no error quotes it.
func FuzzParseKey(f *testing.F) {
	files, err := filepath.Glob("testdata/keys/*.pem")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("save private key\nb'" + xlogtest.KeyHex + "'\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := xlog.ParseKey("name", data)
		if err == nil {
			return
		}
		for word := range bytes.FieldsSeq(data) {
			for i := 0; i+12 <= len(word); i++ {
				if part := string(word[i : i+12]); strings.Contains(err.Error(), part) && !strings.Contains(expected, part) {
					t.Errorf("%q of the file is in the error %q", part, err)
				}
			}
		}
	})
}

// What GenerateKey makes, ParseKey reads, and the halves belong together.
func TestGenerateKey(t *testing.T) {
	private, public, err := xlog.GenerateKey(rand.NewChaCha8([32]byte{1}))
	if err != nil || len(private) != 64 || len(public) != 128 {
		t.Fatal(len(private), len(public), err)
	}
	if _, err := xlog.ParseKey("", []byte(private+"\n"+public)); err != nil {
		t.Error(err)
	}
	if again, _, _ := xlog.GenerateKey(rand.NewChaCha8([32]byte{1})); again != private {
		t.Error("the key is not of the random bytes given")
	}
	if other, _, _ := xlog.GenerateKey(rand.NewChaCha8([32]byte{2})); other == private {
		t.Error("other random bytes give the same key")
	}
	if private, public, err := xlog.GenerateKey(strings.NewReader("too few bytes")); err == nil || private != "" || public != "" {
		t.Errorf("without random bytes: %v", err)
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
