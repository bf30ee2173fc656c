package xlog

import (
	"encoding/hex"
	"fmt"
	"io"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
)

// GenerateKey makes a key pair as mars/xlog/crypt/gen_key.py does, of which both
// halves are hex digits. The 64 of private are for a file that nobody else can read, from
// where [ParseKey] takes them; the 128 of public are for the app, as the public
// key of its log configuration. random has to be a source fit for keys; an error
// is one of reading it.
func GenerateKey(random io.Reader) (private, public string, err error) {
	k, err := secp256k1.GeneratePrivateKeyFromRand(random)
	if err != nil {
		return "", "", fmt.Errorf("random bytes for a key: %w", err)
	}
	return hex.EncodeToString(k.Serialize()), publicHex(k), nil
}
