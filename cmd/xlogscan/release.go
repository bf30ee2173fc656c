package main

import (
	"io"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
)

// redaction is what the flags say about personal data in results.
type redaction struct {
	mode string
	redactMap
}

func (r *redaction) flags(f *pflag.FlagSet) {
	choiceVar(f, &r.mode, "redact", "share", []string{"share", "none"}, "`MODE` of personal data: share puts pseudonyms in its place, none leaves it and stamps the result UNREDACTED")
	r.redactMap.flags(f)
}

// load finds out before the work whether the pseudonyms can be kept.
func (r *redaction) load() error {
	if r.mode == "none" && r.path != "" {
		return usage("", "--redact-map is of no use with --redact none")
	}
	return r.redactMap.load()
}

// none reports whether personal data stays.
func (r *redaction) none() bool { return r.mode == "none" }

// release is the door through which a report leaves: it is rendered from a redacted copy, and written if no value that
// was replaced is left in it.
func (a *app) release(out *output, red *redaction, r *report.Report, render func(io.Writer, *report.Report) error) error {
	if red.none() {
		return out.write(a.stdout, func(w io.Writer) error { return render(w, report.AsItIs(r)) })
	}
	redactor := redactor(red.numbers)
	doc, err := report.Redact(r, redactor)
	if err != nil {
		return cannotRedact(err)
	}
	return a.releaseText(out, red, redactor, func(w io.Writer) error { return render(w, doc) })
}

// releaseText writes what write writes twice: first to be searched for what must not be in it. A result can be larger
// than memory.
func (a *app) releaseText(out *output, red *redaction, redactor *redact.Redactor, write func(io.Writer) error) error {
	test := redact.NewChunks(func(text string) error {
		if kind := redactor.Survivor(text); kind != "" {
			return survived(kind)
		}
		return nil
	})
	if err := write(test); err != nil {
		return err
	}
	if err := test.Close(); err != nil {
		return err
	}
	if err := red.save(); err != nil {
		return err
	}
	return out.write(a.stdout, write)
}
