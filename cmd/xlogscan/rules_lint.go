package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) rulesLintCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "lint DIR...",
		Short: "Check folders of rules",
		Long: `lint checks the rule files in each folder and below: keys, events, fields,
conditions and durations, that texts are there in both languages, that each rule
stands alone in the file named for its id, and that its samples have a case in
which it fires, one in which it does not, and, if it needs the logs of both
parties, one that lacks a log. Errors go to standard output, one a line, with
file, line and column; with any, the exit status is 2. To run the samples, use
rules test.`,
		Example: `  xlogscan rules lint my-rules/`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(c.CommandPath()+" --help shows examples", "lint needs a folder")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			var errs []error
			rules, cases := 0, 0
			for _, dir := range args {
				if err := isFolder(dir); err != nil {
					return err
				}
				l := lint(os.DirFS(dir))
				for _, err := range l.errs {
					errs = append(errs, inFolder(dir, err))
				}
				rules, cases = rules+l.rules, cases+l.cases
			}
			err := (&output{}).write(a.stdout, func(w io.Writer) error {
				for _, err := range errs {
					if _, err := fmt.Fprintln(&visible{w: w}, err); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			checked := counted(rules, "rule file") + " and " + counted(cases, "case") + " of samples"
			if len(errs) > 0 {
				return usage("", "%s in %s", counted(len(errs), "error"), checked)
			}
			a.notef("%s checked, no error", checked)
			return nil
		},
	}
}

// linted is what is wrong with a folder, and how much was looked at.
type linted struct {
	rules, cases int
	errs         []error // that begin with a file in the folder
}

func (l *linted) wrong(file string, n *yaml.Node, format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("%s:%d:%d: %w", file, n.Line, n.Column, fmt.Errorf(format, args...)))
}

// lint checks a folder of rules for what loading asks, and then for what others need to maintain them.
func lint(fsys fs.FS) linted {
	l := linted{errs: signature.Lint(fsys)}
	if len(l.errs) == 0 {
		if _, err := signature.Default().With(fsys, "user"); err != nil {
			l.errs = append(l.errs, err)
		}
	}
	samples, err := signature.Samples(fsys)
	if err != nil {
		l.errs = append(l.errs, err)
	}
	ids := map[string]bool{} // of rules
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		l.rules++
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		var rule struct {
			ID        yaml.Node `yaml:"id"`
			NeedsBoth bool      `yaml:"needs_both"`
		}
		_ = yaml.Unmarshal(data, &rule) // loading complains about what is no YAML
		id := rule.ID.Value
		if id == "" {
			return nil
		}
		ids[id] = true
		if path.Base(name) != id+".yaml" {
			l.wrong(name, &rule.ID, "the file of %s has to be called %s.yaml", id, id)
		}
		for _, what := range lacking(samplesOf(samples, id), rule.NeedsBoth) {
			l.wrong(name, &rule.ID, "%s has no sample in which it %s", id, what)
		}
		return nil
	})
	if err != nil {
		l.errs = append(l.errs, err)
	}
	for _, s := range samples {
		l.cases += len(s.Cases)
		l.errs = append(l.errs, sampleErrors(s, ids[s.ID])...)
	}
	slices.SortStableFunc(l.errs, func(a, b error) int { return strings.Compare(fileOf(a), fileOf(b)) })
	return l
}

// fileOf is the file that an error begins with.
func fileOf(err error) string {
	file, _, _ := strings.Cut(err.Error(), ":")
	return file
}

// lacking says what the samples of a rule do not show.
func lacking(samples []signature.Sample, needsBoth bool) []string {
	shows := map[string]bool{}
	for _, s := range samples {
		for _, c := range s.Cases {
			shows[c.Kind] = true
		}
	}
	var lacks []string
	if !shows["hit"] {
		lacks = append(lacks, "fires (hit)")
	}
	if !shows["miss"] {
		lacks = append(lacks, "does not fire (miss)")
	}
	if needsBoth && !shows["unknown"] && !shows["lead"] {
		lacks = append(lacks, "lacks a party's log (unknown or lead), which needs_both asks for")
	}
	return lacks
}

// sampleErrors says what is wrong with the form of a sample.
func sampleErrors(s signature.Sample, hasRule bool) []error {
	var errs []error
	if !hasRule {
		errs = append(errs, fmt.Errorf("%s:1: there is no rule %s", s.File, s.ID))
	}
	for _, c := range s.Cases {
		for _, log := range c.Logs {
			if _, err := log.Expand(); err != nil {
				errs = append(errs, fmt.Errorf("%s:%w", s.File, err))
			}
		}
	}
	return errs
}
