package signature_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

func TestLoadErrors(t *testing.T) {
	const events = "  events: {a: {event: startVoip}}"
	tests := []struct{ name, text, want string }{
		{"no list", "text\n", "rules.yaml:1:1: want a rule or a list of rules"},
		{"unknown key", ruleText("r", events, "  match: a", "  colour: red"), `rules.yaml:9:3: unknown key "colour"`},
		{"key twice", ruleText("r", events, "  match: a", "  match: a"), "rules.yaml:9:3"},
		{"unknown field", ruleText("r", "  events: {a: {event: startVoip, where: {colour: red}}}", "  match: a"), `rules.yaml:7:42: unknown field "colour"`},
		{"unknown operator", ruleText("r", "  events: {a: {event: startVoip, where: {status: {like: red}}}}", "  match: a"), `rules.yaml:7:51: unknown operator "like"`},
		{"bad expression", ruleText("r", `  events: {a: {event: startVoip, where: {status: {regex: "("}}}}`, "  match: a"), "rules.yaml:7:58: "},
		{"unknown event", ruleText("r", "  events: {a: {event: startVoiq}}", "  match: a"), `rules.yaml:7:23: unknown event "startVoiq"`},
		{"unknown side", ruleText("r", "  events: {a: {event: startVoip, side: both}}", "  match: a"), `rules.yaml:7:40: unknown side "both"`},
		{"unknown selection", ruleText("r", events, "  match: b"), `rules.yaml:8:10: no selection named "b"`},
		{"unknown part", ruleText("r", events, "  match: {none: [a]}"), `rules.yaml:8:11: unknown part "none"`},
		{"two parts", ruleText("r", events, "  match: {all: [a], any: [a]}"), "rules.yaml:8:10: want the name of a selection"},
		{"empty all", ruleText("r", events, "  match: {all: []}"), "rules.yaml:8:16: want a list"},
		{"bad duration", ruleText("r", events, "  match: {sequence: {of: [a, a], within: 20}}"), `rules.yaml:8:42: "20" is no duration`},
		{"negative duration", ruleText("r", events, "  match: {sequence: {of: [a, a], within: -1s}}"), `rules.yaml:8:42: "-1s" is no duration`},
		{"short sequence", ruleText("r", events, "  match: {sequence: {of: [a]}}"), "rules.yaml:8:26: want two selections"},
		{"long sequence", ruleText("r", events, "  match: {sequence: {of: [a, a, a, a]}}"), "rules.yaml:8:26: want two selections, or up to 3"},
		{"argument of another part", ruleText("r", events, "  match: {count: {of: a, at_least: 2, before: a}}"), `rules.yaml:8:39: unknown key "before"`},
		{"argument missing", ruleText("r", events, "  match: {gap: {of: a}}"), "rules.yaml:8:16: gap needs longer_than"},
		{"no number", ruleText("r", events, "  match: {count: {of: a, at_least: 0}}"), `rules.yaml:8:36: "0" is no count`},
		{"coverage", ruleText("r", events, "  match: {absent: {of: a, coverage: half}}"), "rules.yaml:8:37: coverage is full or any"},
		{"process", ruleText("r", events, "  match: {sequence: {of: [a, a], process: other}}"), "rules.yaml:8:43: process is same or ended"},
		{"bad version bound", ruleText("r", events, "  match: a", `  applies_to: {plugin: "2.3.2"}`), `9:24: "2.3.2" is no version bound`},
		{"unknown version", ruleText("r", events, "  match: a", `  applies_to: {android: "<9"}`), `applies_to knows no version "android"`},
		{"remedy for some versions only", strings.Replace(ruleText("r", events, "  match: a"), "{en: r, zh: r}", `[{applies_to: {wmpf: "<2"}, en: r, zh: r}]`, 1), "rules.yaml:5:11: remedy needs a text that is for all versions"},
		{"remedy of an unknown version", strings.Replace(ruleText("r", events, "  match: a"), "{en: r, zh: r}", `[{en: r, zh: r}, {applies_to: {ios: "<2"}, en: r, zh: r}]`, 1), `rules.yaml:5:28: applies_to knows no version "ios"`},
		{"remedy in one language", strings.Replace(ruleText("r", events, "  match: a"), "{en: r, zh: r}", "[{en: r}]", 1), "rules.yaml:5:12: remedy is missing in a language"},
		{"one remedy with bounds", strings.Replace(ruleText("r", events, "  match: a"), "{en: r, zh: r}", `{en: r, zh: r, applies_to: {wmpf: "<2"}}`, 1), `rules.yaml:5:26: unknown key "applies_to"`},
		{"no remedy", strings.Replace(ruleText("r", events, "  match: a"), "  remedy: {en: r, zh: r}\n", "", 1), "r: remedy is missing"},
		{"lead_title without lead", ruleText("r", events, "  match: a", "  lead_title: {en: t, zh: t}"), "r: lead_title is there and lead is not"},
		{"no match", ruleText("r", events), "rules.yaml:1:3: match is missing"},
		{"no severity", strings.Replace(ruleText("r", events, "  match: a"), "severity: error", "severity: fatal", 1), "rules.yaml:1:3: r: severity is missing or unknown"},
		{"one language", strings.Replace(ruleText("r", events, "  match: a"), "title: {en: t, zh: t}", "title: {en: t}", 1), "rules.yaml:1:3: r: title is missing in a language"},
		{"unknown stage", ruleText("r", events, "  match: a", "  stage: middle"), "rules.yaml:1:3: r: stage is unknown"},
		{"unknown blame", ruleText("r", events, "  match: a", "  blame: weather"), "rules.yaml:1:3: r: blame is unknown"},
		{"group of no kind", ruleText("r", events, "  match: a", "  group_by: room"), `rules.yaml:9:13: this rule cannot be grouped by "room", only by call or device`},
		{"group of a series", ruleText("r", events, "  match: {repeat: {of: a, within: 1s}}", "  group_by: call"), `rules.yaml:9:13: this rule cannot be grouped by "call", only by device or process`},
		{"group of a stage", ruleText("r", events, "  match: a", "  stage: setup", "  group_by: call"), `rules.yaml:10:13: this rule cannot be grouped by "call", only by device`},
		{"id twice", ruleText("r", events, "  match: a") + ruleText("r", events, "  match: a"), "r stands twice"},
		{"supersedes nothing", ruleText("r", events, "  match: a", "  supersedes: [s]"), "r supersedes s, which is no signature"},
		{"no YAML", "- [", "rules.yaml:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := signature.Load(fstest.MapFS{"rules.yaml": {Data: []byte(tt.text)}})
			if err == nil || c != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, %v, want %s", c, err, tt.want)
			}
		})
	}
}

func TestLoadFolders(t *testing.T) {
	rule := func(id string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(ruleText(id, "  events: {a: {event: startVoip}}", "  match: a"))}
	}
	files := fstest.MapFS{"z.yaml": rule("a1"), "sub/a.yaml": rule("b2"), "README.md": {Data: []byte("no rule")}}
	c, err := signature.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, s := range c.Signatures {
		ids = append(ids, s.ID)
	}
	if !slices.Equal(ids, []string{"a1", "b2"}) || len(c.Hash) != 12 {
		t.Errorf("got %v, hash %s", ids, c.Hash)
	}
	files["z.yaml"] = rule("a2")
	if d, err := signature.Load(files); err != nil || d.Hash == c.Hash {
		t.Errorf("another rule has the same hash %s, %v", c.Hash, err)
	}
	if _, err := c.Select([]string{"a1", "a11"}, nil); err == nil {
		t.Error("an id that no rule has was selected")
	}
	for _, tt := range []struct {
		only, skip []string
		want       int
	}{{nil, nil, 2}, {[]string{"a1"}, nil, 1}, {nil, []string{"a1"}, 1}, {[]string{"a1"}, []string{"a1"}, 0}} {
		if d, err := c.Select(tt.only, tt.skip); err != nil || len(d.Signatures) != tt.want {
			t.Errorf("only %v, skip %v: %v, %v", tt.only, tt.skip, d, err)
		}
	}
}

func TestSet(t *testing.T) {
	c := load(t, ruleText("slow", "  params: {limit: 20s}", named(), "  match: {sequence: {of: [a, b], longer_than: $limit}}"))
	call := both(t, "a@1 b@12", "")
	if got := verdict(c, call); got != "no" {
		t.Errorf("with the rule's own limit got %s", got)
	}
	d, err := c.Set(map[string]map[string]string{"slow": {"limit": "10s"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := verdict(d, call); got != "yes" {
		t.Errorf("with a lower limit got %s", got)
	}
	if p := d.Find("slow").Params; len(p) != 1 || p[0] != (signature.Param{Name: "limit", Default: "20s", Value: "10s"}) {
		t.Errorf("the parameters are %v", p)
	}
	if got := verdict(c, call); got != "no" || d.Hash == c.Hash {
		t.Errorf("setting a parameter changed the catalogue it was set on (%s), or not the hash (%s)", got, d.Hash)
	}
	for _, bad := range []map[string]map[string]string{
		{"none": {"limit": "1s"}}, {"slow": {"limits": "1s"}}, {"slow": {"limit": "1"}}, {"slow": {"limit": "-1s"}},
	} {
		if d, err := c.Set(bad); err == nil {
			t.Errorf("%v was set: %v", bad, d.Find("slow").Params)
		}
	}
}

func TestWith(t *testing.T) {
	files := func(rules ...string) fstest.MapFS {
		return fstest.MapFS{"rules.yaml": {Data: []byte(strings.Join(rules, ""))}}
	}
	c := load(t, ruleText("r", named(), "  match: a")+ruleText("s", named(), "  match: a"))
	d, err := c.With(files(ruleText("s", named(), "  match: b", "  supersedes: [r]"), ruleText("t", named(), "  match: b")), "mine")
	if err != nil {
		t.Fatal(err)
	}
	if d.Find("r") != c.Find("r") || d.Find("s").Origin != "mine" || d.Find("t") == nil || c.Find("s").Origin != "" || d.Hash == c.Hash {
		t.Errorf("got %d rules, s of %q", len(d.Signatures), d.Find("s").Origin)
	}
	j := d.Judge([]*correlate.Call{both(t, "b@1", "")}, nil).Calls[0]
	if len(j.Findings) != 2 || len(j.Clear) != 1 {
		t.Errorf("the user's rules do not judge: %d findings", len(j.Findings))
	}
	if _, err := c.With(files(ruleText("u", named(), "  match: a", "  supersedes: [v]")), "mine"); err == nil {
		t.Error("a rule supersedes one that is not there")
	}
	faults := signature.Lint(files(ruleText("u", named(), "  match: x"), ruleText("v", named(), "  match: a"), ruleText("w", named(), "  match: y")))
	if len(faults) != 2 || !strings.Contains(faults[1].Error(), `named "y"`) {
		t.Errorf("lint finds %v", faults)
	}
}
