package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Numbers gives values their pseudonyms: the first of a kind number 1, and so on. One with a key knows its values again
// in another run, though it never stores them: only their HMAC-SHA256, which without the key says nothing, not even of
// the few serial numbers that there are. The zero value numbers one document.
type Numbers struct {
	key  []byte
	last map[Kind]int
	seen map[string]string // from the HMAC of a value to its pseudonym
}

// mapSchema names the version of the file that holds Numbers.
const mapSchema = "xlogscan.redact-map/v1"

type mapFile struct {
	Schema     string            `json:"schema"`
	Key        string            `json:"key"`
	Pseudonyms map[string]string `json:"pseudonyms"`
}

// NewNumbers returns Numbers with a key taken from random.
func NewNumbers(random io.Reader) (*Numbers, error) {
	n := &Numbers{key: make([]byte, sha256.Size), last: map[Kind]int{}, seen: map[string]string{}}
	if _, err := io.ReadFull(random, n.key); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return n, nil
}

// ReadNumbers returns the Numbers that Write wrote.
func ReadNumbers(text []byte) (*Numbers, error) {
	var f mapFile
	if err := json.Unmarshal(text, &f); err != nil || f.Schema != mapSchema {
		return nil, errors.New("it is no file that --redact-map wrote")
	}
	n := &Numbers{last: map[Kind]int{}, seen: map[string]string{}}
	var err error
	if n.key, err = hex.DecodeString(f.Key); err != nil || len(n.key) != sha256.Size {
		return nil, errors.New("its key is damaged")
	}
	for mac, as := range f.Pseudonyms {
		kind := kindOfPseudonym(as)
		number, err := strconv.Atoi(as[min(len(kind)+1, len(as)):])
		if kind == "" || err != nil {
			return nil, fmt.Errorf("%q in it is no pseudonym", as)
		}
		n.seen[mac] = as
		n.last[kind] = max(n.last[kind], number)
	}
	return n, nil
}

// Write writes n to a file that is for its owner alone.
func (n *Numbers) Write(w io.Writer) error {
	text, err := json.MarshalIndent(mapFile{mapSchema, hex.EncodeToString(n.key), n.seen}, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// pseudonym returns that of a value, of the kind it was first seen as.
func (n *Numbers) pseudonym(kind Kind, value string) string {
	mac := ""
	if n.key != nil {
		h := hmac.New(sha256.New, n.key)
		h.Write([]byte(value))
		mac = hex.EncodeToString(h.Sum(nil))
		if as, ok := n.seen[mac]; ok {
			return as
		}
	}
	if n.last == nil {
		n.last = map[Kind]int{}
	}
	n.last[kind]++
	as := string(kind) + "#" + strconv.Itoa(n.last[kind])
	if n.key != nil {
		n.seen[mac] = as
	}
	return as
}
