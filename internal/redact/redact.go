// Package redact replaces personal data in text by stable pseudonyms, and drops secrets.
//
// It reads a document twice. Learn sees all of it and collects the values that a key names (an SN, an openId, a name) or
// that their shape betrays (a phone number, an address). Replace then puts a pseudonym for each, wherever it stands: behind
// its key, or bare in another line. Room ids, dates, versions, appIds and codes stay, for a report is of no use without
// them. docs/redaction.md lists what is found, and what is not.
package redact

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind says what a value is; it is the word before the number of a pseudonym, as in sn#1.
type Kind string

// The kinds of personal data. A secret gets no pseudonym: it is dropped.
const (
	OpenID   Kind = "openid"
	SN       Kind = "sn"
	Device   Kind = "device" // deviceId, IMEI, Android id
	WeChat   Kind = "wechat" // WeChat id, uin
	Phone    Kind = "phone"
	Name     Kind = "name"
	IP       Kind = "ip"
	MAC      Kind = "mac"
	User     Kind = "user"     // of a computer or an account, as in /home/NAME
	Location Kind = "location" // network names and coordinates
	Secret   Kind = "secret"
)

// Kinds are all of them, in the order in which they are counted.
var Kinds = []Kind{OpenID, SN, Device, WeChat, Phone, Name, IP, MAC, User, Location, Secret}

// Dropped stands in the place of a secret.
const Dropped = "<dropped secret>"

// maxValues bounds what a Redactor remembers: far more identifiers than a fleet has devices.
const maxValues = 1 << 18

// ErrTooMany says that a document holds more identifiers than can be told apart.
var ErrTooMany = errors.New("more than " + strconv.Itoa(maxValues) + " different identifiers: redact fewer files at once")

// Count says what was replaced of a kind.
type Count struct {
	Kind   Kind
	Values int // different ones
	Places int
}

// Redactor redacts one document. It is not safe for concurrent use.
type Redactor struct {
	common  words
	numbers *Numbers
	entries map[string]*entry // by canonical value
	rooms   trie              // ids of rooms that do not name themselves
	bare    trie              // values that are replaced wherever they stand
	secret  entry
	counts  map[Kind]*Count
}

// entry is a value and what stands in its place.
type entry struct {
	value string // canonical
	kind  Kind
	as    string // empty until it is needed, for a value that only other lines than those of the document name
	used  bool
	weak  bool // too short or too common to be looked for without its key
}

// New returns a Redactor. A word of common is ordinary: a value made of such words alone is replaced only where its key
// stands, or a person named Page would make every page a person. Nil numbers count from 1.
func New(numbers *Numbers, common ...string) *Redactor {
	if numbers == nil {
		numbers = &Numbers{}
	}
	r := &Redactor{common: words{set: map[string]bool{}}, numbers: numbers, entries: map[string]*entry{}, counts: map[Kind]*Count{}}
	r.secret = entry{kind: Secret, as: Dropped}
	r.common.add(ownWords)
	for _, text := range common {
		r.common.add(text)
	}
	return r
}

// Keep has the id of a room or the number of a media room stay, which may look like something else. It has to be called
// before Learn.
func (r *Redactor) Keep(room string) {
	if !strings.Contains(room, roomMark) && (digits(room) || isRoom(room)) {
		r.rooms.add(fold(room), &entry{})
	}
}

// Learn collects the values that text, a part of the document, betrays. It keeps nothing of text.
func (r *Redactor) Learn(text string) error {
	found, kept := r.find(text)
	for _, k := range kept {
		if k.named {
			r.Keep(text[k.start:k.end])
		}
	}
	for _, s := range without(text, found, kept) {
		raw := text[s.start:s.end]
		e := r.entry(s.kind, raw)
		if !s.loose && !e.weak && (e != &r.secret || !r.ordinary(canonical(raw))) {
			r.remember(e, s.kind, raw)
		}
	}
	return r.full()
}

// LearnPath collects the values that the path of a file betrays: besides those of Learn, the parts that look like serial
// numbers, for a path has no keys.
func (r *Redactor) LearnPath(path string) error {
	if err := r.Learn(path); err != nil {
		return err
	}
	for part := range strings.FieldsFuncSeq(path, func(c rune) bool { return c < utf8.RuneSelf && !isAlnum(byte(c)) && c != '-' }) {
		if looksSerial(part) && r.entries[canonical(part)] == nil {
			r.remember(r.entry(SN, part), SN, part)
		}
	}
	return r.full()
}

// LearnNamed has values replaced too that logs name in lines which are no part of the document. It is to be called behind
// Learn of all parts: so what a part names keeps its pseudonym, whatever other lines name, and a value that the document
// does not hold takes no number. It takes as many as it can look for.
func (r *Redactor) LearnNamed(values []Value) {
	for _, v := range values {
		if len(r.entries) >= maxValues/2 || r.bare.size() > maxValues*16 {
			return
		}
		if r.ordinary(canonical(v.Text)) || r.hasRoom(v.Text) {
			continue
		}
		if e := r.known(v.Kind, v.Text); !e.weak {
			r.remember(e, v.Kind, v.Text)
		}
	}
}

// hasRoom reports whether text holds the id of a room that has to stay.
func (r *Redactor) hasRoom(text string) bool {
	for range r.rooms.matches(text) {
		return true
	}
	return false
}

func (r *Redactor) full() error {
	if len(r.entries) > maxValues || r.bare.size() > maxValues*32 {
		return ErrTooMany
	}
	return nil
}

// entry returns the entry of a value, which it makes if there is none, with its pseudonym.
func (r *Redactor) entry(kind Kind, raw string) *entry {
	e := r.known(kind, raw)
	if e.as == "" {
		e.kind = kindOf(kind, e.value)
		r.number(e)
	}
	return e
}

// known returns the entry of a value, which it makes if there is none. It may have no pseudonym yet.
func (r *Redactor) known(kind Kind, raw string) *entry {
	if kind == Secret {
		return &r.secret
	}
	v := canonical(raw)
	e := r.entries[v]
	if e == nil {
		e = &entry{value: v, kind: kindOf(kind, v), weak: r.ordinary(v)}
		r.entries[v] = e
	}
	return e
}

// number gives an entry its pseudonym if it has none.
func (r *Redactor) number(e *entry) {
	if e.as == "" {
		e.as = r.numbers.pseudonym(e.kind, e.value)
		e.kind = kindOfPseudonym(e.as)
	}
}

// remember has a value replaced wherever it stands, in each way of writing it. Of MODEL@SN, the part behind the @ is a
// value of its own. The first word of a name stands for the name: without quotes, the rest may be a sentence.
func (r *Redactor) remember(e *entry, kind Kind, raw string) {
	v := canonical(raw)
	r.bare.add(fold(raw), e)
	for _, form := range forms(v) {
		r.bare.add(fold(form), e)
	}
	if first, _, ok := strings.Cut(v, " "); ok && kind == Name && !r.ordinary(first) {
		r.bare.add(first, e)
	}
	if _, serial, ok := strings.Cut(v, "@"); ok && kind == SN {
		part := r.known(kind, serial)
		if e.as != "" {
			r.number(part)
		}
		if !part.weak {
			r.bare.add(fold(serial), part)
		}
	}
}

// Replace returns text with pseudonyms in place of the values. It gives what it gets if there is nothing to replace, and
// replacing twice is replacing once.
func (r *Redactor) Replace(text string) string {
	spans := r.spans(text)
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	last := 0
	for _, s := range spans {
		e := s.entry
		if e == nil {
			e = r.entry(s.kind, text[s.start:s.end])
		}
		r.number(e)
		b.WriteString(text[last:s.start])
		quote := quoteFor(text, s.start, s.end)
		b.WriteString(quote + e.as + quote)
		last = s.end
		r.count(e)
	}
	b.WriteString(text[last:])
	return b.String()
}

func (r *Redactor) count(e *entry) {
	c := r.counts[e.kind]
	if c == nil {
		c = &Count{Kind: e.kind}
		r.counts[e.kind] = c
	}
	c.Places++
	if !e.used {
		e.used = true
		c.Values++
	}
}

// Counts says what was replaced so far, in the order of Kinds. Secrets are not told apart, so they count as one value.
func (r *Redactor) Counts() []Count {
	var list []Count
	for _, k := range Kinds {
		if c := r.counts[k]; c != nil {
			list = append(list, *c)
		}
	}
	return list
}

// Survivor tests what is about to be released: it returns the kind of a learnt value that text still holds, "" for none.
// Numbers below ten digits do not count, for sizes and offsets look like them, nor do words of letters alone, which a
// rendering may have of its own.
func (r *Redactor) Survivor(text string) Kind {
	var left []span
	for s := range r.bare.matches(text) {
		if v := text[s.start:s.end]; !isLetters(v) && (!digits(v) || len(v) >= 10) {
			left = append(left, s)
		}
	}
	if len(left) == 0 {
		return ""
	}
	_, kept := r.find(text)
	for _, s := range without(text, left, kept) {
		return s.entry.kind
	}
	return ""
}

// spans returns what Replace replaces, ascending and apart. What overlaps becomes one, for a rest of a value would be
// left of it otherwise.
func (r *Redactor) spans(text string) []span {
	found, kept := r.find(text)
	for s := range r.bare.matches(text) {
		found = append(found, s)
	}
	slices.SortStableFunc(found, func(a, b span) int { return a.start - b.start })
	merged := found[:0]
	for _, s := range found {
		if n := len(merged); n > 0 && s.start < merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, s.end)
			continue
		}
		merged = append(merged, s)
	}
	return without(text, merged, kept)
}
