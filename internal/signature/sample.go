package signature

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

// A Sample shows a signature at work: ID.txtar beside the rule. Its comment says what it shows, in English behind "en: "
// and in Chinese behind "zh: ", each to the next of the two, or in one language without either. Its files are the logs of
// cases, CASE-N/NAME.log, and the case says what becomes of the signature with exactly these logs:
//
//	hit      it fires, confirmed
//	lead     it fires as a lead
//	miss     it does not fire, and the logs suffice to say so
//	unknown  the logs do not suffice
//
// A line "SECONDS MESSAGE" stands for a Mars record at that time of the log's clock, "SECONDS @TAG MESSAGE" for one with
// a tag of its own. In front of the records may stand "skew DURATION" (this clock is ahead by so much), "cut start" and
// "cut end" (the log was not recording around the call; else records before, between and behind show that it was). "gap"
// among the records is a place where lines were lost, "silence" one where the log says nothing up to the next record, "pid N" says which process the records from there on are of. $ROOM, $ROOM2 and so on are rooms.
type Sample struct {
	ID    string
	Stage string // folder it lies in
	File  string // its name, for errors
	Note  Text   // what it shows
	Cases []Case
}

// Case is a set of logs and what a signature comes to on them.
type Case struct {
	Name string // hit-1
	Kind string // hit
	Logs []SampleLog
}

// SampleLog is one log of a case, in the short form.
type SampleLog struct {
	Name, Text string
	Line       int // at which Text begins in the sample's file
}

// kinds of cases.
var kinds = []string{"hit", "lead", "miss", "unknown"}

// Samples reads all samples below fsys, in the order of their names.
func Samples(fsys fs.FS) ([]Sample, error) {
	var list []Sample
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".txtar" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		s, err := parseSample(name, data)
		if err != nil {
			return fmt.Errorf("%s:%w", name, err)
		}
		list = append(list, s)
		return nil
	})
	return list, err
}

// BuiltinSamples are the samples of the rules that are part of the program.
func BuiltinSamples() []Sample {
	list, err := Samples(embedded)
	if err != nil {
		panic("signature: internal error: " + err.Error())
	}
	return list
}

func parseSample(name string, data []byte) (Sample, error) {
	a := txtar.Parse(data)
	s := Sample{
		ID: strings.TrimSuffix(path.Base(name), ".txtar"), Stage: path.Base(path.Dir(name)), File: name, Note: parseNote(string(a.Comment)),
	}
	if s.Note == (Text{}) {
		return s, atLine(1, "the comment does not say what the sample shows")
	}
	line := 1 + bytes.Count(a.Comment, []byte("\n"))
	for _, f := range a.Files {
		dir, file := path.Split(f.Name)
		dir = path.Clean(dir)
		kind, _, _ := strings.Cut(dir, "-")
		if !slices.Contains(kinds, kind) {
			return s, atLine(line, "%s is no case: its name begins with none of %s", f.Name, strings.Join(kinds, ", "))
		}
		i := slices.IndexFunc(s.Cases, func(c Case) bool { return c.Name == dir })
		if i < 0 {
			i = len(s.Cases)
			s.Cases = append(s.Cases, Case{Name: dir, Kind: kind})
		}
		s.Cases[i].Logs = append(s.Cases[i].Logs, SampleLog{strings.TrimSuffix(file, ".log"), string(f.Data), line + 1})
		line += 1 + bytes.Count(f.Data, []byte("\n"))
	}
	return s, nil
}

// parseNote reads the comment of a sample, whose lines are one paragraph.
func parseNote(comment string) Text {
	var en, zh []string
	to := &en
	for line := range strings.Lines(comment) {
		if rest, ok := strings.CutPrefix(line, "en: "); ok {
			to, line = &en, rest
		} else if rest, ok := strings.CutPrefix(line, "zh: "); ok {
			to, line = &zh, rest
		}
		if line = strings.TrimSpace(line); line != "" {
			*to = append(*to, line)
		}
	}
	return Text{strings.Join(en, " "), strings.Join(zh, "")}
}

// atLine places an error at a line of a sample.
func atLine(line int, format string, args ...any) error {
	return &placed{line: line, err: fmt.Errorf(format, args...)}
}

// Input names a log of a sample in what is found, so that each is of a device of its own.
func (l SampleLog) Input() string { return l.Name + "/" + l.Name + ".log" }

// Read runs the logs of a case through the pipeline up to the devices and calls.
func (c Case) Read() ([]*correlate.Call, []*correlate.Device, error) {
	var logs []*extract.Log
	for _, l := range c.Logs {
		pieces, err := l.Expand()
		if err != nil {
			return nil, nil, err
		}
		x := extract.New(l.Input())
		p := logline.NewParser(logline.Options{})
		pos := logline.Pos{Input: l.Input(), Line: 1}
		for _, piece := range pieces {
			if pos.Offset > 0 {
				x.Gap(pos, "lost")
			}
			for line := range p.Lines([]byte(piece), pos) {
				x.Add(&line)
			}
			pos.Offset += int64(len(piece))
			pos.Line += strings.Count(piece, "\n")
		}
		logs = append(logs, x.Log())
	}
	calls, devices := correlate.Calls(logs, correlate.Options{})
	return calls, devices, nil
}

var (
	sampleRecord = regexp.MustCompile(`^(\d+(?:\.\d+)?) (?:@(\S+) )?(.*)$`)
	sampleRoom   = regexp.MustCompile(`\$ROOM(\d?)`)
	sampleStart  = time.Date(2026, 11, 20, 14, 3, 0, 0, time.FixedZone("", 8*3600))
)

const (
	// sampleRest is how often a log of a sample says something that is no event.
	sampleRest = 30 * time.Second
	// longestSample bounds what a line of a sample can make of it.
	longestSample = 24 * time.Hour
)

// Expand writes a log out in full, in the pieces between its gaps. An error begins with the line.
func (l SampleLog) Expand() ([]string, error) {
	var skew time.Duration
	var pieces []string
	var out strings.Builder
	cut := map[string]bool{}
	silent := false // up to the next record
	last := -2 * sampleRest
	pid := 100
	write := func(at time.Duration, tag, message string) {
		clock := sampleStart.Add(at + skew)
		fmt.Fprintf(&out, "[I][%s +8.0 %s][%d, %[3]d*][%[4]s][:1, ][%s\n", clock.Format(time.DateOnly), clock.Format("15:04:05.000"), pid, tag, message)
		last = at
	}
	// pad fills up to at with lines that show that the log was recording.
	pad := func(at time.Duration) {
		for last+sampleRest < at {
			write(last+sampleRest, "Keeper", "alive")
		}
	}
	n := l.Line - 1
	for line := range strings.Lines(l.Text) {
		n++
		line = strings.TrimSuffix(line, "\n")
		switch word, arg, _ := strings.Cut(line, " "); word {
		case "skew":
			d, err := time.ParseDuration(arg)
			if err != nil {
				return nil, atLine(n, "%q is no duration, want one like 20s", arg)
			}
			skew = d
			continue
		case "cut":
			cut[arg] = true
			continue
		case "pid":
			n, err := strconv.Atoi(arg)
			if err != nil {
				return nil, fmt.Errorf("%q is no number of a process", arg)
			}
			pid = n
			continue
		case "silence":
			silent = true
			continue
		case "gap":
			pieces = append(pieces, out.String())
			out.Reset()
			silent = true
			continue
		}
		m := sampleRecord.FindStringSubmatch(line)
		if m == nil {
			return nil, atLine(n, "this is no line of a sample: %q", line)
		}
		at, err := time.ParseDuration(m[1] + "s")
		if err != nil || at > longestSample {
			return nil, atLine(n, "%s s are longer than a sample may be", m[1])
		}
		if silent || cut["start"] && out.Len() == 0 && len(pieces) == 0 {
			last, silent = at, false
		}
		pad(at)
		tag := m[2]
		if tag == "" {
			tag = "MPConsole"
		}
		write(at, tag, sampleRoom.ReplaceAllString(m[3], "wxf830863afde621ebWmpfVoip14000000${1}"))
	}
	if !cut["end"] {
		pad(last + 3*sampleRest)
	}
	return append(pieces, out.String()), nil
}

// SampleResult is what a signature came to on a case.
type SampleResult struct {
	Case string
	Want string
	Got  string // a kind; "" with Err
	Err  error
}

// Test judges every case of a sample.
func (c *Catalogue) Test(s Sample) []SampleResult {
	var out []SampleResult
	for _, cs := range s.Cases {
		r := SampleResult{Case: cs.Name, Want: cs.Kind}
		calls, devices, err := cs.Read()
		switch {
		case err != nil:
			r.Err = fmt.Errorf("%s:%w", s.File, err)
		case c.Find(s.ID) == nil:
			r.Err = fmt.Errorf("no signature is called %q", s.ID)
		default:
			v := c.Judge(calls, devices)
			r.Got = v.became(s.ID)
		}
		out = append(out, r)
	}
	return out
}

// became says what a signature came to over all calls and devices: the strongest of what it came to on each.
func (v *Verdicts) became(id string) string {
	got := "miss"
	take := func(list []Finding) {
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
	take(v.Devices)
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
