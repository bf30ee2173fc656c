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

// MaxKeyFile is how many bytes of data [ParseKey] takes: a PEM file of the longest
// key there is, with room to spare.
const MaxKeyFile = 16 << 10

// ParseKey reads a private key from the contents of its file, which holds one:
//
//   - 64 hex digits, in any case, with or without 0x, white space or quotes around
//     them. Other words may stand beside them: what mars/xlog/crypt/gen_key.py
//     prints is read as it is.
//   - PEM, as OpenSSL writes it: EC PRIVATE KEY or PRIVATE KEY.
//
// Where a public key stands beside it, the two have to be a pair. An error says
// what was found, in words that follow "key file NAME: ", and never holds any of
// the data.
func ParseKey(name string, data []byte) (Key, error) {
	if len(data) > MaxKeyFile {
		return Key{}, errors.New("longer than any key; " + wanted)
	}
	data = toASCII(data)
	parse := parseHexKey
	if bytes.Contains(data, []byte("-----BEGIN ")) {
		parse = parsePEMKey
	}
	scalar, err := parse(data)
	if err != nil {
		return Key{}, err
	}
	return Key{Name: name, scalar: scalar}, nil
}

const wanted = "expected are 64 hex digits or a PEM key of the curve secp256k1"

// toASCII takes byte order marks and the zeros of UTF-16 away, which a shell of
// Windows writes.
func toASCII(data []byte) []byte {
	if rest, ok := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF")); ok {
		return rest
	}
	if rest, ok := bytes.CutPrefix(data, []byte("\xFF\xFE")); ok {
		return bytes.ReplaceAll(rest, []byte{0}, nil)
	}
	return data
}

// newScalar takes up to 32 bytes, big-endian.
func newScalar(b []byte) (*secp256k1.PrivateKey, error) {
	var n secp256k1.ModNScalar
	if len(b) > secp256k1.PrivKeyBytesLen || n.SetByteSlice(b) || n.IsZero() {
		return nil, errors.New("no private key of the curve secp256k1: zero or past the order of the curve")
	}
	return secp256k1.NewPrivateKey(&n), nil
}

// matches reports whether public, X and Y, belongs to scalar.
func matches(scalar *secp256k1.PrivateKey, public []byte) bool {
	return bytes.Equal(scalar.PubKey().SerializeUncompressed()[1:], public)
}

var errNoPair = errors.New("the public key in it does not belong to its private key on the curve secp256k1")

// Equal reports whether two keys are the same, whatever their names.
func (k Key) Equal(other Key) bool {
	if k.scalar == nil || other.scalar == nil {
		return k.scalar == other.scalar
	}
	return k.scalar.Key.Equals(&other.scalar.Key)
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

// Public gives the public key as [GenerateKey] does, "" for the zero Key.
func (k Key) Public() string {
	if k.scalar == nil {
		return ""
	}
	return publicHex(k.scalar)
}

func publicHex(k *secp256k1.PrivateKey) string {
	return hex.EncodeToString(k.PubKey().SerializeUncompressed()[1:])
}
