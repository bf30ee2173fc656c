package xlog

import "github.com/decred/dcrd/dcrec/secp256k1/v4"

// CountAgreements counts the key agreements (ECDH) of a reader from now on.
func CountAgreements(r *Reader) *int {
	n, agree := new(int), r.dec.keys.agree
	r.dec.keys.agree = func(private *secp256k1.PrivateKey, public *secp256k1.PublicKey) []byte {
		*n++
		return agree(private, public)
	}
	return n
}

// Work gives what the reader has spent on the bytes it passed, in bytes looked at,
// apart from what became text.
func (r *Reader) Work() int64 { return r.spent + r.judged }
