package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) rulesTestCommand() *cobra.Command {
	var rules ruleFlags
	c := &cobra.Command{
		Use:   "test [ID...]",
		Short: "Run the samples of rules",
		Long: `test judges the samples of the rules with these ids, or of all rules, and says
which cases come out as something else than they should. A rule that --rules
puts in the place of another is tested by its own samples, or, if it has none,
by those of the other. The exit status is 1 if a case fails.`,
		Example: `  xlogscan rules test
  xlogscan rules test --rules my-rules/ my-rule`,
		ValidArgsFunction: completeRules,
		RunE: func(_ *cobra.Command, args []string) error {
			catalogue, list, samples, err := rules.sampled(args, a.params)
			if err != nil {
				return err
			}
			var t sampleTest
			for _, s := range list {
				t.run(catalogue, s, samplesOf(samples, s.ID))
			}
			err = (&output{}).write(a.stdout, func(w io.Writer) error {
				_, err := io.WriteString(&visible{w: w}, t.text())
				return err
			})
			if err == nil && len(t.failures) > 0 {
				return exitWith(statusFinding)
			}
			return err
		},
	}
	c.Flags().SortFlags = false
	rules.flags(c.Flags())
	return c
}

// sampleTest is the outcome of a run of samples.
type sampleTest struct {
	rules, cases       int
	failures, untested []string
}

func (t *sampleTest) run(rules *signature.Catalogue, s *signature.Signature, samples []signature.Sample) {
	t.rules++
	if len(samples) == 0 {
		t.untested = append(t.untested, s.ID)
	}
	for _, sample := range samples {
		for _, r := range rules.Test(sample) {
			t.cases++
			switch {
			case r.Err != nil:
				t.failures = append(t.failures, r.Err.Error())
			case r.Got != r.Want:
				t.failures = append(t.failures, fmt.Sprintf("%s/%s: got %s, want %s", s.ID, r.Case, r.Got, r.Want))
			}
		}
	}
}

func (t *sampleTest) text() string {
	lines := slices.Clone(t.failures)
	if len(t.untested) > 0 {
		lines = append(lines, "without samples: "+strings.Join(t.untested, ", "))
	}
	lines = append(lines, fmt.Sprintf("%s of %s: %d passed, %d failed", counted(t.cases, "case"), counted(t.rules, "rule"), t.cases-len(t.failures), len(t.failures)))
	return strings.Join(lines, "\n") + "\n"
}
