package main

import (
	"time"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// What an input with a problem is counted as, besides the reasons for which blocks are locked.
const (
	problemDamaged    = "damaged"    // some of it could not be read as it was written, and is lost
	problemUnreadable = "unreadable" // and neither damaged nor locked: not there, no log, an error of reading
)

// ofRun counts what every run has. It names no input, as none of the metrics does.
func (m *metrics) ofRun(status int, took time.Duration, end time.Time) []family {
	info := family{
		name: "xlogscan_build_info", help: "The version of xlogscan and the hash of its rules.",
		labels: []string{"version", "rules"}, series: map[labels]float64{{version(), m.rules()}: 1},
	}
	return []family{
		info,
		gauge("xlogscan_exit_status", "The exit status of the run.", float64(status)),
		gauge("xlogscan_duration_seconds", "How long the run took.", took.Seconds()),
		gauge("xlogscan_end_time_seconds", "When the run ended, since 1970.", float64(end.UnixMilli())/1000),
	}
}

func (m *metrics) rules() string {
	if m.doc != nil {
		return m.doc.Tool.Rules.Hash
	}
	return signature.Default().Hash
}

// ofReport counts what a run read and found.
func (m *metrics) ofReport() []family {
	bad, _ := failed(m.res)
	list := []family{
		gauge("xlogscan_inputs_known", "Inputs that were not read again because --state knew them.", float64(m.res.Known)),
		gauge("xlogscan_inputs_failed", "Inputs that could not be read or decoded in full, as --tolerate-bad counts them.", float64(bad)),
		m.problems(),
	}
	list = append(list, ofInputs(m.doc.Inputs)...)
	return append(list, ofCalls(m.doc)...)
}

// problems counts inputs by what is wrong with them. One may have several problems.
func (m *metrics) problems() family {
	f := by("xlogscan_inputs_with_problem", "Inputs by what kept them from being read in full; one may have several problems.",
		"problem", "no-key", "wrong-key", "bad-client-key", problemDamaged, problemUnreadable)
	seen := map[labels]bool{} // the name of an input and its problem
	explained := map[string]bool{}
	count := func(input, problem string) {
		if key := (labels{input, problem}); !seen[key] {
			seen[key], explained[input] = true, true
			f.series[labels{problem}]++
		}
	}
	for i := range m.res.Report.Inputs {
		if in := &m.res.Report.Inputs[i]; in.Account != nil && in.Account.LockedBy != nil {
			count(in.Name, *in.Account.LockedBy)
		}
	}
	for i := range m.res.Report.Damage {
		if d := &m.res.Report.Damage[i]; !d.Harmless {
			count(d.Input, problemDamaged)
		}
	}
	for _, p := range m.res.Problems {
		if p.Fatal && !explained[p.Input] {
			count(p.Input, problemUnreadable)
		}
	}
	return f
}

// ofInputs counts inputs and what is in them.
func ofInputs(inputs []report.Input) []family {
	var size, text, lines, events float64
	kinds := by("xlogscan_inputs", "Inputs that were found, by what they are; none is no log.", "kind", "xlog", "logcat", "linux-sdk", "text", "none")
	states := []string{"decoded", "salvaged", "locked", "skipped", "lost", "harmless"}
	blocks := by("xlogscan_blocks", "Blocks of containers by what became of them.", "state", states...)
	bytes := by("xlogscan_block_bytes", "Bytes of containers by what became of them.", "state", states...)
	for i := range inputs {
		in := &inputs[i]
		kind := "none"
		if in.Kind != nil {
			kind = *in.Kind
		}
		kinds.series[labels{kind}]++
		size, lines, events = size+float64(in.Bytes), lines+float64(in.Lines), events+float64(in.Events)
		if in.Account == nil {
			continue
		}
		text += float64(in.Account.TextBytes)
		for j, p := range []report.Part{
			in.Account.Decoded, in.Account.Salvaged, in.Account.Locked, in.Account.Skipped, in.Account.Lost, in.Account.Harmless,
		} {
			blocks.series[labels{states[j]}] += float64(p.Blocks)
			bytes.series[labels{states[j]}] += float64(p.Bytes)
		}
	}
	return []family{
		kinds,
		gauge("xlogscan_input_bytes", "Bytes of the inputs as they are stored.", size),
		gauge("xlogscan_text_bytes", "Bytes of text that containers gave.", text),
		gauge("xlogscan_lines", "Lines of logs.", lines),
		gauge("xlogscan_events", "Events that lines told.", events),
		blocks, bytes,
	}
}

// ofCalls counts calls and findings.
func ofCalls(doc *report.Report) []family {
	results := by("xlogscan_call_results", "Calls by whether they ended well.", "result")
	results.series[labels{"ok"}] = float64(doc.Summary.OK)
	results.series[labels{"failed"}] = float64(doc.Summary.Failed)
	results.series[labels{"not-evaluable"}] = float64(doc.Summary.NotEvaluable)
	calls := family{
		name: "xlogscan_calls", help: "Calls by outcome and by the stage in which they ended.",
		labels: []string{"outcome", "stage"}, series: map[labels]float64{},
	}
	findings := family{
		name: "xlogscan_findings", help: "Findings on calls and devices, by signature; a lead lacks a log that would confirm it.",
		labels: []string{"signature", "severity", "certainty"}, series: map[labels]float64{},
	}
	count := func(list []report.Finding) {
		for i := range list {
			findings.series[labels{list[i].Signature, list[i].Severity, list[i].Certainty}]++
		}
	}
	count(doc.Findings)
	for c := range doc.EachCall() {
		calls.series[labels{c.Outcome, c.Stage}]++
		count(c.Findings)
	}
	return []family{results, calls, findings}
}
