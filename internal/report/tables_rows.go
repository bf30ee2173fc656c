package report

// The rows of the tables. A column is a field: json is its name, about what it holds, its Go type the type. A pointer may
// be null, and then is never the empty text. Names are no reserved words of SQL, which end, order and offset are.

type fileRow struct {
	Input        string  `json:"input" about:"name of the file, as it was found"`
	Kind         *string `json:"kind" about:"xlog, logcat, linux-sdk or text; null when it is no log"`
	Side         *string `json:"side" about:"device, phone or cloud"`
	Bytes        int64   `json:"bytes" about:"size as it was read"`
	Blocks       int     `json:"blocks" about:"decoded blocks of a container"`
	Lines        int     `json:"lines" about:"lines of text"`
	Events       int     `json:"events" about:"events in them"`
	DamagedBytes int64   `json:"damagedBytes" about:"bytes that could not be read as they were written"`
	LockedBytes  int64   `json:"lockedBytes" about:"bytes encrypted with a key that was not given"`
	LockedBlocks int     `json:"lockedBlocks" about:"blocks encrypted with a key that was not given"`
	FirstTime    *Time   `json:"firstTime" about:"of the first line that has one"`
	LastTime     *Time   `json:"lastTime" about:"of the last line that has one"`
	WMPF         *string `json:"wmpf" about:"version of WMPF"`
	Plugin       *string `json:"plugin" about:"version of the VoIP plugin"`
	LinuxSDK     *string `json:"linuxSdk" about:"version of the Linux SDK"`
	WeChat       *string `json:"wechat" about:"version of WeChat"`
	AppID        *string `json:"appId" about:"id of the mini program"`
	Model        *string `json:"model" about:"model of the machine"`
	Keys         string  `json:"keys" about:"names of the key files that opened its blocks, with commas between"`
	Note         *string `json:"note" about:"why it was not read; where its year or zone comes from"`
	Stamp        *string `json:"stamp" about:"UNREDACTED where texts of the tables hold personal data as it was logged"`
	AskedSince   *string `json:"askedSince" about:"start of the time that was asked for, without a zone where the clock of each log counts; null is open"`
	AskedUntil   *string `json:"askedUntil" about:"end of it, not included"`
	Skipped      int     `json:"skippedBlocks" about:"blocks that were not decoded, for they are of another time"`
}

type callRow struct {
	Call             string   `json:"call" about:"id: the room id, or a name made of input and place"`
	RoomID           *string  `json:"roomId" about:"id of the plugin's room"`
	MediaRoomID      *string  `json:"mediaRoomId" about:"number of the media room"`
	RoomType         *string  `json:"roomType" about:"voice or video"`
	Direction        *string  `json:"direction" about:"device-to-wechat, wechat-to-wmpf or wechat-to-linux"`
	StartTime        *Time    `json:"startTime" about:"when it began, by the clock of the log that shows it"`
	AnswerTime       *Time    `json:"answerTime" about:"when it was answered, by the clock of the log that shows it"`
	EndTime          *Time    `json:"endTime" about:"when it ended, by the clock of the log that shows it"`
	TalkSeconds      *float64 `json:"talkSeconds" about:"how long it was connected"`
	Stage            string   `json:"stage" about:"the stage it ended in"`
	Outcome          string   `json:"outcome" about:"how it ended"`
	EndedBy          *string  `json:"endedBy" about:"caller or listener"`
	Cause            *string  `json:"cause" about:"the reason in the log's words, and whose log says so"`
	Basis            string   `json:"basis" about:"by what its two sides were joined"`
	Ambiguous        int      `json:"ambiguous" about:"how many other calls its sides could belong to"`
	ClockOffsetMs    *int64   `json:"clockOffsetMs" about:"listener's clock minus caller's, in milliseconds; null when one-sided"`
	ClockLowMs       *int64   `json:"clockLowMs" about:"lower bound of it"`
	ClockHighMs      *int64   `json:"clockHighMs" about:"upper bound of it"`
	ClockPairs       int      `json:"clockPairs" about:"pairs of cause and effect that bound it"`
	CallerSide       *string  `json:"callerSide" about:"device, phone or cloud"`
	CallerCoverage   string   `json:"callerCoverage" about:"full, partial or none: how much of the call the caller's log covers"`
	CallerWMPF       *string  `json:"callerWmpf" about:"version of WMPF on the caller's side"`
	CallerPlugin     *string  `json:"callerPlugin" about:"version of the VoIP plugin"`
	CallerLinuxSDK   *string  `json:"callerLinuxSdk" about:"version of the Linux SDK"`
	CallerWeChat     *string  `json:"callerWechat" about:"version of WeChat"`
	CallerAppID      *string  `json:"callerAppId" about:"id of the mini program"`
	CallerModel      *string  `json:"callerModel" about:"model of the machine"`
	ListenerSide     *string  `json:"listenerSide" about:"device, phone or cloud"`
	ListenerCoverage string   `json:"listenerCoverage" about:"full, partial or none: how much of the call the listener's log covers"`
	ListenerWMPF     *string  `json:"listenerWmpf" about:"version of WMPF on the listener's side"`
	ListenerPlugin   *string  `json:"listenerPlugin" about:"version of the VoIP plugin"`
	ListenerLinuxSDK *string  `json:"listenerLinuxSdk" about:"version of the Linux SDK"`
	ListenerWeChat   *string  `json:"listenerWechat" about:"version of WeChat"`
	ListenerAppID    *string  `json:"listenerAppId" about:"id of the mini program"`
	ListenerModel    *string  `json:"listenerModel" about:"model of the machine"`
	Signature        *string  `json:"signature" about:"of the finding that is its cause; null when it has none"`
	Severity         *string  `json:"severity" about:"of that finding"`
	Certainty        *string  `json:"certainty" about:"of that finding"`
	Findings         int      `json:"findings" about:"signatures that fired on it, leads included"`
	Clear            int      `json:"clear" about:"signatures that were judged and did not fire"`
	NotEvaluable     int      `json:"notEvaluable" about:"signatures that could not be judged"`
	AnswerSeconds    *float64 `json:"answerSeconds" about:"how long after its start it was answered, by the caller's clock; null where the clocks of the two logs cannot be compared"`
}

type eventRow struct {
	Call       string `json:"call" about:"the call it belongs to"`
	N          int    `json:"n" about:"its place among the events of both parties, from 1"`
	Time       *Time  `json:"time" about:"by the clock of its log"`
	Role       string `json:"role" about:"caller or listener: whose log has it"`
	Event      string `json:"event" about:"its name, see events.md"`
	Detail     string `json:"detail" about:"fields that say something, as name=value"`
	Count      int    `json:"count" about:"above 1 for ticks that follow each other"`
	OrderSure  bool   `json:"orderSure" about:"false when an event of the other party may stand on its other side"`
	Input      string `json:"input" about:"the file that has it"`
	ByteOffset int64  `json:"byteOffset" about:"where the record starts in a text file, or its block in a container"`
	Line       int    `json:"line" about:"line in the file, or in the text of that block, from 1"`
	Text       string `json:"text" about:"the record as logged, cut when it is long"`
}

type findingRow struct {
	Finding   int     `json:"finding" about:"id: its number in the report, from 1"`
	Call      *string `json:"call" about:"the call it is on; null for what belongs to no call"`
	Rank      int     `json:"rank" about:"its place among the findings of the call; 1 is the cause"`
	Signature string  `json:"signature" about:"id of the rule, see signatures/README.md"`
	Severity  string  `json:"severity" about:"critical, error, warning or info"`
	Certainty string  `json:"certainty" about:"confirmed or lead"`
	Role      *string `json:"role" about:"where the cause lies: caller or listener"`
	Stage     string  `json:"stage" about:"the stage the signature is about"`
	Title     string  `json:"title" about:"what is wrong, in the language of the report"`
	Summary   string  `json:"summary" about:"what the logs show"`
	Why       *string `json:"why" about:"what makes it the cause; only rank 1 has it"`
	Cause     string  `json:"cause" about:"why it happens"`
	Remedy    string  `json:"remedy" about:"what to do"`
	URL       string  `json:"url" about:"the page that says so"`
	Missing   string  `json:"missing" about:"what would turn a lead into a verdict"`
}

type evidenceRow struct {
	Finding    int    `json:"finding" about:"the finding that rests on it"`
	N          int    `json:"n" about:"its place in the evidence of the finding, from 1"`
	Time       *Time  `json:"time" about:"by the clock of its log"`
	Role       string `json:"role" about:"caller, listener, or empty when it is of neither"`
	Input      string `json:"input" about:"the file that has it"`
	ByteOffset int64  `json:"byteOffset" about:"as in events"`
	Line       int    `json:"line" about:"as in events"`
	Text       string `json:"text" about:"the record as logged, cut when it is long"`
}

type damageRow struct {
	Input         string `json:"input" about:"the damaged file"`
	ByteOffset    int64  `json:"byteOffset" about:"where the span starts"`
	Length        int64  `json:"length" about:"its length in bytes"`
	Kind          string `json:"kind" about:"what is wrong, see format.md"`
	BlocksBefore  int    `json:"blocksBefore" about:"decoded blocks in front of it"`
	SalvagedBytes int    `json:"salvagedBytes" about:"bytes of text that were saved from it"`
	Harmless      bool   `json:"harmless" about:"a block that was being written, or padding: nothing is lost"`
	TimeFrom      *Time  `json:"timeFrom" about:"of the last line before it"`
	TimeTo        *Time  `json:"timeTo" about:"of the first line behind it"`
	Reason        string `json:"reason" about:"the same in words"`
}

type checkedRow struct {
	Call      string  `json:"call" about:"the call it was judged on"`
	Signature string  `json:"signature" about:"id of the rule, see signatures/README.md"`
	Verdict   string  `json:"verdict" about:"fired, lead, clear or not-evaluable; a rate is of the fired and the clear"`
	Reason    *string `json:"reason" about:"why it could not be judged"`
	Needs     *string `json:"needs" about:"which log would settle it"`
}
