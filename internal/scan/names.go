package scan

import (
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
)

// names are the values that keys name in the lines of an input.
type names struct {
	Values []redact.Value
	More   bool // than are kept
}

func namesOf(x *extract.Extractor) (n names) {
	n.Values, n.More = x.Named()
	return n
}

// names returns the values that keys name in the lines of any input, each once, and notes for which inputs there were more
// than are kept. It is to be called before the notes become part of a report.
func (f *found) names() []redact.Value {
	var all redact.Collector
	for _, r := range f.readings {
		full := !all.Merge(r.named.Values)
		if r.named.More || full {
			r.note(report.Unremembered)
		}
	}
	list, _ := all.Values()
	return list
}
