// Package signature judges calls: it holds the catalogue of known failures as data, and evaluates it in three values.
//
// A verdict is fired, clear or not evaluable; fired cites its evidence, and that something did not happen counts only
// where the log was recording (docs/design.md, "Signatures"). The package does not say how a call went, which is
// correlate's, nor how a finding looks.
package signature

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// Severity orders findings by what they mean for the call.
type Severity string

// The severities, worst first: the fault needs action on the device; the call failed by a fault; a fault that need
// not have failed the call, or outside action that did; what people did.
const (
	Critical Severity = "critical"
	Error    Severity = "error"
	Warning  Severity = "warning"
	Info     Severity = "info"
)

// Severities are all of them, worst first.
var Severities = []Severity{Critical, Error, Warning, Info}

// Rank returns 0 for the worst severity and more for milder ones; unknown words rank last.
func (s Severity) Rank() int {
	if i := slices.Index(Severities, s); i >= 0 {
		return i
	}
	return len(Severities)
}

// Text is a text in both languages of the reports.
type Text struct {
	En string `yaml:"en"`
	Zh string `yaml:"zh"`
}

// In returns the text in a language, English for any but zh.
func (t Text) In(lang string) string {
	if lang == "zh" && t.Zh != "" {
		return t.Zh
	}
	return t.En
}

// Signature is one rule of the catalogue. docs/design.md, "Rule files", has the format and the meaning of each part.
type Signature struct {
	ID        string
	Seed      string // section of the public troubleshooting guide it comes from
	Severity  Severity
	Stage     correlate.Stage // "" is any
	Blame     string          // whose side causes it: caller, listener, here, there, shown (whose log shows it); "" is nobody's
	NeedsBoth bool
	Title     Text
	Cause     Text
	Remedy    Remedy
	Say       Text // summary with {{selection.field}} filled in from the evidence; Title where empty
	LeadTitle Text // Title and summary of a lead, where the match would say what is not known; empty where they do not
	URL       string
	GroupBy   string // call, device, process: what it is judged on, for a series the calls of one
	AppliesTo Bounds
	Params    []Param
	Origin    string // the folder of a user's rule; "" for the program's own
	File      string // name of the rule file in its folder

	node       *yaml.Node // the rule as it stands there
	selections []*selection
	hash       uint64 // of the id
	anyway     bool   // what it comes to may depend on other events than its selections pick
	match      tree
	lead       tree // what makes a call worth the other party's log; without a node never
	supersedes []string
}

// tree is a match tree.
type tree struct {
	*node
	sided bool // it speaks of here and there
}

// series reports whether the signature is judged over the calls of a device, not on one.
func (s *Signature) series() bool {
	switch s.match.kind {
	case "streak", "age", "repeat", "next":
		return true
	}
	return false
}

// OfDevice reports whether the signature is judged on a device, not on calls.
func (s *Signature) OfDevice() bool { return s.GroupBy == byDevice && !s.series() }

// What a signature can be judged on.
const (
	byCall    = "call"
	byDevice  = "device"
	byProcess = "process"
)

// Groups are the words of group_by.
var Groups = []string{byCall, byDevice, byProcess}

// Evidence is an event that a finding rests on, and whose log shows it.
type Evidence struct {
	Role  extract.Role
	Event *extract.Event
}

// Finding is a signature that fired on a call.
type Finding struct {
	Signature *Signature
	Severity  Severity     // the signature's; Info for a lead of its own title, which states no fault
	Lead      bool         // what is missing would turn it into a verdict
	Role      extract.Role // where the cause lies
	Title     Text
	Summary   Text
	Remedy    Text // what to do with the versions of that side
	Why       Text // what makes it the cause rather than the call's other findings; empty but for the first of several
	Evidence  []Evidence
	Missing   []Text
	Device    *correlate.Device // that it is about; nil for a finding on a call and one about two devices
	Calls     []*correlate.Call // of a finding about two devices: those that show it, in their order
}

// NotEvaluable is a signature that the logs do not suffice for.
type NotEvaluable struct {
	Signature *Signature
	*Lack
}

// Lack is why a verdict is not known. Many verdicts share one.
type Lack struct {
	Reason Text // what is not known
	Needs  Text // what would settle it
}

// Verdicts are what the catalogue says of a set of logs.
type Verdicts struct {
	Calls   []Judgement // in the order of the calls
	Devices []Finding   // of devices, and of the clocks of two, whatever their calls
}

// Judgement is what the catalogue says of one call. Every signature of the catalogue is in exactly one of the lists,
// but for those that another finding supersedes.
type Judgement struct {
	Findings     []Finding // the cause first: what explains others, the aborting party's own reason, severity, time
	Clear        []*Signature
	NotEvaluable []NotEvaluable
}
