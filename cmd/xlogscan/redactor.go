package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// reportWords are the words with a fixed meaning in reports: a person may be called so, but nobody is known by them.
const reportWords = `complete partial empty xlog logcat linux sdk text device phone cloud caller listener
to wechat wmpf plugin setup initiate alert join wait answer listener-wait call end any completed no-answer cancelled
rejected busy join-failed aborted initiate-failed unknown room-id media-room-id time one-sided seen inferred full partial
none sure within-offset critical error warning info confirmed lead video voice UNREDACTED share xlogscan devel`

// newRedactor makes a Redactor that leaves alone what the rules and reports say themselves.
func newRedactor(numbers *redact.Numbers) *redact.Redactor {
	common := []string{reportWords, report.Vocabulary()}
	for _, n := range extract.Names() {
		common = append(common, string(n))
	}
	for _, s := range signature.Default().Signatures {
		remedy := s.Remedy.Text()
		common = append(common, s.ID, s.Title.En, s.Title.Zh, s.Cause.En, s.Cause.Zh, remedy.En, remedy.Zh, s.Say.En, s.Say.Zh, s.URL)
	}
	return redact.New(numbers, common...)
}

// survived is the error of a self-test: it names the kind and never the value.
func survived(kind redact.Kind) error {
	return &exit{statusInternal, fmt.Errorf("redaction left a value of kind %s, so nothing was written", kind), reportBug}
}

// cannotRedact sorts the errors of a Redactor.
func cannotRedact(err error) error {
	if errors.Is(err, redact.ErrTooMany) {
		return usage("", "%w", err)
	}
	return err
}

// replaced says what was replaced, as in "3 sn, 1 phone".
func replaced(counts []redact.Count) string {
	var parts []string
	for _, c := range counts {
		parts = append(parts, fmt.Sprintf("%d %s", c.Places, c.Kind))
	}
	if len(parts) == 0 {
		return "nothing to redact"
	}
	return "redacted " + strings.Join(parts, ", ")
}
