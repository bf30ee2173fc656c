package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
)

// parsed reads metrics with the parser of Prometheus and gives the values by name and labels.
func parsed(t *testing.T, text []byte) map[string]float64 {
	t.Helper()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	values := map[string]float64{}
	for name, f := range families {
		if f.GetHelp() == "" || f.GetType().String() != "GAUGE" {
			t.Errorf("%s has the help %q and the type %s", name, f.GetHelp(), f.GetType())
		}
		for _, m := range f.GetMetric() {
			key := []string{}
			for _, l := range m.GetLabel() {
				key = append(key, " "+l.GetName()+"="+l.GetValue())
			}
			slices.Sort(key)
			values[name+strings.Join(key, "")] = m.GetGauge().GetValue()
		}
	}
	return values
}

// metricsOf runs the program with --metrics in a folder and reads what it wrote.
func metricsOf(ctx context.Context, t *testing.T, want int, args ...string) map[string]float64 {
	t.Helper()
	name := filepath.Join(t.TempDir(), "nightly.prom")
	if status, _, stderr := start(ctx, strings.NewReader(""), append(args, "--metrics", name)...); status != want {
		t.Fatalf("status %d, want %d, stderr %q", status, want, stderr)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "two-parties") || strings.Contains(string(text), "wmpf_") {
		t.Errorf("a name of an input is in the metrics:\n%s", text)
	}
	return parsed(t, text)
}

func TestMetrics(t *testing.T) {
	const logs = "../../testdata/logs/two-parties"
	got := metricsOf(t.Context(), t, 0, "scan", logs, "-f", "json")
	if age := float64(time.Now().UnixMilli())/1000 - got["xlogscan_end_time_seconds run=nightly"]; age < 0 || age > 3600 {
		t.Errorf("ended %v s ago", age)
	}
	if took := got["xlogscan_duration_seconds run=nightly"]; took <= 0 || took > 3600 {
		t.Errorf("took %v s", took)
	}
	want := map[string]float64{
		"xlogscan_exit_status run=nightly":                                                                   0,
		"xlogscan_inputs kind=xlog run=nightly":                                                              3,
		"xlogscan_inputs kind=logcat run=nightly":                                                            0,
		"xlogscan_inputs_failed run=nightly":                                                                 0,
		"xlogscan_lines run=nightly":                                                                         208,
		"xlogscan_blocks run=nightly state=lost":                                                             0,
		"xlogscan_blocks run=nightly state=locked":                                                           0,
		"xlogscan_blocks run=nightly state=decoded":                                                          6,
		"xlogscan_call_results result=ok run=nightly":                                                        1,
		"xlogscan_call_results result=failed run=nightly":                                                    4,
		"xlogscan_call_results result=not-evaluable run=nightly":                                             0,
		"xlogscan_calls outcome=join-failed run=nightly stage=join":                                          2,
		"xlogscan_calls outcome=completed run=nightly stage=call":                                            1,
		"xlogscan_findings certainty=confirmed run=nightly severity=critical signature=join-already-in-room": 2,
		"xlogscan_inputs_with_problem problem=unreadable run=nightly":                                        0,
		"xlogscan_build_info rules=" + rulesOf(t, logs) + " run=nightly version=" + version():                1,
	}
	for key, value := range want {
		if has, ok := got[key]; !ok || has != value {
			t.Errorf("%s is %v, want %v", key, has, value)
		}
	}
}

// rulesOf is the hash of the rules that a report on logs names.
func rulesOf(t *testing.T, logs string) string {
	t.Helper()
	_, out, _ := start(t.Context(), strings.NewReader(""), "scan", logs, "-f", "json")
	doc, err := report.Read(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Tool.Rules.Hash
}

// TestMetricsOfFailure makes sure that a run that fails says so where the next one is watched for.
func TestMetricsOfFailure(t *testing.T) {
	dir := t.TempDir()
	absent := metricsOf(t.Context(), t, statusPartial, "scan", "../../testdata/logs/two-parties", filepath.Join(dir, "none.xlog"))
	for key, want := range map[string]float64{
		"xlogscan_exit_status run=nightly":                            statusPartial,
		"xlogscan_inputs_failed run=nightly":                          1,
		"xlogscan_inputs_with_problem problem=unreadable run=nightly": 1,
		"xlogscan_inputs_with_problem problem=damaged run=nightly":    0,
		"xlogscan_findings certainty=lead run=nightly severity=x":     0,
		"xlogscan_call_results result=failed run=nightly":             4,
	} {
		if absent[key] != want {
			t.Errorf("%s is %v, want %v", key, absent[key], want)
		}
	}

	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(interrupted{syscall.SIGTERM})
	stopped := metricsOf(ctx, t, 143, "scan", "../../testdata/logs/two-parties")
	if stopped["xlogscan_exit_status run=nightly"] != 143 {
		t.Errorf("an interrupted run says %v", stopped)
	}
	if _, ok := stopped["xlogscan_inputs_failed run=nightly"]; ok {
		t.Errorf("a run that read nothing counts inputs: %v", stopped)
	}
	if got := metricsOf(t.Context(), t, statusUsage, "scan", dir, "--since", "never"); got["xlogscan_exit_status run=nightly"] != statusUsage {
		t.Errorf("a run with a bad flag says %v", got)
	}
}

// TestMetricsUnwritten makes sure that a run does not pass for done if its metrics could not be written.
func TestMetricsUnwritten(t *testing.T) {
	now := func() time.Time { return time.Unix(1800000000, 0) }
	for _, tt := range []struct{ status, want int }{
		{statusDone, statusUsage}, {statusFinding, statusUsage}, {statusEmpty, statusUsage}, {statusInternal, statusInternal}, {143, 143},
	} {
		var stderr bytes.Buffer
		a := &app{stderr: &stderr, bar: &bar{}, now: now, metrics: metrics{path: filepath.Join(t.TempDir(), "gone", "x.prom")}}
		if got := a.measured(tt.status); got != tt.want {
			t.Errorf("status %d becomes %d, want %d", tt.status, got, tt.want)
		}
		if !strings.HasPrefix(stderr.String(), "xlogscan: --metrics: write ") {
			t.Errorf("said %q", stderr.String())
		}
	}
}

// TestFamiliesLaw reads back what is written, whatever a label holds: the id of a rule of one's own may be anything.
func TestFamiliesLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := map[string]float64{}
		f := family{name: "xlogscan_findings", help: "Findings\nby \\ signature.", labels: []string{"signature", "severity"}, series: map[labels]float64{}}
		for range rapid.IntRange(1, 5).Draw(rt, "series") {
			key := labels{rapid.StringMatching(`[\\"a\n{}, é]{0,6}`).Draw(rt, "signature"), rapid.StringMatching(`[a-z"]{0,3}`).Draw(rt, "severity")}
			f.series[key] = float64(rapid.Int32().Draw(rt, "value"))
		}
		for key, value := range f.series {
			want["xlogscan_findings run=a\"b signature="+key[0]+" severity="+key[1]] = value
		}
		var out bytes.Buffer
		if err := writeFamilies(&out, "a\"b", []family{f}); err != nil {
			rt.Fatal(err)
		}
		parser := expfmt.NewTextParser(model.LegacyValidation)
		families, err := parser.TextToMetricFamilies(&out)
		if err != nil {
			rt.Fatal(err)
		}
		got := map[string]float64{}
		for _, m := range families["xlogscan_findings"].GetMetric() {
			byName := map[string]string{}
			for _, l := range m.GetLabel() {
				byName[l.GetName()] = l.GetValue()
			}
			got["xlogscan_findings run="+byName["run"]+" signature="+byName["signature"]+" severity="+byName["severity"]] = m.GetGauge().GetValue()
		}
		if diff := cmp.Diff(want, got); diff != "" || families["xlogscan_findings"].GetHelp() != f.help {
			rt.Errorf("help %q, %s", families["xlogscan_findings"].GetHelp(), diff)
		}
	})
	if err := writeFamilies(writerFunc(func([]byte) (int, error) { return 0, errors.New("full") }), "x", []family{gauge("a", "b", 1)}); err == nil {
		t.Error("an error of the writer is lost")
	}
}
