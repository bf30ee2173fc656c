package fleet

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
)

// Set gathers the calls of results, each once, in some hundred bytes a call. The zero value is not ready; [NewSet] makes one.
type Set struct {
	results, repeats int

	index   map[callKey]int    // into records
	placed  map[string]callKey // of the calls of the result being read that have no room, by their ids
	records []record

	values     symbols // "wmpf 2.0.0", "day 2026-11-20"
	profiles   symbols // lists of values of one call
	signatures symbols
	severities []uint8 // of signatures, the worst that was seen
	verdicts   symbols // what the signatures come to on one call
}

// record is what is kept of a call.
type record struct {
	result   int // that it is from
	profile  int
	verdicts int
	cause    int    // the signature of its first finding that is confirmed, or -1
	room     string // of a failed call
	outcome  uint8
	stage    uint8
	both     bool
	at       int64 // when it began, in seconds since 1970; 0 is not known
}

// callKey tells calls apart.
type callKey [16]byte

// keyOf is by the id of a call. One without a room is called by the place of its first event, which two devices may share
// that name their files alike; they do not share the time too.
func keyOf(c *report.Call) callKey {
	id := "room\x00" + c.ID
	if c.RoomID == nil {
		id = "place\x00" + c.ID
		if c.Start != nil {
			id += "\x00" + c.Start.UTC().String()
		}
	}
	sum := sha256.Sum256([]byte(id))
	return callKey(sum[:16])
}

// NewSet makes a set without calls.
func NewSet() *Set { return &Set{index: map[callKey]int{}} }

// Read adds the calls of a result, in the place of those with the same id of earlier ones. An error is one sentence
// without the name of the result; the set is of no use then.
func (s *Set) Read(r io.Reader) error {
	s.results++
	s.placed = map[string]callKey{}
	shown := map[string][]int{} // signatures of findings about two devices, by the calls that show them
	for it, err := range report.Items(r) {
		switch {
		case err != nil:
			return err
		case it.Call != nil:
			s.add(it.Call)
		default:
			s.show(it.Finding, shown)
		}
	}
	for id, list := range shown { // the order does not matter: each changes one call
		key, ok := s.placed[id]
		if !ok {
			key = keyOf(&report.Call{ID: id, RoomID: &id})
		}
		if i, ok := s.index[key]; ok && s.records[i].result == s.results {
			rec := &s.records[i]
			v := []byte(s.verdicts.names[rec.verdicts])
			for _, sig := range list {
				v = setVerdict(v, sig, fired)
			}
			rec.verdicts = s.verdicts.id(string(v))
		}
	}
	return nil
}

// show takes note of a finding about two devices for the calls that show it.
func (s *Set) show(f *report.Finding, shown map[string][]int) {
	if f.Certainty != confirmed || len(f.Calls) == 0 {
		return
	}
	if sig, ok := s.signature(f.Signature, f.Severity); ok {
		for _, id := range f.Calls {
			shown[id] = append(shown[id], sig)
		}
	}
}

// confirmed is the certainty of a finding that is no lead.
const confirmed = "confirmed"

func (s *Set) add(c *report.Call) {
	rec := record{
		result: s.results, profile: s.profile(c), cause: -1,
		outcome: known(outcomes, c.Outcome), stage: known(append(stages[:len(stages):len(stages)], ""), c.Stage), both: bothLogs(c),
	}
	if c.Start != nil {
		rec.at = c.Start.Unix()
	}
	var v []byte
	for _, id := range c.Checked.Clear {
		if sig, ok := s.signature(id, ""); ok {
			v = setVerdict(v, sig, unfired)
		}
	}
	for i := range c.Findings {
		f := &c.Findings[i]
		if f.Certainty != confirmed {
			continue
		}
		if sig, ok := s.signature(f.Signature, f.Severity); ok {
			v = setVerdict(v, sig, fired)
			if rec.cause < 0 && i == 0 {
				rec.cause = sig
			}
		}
	}
	rec.verdicts = s.verdicts.id(string(v))
	if c.RoomID != nil && isRoom(*c.RoomID) && rec.failed() && rec.cause >= 0 {
		rec.room = strings.Clone(*c.RoomID)
	}
	key := keyOf(c)
	if c.RoomID == nil {
		s.placed[c.ID] = key
	}
	if i, ok := s.index[key]; ok {
		s.repeats++
		s.records[i] = rec
		return
	}
	s.index[key] = len(s.records)
	s.records = append(s.records, rec)
}

func (r *record) evaluable() bool { return int(r.outcome) < len(outcomes)-1 }

func (r *record) failed() bool { return r.evaluable() && r.outcome > 0 } // completed is the first

func bothLogs(c *report.Call) bool {
	seen := map[string]bool{}
	for _, p := range c.Parties {
		if p.Coverage != "none" && len(p.Inputs) > 0 {
			seen[p.Role] = true
		}
	}
	return seen["caller"] && seen["listener"]
}

// Dimensions are the facts by which calls are told apart, in the order of the report.
var Dimensions = []string{"wmpf", "plugin", "linuxSdk", "wechat", "model", day}

const day = "day"

// profile gives the list of the values of a call.
func (s *Set) profile(c *report.Call) int {
	var list strings.Builder
	have := map[int]bool{}
	add := func(by, value string) {
		if id := s.values.id(by + " " + value); !have[id] {
			have[id] = true
			fmt.Fprintf(&list, "%d ", id)
		}
	}
	for i := range c.Parties {
		v := &c.Parties[i].Versions
		for n, version := range []*string{v.WMPF, v.Plugin, v.LinuxSDK, v.WeChat} {
			if version != nil && isVersion(*version) {
				add(Dimensions[n], *version)
			}
		}
		if v.Model != nil && isModel(*v.Model) {
			add("model", *v.Model)
		}
	}
	at := c.Start
	if at == nil {
		at = c.End
	}
	if at != nil && at.Year() >= 1 && at.Year() <= 9999 {
		add(day, at.Format("2006-01-02")) // in the zone of the log, which the time has
	}
	return s.profiles.id(list.String())
}

// maxSignatures bounds how many signatures a set tells apart.
const maxSignatures = 4096

// signature gives the number of a signature, and notes its severity.
func (s *Set) signature(id, severity string) (int, bool) {
	n, have := s.signatures.ids[id]
	if !have {
		if !isSignature(id) || len(s.signatures.names) == maxSignatures {
			return 0, false
		}
		n = s.signatures.id(id)
		s.severities = append(s.severities, uint8(len(severityWords)-1))
	}
	s.severities[n] = min(s.severities[n], known(severityWords, severity))
	return n, true
}

// symbols numbers texts.
type symbols struct {
	ids   map[string]int
	names []string
}

func (s *symbols) id(name string) int {
	if id, ok := s.ids[name]; ok {
		return id
	}
	if s.ids == nil {
		s.ids = map[string]int{}
	}
	name = strings.Clone(name)
	s.ids[name] = len(s.names)
	s.names = append(s.names, name)
	return len(s.names) - 1
}

// verdict is what a signature comes to on a call.
type verdict byte

// The zero value is a signature that could not be judged, was a lead, or that another finding superseded.
const (
	unfired verdict = 1
	fired   verdict = 2
)

// setVerdict sets the two bits of a signature.
func setVerdict(v []byte, sig int, to verdict) []byte {
	for len(v) <= sig/4 {
		v = append(v, 0)
	}
	shift := 2 * (sig % 4)
	v[sig/4] = v[sig/4]&^(3<<shift) | byte(to)<<shift
	return v
}

// eachVerdict calls f with the signatures that were judged.
func eachVerdict(v string, f func(sig int, is verdict)) {
	for i := range len(v) {
		for sig, bits := 4*i, v[i]; bits != 0; sig, bits = sig+1, bits>>2 {
			if is := verdict(bits & 3); is != 0 {
				f(sig, is)
			}
		}
	}
}
