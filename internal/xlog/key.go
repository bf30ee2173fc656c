package xlog

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
)

// Key is a private key of a log's owner. Its name is for people; nothing prints
// the key itself, whatever the verb.
type Key struct {
	Name string

	scalar *secp256k1.PrivateKey
}

const keyDigits = 64

// ParseKey reads a private key: 64 hex digits as mars/xlog/crypt/gen_key.py
// prints them, with white space around and a leading 0x allowed. An error says
// what was found and never holds any of the text.
func ParseKey(name string, data []byte) (Key, error) {
	text := bytes.TrimSpace(data)
	if bytes.HasPrefix(text, []byte("0x")) || bytes.HasPrefix(text, []byte("0X")) {
		text = text[2:]
	}
	if len(text) != keyDigits {
		return Key{}, wrongKeyText(text)
	}
	var raw [keyDigits / 2]byte
	if _, err := hex.Decode(raw[:], text); err != nil {
		return Key{}, errors.New("64 characters that are not all hex digits")
	}
	var n secp256k1.ModNScalar
	if past := n.SetBytes(&raw); past != 0 || n.IsZero() {
		return Key{}, errors.New("64 hex digits that are no secp256k1 private key: zero or past the order of the curve")
	}
	return Key{Name: name, scalar: secp256k1.NewPrivateKey(&n)}, nil
}

// wrongKeyText says what text is instead of a key, without quoting it.
func wrongKeyText(text []byte) error {
	switch {
	case len(text) == 0:
		return errors.New("nothing where 64 hex digits are expected")
	case bytes.HasPrefix(text, []byte("-----BEGIN")):
		return errors.New("a PEM file where 64 hex digits are expected")
	case len(text) == 2*keyDigits && isHex(text), len(text) == 2*keyDigits+2 && isHex(text) && text[0] == '0' && text[1] == '4':
		return errors.New("a public key of 128 hex digits: the private key has 64")
	case len(text) == keyDigits/2:
		return errors.New("32 bytes where 64 hex digits are expected: a binary key must be written in hex")
	}
	return fmt.Errorf("%d characters where 64 hex digits are expected", len(text))
}

func isHex(b []byte) bool {
	_, err := hex.Decode(make([]byte, len(b)/2), b)
	return err == nil
}

// String gives the name.
func (k Key) String() string { return "key " + k.Name }

// GoString gives what String gives.
func (k Key) GoString() string { return k.String() }

// Format prints the name for every verb, so that not even %d or %x shows a key.
func (k Key) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, k.String()) }

// MarshalJSON gives an object with the name alone.
func (k Key) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name string `json:"name"`
	}{k.Name})
}
