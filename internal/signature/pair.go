package signature

import (
	"fmt"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// ofPair reports whether the signature is about the clocks of two devices, whatever their calls.
func (s *Signature) ofPair() bool { return s.match.kind == "clock" }

// pair is two devices, the one of the lesser name first.
type pair struct{ a, b *correlate.Device }

// pairs takes the findings about two clocks off the calls, and tells each once for the two devices: that it shows on
// each of their calls says no more of the second call than of the first.
func pairs(calls []*correlate.Call, judged []Judgement) []Finding {
	type key struct {
		pair
		signature string
		lead      bool
	}
	var out []Finding
	at := map[key]int{}
	apart := map[key][]time.Duration{} // b's clock minus a's, by call
	var keys []key
	for i, c := range calls {
		j := &judged[i]
		for _, f := range j.Findings {
			if !f.Signature.ofPair() {
				continue
			}
			p, offset := pair{c.Caller.Device, c.Listener.Device}, c.Clock.Offset()
			if p.b.Name < p.a.Name {
				p, offset = pair{p.b, p.a}, -offset
			}
			k := key{p, f.Signature.ID, f.Lead}
			n, ok := at[k]
			if !ok {
				n = len(out)
				at[k], keys = n, append(keys, k)
				f.Evidence = slices.Clone(f.Evidence)
				out = append(out, f)
			} else if len(out[n].Evidence) < maxSeries {
				out[n].Evidence = append(out[n].Evidence, f.Evidence...)
			}
			out[n].Calls = append(out[n].Calls, c)
			apart[k] = append(apart[k], offset)
		}
		j.Findings = slices.DeleteFunc(j.Findings, func(f Finding) bool { return f.Signature.ofPair() })
	}
	for _, k := range keys {
		out[at[k]].Summary = k.says(apart[k])
	}
	return out
}

// says words by how much b's clock is ahead of a's, on one call after the other.
func (p pair) says(apart []time.Duration) Text {
	low, high := slices.Min(apart), slices.Max(apart)
	ahead, behind := p.b, p.a
	if high < 0 {
		ahead, behind = p.a, p.b
		low, high = -high, -low
	}
	by := inSeconds(low)
	if high-low >= time.Second {
		by += " – " + inSeconds(high)
	}
	return Text{
		fmt.Sprintf("The clock of %s is about %s ahead of that of %s", ahead.Name, by, behind.Name),
		fmt.Sprintf("%s 的时钟比 %s 快约 %s", ahead.Name, behind.Name, by),
	}
}
