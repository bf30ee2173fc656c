package xlog

import (
	"github.com/decred/dcrd/dcrec/secp256k1/v4"

	"github.com/xlogscan/xlogscan/internal/xlog/tea"
)

// clientKey is the public point in a block's header: X and Y, big-endian.
type clientKey [64]byte

// A session is what is known about one client key. The appender makes a client
// key each time it starts, so all blocks of a session share one, and one ECDH
// for each private key serves them all.
type session struct {
	point   *secp256k1.PublicKey // nil: not a point of the curve
	secrets []tea.Key            // of the keys tried so far, in the order of the keyring
	chosen  int                  // index of the key that fits, -1 while none is known

	client       clientKey
	since, known int64 // where in the container it was met, and where the key was proven
}

// maxSessions bounds what a hostile file can make a keyring hold.
const maxSessions = 256

type keyring struct {
	keys     []Key
	sessions map[clientKey]*session
	last     *session // of the block opened last
	at       int64    // in the container
	cleared  int64    // where sessions were forgotten last
	agree    func(*secp256k1.PrivateKey, *secp256k1.PublicKey) []byte
}

func newKeyring(keys []Key) keyring {
	k := keyring{sessions: make(map[clientKey]*session), agree: secp256k1.GenerateSharedSecret}
	for _, key := range keys {
		if key.scalar != nil {
			k.keys = append(k.keys, key)
		}
	}
	return k
}

// session finds what is known about the client key in a full header.
func (k *keyring) session(header []byte) *session {
	client := clientKey(header[fullHeader-len(clientKey{}) : fullHeader])
	s := k.sessions[client]
	if s == nil {
		if len(k.sessions) == maxSessions {
			clear(k.sessions)
			k.cleared = k.at
		}
		s = &session{point: parsePoint(&client), chosen: -1, client: client, since: k.at}
		k.sessions[client] = s
	}
	return s
}

// isPoint reports whether the key field of a full header is a point of the curve,
// which random bytes are not.
func (k *keyring) isPoint(header []byte) bool {
	client := clientKey(header[fullHeader-len(clientKey{}) : fullHeader])
	if s := k.sessions[client]; s != nil {
		return s.point != nil
	}
	return parsePoint(&client) != nil
}

// secret gives the TEA key that private key i shares with the session.
func (k *keyring) secret(s *session, i int) *tea.Key {
	for len(s.secrets) <= i {
		shared := k.agree(k.keys[len(s.secrets)].scalar, s.point)
		s.secrets = append(s.secrets, tea.NewKey(shared))
	}
	return &s.secrets[i]
}

// open finds the key of a block by trying. A key that is proven is remembered for
// the session; one that is only likely opens this block alone. A client key that
// is no curve point is taken for a damaged copy of the key of the block opened
// before, if that one fits.
func (k *keyring) open(header []byte, try func(*tea.Key) proof) (key *tea.Key, name string, why Reason) {
	if len(k.keys) == 0 {
		return nil, "", NoKey
	}
	s := k.session(header)
	if s.point == nil {
		if k.last == nil || try(k.secret(k.last, k.last.chosen)) == unproven {
			return nil, "", BadClientKey
		}
		s = k.last
	}
	chosen := s.chosen
	for i := 0; s.chosen < 0 && i < len(k.keys); i++ {
		switch try(k.secret(s, i)) {
		case proven:
			chosen, s.chosen, s.known = i, i, k.at
		case likely:
			if chosen < 0 {
				chosen = i
			}
		}
	}
	if chosen < 0 {
		return nil, "", WrongKey
	}
	if s.chosen >= 0 {
		k.last = s
	}
	return k.secret(s, chosen), k.keys[chosen].Name, 0
}

// known gives the session of a full header if a block before has proven its key,
// else nil.
func (k *keyring) known(header []byte) *session {
	s := k.sessions[clientKey(header[fullHeader-len(clientKey{}):fullHeader])]
	if s == nil || s.chosen < 0 {
		return nil
	}
	return s
}

// uncompressed marks a point written as X and Y (SEC 1, 2.3.3).
const uncompressed = 0x04

// parsePoint gives nil if client is not a point of the curve.
func parsePoint(client *clientKey) *secp256k1.PublicKey {
	p, err := secp256k1.ParsePubKey(append([]byte{uncompressed}, client[:]...))
	if err != nil {
		return nil
	}
	return p
}
