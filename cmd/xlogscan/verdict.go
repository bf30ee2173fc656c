package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// tolerance is how many inputs may be bad: N of them, or N percent.
type tolerance struct {
	n       float64
	percent bool
}

func (t *tolerance) String() string {
	s := strconv.FormatFloat(t.n, 'g', -1, 64)
	if t.percent {
		s += "%"
	}
	return s
}

func (t *tolerance) Type() string { return "N" }

func (t *tolerance) Set(s string) error {
	number, percent := strings.CutSuffix(s, "%")
	if percent {
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || !(n >= 0 && n <= 100) {
			return errors.New("must be a number of inputs or a percentage up to 100%")
		}
		*t = tolerance{n, true}
		return nil
	}
	n, err := strconv.ParseUint(number, 10, 31)
	if err != nil {
		return errors.New("must be a number of inputs or a percentage up to 100%")
	}
	*t = tolerance{float64(n), false}
	return nil
}

// allows reports whether bad of all inputs is within the tolerance.
func (t *tolerance) allows(bad, all int) bool {
	if t.percent {
		return float64(bad)*100 <= t.n*float64(all)
	}
	return float64(bad) <= t.n
}

// partial gives statusPartial if more inputs had fatal problems than tolerated.
func partial(res *scan.Result, t *tolerance) int {
	if bad, all := failed(res); !t.allows(bad, all) {
		return statusPartial
	}
	return statusDone
}

// failed counts the inputs with fatal problems, and all.
func failed(res *scan.Result) (failures, inputs int) {
	all, bad := map[string]bool{}, map[string]bool{}
	for _, in := range res.Report.Inputs {
		all[in.Name] = true
	}
	for _, p := range res.Problems {
		all[p.Input] = true
		if p.Fatal {
			bad[p.Input] = true
		}
	}
	return len(bad), len(all)
}

// failing counts the confirmed findings of severity failOn or above.
func failing(r *report.Report, failOn string) int {
	if failOn == "" {
		return 0
	}
	n, worst := 0, signature.Severity(failOn)
	count := func(list []report.Finding) {
		for _, f := range list {
			if f.Certainty == "confirmed" && signature.Severity(f.Severity).Rank() <= worst.Rank() {
				n++
			}
		}
	}
	count(r.Findings)
	for c := range r.EachCall() {
		count(c.Findings)
	}
	return n
}

// judge gives the exit of a command that judged calls, and says on standard error what the result does not.
func (a *app) judge(res *analysis, c *callFlags) error {
	var statuses []int
	if res.Report.Status == report.Empty {
		a.sayEmpty(res.Result, res.paths)
		statuses = append(statuses, statusEmpty)
	}
	if n := failing(res.doc, c.failOn); n > 0 {
		a.warnf("%s of severity %s or above", counted(n, "finding"), c.failOn)
		statuses = append(statuses, statusFinding)
	}
	return exitWith(append(statuses, partial(res.Result, &c.bad))...)
}

// sayEmpty says why there was nothing to analyse, unless a problem of an input has said so.
func (a *app) sayEmpty(res *scan.Result, paths []string) {
	for _, p := range res.Problems {
		if p.Fatal {
			return
		}
	}
	switch in := res.Report.Inputs; {
	case res.Report.Selection != nil && res.Report.Selection.Inputs > 0:
		a.errorf("nothing to analyse: %s", res.Report.Selection.Text("en"))
	case len(in) == 0:
		a.errorf("nothing to analyse: there is no file in %s", strings.Join(paths, ", "))
	case len(in) == 1 && in[0].Note != nil:
		a.errorOf(in[0].Name, "nothing to analyse: "+*in[0].Note)
	default:
		a.errorf("nothing to analyse: there is no log among %s", counted(len(in), "file"))
	}
}

// counted is "1 file" or "2 files".
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
