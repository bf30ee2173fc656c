package main

import (
	"context"
	"io"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
)

// redaction is what the flags say about personal data in results.
type redaction struct {
	mode string
	redactMap

	redactor *redact.Redactor // of the document that leaves; nil if nothing was replaced in it
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

// document returns what of a whole document may leave. Calls are chosen from it after that: a pseudonym does not depend
// on the choice, and what one call betrays is found on another. So is what the logs name elsewhere; it stands in no
// document, for a saved one is shared too.
func (r *redaction) document(ctx context.Context, doc *report.Report, named ...redact.Value) (*report.Report, error) {
	switch {
	case doc.Redaction.Mode == "share": // a saved one
		return doc, nil
	case r.none():
		return report.AsItIs(doc), nil
	}
	err := r.update(ctx, func() (err error) {
		r.redactor = newRedactor(r.numbers)
		doc, err = report.Redact(doc, r.redactor, named...)
		return cannotRedact(err)
	})
	return doc, err
}

// release is the door through which a result leaves. It is searched for what must not be in it as it is written to a file,
// which does not appear if there is any. For standard output it is written twice, first to be searched, for it can be larger
// than memory.
func (a *app) release(out *output, red *redaction, write func(io.Writer) error) error {
	if !out.stdout() {
		return out.write(a.stdout, red.tested(write))
	}
	if err := red.test(write); err != nil {
		return err
	}
	return out.write(a.stdout, write)
}

// test searches what write writes for values that were replaced.
func (r *redaction) test(write func(io.Writer) error) error {
	if r.redactor == nil {
		return nil
	}
	return r.tested(write)(io.Discard)
}

// testedFile is what writes a file, tested. Where values cannot be found in it, its texts are searched first.
func (r *redaction) testedFile(f report.File) func(io.Writer) error {
	if f.Text == nil {
		return r.tested(f.Write)
	}
	return func(w io.Writer) error {
		if err := r.test(f.Text); err != nil {
			return err
		}
		return f.Write(w)
	}
}

// tested is write with an error where it writes values that were replaced, for what goes to a place that can be given up.
func (r *redaction) tested(write func(io.Writer) error) func(io.Writer) error {
	if r.redactor == nil {
		return write
	}
	return func(w io.Writer) error {
		test := redact.NewChunks(func(text string) error {
			if kind := r.redactor.Survivor(text); kind != "" {
				return survived(kind)
			}
			return nil
		})
		if err := write(io.MultiWriter(test, w)); err != nil {
			return err
		}
		return test.Close()
	}
}
