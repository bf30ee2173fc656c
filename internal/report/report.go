// Package report is the result of a scan as a document, and its renderings.
//
// The document is the contract with other programs: docs/report.schema.json describes it, and a saved one renders to
// the same bytes as a fresh one. Renderings are functions over one document; none of them judges anything.
package report

// Schema names the version of the document. It changes when a field changes its meaning or goes away.
const Schema = "xlogscan.report/v1"

// Status says whether a scan saw everything it was given.
type Status string

// Partial means that some input could not be read or decoded in full, Empty that there was nothing to analyse.
const (
	Complete Status = "complete"
	Partial  Status = "partial"
	Empty    Status = "empty"
)

// Report is the whole document. Every key is always present in its JSON; what is not known is null, a list without
// elements is []. Times are RFC 3339 with milliseconds, in the zone of the log they come from.
type Report struct {
	Schema    string     `json:"schema"`
	Status    Status     `json:"status"`
	Lang      string     `json:"lang"` // en, zh: of the texts of findings, causes and reasons, Texts has them in both
	Tool      Tool       `json:"tool"`
	Redaction Redaction  `json:"redaction"`
	Inputs    []Input    `json:"inputs"`
	Selection *Selection `json:"selection"` // null where all was asked for
	Damage    []Damage   `json:"damage"`
	Calls     []Call     `json:"calls"`
	Findings  []Finding  `json:"findings"` // what belongs to no call
	Fleet     Fleet      `json:"fleet"`
	Summary   Summary    `json:"summary"`
	Texts     []Wording  `json:"texts"` // what of the above is words, in both languages, by the order of Lang

	stream *stream // has the calls, if they are not in memory
}

// Tool says what made the document.
type Tool struct {
	Version string `json:"version"`
	Rules   Rules  `json:"rules"`
}

// Rules identifies the signature catalogue by content.
type Rules struct {
	Count int    `json:"count"`
	User  int    `json:"user"` // how many of them are of folders that the user gave
	Hash  string `json:"hash"` // first 12 hexadecimal digits of the SHA-256 of the catalogue and the parameters set
}

// Selection is the time that was asked for, or the room, and what was not read for it. Nothing is known of what was going on there.
type Selection struct {
	Since         *string `json:"since"`         // RFC 3339, without a zone where the clock of each log counts; null is open
	Until         *string `json:"until"`         // not included
	Room          *string `json:"room"`          // null where a time was asked for
	MarginSeconds int     `json:"marginSeconds"` // how far around the time logs were read, and at least how far before the days of the room
	Inputs        int     `json:"inputs"`        // how many were found
	SkippedInputs int     `json:"skippedInputs"` // that were not opened, because of their names or dates; they are not listed
	SkippedBlocks int     `json:"skippedBlocks"` // of the others, that were not decoded
	SkippedLines  int     `json:"skippedLines"`  // of texts, in which nothing was looked for
	SkippedBytes  int64   `json:"skippedBytes"`  // of the inputs and blocks
}

// Versions are the version facts an input or a party showed.
type Versions struct {
	WMPF     *string `json:"wmpf"`
	Plugin   *string `json:"plugin"`
	LinuxSDK *string `json:"linuxSdk"`
	WeChat   *string `json:"wechat"`
	AppID    *string `json:"appId"`
	Model    *string `json:"model"` // of the machine
}

// Input is one file or stream that was read.
type Input struct {
	Name         string   `json:"name"`
	Kind         *string  `json:"kind"` // xlog, logcat, linux-sdk, text; null when it is no log
	Side         *string  `json:"side"` // device, phone, cloud
	Bytes        int64    `json:"bytes"`
	Blocks       int      `json:"blocks"` // decoded blocks of a container
	DamagedBytes int64    `json:"damagedBytes"`
	LockedBytes  int64    `json:"lockedBytes"`
	LockedBlocks int      `json:"lockedBlocks"`
	Lines        int      `json:"lines"`
	Events       int      `json:"events"`
	FirstTime    *Time    `json:"firstTime"`
	LastTime     *Time    `json:"lastTime"`
	Versions     Versions `json:"versions"`
	Keys         []string `json:"keys"` // names of the key files that opened its blocks
	Account      *Account `json:"account"`
	Note         *string  `json:"note"` // what a reader has to know: why it was not read, where the year or zone comes from
}

// Damage is a span of an input that could not be read as it was written.
type Damage struct {
	Input         string `json:"input"`
	Offset        int64  `json:"offset"`
	Length        int64  `json:"length"`
	Kind          string `json:"kind"`
	Cause         string `json:"cause"` // what most likely did it, as xlog.Cause has it
	BlocksBefore  int    `json:"blocksBefore"`
	SalvagedBytes int    `json:"salvagedBytes"` // of text
	Whole         bool   `json:"whole"`         // that is all the text there was
	Harmless      bool   `json:"harmless"`      // no text is lost, or the app was still writing it: no reason for exit status 3
	MissingBlocks int    `json:"missingBlocks"` // how many blocks are gone with it, by the numbers of those around it
	MissingFirst  *int   `json:"missingFirst"`  // the numbers of those, as in Missing
	MissingLast   *int   `json:"missingLast"`
	TimeFrom      *Time  `json:"timeFrom"` // of the last line before it
	TimeTo        *Time  `json:"timeTo"`   // of the first line after it
	HourFrom      *int   `json:"hourFrom"` // the same by the headers of blocks, which hold nothing but the hour
	HourTo        *int   `json:"hourTo"`
	Reason        string `json:"reason"`
}

// Call is one call, seen from one side or both.
type Call struct {
	ID          string          `json:"id"` // the room id, or a name made of input and time
	RoomID      *string         `json:"roomId"`
	MediaRoomID *string         `json:"mediaRoomId"`
	RoomType    *string         `json:"roomType"`
	Direction   *string         `json:"direction"` // device-to-wechat, wechat-to-wmpf, wechat-to-linux
	Start       *Time           `json:"start"`
	Answered    *Time           `json:"answered"`
	End         *Time           `json:"end"`
	TalkSeconds *float64        `json:"talkSeconds"`
	Stage       string          `json:"stage"`
	Outcome     string          `json:"outcome"`
	EndedBy     *string         `json:"endedBy"`
	Cause       *string         `json:"cause"` // the reason, with whose log says so
	Basis       string          `json:"basis"`
	Ambiguous   []string        `json:"ambiguous"`
	Clock       *Clock          `json:"clock"` // null when one-sided
	Stages      []Stage         `json:"stages"`
	Parties     []Party         `json:"parties"`
	Timeline    []TimelineEntry `json:"timeline"`
	Links       []Link          `json:"links"`
	Findings    []Finding       `json:"findings"` // the cause first
	Checked     Checked         `json:"checked"`
}

// Clock is how far the listener's clock is ahead of the caller's, in milliseconds: the truth lies within low and
// high, of which each may be unknown.
type Clock struct {
	OffsetMs *int64  `json:"offsetMs"`
	LowMs    *int64  `json:"lowMs"`
	HighMs   *int64  `json:"highMs"`
	Pairs    int     `json:"pairs"` // cause and effect pairs that bound it
	Note     *string `json:"note"`  // set when the bounds contradict each other
}

// Stage is a stage the call went through, in the clock of role.
type Stage struct {
	Stage   string   `json:"stage"`
	Role    string   `json:"role"`
	From    *Time    `json:"from"`
	To      *Time    `json:"to"`
	Seconds *float64 `json:"seconds"`
	How     string   `json:"how"` // seen, inferred
}

// Party is one side of a call. A party whose log is missing has no inputs and coverage none.
type Party struct {
	Role     string   `json:"role"`
	Side     *string  `json:"side"`
	Inputs   []string `json:"inputs"`
	Coverage string   `json:"coverage"` // full, partial, none
	Gaps     []Gap    `json:"gaps"`     // when none of its inputs was recording during the call
	Versions Versions `json:"versions"`
}

// Gap is a span of time without a log, in the clock of the party. An end that is null is open: the log begins, or ends,
// at the other one.
type Gap struct {
	From *Time `json:"from"`
	To   *Time `json:"to"`
}

// TimelineEntry is an event of the call; Count is above 1 for folded ticks.
type TimelineEntry struct {
	Time   *Time  `json:"time"`
	Role   string `json:"role"`
	Event  string `json:"event"`
	Detail string `json:"detail"`
	Count  int    `json:"count"`
	Input  string `json:"input"`
	Offset int64  `json:"offset"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
	Order  string `json:"order"` // sure, within-offset
}

// Link joins two entries of the timeline, given by their indices from 0: an event of one party and what it caused at the
// other. The links are the pairs that bound the clock.
type Link struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Finding is a signature that fired.
type Finding struct {
	Signature string     `json:"signature"`
	Severity  string     `json:"severity"`
	Title     string     `json:"title"`
	Certainty string     `json:"certainty"` // confirmed, lead
	Role      *string    `json:"role"`      // where the cause lies
	Stage     string     `json:"stage"`
	Summary   string     `json:"summary"`
	Why       *string    `json:"why"` // what makes it the cause of the call's other findings; only the first has it
	Cause     string     `json:"cause"`
	Remedy    string     `json:"remedy"`
	URL       string     `json:"url"`
	Evidence  []Evidence `json:"evidence"`
	Missing   []string   `json:"missing"` // what would turn a lead into a verdict
	Calls     []string   `json:"calls"`   // ids of the calls that show it, where it is about two devices and not about a call
}

// Evidence is a log line that a finding rests on.
type Evidence struct {
	Input  string `json:"input"`
	Offset int64  `json:"offset"`
	Line   int    `json:"line"`
	Time   *Time  `json:"time"`
	Role   string `json:"role"`
	Text   string `json:"text"`
}

// Checked lists the signatures that did not fire on a call.
type Checked struct {
	Clear        []string       `json:"clear"`
	NotEvaluable []NotEvaluable `json:"notEvaluable"`
}

// NotEvaluable is a signature that could not be judged, and what it would take.
type NotEvaluable struct {
	Signature string `json:"signature"`
	Reason    string `json:"reason"`
	Needs     string `json:"needs"`
}

// Fleet counts calls by what they have in common.
type Fleet struct {
	Calls       int     `json:"calls"`
	ByOutcome   []Count `json:"byOutcome"`
	ByStage     []Count `json:"byStage"`     // failed calls only
	BySignature []Count `json:"bySignature"` // Of: calls on which the signature could be judged
	ByVersion   []Count `json:"byVersion"`   // failed calls by "wmpf 2.0.0", "plugin 2.4.3" ...; Of: calls with that version
	ByModel     []Count `json:"byModel"`     // failed calls by device model, where logs name one
}

// Count is a number of calls out of those that could have been counted.
type Count struct {
	Name string  `json:"name"`
	N    int     `json:"n"`
	Of   int     `json:"of"`
	Rate float64 `json:"rate"`
}

// Summary counts calls: ok are completed ones, failed all whose outcome is known and another, notEvaluable the rest.
type Summary struct {
	Calls        int `json:"calls"`
	OK           int `json:"ok"`
	Failed       int `json:"failed"`
	NotEvaluable int `json:"notEvaluable"`
}
