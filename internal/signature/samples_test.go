package signature_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// A sample is testdata/samples/<stage>/<id>.txtar, which says in its comment what it shows. Its files are the logs of
// cases, <case>-<n>/<log>; a case says what becomes of the signature with exactly these logs:
//
//	hit      it fires, confirmed
//	lead     it fires as a lead
//	miss     it does not fire, and the logs suffice to say so
//	unknown  the logs do not suffice
//
// A line "SECONDS MESSAGE" stands for a Mars record at that time of the log's clock, "SECONDS @TAG MESSAGE" for one with
// a tag of its own. In front of the records may stand "skew DURATION" (this clock is ahead by so much), "cut start" and
// "cut end" (the log was not recording around the call; else records before, between and behind show that it was). "gap"
// among the records is a place where lines were lost. $ROOM, $ROOM2 and so on are rooms.
type sample struct {
	id, stage string
	cases     map[string][]source
}

// source is one log of a case.
type source struct{ name, text string }

func samples(t *testing.T) []sample {
	t.Helper()
	var list []sample
	root := filepath.Join("testdata", "samples")
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		a, err := txtar.ParseFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		stage, file := path.Split(name)
		s := sample{strings.TrimSuffix(file, ".txtar"), path.Clean(stage), map[string][]source{}}
		if len(a.Comment) == 0 {
			t.Errorf("%s does not say what it shows", name)
		}
		for _, f := range a.Files {
			dir, file := path.Split(f.Name)
			dir = path.Clean(dir)
			s.cases[dir] = append(s.cases[dir], source{file, string(f.Data)})
		}
		list = append(list, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestEverySignatureHasSamples holds the catalogue to what each of its rules must bring.
func TestEverySignatureHasSamples(t *testing.T) {
	kinds := map[string][]string{}
	for _, s := range samples(t) {
		for name := range s.cases {
			kind, _, _ := strings.Cut(name, "-")
			if !slices.Contains([]string{"hit", "lead", "miss", "unknown"}, kind) {
				t.Errorf("%s: %s is no kind of case", s.id, name)
			}
			kinds[s.id] = append(kinds[s.id], kind)
		}
		i := slices.IndexFunc(signature.Default().Signatures, func(sig *signature.Signature) bool { return sig.ID == s.id })
		if i < 0 {
			t.Errorf("%s is no signature", s.id)
			continue
		}
		stage := string(signature.Default().Signatures[i].Stage)
		if stage == "" {
			stage = "any"
		}
		if s.stage != stage {
			t.Errorf("%s is of stage %s, its sample lies in %s", s.id, stage, s.stage)
		}
	}
	for _, sig := range signature.Default().Signatures {
		for _, kind := range []string{"hit", "miss"} {
			if !slices.Contains(kinds[sig.ID], kind) {
				t.Errorf("%s has no %s", sig.ID, kind)
			}
		}
		if sig.NeedsBoth && !slices.Contains(kinds[sig.ID], "unknown") && !slices.Contains(kinds[sig.ID], "lead") {
			t.Errorf("%s needs both logs, and no case shows one of them missing", sig.ID)
		}
	}
}

func TestSamples(t *testing.T) {
	for _, s := range samples(t) {
		for name, sources := range s.cases {
			t.Run(s.id+"/"+name, func(t *testing.T) {
				t.Parallel()
				kind, _, _ := strings.Cut(name, "-")
				texts := map[string]string{}
				calls, verdicts := judge(t, sources, texts)
				if len(calls) == 0 {
					t.Fatal("the sample holds no call")
				}
				checkEvidence(t, verdicts, texts)
				checkSides(t, calls, sources)
				if got := outcome(verdicts, s.id); got != kind {
					t.Errorf("the signature comes out as %s, want %s; the calls' findings are %s", got, kind, summary(verdicts))
				}
			})
		}
	}
}

// outcome says what became of a signature over all calls: the strongest of what it came to on each.
func outcome(v signature.Verdicts, id string) string {
	got := "miss"
	take := func(list []signature.Finding) {
		for i := range list {
			switch f := &list[i]; {
			case f.Signature.ID != id:
			case !f.Lead:
				got = "hit"
			case got != "hit":
				got = "lead"
			}
		}
	}
	take(v.Setup)
	for i := range v.Calls {
		take(v.Calls[i].Findings)
		for _, n := range v.Calls[i].NotEvaluable {
			if n.Signature.ID == id && got == "miss" {
				got = "unknown"
			}
		}
	}
	return got
}

func summary(v signature.Verdicts) string {
	var lines []string
	add := func(list []signature.Finding) {
		for i := range list {
			lines = append(lines, fmt.Sprintf("%s (lead %t)", list[i].Signature.ID, list[i].Lead))
		}
	}
	add(v.Setup)
	for i := range v.Calls {
		add(v.Calls[i].Findings)
	}
	return strings.Join(lines, ", ")
}

// checkEvidence holds that every line a finding cites stands in the log it names, that there is one, that the summary
// could be filled in, and that no signature has two verdicts on one call.
func checkEvidence(t *testing.T, v signature.Verdicts, texts map[string]string) {
	t.Helper()
	check := func(list []signature.Finding) {
		for i := range list {
			f := &list[i]
			if len(f.Evidence) == 0 {
				t.Errorf("%s fires without evidence", f.Signature.ID)
			}
			for _, e := range f.Evidence {
				lines := strings.Split(texts[e.Event.Input], "\n")
				if n := e.Event.Line; n < 1 || n > len(lines) || lines[n-1] != e.Event.Text {
					t.Errorf("%s cites %s, where this is not: %q", f.Signature.ID, e.Event.Pos, e.Event.Text)
				}
			}
			for _, text := range []string{f.Summary.En, f.Summary.Zh} {
				if text == "" || strings.Contains(text, "{{") {
					t.Errorf("%s says %q", f.Signature.ID, text)
				}
			}
		}
	}
	check(v.Setup)
	for i := range v.Calls {
		j := &v.Calls[i]
		check(j.Findings)
		told := map[string]int{}
		for k := range j.Findings {
			told[j.Findings[k].Signature.ID]++
		}
		for _, s := range j.Clear {
			told[s.ID]++
		}
		for _, n := range j.NotEvaluable {
			told[n.Signature.ID]++
			if n.Reason.En == "" || n.Needs.En == "" {
				t.Errorf("%s is not evaluable and says not why", n.Signature.ID)
			}
		}
		for id, n := range told {
			if n > 1 {
				t.Errorf("%s has %d verdicts on one call", id, n)
			}
		}
	}
}

// checkSides holds that the logs called caller and listener are taken for what they are called.
func checkSides(t *testing.T, calls []*correlate.Call, sources []source) {
	t.Helper()
	for _, s := range sources {
		role := extract.Role(strings.TrimSuffix(s.name, ".log"))
		for _, c := range calls {
			for _, p := range c.Parties() {
				if role.Other() == p.Role && slices.Contains(p.Inputs, input(s)) {
					t.Errorf("%s is taken for the %s's log", s.name, p.Role)
				}
			}
		}
	}
}

// input names a log so that each is one device.
func input(s source) string { return strings.TrimSuffix(s.name, ".log") + "/" + s.name }

// judge runs the pipeline on the logs of a case, and keeps their texts by input.
func judge(t *testing.T, sources []source, texts map[string]string) ([]*correlate.Call, signature.Verdicts) {
	t.Helper()
	var logs []*extract.Log
	for _, s := range sources {
		x := extract.New(input(s))
		p := logline.NewParser(logline.Options{})
		pos := logline.Pos{Input: input(s), Line: 1}
		for _, piece := range expand(t, s.text) {
			if pos.Offset > 0 {
				x.Gap(pos, "lost")
			}
			for l := range p.Lines([]byte(piece), pos) {
				x.Add(&l)
			}
			texts[input(s)] += piece
			pos.Offset += int64(len(piece))
			pos.Line += strings.Count(piece, "\n")
		}
		logs = append(logs, x.Log())
	}
	calls, devices := correlate.Calls(logs, correlate.Options{})
	return calls, signature.Default().Judge(calls, devices)
}

var (
	record = regexp.MustCompile(`^(\d+(?:\.\d+)?) (?:@(\S+) )?(.*)$`)
	room   = regexp.MustCompile(`\$ROOM(\d?)`)
	base   = time.Date(2026, 11, 20, 14, 3, 0, 0, time.FixedZone("", 8*3600))
)

// rest is how often a log of a sample says something that is no event.
const rest = 30 * time.Second

// expand writes a log out in full, in the pieces between its gaps.
func expand(t *testing.T, text string) []string {
	t.Helper()
	var skew time.Duration
	var pieces []string
	var out strings.Builder
	cut := map[string]bool{}
	silent := false // up to the next record
	last := -2 * rest
	write := func(at time.Duration, tag, message string) {
		clock := base.Add(at + skew)
		fmt.Fprintf(&out, "[I][%s +8.0 %s][100, 100*][%s][:1, ][%s\n", clock.Format("2006-01-02"), clock.Format("15:04:05.000"), tag, message)
		last = at
	}
	// pad fills up to at with lines that show that the log was recording.
	pad := func(at time.Duration) {
		for last+rest < at {
			write(last+rest, "Keeper", "alive")
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch word, arg, _ := strings.Cut(line, " "); word {
		case "skew":
			d, err := time.ParseDuration(arg)
			if err != nil {
				t.Fatal(err)
			}
			skew = d
			continue
		case "cut":
			cut[arg] = true
			continue
		case "gap":
			pieces = append(pieces, out.String())
			out.Reset()
			silent = true
			continue
		}
		m := record.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("this is no line of a sample: %q", line)
		}
		at, err := time.ParseDuration(m[1] + "s")
		if err != nil {
			t.Fatal(err)
		}
		if silent || cut["start"] && out.Len() == 0 && len(pieces) == 0 {
			last, silent = at, false
		}
		pad(at)
		tag := m[2]
		if tag == "" {
			tag = "MPConsole"
		}
		write(at, tag, room.ReplaceAllString(m[3], "wxf830863afde621ebWmpfVoip14000000${1}"))
	}
	if !cut["end"] {
		pad(last + 3*rest)
	}
	return append(pieces, out.String())
}
