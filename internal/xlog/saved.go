package xlog

import "encoding/json"

// savedAccount is an Account as JSON, for it to be kept and added to later, by the same version of this package.
type savedAccount struct {
	*plainAccount
	Numbers savedNumbering
}

type plainAccount Account

type savedNumbering struct {
	Last                Header
	Client              []byte // of Last
	Known, Sync, Hurt   bool
	At                  int64
	Found, Units, Jumps int
	Jump                Missing
	Behind              []Missing
}

// MarshalJSON writes all of an account, so that the one which UnmarshalJSON reads goes on as this one would.
func (a *Account) MarshalJSON() ([]byte, error) {
	n := &a.numbers
	return json.Marshal(savedAccount{(*plainAccount)(a), savedNumbering{
		n.last, n.last.client[:], n.known, n.sync, n.hurt, n.at, n.found, n.units, n.jumps, n.jump, n.behind,
	}})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (a *Account) UnmarshalJSON(text []byte) error {
	s := savedAccount{plainAccount: (*plainAccount)(a)}
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	n := &s.Numbers
	if len(n.Client) != len(n.Last.client) {
		return errCheckpoint
	}
	n.Last.client = clientKey(n.Client)
	a.numbers = numbering{n.Last, n.Known, n.Sync, n.Hurt, n.At, n.Found, n.Units, n.Jumps, n.Jump, n.Behind}
	return nil
}
