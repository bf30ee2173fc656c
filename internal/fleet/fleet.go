// Package fleet counts how the calls of many saved results went, by version, model and day, and compares two sets of them.
//
// What it writes may leave the site: versions, models, days, words and ids of signatures that pass a test of their shape,
// room ids, and numbers. Names of inputs, log text and texts of findings do not reach it.
package fleet

import (
	"io"

	"github.com/xlogscan/xlogscan/internal/report"
)

// Schema names the version of a [Fleet].
const Schema = "xlogscan.fleet/v1"

// Fleet is what is known of a set of calls. Every key is present in its JSON; docs/fleet.schema.json describes it.
type Fleet struct {
	Schema     string      `json:"schema"`
	Results    int         `json:"results"`    // that were read
	Repeats    int         `json:"repeats"`    // how often a call was met that an earlier result has too
	Calls      int         `json:"calls"`      // each once
	Evaluable  int         `json:"evaluable"`  // of which is known how they ended
	BothLogs   int         `json:"bothLogs"`   // of which both parties' logs tell
	Waiting    *Waiting    `json:"waiting"`    // null where no day was asked for
	FirstDay   *string     `json:"firstDay"`   // null where no call has a time
	LastDay    *string     `json:"lastDay"`    //
	Rates      []Rate      `json:"rates"`      // over all calls: the failed, outcomes, stages, signatures
	Dimensions []Dimension `json:"dimensions"` // the same by what calls have in common
	Rooms      []Room      `json:"rooms"`      // worth a look, the gravest first
}

// Kinds of rates.
const (
	KindAll       = "all"       // its one name is failed; of evaluable calls
	KindOutcome   = "outcome"   // of evaluable calls
	KindStage     = "stage"     // calls that failed in it, of evaluable calls
	KindSignature = "signature" // confirmed, of the calls on which it was: fired and clear together
)

// Failed is the name of the rate of calls whose outcome is known and not completed.
const Failed = "failed"

// Rate is a share of calls with its interval, rounded to 4 decimals.
type Rate struct {
	Kind     string  `json:"kind"`
	Name     string  `json:"name"`
	Severity *string `json:"severity"` // of a signature
	N        int     `json:"n"`
	Of       int     `json:"of"` // never 0
	Rate     float64 `json:"rate"`
	Low      float64 `json:"low"` // Wilson's interval of 95 %
	High     float64 `json:"high"`
	Few      bool    `json:"few"` // Of is too small for the rate to say something
}

// Dimension tells calls apart by one of their facts.
type Dimension struct {
	By     string  `json:"by"`    // wmpf, plugin, linuxSdk, wechat, model, day
	Known  int     `json:"known"` // calls of which a log tells it
	Groups []Group `json:"groups"`
	More   int     `json:"more"` // groups of the fewest calls, that are left out
}

// Group is the calls that have a value. One whose parties have two values is in both.
type Group struct {
	Value     string `json:"value"`
	Calls     int    `json:"calls"`
	Evaluable int    `json:"evaluable"`
	BothLogs  int    `json:"bothLogs"`
	Rates     []Rate `json:"rates"` // those of the whole fleet that could be judged here, with n 0 too
}

// Room is a call to look at.
type Room struct {
	Room       string   `json:"room"`
	Day        *string  `json:"day"`
	Outcome    string   `json:"outcome"`
	Stage      string   `json:"stage"`
	BothLogs   bool     `json:"bothLogs"`
	Cause      string   `json:"cause"`      // the signature of its first finding
	Severity   string   `json:"severity"`   // of that
	Signatures []string `json:"signatures"` // all that fired
}

// Format is a rendering of a fleet, and of a difference.
type Format struct {
	Name, Help string
	Data       bool // for programs
	Fleet      func(w io.Writer, f *Fleet, opt report.TextOptions) error
	Diff       func(w io.Writer, d *Diff, opt report.TextOptions) error
}

// Formats lists the renderings; the first is the default.
var Formats = []Format{
	{Name: "text", Help: "for the terminal; more of it with -v", Fleet: Text, Diff: DiffText},
	{Name: "html", Help: "a page for the browser", Fleet: HTML, Diff: DiffHTML},
	{
		Name: "json", Help: Schema + " or " + DiffSchema, Data: true,
		Fleet: func(w io.Writer, f *Fleet, _ report.TextOptions) error { return report.WriteJSON(w, f) },
		Diff:  func(w io.Writer, d *Diff, _ report.TextOptions) error { return report.WriteJSON(w, d) },
	},
}
