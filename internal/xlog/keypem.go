package xlog

import (
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
)

// The standard library reads such keys too, but does not know the curve.

// sec1Key is the ECPrivateKey of RFC 5915.
type sec1Key struct {
	Version int
	Private []byte
	Curve   asn1.RawValue  `asn1:"optional,explicit,tag:0"`
	Public  asn1.BitString `asn1:"optional,explicit,tag:1"`
}

// pkcs8Key is the PrivateKeyInfo of RFC 5208.
type pkcs8Key struct {
	Version   int
	Algorithm struct {
		OID   asn1.ObjectIdentifier
		Curve asn1.RawValue `asn1:"optional"`
	}
	Private []byte
}

var (
	ecPublicKey = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	curveK1     = asn1.ObjectIdentifier{1, 3, 132, 0, 10}
)

// otherCurves are those that people have keys of by mistake.
var otherCurves = []struct {
	oid  asn1.ObjectIdentifier
	name string
}{
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}, "prime256v1 (P-256), which only builds of Mars before June 2017 used, none of them a release"},
	{asn1.ObjectIdentifier{1, 3, 132, 0, 33}, "secp224r1 (P-224)"},
	{asn1.ObjectIdentifier{1, 3, 132, 0, 34}, "secp384r1 (P-384)"},
	{asn1.ObjectIdentifier{1, 3, 132, 0, 35}, "secp521r1 (P-521)"},
}

var errEncryptedPEM = errors.New("an encrypted PEM key: take the password off, openssl ec -in FILE -out NEW")

// parsePEMKey reads the first private key of a PEM file.
func parsePEMKey(data []byte) (*secp256k1.PrivateKey, error) {
	var curve []byte // DER of the EC PARAMETERS in front of a key
	for {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			return nil, errors.New("a PEM file that holds no whole private key of an elliptic curve; " + wanted)
		}
		switch block.Type {
		case "EC PARAMETERS":
			curve = block.Bytes
		case "EC PRIVATE KEY":
			if block.Headers["DEK-Info"] != "" {
				return nil, errEncryptedPEM
			}
			return parseSEC1(block.Bytes, curve)
		case "PRIVATE KEY":
			return parsePKCS8(block.Bytes)
		case "ENCRYPTED PRIVATE KEY":
			return nil, errEncryptedPEM
		case "PUBLIC KEY":
			return nil, errors.New("the PEM file of a public key: the private key is needed")
		}
	}
}

var errBadDER = errors.New("a PEM key that is damaged: what it encodes is no key")

// parseSEC1 reads a key whose curve may stand outside of it, as DER; "" is none.
func parseSEC1(der, curve []byte) (*secp256k1.PrivateKey, error) {
	var k sec1Key
	if rest, err := asn1.Unmarshal(der, &k); err != nil || len(rest) > 0 || k.Version != 1 {
		return nil, errBadDER
	}
	for _, c := range [][]byte{curve, k.Curve.Bytes} {
		if len(c) > 0 {
			if err := checkCurve(c); err != nil {
				return nil, err
			}
		}
	}
	scalar, err := newScalar(k.Private)
	if err != nil {
		return nil, err
	}
	if p := k.Public.Bytes; len(p) > 0 {
		point, err := secp256k1.ParsePubKey(p)
		if err != nil || !point.IsEqual(scalar.PubKey()) {
			return nil, errNoPair
		}
	}
	return scalar, nil
}

func parsePKCS8(der []byte) (*secp256k1.PrivateKey, error) {
	var k pkcs8Key
	if rest, err := asn1.Unmarshal(der, &k); err != nil || len(rest) > 0 {
		return nil, errBadDER
	}
	if !k.Algorithm.OID.Equal(ecPublicKey) {
		return nil, errors.New("a PEM key of another kind, such as RSA or Ed25519; " + wanted)
	}
	if len(k.Algorithm.Curve.FullBytes) == 0 {
		return nil, errBadDER
	}
	return parseSEC1(k.Private, k.Algorithm.Curve.FullBytes)
}

// checkCurve refuses all curves but secp256k1.
func checkCurve(der []byte) error {
	var oid asn1.ObjectIdentifier
	if _, err := asn1.Unmarshal(der, &oid); err != nil {
		return errors.New("a PEM key that spells its curve out: name it, openssl ec -in FILE -param_enc named_curve -out NEW")
	}
	if oid.Equal(curveK1) {
		return nil
	}
	for _, c := range otherCurves {
		if oid.Equal(c.oid) {
			return fmt.Errorf("a PEM key of the curve %s; %s", c.name, wanted)
		}
	}
	return errors.New("a PEM key of another curve; " + wanted)
}
