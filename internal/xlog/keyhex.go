package xlog

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
)

const (
	keyDigits    = 64
	publicDigits = 128

	// shortDigits is a private key whose first byte is zero as gen_key.py prints
	// it: one key in 256, for OpenSSL drops that byte.
	shortDigits = keyDigits - 2
)

// parseHexKey finds the one private key among the words of a text.
func parseHexKey(data []byte) (*secp256k1.PrivateKey, error) {
	var private, public []byte
	words := keyWords(string(data))
	for _, w := range words {
		raw, err := hex.DecodeString(w)
		if err != nil {
			continue
		}
		switch len(w) {
		case keyDigits, shortDigits:
			raw = append(make([]byte, keyDigits/2-len(raw)), raw...)
			if private != nil && !bytes.Equal(private, raw) {
				return nil, errors.New("more than one private key: each needs a file of its own")
			}
			private = raw
		case publicDigits:
			public = raw
		case publicDigits + 2:
			public = raw[1:]
		}
	}
	if private == nil {
		return nil, wrongKeyText(data, words, public != nil)
	}
	scalar, err := newScalar(private)
	if err == nil && public != nil && !matches(scalar, public) {
		err = errNoPair
	}
	if err != nil {
		return nil, err
	}
	return scalar, nil
}

// keyWords splits a text at everything that stands around digits where people keep
// keys. Python 3 prints a public key as b'X'b'Y'.
func keyWords(text string) []string {
	text = strings.ReplaceAll(text, "'b'", "")
	words := strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || strings.ContainsRune("\"'`:=,;()[]<>{}", r) })
	for i, w := range words {
		if len(w) > 2 && w[0] == '0' && (w[1] == 'x' || w[1] == 'X') {
			words[i] = w[2:]
		}
	}
	return words
}

// wrongKeyText says what a file is instead of a private key, without quoting it.
func wrongKeyText(data []byte, words []string, public bool) error {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return errors.New("nothing in it; " + wanted)
	case public:
		return errors.New("a public key: its private key has 64 hex digits")
	case bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) || r == '\uFFFD' }):
		return fmt.Errorf("%d bytes of binary data; %s; a key in binary form has to be written in hex", len(data), wanted)
	case len(words) != 1:
		return errors.New("text without a private key; " + wanted)
	case len(words[0]) == keyDigits:
		return errors.New("64 characters that are not all hex digits")
	}
	return fmt.Errorf("%d characters; %s", len(words[0]), wanted)
}
